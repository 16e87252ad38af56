//! `nml fmt`.

use std::io::Result;

use crate::world::World;

const NEAT: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<neuroml>\n    <a/> <!-- b -->\n</neuroml>\n";
const LOOSE: &str = "<neuroml ><a></a><!-- b --></neuroml>";

fn models() -> Result<World> {
    World::new(&[
        ("loose.nml", LOOSE),
        ("neat.nml", NEAT),
        ("LEMS_x.xml", "<Lems/>"),
        ("other.xml", "<html></html>"),
        ("net.nml.h5", "packed"),
        ("old/x.nml", LOOSE),
        ("nml.toml", "exclude = [\"old\"]\n"),
    ])
}

#[test]
fn check_lists_and_changes_nothing() -> Result<()> {
    let world = models()?;
    let done = world.run("fmt --check @", "");
    assert_eq!((done.status, done.out.as_str()), (1, "@/LEMS_x.xml\n@/loose.nml"));
    assert_eq!(done.err, "nml: 2 would change, 1 as they should be");
    assert_eq!(world.read("loose.nml"), LOOSE);
    let done = world.run("fmt --diff --quiet @/loose.nml", "");
    assert_eq!((done.status, done.err.as_str()), (1, ""));
    assert!(done.out.contains("-<neuroml ><a></a><!-- b --></neuroml>"), "{}", done.out);
    assert_eq!(world.run("fmt --check @/neat.nml", "").status, 0);
    Ok(())
}

#[test]
fn files_are_changed_in_place_once() -> Result<()> {
    let world = models()?;
    let done = world.run("fmt @", "");
    assert_eq!((done.status, done.err.as_str()), (0, "nml: 2 changed, 1 as they should be"));
    assert_eq!((world.read("loose.nml").as_str(), world.read("old/x.nml").as_str()), (NEAT, LOOSE));
    assert_eq!(world.read("other.xml"), "<html></html>");
    assert_eq!(world.run("fmt @", "").err, "nml: 0 changed, 3 as they should be");
    Ok(())
}

#[test]
fn standard_input_goes_to_standard_output() -> Result<()> {
    let world = models()?;
    for text in [LOOSE, NEAT] {
        let done = world.run("fmt -q -", text);
        assert_eq!((done.status, done.out.as_str(), done.err.as_str()), (0, NEAT.trim_end(), ""));
    }
    Ok(())
}

#[test]
fn what_cannot_be_laid_out_is_told_and_left_alone() -> Result<()> {
    let world = models()?;
    let done = world.run("fmt -", "<neuroml>\n<a></neuroml>");
    assert_eq!(done.status, 1);
    assert!(
        done.err.contains("malformed-xml") && done.err.contains("stdin.nml:2:4"),
        "{}",
        done.err
    );
    let done = world.run("fmt @/net.nml.h5", "");
    assert_eq!(done.status, 2);
    assert!(done.err.contains("packed or binary"), "{}", done.err);
    assert_eq!(world.run("fmt @/none.nml", "").status, 2);
    Ok(())
}
