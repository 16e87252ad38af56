//! The runs that a model asks for as SED-ML, level 1 version 3.
//!
//! A run is a uniform time course of the LEMS file; what is written or shown is a data generator; each display is a
//! plot, each file a report.  Times are in seconds and quantities in SI units, as LEMS has them, but for what is
//! plotted, which is divided by the scale of its line.

use std::fmt::Write as _;

use nml_base::{Diagnostics, format_f64};
use nml_codegen::{Artifacts, Namer, Origin, not_exported, written_differently};
use nml_flat::{Experiment, Recorded};
use nml_model::{DocumentKind, Model};
use nml_xml::escape_value;
use rustc_hash::FxHashMap;

use crate::form;

const TARGET: &str = "SED-ML";

/// Forward Euler, what the reference interpreter does, in the Kinetic Simulation Algorithm Ontology.
const EULER: &str = "KISAO:0000030";

/// The SED-ML of the runs of a model.
pub(crate) fn write(
    model: &Model,
    stem: &str,
    origin: &Origin,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    let text = text(model, &origin.file, origin, sink)?;
    form::one(format!("{stem}.sedml"), text)
}

/// The text; nothing, and a finding, where the model asks for no run.
pub(crate) fn text(
    model: &Model,
    source: &str,
    origin: &Origin,
    sink: &mut Diagnostics,
) -> Option<String> {
    let start = model.root().file().span().sub(0, 0);
    if !nml_flat::asks(model) {
        sink.push(not_exported(start, TARGET, "a model that does not say what to run"));
        return None;
    }
    let experiments = nml_flat::experiments(model, sink);
    if sink.has_errors() || experiments.is_empty() {
        return None;
    }
    let language = match model.root().kind {
        DocumentKind::Lems => "lems",
        _ => "neuroml",
    };
    let mut lists = Lists { namer: Namer::new(["model", "time"]).at_most(120), ..Lists::default() };
    for (at, experiment) in experiments.iter().enumerate() {
        lists.experiment(at, experiment, sink);
    }
    let head = format!(
        "{} as SED-ML by nml {}: times in s, quantities in SI units",
        origin.file, origin.version
    );
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = write!(
        out,
        "<!-- {} -->\n<sedML xmlns=\"http://sed-ml.org/sed-ml/level1/version3\" level=\"1\" version=\"3\">\n",
        head.replace("--", "- -")
    );
    let models = format!(
        "    <model id=\"model\" language=\"urn:sedml:language:{language}\" source=\"{}\"/>\n",
        escape_value(source)
    );
    for (name, list) in [
        ("listOfSimulations", &lists.simulations),
        ("listOfModels", &models),
        ("listOfTasks", &lists.tasks),
        ("listOfDataGenerators", &lists.generators),
        ("listOfOutputs", &lists.outputs),
    ] {
        if !list.is_empty() {
            let _ = write!(out, "  <{name}>\n{list}  </{name}>\n");
        }
    }
    out.push_str("</sedML>\n");
    Some(out)
}

struct Lists {
    namer: Namer,
    simulations: String,
    tasks: String,
    generators: String,
    outputs: String,
    /// Generators by task, path and scale.
    known: FxHashMap<(String, String, u64), String>,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            namer: Namer::new([]),
            simulations: String::new(),
            tasks: String::new(),
            generators: String::new(),
            outputs: String::new(),
            known: FxHashMap::default(),
        }
    }
}

/// Writing to a `String` never fails.
macro_rules! put {
    ($out:expr, $($rest:tt)*) => { let _ = writeln!($out, $($rest)*); };
}

impl Lists {
    fn experiment(&mut self, at: usize, experiment: &Experiment, sink: &mut Diagnostics) {
        let simulation = self.namer.give(&format!("simulation_{at}"));
        let task = self.namer.give(&format!("task_{at}"));
        // The rows are one more than the steps; LEMS rounds their number.
        let steps = (experiment.length / experiment.step).round().max(1.0);
        put!(
            self.simulations,
            "    <uniformTimeCourse id=\"{simulation}\" initialTime=\"0\" outputStartTime=\"0\" outputEndTime=\"{}\" numberOfPoints=\"{}\">\n      <algorithm kisaoID=\"{EULER}\"/>\n    </uniformTimeCourse>",
            format_f64(experiment.length),
            format_f64(steps)
        );
        put!(
            self.tasks,
            "    <task id=\"{task}\" modelReference=\"model\" simulationReference=\"{simulation}\"/>"
        );
        for display in &experiment.displays {
            let id = self.namer.give(&display.id);
            let mut curves = String::new();
            for line in &display.lines {
                let time = self.time(&task, line.time_scale);
                let shown = self.generator(&task, &line.recorded, line.scale);
                let curve = self.namer.give(&format!("{id}_{}", line.recorded.id));
                put!(
                    curves,
                    "        <curve id=\"{curve}\" name=\"{}\" logX=\"false\" logY=\"false\" xDataReference=\"{time}\" yDataReference=\"{shown}\"/>",
                    escape_value(&line.recorded.id)
                );
            }
            self.output("plot2D", &id, &display.title, "listOfCurves", &curves);
        }
        for output in &experiment.outputs {
            let id = self.namer.give(&output.id);
            let time = self.time(&task, 1.0);
            let mut sets = String::new();
            let set = self.namer.give(&format!("{id}_time"));
            put!(sets, "        <dataSet id=\"{set}\" label=\"time\" dataReference=\"{time}\"/>");
            for column in &output.columns {
                let shown = self.generator(&task, column, 1.0);
                let set = self.namer.give(&format!("{id}_{}", column.id));
                put!(
                    sets,
                    "        <dataSet id=\"{set}\" label=\"{}\" dataReference=\"{shown}\"/>",
                    escape_value(&column.id)
                );
            }
            self.output("report", &id, &output.file, "listOfDataSets", &sets);
        }
        for selection in experiment.event_outputs.iter().filter_map(|o| o.selections.first()) {
            let what = "SED-ML has no words for events; this file is left out of it";
            sink.push(written_differently(selection.span, what));
        }
    }

    fn output(&mut self, tag: &str, id: &str, name: &str, list: &str, inner: &str) {
        put!(self.outputs, "    <{tag} id=\"{id}\" name=\"{}\">", escape_value(name));
        if !inner.is_empty() {
            put!(self.outputs, "      <{list}>\n{inner}      </{list}>");
        }
        put!(self.outputs, "    </{tag}>");
    }

    fn time(&mut self, task: &str, scale: f64) -> String {
        self.generated(task, "time", "symbol=\"urn:sedml:symbol:time\"", "", scale)
    }

    fn generator(&mut self, task: &str, recorded: &Recorded, scale: f64) -> String {
        let target = format!("target=\"{}\"", escape_value(&recorded.path));
        self.generated(task, &recorded.id, &target, &recorded.path, scale)
    }

    /// The generator of a quantity divided by a scale, made once.
    fn generated(&mut self, task: &str, name: &str, what: &str, path: &str, scale: f64) -> String {
        let key = (task.to_owned(), path.to_owned(), scale.to_bits());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let id = self.namer.give(&format!("{task}_{name}"));
        let variable = self.namer.give(&format!("{id}_value"));
        let ci = format!("<ci>{variable}</ci>");
        let math = if scale == 1.0 {
            ci
        } else {
            format!("<apply><divide/>{ci}<cn>{}</cn></apply>", cn(scale))
        };
        put!(
            self.generators,
            "    <dataGenerator id=\"{id}\" name=\"{}\">\n      <listOfVariables>\n        <variable id=\"{variable}\" {what} taskReference=\"{task}\"/>\n      </listOfVariables>\n      <math xmlns=\"http://www.w3.org/1998/Math/MathML\">{math}</math>\n    </dataGenerator>",
            escape_value(name)
        );
        self.known.insert(key, id.clone());
        id
    }
}

/// A number as `MathML` has it, without an exponent: `cn` of the type real is a decimal number.
fn cn(x: f64) -> String {
    format!("{x}")
}
