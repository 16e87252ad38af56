//! What is written as flattened LEMS, that it runs as the model it is made of, and what is refused.

mod common;
mod corpus;
mod refused;
mod written;
