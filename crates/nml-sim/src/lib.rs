//! Runs a flattened model on kernels.
//!
//! Every kind of a [`Flat`] is compiled to one kernel program: straight-line blocks over columns, one number per
//! instance.  What passes between instances is data, carried out in bulk between blocks: columns are gathered
//! from homes and peers, members are summed into theirs, and events are counted by the blocks that send them and
//! delivered from tables.
//!
//! A [`Scheme`] decides the rest: in which order things are computed, how states are integrated, when events
//! act, how a run begins.  Schemes share the emission of formulas, the columns and the kernels; none of them has
//! a special case in a kernel.
//!
//! * [`Scheme::Auto`] is the default.
//! * [`Scheme::Jlems`] does what the reference interpreter does, artefacts included, see [`jlems`].
//! * [`Scheme::NeuronJnml`] does what NEURON does with the programs of jNeuroML, see [`neuron_jnml`].
//! * [`Scheme::Reference`] solves the equations in continuous time, with an estimate of the error, see [`reference`].
//!
//! Nothing here knows files: results go to a [`Sink`] in blocks of rows, so memory does not grow with the
//! simulated time.

mod auto;
mod emit;
mod engine;
mod java;
pub mod jlems;
mod kinetic;
mod layout;
pub mod neuron_jnml;
mod record;
pub mod reference;
mod rules;
mod snapshot;

pub use nml_kernel::tables::Proof;
pub use record::{EventRow, Rows, Sink, SinkError};
pub use rules::RULES;
pub use snapshot::{Snapshot, SnapshotError};

use std::io::Read;

use nml_base::Diagnostics;
use nml_flat::{Flat, KindId, Outlet, Probe};

/// How a model is carried out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Scheme {
    /// By symmetric splitting of second order, everything recorded at one time.
    #[default]
    Auto,
    /// As the reference interpreter does, step for step.
    Jlems,
    /// As NEURON does with the programs that jNeuroML writes, known faults included.
    NeuronJnml,
    /// Converged in continuous time, with an estimate of the error.
    Reference,
}

impl Scheme {
    /// All there are, the default first.
    pub const ALL: &[Self] = &[Self::Auto, Self::Jlems, Self::NeuronJnml, Self::Reference];

    /// What it is called, on a command line and in records of a run.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Jlems => "jlems",
            Self::NeuronJnml => "neuron-jnml",
            Self::Reference => "reference",
        }
    }

    /// What it does, in half a sentence.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Auto => "second order in the step, and every row of one time",
            Self::Jlems => "step for step as the reference interpreter, jLEMS",
            Self::NeuronJnml => "step for step as NEURON with the programs of jNeuroML",
            Self::Reference => "converged in continuous time, with an estimate of the error",
        }
    }

    /// Whether its runs can be saved and resumed.
    pub const fn can_resume(self) -> bool {
        !matches!(self, Self::Reference)
    }

    /// What it takes care of when a model is flattened.
    pub const fn flattening(self, cable: nml_flat::cable::CableOptions) -> nml_flat::Options {
        let shapes = match self {
            Self::Auto | Self::Reference => nml_flat::Shapes::Cut(cable),
            Self::NeuronJnml => nml_flat::Shapes::Keep(neuron_jnml::cutting(cable.division)),
            Self::Jlems => nml_flat::Shapes::Refuse,
        };
        let auto = matches!(self, Self::Auto);
        nml_flat::Options { shapes, together: auto, merge: auto, varied: false }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scheme| scheme.name() == name)
    }
}

/// What to run and what to keep.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// How.
    pub scheme: Scheme,
    /// The step in seconds, above 0.
    pub step: f64,
    /// The length in seconds.
    pub length: f64,
    /// The seed of all random numbers; each scheme has its own default.
    pub seed: Option<u64>,
    /// The most threads to use; 0 leaves it to the scheme.
    pub threads: usize,
    /// The largest error of rates of gates, as a part of the largest value of each, if [`Scheme::Auto`] may take them
    /// from tables; others do not.
    pub tables: Option<f64>,
    /// Quantities kept at every step, by output.
    pub traces: Vec<Vec<Probe>>,
    /// Ports whose events are kept, by output.
    pub events: Vec<Vec<Outlet>>,
}

/// What a run did.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Report {
    /// Steps made.
    pub steps: u64,
    /// Events delivered, one per wire.
    pub events: u64,
    /// What is known of the tables that rates came from.
    pub tables: Vec<Proof>,
    /// How exact the results are, where the scheme tells.
    pub accuracy: Option<Accuracy>,
}

/// How exact the results of [`Scheme::Reference`] are: how far a run at a wider tolerance is from them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Accuracy {
    /// By output and column: the largest difference at any row, in SI units.
    pub columns: Vec<Vec<f64>>,
    /// By output and column: the largest size at any row, in SI units.
    pub sizes: Vec<Vec<f64>>,
    /// The largest difference of the times of an event, in seconds.
    pub events: f64,
    /// Events that only one of the runs has.
    pub unmatched: u64,
    /// How often the right-hand sides were evaluated.
    pub evaluations: u64,
    /// The share of steps whose length stability limits, not accuracy.
    pub stiff: f64,
}

impl Accuracy {
    /// The largest difference of any column over that column's largest size.
    pub fn relative(&self) -> f64 {
        let both = self.columns.iter().flatten().zip(self.sizes.iter().flatten());
        both.filter(|(error, _)| **error > 0.0)
            .fold(0.0, |worst, (error, size)| worst.max(error / size))
    }
}

/// Why a run stopped.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum RunError {
    /// A recorded quantity is NaN or infinite.
    #[error("`{quantity}` of {component} is {value} at {time} s; {}", last_row(*last))]
    NotFinite {
        /// The kind it belongs to.
        kind: KindId,
        /// The instance.
        instance: u32,
        /// Its name.
        quantity: String,
        /// The path of its component from the component simulated.
        component: String,
        /// What it is.
        value: f64,
        /// When, in seconds.
        time: f64,
        /// The time of the last good row, in seconds.
        last: Option<f64>,
    },
    /// The rates of a Markov scheme are not finite.
    #[error("the rates of the kinetic scheme in {node} are not finite at {time} s")]
    Rates {
        /// The node.
        node: String,
        /// When, in seconds.
        time: f64,
    },
    /// Events set each other off without end.
    #[error("events set each other off without end at {time} s")]
    EventStorm {
        /// When, in seconds.
        time: f64,
    },
    /// Initialisation would take practically forever.
    #[error(
        "components are nested so deeply that initialising them as the reference does never ends"
    )]
    EndlessStart,
    /// What a condition does depends on the step, however small.
    #[error(
        "the condition `{condition}` of {node} goes on to hold at {time} s and to set `{quantity}`, which moves by itself: \
         that has no limit in continuous time"
    )]
    NoLimit {
        /// The condition.
        condition: String,
        /// What it sets.
        quantity: String,
        /// The node it belongs to.
        node: String,
        /// When, in seconds.
        time: f64,
    },
    /// A state moves so fast, or is so far from a number, that time stands still.
    #[error("`{quantity}` of {component} is infinite or changes infinitely fast at {time} s")]
    Stuck {
        /// Its name.
        quantity: String,
        /// The path of its component from the component simulated.
        component: String,
        /// When, in seconds.
        time: f64,
    },
    /// The run cannot go on from where it was saved.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The receiver of results gave up.
    #[error(transparent)]
    Sink(#[from] SinkError),
}

fn last_row(last: Option<f64>) -> String {
    match last {
        Some(time) => format!("the last good row is at {time} s"),
        None => "there is no good row".to_owned(),
    }
}

/// A model ready to run.
#[derive(Debug)]
pub struct Simulation<'f> {
    machine: Machine<'f>,
}

#[derive(Debug)]
enum Machine<'f> {
    Auto(Box<auto::Machine<'f>>),
    Jlems(Box<jlems::Machine<'f>>),
    NeuronJnml(Box<neuron_jnml::Machine<'f>>),
    Reference(Box<reference::Reference<'f>>),
}

impl<'f> Simulation<'f> {
    /// Compiles a model; `None`, and findings, where that is not possible.
    pub fn new(flat: &'f Flat, request: Request, sink: &mut Diagnostics) -> Option<Self> {
        let machine = match request.scheme {
            Scheme::Auto => Machine::Auto(Box::new(auto::Machine::new(flat, request, sink)?)),
            Scheme::Jlems => Machine::Jlems(Box::new(jlems::Machine::new(flat, request, sink)?)),
            Scheme::NeuronJnml => {
                Machine::NeuronJnml(Box::new(neuron_jnml::Machine::new(flat, request, sink)?))
            }
            Scheme::Reference => {
                Machine::Reference(Box::new(reference::Reference::new(flat, request, sink)?))
            }
        };
        Some(Self { machine })
    }

    /// Whether a model can be compiled; findings where it cannot.  That takes less time than to do it.
    pub fn check(flat: &'f Flat, request: &Request, sink: &mut Diagnostics) -> bool {
        match request.scheme {
            Scheme::Auto => auto::check(flat, request, sink),
            _ => Self::new(flat, request.clone(), sink).is_some(),
        }
    }

    /// Runs to the end.
    ///
    /// # Errors
    /// [`RunError`]; all rows before the fault have gone to the sink.
    pub fn run(self, sink: &mut dyn Sink) -> Result<Report, RunError> {
        match self.machine {
            Machine::Auto(mut machine) => machine.run(sink),
            Machine::Jlems(mut machine) => machine.run(sink),
            Machine::NeuronJnml(mut machine) => machine.run(sink),
            Machine::Reference(mut machine) => machine.run(sink),
        }
    }

    /// Goes on from where a run of the same model and request was [saved](Sink::save), to the end; only the length
    /// may be another.  What comes to the sink is what would have come after that moment, to the bit.
    ///
    /// # Errors
    /// [`RunError`]; of a state that does not fit before anything has gone to the sink.
    pub fn resume(self, from: &mut dyn Read, sink: &mut dyn Sink) -> Result<Report, RunError> {
        match self.machine {
            Machine::Auto(mut machine) => machine.resume(from, sink),
            Machine::Jlems(mut machine) => machine.resume(from, sink),
            Machine::NeuronJnml(mut machine) => machine.resume(from, sink),
            Machine::Reference(_) => Err(SnapshotError::Scheme(Scheme::Reference.name()).into()),
        }
    }
}
