//! What to run and what to record: the `Simulation` parts of component types, read off a component.

use nml_base::{Diagnostics, Span};
use nml_lems::SimulationItem;
use nml_model::{Component, ComponentRef, Model};

use crate::build::Flattener;
use crate::rules;

/// One run of a component.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// The component that describes the run; the one that is run where none does.
    pub simulation: ComponentRef,
    /// The component to run.
    pub target: ComponentRef,
    /// The step in seconds.
    pub step: f64,
    /// The length in seconds.
    pub length: f64,
    /// The seed, where one is given.
    pub seed: Option<u64>,
    /// Files with traces.
    pub outputs: Vec<Output>,
    /// Files with events.
    pub event_outputs: Vec<EventOutput>,
    /// Windows with traces.
    pub displays: Vec<Display>,
    /// A file for a report on the run, with placeholders as written (`reportFile` of a `Target`).
    pub report_file: Option<String>,
    /// A file for the times of all rows (`timesFile` of a `Target`).
    pub times_file: Option<String>,
}

/// A file with a column per recorded quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its identifier.
    pub id: String,
    /// The folder, where one is given.
    pub folder: Option<String>,
    /// The name of the file.
    pub file: String,
    /// What is recorded.
    pub columns: Vec<Recorded>,
}

/// A recorded quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its identifier.
    pub id: String,
    /// The path to it, from the component to run.
    pub path: String,
    /// The path in the source.
    pub span: Span,
}

/// A file with a row per event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventOutput {
    /// Its identifier.
    pub id: String,
    /// The folder, where one is given.
    pub folder: Option<String>,
    /// The name of the file.
    pub file: String,
    /// What a row holds.
    pub format: EventFormat,
    /// Whose events are recorded.
    pub selections: Vec<EventSelection>,
}

/// The order of the two columns of an event file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFormat {
    /// Time, then identifier.
    TimeId,
    /// Identifier, then time.
    IdTime,
}

/// A port whose events are recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventSelection {
    /// What stands in the file.
    pub id: String,
    /// The path to the instance, from the component to run.
    pub path: String,
    /// The port.
    pub port: String,
    /// The path in the source.
    pub span: Span,
}

/// A window with traces.
#[derive(Clone, Debug, PartialEq)]
pub struct Display {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The limits of its axes: xmin, xmax, ymin, ymax, in the units its lines are shown in.
    pub region: [Option<f64>; 4],
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A trace in a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What is shown.
    pub recorded: Recorded,
    /// What the quantity is divided by.
    pub scale: f64,
    /// What time is divided by.
    pub time_scale: f64,
    /// Its colour, as written.
    pub color: String,
}

/// The runs that a model asks for; none, and a finding, where it asks for none.
///
/// They are those of the component named by the first `<Target>`, else of the last one at the top of a file
/// whose type has a `Run`: the component itself and all inside it whose types have one.
pub fn experiments(model: &Model, sink: &mut Diagnostics) -> Vec<Experiment> {
    let mut reader = Reader { flattener: Flattener::new(model, crate::Options::default()) };
    let found = reader.read();
    sink.extend(reader.flattener.sink.into_vec());
    found
}

/// Whether a model asks for a run at all: by a `<Target>`, or by a component at the top that runs another.
pub fn asks(model: &Model) -> bool {
    let reader = Reader { flattener: Flattener::new(model, crate::Options::default()) };
    let mut targets = model.documents().iter().flat_map(|d| &d.definitions.targets);
    targets.next().is_some() || model.top_level().any(|c| reader.runs(c))
}

impl Experiment {
    /// A run that records nothing.
    pub(crate) fn new(
        simulation: Component<'_>,
        target: Component<'_>,
        step: f64,
        length: f64,
    ) -> Self {
        Self {
            simulation: simulation.handle(),
            target: target.handle(),
            step,
            length,
            seed: None,
            outputs: Vec::new(),
            event_outputs: Vec::new(),
            displays: Vec::new(),
            report_file: None,
            times_file: None,
        }
    }
}

struct Reader<'m> {
    flattener: Flattener<'m>,
}

impl<'m> Reader<'m> {
    fn items(&self, component: Component<'m>) -> &'m [SimulationItem] {
        let Some(ty) = component.ty() else { return &[] };
        let mut line = self.flattener.model.types().line(ty);
        line.find_map(|ty| ty.simulation.as_ref()).map_or(&[], |simulation| &*simulation.items)
    }

    fn runs(&self, component: Component<'m>) -> bool {
        let runs = |item: &SimulationItem| matches!(item, SimulationItem::Run { .. });
        self.items(component).iter().any(runs)
    }

    fn read(&mut self) -> Vec<Experiment> {
        let model = self.flattener.model;
        let mut targets = model.documents().iter().flat_map(|d| &d.definitions.targets);
        let target = targets.next();
        for other in targets {
            if let Some(span) = other.component.span {
                let what = "only the first `Target` is run; this one changes nothing";
                self.flattener.report(nml_base::Diagnostic::new(
                    &rules::WITHOUT_EFFECT,
                    span,
                    what,
                ));
            }
        }
        let component = match target {
            Some(target) => {
                let found = model.find(&target.component);
                if found.is_none() {
                    let span = target.component.span.unwrap_or(model.root().file().span());
                    let what = format!("there is no component `{}` to run", target.component);
                    self.flattener.report(rules::unresolved(span, what));
                    return Vec::new();
                }
                found
            }
            None => model.top_level().filter(|c| self.runs(*c)).last(),
        };
        let Some(component) = component else {
            let span = model.root().file().span();
            let span = Span { end: span.start, ..span };
            self.nothing(span, "the file names no component to run".to_owned());
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut any = false;
        for inside in component.descendants() {
            if self.runs(inside) {
                any = true;
                found.extend(self.read_component(component, inside));
            }
        }
        if !any {
            let shown = component.shown();
            let what =
                format!("neither {shown} nor anything inside is of a type that runs anything");
            self.nothing(component.id_span(), what);
        }
        let text = |text: &Option<nml_lems::Text>| {
            text.as_ref().map(ToString::to_string).filter(|text| !text.is_empty())
        };
        for experiment in &mut found {
            experiment.report_file = target.and_then(|target| text(&target.report_file));
            experiment.times_file = target.and_then(|target| text(&target.times_file));
        }
        found
    }

    fn nothing(&mut self, span: Span, what: String) {
        let help = "name a component of type `Simulation` in `<Target component=\"…\"/>`";
        let found = nml_base::Diagnostic::new(&rules::NOTHING_TO_SIMULATE, span, what).help(help);
        self.flattener.report(found);
    }

    /// The run of one component; what it writes to may stand elsewhere in the whole.
    fn read_component(
        &mut self,
        whole: Component<'m>,
        component: Component<'m>,
    ) -> Option<Experiment> {
        let run = self.items(component).iter().find_map(|item| match item {
            SimulationItem::Run { component, increment, total, .. } => {
                Some((component.as_str(), increment.as_str(), total.as_str()))
            }
            _ => None,
        });
        let (target, increment, total) = run?;
        let target = self.flattener.required(component, target)?;
        let values = self.flattener.values(component.into());
        let value = |name: &str| values.get(name).copied().unwrap_or(f64::NAN);
        let (step, length) = (value(increment), value(total));
        if !(step > 0.0 && step.is_finite() && length >= 0.0 && length.is_finite()) {
            let what = format!("a run of {length} s in steps of {step} s is not possible");
            self.flattener.report(rules::unusable(component.id_span(), what));
            return None;
        }
        let seed = self.flattener.attr_at(component, "seed").and_then(|(text, span)| {
            let seed = text.trim().parse().ok();
            if seed.is_none() {
                let what = format!("`{text}` is no whole number to seed with");
                self.flattener.report(rules::unusable(span, what));
            }
            seed
        });
        let mut experiment =
            Experiment { seed, ..Experiment::new(component, target, step, length) };
        for inside in whole.descendants() {
            self.writers(inside, &mut experiment);
        }
        for inside in component.descendants() {
            self.records(inside, &mut experiment);
        }
        let own = |id: &str| component.descendants().any(|c| c.id().unwrap_or("") == id);
        experiment.outputs.retain(|o| !o.columns.is_empty() || own(&o.id));
        experiment.event_outputs.retain(|o| !o.selections.is_empty() || own(&o.id));
        experiment.displays.retain(|d| !d.lines.is_empty() || own(&d.id));
        Some(experiment)
    }

    fn text(&self, component: Component<'m>, name: &str) -> Option<String> {
        self.flattener.attr(component, name).map(str::to_owned)
    }

    /// The limits of the axes of a display; `names` are those of their parameters, with commas between.
    fn region(&mut self, component: Component<'m>, names: &str) -> [Option<f64>; 4] {
        let values = self.flattener.values(component.into());
        let value = |name: &str| values.get(name.trim()).copied().filter(|v| v.is_finite());
        let mut limits = names.split(',').map(value);
        [(); 4].map(|()| limits.next().flatten())
    }

    /// The files and windows that a component stands for.
    fn writers(&mut self, component: Component<'m>, experiment: &mut Experiment) {
        let id = component.id().unwrap_or("").to_owned();
        for item in self.items(component) {
            match item {
                SimulationItem::Run { .. }
                | SimulationItem::Record { .. }
                | SimulationItem::EventRecord { .. } => {}
                SimulationItem::DataWriter { path, file_name } => {
                    experiment.outputs.push(Output {
                        id: id.clone(),
                        folder: self.text(component, path),
                        file: self.text(component, file_name).unwrap_or_else(|| id.clone()),
                        columns: Vec::new(),
                    });
                }
                SimulationItem::EventWriter { path, file_name, format } => {
                    let format = match self.text(component, format).as_deref() {
                        Some("ID_TIME") => EventFormat::IdTime,
                        Some("TIME_ID") | None => EventFormat::TimeId,
                        Some(other) => {
                            let what = format!("`{other}` is no format of event files");
                            let span = component.span_of("format");
                            self.flattener.report(rules::unusable(span, what));
                            continue;
                        }
                    };
                    experiment.event_outputs.push(EventOutput {
                        id: id.clone(),
                        folder: self.text(component, path),
                        file: self.text(component, file_name).unwrap_or_else(|| id.clone()),
                        format,
                        selections: Vec::new(),
                    });
                }
                SimulationItem::DataDisplay { title, data_region } => {
                    let title = self.text(component, title).unwrap_or_default();
                    let lines = Vec::new();
                    let region = self.region(component, data_region);
                    experiment.displays.push(Display { id: id.clone(), title, region, lines });
                }
            }
        }
    }

    /// The quantities and ports that a component records.
    fn records(&mut self, component: Component<'m>, experiment: &mut Experiment) {
        let id = component.id().unwrap_or("").to_owned();
        for item in self.items(component) {
            match item {
                SimulationItem::Run { .. }
                | SimulationItem::DataWriter { .. }
                | SimulationItem::EventWriter { .. }
                | SimulationItem::DataDisplay { .. } => {}
                SimulationItem::Record { quantity, time_scale, scale, color, destination } => {
                    let Some((path, span)) = self.flattener.attr_at(component, quantity) else {
                        let what = format!("{} has no `{quantity}`", component.shown());
                        self.flattener.report(rules::unusable(component.id_span(), what));
                        continue;
                    };
                    let recorded = Recorded { id: id.clone(), path: path.trim().to_owned(), span };
                    // A destination may be named further out, once for many.
                    let named = destination.as_ref().and_then(|name| {
                        let mut line = std::iter::successors(Some(component), |c| c.parent());
                        line.find_map(|at| self.text(at, name))
                    });
                    let around = component.parent().and_then(Component::id).map(str::to_owned);
                    let to = named.or(around).unwrap_or_default();
                    let outputs = &mut experiment.outputs;
                    if let Some(output) = outputs.iter_mut().rev().find(|o| o.id == to) {
                        output.columns.push(recorded);
                        continue;
                    }
                    let values = self.flattener.values(component.into());
                    let value = |name: &Option<nml_lems::Text>| {
                        let name = name.as_ref().map_or("", |name| name.as_str());
                        values.get(name).copied().unwrap_or(1.0)
                    };
                    let (scale, time_scale) = (value(scale), value(time_scale));
                    let color = color.as_ref().and_then(|color| self.text(component, color));
                    let color = color.unwrap_or_default();
                    let displays = &mut experiment.displays;
                    if let Some(display) = displays.iter_mut().rev().find(|d| d.id == to) {
                        display.lines.push(Line { recorded, scale, time_scale, color });
                    } else {
                        let what = format!("there is no display or file `{to}` to record to");
                        self.flattener.report(rules::unresolved(span, what));
                    }
                }
                SimulationItem::EventRecord { quantity, event_port } => {
                    let Some((path, span)) = self.flattener.attr_at(component, quantity) else {
                        let what = format!("{} has no `{quantity}`", component.shown());
                        self.flattener.report(rules::unusable(component.id_span(), what));
                        continue;
                    };
                    let port = self.text(component, event_port).unwrap_or_default();
                    let around = component.parent().and_then(Component::id).unwrap_or("");
                    let outputs = &mut experiment.event_outputs;
                    let Some(output) = outputs.iter_mut().rev().find(|o| o.id == around) else {
                        let what = format!("there is no event file `{around}` to record to");
                        self.flattener.report(rules::unresolved(span, what));
                        continue;
                    };
                    let path = path.trim().to_owned();
                    output.selections.push(EventSelection { id: id.clone(), path, port, span });
                }
            }
        }
    }
}
