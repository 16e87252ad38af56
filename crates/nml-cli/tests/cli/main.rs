//! Whole commands: in memory with a made-up checker, and the real program as a process.

mod checkpoint;
mod convert;
mod fmt;
mod process;
mod simulate;
mod test;
mod validate;
mod world;
