//! Every cell, channel, synapse, input and source of the standard that a point model can use, against numbers
//! of the reference interpreter: `fixtures/points`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test fails")]
#![expect(clippy::disallowed_methods, reason = "the numbers are read, and the fixtures searched")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml::base::OsLoader;
use nml::simulate::{EventFormat, Experiment, Scheme, SimulateOptions, Sink, SinkError, prepare};
use nml_sim::{EventRow, Rows};

/// Of the range of a column.
const TOLERANCE: f64 = 1e-6;

/// The files hold numbers in single precision.
const SINGLE: f64 = 1.2e-7;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/points")
}

/// Rows of each file with traces, time first; and events of each file with events, as selection and time.
#[derive(Default)]
struct Results {
    traces: Vec<Vec<Vec<f64>>>,
    events: Vec<Vec<(usize, f64)>>,
}

impl Sink for Results {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        for (time, values) in rows.iter() {
            let row = std::iter::once(time).chain(values.iter().copied()).collect();
            self.traces[output].push(row);
        }
        Ok(())
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> Result<(), SinkError> {
        let rows = events.iter().map(|event| (event.port as usize, event.time));
        self.events[output].extend(rows);
        Ok(())
    }
}

fn run(name: &str) -> (Experiment, Results) {
    let path = folder().join(format!("LEMS_{name}.xml"));
    let checker = nml::Checker::new(Arc::new(OsLoader::default()), Vec::new());
    let model = checker.loader().load(&path);
    let options = SimulateOptions { scheme: Scheme::Jlems, ..SimulateOptions::default() };
    let prepared = prepare(&model, options).unwrap_or_else(|found| panic!("{name}: {found:#?}"));
    let mut results = Results {
        traces: vec![Vec::new(); prepared.experiment.outputs.len()],
        events: vec![Vec::new(); prepared.experiment.event_outputs.len()],
    };
    prepared.run(&mut results).unwrap();
    (prepared.experiment, results)
}

fn rows(text: &str) -> Vec<Vec<f64>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let number = |word: &str| word.parse().unwrap();
    lines.map(|line| line.split_whitespace().map(number).collect()).collect()
}

fn expected(file: &str) -> String {
    std::fs::read_to_string(folder().join("expected").join(file)).unwrap()
}

fn check(name: &str) {
    let (experiment, results) = run(name);
    for (output, ours) in experiment.outputs.iter().zip(&results.traces) {
        let file = &output.file;
        let expected = expected(file);
        let every = expected.lines().find_map(|line| line.strip_prefix("# every ")).unwrap();
        let every: usize = every.split(' ').next().unwrap().parse().unwrap();
        let theirs = rows(&expected);
        assert_eq!(ours.iter().step_by(every).count(), theirs.len(), "{file}");
        for column in 0..theirs[0].len() {
            let values = || theirs.iter().map(|row| row[column]);
            let range = values().fold(f64::MIN, f64::max) - values().fold(f64::MAX, f64::min);
            for (ours, theirs) in ours.iter().step_by(every).zip(&theirs) {
                let (a, b) = (ours[column], theirs[column]);
                let allowed = TOLERANCE * range + SINGLE * b.abs();
                let at = ours[0];
                assert!((a - b).abs() <= allowed, "{file}: column {column} at {at}: {a}, not {b}");
            }
        }
    }
    for (output, ours) in experiment.event_outputs.iter().zip(&results.events) {
        let theirs = rows(&expected(&output.file));
        assert_eq!(ours.len(), theirs.len(), "{}", output.file);
        for (&(selection, time), row) in ours.iter().zip(&theirs) {
            let (id, expected) = match output.format {
                EventFormat::IdTime => (row[0], row[1]),
                EventFormat::TimeId => (row[1], row[0]),
            };
            assert_eq!(output.selections[selection].id, id.to_string(), "{}", output.file);
            assert!((time - expected).abs() <= SINGLE * expected, "{}: {time}", output.file);
        }
    }
}

macro_rules! families {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )*
    };
}

families! { cells gates calcium synapses inputs pynn sources lists language }

/// Types that have equations and no model in the fixtures, and why.
const NOT_COVERED: &[(&str, &str)] = &[
    ("channelPopulationNernst", "the reference stops: its logarithm is NaN before the first step"),
    ("channelDensityNonUniformNernst", "no current in one segment, as channelDensityNonUniform"),
    ("channelDensityNonUniformGHK", "no current in one segment, as channelDensityNonUniform"),
    ("baseIaf", "it is only extended"),
    ("baseIafCapCell", "it is only extended"),
];

/// Every type of the standard that has equations of its own is in one of the fixtures.
#[test]
fn nothing_is_left_out() {
    let mut texts = String::new();
    for file in std::fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "xml") {
            texts.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    let files = ["Cells.xml", "Channels.xml", "Inputs.xml", "Synapses.xml", "PyNN.xml"];
    let mut missing = Vec::new();
    for ty in nml_schemas::lems::COMPONENT_TYPES {
        let name = ty.name.as_str();
        if !files.contains(&&*ty.file) || ty.dynamics.is_none() {
            continue;
        }
        let forms = [
            format!("<{name} "),
            format!("<{name}>"),
            format!("<{name}/"),
            format!("type=\"{name}\""),
            format!("extends=\"{name}\""),
        ];
        let covered = forms.iter().any(|form| texts.contains(form));
        let excused = NOT_COVERED.iter().any(|(known, _)| *known == name);
        if !covered && !excused {
            missing.push(name);
        }
        assert!(!(covered && excused), "{name} is covered");
    }
    assert_eq!(missing, Vec::<&str>::new());
}
