//! `nml validate`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use nml_base::Diagnostic;
use nml_report::{Baseline, BaselineScope, CheckedFile, Format, Report, Terminal, Tool, render};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::collect::{Asked, Collected, collect};
use crate::projects::{Projects, levels, read_text};
use crate::{
    App, CLEAN, CheckOutcome, CheckRequest, Checker, ColorChoice, Console, FINDINGS, Stop, TROUBLE,
    ValidateOptions, atomic, fixing, progress,
};

/// A repair may make room for another; after this many rounds something is going in circles.
const MOST_ROUNDS: usize = 10;

pub(crate) fn run(
    options: &ValidateOptions,
    checker: &dyn Checker,
    app: &App<'_>,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let started = Instant::now();
    let stdin = options.paths.iter().any(|p| p.as_os_str() == "-");
    if stdin && options.fix && !options.diff {
        return Err(Stop("standard input cannot be repaired; `--fix --diff` shows how".to_owned()));
    }
    let working_folder = console.env.working_folder.clone();
    let mut projects = Projects::new(app, &working_folder);
    let asked = Asked {
        paths: &options.paths,
        include_path: &options.include_path,
        stdin_name: &options.stdin_name,
    };
    let collected = collect(asked, app, &mut projects, console)?;
    for trouble in &collected.troubles {
        console.note(&format!("nml: {trouble}"));
    }
    if collected.inputs.is_empty() {
        return Ok(TROUBLE);
    }
    let run = Run { options, checker, app, collected: &collected, projects: &projects };
    let baseline_path = options.baseline.as_deref().unwrap_or(Path::new("."));
    let scope = BaselineScope {
        loader: app.loader,
        working_folder: &working_folder,
        baseline: baseline_path,
    };
    let known = run.known(&working_folder)?;

    let mut repaired = fixing::Written::default();
    let mut changed: FxHashSet<String> = FxHashSet::default();
    let mut round = 0;
    loop {
        round += 1;
        let outcome = run.check(console)?;
        let mut known = known.clone();
        let files = run.leveled(&outcome)?;
        let tool = Tool { name: "nml", version: env!("CARGO_PKG_VERSION") };
        let mut report = Report::new(&outcome.sources, tool, files, |d: &Diagnostic| {
            known.as_mut().is_some_and(|b| b.take(&scope, &outcome.sources, d))
        });
        report.statistics.stale = known.map_or(0, |b| b.stale(&scope, &outcome.sources));
        report.statistics.deny_warnings =
            options.deny_warnings || run.project_denies(&report, &outcome);

        if options.fix && !options.diff && round <= MOST_ROUNDS {
            let plan = fixing::plan(&report, &run.named(), &projects);
            let written = fixing::write(&plan, &outcome.sources, app, &projects)?;
            changed.extend(plan.files.iter().map(|f| f.name.clone()));
            repaired.fixes += written.fixes;
            let again = written.files > 0;
            repaired.left = written.left;
            if again {
                continue;
            }
        }
        if repaired.fixes > 0 {
            changed.retain(|name| !repaired.left.contains(name));
            let (fixes, files) = (repaired.fixes, changed.len());
            console.note(&format!("repaired: {fixes} in {}", count(files, "file")));
        }
        for name in &repaired.left {
            console.note(&format!(
                "nml: {name} is not repaired: it is packed, or not in UTF-8, or has changed"
            ));
        }
        if !options.format_is_timeless() {
            report.statistics.elapsed = Some(started.elapsed());
        }
        return run.finish(&report, &outcome, &scope, console);
    }
}

/// `1 file`, `2 files`.
fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

struct Run<'a> {
    options: &'a ValidateOptions,
    checker: &'a dyn Checker,
    app: &'a App<'a>,
    collected: &'a Collected,
    projects: &'a Projects<'a>,
}

impl ValidateOptions {
    /// Whether the same input must give the same bytes.
    fn format_is_timeless(&self) -> bool {
        matches!(self.format, Format::Sarif | Format::Github)
    }
}

impl Run<'_> {
    /// The files named, by their canonical paths.
    fn named(&self) -> FxHashSet<PathBuf> {
        self.collected.inputs.iter().map(|i| self.projects.canonical(&i.path)).collect()
    }

    /// The findings of the baseline.
    fn known(&self, working_folder: &Path) -> Result<Option<Baseline>, Stop> {
        match &self.options.baseline {
            Some(path) if !self.options.write_baseline => {
                let text = read_text(self.app, &working_folder.join(path)).map_err(|e| {
                    Stop(format!("{e}\n`--write-baseline` makes a baseline of what is found now"))
                })?;
                Baseline::parse(path, &text).map(Some).map_err(|e| Stop(e.to_string()))
            }
            _ => Ok(None),
        }
    }

    fn check(&self, console: &Console<'_>) -> Result<CheckOutcome, Stop> {
        let request =
            CheckRequest { files: self.collected.inputs.clone(), xsd: self.options.xsd.clone() };
        let show = console.env.progress && !self.options.quiet;
        progress::watched(("checked", "files"), show, |progress| {
            progress.plan(request.files.len());
            self.checker.check(&request, progress)
        })
        .map_err(|e| Stop(e.to_string()))
    }

    /// The findings at the levels of each file's project.
    fn leveled(&self, outcome: &CheckOutcome) -> Result<Vec<CheckedFile>, Stop> {
        let mut out = Vec::with_capacity(outcome.files.len());
        for file in &outcome.files {
            let config = self.collected.configs.get(file.input).cloned().unwrap_or_default();
            let levels = levels(&config, &self.options.levels, self.app)?;
            let diagnostics =
                file.diagnostics.iter().cloned().filter_map(|d| levels.apply(d)).collect();
            out.push(CheckedFile { name: file.name.clone(), diagnostics });
        }
        Ok(out)
    }

    /// Whether there is a warning in a file whose project denies warnings.
    fn project_denies(&self, report: &Report<'_>, outcome: &CheckOutcome) -> bool {
        let denied: FxHashMap<&str, bool> = outcome
            .files
            .iter()
            .map(|f| {
                let config = self.collected.configs.get(f.input);
                (f.name.as_str(), config.is_some_and(|c| c.deny_warnings))
            })
            .collect();
        report
            .files
            .iter()
            .any(|f| f.warnings > 0 && denied.get(f.name.as_str()).copied().unwrap_or(false))
    }

    /// Writes what was asked for and decides the exit status.
    fn finish(
        &self,
        report: &Report<'_>,
        outcome: &CheckOutcome,
        scope: &BaselineScope<'_>,
        console: &mut Console<'_>,
    ) -> Result<u8, Stop> {
        let trouble = !outcome.unreadable.is_empty() || !self.collected.troubles.is_empty();
        for error in &outcome.unreadable {
            console.note(&format!("nml: {error}"));
        }
        if self.options.write_baseline {
            let found = report.findings.iter().map(|f| &f.diagnostic);
            let baseline = Baseline::of(scope, report.sources, found);
            let path = scope.working_folder.join(scope.baseline);
            atomic::write(&path, baseline.to_text().as_bytes())
                .map_err(|e| Stop(format!("cannot write {}: {e}", scope.baseline.display())))?;
            let number = usize::try_from(baseline.len()).unwrap_or(usize::MAX);
            let (found, name) = (count(number, "finding"), scope.baseline.display());
            console.note(&format!("{found} written to {name}"));
            return Ok(if trouble { TROUBLE } else { CLEAN });
        }
        let text = if self.options.diff {
            fixing::plan(report, &self.named(), self.projects).diff()
        } else {
            render(report, self.options.format, &self.terminal(console))
        };
        match &self.options.output {
            Some(path) => {
                atomic::write(&scope.working_folder.join(path), text.as_bytes())
                    .map_err(|e| Stop(format!("cannot write {}: {e}", path.display())))?;
            }
            None => console.print(&text)?,
        }
        Ok(match (trouble, report.statistics.failed()) {
            (true, _) => TROUBLE,
            (false, true) => FINDINGS,
            (false, false) => CLEAN,
        })
    }

    fn terminal(&self, console: &Console<'_>) -> Terminal {
        let to_file = self.options.output.is_some();
        Terminal {
            width: console.env.width.filter(|_| !to_file).unwrap_or(100),
            color: match self.options.color {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                ColorChoice::Auto => console.env.stdout_color && !to_file,
            },
            unicode: console.env.unicode || to_file,
            quiet: self.options.quiet,
            ..Terminal::default()
        }
    }
}
