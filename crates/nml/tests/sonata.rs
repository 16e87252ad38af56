//! Results as SONATA: what our own reader finds in them.  libsonata 0.2.2 and h5py read the same files.
#![expect(clippy::panic, reason = "a panic is how a test fails")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml::base::{MemoryLoader, OsLoader};
use nml::results::{Files, Format, NameError, Store, file_names};
use nml::simulate::{
    EventRow, Prepared, Rows, Scheme, SimulateOptions, Sink, SinkError, Wish, prepare_wish,
};
use nml_hdf5::{Group, Hdf5Error};

/// Keeps what comes, to compare.
#[derive(Default)]
struct Kept {
    rows: Vec<Vec<f64>>,
    events: Vec<EventRow>,
}

impl Sink for Kept {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        if output == 0 {
            self.rows.extend(rows.iter().map(|(_, values)| values.to_vec()));
        }
        Ok(())
    }

    fn events(&mut self, _: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.events.extend_from_slice(events);
        Ok(())
    }
}

/// Writes a run and answers the names and the roots of the files.
fn written(prepared: &Prepared) -> Result<Vec<(PathBuf, Group)>, Box<dyn std::error::Error>> {
    let names = file_names(prepared, Format::Sonata)?;
    let folder = tempfile::tempdir()?;
    let stores = names.iter().map(|_| Some(Store::Folder(folder.path().to_owned()))).collect();
    let mut files = Files::begin(prepared, Format::Sonata, &names, stores)?;
    prepared.run(&mut files)?;
    let place = |at: usize| folder.path().join(at.to_string());
    let open = std::fs::OpenOptions::new().write(true).create(true).truncate(true).clone();
    files.finish(|at| open.open(place(at)))?;
    let mut roots = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let bytes = nml::base::SourceLoader::read(&OsLoader::default(), &place(at))?;
        roots.push((name.path, nml_hdf5::open(std::io::Cursor::new(bytes))?));
    }
    Ok(roots)
}

fn group(root: &Group, path: &str) -> Result<Group, Hdf5Error> {
    let mut found = root.groups()?;
    for name in path.split('/').filter(|name| !name.is_empty()) {
        let at = found.iter().position(|group| group.name() == name);
        let next = found.swap_remove(at.unwrap_or_else(|| panic!("no {name} of {path}")));
        found = next.groups()?;
        if path.ends_with(name) {
            return Ok(next);
        }
    }
    panic!("no {path}")
}

/// Extents, values and unit of a dataset.
fn table(group: &Group, name: &str) -> Result<(Vec<u64>, Vec<f64>, String), Hdf5Error> {
    let found = group.tables()?.into_iter().find(|table| table.name() == name);
    let found = found.unwrap_or_else(|| panic!("no {name} in {}", group.path()));
    let mut values = Vec::new();
    found.blocks(|_, block| values.extend_from_slice(block))?;
    let units = found.attribute("units").unwrap_or_default().to_owned();
    Ok((found.shape().to_vec(), values, units))
}

fn prepared(path: &Path, scheme: Scheme) -> Option<Prepared> {
    let model = nml::Loader::new(Arc::new(OsLoader::default())).load(path);
    let options = SimulateOptions { scheme, ..SimulateOptions::default() };
    prepare_wish(&model, options, &Wish::default()).ok()
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name)
}

#[test]
fn spikes_and_potentials_of_a_ring() {
    let prepared = prepared(&fixture("network/LEMS_ring.xml"), Scheme::Auto).unwrap();
    let mut kept = Kept::default();
    prepared.run(&mut kept).unwrap();
    let files = written(&prepared).unwrap();
    let paths: Vec<String> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    assert_eq!(paths, ["ring.dat.h5", "ring.spikes.h5"]);

    let report = group(&files[0].1, "report/ring_pop").unwrap();
    let (shape, data, unit) = table(&report, "data").unwrap();
    let width = prepared.columns[0].len();
    assert_eq!((shape, unit.as_str()), (vec![kept.rows.len() as u64, width as u64], "mV"));
    for (row, values) in kept.rows.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            #[expect(clippy::cast_possible_truncation, reason = "as the file has it")]
            let expected = f64::from((value * 1e3) as f32);
            assert_eq!(data[row * width + column], expected, "{row} {column}");
        }
    }
    let mapping = group(&files[0].1, "report/ring_pop/mapping").unwrap();
    let values = |name: &str| table(&mapping, name).unwrap().1;
    let cells: Vec<f64> = (0..width).map(|k| k as f64).collect();
    assert_eq!(values("node_ids"), cells);
    assert_eq!(values("index_pointers"), [&cells[..], &[width as f64]].concat());
    assert_eq!(values("index_pointers"), values("index_pointer"));
    assert_eq!(values("element_ids"), vec![0.0; width]);
    assert_eq!(values("element_pos"), vec![0.5; width]);
    let (_, time, unit) = table(&mapping, "time").unwrap();
    let dt = (prepared.request.step * 1e9).round() / 1e6;
    let stop = (prepared.request.step * 1e9).round() * kept.rows.len() as f64 / 1e6;
    assert_eq!((time, unit.as_str()), (vec![0.0, stop, dt], "ms"));

    let spikes = group(&files[1].1, "spikes/ring_pop").unwrap();
    let (_, times, unit) = table(&spikes, "timestamps").unwrap();
    assert_eq!(unit, "ms");
    assert!(times.len() > 5 && times.is_sorted());
    assert_eq!(times.len(), kept.events.len());
    for (time, event) in times.iter().zip(&kept.events) {
        // Within the rounding of the conversion to ms, nine digits after the point.
        assert!((time - event.time * 1e3).abs() < 1e-9, "{time} {event:?}");
    }
    let ids = table(&spikes, "node_ids").unwrap().1;
    let ports: Vec<f64> = kept.events.iter().map(|event| f64::from(event.port)).collect();
    assert_eq!(ids, ports, "the file of the fixture has the cells in their order");
}

#[test]
fn quantities_have_files_of_their_own_and_places_their_order() {
    let mut files = MemoryLoader::new();
    let lems = r#"<Lems>
        <Target component="sim"/>
        <Include file="Cells.xml"/><Include file="Networks.xml"/><Include file="Simulation.xml"/>
        <izhikevich2007Cell id="z" v0="-60mV" C="100pF" k="0.7nS_per_mV" vr="-60mV" vt="-40mV"
            vpeak="35mV" a="0.03per_ms" b="-2nS" c="-50mV" d="100pA"/>
        <network id="net">
            <population id="b" component="z" size="3"/>
            <population id="a" component="z" size="2"/>
        </network>
        <Simulation id="sim" length="3ms" step="0.5ms" target="net">
            <OutputFile id="o" fileName="o.dat">
                <OutputColumn id="1" quantity="b[2]/v"/>
                <OutputColumn id="2" quantity="a[1]/v"/>
                <OutputColumn id="3" quantity="b[0]/u"/>
                <OutputColumn id="4" quantity="b[0]/v"/>
            </OutputFile>
        </Simulation>
    </Lems>"#;
    files.insert("LEMS_z.xml", lems);
    files.insert("LEMS_t.xml", lems.replace("b[0]/u", "t"));
    let files = Arc::new(files);
    let prepared = |name: &str| {
        let model = nml::Loader::new(files.clone()).load(name.as_ref());
        prepare_wish(&model, SimulateOptions::default(), &Wish::default())
    };
    let run = prepared("LEMS_z.xml").unwrap();
    let mut kept = Kept::default();
    run.run(&mut kept).unwrap();
    let found = written(&run).unwrap();
    let paths: Vec<String> = found.iter().map(|(path, _)| path.display().to_string()).collect();
    assert_eq!(paths, ["o_u.h5", "o_v.h5"]);
    let (shape, _, unit) = table(&group(&found[0].1, "report/b").unwrap(), "data").unwrap();
    assert_eq!((shape, unit.as_str()), (vec![7, 1], "nA"));
    let b = group(&found[1].1, "report/b").unwrap();
    let ids = table(&group(&found[1].1, "report/b/mapping").unwrap(), "node_ids").unwrap().1;
    assert_eq!(ids, [0.0, 2.0]);
    let data = table(&b, "data").unwrap().1;
    #[expect(clippy::cast_possible_truncation, reason = "as the file has it")]
    let single = |value: f64| f64::from((value * 1e3) as f32);
    assert_eq!(data[2..4], [single(kept.rows[1][3]), single(kept.rows[1][0])]);
    assert_eq!(table(&group(&found[1].1, "report/a").unwrap(), "data").unwrap().0, [7, 1]);

    let Ok(other) = prepared("LEMS_t.xml") else { return };
    let error = file_names(&other, Format::Sonata).unwrap_err();
    assert_eq!(error, NameError::NoCell("t".to_owned()));
}

#[test]
fn segments_are_the_elements_of_a_shaped_cell() {
    let prepared = prepared(&fixture("neuron-jnml/LEMS_tree.xml"), Scheme::Auto).unwrap();
    let Ok(found) = written(&prepared) else { panic!("{:?}", prepared.columns) };
    let mut elements = Vec::new();
    for (_, root) in &found {
        for report in root.groups().unwrap() {
            for population in report.groups().unwrap() {
                let mapping = group(&population, "mapping").unwrap();
                elements.extend(table(&mapping, "element_ids").unwrap().1);
            }
        }
    }
    assert!(elements.iter().any(|&id| id > 0.0), "{elements:?} of {:?}", prepared.columns);
}
