//! What names mean.

use nml_base::Span;
use nml_flat::{
    Flat, Formula, Hop, Kind, KindId, NodeId, Operand, QuantityId, Reduce, Role, Seen, Selection,
    Value,
};
use nml_model::Model;
use nml_units::Dimension;

/// How deep names may refer to names; a model that goes deeper is refused.
const DEEPEST: usize = 400;

/// A part that cannot be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    /// Where.
    pub(crate) span: Span,
    /// What, to follow "Brian 2 cannot express".
    pub(crate) what: String,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Symbol {
    /// A quantity of the same instance: a parameter, a state, something computed.
    Own(QuantityId),
    /// A parameter of something around.
    Constant(KindId, QuantityId, f64),
    /// A number in SI.
    Number(f64, Dimension),
    /// Simulated time.
    Time,
    /// A quantity of another instance.
    Other(Vec<Hop>, KindId, QuantityId),
}

/// The model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct World<'a> {
    pub(crate) model: &'a Model,
    pub(crate) flat: &'a Flat,
}

/// The one number that a quantity is for all instances.
pub(crate) fn uniform(role: &Role) -> Option<f64> {
    match role {
        Role::Parameter(x) => Some(*x),
        Role::Property(values) => {
            let first = *values.first()?;
            values.iter().all(|x| *x == first).then_some(first)
        }
        Role::State | Role::Derived | Role::Requirement | Role::Selected => None,
    }
}

impl World<'_> {
    /// A problem with a node.
    pub(crate) fn problem(self, id: KindId, node: NodeId, what: impl Into<String>) -> Problem {
        let component = self.flat.kind(id).node(node).component;
        Problem { span: self.model.component(component).id_span(), what: what.into() }
    }

    /// A problem with a quantity: where it is declared, else with its node.
    pub(crate) fn problem_of(self, id: KindId, q: QuantityId, what: impl Into<String>) -> Problem {
        let quantity = self.flat.kind(id).quantity(q);
        let at_node = self.problem(id, quantity.node, what);
        Problem { span: quantity.span.unwrap_or(at_node.span), ..at_node }
    }

    /// The dimension of a quantity: as declared, else as its equation has it.
    pub(crate) fn dimension(self, id: KindId, q: QuantityId) -> Dimension {
        self.dimension_at(self.flat.kind(id), q, 0)
    }

    fn dimension_at(self, kind: &Kind, q: QuantityId, depth: usize) -> Dimension {
        /// How deep equations are followed for it.
        const DEEP: usize = 12;
        let quantity = kind.quantity(q);
        if let Some(name) = quantity.dimension.as_deref() {
            return self.model.units().dimension(name).unwrap_or(Dimension::NONE);
        }
        let derived = &kind.node(quantity.node).dynamics.derived;
        let value = derived.iter().find(|(known, _)| *known == q).map(|(_, value)| value);
        let formula = match value {
            Some(Value::Formula(formula)) => Some(formula),
            Some(Value::Cases(cases)) => cases.first().map(|(_, formula)| formula),
            None => None,
        };
        let Some(formula) = formula.filter(|_| depth < DEEP) else { return Dimension::NONE };
        let inference = formula.expr.infer(|name| {
            let mut names = formula.expr.symbols().zip(&formula.operands);
            let operand = names.find(|(known, _)| *known == name).map(|(_, operand)| operand)?;
            Some(match operand {
                Operand::Time => Dimension::TIME,
                Operand::Constant(_) => Dimension::NONE,
                Operand::Quantity(q) => self.dimension_at(kind, *q, depth + 1),
            })
        });
        inference.result().dimension().unwrap_or(Dimension::NONE)
    }

    /// What the symbols of a formula stand for, in order.
    pub(crate) fn symbols(self, id: KindId, formula: &Formula) -> Result<Vec<Symbol>, Problem> {
        let found = formula.operands.iter().map(|operand| match operand {
            Operand::Time => Ok(Symbol::Time),
            Operand::Constant(x) => Ok(Symbol::Number(*x, Dimension::NONE)),
            Operand::Quantity(q) => self.quantity(id, *q),
        });
        let found: Result<Vec<Symbol>, Problem> = found.collect();
        found.map_err(|p| Problem { span: formula.span.unwrap_or(p.span), ..p })
    }

    /// What is seen at a node of a kind.
    pub(crate) fn seen(self, id: KindId, seen: Seen) -> Result<Symbol, Problem> {
        match shown(self.flat.kind(id), seen) {
            Shown::Time => Ok(Symbol::Time),
            Shown::Quantity(q) => self.quantity(id, q),
            Shown::Nothing => Ok(Symbol::Number(0.0, Dimension::NONE)),
        }
    }

    /// What a quantity of a kind stands for.
    pub(crate) fn quantity(self, asked_in: KindId, asked: QuantityId) -> Result<Symbol, Problem> {
        let (mut hops, mut id, mut at) = (Vec::new(), asked_in, asked);
        for _ in 0..DEEPEST {
            let kind = self.flat.kind(id);
            let quantity = kind.quantity(at);
            let here = |hops: Vec<Hop>| {
                if hops.is_empty() { Symbol::Own(at) } else { Symbol::Other(hops, id, at) }
            };
            match &quantity.role {
                Role::Parameter(_) | Role::Property(_) => {
                    return Ok(match uniform(&quantity.role) {
                        Some(x) if !hops.is_empty() => Symbol::Constant(id, at, x),
                        _ => here(hops),
                    });
                }
                Role::State | Role::Derived => return Ok(here(hops)),
                Role::Requirement | Role::Selected => {}
            }
            let dynamics = &kind.node(quantity.node).dynamics;
            let requirement = dynamics.requirements.iter().find(|(known, _)| *known == at);
            let selection = dynamics.selected.iter().find(|(known, _)| *known == at);
            let view = match (requirement, selection) {
                (Some((_, view)), _) | (None, Some((_, Selection::One(view)))) => view,
                (None, Some((_, Selection::Reduce { op, inside, members }))) => {
                    if members.iter().any(|(kind, _)| self.flat.kind(*kind).count() > 0) {
                        return Ok(here(hops));
                    }
                    match (inside.as_slice(), op) {
                        ([], Reduce::Add) => {
                            return Ok(Symbol::Number(0.0, self.dimension(id, at)));
                        }
                        ([], Reduce::Multiply) => return Ok(Symbol::Number(1.0, Dimension::NONE)),
                        ([only], _) => match shown(kind, *only) {
                            Shown::Quantity(next) => at = next,
                            Shown::Time => return Ok(Symbol::Time),
                            Shown::Nothing => {
                                return Ok(Symbol::Number(0.0, self.dimension(id, at)));
                            }
                        },
                        _ => return Ok(here(hops)),
                    }
                    continue;
                }
                (None, None) => break,
            };
            let own = view.hops.is_empty() && view.kind == id;
            if !own {
                hops.extend(view.hops.iter().copied());
            }
            let dimension = self.dimension(id, at);
            id = view.kind;
            match shown(self.flat.kind(id), view.seen) {
                Shown::Quantity(next) => at = next,
                Shown::Time => return Ok(Symbol::Time),
                Shown::Nothing => return Ok(Symbol::Number(0.0, dimension)),
            }
        }
        let name = &self.flat.kind(asked_in).quantity(asked).name;
        Err(self.problem_of(asked_in, asked, format!("`{name}`, which leads nowhere")))
    }

    /// Whether a kind has equations or conditions at all.
    pub(crate) fn acts(self, id: KindId) -> bool {
        self.flat.kind(id).nodes.iter().any(|node| {
            let d = &node.dynamics;
            !(d.rates.is_empty()
                && d.derived.is_empty()
                && d.on_condition.is_empty()
                && d.on_event.is_empty()
                && d.regimes.is_empty()
                && d.schemes.is_empty())
        })
    }
}

/// What is behind something seen.
pub(crate) enum Shown {
    Quantity(QuantityId),
    Time,
    Nothing,
}

pub(crate) fn shown(kind: &Kind, seen: Seen) -> Shown {
    match seen {
        Seen::Time => Shown::Time,
        Seen::Quantity(q) => Shown::Quantity(q),
        Seen::Exposure(e) => match kind.exposures[e.index()].quantity {
            Some(q) => Shown::Quantity(q),
            None => Shown::Nothing,
        },
    }
}
