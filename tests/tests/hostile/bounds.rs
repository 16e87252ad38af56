//! Checking with a bound on time and memory.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use nml::base::MemoryLoader;
use nml::{Checked, Checker};

/// No case may take longer; each takes well below a second on a quiet machine, and hours if a step of it
/// were quadratic.
const LONGEST: Duration = Duration::from_secs(20);

/// One case after the other, so that memory can be told apart.
static ALONE: Mutex<()> = Mutex::new(());

/// The most memory this process has held since [`reset_peak`], in MiB, where the system tells.
fn peak_mib(key: &str) -> Option<u64> {
    #[expect(clippy::disallowed_methods, reason = "this is no model")]
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(key))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

fn reset_peak() {
    #[expect(clippy::disallowed_methods, reason = "this is no model")]
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Runs a case; fails if it takes too long or more than `mib` beyond what was held before.
pub(crate) fn within<T>(mib: u64, case: impl FnOnce() -> T) -> T {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    reset_peak();
    let before = peak_mib("VmRSS:");
    let start = Instant::now();
    let result = case();
    let took = start.elapsed();
    if let (Some(before), Some(after)) = (before, peak_mib("VmHWM:")) {
        let used = after.saturating_sub(before);
        println!("{:.2} s, {used} MiB", took.as_secs_f64());
        assert!(used <= mib, "{used} MiB, {mib} are allowed");
    }
    assert!(took < LONGEST, "{took:?}");
    result
}

/// Checks the first of these files, with the others around it.
pub(crate) fn check<N: AsRef<Path>, B: Into<Vec<u8>>>(
    files: impl IntoIterator<Item = (N, B)>,
) -> Checked {
    let mut loader = MemoryLoader::new();
    let mut root = None;
    for (name, bytes) in files {
        loader.insert(&name, bytes);
        root.get_or_insert_with(|| name.as_ref().to_owned());
    }
    let checker = Checker::new(Arc::new(loader), Vec::new());
    checker.check(&root.expect("at least one file"))
}

/// Checks one text.
pub(crate) fn check_text(text: impl Into<Vec<u8>>) -> Checked {
    check([("m.nml", text)])
}

/// A NeuroML document with these elements.
pub(crate) fn document(inside: &str) -> String {
    format!("<neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" id=\"d\">{inside}</neuroml>")
}

/// The names of the rules that were broken, each once.
pub(crate) fn rules(checked: &Checked) -> Vec<&'static str> {
    let mut names: Vec<_> = checked.diagnostics.iter().map(|d| d.rule.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// All messages are short, whatever stands in the file.
pub(crate) fn assert_short(checked: &Checked) {
    for d in &checked.diagnostics {
        assert!(d.message.len() < 5000, "{:.200}", d.message);
        assert!(d.help.as_ref().is_none_or(|h| h.len() < 5000), "{:.200}", d.message);
    }
}

/// The texts of all numbers, one after the other.
pub(crate) fn joined(numbers: std::ops::Range<usize>, text: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for number in numbers {
        out.push_str(&text(number));
    }
    out
}
