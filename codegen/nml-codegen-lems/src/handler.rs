//! What handlers do, with events between parts of one instance carried out where they are sent.

use nml_base::{Diagnostics, Span};
use nml_codegen::not_exported;
use nml_flat::{Action, Kind, NodeId};

use crate::TARGET;
use crate::element::Element;
use crate::name::Names;

/// How deep events may send events within one instance.
const MAX_RELAYS: usize = 32;

/// The handlers of one kind.
pub(crate) struct Handlers<'k> {
    pub(crate) kind: &'k Kind,
    pub(crate) names: &'k Names,
}

impl Handlers<'_> {
    /// The actions of a node as elements in `into`; `in_regime` where other regimes may be entered.
    pub(crate) fn actions(
        &self,
        node: NodeId,
        actions: &[Action],
        in_regime: bool,
        into: &mut Element,
        sink: &mut Diagnostics,
    ) {
        // Assignments come before events and transitions, as the interpreter does them.
        let mut late = Vec::new();
        self.collect(node, actions, in_regime, 0, into, &mut late, sink);
        for element in late {
            into.push(element);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one walk with its state")]
    fn collect(
        &self,
        node: NodeId,
        actions: &[Action],
        in_regime: bool,
        relays: usize,
        into: &mut Element,
        late: &mut Vec<Element>,
        sink: &mut Diagnostics,
    ) {
        if relays > MAX_RELAYS {
            let what = format!("events that go round within `{}`", self.kind.name);
            sink.push(not_exported(self.kind.span, TARGET, what));
            return;
        }
        for action in actions {
            match action {
                Action::Assign(id, formula) => into.push(
                    Element::new("StateAssignment")
                        .with("variable", self.names.of_quantity(*id))
                        .with("value", self.names.formula(formula)),
                ),
                Action::Send(port) => {
                    if node == NodeId::ROOT {
                        let name = &self.kind.node(node).ports_out[*port as usize];
                        late.push(Element::new("EventOut").with("port", name));
                    }
                    let wires = self.kind.wires.iter().filter(|w| w.from == (node, *port));
                    for (to, port) in wires.map(|wire| wire.to) {
                        let dynamics = &self.kind.node(to).dynamics;
                        let in_regimes = dynamics.regimes.iter();
                        if in_regimes.flat_map(|r| &r.on_event).any(|(at, _)| *at == port) {
                            self.refuse("events within a cell that a regime waits for", sink);
                        }
                        for (_, actions) in dynamics.on_event.iter().filter(|(at, _)| *at == port) {
                            self.collect(to, actions, false, relays + 1, into, late, sink);
                        }
                    }
                }
                Action::Enter(regime) if in_regime => {
                    let name = &self.kind.node(node).dynamics.regimes[*regime as usize].name;
                    late.push(Element::new("Transition").with("regime", name));
                }
                Action::Enter(_) => self.refuse("a change of regime from outside of it", sink),
            }
        }
    }

    fn refuse(&self, what: &str, sink: &mut Diagnostics) {
        let span: Span = self.kind.span;
        sink.push(not_exported(span, TARGET, format!("{what}, in `{}`", self.kind.name)));
    }
}
