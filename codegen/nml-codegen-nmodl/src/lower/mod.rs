//! From flat equations to mechanisms.

mod assign;
mod coefficient;
mod condition;
mod constant;
mod definition;
mod expression;
mod finish;
mod handler;
mod held;
mod initial;
mod mechanism;
mod membrane;
mod order;
mod random;
mod rates;
mod scope;
mod sharp;
mod watch;

pub use constant::{for_instance, of as constant_of};
pub use mechanism::{Build, Built, Carries, Lowering, Supplied};
pub use random::Random;
pub use scope::{CellKind, Outer, Peer, Problem, Scope, Symbol, World, of_shaped_cell};
pub use sharp::{BEND, SHARP};
pub use watch::{NEXT_LOOK, SETTLE};
