//! `nml validate` with a made-up checker.

use std::io::Result;

use crate::world::World;

fn models() -> Result<World> {
    World::new(&[
        ("b.nml", "<neuroml>\n  <a x=\"bad\"/>\n</neuroml>\n"),
        ("a/ok.nml", "<neuroml/>\n"),
        ("a/odd.nml", "<neuroml odd=\"1\"/>\n"),
        ("a/LEMS_x.xml", "<?xml version=\"1.0\"?>\n<Lems/>\n"),
        ("a/other.xml", "<html>bad</html>\n"),
        ("a/.hidden/x.nml", "bad\n"),
        ("old/x.nml", "bad\n"),
        ("nml.toml", "exclude = [\"old\"]\n"),
        ("empty/readme.txt", "bad\n"),
    ])
}

#[test]
fn a_folder_is_searched_in_order() -> Result<()> {
    let done = models()?.run("validate @", "");
    assert_eq!((done.status, done.err.as_str()), (1, ""));
    insta::assert_snapshot!(done.out);
    Ok(())
}

#[test]
fn the_exit_status_follows_the_levels() -> Result<()> {
    let world = models()?;
    let status = |line: &str| world.run(line, "").status;
    assert_eq!(status("validate @/a/ok.nml"), 0);
    assert_eq!(status("validate @/a/odd.nml"), 0);
    assert_eq!(status("validate @/a/odd.nml --deny warnings"), 1);
    assert_eq!(status("validate @/a/odd.nml --deny odd-word"), 1);
    assert_eq!(status("validate @/a/odd.nml --deny odd-word --warn NML0102"), 0);
    assert_eq!(status("validate @/b.nml"), 1);
    assert_eq!(status("validate @/b.nml --allow bad-word"), 0);
    assert_eq!(status("validate @/b.nml --warn bad-word"), 0);
    assert_eq!(status("validate @/none.nml"), 2);
    assert_eq!(status("validate @/old/x.nml"), 1, "what is named is checked");
    assert_eq!(status("validate @ -q"), 1);
    Ok(())
}

#[test]
fn mistakes_are_told() -> Result<()> {
    let world = models()?;
    let told = |line: &str| {
        let done = world.run(line, "");
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{line}");
        format!("$ nml {line}\n{}\n", done.err)
    };
    let all = [
        told("validate"),
        told("validate @/empty"),
        told("validate @/b.nml --allow bad-wort"),
        told("validate @/b.nml --format html"),
        told("validate @/b.nml --baseline none.json"),
        told("validate @/b.nml --write-baseline"),
        told("validate @/b.nml --xsd"),
        told("validate - --fix"),
        told("chekc @/b.nml"),
        told("explain bad-wrod"),
    ];
    insta::assert_snapshot!(all.concat());
    Ok(())
}

#[test]
fn a_wrong_configuration_stops_the_run() -> Result<()> {
    let world = World::new(&[("nml.toml", "[rules]\nbad-wort = \"warn\"\n"), ("a.nml", "")])?;
    let done = world.run("validate @/a.nml", "");
    assert_eq!(done.status, 2);
    assert!(
        done.err.contains("nml.toml:2:1: there is no rule `bad-wort`, did you mean `bad-word`?")
    );
    Ok(())
}

#[test]
fn a_project_sets_levels() -> Result<()> {
    let world = World::new(&[
        ("p/nml.toml", "deny-warnings = true\n[rules]\nbad-word = \"warn\"\n"),
        ("p/a.nml", "bad"),
        ("q/a.nml", "odd"),
    ])?;
    assert_eq!(world.run("validate @/p", "").status, 1);
    assert_eq!(world.run("validate @/q", "").status, 0);
    assert_eq!(world.run("validate @/p --allow bad-word", "").status, 0);
    Ok(())
}

#[test]
fn standard_input_has_a_name() -> Result<()> {
    let done = World::new(&[])?.run("validate - --stdin-name in.nml --format github", "a bad one");
    assert_eq!(done.status, 1);
    assert!(done.out.starts_with("::error file=in.nml,line=1,"), "{}", done.out);
    Ok(())
}

#[test]
fn repairs_are_shown_then_made() -> Result<()> {
    let world = World::new(&[("a.nml", "\u{feff}x\r\nbad bad\r\n"), ("b.nml", "odd\n")])?;
    let done = world.run("validate @ --fix --diff", "");
    assert_eq!(done.status, 1);
    insta::assert_snapshot!(done.out.replace('\u{feff}', ""));
    assert_eq!(world.read("a.nml"), "\u{feff}x\r\nbad bad\r\n");
    let done = world.run("validate @ --fix -q", "");
    assert_eq!((done.status, done.err.as_str()), (0, "repaired: 2 in 1 file"));
    assert_eq!(world.read("a.nml"), "\u{feff}x\r\ngood good\r\n");
    assert_eq!(world.run("validate @ --fix -q", "").err, "", "nothing is left to do");
    Ok(())
}

#[test]
fn a_baseline_hides_what_is_known() -> Result<()> {
    let world = World::new(&[("a.nml", "bad\nodd\n")])?;
    let done = world.run("validate @ --baseline known.json --write-baseline", "");
    assert_eq!((done.status, done.err.as_str()), (0, "2 findings written to known.json"));
    let done = world.run("validate @ --baseline known.json -q", "");
    assert_eq!(done.status, 0);
    insta::assert_snapshot!(done.out);
    nml_cli::atomic::write(&world.path("a.nml"), b"\n\n  bad\nbad bad\n")?;
    let done = world.run("validate @ --baseline known.json", "");
    assert_eq!(done.status, 1);
    insta::assert_snapshot!(done.out);
    Ok(())
}

#[test]
fn a_report_goes_to_a_file() -> Result<()> {
    let world = World::new(&[("a.nml", "bad\n")])?;
    let done = world.run("validate @ --format junit --output r.xml", "");
    assert_eq!((done.status, done.out.as_str()), (1, ""));
    assert!(world.read("r.xml").contains("<failure "));
    Ok(())
}

#[cfg(unix)]
#[test]
fn links_in_circles_are_not_followed() -> Result<()> {
    let world = World::new(&[("a/x.nml", "bad\n")])?;
    std::os::unix::fs::symlink(world.path("a"), world.path("a/again"))?;
    std::os::unix::fs::symlink(world.path("a/x.nml"), world.path("a/y.nml"))?;
    let done = world.run("validate @ -q", "");
    assert_eq!((done.status, done.out.lines().next()), (1, Some("1 error in 1 file")));
    Ok(())
}

#[test]
fn the_help_of_validate() -> Result<()> {
    let done = World::new(&[])?.run("validate --help", "");
    assert_eq!(done.status, 0);
    insta::assert_snapshot!(done.out);
    Ok(())
}
