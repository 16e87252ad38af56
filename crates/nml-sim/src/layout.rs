//! Which column holds what.

use nml_flat::{Flat, KindId, NodeId, QuantityId, Role, Seen};
use nml_kernel::{Column, ColumnRole, ProgramBuilder, Uniform};

/// Where a number comes from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Place {
    /// It is always the same.
    Constant(f64),
    /// It lies in a column of its kind.
    Column(Column),
    /// It is simulated time.
    Time,
}

/// The columns of one kind.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) quantities: Vec<Place>,
    pub(crate) exposures: Vec<Place>,
    /// The active regime of each node that has any.
    pub(crate) regimes: Vec<Option<Column>>,
    /// Events sent since the last look, by node and port; only ports that someone listens to.
    pub(crate) counters: Vec<((NodeId, u32), Column)>,
    pub(crate) t: Uniform,
    pub(crate) dt: Uniform,
}

impl Layout {
    /// Gives everything in a kind a column.  `lagging` exposures have a column of their own.
    pub(crate) fn new(
        flat: &Flat,
        id: KindId,
        outlets: &[(NodeId, u32)],
        lagging: bool,
        program: &mut ProgramBuilder,
    ) -> Self {
        let kind = flat.kind(id);
        let mut column = |node: NodeId, name: &str, role| {
            program.column(format!("{}.{name}", kind.path(node)), role)
        };
        let quantities: Vec<Place> = kind
            .quantities
            .iter()
            .map(|quantity| match &quantity.role {
                Role::Parameter(value) => Place::Constant(*value),
                Role::Property(_) => {
                    let role = ColumnRole::Parameter;
                    Place::Column(column(quantity.node, &quantity.name, role))
                }
                _ => Place::Column(column(quantity.node, &quantity.name, ColumnRole::State)),
            })
            .collect();
        let exposures = kind
            .exposures
            .iter()
            .map(|exposure| match exposure.quantity {
                None => Place::Constant(0.0),
                Some(quantity) => match kind.quantity(quantity).role {
                    Role::Parameter(_) | Role::Property(_) => quantities[quantity.index()],
                    _ if !lagging => quantities[quantity.index()],
                    _ => {
                        let name = format!("{} (shown)", exposure.name);
                        Place::Column(column(exposure.node, &name, ColumnRole::State))
                    }
                },
            })
            .collect();
        let regimes = kind
            .node_ids()
            .map(|node| {
                let any = !kind.node(node).dynamics.regimes.is_empty();
                any.then(|| column(node, "(regime)", ColumnRole::State))
            })
            .collect();
        let counters = outlets
            .iter()
            .map(|&(node, port)| {
                let name = kind.node(node).ports_out.get(port as usize);
                let name = name.map_or("", String::as_str);
                ((node, port), column(node, name, ColumnRole::Output))
            })
            .collect();
        let (t, dt) = (program.uniform("t"), program.uniform("dt"));
        Self { quantities, exposures, regimes, counters, t, dt }
    }

    /// Where a quantity lies.
    pub(crate) fn quantity(&self, id: QuantityId) -> Place {
        self.quantities[id.index()]
    }

    /// Where what others see lies.
    pub(crate) fn seen(&self, seen: Seen) -> Place {
        match seen {
            Seen::Exposure(id) => self.exposures[id.index()],
            Seen::Quantity(id) => self.quantities[id.index()],
            Seen::Time => Place::Time,
        }
    }
}
