//! Dynamics with names to dynamics with handles.

use nml_expr::Expr;
use nml_lems::{Action as LemsAction, Source, Text};

use crate::build::Flattener;
use crate::flat::{
    Action, Dynamics, Edge, Formula, KindId, NodeId, Operand, QuantityId, Regime, Role, Scheme,
    Selection, Value,
};
use crate::names::{Names, dynamics};
use crate::rules;

impl<'m> Flattener<'m> {
    /// Resolves the dynamics of all nodes.
    pub(crate) fn lower(&mut self, names: &Names) {
        for kind in self.flat.kind_ids() {
            for node in self.flat.kind(kind).node_ids() {
                let lowered = self.lower_node(names, kind, node);
                self.flat.kinds[kind.index()].nodes[node.index()].dynamics = lowered;
            }
        }
        self.drop_idle_wires();
    }

    fn lower_node(&mut self, names: &Names, kind: KindId, node: NodeId) -> Dynamics {
        let plan = self.made_from(kind, node);
        let mut out = Dynamics::default();
        let Some(ty) = plan.ty() else { return out };
        for required in self.model.types().requirements(ty) {
            let name = required.name.as_str();
            // A fixed number of the same name hides what the surroundings provide.
            let Some(&quantity) = names.of(kind, node).quantities.get(name) else { continue };
            if self.flat.kind(kind).quantity(quantity).role != Role::Requirement {
                continue;
            }
            if let Some(view) = self.requirement(names, kind, node, name) {
                out.requirements.push((quantity, view));
            }
        }
        let parts = dynamics(plan);
        out.simultaneous = parts.iter().any(|part| part.simultaneous);
        let regimes: Vec<&str> = parts
            .iter()
            .flat_map(|part| part.regimes.iter().map(|regime| regime.name.as_str()))
            .collect();
        for part in &parts {
            for derived in part.derived_variables.iter() {
                let Some(quantity) = self.local(names, kind, node, &derived.name) else { continue };
                if matches!(self.flat.kind(kind).quantity(quantity).role, Role::Property(_)) {
                    // A compartment has the number.
                    continue;
                }
                match &derived.source {
                    Source::Select(select) => {
                        if let Some(selection) = self.select(names, kind, node, select) {
                            out.selected.push((quantity, selection));
                        }
                    }
                    Source::Value(text) => {
                        if let Some(formula) = self.formula(names, kind, node, text) {
                            out.derived.push((quantity, Value::Formula(formula)));
                        }
                    }
                }
            }
        }
        for part in &parts {
            for derived in part.conditional_derived_variables.iter() {
                let Some(quantity) = self.local(names, kind, node, &derived.name) else { continue };
                let mut cases = Vec::new();
                for case in derived.cases.iter() {
                    let condition = match &case.condition {
                        None => None,
                        Some(text) => match self.formula(names, kind, node, text) {
                            Some(formula) => Some(formula),
                            None => continue,
                        },
                    };
                    if let Some(value) = self.formula(names, kind, node, &case.value) {
                        cases.push((condition, value));
                    }
                }
                out.derived.push((quantity, Value::Cases(cases)));
            }
        }
        for part in &parts {
            for rate in part.time_derivatives.iter() {
                let quantity = self.local(names, kind, node, &rate.variable);
                let formula = self.formula(names, kind, node, &rate.value);
                out.rates.extend(quantity.zip(formula));
            }
            for start in part.on_start.iter() {
                out.on_start.push(self.actions(names, kind, node, &start.actions, &regimes));
            }
            for condition in part.on_condition.iter() {
                let actions = self.actions(names, kind, node, &condition.actions, &regimes);
                if let Some(test) = self.formula(names, kind, node, &condition.test) {
                    out.on_condition.push((test, actions));
                }
            }
            for event in part.on_event.iter() {
                let actions = self.actions(names, kind, node, &event.actions, &regimes);
                out.on_event.extend(self.port_in(kind, node, &event.port).map(|p| (p, actions)));
            }
            for regime in part.regimes.iter() {
                let (regime, selected) = self.regime(names, kind, node, regime, &regimes);
                out.regimes.push(regime);
                // What a path leads to does not depend on the regime.
                out.selected.extend(selected);
            }
            for scheme in part.kinetic_schemes.iter() {
                out.schemes.extend(self.scheme(names, kind, node, scheme));
            }
        }
        out
    }

    /// A quantity of the node itself.
    fn local(
        &mut self,
        names: &Names,
        kind: KindId,
        node: NodeId,
        name: &Text,
    ) -> Option<QuantityId> {
        let found = names.of(kind, node).quantities.get(name.as_str()).copied();
        if found.is_none() && !name.is_empty() {
            let shown = self.made_from(kind, node).shown();
            let span = self.blame(kind, node, name.span);
            self.report(rules::unresolved(span, format!("{shown} has no variable `{name}`")));
        }
        found
    }

    fn formula(
        &mut self,
        names: &Names,
        kind: KindId,
        node: NodeId,
        text: &Text,
    ) -> Option<Formula> {
        let span = self.blame(kind, node, text.span);
        let expr = match Expr::parse(text) {
            Ok(expr) => expr,
            Err(error) => {
                let what = format!("`{text}` is no expression: {error}");
                self.report(rules::unusable(error.range.in_span(span), what));
                return None;
            }
        };
        let mut operands = Vec::new();
        for symbol in expr.symbols() {
            let quantity = names.of(kind, node).quantities.get(symbol);
            let operand = match (quantity, self.globals.get(symbol)) {
                (Some(&quantity), _) => Operand::Quantity(quantity),
                (None, _) if symbol == "t" => Operand::Time,
                (None, Some(&value)) => Operand::Constant(value),
                (None, None) => {
                    let shown = self.made_from(kind, node).shown();
                    let what = format!("`{symbol}` is not declared in {shown}");
                    self.report(rules::unresolved(span, what));
                    return None;
                }
            };
            operands.push(operand);
        }
        Some(Formula { expr, operands, span: text.span })
    }

    fn actions(
        &mut self,
        names: &Names,
        kind: KindId,
        node: NodeId,
        actions: &[LemsAction],
        regimes: &[&str],
    ) -> Vec<Action> {
        let mut found = Vec::new();
        for action in actions {
            match action {
                LemsAction::StateAssignment { variable, value } => {
                    let quantity = self.local(names, kind, node, variable);
                    let formula = self.formula(names, kind, node, value);
                    found.extend(quantity.zip(formula).map(|(q, f)| Action::Assign(q, f)));
                }
                LemsAction::EventOut { port } => {
                    let ports = &mut self.flat.kinds[kind.index()].nodes[node.index()].ports_out;
                    let at =
                        ports.iter().position(|known| **port == **known).unwrap_or_else(|| {
                            ports.push(port.to_string());
                            ports.len() - 1
                        });
                    found.push(Action::Send(u32::try_from(at).unwrap_or(u32::MAX)));
                }
                LemsAction::Transition { regime } => {
                    let at = regimes.iter().position(|known| regime == known);
                    if let Some(at) = at.and_then(|at| u32::try_from(at).ok()) {
                        found.push(Action::Enter(at));
                    } else {
                        let span = self.blame(kind, node, regime.span);
                        let what = format!("there is no regime `{regime}`");
                        self.report(rules::unresolved(span, what));
                    }
                }
            }
        }
        found
    }

    fn port_in(&mut self, kind: KindId, node: NodeId, port: &Text) -> Option<u32> {
        let ports = &self.flat.kind(kind).node(node).ports_in;
        let at = ports.iter().position(|known| **port == **known);
        if at.is_none() {
            let shown = self.made_from(kind, node).shown();
            let span = self.blame(kind, node, port.span);
            let what = format!("{shown} has no port `{port}` for incoming events");
            self.report(rules::unresolved(span, what));
        }
        at.and_then(|at| u32::try_from(at).ok())
    }

    fn regime(
        &mut self,
        names: &Names,
        kind: KindId,
        node: NodeId,
        regime: &'m nml_lems::Regime,
        regimes: &[&str],
    ) -> (Regime, Vec<(QuantityId, Selection)>) {
        let mut selected = Vec::new();
        let mut out =
            Regime { name: regime.name.to_string(), initial: regime.initial, ..Regime::default() };
        let span = self.blame(kind, node, regime.name.span);
        if regime.on_start.iter().any(|start| !start.actions.is_empty()) {
            let what = "`OnStart` within a regime is not simulated";
            let help = "use `OnEntry`, or put it beside the regimes";
            self.report(rules::not_simulated(span, what).help(help));
        }
        for derived in regime.derived_variables.iter() {
            let quantity = self.local(names, kind, node, &derived.name);
            let text = match &derived.source {
                Source::Value(text) => text,
                Source::Select(select) => {
                    let selection = self.select(names, kind, node, select);
                    selected.extend(quantity.zip(selection));
                    continue;
                }
            };
            let formula = self.formula(names, kind, node, text);
            out.derived.extend(quantity.zip(formula.map(Value::Formula)));
        }
        for rate in regime.time_derivatives.iter() {
            let quantity = self.local(names, kind, node, &rate.variable);
            let formula = self.formula(names, kind, node, &rate.value);
            out.rates.extend(quantity.zip(formula));
        }
        for entry in regime.on_entry.iter() {
            out.on_entry.push(self.actions(names, kind, node, &entry.actions, regimes));
        }
        for condition in regime.on_condition.iter() {
            let actions = self.actions(names, kind, node, &condition.actions, regimes);
            if let Some(test) = self.formula(names, kind, node, &condition.test) {
                out.on_condition.push((test, actions));
            }
        }
        for event in regime.on_event.iter() {
            let actions = self.actions(names, kind, node, &event.actions, regimes);
            out.on_event.extend(self.port_in(kind, node, &event.port).map(|port| (port, actions)));
        }
        (out, selected)
    }

    fn scheme(
        &mut self,
        names: &Names,
        kind: KindId,
        node: NodeId,
        scheme: &nml_lems::KineticScheme,
    ) -> Option<Scheme> {
        let span = self.blame(kind, node, scheme.name.span);
        let members = |name: &str| {
            let lists = &self.flat.kind(kind).node(node).lists;
            lists.iter().find(|list| list.name == name).map_or(Vec::new(), |l| l.members.clone())
        };
        let (state_nodes, edge_nodes) = (members(&scheme.nodes), members(&scheme.edges));
        let state =
            |&n: &NodeId| names.of(kind, n).quantities.get(scheme.state_variable.as_str()).copied();
        let states: Option<Vec<_>> = state_nodes.iter().map(state).collect();
        let mut edges = Vec::new();
        for &edge in &edge_nodes {
            let component = self.made_from(kind, edge).component;
            let index = |link: &str| {
                let id = self.attr(component, link)?;
                let at =
                    state_nodes.iter().position(|&n| self.flat.kind(kind).node(n).name == id)?;
                u32::try_from(at).ok()
            };
            let rate = |name: &str| Self::seen(names, kind, edge, name);
            let found = index(&scheme.edge_source)
                .zip(index(&scheme.edge_target))
                .zip(rate(&scheme.forward_rate))
                .zip(rate(&scheme.reverse_rate));
            let Some((((source, target), forward), reverse)) = found else {
                let what = format!("{} joins no two states by rates", component.shown());
                self.report(rules::unresolved(component.id_span(), what));
                return None;
            };
            edges.push(Edge { node: edge, source, target, forward, reverse });
        }
        let Some(states) = states.filter(|states| !states.is_empty()) else {
            let what = format!("the kinetic scheme `{}` has no states", scheme.name);
            self.report(rules::unresolved(span, what));
            return None;
        };
        Some(Scheme { name: scheme.name.to_string(), states, state_nodes, edges })
    }

    /// Wires to ports at which nothing is done.
    fn drop_idle_wires(&mut self) {
        let flat = &mut self.flat;
        let kinds = &flat.kinds;
        let answers = |kind: KindId, node: NodeId, port: u32| {
            let dynamics = &kinds[kind.index()].node(node).dynamics;
            let regimes = dynamics.regimes.iter().flat_map(|regime| regime.on_event.iter());
            let mut handlers = dynamics.on_event.iter().chain(regimes);
            handlers.any(|(known, actions)| *known == port && !actions.is_empty())
        };
        flat.wires.retain(|table| answers(table.to.0, table.to.1, table.to.2));
        let kept: Vec<Vec<_>> = flat
            .kind_ids()
            .map(|kind| {
                let wires = kinds[kind.index()].wires.iter().copied();
                wires.filter(|wire| answers(kind, wire.to.0, wire.to.1)).collect()
            })
            .collect();
        for (kind, wires) in flat.kinds.iter_mut().zip(kept) {
            kind.wires = wires;
        }
    }
}
