//! A folder on disk, a checker that dislikes the word `bad`, and commands run on them.

use std::io::Result;
use std::path::Path;

use nml_base::{
    Applicability, Diagnostic, Diagnostics, Edit, Fix, Level, OsLoader, Rule, SourceLoader, Span,
    Topic,
};
use nml_cli::{
    App, CheckError, CheckOutcome, CheckRequest, Console, Environment, FileOutcome, Progress,
};
use nml_report::Rules;

pub(crate) static BAD: Rule = Rule {
    code: "NML0101",
    name: "bad-word",
    topic: Topic::Structure,
    default_level: Level::Error,
    summary: "the word `bad` stands in a file",
    page: "## What it does\n\nLooks for `bad`.\n",
};

pub(crate) static ODD: Rule = Rule {
    code: "NML0102",
    name: "odd-word",
    topic: Topic::Structure,
    default_level: Level::Warn,
    summary: "the word `odd` stands in a file",
    page: "",
};

pub(crate) static RULES: [&Rule; 2] = [&BAD, &ODD];

fn check(
    request: &CheckRequest,
    progress: &Progress,
) -> std::result::Result<CheckOutcome, CheckError> {
    if request.xsd.is_some() {
        return Err(CheckError("this build has no libxml2".to_owned()));
    }
    let mut out = CheckOutcome::default();
    for (input, file) in request.files.iter().enumerate() {
        progress.tick();
        let bytes = match &file.bytes {
            Some(bytes) => Ok(bytes.clone()),
            None => OsLoader::default().read(&file.path),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => {
                out.unreadable.push(error);
                continue;
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let source = out.sources.add(&file.path, text);
        let mut diagnostics = Diagnostics::new();
        for (word, rule) in [("bad", &BAD), ("odd", &ODD)] {
            for (at, _) in source.text().match_indices(word) {
                let start = u32::try_from(at).unwrap_or(u32::MAX);
                let span = Span::new(source.id(), start, start + 3);
                let mut d = Diagnostic::new(rule, span, format!("the word `{word}` is here"))
                    .help("write `good`");
                if word == "bad" {
                    d = d.fix(Fix {
                        title: "write `good`".to_owned(),
                        edits: vec![Edit { span, replacement: "good".to_owned() }],
                        applicability: Applicability::Safe,
                    });
                }
                diagnostics.push(d);
            }
        }
        out.files.push(FileOutcome { input, name: source.name(), diagnostics });
    }
    Ok(out)
}

/// A folder for one test.
pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
}

/// What a command did; the folder's name is taken out of the texts.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) status: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl World {
    pub(crate) fn new(files: &[(&str, &str)]) -> Result<Self> {
        let world = Self { folder: tempfile::tempdir()? };
        for (name, text) in files {
            let path = world.path(name);
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/")))?;
            nml_cli::atomic::write(&path, text.as_bytes())?;
        }
        Ok(world)
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        let bytes = OsLoader::default().read(&self.path(name)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Runs `nml` with the words of `line`; `@` in a word stands for the folder.
    pub(crate) fn run(&self, line: &str, stdin: &str) -> Done {
        let root = self.folder.path().to_string_lossy().into_owned();
        let args = std::iter::once("nml".to_owned())
            .chain(line.split_whitespace().map(|w| w.replace('@', &root)))
            .map(std::ffi::OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console {
            input: &mut stdin.as_bytes(),
            output: &mut out,
            error: &mut err,
            env: Environment {
                working_folder: self.folder.path().to_owned(),
                ..Environment::default()
            },
        };
        let app = App { rules: Rules(&RULES), checker: Some(&check), loader: &OsLoader::default() };
        let status = nml_cli::run(args, &app, &mut console);
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8_lossy(&bytes).replace(&root, "@");
            // The time is another one each run.
            text.lines().map(|l| l.split(" (").next().unwrap_or(l)).collect::<Vec<_>>().join("\n")
        };
        Done { status, out: text(out), err: text(err) }
    }
}
