//! Reads `Dynamics`.

use nml_base::Diagnostics;
use nml_xml::Element;

use super::item::{Item, Spec, duplicates};
use crate::{
    Action, Case, ConditionalDerivedVariable, DerivedVariable, Dynamics, KineticScheme, List,
    OnCondition, OnEntry, OnEvent, OnStart, Regime, StateVariable, TimeDerivative,
};

const ELEMENTS: &[&str] = &[
    "StateVariable",
    "DerivedVariable",
    "ConditionalDerivedVariable",
    "TimeDerivative",
    "OnStart",
    "OnEvent",
    "OnCondition",
    "Regime",
    "KineticScheme",
    "Super",
];
const REGIME_ELEMENTS: &[&str] = &[
    "StateVariable",
    "DerivedVariable",
    "TimeDerivative",
    "OnStart",
    "OnEntry",
    "OnEvent",
    "OnCondition",
];
const ACTIONS: &[&str] = &["StateAssignment", "EventOut", "Transition"];
const NOTHING: Spec = Spec::new(&[], &[]);

pub(super) fn read(element: Element<'_>, owner: &str, sink: &mut Diagnostics) -> Dynamics {
    const SPEC: Spec = Spec::new(&[], &["simultaneous", "name"]);
    let item = Item::open(element, &SPEC, sink);
    let mut body = Body::default();
    let mut conditional = Vec::new();
    let mut regimes = Vec::new();
    let mut kinetic_schemes = Vec::new();
    let mut with_super = false;
    for child in item.children(ELEMENTS, sink) {
        match child.name() {
            "ConditionalDerivedVariable" => conditional.push(conditional_variable(child, sink)),
            "Regime" => regimes.push(regime(child, owner, sink)),
            "KineticScheme" => kinetic_schemes.push(kinetic_scheme(child, sink)),
            "Super" => {
                Item::leaf(child, &NOTHING, sink);
                with_super = true;
            }
            _ => body.add(child, sink),
        }
    }
    body.check(owner, sink);
    duplicates("ConditionalDerivedVariable", owner, &conditional, |x| &x.name, sink);
    duplicates("Regime", owner, &regimes, |x| &x.name, sink);
    duplicates("KineticScheme", owner, &kinetic_schemes, |x| &x.name, sink);
    Dynamics {
        span: Some(element.span()),
        simultaneous: item.flag("simultaneous", false, sink),
        with_super,
        state_variables: List::Owned(body.state_variables),
        derived_variables: List::Owned(body.derived_variables),
        conditional_derived_variables: List::Owned(conditional),
        time_derivatives: List::Owned(body.time_derivatives),
        on_start: List::Owned(body.on_start),
        on_event: List::Owned(body.on_event),
        on_condition: List::Owned(body.on_condition),
        regimes: List::Owned(regimes),
        kinetic_schemes: List::Owned(kinetic_schemes),
    }
}

/// What dynamics and regimes have in common.
#[derive(Default)]
struct Body {
    state_variables: Vec<StateVariable>,
    derived_variables: Vec<DerivedVariable>,
    time_derivatives: Vec<TimeDerivative>,
    on_start: Vec<OnStart>,
    on_event: Vec<OnEvent>,
    on_condition: Vec<OnCondition>,
}

impl Body {
    fn add(&mut self, element: Element<'_>, sink: &mut Diagnostics) {
        match element.name() {
            "StateVariable" => self.state_variables.push(state_variable(element, sink)),
            "DerivedVariable" => self.derived_variables.push(derived_variable(element, sink)),
            "TimeDerivative" => {
                const SPEC: Spec = Spec::new(&["variable", "value"], &[]);
                let item = Item::leaf(element, &SPEC, sink);
                let (variable, value) = (item.text("variable"), item.text("value"));
                self.time_derivatives.push(TimeDerivative { variable, value });
            }
            "OnStart" => {
                let item = Item::open(element, &NOTHING, sink);
                self.on_start.push(OnStart { actions: actions(&item, sink) });
            }
            "OnEvent" => {
                const SPEC: Spec = Spec::new(&["port"], &[]);
                let item = Item::open(element, &SPEC, sink);
                let actions = actions(&item, sink);
                self.on_event.push(OnEvent { port: item.text("port"), actions });
            }
            // The callers pass only what their lists name, of which one is left.
            _ => {
                const SPEC: Spec = Spec::new(&["test"], &[]);
                let item = Item::open(element, &SPEC, sink);
                let actions = actions(&item, sink);
                self.on_condition.push(OnCondition { test: item.text("test"), actions });
            }
        }
    }

    fn check(&self, owner: &str, sink: &mut Diagnostics) {
        duplicates("StateVariable", owner, &self.state_variables, |x| &x.name, sink);
        duplicates("DerivedVariable", owner, &self.derived_variables, |x| &x.name, sink);
        duplicates("TimeDerivative", owner, &self.time_derivatives, |x| &x.variable, sink);
    }
}

fn regime(element: Element<'_>, owner: &str, sink: &mut Diagnostics) -> Regime {
    const SPEC: Spec = Spec::new(&["name"], &["initial"]);
    let item = Item::open(element, &SPEC, sink);
    let mut body = Body::default();
    let mut on_entry = Vec::new();
    for child in item.children(REGIME_ELEMENTS, sink) {
        if child.name() == "OnEntry" {
            let entry = Item::open(child, &NOTHING, sink);
            on_entry.push(OnEntry { actions: actions(&entry, sink) });
        } else {
            body.add(child, sink);
        }
    }
    body.check(owner, sink);
    Regime {
        name: item.text("name"),
        initial: item.flag("initial", false, sink),
        state_variables: List::Owned(body.state_variables),
        derived_variables: List::Owned(body.derived_variables),
        time_derivatives: List::Owned(body.time_derivatives),
        on_start: List::Owned(body.on_start),
        on_entry: List::Owned(on_entry),
        on_event: List::Owned(body.on_event),
        on_condition: List::Owned(body.on_condition),
        description: item.description(),
    }
}

fn actions(item: &Item<'_>, sink: &mut Diagnostics) -> List<Action> {
    let mut out = Vec::new();
    for child in item.children(ACTIONS, sink) {
        out.push(match child.name() {
            "StateAssignment" => {
                const SPEC: Spec = Spec::new(&["variable", "value"], &[]);
                let item = Item::leaf(child, &SPEC, sink);
                Action::StateAssignment {
                    variable: item.text("variable"),
                    value: item.text("value"),
                }
            }
            "EventOut" => {
                const SPEC: Spec = Spec::new(&["port"], &[]);
                Action::EventOut { port: Item::leaf(child, &SPEC, sink).text("port") }
            }
            _ => {
                const SPEC: Spec = Spec::new(&["regime"], &[]);
                Action::Transition { regime: Item::leaf(child, &SPEC, sink).text("regime") }
            }
        });
    }
    List::Owned(out)
}

fn state_variable(element: Element<'_>, sink: &mut Diagnostics) -> StateVariable {
    const SPEC: Spec = Spec::new(&["name", "dimension"], &["exposure"]);
    let item = Item::leaf(element, &SPEC, sink);
    StateVariable {
        name: item.text("name"),
        dimension: item.dimension(),
        exposure: item.option("exposure").filter(|t| !t.is_empty()),
        description: item.description(),
    }
}

fn derived_variable(element: Element<'_>, sink: &mut Diagnostics) -> DerivedVariable {
    const SPEC: Spec =
        Spec::new(&["name"], &["dimension", "exposure", "value", "select", "reduce", "required"]);
    let item = Item::leaf(element, &SPEC, sink);
    DerivedVariable {
        name: item.text("name"),
        dimension: item.option("dimension").filter(|t| !t.is_empty()),
        exposure: item.option("exposure").filter(|t| !t.is_empty()),
        source: item.source(sink),
        description: item.description(),
    }
}

fn conditional_variable(
    element: Element<'_>,
    sink: &mut Diagnostics,
) -> ConditionalDerivedVariable {
    const SPEC: Spec = Spec::new(&["name"], &["dimension", "exposure", "required"]);
    const CASE: Spec = Spec::new(&["value"], &["condition", "name"]);
    let item = Item::open(element, &SPEC, sink);
    let mut cases = Vec::new();
    for child in item.children(&["Case"], sink) {
        let case = Item::leaf(child, &CASE, sink);
        let condition = case.option("condition").filter(|t| !t.is_empty());
        cases.push(Case { condition, value: case.text("value") });
    }
    ConditionalDerivedVariable {
        name: item.text("name"),
        dimension: item.option("dimension").filter(|t| !t.is_empty()),
        exposure: item.option("exposure").filter(|t| !t.is_empty()),
        cases: List::Owned(cases),
        description: item.description(),
    }
}

fn kinetic_scheme(element: Element<'_>, sink: &mut Diagnostics) -> KineticScheme {
    const SPEC: Spec = Spec::new(
        &[
            "name",
            "nodes",
            "stateVariable",
            "edges",
            "edgeSource",
            "edgeTarget",
            "forwardRate",
            "reverseRate",
        ],
        &["dependency", "step"],
    );
    let item = Item::leaf(element, &SPEC, sink);
    KineticScheme {
        name: item.text("name"),
        nodes: item.text("nodes"),
        state_variable: item.text("stateVariable"),
        edges: item.text("edges"),
        edge_source: item.text("edgeSource"),
        edge_target: item.text("edgeTarget"),
        forward_rate: item.text("forwardRate"),
        reverse_rate: item.text("reverseRate"),
        dependency: item.option("dependency"),
        step: item.option("step"),
        description: item.description(),
    }
}
