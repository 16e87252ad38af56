//! What all targets of an export share.
//!
//! A target is a [`Backend`]: it reads a model as equations ([`nml_flat::Flat`]) with what is to be run and recorded
//! ([`Job`]), and answers with files in memory ([`Artifacts`]).  It prints code from typed trees, takes names from
//! a [`Namer`], numbers from [`number`], the words of other languages from [`syntax`], and file skeletons from templates ([`Templates`]).
//! What it cannot say is a finding ([`not_exported`]) with its place in the source, never a silent gap.

mod artifacts;
mod backend;
mod namer;
pub mod number;
pub mod python;
mod rules;
mod support;
pub mod syntax;
mod templates;

pub use artifacts::{Artifacts, BadPath};
pub use backend::{Backend, Job, JobOptions, Origin};
pub use namer::Namer;
pub use rules::{RULES, not_exported, written_differently};
pub use support::{Feature, Support, varied_density};
pub use templates::{TemplateFault, Templates};
