//! What is written for Arbor, and what is refused.

mod common;
mod refused;
mod written;
