//! What is written for NEURON, and what is refused.

mod arbitrary;
mod common;
mod refused;
mod snapshots;
mod varied;
mod written;
