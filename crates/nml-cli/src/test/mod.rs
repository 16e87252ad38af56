//! `nml test`.

mod args;
mod collect;
mod human;
mod json;
mod junit;
mod keep;
mod words;

use std::sync::Arc;
use std::time::{Duration, Instant};

use nml::omv::{Keep, Outcome, Progress, SuiteReport};
use nml_base::{OsLoader, SourceLoader};
use nml_report::Terminal;

pub(crate) use args::{Format, TestArgs, TestOptions};

use crate::{CLEAN, ColorChoice, Console, FINDINGS, Stop, TROUBLE, atomic, progress};

/// How many tests came to what.
#[derive(Clone, Debug, Default)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
    /// How many were skipped for which reason, the most frequent first.
    reasons: Vec<(String, usize)>,
    left_out: usize,
    elapsed: Duration,
}

impl Tally {
    fn of(report: &SuiteReport, elapsed: Duration) -> Self {
        let mut tally = Self { left_out: report.left_out, elapsed, ..Self::default() };
        for test in &report.tests {
            match &test.outcome {
                Outcome::Passed => tally.passed += 1,
                Outcome::Failed(_) => tally.failed += 1,
                Outcome::Skipped(skip) => {
                    tally.skipped += 1;
                    let reason = skip.to_string();
                    match tally.reasons.iter_mut().find(|(known, _)| *known == reason) {
                        Some((_, number)) => *number += 1,
                        None => tally.reasons.push((reason, 1)),
                    }
                }
            }
        }
        tally.reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        tally
    }
}

pub(crate) fn run(options: &TestOptions, console: &mut Console<'_>) -> Result<u8, Stop> {
    let started = Instant::now();
    let collected = collect::collect(&options.paths, &console.env.working_folder);
    for trouble in &collected.troubles {
        console.note(&format!("nml: {trouble}"));
    }
    if collected.tests.is_empty() {
        return Ok(TROUBLE);
    }
    let files: Arc<dyn SourceLoader> = Arc::new(OsLoader::default());
    let keep = options.keep.as_ref().map(|folder| {
        keep::Folder::new(console.env.working_folder.join(folder), &console.env.working_folder)
    });
    let show = console.env.progress && !options.quiet;
    let report = progress::watched(("ran", "models"), show, |progress| {
        let listener = |step| match step {
            Progress::Planned(total) => progress.plan(total),
            Progress::Done => progress.tick(),
        };
        let what = nml::omv::TestOptions {
            scheme: options.scheme,
            engines: &options.engines,
            include_path: &options.include_path,
            keep: keep.as_ref().map(|folder| folder as &dyn Keep),
            progress: Some(&listener),
        };
        nml::omv::run(&collected.tests, &files, &what)
    });
    let tally = Tally::of(&report, started.elapsed());
    let text = match options.format {
        Format::Human => human::render(&report, &tally, &terminal(options, console)),
        Format::Junit => junit::render(&report, &tally),
        Format::Json => json::render(&report, &tally),
    };
    match &options.output {
        Some(path) => atomic::write(&console.env.working_folder.join(path), text.as_bytes())
            .map_err(|e| Stop(format!("cannot write {}: {e}", path.display())))?,
        None => console.print(&text)?,
    }
    if options.format != Format::Human || options.output.is_some() {
        console.note(&human::summary(&tally, &Terminal::default()));
    }
    Ok(if !collected.troubles.is_empty() {
        TROUBLE
    } else if tally.failed > 0 {
        FINDINGS
    } else {
        CLEAN
    })
}

fn terminal(options: &TestOptions, console: &Console<'_>) -> Terminal {
    let to_file = options.output.is_some();
    Terminal {
        width: console.env.width.filter(|_| !to_file).unwrap_or(100),
        color: match options.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => console.env.stdout_color && !to_file,
        },
        unicode: console.env.unicode || to_file,
        quiet: options.quiet,
        ..Terminal::default()
    }
}
