//! Sources of events whose times are known before the run.

use nml_flat::{Flat, KindId, NodeId, Role};

/// When the instances of a kind send, in seconds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Times {
    /// At these times.
    At(Vec<f64>),
    /// Again and again after so long.
    Every(f64),
}

/// The times of a kind; `None` where they are not known.
pub(crate) fn times(flat: &Flat, id: KindId) -> Option<Times> {
    let kind = flat.kind(id);
    let root = kind.node(NodeId::ROOT);
    let number = |node: NodeId, name: &str| {
        kind.quantities.iter().find_map(|q| match q.role {
            Role::Parameter(x) if q.node == node && q.name == name => Some(x),
            _ => None,
        })
    };
    match root.ty.as_str() {
        "spikeGenerator" => number(NodeId::ROOT, "period").map(Times::Every),
        "spikeArray" => {
            let spikes = kind.node_ids().filter(|node| kind.node(*node).is_a("spike"));
            let all: Option<Vec<f64>> = spikes.map(|node| number(node, "time")).collect();
            let mut all = all?;
            all.sort_by(f64::total_cmp);
            Some(Times::At(all))
        }
        _ => None,
    }
}
