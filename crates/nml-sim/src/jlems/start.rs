//! Before the first step.

use std::ops::Range;

use nml_flat::{KindId, NodeId};

use super::Machine;
use crate::RunError;

/// How many runs of initial entries are taken for a start that never ends.
const MAX_STARTS: u64 = 1 << 32;

impl Machine<'_> {
    /// Initialises some instances of a kind with all inside them.
    pub(super) fn initialize(&mut self, kind: KindId, lanes: Range<usize>) -> Result<(), RunError> {
        self.initialize_node(kind, NodeId::ROOT, &lanes)
    }

    /// Over the children twice, over the node itself three times (`StateInstance.initialize`).
    fn initialize_node(
        &mut self,
        kind: KindId,
        node: NodeId,
        lanes: &Range<usize>,
    ) -> Result<(), RunError> {
        self.starts += 1;
        if self.starts > MAX_STARTS {
            return Err(RunError::EndlessStart);
        }
        let [bare, full] = self.units[kind.index()].compiled.init[node.index()];
        let flat = self.flat;
        let here = flat.kind(kind).node(node);
        for entry in [bare, full] {
            self.feed(kind, lanes);
            self.enter(kind, entry, lanes)?;
            for &child in &here.singles {
                self.initialize_node(kind, child, lanes)?;
            }
            for list in &here.lists {
                for &member in &list.members {
                    self.initialize_node(kind, member, lanes)?;
                }
                for &members in &list.kinds {
                    let whole = self.is_whole(kind, lanes);
                    for share in self.shares(members, lanes, whole) {
                        self.initialize(members, share)?;
                    }
                }
            }
            for scheme in &here.dynamics.schemes {
                for &state in &scheme.state_nodes {
                    self.initialize_node(kind, state, lanes)?;
                }
                for edge in &scheme.edges {
                    self.initialize_node(kind, edge.node, lanes)?;
                }
            }
        }
        self.feed(kind, lanes);
        self.enter(kind, full, lanes)
    }
}
