//! A mechanism as typed data.

use nml_expr::Expr;

/// A file of NMODL.  All names are legal and unique within the mechanism.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mechanism {
    /// The name by which it is inserted.
    pub name: String,
    /// Whether it sits at a point rather than on a membrane.
    pub point: bool,
    /// What stands in the comment at the top, a line each.
    pub head: Vec<String>,
    /// Ions it uses.
    pub ions: Vec<UseIon>,
    /// The current that leaves the cell, where it is of no ion.
    pub nonspecific: Option<String>,
    /// Functions that draw random numbers.
    pub draws: Vec<Draw>,
    /// What differs between instances or is looked at from outside.
    pub range: Vec<String>,
    /// Fixed numbers.
    pub parameters: Vec<Parameter>,
    /// What is computed.
    pub assigned: Vec<Assigned>,
    /// What is integrated.
    pub states: Vec<Assigned>,
    /// What is done at the start.
    pub initial: Vec<Stmt>,
    /// How states advance, in order.
    pub solves: Vec<Solve>,
    /// Variables of that block only.
    pub breakpoint_locals: Vec<String>,
    /// Variables of the block of initial values only.
    pub initial_locals: Vec<String>,
    /// What is computed in each step, after states have advanced.
    pub breakpoint: Vec<Stmt>,
    /// Rates of change.
    pub derivative: Option<Derivative>,
    /// Markov schemes.
    pub kinetics: Vec<Kinetic>,
    /// Procedures.
    pub procedures: Vec<Procedure>,
    /// What is done after each step, so that what is recorded belongs to the time of its row.
    pub after_solve: Vec<Stmt>,
    /// What events do.
    pub receive: Option<Receive>,
}

/// An ion and what of it is read and written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseIon {
    /// As it is called, `ca`.
    pub name: String,
    /// Of it: `cai`, `cao`, `eca`, `ica`.
    pub reads: Vec<String>,
    /// Of it: `ica`, `cai`.
    pub writes: Vec<String>,
    /// Its charges.
    pub valence: i32,
}

/// A fixed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// As equations call it.
    pub name: String,
    /// With the author's digits, in `unit`.
    pub value: String,
    /// The unit, where NMODL has a word for it.
    pub unit: Option<&'static str>,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// As equations call it.
    pub name: String,
    /// The unit, where NMODL has a word for it.
    pub unit: Option<&'static str>,
}

/// A block to be solved, and by which method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solve {
    /// The name of the block.
    pub block: String,
    /// `cnexp`, `derivimplicit`, `sparse` …
    pub method: &'static str,
}

/// The block of rates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derivative {
    /// Of the block.
    pub name: String,
    /// What rates are made of.
    pub before: Vec<Stmt>,
    /// By state: its rate.
    pub rates: Vec<(String, Expr)>,
}

/// A Markov scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Kinetic {
    /// Of the block.
    pub name: String,
    /// What rates are made of.
    pub before: Vec<Stmt>,
    /// Its transitions.
    pub reactions: Vec<Reaction>,
    /// States whose sum is 1, scheme by scheme.
    pub conserved: Vec<Vec<String>>,
}

/// A transition between two states.
#[derive(Clone, Debug, PartialEq)]
pub struct Reaction {
    /// The state on the left.
    pub source: String,
    /// The state on the right.
    pub target: String,
    /// The rate to the right, per ms.
    pub forward: Expr,
    /// The rate to the left, per ms.
    pub reverse: Expr,
}

/// A procedure without arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Procedure {
    /// As it is called.
    pub name: String,
    /// Variables of its own.
    pub locals: Vec<String>,
    /// What it does.
    pub body: Vec<Stmt>,
}

/// What events do: one list for arriving events by port, one for each of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Receive {
    /// The name of the argument: the port where there are several, else unused.
    pub argument: String,
    /// What is done at the start for each connection.
    pub initial: Vec<Stmt>,
    /// Variables of its own.
    pub locals: Vec<String>,
    /// By port, what an event from outside does.
    pub ports: Vec<Vec<Stmt>>,
    /// By flag, what an event of its own does.
    pub own: Vec<(u32, String, Vec<Stmt>)>,
    /// What is done after every event.
    pub after: Vec<Stmt>,
    /// What is done at the end, where a regime or a switch has changed.
    pub rearm: Vec<Stmt>,
    /// The variables of regimes and switches.
    pub regime: Vec<String>,
}

/// A stream of random numbers, and the function that draws from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// The number of the stream.
    pub stream: u16,
    /// The variable that is the stream.
    pub variable: String,
    /// The function, without arguments; its numbers are in [0, 1), with 53 bits.
    pub function: String,
    /// Whether it draws the number of the step, however often it is called, not the next one.
    pub by_step: bool,
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Stmt {
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
    /// A variable step ends there and begins anew.
    Stop(Expr),
    /// Finds the state of rest of a scheme.
    Rest(String),
}
