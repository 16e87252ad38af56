//! Tests that come with a model, in the files of the Open Source Brain validation framework (OMV).
//!
//! An `.omt` file names a model, an engine and, per experiment, what is to be observed in the files that the
//! engine writes; the `.mep` file beside it says which values are expected, whatever the engine.
//! [`Test::read`] understands both, [`Engine`] says what an engine's name asks for, [`evaluate`] forms the
//! observables from [`Recorded`] numbers and compares.
//!
//! Nothing here runs a model, writes a file or knows a terminal.
//!
//! Source: OMV 0.4, `omt_mep_parser.py`, `analyzers/`.

mod compare;
mod data;
mod engine;
mod evaluate;
mod fields;
mod observe;
mod rules;
mod spikes;
mod test;
mod yaml;

pub use compare::{Mismatch, Worst, compare};
pub use data::{DataError, Recorded, table};
pub use engine::{ENGINES, Engine, Role};
pub use evaluate::{Failure, Verdict, evaluate};
pub use fields::unusable;
pub use rules::RULES;
pub use spikes::{Detection, RateMethod, detect, rate};
pub use test::{
    Check, Expected, Experiment, Ids, Observable, Reading, SpikeFile, SpikeFormat, SpikeSource,
    Target, Test, TraceFile,
};
