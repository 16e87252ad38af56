//! The real program, as a process.

use assert_cmd::Command;

fn status_and_text(args: &[&str]) -> (Option<i32>, String) {
    let done = Command::new(assert_cmd::cargo::cargo_bin!("nml")).args(args).assert();
    let done = done.get_output();
    let text = [done.stdout.as_slice(), &done.stderr].concat();
    (done.status.code(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn version_and_help() {
    let (status, text) = status_and_text(&["--version"]);
    assert_eq!((status, text.trim()), (Some(0), concat!("nml ", env!("CARGO_PKG_VERSION"))));
    assert_eq!(status_and_text(&["--help"]).0, Some(0));
    assert_eq!(status_and_text(&[]).0, Some(2));
    let (status, text) = status_and_text(&["explain", "NML9999"]);
    assert_eq!(status, Some(2));
    assert!(text.contains("there is no rule `NML9999`"), "{text}");
}

/// Set where this test runs itself again to see a panic.
const PANIC: &str = "NML_TEST_PANIC";

#[test]
fn a_panic_is_a_bug_and_says_so() {
    if std::env::var_os(PANIC).is_some() {
        nml_cli::bug::install_hook();
        panic!("on purpose");
    }
    let this = std::env::current_exe().unwrap_or_default();
    let done = Command::new(this)
        .args(["--exact", "process::a_panic_is_a_bug_and_says_so", "--nocapture"])
        .env(PANIC, "1")
        .assert();
    let done = done.get_output();
    let text = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(3), "{text}");
    assert!(text.contains("this is a bug in nml, please report it"), "{text}");
    assert!(text.contains("on purpose"), "{text}");
}
