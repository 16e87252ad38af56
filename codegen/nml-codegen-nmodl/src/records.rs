//! Where the simulator keeps what is recorded.

use nml_flat::{KindId, NodeId, Probe, QuantityId, Role, Seen, Site};

use crate::lower::{Built, Outer, Scope, Symbol};
use crate::plan::{OnMembrane, Plan, Thing};
use crate::units::{MEMBRANE, POINT};

/// A column of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Where it is.
    pub place: Where,
    /// The power of ten of its unit in SI.
    pub power: i32,
}

/// Where a recorded number is.
#[derive(Clone, Debug, PartialEq)]
pub enum Where {
    /// Time, in ms.
    Time,
    /// Nowhere: it is this number, always.
    Fixed(f64),
    /// A cell's potential, in mV.
    Potential(OnCell),
    /// A variable of a compartment that is no mechanism's own, `cai`.
    Segment(OnCell, String),
    /// A variable of a mechanism on a membrane: mechanism and variable.
    Membrane(OnCell, String, String),
    /// A variable of a point process: instance of a kind and variable.
    Process(KindId, u32, String),
}

/// A place on a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnCell {
    /// Which cells.
    pub kind: KindId,
    /// Which of them.
    pub instance: u32,
    /// Where on it.
    pub site: Site,
}

/// Where a recorded quantity is.
///
/// # Errors
/// Says what cannot be recorded.
pub fn recorded(plan: &Plan<'_>, probe: Probe) -> Result<Recorded, String> {
    let flat = plan.world.flat;
    let kind = flat.kind(probe.kind);
    let with = |place, power| Ok(Recorded { place, power });
    let fixed = |x: f64| with(Where::Fixed(x), 0);
    let q = match probe.seen {
        Seen::Time => return with(Where::Time, -3),
        Seen::Quantity(q) => Some(q),
        Seen::Exposure(e) => kind.exposures[e.index()].quantity,
    };
    let Some(q) = q else { return fixed(0.0) };
    let node = kind.quantity(q).node;
    let part = match &plan.things[probe.kind.index()] {
        Thing::Shaped(parts) => parts
            .iter()
            .find(|part| Scope::new(&plan.world, probe.kind, part.node, MEMBRANE).has(node)),
        Thing::Point(..) | Thing::Nothing => None,
    };
    let (root, units) = part.map_or((NodeId::ROOT, POINT), |p| (p.node, MEMBRANE));
    let scope = Scope::new(&plan.world, probe.kind, root, units);
    let symbol = scope.quantity(q).map_err(|problem| problem.what)?;
    let place = || {
        let site = Site { segment: probe.segment, ..Site::default() };
        let found = match (plan.world.cells.get(&probe.kind), kind.home) {
            (Some(_), _) => OnCell { kind: probe.kind, instance: probe.instance, site },
            (None, Some(home)) => OnCell {
                kind: home.kind,
                instance: kind.parents[probe.instance as usize],
                site: kind.sites.get(probe.instance as usize),
            },
            (None, None) => return Err("a recording of no cell".to_owned()),
        };
        match plan.things[found.kind.index()] {
            Thing::Nothing => Err("a recording of a cell that does nothing".to_owned()),
            Thing::Shaped(_) | Thing::Point(..) => Ok(found),
        }
    };
    match symbol {
        Symbol::Number(x, _) => fixed(x),
        Symbol::Time => with(Where::Time, -3),
        Symbol::Outer(Outer::V) => with(Where::Potential(place()?), -3),
        Symbol::Outer(Outer::Inside(ion)) => with(Where::Segment(place()?, format!("{ion}i")), 0),
        Symbol::Outer(Outer::Outside(ion)) => with(Where::Segment(place()?, format!("{ion}o")), 0),
        Symbol::Outer(_) => Err("a recording of what belongs to another component".to_owned()),
        Symbol::Own(q) => {
            if let Role::Parameter(x) = kind.quantity(q).role {
                return fixed(x);
            }
            if let Role::Property(values) = &kind.quantity(q).role {
                let x = values.get(probe.instance as usize).copied();
                return x.map_or_else(|| Err("a recording without a value".to_owned()), fixed);
            }
            own(plan, probe, part, q, place)
        }
    }
}

/// Something a mechanism computes.
fn own(
    plan: &Plan<'_>,
    probe: Probe,
    part: Option<&OnMembrane>,
    q: QuantityId,
    place: impl Fn() -> Result<OnCell, String>,
) -> Result<Recorded, String> {
    let kind = plan.world.flat.kind(probe.kind);
    let unknown = || format!("a recording of `{}`", kind.quantity(q).name);
    let shown = |built: &Built| built.shown.get(&q).cloned().ok_or_else(unknown);
    if let Some(part) = part {
        let (name, power) = shown(&part.built)?;
        let ions = &part.built.mechanism.ions;
        // Concentrations belong to the compartment.
        let of_compartment = part.pool && ions.iter().any(|ion| ion.writes.contains(&name));
        let place = place()?;
        let place = if of_compartment {
            Where::Segment(place, name)
        } else {
            Where::Membrane(place, part.name.clone(), name)
        };
        return Ok(Recorded { place, power });
    }
    match &plan.things[probe.kind.index()] {
        Thing::Point(_, built) => {
            let (name, power) = shown(built)?;
            Ok(Recorded { place: Where::Process(probe.kind, probe.instance, name), power })
        }
        Thing::Shaped(_) | Thing::Nothing => Err(unknown()),
    }
}
