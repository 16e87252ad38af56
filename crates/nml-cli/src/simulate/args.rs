//! The options of `nml simulate`.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use nml::results::Format;
use nml::simulate::{Division, Scheme};

const EXAMPLES: &str = "\
Examples:
  nml simulate LEMS_Ex.xml                      run it; files appear beside it, as it asks
  nml simulate LEMS_Ex.xml -o results --plot    files and pictures in a folder of their own
  nml simulate LEMS_Ex.xml --dt 0.005ms --duration 1s --format npz
  nml simulate LEMS_Ex.xml --set step/amplitude=0.1nA --set hh_cell/na_all/condDensity=100mS_per_cm2
  nml simulate LEMS_Net.xml -o out --format sonata         reports and spikes for libsonata and BMTK
  nml simulate net.nml --duration 500ms --dt 0.025ms --record pop[0]/v --record pop[7]/v
  nml simulate LEMS_Ex.xml -o out --checkpoint 60          save the run every minute
  nml simulate LEMS_Ex.xml -o out --checkpoint-every 1s    or after each second simulated
  nml simulate LEMS_Ex.xml -o out --resume                 go on where it was, the same bytes in the end
  nml simulate LEMS_Ex.xml --dry-run            what would run, how long, what would be written

Paths name what the model names: `pop[0]/v`, `pop/3/cell/bio/mp/na/m/q`.
--set takes a component by its identifier, or what lies inside it: `cell/channel/parameter`.

Exit status: 0 done, 1 the model cannot be run or a number was no longer finite, 2 usage or files,
3 a bug in nml, 130 stopped by Ctrl-C (rows written so far are complete; with checkpoints the run is saved).";

/// Runs the simulation of a LEMS file, or a network or cell of a NeuroML file.
///
/// Files appear as the model asks for them, in SI units, one row per step, time first; docs/output.md
/// describes the formats. Beside them `NAME.run.json` records how they came about.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SimulateArgs {
    /// A LEMS file, a NeuroML file (*.nml, *.nml.gz, *.h5) or an archive (*.omex, *.neux)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The folder for results, instead of that of the file; made if need be
    #[arg(short = 'o', long = "output", value_name = "FOLDER")]
    output: Option<PathBuf>,
    /// How files are written
    #[arg(long, value_name = "FORMAT", default_value = Format::default().name(), value_parser = formats())]
    format: Format,
    /// How the model is carried out
    #[arg(long, value_name = "SCHEME", default_value = Scheme::default().name(), value_parser = schemes())]
    scheme: Scheme,
    /// The same as `--scheme reference`
    #[arg(long, conflicts_with = "scheme")]
    reference: bool,
    /// The step, a time such as 0.01ms
    #[arg(long, value_name = "TIME")]
    dt: Option<String>,
    /// The length, a time such as 300ms
    #[arg(long, value_name = "TIME")]
    duration: Option<String>,
    /// Cut cells into compartments no longer than this, in µm, such as 10 or 10um; otherwise as their morphology says
    #[arg(long, value_name = "LENGTH", value_parser = micrometres, conflicts_with = "d_lambda")]
    dx: Option<f64>,
    /// Cut cells into compartments no longer than this part of the length constant at 100 Hz, such as 0.1
    #[arg(long, value_name = "PART", value_parser = positive)]
    d_lambda: Option<f64>,
    /// The seed of all random numbers
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// The most threads to use; the results are the same for any number
    #[arg(long, value_name = "NUMBER")]
    threads: Option<std::num::NonZeroUsize>,
    /// Take rates of gates of cells with segments from tables, no further off than this part of their largest value;
    /// outside of -150 to 100 mV, and where that cannot be proven, they are computed
    #[arg(long, value_name = "ERROR", value_parser = tolerance, num_args = 0..=1, default_missing_value = "1e-9")]
    tables: Option<f64>,
    /// Another value for a parameter, with its unit (may be given more than once)
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// The component to run, instead of what the file asks for
    #[arg(long, value_name = "ID")]
    target: Option<String>,
    /// What to record besides, and of a NeuroML file instead of the membrane potential of each cell
    #[arg(long, value_name = "PATH")]
    record: Vec<String>,
    /// Whose events to record besides: an instance, or one of its ports
    #[arg(long, value_name = "PATH")]
    record_events: Vec<String>,
    #[command(flatten)]
    keeping: Keeping,
    /// Say what would be run and written, and how long it would take, and stop there
    #[arg(long)]
    dry_run: bool,
    /// Draw each display, or each file where the model has none; into a folder, if one is given
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "clap's way to say: absent, bare, with a value")]
    plot: Option<Option<PathBuf>>,
    /// How to draw
    #[arg(long, value_enum, default_value_t = Picture::Svg, value_name = "FORMAT")]
    plot_format: Picture,
    /// Search this folder for included files, before the built-in definitions
    #[arg(short = 'I', long = "include-path", value_name = "FOLDER")]
    include_path: Vec<PathBuf>,
    /// Say nothing when all goes well
    #[arg(short, long)]
    quiet: bool,
}

/// Whether a run is saved on its way.
#[derive(Args, Clone, PartialEq, Debug, Default)]
pub(crate) struct Keeping {
    /// Save the run after so many seconds of work, so that `--resume` goes on from there
    #[arg(long, value_name = "SECONDS", value_parser = positive, conflicts_with = "plot")]
    pub(crate) checkpoint: Option<f64>,
    /// Save the run after so much simulated time, such as 100ms
    #[arg(long, value_name = "TIME", conflicts_with = "plot")]
    pub(crate) checkpoint_every: Option<String>,
    /// Go on from where the run in the same folder was saved; `--duration` may be another
    #[arg(long, conflicts_with = "plot")]
    pub(crate) resume: bool,
}

/// How pictures are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Picture {
    /// Lines and text that any program can scale and edit
    Svg,
    /// Dots
    Png,
}

impl Picture {
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// Where and how to draw.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Plot {
    /// The folder, where it is not that of the results.
    pub(crate) folder: Option<PathBuf>,
    /// The format.
    pub(crate) format: Picture,
}

/// The frequency at which the length constant decides about compartments (Hines and Carnevale 2001).
const FREQUENCY_HZ: f64 = 100.0;

/// The options of `nml simulate`.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct SimulateOptions {
    pub(crate) file: PathBuf,
    pub(crate) output: Option<PathBuf>,
    pub(crate) format: Format,
    pub(crate) scheme: Scheme,
    pub(crate) dt: Option<String>,
    pub(crate) duration: Option<String>,
    pub(crate) division: Division,
    pub(crate) seed: Option<u64>,
    /// 0 leaves it to the scheme.
    pub(crate) threads: usize,
    pub(crate) tables: Option<f64>,
    pub(crate) set: Vec<String>,
    pub(crate) target: Option<String>,
    pub(crate) record: Vec<String>,
    pub(crate) record_events: Vec<String>,
    pub(crate) keeping: Keeping,
    pub(crate) dry_run: bool,
    pub(crate) plot: Option<Plot>,
    pub(crate) include_path: Vec<PathBuf>,
    pub(crate) quiet: bool,
}

impl SimulateOptions {
    /// A file, and nothing special about it.
    pub(crate) fn of(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            output: None,
            format: Format::default(),
            scheme: Scheme::default(),
            dt: None,
            duration: None,
            division: Division::AsWritten,
            seed: None,
            threads: 0,
            tables: None,
            set: Vec::new(),
            target: None,
            record: Vec::new(),
            record_events: Vec::new(),
            keeping: Keeping::default(),
            dry_run: false,
            plot: None,
            include_path: Vec::new(),
            quiet: false,
        }
    }
}

impl From<SimulateArgs> for SimulateOptions {
    fn from(args: SimulateArgs) -> Self {
        let format = args.plot_format;
        Self {
            file: args.file,
            output: args.output,
            format: args.format,
            scheme: if args.reference { Scheme::Reference } else { args.scheme },
            dt: args.dt,
            duration: args.duration,
            division: match (args.dx, args.d_lambda) {
                (Some(dx_um), _) => Division::MaxLength { dx_um },
                (None, Some(d_lambda)) => {
                    Division::LengthConstant { d_lambda, frequency_hz: FREQUENCY_HZ }
                }
                (None, None) => Division::AsWritten,
            },
            seed: args.seed,
            threads: args.threads.map_or(0, std::num::NonZeroUsize::get),
            tables: args.tables,
            set: args.set,
            target: args.target,
            record: args.record,
            record_events: args.record_events,
            keeping: args.keeping,
            dry_run: args.dry_run,
            plot: args.plot.map(|folder| Plot { folder, format }),
            include_path: args.include_path,
            quiet: args.quiet,
        }
    }
}

/// A number above 0.
fn positive(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if number > 0.0 && number.is_finite() => Ok(number),
        _ => Err("expected a number above 0".to_owned()),
    }
}

/// An error of tables: less is not worth them, more no rate.
fn tolerance(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if (1e-12..=1e-2).contains(&number) => Ok(number),
        _ => Err("expected a number from 1e-12 to 1e-2".to_owned()),
    }
}

/// A length in µm above 0, with or without the unit.
fn micrometres(text: &str) -> Result<f64, String> {
    let bare = text.trim().trim_end_matches("um").trim_end_matches("µm");
    positive(bare).map_err(|why| format!("{why}, in µm, such as 10 or 10um"))
}

fn schemes() -> impl TypedValueParser<Value = Scheme> {
    let values = Scheme::ALL.iter().map(|s| PossibleValue::new(s.name()).help(s.summary()));
    PossibleValuesParser::new(values).map(|name| Scheme::named(&name).unwrap_or_default())
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.iter().map(|f| PossibleValue::new(f.name()).help(f.summary()));
    PossibleValuesParser::new(values).map(|name| Format::named(&name).unwrap_or_default())
}
