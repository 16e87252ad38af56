//! The reports and the tools around them, through the public door only.

mod common;
mod formats;
mod human;
mod laws;
mod project;
