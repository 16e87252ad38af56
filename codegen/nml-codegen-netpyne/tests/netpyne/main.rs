//! What is written for NetPyNE, and what is refused.

mod common;
mod refused;
mod written;
