//! What is written for NetPyNE.

mod written;
