//! The columns of a kind that last.

use nml_expr::ExprId;
use nml_flat::{Flat, Formula, KindId, NodeId, Outlet, QuantityId, Role, Streams};
use nml_kernel::{Column, ColumnRole, Columns, Entry, ProgramBuilder, Uniform};

/// What is the same for all instances during a phase; the order is that of [`Clocks::values`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Clock {
    /// The step in seconds.
    Dt = 0,
    /// The time of the row at the end of the step, in seconds.
    Row = 1,
    /// The middle of the step.
    Mid = 2,
    /// The middle of the next step.
    NextMid = 3,
    /// The number of the step, from 1; 0 is the start.
    Step = 4,
}

impl Clock {
    pub(crate) const ALL: [Self; 5] = [Self::Dt, Self::Row, Self::Mid, Self::NextMid, Self::Step];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dt => "dt",
            Self::Row => "t",
            Self::Mid => "t of the middle",
            Self::NextMid => "t of the next middle",
            Self::Step => "step",
        }
    }

    /// The uniform of every program for it.
    pub(crate) fn uniform(self) -> Uniform {
        Uniform(self as u32)
    }
}

/// Ports between instances.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ports {
    /// Ports to which a wire of another instance leads.
    pub(crate) inlets: Vec<(NodeId, u32)>,
    /// Ports from which a wire leads to another instance, or whose events are recorded.
    pub(crate) outlets: Vec<(NodeId, u32)>,
}

/// The ports of each kind through which events come in from other instances, and leave to them.
pub(crate) fn ports(flat: &Flat, recorded: &[Vec<Outlet>]) -> Vec<Ports> {
    let mut ports = vec![Ports::default(); flat.kinds.len()];
    let add = |list: &mut Vec<(NodeId, u32)>, end| {
        if !list.contains(&end) {
            list.push(end);
        }
    };
    for table in &flat.wires {
        add(&mut ports[table.from.0.index()].outlets, (table.from.1, table.from.2));
        add(&mut ports[table.to.0.index()].inlets, (table.to.1, table.to.2));
    }
    for outlet in recorded.iter().flatten() {
        add(&mut ports[outlet.kind.index()].outlets, (outlet.node, outlet.port));
    }
    ports
}

/// The columns of a kind that last from one stage to the next.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) program: ProgramBuilder,
    /// States and properties as they are at rows.
    pub(crate) row: Vec<Option<Column>>,
    /// States as they are in the middle of a step; the same columns for those that do not differ.
    pub(crate) mid: Vec<Option<Column>>,
    /// The active regime of each node that has any.
    pub(crate) regimes: Vec<Option<Column>>,
    /// Events sent by the last entry that may send, by node and port.
    pub(crate) sent: Vec<((NodeId, u32), Column)>,
    id: Option<Column>,
    streams: Streams,
    /// By stream: how often it was drawn from.
    draws: Vec<Column>,
}

impl Shape {
    /// `moves` tells which quantities have a value of their own in the middle of a step.
    pub(crate) fn new(
        flat: &Flat,
        id: KindId,
        ports: &Ports,
        moves: impl Fn(QuantityId) -> bool,
    ) -> Self {
        let mut program = ProgramBuilder::new();
        for clock in Clock::ALL {
            program.uniform(clock.name());
        }
        let kind = flat.kind(id);
        let (mut row, mut mid) = (Vec::new(), Vec::new());
        for (quantity, at) in kind.quantities.iter().zip(0..) {
            let name = || format!("{}.{}", kind.path(quantity.node), quantity.name);
            let column = match quantity.role {
                Role::Property(_) => Some(program.column(name(), ColumnRole::Parameter)),
                Role::State => Some(program.column(name(), ColumnRole::State)),
                _ => None,
            };
            row.push(column);
            mid.push(if moves(QuantityId(at)) {
                Some(program.column(format!("{} (middle)", name()), ColumnRole::State))
            } else {
                column
            });
        }
        let regimes = kind.node_ids().map(|node| {
            let any = !kind.node(node).dynamics.regimes.is_empty();
            any.then(|| program.column(format!("{}.(regime)", kind.path(node)), ColumnRole::State))
        });
        let regimes = regimes.collect();
        let sent = ports.outlets.iter().map(|&(node, port)| {
            let name = kind.node(node).ports_out.get(port as usize).map_or("", String::as_str);
            (
                (node, port),
                program.column(format!("{}.{name}", kind.path(node)), ColumnRole::Output),
            )
        });
        let sent = sent.collect();
        Self {
            program,
            row,
            mid,
            regimes,
            sent,
            id: None,
            streams: Streams::of(kind),
            draws: Vec::new(),
        }
    }

    /// The column of the instances' numbers, for random numbers.
    pub(crate) fn id(&mut self) -> Column {
        *self.id.get_or_insert_with(|| self.program.column("(id)", ColumnRole::Parameter))
    }

    /// The stream of a node of a formula that calls `random`.
    pub(crate) fn stream(&self, formula: &Formula, node: ExprId) -> u16 {
        self.streams.get(formula, node)
    }

    /// The column that counts the draws of a stream.
    pub(crate) fn draws(&mut self, stream: u16) -> Column {
        while self.draws.len() <= usize::from(stream) {
            self.draws.push(self.program.column("(draws)", ColumnRole::State));
        }
        self.draws[usize::from(stream)]
    }

    /// A column in which events are added up.
    pub(crate) fn amount(&mut self) -> Column {
        self.program.column("(events)", ColumnRole::Input)
    }

    /// A column for what passes between stages.
    pub(crate) fn scratch(&mut self, name: &str) -> Column {
        self.program.column(name, ColumnRole::Scratch)
    }

    /// Adds an entry.
    pub(crate) fn add(&mut self, block: nml_kernel::Block) -> Entry {
        self.program.add(block)
    }

    /// Writes what is there before the start: properties, numbers of instances, the first regime.
    pub(crate) fn fill(&self, flat: &Flat, kind: KindId, columns: &mut Columns) {
        let kind = flat.kind(kind);
        for (quantity, column) in kind.quantities.iter().zip(&self.row) {
            if let (Role::Property(values), Some(column)) = (&quantity.role, column) {
                columns.get_mut(*column).copy_from_slice(values);
            }
        }
        for (node, column) in kind.nodes.iter().zip(&self.regimes) {
            if let Some(column) = column {
                let initial = node.dynamics.regimes.iter().position(|regime| regime.initial);
                columns.fill(*column, initial.unwrap_or(0) as f64);
            }
        }
        if let Some(id) = self.id {
            for (lane, x) in columns.get_mut(id).iter_mut().enumerate() {
                *x = kind.numbers.as_ref().map_or(0, |numbers| numbers.id(lane)) as f64;
            }
        }
        columns.pad();
    }
}
