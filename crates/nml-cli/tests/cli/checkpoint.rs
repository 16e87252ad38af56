//! Runs that are killed and gone on with, as processes.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read or written fails its test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nml::checkpoint::{self, Checkpoint};
use nml_base::{OsLoader, SourceLoader};

/// A run without end.
const ENDLESS: &str = "1000000s";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name)
}

fn nml(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("nml"));
    command.arg("simulate").args(arguments).arg("-o").arg(folder).stdin(Stdio::null());
    command
}

/// The status and what was said.
fn done(arguments: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = nml(arguments, folder).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// All files of a folder but the record, with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.ends_with(".run.json") {
            found.insert(name, OsLoader::default().read(&path).unwrap());
        }
    }
    found
}

fn checkpoint_of(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?;
    let mut paths = entries.map(|entry| entry.unwrap().path());
    paths.find(|path| path.extension().is_some_and(|e| e == "checkpoint"))
}

fn read(path: &Path) -> Checkpoint {
    let bytes = OsLoader::default().read(path).unwrap();
    checkpoint::read(&mut std::io::Cursor::new(bytes)).unwrap().0
}

/// Starts a run without end, waits until it has saved itself after more than so many steps, and kills it.  Answers
/// the last checkpoint.
fn killed(arguments: &[&str], folder: &Path, steps: u64) -> Checkpoint {
    let mut child = nml(arguments, folder).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    loop {
        let path = checkpoint_of(folder);
        if path.is_some_and(|path| read(&path).steps > steps) {
            break;
        }
        assert!(child.try_wait().unwrap().is_none(), "it ended: {arguments:?}");
        assert!(begun.elapsed() < Duration::from_secs(300), "no checkpoint: {arguments:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    read(&checkpoint_of(folder).unwrap())
}

/// Kills a run twice, goes on with it to its end, and compares all files with those of one that is left alone.
fn check(model: &str, options: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let (broken, whole) = (folder.path().join("broken"), folder.path().join("whole"));
    let model = fixture(model).display().to_string();
    let with =
        |more: &[&'static str]| -> Vec<&str> { [&[model.as_str(), "-q"], options, more].concat() };
    let first = ["--duration", ENDLESS, "--checkpoint-every", "3ms"];
    let first = killed(&with(&first), &broken, 1);
    assert!(!first.complete && first.steps > 0);
    let names: Vec<String> = files(&broken).into_keys().collect();
    assert!(
        names.iter().all(|name| Path::new(name).extension().is_none_or(|ending| ending != "dat")),
        "{names:?}"
    );
    let second = killed(&with(&["--duration", ENDLESS, "--resume"]), &broken, first.steps);
    assert!(second.steps > first.steps);

    // A run that is resumed may have another end.
    let length = format!("{}ms", (second.time_s * 1e3).round() + 20.0);
    let ended = done(&[&with(&["--resume"])[..], &["--duration", &length]].concat(), &broken);
    assert_eq!(ended, (Some(0), String::new()));
    let alone = done(&[&with(&[])[..], &["--duration", &length]].concat(), &whole);
    assert_eq!(alone, (Some(0), String::new()));
    let (broken, whole) = (files(&broken), files(&whole));
    assert_eq!(broken.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    assert!(!whole.is_empty());
    for (name, bytes) in &whole {
        assert!(!bytes.is_empty() && broken[name] == *bytes, "{name} of {options:?}");
    }
}

#[test]
fn what_is_killed_twice_ends_with_the_same_bytes_in_every_format() {
    for format in nml::results::Format::ALL {
        check("points/LEMS_synapses.xml", &["--format", format.name()]);
    }
}

#[test]
fn under_the_other_schemes_on_a_grid_too() {
    check("points/LEMS_synapses.xml", &["--scheme", "jlems"]);
    check("points/LEMS_synapses.xml", &["--scheme", "neuron-jnml"]);
}

#[test]
fn with_random_sources_and_events() {
    for scheme in ["auto", "jlems"] {
        check("points/LEMS_sources.xml", &["--scheme", scheme, "--seed", "7", "--format", "csv"]);
    }
}

#[test]
fn with_cells_of_several_compartments() {
    check("neuron-jnml/LEMS_tree.xml", &[]);
}

#[test]
fn what_does_not_fit_is_told_and_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let model = fixture("points/LEMS_synapses.xml").display().to_string();
    let model = model.as_str();
    let endless = [model, "--duration", ENDLESS, "--checkpoint-every", "3ms"];
    let saved = killed(&endless, folder, 1);
    let path = checkpoint_of(folder).unwrap();
    let before = files(folder);
    let bytes = OsLoader::default().read(&path).unwrap();
    let length = format!("{}ms", (saved.time_s * 1e3).round() + 5.0);
    let go_on = |more: &[&str]| {
        let all = [&[model, "-q", "--duration", &length, "--resume"], more].concat();
        done(&all, folder)
    };
    for (more, says) in [
        (["--scheme", "jlems"], "another scheme: auto, and here jlems"),
        (["--dt", "0.02ms"], "another step in seconds: 0.00001, and here 0.00002"),
        (["--seed", "3"], "another seed: that of the scheme, and here 3"),
        (["--format", "csv"], "another format of results: dat, and here csv"),
        (["--record", "c[0]/v"], "the model, what is recorded of it"),
    ] {
        let (status, text) = go_on(&more);
        assert_eq!(status, Some(1), "{text}");
        assert!(text.contains("cannot go on from") && text.contains(says), "{text}");
    }
    let lengths = [0, 5, 15, 20, 27, 40, bytes.len() / 2, bytes.len() - 1];
    let cut = lengths.map(|length| bytes[..length].to_vec());
    let changed = [3, 16, 20, 40, bytes.len() / 2, bytes.len() - 1].map(|at| {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        changed
    });
    for wrong in cut.iter().chain(&changed) {
        nml_cli::atomic::write(&path, wrong).unwrap();
        let (status, text) = go_on(&[]);
        assert_eq!(status, Some(1), "{text}");
        assert!(text.contains("cannot go on from"), "{text}");
    }
    nml_cli::atomic::write(&path, &bytes).unwrap();
    assert_eq!(files(folder), before);

    let partial = before.keys().find(|name| name.ends_with(".partial")).unwrap();
    std::fs::remove_file(folder.join(partial)).unwrap();
    let (status, text) = go_on(&[]);
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("is not there to go on with"), "{text}");
    nml_cli::atomic::write(&folder.join(partial), &before[partial][..1]).unwrap();
    let (status, text) = go_on(&[]);
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("it has less than the"), "{text}");
    nml_cli::atomic::write(&folder.join(partial), &before[partial]).unwrap();
    assert_eq!(go_on(&[]), (Some(0), String::new()));
    let (status, text) = go_on(&[]);
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("there is no checkpoint"), "{text}");
}

#[test]
fn a_run_that_is_killed_while_files_get_their_names_is_completed() {
    let folder = tempfile::tempdir().unwrap();
    let (half, whole) = (folder.path().join("half"), folder.path().join("whole"));
    let path = fixture("points/LEMS_sources.xml").display().to_string();
    let arguments = [path.as_str(), "-q", "--duration", "50ms", "--checkpoint-every", "3ms"];
    assert_eq!(done(&arguments, &whole).0, Some(0));
    // As far as such a run came that ended before it had removed anything but one file.
    killed(&[path.as_str(), "-q", "--duration", ENDLESS, "--checkpoint-every", "3ms"], &half, 1);
    let place = checkpoint_of(&half).unwrap();
    let mut last = read(&place);
    last.complete = true;
    let whole = files(&whole);
    assert!(whole.len() >= 2);
    for (at, (name, length)) in last.files.iter_mut().enumerate() {
        *length = whole[name.as_str()].len() as u64;
        let partial = half.join(format!("{name}.partial"));
        if at == 0 {
            std::fs::remove_file(partial).unwrap();
            nml_cli::atomic::write(&half.join(&*name), &whole[name.as_str()]).unwrap();
        } else {
            let more = [&whole[name.as_str()][..], b"more"].concat();
            nml_cli::atomic::write(&partial, &more).unwrap();
        }
    }
    let mut bytes = Vec::new();
    checkpoint::write(&last, None, &mut bytes).unwrap();
    nml_cli::atomic::write(&place, &bytes).unwrap();
    let ended = done(&[path.as_str(), "-q", "--duration", "50ms", "--resume"], &half);
    assert_eq!(ended, (Some(0), String::new()));
    assert_eq!(files(&half), whole);
}

#[test]
fn what_cannot_be_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let model = fixture("simulate/LEMS_leak.xml").display().to_string();
    for (arguments, says) in [
        (&["--resume"][..], "there is no checkpoint"),
        (&["--reference", "--checkpoint", "5"], "has no steps to make checkpoints between"),
        (&["--resume", "--plot"], "cannot be used with"),
        (&["--checkpoint", "0"], "expected a number above 0"),
        (&["--checkpoint-every", "5mV"], "has no unit of time"),
    ] {
        let (status, text) = done(&[&[model.as_str()], arguments].concat(), folder.path());
        assert_eq!(status, Some(2), "{text}");
        assert!(text.contains(says), "{text}");
    }
    // Where checkpoints are made, a run that has none begins.
    let both = [model.as_str(), "--resume", "--checkpoint", "60"];
    let (status, text) = done(&both, folder.path());
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("the run begins"), "{text}");
}
