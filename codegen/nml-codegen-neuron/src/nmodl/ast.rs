//! A mechanism as typed data.

use nml_expr::Expr;

/// A file of NMODL.  All names are legal and unique within the mechanism.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Mechanism {
    /// The name by which it is inserted.
    pub(crate) name: String,
    /// Whether it sits at a point rather than on a membrane.
    pub(crate) point: bool,
    /// What stands in the comment at the top, a line each.
    pub(crate) head: Vec<String>,
    /// Ions it uses.
    pub(crate) ions: Vec<UseIon>,
    /// The current that leaves the cell, where it is of no ion.
    pub(crate) nonspecific: Option<String>,
    /// Whether it draws random numbers.
    pub(crate) random: Option<String>,
    /// What differs between instances or is looked at from outside.
    pub(crate) range: Vec<String>,
    /// Fixed numbers.
    pub(crate) parameters: Vec<Parameter>,
    /// What is computed.
    pub(crate) assigned: Vec<Assigned>,
    /// What is integrated.
    pub(crate) states: Vec<Assigned>,
    /// What is done at the start.
    pub(crate) initial: Vec<Stmt>,
    /// How states advance, in order.
    pub(crate) solves: Vec<Solve>,
    /// Variables of that block only.
    pub(crate) breakpoint_locals: Vec<String>,
    /// Variables of the block of initial values only.
    pub(crate) initial_locals: Vec<String>,
    /// What is computed in each step, after states have advanced.
    pub(crate) breakpoint: Vec<Stmt>,
    /// Rates of change.
    pub(crate) derivative: Option<Derivative>,
    /// Markov schemes.
    pub(crate) kinetics: Vec<Kinetic>,
    /// Procedures.
    pub(crate) procedures: Vec<Procedure>,
    /// What is done after each step, so that what is recorded belongs to the time of its row.
    pub(crate) after_solve: Vec<Stmt>,
    /// What events do.
    pub(crate) receive: Option<Receive>,
}

/// An ion and what of it is read and written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UseIon {
    pub(crate) name: String,
    pub(crate) reads: Vec<String>,
    pub(crate) writes: Vec<String>,
    pub(crate) valence: i32,
}

/// A fixed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// With the author's digits, in `unit`.
    pub(crate) value: String,
    pub(crate) unit: Option<&'static str>,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub(crate) name: String,
    pub(crate) unit: Option<&'static str>,
}

/// A block to be solved, and by which method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Solve {
    pub(crate) block: String,
    pub(crate) method: &'static str,
}

/// The block of rates.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Derivative {
    pub(crate) name: String,
    /// What rates are made of.
    pub(crate) before: Vec<Stmt>,
    /// By state: its rate.
    pub(crate) rates: Vec<(String, Expr)>,
}

/// A Markov scheme.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kinetic {
    pub(crate) name: String,
    pub(crate) before: Vec<Stmt>,
    pub(crate) reactions: Vec<Reaction>,
    /// States whose sum is 1, scheme by scheme.
    pub(crate) conserved: Vec<Vec<String>>,
}

/// A transition between two states.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reaction {
    pub(crate) source: String,
    pub(crate) target: String,
    pub(crate) forward: Expr,
    pub(crate) reverse: Expr,
}

/// A procedure without arguments.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Procedure {
    pub(crate) name: String,
    pub(crate) locals: Vec<String>,
    pub(crate) body: Vec<Stmt>,
}

/// What events do: one list for arriving events by port, one for each of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Receive {
    /// The name of the argument: the port where there are several, else unused.
    pub(crate) argument: String,
    /// Variables of its own.
    pub(crate) locals: Vec<String>,
    /// By port, what an event from outside does.
    pub(crate) ports: Vec<Vec<Stmt>>,
    /// By flag, what an event of its own does.
    pub(crate) own: Vec<(u32, String, Vec<Stmt>)>,
    /// What is done at the end, where a regime has changed.
    pub(crate) rearm: Vec<Stmt>,
    /// The variables of regimes.
    pub(crate) regime: Vec<String>,
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stmt {
    /// `to = value`.
    Assign(String, Expr),
    /// The first case whose condition holds; one without always does.
    If(Vec<(Option<Expr>, Vec<Stmt>)>),
    /// `name()`.
    Call(String),
    /// Leaves an event now.
    Send,
    /// Sends an event to itself after a time.
    Schedule(Expr, u32),
    /// Watches for the expression to rise above 0.
    Watch(Expr, u32),
    /// Finds the state of rest of a scheme.
    Rest(String),
}
