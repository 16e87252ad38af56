//! NMODL, the language of NEURON's mechanisms, as typed data and as text.

mod ast;
mod coreneuron;
mod print;

pub use ast::{
    Assigned, Derivative, Draw, Kinetic, Mechanism, Parameter, Procedure, Reaction, Receive, Solve,
    Stmt, UseIon,
};
