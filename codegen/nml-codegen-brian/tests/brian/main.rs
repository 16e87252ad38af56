//! What is written for Brian 2.

mod written;
