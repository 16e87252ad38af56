//! What NetPyNE needs of mechanisms beyond what NEURON does.

use nml_codegen_nmodl::Plan;
use nml_codegen_nmodl::nmodl::{Mechanism, Procedure, Stmt};
use nml_expr::Expr;

/// The procedure that NetPyNE calls in all sources of events.
const SEED: &str = "noiseFromRandom";

/// What the standard calls the weight of a synapse.
pub(crate) const WEIGHT: &str = "weight";

/// The text of each mechanism, by name.
pub(crate) fn mechanisms(plan: &Plan<'_>) -> Vec<(String, String)> {
    let all = plan.files.iter().map(|file| {
        let mut mechanism = file.mechanism.clone();
        if mechanism.point {
            if sends(&mechanism) {
                let (locals, body) = (Vec::new(), Vec::new());
                mechanism.procedures.push(Procedure { name: SEED.to_owned(), locals, body });
            }
            weighted(&mut mechanism);
        }
        (file.name.clone(), mechanism.print())
    });
    all.collect()
}

/// Lets a connection's weight be the weight of what it leads to.
fn weighted(mechanism: &mut Mechanism) {
    if weight(mechanism).is_none() {
        return;
    }
    if !mechanism.range.iter().any(|name| name == WEIGHT) {
        mechanism.range.push(WEIGHT.to_owned());
    }
    if !takes_weight(mechanism) {
        return;
    }
    let free = free_name(mechanism);
    if let Some(receive) = &mut mechanism.receive {
        receive.initial.push(Stmt::Assign(WEIGHT.to_owned(), Expr::variable(&free)));
        receive.argument = free;
    }
}

/// A name for the argument that nothing else has.
fn free_name(mechanism: &Mechanism) -> String {
    let assigned = mechanism.assigned.iter().chain(&mechanism.states).map(|a| &a.name);
    let mut taken: Vec<&String> = mechanism.parameters.iter().map(|p| &p.name).collect();
    taken.extend(assigned.chain(mechanism.procedures.iter().map(|p| &p.name)));
    taken.extend(mechanism.receive.iter().flat_map(|r| &r.locals));
    let mut name = "w".to_owned();
    while taken.contains(&&name) {
        name.push('_');
    }
    name
}

/// The weight that is written in a mechanism, where it has one.
pub(crate) fn weight(mechanism: &Mechanism) -> Option<f64> {
    let own = mechanism.parameters.iter().find(|parameter| parameter.name == WEIGHT)?;
    own.value.parse().ok()
}

/// Whether a synapse has a weight of its own that connections may bring.
pub(crate) fn takes_weight(mechanism: &Mechanism) -> bool {
    let one_port = mechanism.receive.as_ref().is_some_and(|r| r.ports.len() == 1);
    one_port && weight(mechanism).is_some()
}

/// Whether events leave a mechanism.
pub(crate) fn sends(mechanism: &Mechanism) -> bool {
    fn any(all: &[Stmt]) -> bool {
        all.iter().any(|stmt| match stmt {
            Stmt::Send => true,
            Stmt::If(cases) => cases.iter().any(|(_, body)| any(body)),
            Stmt::Assign(..)
            | Stmt::Call(_)
            | Stmt::Schedule(..)
            | Stmt::Watch(..)
            | Stmt::Stop(_)
            | Stmt::Rest(_) => false,
        })
    }
    mechanism.receive.as_ref().is_some_and(|receive| {
        receive.ports.iter().any(|body| any(body))
            || receive.own.iter().any(|(_, _, body)| any(body))
            || any(&receive.after)
            || any(&receive.rearm)
    })
}
