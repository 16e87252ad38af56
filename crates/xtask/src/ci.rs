//! What has to pass before a change lands.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{Result, codegen, engines, layers};

/// Platforms that have to type-check where the toolchain has their standard library.
const TARGETS: [&str; 2] = ["aarch64-apple-darwin", "x86_64-pc-windows-msvc"];

/// Runs every check, in the order of how fast they fail.
pub(crate) fn run(root: &Path) -> Result<()> {
    step("layers", layers::check)?;
    step("codegen --check", || codegen::run(root, codegen::Mode::Check))?;
    cargo(root, &["fmt", "--all", "--", "--check"])?;
    let features: &[&str] = if has_libxml2() {
        &["--features", "nml-check-schema/libxml"]
    } else {
        println!("ci: libxml2 or its headers are missing, the feature `libxml` is not tested");
        &[]
    };
    cargo(
        root,
        &[&["clippy", "--workspace", "--all-targets"], features, &["--", "-D", "warnings"]]
            .concat(),
    )?;
    cargo(root, &[&["test", "--workspace", "--no-fail-fast"], features].concat())?;
    step("engines --quick", || engines::quick(root, true))?;
    for target in TARGETS {
        if installed(target) {
            cargo(root, &["check", "--workspace", "--target", target])?;
        } else {
            println!("ci: {target} is not installed, not type-checked");
        }
    }
    Ok(())
}

fn step(name: &str, task: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("ci: {name}");
    let start = Instant::now();
    task().map_err(|e| format!("{name} failed:\n{e}"))?;
    println!("ci: {name} passed in {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<()> {
    step(&format!("cargo {}", arguments.join(" ")), || {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo).args(arguments).current_dir(root).status()?;
        if status.success() { Ok(()) } else { Err(status.to_string().into()) }
    })
}

/// Whether `libxml2` can be linked and its headers read.
fn has_libxml2() -> bool {
    succeeds(Command::new("pkg-config").args(["--exists", "libxml-2.0"]))
}

fn installed(target: &str) -> bool {
    let Ok(output) = Command::new("rustc").args(["--print", "sysroot"]).output() else {
        return false;
    };
    let sysroot = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Path::new(&sysroot).join("lib/rustlib").join(target).join("lib").is_dir()
}

fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}
