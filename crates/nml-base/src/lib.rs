//! What every room of the house stands on: files and spans, the one door to the file system,
//! rules and diagnostics as plain data, and typed handles.
//!
//! Nothing here knows XML, NeuroML or terminals.

mod columns;
mod diagnostic;
mod loader;
mod number;
mod range;
mod rule;
mod source;
mod suggest;

pub use columns::{Column, Indices};
pub use diagnostic::{Applicability, Diagnostic, Diagnostics, Edit, Fix, Label, Severity};
pub use loader::{LoadError, MemoryLoader, OsLoader, ReadSeek, SourceLoader};
pub use number::format_f64;
pub use range::TextRange;
pub use rule::{Level, Rule, Topic};
pub use source::{FileId, LineColumn, RowBlock, SourceFile, SourceMap, Span};
pub use suggest::nearest;
