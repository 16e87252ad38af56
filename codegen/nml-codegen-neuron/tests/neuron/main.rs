//! What is written for NEURON.

mod arbitrary;
mod snapshots;
mod varied;
mod written;
