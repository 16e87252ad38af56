//! The names of variables in a component type without children.

use nml_codegen::Namer;
use nml_expr::{Expr, Lems, Parentheses};
use nml_flat::{Formula, Kind, NodeId, Operand, QuantityId, Role, Seen};
use rustc_hash::FxHashMap;

use crate::rest::State;

/// The name of each quantity of a kind.
#[derive(Debug)]
pub(crate) struct Names {
    quantities: Vec<String>,
    /// Of occupancies: what belongs to them when the scheme starts: a weight, the sum of
    /// weights, whether they leave it open, the rate of leaving.
    starts: FxHashMap<QuantityId, [String; 4]>,
    /// The time that rates are taken for when schemes start.
    pub(crate) rest_time: String,
}

/// Words of the expression language, and what every interpreter knows by itself.
const RESERVED: [&str; 17] = [
    "t",
    "exp",
    "log",
    "ln",
    "sqrt",
    "sin",
    "cos",
    "tan",
    "sinh",
    "cosh",
    "tanh",
    "abs",
    "ceil",
    "random",
    "factorial",
    "H",
    "peer",
];

impl Names {
    /// The quantities of the root keep their names; those inside have the way to them in front.
    ///
    /// `outside` are names that requirements of any node have outside.
    pub(crate) fn of(kind: &Kind, outside: &FxHashMap<QuantityId, String>) -> Self {
        let taken = outside.values().map(String::as_str);
        let mut namer = Namer::new(RESERVED.into_iter().chain(taken)).at_most(120);
        let mut names = vec![String::new(); kind.quantities.len()];
        let ids = || (0..kind.quantities.len()).rev();
        // A later declaration of the same name hides an earlier one, so it gets the name.
        let own = |at: usize| kind.quantities[at].node == NodeId::ROOT;
        for at in ids().filter(|at| own(*at)).chain(ids().filter(|at| !own(*at))) {
            let quantity = &kind.quantities[at];
            let known = u32::try_from(at).ok().and_then(|at| outside.get(&QuantityId(at)));
            names[at] = match known {
                Some(name) => name.clone(),
                None => namer.give(&wish(kind, quantity.node, &quantity.name)),
            };
        }
        let schemes = kind.nodes.iter().flat_map(|node| &node.dynamics.schemes);
        let states = schemes.flat_map(|scheme| scheme.states.iter().copied());
        let more = ["weight", "weights", "open", "leaving"];
        let starts = states
            .map(|id| (id, more.map(|what| namer.give(&format!("{}_{what}", names[id.index()])))));
        Self { starts: starts.collect(), rest_time: namer.give("rest_time"), quantities: names }
    }

    pub(crate) fn of_quantity(&self, id: QuantityId) -> &str {
        &self.quantities[id.index()]
    }

    /// What belongs to a state when its scheme starts.
    pub(crate) fn start_of(&self, id: QuantityId) -> State<'_> {
        let occupancy = self.of_quantity(id);
        match self.starts.get(&id) {
            Some([weight, whole, open, leaving]) => {
                State { occupancy, weight, whole, open, leaving }
            }
            None => State { occupancy, weight: "", whole: "", open: "", leaving: "" },
        }
    }

    /// One name stands for another's quantity from now on.
    pub(crate) fn alias(&mut self, id: QuantityId, of: QuantityId) {
        self.quantities[id.index()] = self.quantities[of.index()].clone();
    }

    /// What is seen at a node of the same instance, as an expression.
    pub(crate) fn seen(&self, kind: &Kind, seen: Seen) -> String {
        let id = match seen {
            Seen::Time => return "t".to_owned(),
            Seen::Quantity(id) => Some(id),
            Seen::Exposure(id) => kind.exposures[id.index()].quantity,
        };
        id.map_or("0".to_owned(), |id| self.of_quantity(id).to_owned())
    }

    /// A formula with the new names.
    pub(crate) fn formula(&self, formula: &Formula) -> String {
        let symbols: Vec<String> = formula.expr.symbols().map(str::to_owned).collect();
        let mut values: FxHashMap<&str, Expr> = FxHashMap::default();
        for (symbol, operand) in symbols.iter().zip(&formula.operands) {
            let value = match operand {
                Operand::Time => Some(Expr::variable("t")),
                Operand::Quantity(id) => Some(Expr::variable(self.of_quantity(*id))),
                Operand::Constant(x) => Expr::number(*x),
            };
            if let Some(value) = value {
                values.insert(symbol, value);
            }
        }
        let put = formula.expr.substitute(|name| values.get(name).cloned());
        // Names and literals make no tree larger than it may be.
        put.unwrap_or_else(|_| formula.expr.clone()).print(&Lems, Parentheses::Minimal)
    }
}

/// `naChans_na_m_q` for `q` of `naChans/na/m`.
fn wish(kind: &Kind, node: NodeId, name: &str) -> String {
    let mut parts = vec![name];
    let mut at = kind.node(node);
    while let Some(parent) = at.parent {
        parts.push(if at.name.is_empty() { &at.slot } else { &at.name });
        at = kind.node(parent);
    }
    parts.reverse();
    parts.join("_")
}

/// The number of nodes around one.
pub(crate) fn depth(kind: &Kind, node: NodeId) -> usize {
    std::iter::successors(kind.node(node).parent, |at| kind.node(*at).parent).count()
}

/// Whether a quantity is fixed before the start.
pub(crate) fn is_fixed(role: &Role) -> bool {
    matches!(role, Role::Parameter(_))
}
