//! What is written for Brian 2, and what is refused.

mod common;
mod refused;
mod written;
