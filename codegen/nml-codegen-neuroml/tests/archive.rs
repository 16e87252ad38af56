//! SED-ML of runs, and COMBINE archives that hold them.
#![expect(clippy::print_stdout, reason = "a test tells how much there was")]

mod common;

use std::path::Path;
use std::sync::Arc;

use common::{load, written};
use nml_base::{MemoryLoader, OsLoader};
use nml_load::Loader;
use nml_model::Model;
use nml_tests::corpus_files;

const RUN: &str = r##"<Lems>
<Target component="sim"/>
<Include file="Cells.xml"/><Include file="Networks.xml"/><Include file="Simulation.xml"/>
<Include file="../cells/c.nml"/>
<Simulation id="sim" length="10ms" step="0.01ms" target="net">
  <Display id="d" title="Fast &amp; slow" timeScale="1ms" xmin="0" xmax="10" ymin="-80" ymax="20">
    <Line id="v" quantity="pop[0]/v" scale="1mV" color="#ff0000" timeScale="1ms"/>
  </Display>
  <OutputFile id="of" fileName="v.dat"><OutputColumn id="v 0" quantity="pop[0]/v"/></OutputFile>
  <EventOutputFile id="ev" fileName="s.spikes" format="TIME_ID"><EventSelection id="0" select="pop[0]" eventPort="spike"/></EventOutputFile>
</Simulation>
</Lems>"##;

const CELL: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="c">
<iafCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>
<network id="net"><population id="pop" component="iaf" size="1"/></network>
</neuroml>"#;

fn run() -> Model {
    let mut files = MemoryLoader::new();
    files.insert("m/runs/LEMS_x.xml", RUN);
    files.insert("m/cells/c.nml", CELL);
    Loader::new(Arc::new(files)).load("m/runs/LEMS_x.xml".as_ref())
}

#[test]
fn a_run_as_sedml() {
    let (artifacts, told) = written(&run(), "sedml");
    assert_eq!(told, ["SED-ML has no words for events; this file is left out of it"]);
    let artifacts = artifacts.unwrap_or_default();
    let text = String::from_utf8_lossy(artifacts.get("cell.sedml").unwrap_or(b"")).into_owned();
    for part in [
        r#"outputEndTime="0.01" numberOfPoints="1000">"#,
        r#"<model id="model" language="urn:sedml:language:lems" source="cell.nml"/>"#,
        r#"<variable id="task_0_v_value" target="pop[0]/v" taskReference="task_0"/>"#,
        // A number of MathML has no exponent.
        "<apply><divide/><ci>task_0_v_value</ci><cn>0.001</cn></apply>",
        r#"<plot2D id="d" name="Fast &amp; slow">"#,
        r#"<report id="of" name="v.dat">"#,
        r#"<dataSet id="of_v_0" label="v 0" dataReference="task_0_v_0"/>"#,
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
}

#[test]
fn a_model_that_asks_for_no_run_has_no_sedml() {
    let told = written(&load("c.nml", CELL), "sedml").1;
    assert_eq!(told, ["SED-ML cannot express a model that does not say what to run"]);
}

/// The archive of a model, read again from its main file.
fn again(model: &Model) -> Result<Model, Vec<String>> {
    let (artifacts, told) = written(model, "omex");
    let artifacts = artifacts.ok_or(told)?;
    let mut files = MemoryLoader::new();
    for (path, bytes) in artifacts.iter() {
        files.insert(path, bytes);
    }
    let loader = Loader::new(Arc::new(files));
    let master = loader.files().master_of(Path::new("cell.omex"));
    let master = master.ok().flatten().ok_or_else(|| vec!["no master".to_owned()])?;
    Ok(loader.load(&master))
}

#[test]
fn an_archive_holds_the_model_and_its_run() {
    let model = again(&run()).unwrap_or_else(|told| panic!("{told:?}"));
    assert_eq!(model.root().path, Path::new("cell.omex/runs/LEMS_x.xml"));
    assert_eq!(model.root().file().text(), RUN);
    assert_eq!(model.documents().len(), 2);
    let (one, _) = written(&run(), "omex");
    assert_eq!(one, written(&run(), "omex").0, "the same model is the same archive");
}

#[test]
fn what_an_archive_cannot_hold_is_told() {
    let missing = load("c.nml", CELL.replace("<iaf", "<include href=\"gone.nml\"/><iaf"));
    let told = written(&missing, "omex").1;
    assert_eq!(told, ["a COMBINE archive cannot express a model of which a file is missing"]);
    let mut files = MemoryLoader::new();
    files.insert("a/x.nml", CELL.replace("<iaf", "<include href=\"y.nml\"/><iaf"));
    files.insert("b/y.nml", CELL);
    let loader = Loader::new(Arc::new(files)).include_path(vec!["b".into()]);
    let told = written(&loader.load("a/x.nml".as_ref()), "omex").1;
    let expected = "a COMBINE archive cannot express an include that is found by a search path, not beside its document";
    assert_eq!(told, [expected]);
}

#[test]
fn real_runs_are_archives() {
    let files = corpus_files(&[".xml"]);
    let (mut done, mut refused) = (0, Vec::new());
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let runs = files.iter().filter(|p| {
        let path = p.to_string_lossy();
        path.contains("/LEMS_") && !path.contains("/mutants/")
    });
    for path in runs {
        let model = loader.load(path);
        if model.documents().iter().any(|d| d.file().text().len() > 2_000_000) {
            continue;
        }
        match again(&model) {
            Ok(read) => {
                assert_eq!(read.documents().len(), model.documents().len(), "{}", path.display());
                assert_eq!(read.root().file().text(), model.root().file().text());
                done += 1;
            }
            Err(told) => refused.push(format!("{}: {told:?}", path.display())),
        }
    }
    println!("{done} runs are archives; refused: {refused:#?}");
    assert!(refused.len() <= done / 10, "{refused:#?}");
}
