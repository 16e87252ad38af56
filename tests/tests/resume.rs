//! A run that is saved and gone on with equals the unbroken one to the bit, in every scheme on a grid.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml::base::OsLoader;
use nml::simulate::{
    EventRow, Prepared, Rows, RunError, Scheme, SimulateOptions, Sink, SinkError, Snapshot,
    SnapshotError, prepare,
};
use nml_load::Loader;

/// So many steps of each model are run.
const STEPS: u64 = 4000;

/// Everything a run gives, to the bit, and the states it had after some steps.
#[derive(Debug, Default)]
struct Kept {
    rows: Vec<Vec<u64>>,
    events: Vec<Vec<(u64, u32)>>,
    asked: u64,
    wanted: Vec<u64>,
    /// By step.
    states: BTreeMap<u64, Saved>,
}

/// A state, and how much had come of each output.
#[derive(Debug)]
struct Saved {
    state: Vec<u8>,
    rows: Vec<usize>,
    events: Vec<usize>,
}

impl Kept {
    fn new(prepared: &Prepared, wanted: &[u64]) -> Self {
        Self {
            rows: vec![Vec::new(); prepared.request.traces.len()],
            events: vec![Vec::new(); prepared.request.events.len()],
            wanted: wanted.to_vec(),
            ..Self::default()
        }
    }
}

impl Sink for Kept {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        for (time, values) in rows.iter() {
            self.rows[output].push(time.to_bits());
            self.rows[output].extend(values.iter().map(|value| value.to_bits()));
        }
        Ok(())
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.events[output].extend(events.iter().map(|event| (event.time.to_bits(), event.port)));
        Ok(())
    }

    fn wants_to_save(&mut self, _: f64) -> bool {
        self.asked += 1;
        self.wanted.contains(&(self.asked - 1))
    }

    fn save(&mut self, snapshot: &mut Snapshot<'_>) -> Result<(), SinkError> {
        assert_eq!(snapshot.steps, self.asked - 1);
        let mut bytes = Vec::new();
        snapshot.write(&mut bytes)?;
        let rows = self.rows.iter().map(Vec::len).collect();
        let events = self.events.iter().map(Vec::len).collect();
        self.states.insert(snapshot.steps, Saved { state: bytes, rows, events });
        Ok(())
    }
}

fn prepared(path: &Path, scheme: Scheme, steps: u64) -> Option<Prepared> {
    let model = Loader::new(Arc::new(OsLoader::default())).load(path);
    let options = SimulateOptions { scheme, displays: true, ..SimulateOptions::default() };
    let first = prepare(&model, options).ok()?;
    let length = first.request.length.min(steps as f64 * first.request.step);
    prepare(&model, SimulateOptions { length: Some(length), ..options }).ok()
}

fn fixtures() -> std::io::Result<Vec<PathBuf>> {
    let root = nml_tests::repository().join("fixtures");
    let mut found = Vec::new();
    for folder in ["points", "simulate", "network", "hh-neuron", "neuron-jnml", "custom-type"] {
        for entry in std::fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            found.extend(Some(path).filter(|path| path.extension().is_some_and(|e| e == "xml")));
        }
    }
    found.sort();
    Ok(found)
}

#[test]
fn every_fixture_goes_on_as_if_nothing_had_happened() {
    let mut compared = BTreeMap::new();
    for path in fixtures().unwrap() {
        for scheme in [Scheme::Auto, Scheme::Jlems, Scheme::NeuronJnml] {
            let Some(prepared) = prepared(&path, scheme, STEPS) else { continue };
            let wanted = [0, 1, 3, 17, 97, 1000, 2048, 3999, 4000];
            let mut whole = Kept::new(&prepared, &wanted);
            // A cell of the standard becomes NaN in the reference interpreter.
            let Ok(report) = prepared.run(&mut whole) else { continue };
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(whole.states.len() >= 2, "{name}: {:?}", whole.states.keys());
            for (at, Saved { state, rows, events }) in &whole.states {
                let mut rest = Kept::new(&prepared, &[]);
                let again = prepared.resume(&mut &state[..], &mut rest).unwrap();
                let what = format!("{name} under {} from step {at}", scheme.name());
                assert_eq!(again, report, "{what}");
                for (output, start) in rows.iter().enumerate() {
                    assert!(whole.rows[output][*start..] == rest.rows[output], "rows of {what}");
                }
                for (output, start) in events.iter().enumerate() {
                    let expected = &whole.events[output][*start..];
                    assert!(expected == rest.events[output], "events of {what}");
                }
            }
            *compared.entry(scheme.name()).or_insert(0) += 1;
        }
    }
    // Point cells, synapses with delays, random sources, regimes, lists, shaped cells.
    assert!(compared["auto"] >= 20 && compared["jlems"] >= 17, "{compared:?}");
    assert!(compared["neuron-jnml"] >= 8, "{compared:?}");
}

#[test]
fn a_saved_run_may_be_made_longer() {
    let path = nml_tests::repository().join("fixtures/points/LEMS_synapses.xml");
    for scheme in [Scheme::Auto, Scheme::Jlems, Scheme::NeuronJnml] {
        let (short, long) = (prepared(&path, scheme, 1500), prepared(&path, scheme, 3000));
        let (short, long) = (short.unwrap(), long.unwrap());
        let mut first = Kept::new(&short, &[1500]);
        short.run(&mut first).unwrap();
        let mut rest = Kept::new(&long, &[]);
        long.resume(&mut &first.states[&1500].state[..], &mut rest).unwrap();
        let mut whole = Kept::new(&long, &[]);
        long.run(&mut whole).unwrap();
        for output in 0..whole.rows.len() {
            let joined = [&first.rows[output][..], &rest.rows[output]].concat();
            assert!(joined == whole.rows[output], "{}", scheme.name());
        }
    }
}

#[test]
fn what_does_not_fit_is_told_and_nothing_comes_of_it() {
    let folder = nml_tests::repository().join("fixtures");
    let path = folder.join("points/LEMS_synapses.xml");
    for scheme in [Scheme::Auto, Scheme::Jlems, Scheme::NeuronJnml] {
        let run = prepared(&path, scheme, 700).unwrap();
        let mut whole = Kept::new(&run, &[600]);
        run.run(&mut whole).unwrap();
        let state = &whole.states[&600].state;
        let fails = |run: &Prepared, state: &[u8]| {
            let mut nothing = Kept::new(run, &[]);
            let error = run.resume(&mut &state[..], &mut nothing).unwrap_err();
            assert!(nothing.rows.iter().all(Vec::is_empty));
            error
        };
        for part in 0..40 {
            let error = fails(&run, &state[..state.len() * part / 40]);
            let damaged = SnapshotError::Damaged("it ends early".to_owned());
            assert_eq!(error, RunError::Snapshot(damaged));
        }
        let other = prepared(&folder.join("points/LEMS_inputs.xml"), scheme, 700).unwrap();
        let error = fails(&other, state);
        assert!(matches!(error, RunError::Snapshot(SnapshotError::Differs(_))), "{error}");
        // A wrong byte gives other numbers or an error, and never a panic.
        for at in (0..state.len()).step_by(state.len() / 300 + 1) {
            let mut wrong = state.clone();
            wrong[at] ^= 0x55;
            let short = prepared(&path, scheme, 601).unwrap();
            drop(short.resume(&mut &wrong[..], &mut Kept::new(&short, &[])));
        }
    }
}

#[test]
fn the_reference_cannot() {
    let path = nml_tests::repository().join("fixtures/simulate/LEMS_leak.xml");
    let run = prepared(&path, Scheme::Reference, 10).unwrap();
    let mut kept = Kept::new(&run, &[0, 1, 2]);
    run.run(&mut kept).unwrap();
    assert!(kept.states.is_empty() && !Scheme::Reference.can_resume());
    let error = run.resume(&mut &[][..], &mut kept).unwrap_err();
    assert_eq!(error, RunError::Snapshot(SnapshotError::Scheme("reference")));
}
