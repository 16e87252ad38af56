//! What is written as flattened LEMS, and that it runs as the model it is made of.

mod common;
mod corpus;
mod written;
mod zeros;
