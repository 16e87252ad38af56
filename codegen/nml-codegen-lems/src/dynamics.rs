//! How an instance behaves: its variables, rates and handlers.

use nml_base::Diagnostics;
use nml_codegen::{not_exported, written_differently};
use nml_flat::{NodeId, QuantityId, Role, Seen, Value};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::TARGET;
use crate::element::Element;
use crate::handler::Handlers;
use crate::name::Names;
use crate::order::{Derived, Form, ordered};
use crate::rest::Rest;
use crate::ty::Maker;

impl Maker<'_> {
    /// The whole behaviour.
    pub(crate) fn dynamics(
        &self,
        names: &Names,
        derived: Vec<Derived>,
        exposed: Vec<(QuantityId, String)>,
        sink: &mut Diagnostics,
    ) -> Element {
        let kind = self.kind;
        let mut out = Element::new("Dynamics");
        for node in kind.nodes.iter().filter(|node| node.dynamics.simultaneous) {
            if node.parent.is_none() {
                out = out.with("simultaneous", "true");
            } else {
                let what = format!("`{}`, whose equations are solved as one system", node.name);
                sink.push(not_exported(kind.span, TARGET, what));
            }
        }
        let mut under: FxHashMap<QuantityId, String> = FxHashMap::default();
        let mut copies = Vec::new();
        let computed: FxHashSet<QuantityId> = derived.iter().map(|d| d.quantity).collect();
        for (id, name) in exposed {
            let own = matches!(kind.quantity(id).role, Role::State) || computed.contains(&id);
            if !own || under.contains_key(&id) {
                copies.push((id, name));
            } else {
                under.insert(id, name);
            }
        }
        let mut more = Vec::new();
        for (at, quantity) in kind.quantities.iter().enumerate() {
            let Ok(at) = u32::try_from(at) else { continue };
            let id = QuantityId(at);
            if quantity.role == Role::State {
                let element = Element::new("StateVariable").with("name", names.of_quantity(id));
                let dimension = quantity.dimension.as_deref().unwrap_or("none");
                let element = element.with("dimension", dimension);
                out.push(element.with_some("exposure", under.get(&id)));
            }
        }
        for scheme in kind.nodes.iter().flat_map(|node| &node.dynamics.schemes) {
            for (step, _) in self.rest_of(names, scheme).unwrap_or_default().steps {
                let element = Element::new("StateVariable").with("name", step);
                out.push(element.with("dimension", "none"));
            }
        }
        match ordered(derived) {
            Ok(derived) => {
                for one in derived {
                    let name = names.of_quantity(one.quantity);
                    let cased = matches!(one.form, Form::Cases(_));
                    let tag = if cased { "ConditionalDerivedVariable" } else { "DerivedVariable" };
                    let dimension = kind.quantity(one.quantity).dimension.as_deref();
                    let element =
                        Element::new(tag).with("name", name).with_some("dimension", dimension);
                    let mut element = element.with_some("exposure", under.get(&one.quantity));
                    match one.form {
                        Form::Value(text) => element = element.with("value", text),
                        Form::Select { path, reduce } => {
                            element = element.with("select", path).with_some("reduce", reduce);
                        }
                        Form::Cases(cases) => {
                            for (test, value) in cases {
                                let case = Element::new("Case").with_some("condition", test);
                                element.push(case.with("value", value));
                            }
                        }
                    }
                    if cased { more.push(element) } else { out.push(element) }
                }
            }
            Err(id) => {
                let what = format!("`{}`, which depends on itself", names.of_quantity(id));
                sink.push(not_exported(kind.quantity(id).span.unwrap_or(kind.span), TARGET, what));
            }
        }
        for (id, name) in copies {
            // The interpreter takes cases last, so that a copy is never ahead of what it copies.
            let dimension = kind.quantity(id).dimension.as_deref();
            let named = format!("{name}_shown");
            let element = Element::new("ConditionalDerivedVariable").with("name", named);
            let mut element = element.with_some("dimension", dimension).with("exposure", name);
            element.push(Element::new("Case").with("value", names.of_quantity(id)));
            more.push(element);
        }
        for element in more {
            out.push(element);
        }
        self.changes(names, &mut out, sink);
        out
    }

    /// Rates and handlers.
    fn changes(&self, names: &Names, out: &mut Element, sink: &mut Diagnostics) {
        let kind = self.kind;
        let handlers = Handlers { kind, names };
        for node in &kind.nodes {
            for (id, formula) in &node.dynamics.rates {
                let element =
                    Element::new("TimeDerivative").with("variable", names.of_quantity(*id));
                out.push(element.with("value", names.formula(formula)));
            }
            for scheme in &node.dynamics.schemes {
                self.scheme(names, scheme, out);
            }
        }
        let mut start = Element::new("OnStart");
        for (at, node) in kind.node_ids().zip(&kind.nodes) {
            for actions in &node.dynamics.on_start {
                handlers.actions(at, actions, false, &mut start, sink);
            }
            for scheme in &node.dynamics.schemes {
                self.start_of(names, scheme, &mut start, sink);
            }
        }
        if !start.is_empty() {
            out.push(start);
        }
        // The parts of a component advance before it does.
        for (at, node) in kind.node_ids().zip(&kind.nodes).collect::<Vec<_>>().into_iter().rev() {
            for (test, actions) in &node.dynamics.on_condition {
                let mut element = Element::new("OnCondition").with("test", names.formula(test));
                handlers.actions(at, actions, false, &mut element, sink);
                out.push(element);
            }
        }
        let root = kind.node(NodeId::ROOT);
        for (port, actions) in &root.dynamics.on_event {
            let mut element = Element::new("OnEvent").with("port", &root.ports_in[*port as usize]);
            handlers.actions(NodeId::ROOT, actions, false, &mut element, sink);
            out.push(element);
        }
        let with_regimes = kind.node_ids().filter(|at| !kind.node(*at).dynamics.regimes.is_empty());
        let with_regimes: Vec<NodeId> = with_regimes.collect();
        if with_regimes.len() > 1 {
            let what = format!("regimes in more than one part of `{}`", kind.name);
            sink.push(not_exported(kind.span, TARGET, what));
        }
        for at in with_regimes {
            self.regimes(at, &handlers, out, sink);
        }
    }

    fn regimes(
        &self,
        at: NodeId,
        handlers: &Handlers<'_>,
        out: &mut Element,
        sink: &mut Diagnostics,
    ) {
        let (kind, names) = (self.kind, handlers.names);
        let node = kind.node(at);
        for regime in &node.dynamics.regimes {
            let mut element = Element::new("Regime").with("name", &regime.name);
            if regime.initial {
                element = element.with("initial", "true");
            }
            for (id, value) in &regime.derived {
                let Value::Formula(formula) = value else {
                    let what = format!("cases in the regime `{}`", regime.name);
                    sink.push(not_exported(kind.span, TARGET, what));
                    continue;
                };
                let derived = Element::new("DerivedVariable").with("name", names.of_quantity(*id));
                let dimension = kind.quantity(*id).dimension.as_deref();
                let derived = derived.with_some("dimension", dimension);
                element.push(derived.with("value", names.formula(formula)));
            }
            for (id, formula) in &regime.rates {
                let rate = Element::new("TimeDerivative").with("variable", names.of_quantity(*id));
                element.push(rate.with("value", names.formula(formula)));
            }
            if !regime.on_entry.is_empty() {
                let mut entry = Element::new("OnEntry");
                for actions in &regime.on_entry {
                    handlers.actions(at, actions, true, &mut entry, sink);
                }
                element.push(entry);
            }
            for (test, actions) in &regime.on_condition {
                let mut condition = Element::new("OnCondition").with("test", names.formula(test));
                handlers.actions(at, actions, true, &mut condition, sink);
                element.push(condition);
            }
            for (port, actions) in &regime.on_event {
                let name = &node.ports_in[*port as usize];
                let mut event = Element::new("OnEvent").with("port", name);
                handlers.actions(at, actions, true, &mut event, sink);
                if at == NodeId::ROOT {
                    element.push(event);
                }
            }
            out.push(element);
        }
    }

    /// How a Markov scheme starts.
    fn rest_of(&self, names: &Names, scheme: &nml_flat::Scheme) -> Option<Rest> {
        let edges = scheme.edges.iter().flat_map(|edge| {
            let (source, target) = (edge.source as usize, edge.target as usize);
            let rate =
                |seen: Seen| format!("{} * {}", names.seen(self.kind, seen), names.rest_time);
            [(source, target, rate(edge.forward)), (target, source, rate(edge.reverse))]
        });
        let states = scheme.states.iter().map(|id| names.start_of(*id));
        Rest::of(&states.collect::<Vec<_>>(), edges)
    }

    /// A Markov scheme starts at rest.
    fn start_of(
        &self,
        names: &Names,
        scheme: &nml_flat::Scheme,
        start: &mut Element,
        sink: &mut Diagnostics,
    ) {
        let assignment = |variable: &str, value: &str| {
            Element::new("StateAssignment").with("variable", variable).with("value", value)
        };
        if let Some(rest) = self.rest_of(names, scheme) {
            for (variable, value) in rest.steps.iter().chain(&rest.occupancies) {
                start.push(assignment(variable, value));
            }
        } else {
            let what = format!("the scheme `{}` starts in its first state", scheme.name);
            sink.push(written_differently(self.kind.span, what));
            if let Some(first) = scheme.states.first() {
                start.push(assignment(names.of_quantity(*first), "1"));
            }
        }
    }

    /// A Markov scheme as rates of its occupancies.
    fn scheme(&self, names: &Names, scheme: &nml_flat::Scheme, out: &mut Element) {
        let mut rates = vec![String::new(); scheme.states.len()];
        for edge in &scheme.edges {
            let (source, target) = (edge.source as usize, edge.target as usize);
            let flow = |rate: Seen, from: usize| {
                let rate = names.seen(self.kind, rate);
                format!("{rate} * {}", names.of_quantity(scheme.states[from]))
            };
            for (rate, from, to) in [(edge.forward, source, target), (edge.reverse, target, source)]
            {
                let flow = flow(rate, from);
                rates[from].extend([" - ", &flow]);
                rates[to].extend([" + ", &flow]);
            }
        }
        for (state, rate) in scheme.states.iter().zip(rates) {
            let rate = rate.strip_prefix(" + ").map_or(rate.clone(), str::to_owned);
            let rate = rate.strip_prefix(" - ").map_or(rate.clone(), |rest| format!("0 - {rest}"));
            let element =
                Element::new("TimeDerivative").with("variable", names.of_quantity(*state));
            out.push(element.with("value", if rate.is_empty() { "0".to_owned() } else { rate }));
        }
    }
}
