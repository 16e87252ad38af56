//! What is written for Arbor.

mod written;
