//! The command line as clap sees it, and the plain options made of it.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, ValueEnum};
use nml_base::Level;
use nml_report::Format;

use crate::convert::{ConvertArgs, ConvertOptions};
use crate::fmt::FmtArgs;
use crate::simulate::{SimulateArgs, SimulateOptions};
use crate::test::{TestArgs, TestOptions};

/// Checks NeuroML 2 and LEMS models.
#[derive(Parser)]
#[command(
    name = "nml",
    version,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Exit status: 0 clean, 1 errors found, 2 usage or files, 3 a bug in nml."
)]
struct Top {}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  nml explain NML0801              the page of a rule, by its code
  nml explain dimension-mismatch   or by its name
  nml explain iafCell              a component type: parameters, units, equations
  nml explain                      all rules, one a line";

/// Shows what a rule or a component type of the standard means.
#[derive(Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
struct ExplainArgs {
    /// Code or name of a rule, or the name of a component type; all rules are listed without it
    #[arg(value_name = "RULE|TYPE")]
    rule: Option<String>,
}

const VALIDATE_EXAMPLES: &str = "\
Examples:
  nml validate cell.nml                       one file and all that it includes
  nml validate models/                        every model in a folder
  nml validate . --format github              annotations in GitHub Actions
  nml validate . --deny warnings              warnings fail the run as well
  nml validate . --allow missing-notes        do not tell this rule's findings
  nml validate . --fix --diff                 what could be repaired, as a diff
  nml validate . --fix                        repair it
  nml validate . --baseline known.json --write-baseline
                                              from now on tell only what is new
  nml validate . --baseline known.json        … and do so
  cat x.nml | nml validate - --stdin-name x.nml

Exit status: 0 clean, 1 errors found, 2 usage or files, 3 a bug in nml.";

/// Checks models and shows every error with its place and what to do about it.
///
/// Folders are searched for *.nml, *.nml.gz, *.nml.h5, *.omex, *.neux and for *.xml files that hold a LEMS or
/// NeuroML document; hidden files and folders are left out. The nearest `nml.toml` in the folder of
/// a file or above is taken into account.
#[derive(Args)]
#[command(after_help = VALIDATE_EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is one flag of the command line")]
struct ValidateArgs {
    /// Files and folders to check; `-` reads standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write the report
    #[arg(long, value_enum, default_value_t = FormatWord::Human, value_name = "FORMAT")]
    format: FormatWord,
    /// Write the report to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Do not tell findings of a rule (code or name; may be given more than once)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    allow: Vec<String>,
    /// Count findings of a rule as warnings
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    warn: Vec<String>,
    /// Count findings of a rule as errors; `warnings` lets any warning fail the run
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    deny: Vec<String>,
    /// Do not tell the findings listed in this file
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings of this run to the baseline file
    #[arg(long, requires = "baseline", conflicts_with_all = ["fix", "diff"])]
    write_baseline: bool,
    /// Repair what has a safe repair, in the files named, then check again
    #[arg(long)]
    fix: bool,
    /// Show the repairs as a unified diff and change nothing
    #[arg(long)]
    diff: bool,
    /// Search this folder for included files, before the built-in definitions
    #[arg(short = 'I', long = "include-path", value_name = "FOLDER")]
    include_path: Vec<PathBuf>,
    /// Ask libxml2 for its verdict too, on the built-in schema or on a schema file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "clap's way to say: absent, bare, with a value")]
    xsd: Option<Option<PathBuf>>,
    /// When to colour
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
    /// Show only the summary
    #[arg(short, long)]
    quiet: bool,
    /// The name to report standard input under
    #[arg(long, value_name = "NAME", default_value = "stdin.nml")]
    stdin_name: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatWord {
    /// Excerpts with the findings drawn into them
    Human,
    /// One JSON object
    Json,
    /// SARIF 2.1.0 for code scanning
    Sarif,
    /// Annotations for GitHub Actions
    Github,
    /// JUnit XML
    Junit,
}

/// When to colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ColorChoice {
    /// At a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Which schema libxml2 is asked about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Xsd {
    /// The one that comes with the program.
    BuiltIn,
    /// One from a file.
    File(PathBuf),
}

/// A level set for a rule on the command line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LevelWord {
    /// Code or name of the rule, as it was written.
    pub rule: String,
    /// The level.
    pub level: Level,
}

/// The options of `nml validate`.
#[expect(clippy::struct_excessive_bools, reason = "each is one flag of the command line")]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValidateOptions {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// How to write the report.
    pub format: Format,
    /// Where to write it, if not to standard output.
    pub output: Option<PathBuf>,
    /// Levels of rules in the order they were given; the last word counts.
    pub levels: Vec<LevelWord>,
    /// Whether warnings fail the run.
    pub deny_warnings: bool,
    /// The baseline file.
    pub baseline: Option<PathBuf>,
    /// Whether to write the baseline file instead of reading it.
    pub write_baseline: bool,
    /// Whether to repair.
    pub fix: bool,
    /// Whether to show the repairs only.
    pub diff: bool,
    /// Folders searched for included files.
    pub include_path: Vec<PathBuf>,
    /// Whether libxml2 is asked too.
    pub xsd: Option<Xsd>,
    /// When to colour.
    pub color: ColorChoice,
    /// Whether to show the summary only.
    pub quiet: bool,
    /// The name of standard input.
    pub stdin_name: PathBuf,
}

pub(crate) enum Command {
    Explain(Option<String>),
    Fmt(FmtArgs),
    Validate(Box<ValidateOptions>),
    Jnml(Vec<String>),
    Simulate(Box<SimulateOptions>),
    Test(Box<TestOptions>),
    Convert(Box<ConvertOptions>),
}

const JNML_EXAMPLES: &str = "\
Examples:
  nml jnml LEMS_Ex.xml -nogui           run as the Java tool does; files appear in the working folder
  nml jnml LEMS_Ex.xml -norun           read it only
  nml jnml -I dir1:dir2 LEMS_Ex.xml -nogui
  nml jnml -validate cell.nml net.nml   print and exit as `jnml -validate` does
  nml jnml -validatev1 old.xml          the same for NeuroML version 1 (root and XML only)";

/// Understands the command lines of the Java tool jnml, so that an existing CI switches by one word.
#[derive(Args)]
#[command(after_help = JNML_EXAMPLES, disable_help_flag = true)]
struct JnmlArgs {
    /// The arguments of the Java tool
    #[arg(allow_hyphen_values = true, trailing_var_arg = true, value_name = "ARGUMENT")]
    words: Vec<String>,
}

/// The whole command line; `validate` is there only where there is a checker.
fn command(with_validate: bool) -> clap::Command {
    let mut top = Top::command();
    if with_validate {
        top = top.subcommand(ValidateArgs::augment_args(clap::Command::new("validate")));
        top = top.subcommand(JnmlArgs::augment_args(clap::Command::new("jnml")));
    }
    let top = top.subcommand(SimulateArgs::augment_args(clap::Command::new("simulate")));
    let top = top.subcommand(ConvertArgs::augment_args(clap::Command::new("convert")));
    let top = top.subcommand(FmtArgs::augment_args(clap::Command::new("fmt")));
    let top = top.subcommand(TestArgs::augment_args(clap::Command::new("test")));
    top.subcommand(ExplainArgs::augment_args(clap::Command::new("explain")))
}

/// Understands the arguments; the error is also how help and version are told.
pub(crate) fn parse(
    args: impl IntoIterator<Item = OsString>,
    with_validate: bool,
) -> Result<Command, clap::Error> {
    let matches = command(with_validate).try_get_matches_from(args)?;
    match matches.subcommand() {
        Some(("validate", m)) => {
            let args = ValidateArgs::from_arg_matches(m)?;
            Ok(Command::Validate(Box::new(options(args, m))))
        }
        Some(("jnml", m)) => Ok(Command::Jnml(JnmlArgs::from_arg_matches(m)?.words)),
        Some(("simulate", m)) => {
            let args = SimulateArgs::from_arg_matches(m)?;
            Ok(Command::Simulate(Box::new(args.into())))
        }
        Some(("convert", m)) => Ok(Command::Convert(Box::new(ConvertArgs::from_arg_matches(m)?))),
        Some(("fmt", m)) => Ok(Command::Fmt(FmtArgs::from_arg_matches(m)?)),
        Some(("test", m)) => {
            Ok(Command::Test(Box::new(TestArgs::from_arg_matches(m)?.into_options())))
        }
        Some((_, m)) => Ok(Command::Explain(ExplainArgs::from_arg_matches(m)?.rule)),
        None => Err(command(with_validate)
            .error(clap::error::ErrorKind::MissingSubcommand, "a subcommand is needed")),
    }
}

fn options(args: ValidateArgs, matches: &ArgMatches) -> ValidateOptions {
    let mut words: Vec<(usize, LevelWord)> = Vec::new();
    let mut deny_warnings = false;
    let given = [
        ("allow", args.allow, Level::Allow),
        ("warn", args.warn, Level::Warn),
        ("deny", args.deny, Level::Error),
    ];
    for (name, rules, level) in given {
        for (index, rule) in matches.indices_of(name).into_iter().flatten().zip(rules) {
            if level == Level::Error && rule == "warnings" {
                deny_warnings = true;
            } else {
                words.push((index, LevelWord { rule, level }));
            }
        }
    }
    words.sort_by_key(|(index, _)| *index);
    ValidateOptions {
        paths: args.paths,
        format: match args.format {
            FormatWord::Human => Format::Human,
            FormatWord::Json => Format::Json,
            FormatWord::Sarif => Format::Sarif,
            FormatWord::Github => Format::Github,
            FormatWord::Junit => Format::Junit,
        },
        output: args.output,
        levels: words.into_iter().map(|(_, word)| word).collect(),
        deny_warnings,
        baseline: args.baseline,
        write_baseline: args.write_baseline,
        fix: args.fix,
        diff: args.diff,
        include_path: args.include_path,
        xsd: args.xsd.map(|file| file.map_or(Xsd::BuiltIn, Xsd::File)),
        color: args.color,
        quiet: args.quiet,
        stdin_name: args.stdin_name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command(true).debug_assert();
        command(false).debug_assert();
    }

    fn parsed(args: &[&str]) -> ValidateOptions {
        let args = ["nml", "validate"].iter().chain(args).map(OsString::from);
        match parse(args, true) {
            Ok(Command::Validate(options)) => *options,
            Ok(
                Command::Explain(_)
                | Command::Jnml(_)
                | Command::Simulate(_)
                | Command::Convert(_)
                | Command::Fmt(_)
                | Command::Test(_),
            ) => {
                panic!("not another command")
            }
            Err(e) => panic!("{e}"),
        }
    }

    #[test]
    fn levels_keep_their_order() {
        let o = parsed(&["x", "--deny", "a,warnings", "--allow", "a", "--warn", "b", "--deny=c"]);
        let words: Vec<_> = o.levels.iter().map(|w| (w.rule.as_str(), w.level)).collect();
        let expected =
            [("a", Level::Error), ("a", Level::Allow), ("b", Level::Warn), ("c", Level::Error)];
        assert_eq!(words, expected);
        assert!(o.deny_warnings);
    }

    #[test]
    fn the_schema_file_is_optional() {
        assert_eq!(parsed(&["x"]).xsd, None);
        assert_eq!(parsed(&["--xsd", "x"]).xsd, Some(Xsd::BuiltIn));
        assert_eq!(parsed(&["--xsd=s.xsd", "x"]).xsd, Some(Xsd::File("s.xsd".into())));
    }
}
