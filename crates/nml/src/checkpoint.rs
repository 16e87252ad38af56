//! Checkpoints: a run between two steps as a file, to go on from later, even in another process.
//!
//! A file is the line `NML checkpoint`, the version of the format as a word of 32 bits, the length of the
//! [`Checkpoint`] in bytes as a word of 64 bits, that as JSON, the state of the run, and the SHA-256 of all before
//! it.  Words are stored little end first.  The state is made of words and of use only to the same version of the
//! program with the same model.
//!
//! ```no_run
//! # fn example(prepared: &nml::simulate::Prepared, file: &mut std::fs::File,
//! #     sink: &mut dyn nml::simulate::Sink) -> Result<(), Box<dyn std::error::Error>> {
//! let (checkpoint, mut state) = nml::checkpoint::read(file)?;
//! checkpoint.fits(&nml::checkpoint::Checkpoint::of(prepared))?;
//! prepared.resume(&mut state, sink)?;
//! # Ok(())
//! # }
//! ```

use std::fmt::Write as _;
use std::io::{Error, Read, Result, Seek, SeekFrom, Take, Write};

use nml_base::format_f64;
use nml_sim::{Request, SinkError, Snapshot};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::simulate::Prepared;

/// The first bytes of every checkpoint.
const MAGIC: &[u8] = b"NML checkpoint\n";
/// The version of the format.
const VERSION: u32 = 1;
/// The bytes of a checksum.
const SUM: u64 = 32;
/// The most bytes that a description takes: a million files.
const LONGEST: u64 = 1 << 28;

/// What a checkpoint is of.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The version of the program.
    pub program: String,
    /// The name of the scheme.
    pub scheme: String,
    /// The step in seconds, all digits.
    pub dt_s: String,
    /// The seed, where one is given.
    pub seed: Option<u64>,
    /// A SHA-256 of the model as equations and of what is recorded of it.
    pub model: String,
    /// Steps made.
    pub steps: u64,
    /// Simulated time in seconds.
    pub time_s: f64,
    /// Whether the run has come to its end, and only its files may not be complete; there is then no state.
    pub complete: bool,
    /// How its files are written.
    pub format: String,
    /// The files that rows go to, each with the number of bytes that were in it.
    pub files: Vec<(String, u64)>,
    /// When checkpoints are made: after so many seconds of work.
    pub every_s: Option<f64>,
    /// When checkpoints are made: after so many seconds of simulated time.
    pub every_simulated_s: Option<f64>,
    /// The times of all rows so far as text, where the model asks for them.
    pub times: Option<String>,
}

/// A checkpoint cannot be gone on from.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// It could not be read.
    #[error(transparent)]
    Io(#[from] Error),
    /// It is no checkpoint, or one that was damaged.
    #[error("{0}")]
    Damaged(&'static str),
    /// It is of another version of the format.
    #[error("it has version {0} of the format, and this program reads version {VERSION}")]
    Version(u32),
    /// It is of another run.
    #[error("it is of a run with another {what}: {there}, and here {here}")]
    Differs {
        /// What is not the same.
        what: &'static str,
        /// As the checkpoint has it.
        there: String,
        /// As this run has it.
        here: String,
    },
    /// It is of another model.
    #[error(
        "the model, what is recorded of it, or an option such as `--set` or `--dx` is not what it was"
    )]
    Model,
}

/// Hashes what is written as text.
struct Hashing(Sha256);

impl std::fmt::Write for Hashing {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl Checkpoint {
    /// Of a run that has not begun.
    pub fn of(prepared: &Prepared) -> Self {
        let request = &prepared.request;
        // Neither the length nor threads make a difference to what is computed.
        let bare = Request { length: 0.0, threads: 0, seed: None, ..request.clone() };
        let mut hash = Hashing(Sha256::new());
        let experiment = &prepared.experiment;
        // What derives `Debug` shows all of itself, numbers with all digits.
        let _ = write!(hash, "{:?}\n{bare:?}\n{:?}\n", prepared.flat, prepared.columns);
        let _ = write!(hash, "{:?}\n{:?}", experiment.outputs, experiment.event_outputs);
        Self {
            program: format!("nml {}", env!("CARGO_PKG_VERSION")),
            scheme: request.scheme.name().to_owned(),
            dt_s: format_f64(request.step),
            seed: request.seed,
            model: hex(&hash.0.finalize()),
            ..Self::default()
        }
    }

    /// Whether the run of this checkpoint is the run of another one, which may be anywhere in it.
    ///
    /// # Errors
    /// [`CheckpointError`] with the first thing that is not the same.
    pub fn fits(&self, run: &Self) -> std::result::Result<(), CheckpointError> {
        let seed = |seed: Option<u64>| match seed {
            Some(seed) => seed.to_string(),
            None => "that of the scheme".to_owned(),
        };
        let (own_seed, seed) = (seed(self.seed), seed(run.seed));
        for (what, there, here) in [
            ("program", &self.program, &run.program),
            ("scheme", &self.scheme, &run.scheme),
            ("step in seconds", &self.dt_s, &run.dt_s),
            ("format of results", &self.format, &run.format),
            ("seed", &own_seed, &seed),
        ] {
            if there != here {
                let (there, here) = (there.clone(), here.clone());
                return Err(CheckpointError::Differs { what, there, here });
            }
        }
        if self.model == run.model { Ok(()) } else { Err(CheckpointError::Model) }
    }
}

/// Passes bytes on and hashes them.
struct Summing<'a> {
    to: &'a mut dyn Write,
    sum: Sha256,
}

impl Write for Summing<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let count = self.to.write(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> Result<()> {
        self.to.flush()
    }
}

/// Writes a checkpoint; without a snapshot it is of a run that is [complete](Checkpoint::complete).
///
/// # Errors
/// Those of the receiver.
pub fn write(
    checkpoint: &Checkpoint,
    snapshot: Option<&mut Snapshot<'_>>,
    to: &mut dyn Write,
) -> std::result::Result<(), SinkError> {
    let failed = |error: Error| SinkError(error.to_string());
    let described = serde_json::to_vec(checkpoint).map_err(|error| failed(error.into()))?;
    let mut to = Summing { to, sum: Sha256::new() };
    let start =
        [MAGIC, &VERSION.to_le_bytes(), &(described.len() as u64).to_le_bytes(), &described];
    to.write_all(&start.concat()).map_err(failed)?;
    if let Some(snapshot) = snapshot {
        snapshot.write(&mut to)?;
    }
    let sum = to.sum.finalize();
    to.to.write_all(&sum).and_then(|()| to.to.flush()).map_err(failed)
}

/// Reads a checkpoint: what it is of, and where its state begins.  All of it is read once to see whether it is whole.
///
/// # Errors
/// [`CheckpointError`].
pub fn read<F: Read + Seek>(
    from: &mut F,
) -> std::result::Result<(Checkpoint, Take<&mut F>), CheckpointError> {
    use CheckpointError::Damaged;
    let length = from.seek(SeekFrom::End(0))?;
    from.rewind()?;
    let mut magic = [0; MAGIC.len()];
    let (mut version, mut described) = ([0; 4], [0; 8]);
    let fixed = (MAGIC.len() + version.len() + described.len()) as u64;
    if length < magic.len() as u64 {
        return Err(Damaged("it is no checkpoint"));
    }
    from.read_exact(&mut magic)?;
    if magic != MAGIC {
        return Err(Damaged("it is no checkpoint"));
    }
    if length < fixed + SUM {
        return Err(Damaged("it is cut short"));
    }
    from.read_exact(&mut version)?;
    let version = u32::from_le_bytes(version);
    if version != VERSION {
        return Err(CheckpointError::Version(version));
    }
    from.read_exact(&mut described)?;
    let described = u64::from_le_bytes(described);
    if described > (length - fixed - SUM).min(LONGEST) {
        return Err(Damaged("it is cut short, or was changed"));
    }
    from.rewind()?;
    let mut sum = Sha256::new();
    let mut block = vec![0; 1 << 16];
    let mut left = length - SUM;
    while left > 0 {
        let count = usize::try_from(left).unwrap_or(usize::MAX).min(block.len());
        from.read_exact(&mut block[..count])?;
        sum.update(&block[..count]);
        left -= count as u64;
    }
    let mut expected = [0; 32];
    from.read_exact(&mut expected)?;
    if sum.finalize()[..] != expected {
        return Err(Damaged(
            "it is cut short, or was changed: its checksum is not that of its bytes",
        ));
    }
    from.seek(SeekFrom::Start(fixed))?;
    let mut text = vec![0; usize::try_from(described).unwrap_or(usize::MAX)];
    from.read_exact(&mut text)?;
    let checkpoint = serde_json::from_slice(&text)
        .map_err(|_| Damaged("its description is not one that this program writes"))?;
    let state = length - SUM - fixed - described;
    Ok((checkpoint, from.take(state)))
}
