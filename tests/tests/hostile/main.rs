//! Input that wants to crash, hang or fill the memory ends with findings, within bounds that are stated.

#![expect(clippy::expect_used, reason = "a panic is how a test fails")]
#![expect(clippy::print_stdout, reason = "the figures are worth seeing")]

mod bounds;
mod files;
mod includes;
mod models;
mod xml;
