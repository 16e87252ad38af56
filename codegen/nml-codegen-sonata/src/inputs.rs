//! Currents into cells.

use nml_codegen::number::moved;
use nml_codegen_nmodl::{Plan, Problem, Thing};
use nml_flat::{KindId, NodeId, Role};
use rustc_hash::FxHashSet;

use crate::graph::{Graph, at_section};

/// A pulse into some nodes of a population.
#[derive(Debug)]
pub(crate) struct Pulse {
    pub(crate) name: String,
    pub(crate) population: usize,
    pub(crate) nodes: Vec<u32>,
    /// nA
    pub(crate) amplitude: f64,
    /// ms
    pub(crate) delay: f64,
    /// ms
    pub(crate) duration: f64,
}

/// All inputs; problems for those that are no pulses into the first section of a cell.
pub(crate) fn inputs(plan: &Plan<'_>, graph: &Graph, problems: &mut Vec<Problem>) -> Vec<Pulse> {
    let flat = plan.world.flat;
    let heard: FxHashSet<KindId> = flat.wires.iter().map(|wires| wires.to.0).collect();
    let mut found: Vec<Pulse> = Vec::new();
    for (id, thing) in plan.kinds() {
        if plan.world.cells.contains_key(&id) || heard.contains(&id) {
            continue;
        }
        let Thing::Point(..) = thing else { continue };
        let kind = flat.kind(id);
        let mut problem = |what: String| problems.push(Problem { span: kind.span, what });
        let ty = &kind.node(NodeId::ROOT).ty;
        let Some(home) = kind.home.filter(|_| ty == "pulseGenerator") else {
            problem(format!("an input of type `{ty}`"));
            continue;
        };
        let carries = plan.world.cells.get(&home.kind).is_some_and(|c| c.shaped || c.v.is_some());
        if !carries {
            problem("a current into a cell without a membrane".to_owned());
            continue;
        }
        let value = |name: &str, power| plan.constant(id, name).map(|x| moved(x, power));
        let values = (value("amplitude", 9), value("delay", 3), value("duration", 3));
        let (Some(amplitude), Some(delay), Some(duration)) = values else {
            problem("a pulse whose size is computed".to_owned());
            continue;
        };
        let weight = kind.quantities.iter().find(|q| q.node == NodeId::ROOT && q.name == "weight");
        let weight = |instance: usize| match weight.map(|q| &q.role) {
            Some(Role::Property(values)) => values.get(instance).copied().unwrap_or(1.0),
            Some(Role::Parameter(value)) => *value,
            _ => 1.0,
        };
        for (instance, &parent) in kind.parents.iter().enumerate() {
            let site = kind.sites.get(instance);
            if !matches!(at_section(plan, home.kind, site), Some((0, _))) {
                problem("a current elsewhere than into the first section of a cell".to_owned());
                break;
            }
            let amplitude = amplitude * weight(instance);
            for (population, nodes) in graph.by_population(home.kind, [parent]) {
                let same = |pulse: &&mut Pulse| {
                    pulse.population == population
                        && pulse.amplitude.to_bits() == amplitude.to_bits()
                        && pulse.delay.to_bits() == delay.to_bits()
                        && pulse.duration.to_bits() == duration.to_bits()
                        // Two of the same on one cell are two inputs.
                        && !pulse.nodes.contains(&nodes[0])
                };
                if let Some(pulse) = found.iter_mut().rev().find(same) {
                    pulse.nodes.extend(nodes);
                    continue;
                }
                let name = kind.name.clone();
                found.push(Pulse { name, population, nodes, amplitude, delay, duration });
            }
        }
    }
    let mut taken = nml_codegen::Namer::new([]);
    for pulse in &mut found {
        pulse.name = taken.give(&format!("{}_{}", pulse.name, graph.nodes[pulse.population].name));
    }
    found
}
