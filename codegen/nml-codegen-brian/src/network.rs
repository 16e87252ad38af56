//! Groups, synapses and what connects them, as Python.

use nml_codegen::Namer;
use nml_codegen::python::Py;
use nml_flat::{KindId, NodeId, Outlet, QuantityId, Role};
use rustc_hash::FxHashMap;

use crate::group::{Equation, Group, Markov, zero};
use crate::handlers::{Assignment, Condition};
use crate::parts::{Part, Term};
use crate::reserved;
use crate::resolve::{Problem, World};
use crate::tables::Tables;
use crate::units;

/// A statement.
#[derive(Clone, Debug)]
pub(crate) enum Line {
    /// `target = value`, or the value alone.
    Do(Option<String>, Py),
    /// A comment.
    Note(String),
    Blank,
}

/// What a kind became.
#[derive(Debug)]
pub(crate) struct Made<'a> {
    pub(crate) group: Group<'a>,
    /// Of cells and sources: the variable.  Of what is attached: by part.
    pub(crate) variables: Vec<String>,
    pub(crate) parts: Vec<Part>,
    pub(crate) terms: Vec<Term>,
    /// By condition that sends: the event and the ports.
    pub(crate) events: Vec<(String, Vec<(NodeId, u32)>)>,
    /// What is recorded of synapses and computed there: by quantity a variable that keeps it.
    pub(crate) kept: FxHashMap<QuantityId, String>,
}

/// The program in the making.
#[derive(Debug)]
pub(crate) struct Program<'a> {
    pub(crate) world: World<'a>,
    pub(crate) made: FxHashMap<KindId, Made<'a>>,
    pub(crate) order: Vec<KindId>,
    pub(crate) lines: Vec<Line>,
    pub(crate) tables: Tables,
    pub(crate) namer: Namer,
    pub(crate) problems: Vec<Problem>,
}

/// A namer for variables of the program.
pub(crate) fn variables() -> Namer {
    let words = reserved::words();
    Namer::new(words.iter().map(String::as_str)).at_most(50)
}

/// The event of each condition: `spike` for the only one that sends.
pub(crate) fn events(conditions: &[Condition]) -> Vec<String> {
    let senders = conditions.iter().filter(|c| !c.sends.is_empty()).count();
    let name = |(at, c): (usize, &Condition)| {
        let only = !c.sends.is_empty() && senders == 1;
        if only { "spike".to_owned() } else { format!("event_{}", at + 1) }
    };
    conditions.iter().enumerate().map(name).collect()
}

fn code(actions: &[Assignment]) -> Vec<String> {
    actions.iter().map(|a| format!("{} = {}", a.target, a.value)).collect()
}

impl Program<'_> {
    fn problem(&mut self, id: KindId, what: impl Into<String>) {
        let problem = self.world.problem(id, NodeId::ROOT, what);
        self.problems.push(problem);
    }

    /// Cells and sources, then what is attached, then wires between cells.
    pub(crate) fn build(&mut self) {
        let (cells, others): (Vec<KindId>, Vec<KindId>) =
            self.order.clone().into_iter().partition(|id| !self.made[id].group.attached);
        for &id in &cells {
            self.neurons(id);
        }
        for id in others {
            for part in 0..self.made[&id].parts.len() {
                self.synapses(id, part);
            }
        }
        for id in cells {
            self.inputs(id);
        }
    }

    fn namespace(&self, id: KindId) -> Py {
        let constants = self.made[&id].group.constants.iter();
        let mut all: Vec<(String, Py)> = constants
            .map(|(name, (x, d))| (name.clone(), Py::Name(units::quantity(*x, *d))))
            .collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        Py::Dict(all)
    }

    fn title(&self, id: KindId) -> String {
        let kind = self.world.flat.kind(id);
        format!("`{}`, a {}", kind.name, kind.node(NodeId::ROOT).ty)
    }

    /// By sum: what is attached adds these variables.
    fn attached_to(&self, id: KindId) -> Vec<(QuantityId, String)> {
        let mut found = Vec::new();
        for other in &self.order {
            let made = &self.made[other];
            if self.world.flat.kind(*other).home.map(|home| home.kind) != Some(id) {
                continue;
            }
            for term in &made.terms {
                for variable in &made.variables {
                    found.push((term.sum, self.sum_name(id, term.sum, variable)));
                }
            }
        }
        found
    }

    fn sum_name(&self, home: KindId, sum: QuantityId, part: &str) -> String {
        format!("{}_{part}", self.made[&home].group.names.get(sum))
    }

    fn neurons(&mut self, id: KindId) {
        let made = &self.made[&id];
        let group = &made.group;
        let kind = self.world.flat.kind(id);
        let variable = made.variables[0].clone();
        let sums = self.attached_to(id);
        let mut lines = Vec::new();
        let mut more = Vec::new();
        for (q, equation) in &group.equations {
            let own: Vec<&String> =
                sums.iter().filter(|(sum, _)| sum == q).map(|(_, name)| name).collect();
            let dimension = group.dimension(*q);
            more.extend(own.iter().map(|name| Equation::Held((*name).clone(), dimension)));
            match equation {
                Equation::Computed(name, text, _) if !own.is_empty() || text.is_empty() => {
                    let mut terms: Vec<&str> = own.iter().map(|name| name.as_str()).collect();
                    if !text.is_empty() {
                        terms.insert(0, text);
                    }
                    let text = if terms.is_empty() { zero(dimension) } else { terms.join(" + ") };
                    lines.push(Equation::Computed(name.clone(), text, dimension).print(false));
                }
                _ => lines.push(equation.print(false)),
            }
        }
        lines.extend(more.iter().map(|equation| equation.print(false)));
        let mut regimes: Vec<_> = group.regimes.iter().collect();
        regimes.sort();
        lines
            .extend(regimes.iter().map(|(_, name)| Equation::Regime((*name).clone()).print(false)));
        let mut named = vec![("name", Py::text(variable.clone()))];
        if let Some(method) = method(group) {
            named.push(("method", method));
        }
        let names = events(&group.conditions);
        let alone = group.conditions.len() == 1;
        let mut custom = Vec::new();
        for (condition, name) in group.conditions.iter().zip(&names) {
            if name == "spike" {
                named.push(("threshold", Py::text(condition.test.clone())));
                let reset = code(&condition.actions);
                let empty = reset.is_empty();
                named.push(("reset", if empty { Py::text("") } else { Py::Block(reset) }));
            } else {
                custom.push((name.clone(), Py::text(condition.test.clone())));
            }
        }
        if !custom.is_empty() {
            named.push(("events", Py::Dict(custom)));
        }
        named.push(("namespace", self.namespace(id)));
        let mut calls = Vec::new();
        for (at, (condition, name)) in group.conditions.iter().zip(&names).enumerate() {
            let order = u32::try_from(at).unwrap_or(u32::MAX).saturating_mul(2);
            if condition.late {
                // It sees what the conditions before it have done.
                let plain = vec![Py::text(name.clone()), Py::text("resets"), Py::int(order)];
                calls.push((None, Py::call(format!("{variable}.set_event_schedule"), plain)));
            }
            if condition.actions.is_empty() {
                continue;
            }
            if name == "spike" {
                if !alone {
                    let order_of = format!("{variable}.resetter[\"spike\"].order");
                    calls.push((Some(order_of), Py::int(order + 1)));
                }
                continue;
            }
            let plain = vec![Py::text(name.clone()), Py::Block(code(&condition.actions))];
            let named = vec![("when", Py::text("resets")), ("order", Py::int(order + 1))];
            let call = Py::Call(format!("{variable}.run_on_event"), plain, named);
            calls.push((None, call));
        }
        let plain = vec![Py::int(kind.count()), Py::Block(lines)];
        self.lines.push(Line::Blank);
        self.lines.push(Line::Note(self.title(id)));
        let call = Py::Call("NeuronGroup".to_owned(), plain, named);
        self.lines.push(Line::Do(Some(variable.clone()), call));
        self.lines.extend(calls.into_iter().map(|(to, call)| Line::Do(to, call)));
        let rows: Vec<u32> = (0..kind.count()).collect();
        self.values(id, &variable, &rows);
    }

    /// Numbers that differ between instances, and values at the start.
    fn values(&mut self, id: KindId, variable: &str, rows: &[u32]) {
        let columns = self.made[&id].group.columns.clone();
        for q in columns {
            let Role::Property(values) = &self.world.flat.kind(id).quantity(q).role else {
                continue;
            };
            let own: Option<Vec<f64>> =
                rows.iter().map(|row| values.get(*row as usize).copied()).collect();
            let Some(own) = own else {
                self.problem(id, "a number that some instances lack");
                continue;
            };
            let name = self.made[&id].group.names.get(q).to_owned();
            let (unit, power) = units::scale(self.made[&id].group.dimension(q));
            let column = self.column(&format!("{variable}_{name}"), &own, power);
            let text = format!("{column}{unit}");
            self.lines.push(Line::Do(Some(format!("{variable}.{name}")), Py::Name(text)));
        }
        let starts = self.made[&id].group.starts.clone();
        for Assignment { target, value } in starts {
            let target = format!("{variable}.{target}");
            self.lines.push(Line::Do(Some(target), Py::text(value)));
        }
        let schemes = self.made[&id].group.schemes.clone();
        for Markov { states, edges } in schemes {
            let states = states.into_iter().map(Py::Text).collect();
            let edge = |(a, b, forward, reverse): (u32, u32, String, String)| {
                Py::Tuple(vec![Py::int(a), Py::int(b), Py::text(forward), Py::text(reverse)])
            };
            let edges = edges.into_iter().map(edge).collect();
            let plain = vec![Py::name(variable), Py::List(states), Py::List(edges)];
            self.lines.push(Line::Do(None, Py::call("rest", plain)));
        }
    }

    /// A column in units of ten to a power: one number where all are the same.
    fn column(&mut self, name: &str, values: &[f64], power: i32) -> String {
        let moved = |x: &f64| nml_codegen::number::moved(*x, -power);
        let all: Vec<f64> = values.iter().map(moved).collect();
        match all.first() {
            Some(first) if all.iter().all(|x| x == first) => nml_codegen::python::number(*first),
            _ => self.tables.numbers(name, &all).flat(),
        }
    }

    fn synapses(&mut self, id: KindId, at: usize) {
        let made = &self.made[&id];
        let group = &made.group;
        let part = &made.parts[at];
        let variable = made.variables[at].clone();
        let Some(home) = self.world.flat.kind(id).home else { return };
        let pre = part.pre.unwrap_or(home.kind);
        let (Some(before), Some(after)) = (self.made.get(&pre), self.made.get(&home.kind)) else {
            return self.problem(id, "a partner that is no cell and no source of events");
        };
        let sides = [&before.variables[0], &after.variables[0]].map(|v| Py::name(v.clone()));
        let mut lines: Vec<String> = group.equations.values().map(|e| e.print(true)).collect();
        let mut kept: Vec<(&QuantityId, &String)> = made.kept.iter().collect();
        kept.sort();
        for (q, name) in &kept {
            lines.push(Equation::Held((*name).clone(), group.dimension(**q)).print(true));
        }
        let mut regimes: Vec<_> = group.regimes.iter().collect();
        regimes.sort();
        lines.extend(regimes.iter().map(|(_, name)| Equation::Regime((*name).clone()).print(true)));
        for term in &made.terms {
            if !after.group.equations.contains_key(&term.sum) {
                continue;
            }
            let sum = self.sum_name(home.kind, term.sum, &variable);
            let unit = units::unit(after.group.dimension(term.sum));
            let own = group.names.get(term.own);
            lines.push(format!("{sum}_post = {own} : {unit} (summed)"));
        }
        let mut named = vec![("name", Py::text(variable.clone()))];
        if let Some(method) = method(group) {
            named.push(("method", method));
        }
        let (mut codes, mut sources, mut delays) = (Vec::new(), Vec::new(), Vec::new());
        for pathway in &part.pathways {
            let senders = before.events.iter().filter(|(_, ports)| {
                ports.contains(&(pathway.from.1, pathway.from.2)) && pathway.from.0 == pre
            });
            for (event, _) in senders {
                let name = match codes.len() {
                    0 => "pre".to_owned(),
                    n => format!("pre_{}", n + 1),
                };
                let actions = group.ports.get(pathway.port as usize);
                let block = code(actions.map_or(&[][..], Vec::as_slice));
                codes.push((name.clone(), Py::Block(block)));
                sources.push((name.clone(), Py::text(event.clone())));
                delays.push((name, pathway.delays.clone()));
            }
        }
        let plain_event = sources.len() == 1 && sources[0].1 == Py::text("spike");
        if plain_event {
            if let Some((_, block)) = codes.pop() {
                named.push(("on_pre", block));
            }
        } else if !codes.is_empty() {
            named.push(("on_pre", Py::Dict(codes)));
            named.push(("on_event", Py::Dict(sources)));
        }
        named.push(("namespace", self.namespace(id)));
        let mut regular = Vec::new();
        for (at, condition) in group.conditions.iter().enumerate() {
            let mut block = vec![format!("now = int({})", condition.test)];
            for Assignment { target, value } in &condition.actions {
                // A copy is no variable of the group.
                block.push(if target.ends_with("_before") {
                    format!("{target} = {value}")
                } else {
                    format!("{target} = select(now > 0, {value}, {target})")
                });
            }
            let order = Py::int(u32::try_from(at).unwrap_or(u32::MAX));
            let named = vec![("when", Py::text("resets")), ("order", order)];
            regular.push(Py::Call(
                format!("{variable}.run_regularly"),
                vec![Py::Block(block)],
                named,
            ));
        }
        if !kept.is_empty() {
            // A monitor cannot follow what a synapse computes from the cells at its ends.
            let block =
                kept.iter().map(|(q, name)| format!("{name} = {}", group.names.get(**q))).collect();
            let named = vec![("when", Py::text("before_groups"))];
            regular.push(Py::Call(
                format!("{variable}.run_regularly"),
                vec![Py::Block(block)],
                named,
            ));
        }
        let (rows, sources, targets) =
            (part.rows.clone(), part.sources.clone(), part.targets.clone());
        let [before, after] = sides;
        self.lines.push(Line::Blank);
        self.lines.push(Line::Note(self.title(id)));
        let call = Py::Call("Synapses".to_owned(), vec![before, after, Py::Block(lines)], named);
        self.lines.push(Line::Do(Some(variable.clone()), call));
        self.connect(&variable, &sources, &targets);
        for (pathway, delays) in delays {
            self.delays(&variable, &pathway, &delays);
        }
        self.values(id, &variable, &rows);
        self.lines.extend(regular.into_iter().map(|call| Line::Do(None, call)));
    }

    fn connect(&mut self, variable: &str, sources: &[u32], targets: &[u32]) {
        let from = self.tables.indices(&format!("{variable}_i"), sources);
        let to = self.tables.indices(&format!("{variable}_j"), targets);
        let call =
            Py::Call(format!("{variable}.connect"), Vec::new(), vec![("i", from), ("j", to)]);
        self.lines.push(Line::Do(None, call));
    }

    fn delays(&mut self, variable: &str, pathway: &str, delays: &[f64]) {
        if delays.iter().all(|x| *x == 0.0) {
            return;
        }
        let column = self.column(&format!("{variable}_delay"), delays, -3);
        let call = Py::call("late", vec![Py::Name(format!("{column}*ms"))]);
        self.lines.push(Line::Do(Some(format!("{variable}.{pathway}.delay")), call));
    }

    /// Events that reach ports of cells.
    fn inputs(&mut self, id: KindId) {
        let flat = self.world.flat;
        for table in flat.wires.iter().filter(|table| table.to.0 == id) {
            let (_, node, port) = table.to;
            if node != NodeId::ROOT {
                self.problem(id, "an event for a part of a cell");
                continue;
            }
            let made = &self.made[&id];
            let actions = made.group.ports.get(port as usize).cloned().unwrap_or_default();
            if actions.is_empty() {
                continue;
            }
            let target = made.variables[0].clone();
            let Some(before) = self.made.get(&table.from.0).filter(|m| !m.group.attached) else {
                self.problem(id, "an event from what is attached to a cell");
                continue;
            };
            let source = before.variables[0].clone();
            let sent = before.events.iter();
            let events: Vec<String> = sent
                .filter(|(_, ports)| ports.contains(&(table.from.1, table.from.2)))
                .map(|(event, _)| event.clone())
                .collect();
            for event in events {
                let variable = self.namer.give(&format!("{source}_to_{target}"));
                let named = vec![
                    ("name", Py::text(variable.clone())),
                    ("on_pre", Py::Block(code(&actions))),
                    ("on_event", Py::text(event)),
                    ("namespace", self.namespace(id)),
                ];
                let plain = vec![Py::name(source.clone()), Py::name(target.clone())];
                let wires: Vec<_> = table.iter().collect();
                let from: Vec<u32> = wires.iter().map(|wire| wire.source).collect();
                let to: Vec<u32> = wires.iter().map(|wire| wire.target).collect();
                let delays: Vec<f64> = wires.iter().map(|wire| wire.delay.max(0.0)).collect();
                self.lines.push(Line::Blank);
                let call = Py::Call("Synapses".to_owned(), plain, named);
                self.lines.push(Line::Do(Some(variable.clone()), call));
                self.connect(&variable, &from, &to);
                self.delays(&variable, "pre", &delays);
            }
        }
    }

    /// The events that leave through a port.
    pub(crate) fn events_of(&self, outlet: Outlet) -> Vec<String> {
        let Some(made) = self.made.get(&outlet.kind) else { return Vec::new() };
        let port = (outlet.node, outlet.port);
        let sent = made.events.iter().filter(|(_, ports)| ports.contains(&port));
        sent.map(|(event, _)| event.clone()).collect()
    }
}

/// The method of integration: exact for one state while the others stand still, where its rate is smooth in it.
fn method(group: &Group<'_>) -> Option<Py> {
    let moves = group.equations.values().any(|e| matches!(e, Equation::Rate(..)));
    let name = if group.linear { Py::name("exponential") } else { Py::text("rk4") };
    moves.then_some(name)
}
