//! `nml test`, as a process in the root of the repository.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Status, standard output, standard error.
fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("nml"));
    let done = command.current_dir(root()).arg("test").args(args).assert();
    let done = done.get_output();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code(), text(&done.stdout), text(&done.stderr))
}

#[test]
fn a_model_that_does_as_expected_passes() {
    let (status, out, err) = run(&["fixtures/hh-neuron", "fixtures/tests/.test.pair.jnml.omt"]);
    assert_eq!(status, Some(0), "{out}{err}");
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines[0].starts_with("passed fixtures/hh-neuron/.test.hh.jnml.omt  jlems, 1 check"),
        "{out}"
    );
    assert!(
        lines[1].starts_with("passed fixtures/hh-neuron/.test.validate.omt  documents checked"),
        "{out}"
    );
    assert!(
        lines[2].starts_with("passed fixtures/tests/.test.pair.jnml.omt  jlems, 6 checks"),
        "{out}"
    );
    assert!(lines[3].contains("never seen, temperature: not looked at"), "{out}");
    assert!(lines[4].starts_with("3 passed; "), "{out}");
    assert!(!root().join("fixtures/hh-neuron/hh.dat").exists(), "nothing is written");
}

#[test]
fn failures_say_what_would_help() {
    let (status, out, _) = run(&["fixtures/tests"]);
    assert_eq!(status, Some(1));
    for words in [
        "FAILED fixtures/tests/.test.off.omt  jlems, 3 of 3 checks",
        "too late, spike times: spike 3 of 3, the one furthest off, is 83.19, expected 84: off by 0.00964 of that, \
         allowed is 0.001",
        "`tolerance: 0.00965` would pass",
        "3 spikes came out, 4 were expected; they part at spike 2",
        "expected: [0.01, 20, 41.6, 83.19]",
        "the simulation does not write fixtures/tests/pair.dat",
        "did you mean `tolerance`?",
        "FAILED fixtures/tests/.test.invalid.omt  a document is not valid",
        "FAILED fixtures/tests/.test.yaml.omt  the test cannot be used",
        "fixtures/tests/.test.yaml.mep:5:5",
        "skipped fixtures/tests/.test.moose.omt  for engine jNeuroML_Moose",
        "2 passed, 3 failed, 2 skipped (1 for engine PyNEURON, 1 for engine jNeuroML_Moose)",
    ] {
        assert!(out.contains(words), "`{words}` is missing in\n{out}");
    }
}

#[test]
fn a_scheme_is_for_every_lems_file() {
    let (status, out, _) = run(&["fixtures/tests/.test.moose.omt", "--scheme", "jlems"]);
    assert_eq!(status, Some(0), "{out}");
    assert!(out.starts_with("passed fixtures/tests/.test.moose.omt  jlems"), "{out}");
    let (status, out, _) = run(&["fixtures/tests", "--engine", "jlems,PYNEURON", "-q"]);
    assert_eq!(status, Some(0), "{out}");
    assert!(
        out.starts_with(
            "1 passed, 1 skipped (1 for engine PyNEURON), 5 of other engines left out; "
        ),
        "{out}"
    );
}

#[test]
fn mistakes_are_told() {
    let (status, _, err) = run(&["fixtures/simulate"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("there is no test (*.omt) in the folder fixtures/simulate"), "{err}");
    let (status, _, err) = run(&["fixtures/none.omt"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("there is no file or folder fixtures/none.omt"), "{err}");
    let (status, _, err) = run(&["fixtures/tests/.test.pair.mep", "fixtures/README.md"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("tests are .omt files; name the one that goes with it"), "{err}");
    assert!(err.contains("fixtures/README.md is no test"), "{err}");
    let (status, _, err) = run(&["fixtures", "--engine", "jNeuroLM"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("did you mean `jNeuroML`?"), "{err}");
    assert_eq!(run(&[]).0, Some(2));
    let (status, out, _) = run(&["--help"]);
    assert_eq!(status, Some(0));
    assert!(out.contains("Examples:") && out.contains("--keep"), "{out}");
}

#[test]
fn machines_get_all_of_it() {
    let (status, out, err) = run(&["fixtures/tests", "--format", "json"]);
    assert_eq!(status, Some(1));
    assert!(err.starts_with("2 passed, 3 failed, 2 skipped"), "{err}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["summary"]["failed"], 3);
    let tests = json["tests"].as_array().unwrap();
    let off = tests.iter().find(|t| t["file"] == "fixtures/tests/.test.off.omt").unwrap();
    let check = &off["experiments"][0]["checks"][0];
    assert_eq!(check["passing_tolerance"], 0.00965);
    assert_eq!(check["worst"], 2);
    assert_eq!(check["expected"][2], 84.0);
    let yaml = tests.iter().find(|t| t["file"] == "fixtures/tests/.test.yaml.omt").unwrap();
    assert_eq!(yaml["findings"][0]["line"], 5);

    let (status, out, _) = run(&["fixtures/tests", "--format", "junit"]);
    assert_eq!(status, Some(1));
    assert!(
        out.contains(
            "<testsuite name=\"test\" tests=\"7\" failures=\"3\" errors=\"0\" skipped=\"2\""
        ),
        "{out}"
    );
    assert!(out.contains("<skipped message=\"for engine PyNEURON\"/>"), "{out}");
    assert!(out.contains("fixtures/tests/.test.yaml.mep:5:5: NML0970 unreadable-test"), "{out}");
}

#[test]
fn files_are_kept_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().to_str().unwrap();
    let (status, out, err) = run(&["fixtures/tests/.test.pair.jnml.omt", "--keep", name]);
    assert_eq!(status, Some(0), "{out}{err}");
    let kept = folder.path().join("fixtures/simulate/LEMS_pair/jlems");
    assert!(kept.join("pair.dat").is_file() && kept.join("pair.spikes").is_file());
}
