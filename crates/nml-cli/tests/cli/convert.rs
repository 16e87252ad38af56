//! `nml convert` to other forms of a document.

use std::io::Result;

use crate::world::World;

const SWC: &str = "# a ball\n1 1 0 0 0 5 -1\n2 3 5 0 0 0.5 1\n3 3 9 0 0 0.5 2\n";

const NET: &str = "<neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" id=\"d\">\n    <include href=\"c.nml\"/>\n    \
<network id=\"n\">\n        <population id=\"p\" component=\"c\" size=\"2\"/>\n    </network>\n</neuroml>\n";

#[test]
fn shapes_go_there_and_back() -> Result<()> {
    let world = World::new(&[("in/ball.swc", SWC)])?;
    let done = world.run("convert @/in/ball.swc --to neuroml", "");
    assert_eq!((done.status, done.err.as_str()), (0, "nml: wrote ball.nml"));
    assert!(world.read("ball.nml").contains("<segmentGroup id=\"dendrite_group\""));
    let done = world.run("convert ball.nml --to swc -o out", "");
    assert_eq!((done.status, done.err.as_str()), (0, "nml: wrote ball.swc"));
    assert_eq!(world.read("out/ball.swc"), SWC);
    Ok(())
}

#[test]
fn networks_go_there_and_back() -> Result<()> {
    let world = World::new(&[("net.nml", NET), ("c.nml", "<neuroml/>")])?;
    assert_eq!(world.run("convert net.nml --to json", "").err, "nml: wrote net.nml.json");
    assert_eq!(world.run("convert net.nml.json --to hdf5", "").err, "nml: wrote net.nml.h5");
    let done = world.run("convert net.nml.h5 --to neuroml -o back", "");
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(done.err.contains("`c.nml` is looked for beside the written file"), "{}", done.err);
    assert_eq!(world.run("convert net.nml --to neuroml -o one -q", "").status, 0);
    assert!(
        world.read("back/net.nml").contains("<population id=\"p\" component=\"c\" size=\"2\"/>")
    );
    Ok(())
}

#[test]
fn nothing_is_written_over_its_source_or_with_faults() -> Result<()> {
    let world = World::new(&[("a.nml", NET), ("bad.swc", "1 1 0 0 0 -5 -1\n")])?;
    let done = world.run("convert a.nml --to neuroml", "");
    assert_eq!(done.status, 2);
    assert!(done.err.contains("would take the place of the file it is made from"), "{}", done.err);
    assert_eq!(world.read("a.nml"), NET);
    let done = world.run("convert bad.swc --to neuroml", "");
    assert_eq!(done.status, 1);
    assert!(
        done.err.contains("bad-swc-sample") && done.err.contains("bad.swc:1:11"),
        "{}",
        done.err
    );
    let done = world.run("convert a.nml --to swc --check", "");
    assert!(done.status == 1 && done.err.contains("not-exported"), "{}", done.err);
    let done = world.run("convert a.nml --to jsn", "");
    assert!(done.status == 2 && done.err.contains("did you mean `json`?"), "{}", done.err);
    Ok(())
}

#[test]
fn the_schema_is_printed_and_named() -> Result<()> {
    let world = World::new(&[("net.nml", NET)])?;
    let done = world.run("convert --schema", "");
    let schema: serde_json::Value = serde_json::from_str(&done.out)?;
    assert_eq!(world.run("convert net.nml --to json -q", "").status, 0);
    let document: serde_json::Value = serde_json::from_str(&world.read("net.nml.json"))?;
    assert_eq!(document["$schema"], schema["$id"]);
    Ok(())
}

#[test]
fn options_of_runs_mean_nothing_to_forms() -> Result<()> {
    let world = World::new(&[("net.nml", NET)])?;
    for option in
        ["--cvode", "--target n", "--duration 1ms", "--dt 1ms", "--record p[0]/v", "--seed 1"]
    {
        let done = world.run(&format!("convert net.nml --to json {option}"), "");
        let name = option.split(' ').next().unwrap_or_default();
        assert_eq!(done.status, 2, "{option}");
        assert!(done.err.starts_with(&format!("nml: {name} says how")), "{}", done.err);
        assert!(!world.path("net.nml.json").exists());
    }
    let done = world.run("convert net.nml --to json --check", "");
    assert_eq!(
        (done.status, done.err.as_str()),
        (0, "nml: `json` has a place for all of this document")
    );
    Ok(())
}
