//! What is written for NEURON, and what is refused.

mod common;
mod refused;
mod written;
