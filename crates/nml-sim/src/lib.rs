//! Runs a flattened model on kernels.
