//! Mechanisms in Arbor's dialect of NMODL.
//!
//! Arbor knows neither the time nor the step inside of a mechanism, no conditions that wait, no events of a
//! mechanism's own, and variables of a block only within that block.  So procedures are written out where they are
//! called, time is a state of its own with the rate 1, and what cannot be said is told.

use std::fmt::Write as _;

use nml_codegen::syntax;
use nml_codegen_nmodl::nmodl::{Mechanism, Stmt};
use nml_expr::{BinaryOp, Expr, Form, Function, Parentheses, Syntax};
use rustc_hash::FxHashSet;

/// The event by which NEURON's variable steps begin anew where an input changes: nothing else.
const EDGE: u32 = 1000;
/// What is told of resets and the like.
const ACTING: &str =
    "conditions that act when they come to hold (`OnCondition`), such as resets of a potential";
/// The event by which NEURON begins to watch conditions.
const BEGIN: u32 = 1;

/// How the dialect writes expressions.
struct Dialect;

impl Syntax for Dialect {
    fn binary(&self, op: BinaryOp) -> Form<'_> {
        syntax::operator(op)
    }

    fn call(&self, function: Function) -> (&str, &str) {
        // What is lacking is refused before.
        (if function == Function::Heaviside { "step(" } else { syntax::call(function) }, ")")
    }
}

/// What the dialect lacks.
const LACKING: [Function; 6] = [
    Function::Tan,
    Function::Sinh,
    Function::Cosh,
    Function::Ceil,
    Function::Random,
    Function::Factorial,
];

/// The name of the state that is the time.
const CLOCK: &str = "clock";

/// Names that mean something to Arbor.
const RESERVED: [&str; 14] = [
    CLOCK,
    "weight",
    "diam",
    "celsius",
    "v_peer",
    "min",
    "max",
    "step",
    "step_left",
    "step_right",
    "sigmoid",
    "relu",
    "signum",
    "advance",
];

/// A variable as Arbor can have it.
pub(crate) fn legal(name: &str) -> String {
    if RESERVED.contains(&name) { format!("own_{name}") } else { name.to_owned() }
}

fn text(expr: &Expr) -> String {
    let name = |name: &str| if name == "t" { CLOCK.to_owned() } else { legal(name) };
    let renamed = expr.rename(|known| Some(name(known)));
    renamed.print(&Dialect, Parentheses::Full)
}

/// A block in the making.
#[derive(Debug, Default)]
struct Block {
    head: String,
    /// Before the variables of the block: what is solved.
    first: Vec<String>,
    body: Vec<Stmt>,
    /// After the statements.
    last: Vec<(String, Vec<Expr>)>,
}

/// A mechanism whose words Arbor understands.
#[derive(Debug)]
pub(crate) struct Arbor<'a> {
    it: &'a Mechanism,
    blocks: Vec<Block>,
    /// Whether it counts time.
    clock: bool,
    /// Whether anybody hears the events it sends at once.
    heard: bool,
}

/// Variables that are set in a list of statements.
fn set(body: &[Stmt], found: &mut FxHashSet<String>) {
    for stmt in body {
        match stmt {
            Stmt::Assign(to, _) => {
                found.insert(to.clone());
            }
            Stmt::If(cases) => cases.iter().for_each(|(_, inner)| set(inner, found)),
            _ => {}
        }
    }
}

/// Follows a variable through statements: whether it is set after them, and whether it is read before that.
fn follow(body: &[Stmt], name: &str, is_set: &mut bool, is_missed: &mut bool) {
    for stmt in body {
        match stmt {
            Stmt::Assign(to, value) => {
                *is_missed |= !*is_set && value.uses_variable(name);
                *is_set |= to == name;
            }
            Stmt::If(cases) => {
                let before = *is_set;
                let mut everywhere = cases.iter().any(|(condition, _)| condition.is_none());
                for (condition, inner) in cases {
                    *is_missed |= !before && condition.iter().any(|c| c.uses_variable(name));
                    let mut here = before;
                    follow(inner, name, &mut here, is_missed);
                    everywhere &= here;
                }
                *is_set |= everywhere;
            }
            _ => {}
        }
    }
}

/// Expressions of a list of statements.
fn expressions<'s>(body: &'s [Stmt], found: &mut Vec<&'s Expr>) {
    for stmt in body {
        match stmt {
            Stmt::Assign(_, value) => found.push(value),
            Stmt::If(cases) => {
                for (condition, inner) in cases {
                    found.extend(condition);
                    expressions(inner, found);
                }
            }
            _ => {}
        }
    }
}

impl<'a> Arbor<'a> {
    /// Reads a mechanism; `detected` says that a detector stands for the events that conditions send,
    /// `heard` that somebody hears those that are passed on.
    ///
    /// # Errors
    /// Says what Arbor lacks.
    pub(crate) fn of(it: &'a Mechanism, detected: bool, heard: bool) -> Result<Self, String> {
        for function in LACKING {
            if it.calls(function) {
                return Err(format!("the function `{function}`"));
            }
        }
        if !it.draws.is_empty() {
            return Err("random numbers".to_owned());
        }
        let mut made = Self { it, blocks: Vec::new(), clock: it.reads_variable("t"), heard };
        let recorded: Vec<&String> = it
            .after_solve
            .iter()
            .filter_map(|stmt| match stmt {
                Stmt::Call(name) => Some(name),
                _ => None,
            })
            .collect();
        if it.after_solve.iter().any(|stmt| !matches!(stmt, Stmt::Call(_))) {
            return Err("conditions on a membrane".to_owned());
        }
        let mut initial = Block { head: "INITIAL".to_owned(), ..Block::default() };
        initial.body = made.inlined(&it.initial, &recorded)?;
        let mut breakpoint = Block { head: "BREAKPOINT".to_owned(), ..Block::default() };
        for solve in it.solves.iter().filter(|solve| solve.method == "sparse") {
            breakpoint.first.push(format!("SOLVE {} METHOD sparse", solve.block));
        }
        breakpoint.body = made.linear(made.inlined(&it.breakpoint, &[])?);
        let mut rest = Vec::new();
        if let Some(d) = &it.derivative {
            // What moves by itself is solved by itself, what is coupled as one system.
            let states: Vec<&String> = d.rates.iter().map(|(state, _)| state).collect();
            let coupled = coupled(&d.rates);
            for together in [false, true] {
                let own = d.rates.iter().filter(|(state, _)| coupled.contains(state) == together);
                let mut block = Block::default();
                for (state, rate) in own {
                    if is_curved(rate, &states) {
                        return Err(format!("a rate of `{state}` that is not linear"));
                    }
                    let line = format!("{}' = {}", legal(state), text(rate));
                    block.last.push((line, vec![rate.clone()]));
                }
                if block.last.is_empty() {
                    continue;
                }
                let (name, method) = if together {
                    (format!("{}_together", d.name), "sparse")
                } else {
                    (d.name.clone(), "cnexp")
                };
                breakpoint.first.push(format!("SOLVE {name} METHOD {method}"));
                block.head = format!("DERIVATIVE {name}");
                block.body = made.inlined(&d.before, &[])?;
                rest.push(block);
            }
        }
        if made.clock {
            let line = (format!("{CLOCK}' = 1"), Vec::new());
            breakpoint.first.push("SOLVE advance METHOD cnexp".to_owned());
            let head = "DERIVATIVE advance".to_owned();
            rest.push(Block { head, last: vec![line], ..Block::default() });
        }
        for k in &it.kinetics {
            let mut block = Block { head: format!("KINETIC {}", k.name), ..Block::default() };
            block.body = made.inlined(&k.before, &[])?;
            for r in &k.reactions {
                let (forward, reverse) = (text(&r.forward), text(&r.reverse));
                let line = format!(
                    "~ {} <-> {} ({forward}, {reverse})",
                    legal(&r.source),
                    legal(&r.target)
                );
                block.last.push((line, vec![r.forward.clone(), r.reverse.clone()]));
            }
            for states in &k.conserved {
                block
                    .last
                    .push((format!("CONSERVE {} = 1", names(states).join(" + ")), Vec::new()));
            }
            rest.push(block);
        }
        // What is recorded is computed with the currents.
        breakpoint.body.extend(made.inlined(&it.after_solve, &[])?);
        made.blocks.push(initial);
        made.blocks.push(breakpoint);
        made.blocks.extend(rest);
        made.receive(detected)?;
        Ok(made)
    }

    /// What events do.
    fn receive(&mut self, detected: bool) -> Result<(), String> {
        let Some(receive) = &self.it.receive else { return Ok(()) };
        // Of the variables listed there, those of regimes are read elsewhere, those of conditions are not.
        let regime = |name: &String| self.blocks.iter().any(|block| block.reads(name));
        if receive.regime.iter().any(regime) {
            return Err("regimes, such as refractory periods".to_owned());
        }
        let mut own: FxHashSet<String> = FxHashSet::default();
        for (flag, _, body) in &receive.own {
            if matches!(*flag, EDGE | BEGIN) {
                continue;
            }
            if !detected || !body.iter().all(is_quiet) {
                return Err(ACTING.to_owned());
            }
            set(body, &mut own);
        }
        // What only conditions set and read says when to send, which the detector knows; at the start none has acted.
        let later = || self.blocks.iter().filter(|block| block.head != "INITIAL");
        let read = |name: &String| later().any(|block| block.reads(name));
        if own.iter().any(read) || own.contains("v") {
            return Err(ACTING.to_owned());
        }
        match receive.ports.as_slice() {
            [] => {}
            [only] => {
                let body = self.inlined(only, &[])?;
                let head = "NET_RECEIVE(weight)".to_owned();
                self.blocks.push(Block { head, body, ..Block::default() });
            }
            _ => return Err("several ports for events".to_owned()),
        }
        Ok(())
    }

    /// Statements with procedures written out; what belongs to waiting conditions is dropped.
    fn inlined(&self, body: &[Stmt], dropped: &[&String]) -> Result<Vec<Stmt>, String> {
        let mut made = Vec::new();
        for stmt in body {
            match stmt {
                Stmt::Assign(..) | Stmt::Rest(_) => made.push(stmt.clone()),
                Stmt::Send if self.heard => return Err("an event that is passed on".to_owned()),
                Stmt::Schedule(..) | Stmt::Watch(..) | Stmt::Stop(_) | Stmt::Send => {}
                Stmt::Call(name) if dropped.contains(&name) => {}
                Stmt::Call(name) => {
                    let procedure = self.it.procedures.iter().find(|p| p.name == *name);
                    let inner = procedure.map_or(&[][..], |p| &p.body);
                    made.extend(self.inlined(inner, dropped)?);
                }
                Stmt::If(cases) => {
                    let mut kept = Vec::new();
                    for (condition, inner) in cases {
                        kept.push((condition.clone(), self.inlined(inner, dropped)?));
                    }
                    if kept.iter().any(|(_, inner)| !inner.is_empty()) {
                        made.push(Stmt::If(kept));
                    }
                }
            }
        }
        Ok(made)
    }

    /// The current as one expression of the potential: Arbor takes its conductance from there.
    fn linear(&self, body: Vec<Stmt>) -> Vec<Stmt> {
        let mut on_v: FxHashSet<String> = FxHashSet::default();
        on_v.insert("v".to_owned());
        let mut made: Vec<Stmt> = Vec::new();
        let mut known: Vec<(String, Expr)> = Vec::new();
        let carried = |name: &str| {
            self.it.nonspecific.as_deref() == Some(name)
                || self.it.ions.iter().any(|ion| ion.writes.iter().any(|w| w == name))
        };
        for stmt in body {
            let Stmt::Assign(to, value) = stmt else {
                made.push(stmt);
                continue;
            };
            let put = value.substitute(|name| {
                known.iter().rev().find(|(n, _)| n == name).map(|(_, e)| e.clone())
            });
            let value = put.unwrap_or(value);
            let follows = value.symbols().any(|name| on_v.contains(name));
            if follows && !carried(&to) && !self.read_under_condition(&to) {
                on_v.insert(to.clone());
                known.push((to, value));
            } else {
                made.push(Stmt::Assign(to, value));
            }
        }
        made
    }

    /// Whether a variable is read in a condition, or in what follows one.
    fn read_under_condition(&self, name: &str) -> bool {
        let mut found = Vec::new();
        for stmt in &self.it.breakpoint {
            if let Stmt::If(_) = stmt {
                expressions(std::slice::from_ref(stmt), &mut found);
            }
        }
        found.iter().any(|e| e.uses_variable(name))
    }

    /// The text of its file.
    pub(crate) fn print(&self, name: &str, head: &[String], kind: &str) -> String {
        let mut out = String::new();
        let it = self.it;
        for line in head {
            out.push_str(format!(": {line}").trim_end());
            out.push('\n');
        }
        out.push_str("\nNEURON {\n");
        let mut line = |text: &str| {
            out.push_str("    ");
            out.push_str(text);
            out.push('\n');
        };
        line(&format!("{kind} {name}"));
        for ion in &it.ions {
            let part = |word: &str, names: &[String]| {
                if names.is_empty() {
                    String::new()
                } else {
                    format!(" {word} {}", names.join(", "))
                }
            };
            line(&format!(
                "USEION {}{}{} VALENCE {}",
                ion.name,
                part("READ", &ion.reads),
                part("WRITE", &ion.writes),
                ion.valence
            ));
        }
        if let Some(current) = &it.nonspecific {
            line(&format!("NONSPECIFIC_CURRENT {current}"));
        }
        let kept = self.kept();
        let parameter =
            |name: &&String| it.parameters.iter().any(|p| p.name == **name) || kept.contains(name);
        // What events read belongs to the instance.
        let received: Vec<&Block> =
            self.blocks.iter().filter(|b| b.head.starts_with("NET_RECEIVE")).collect();
        let read = it.parameters.iter().map(|p| &p.name);
        let read = read.filter(|n| !it.range.contains(n) && received.iter().any(|b| b.reads(n)));
        let range: Vec<String> =
            it.range.iter().filter(parameter).chain(read).map(|n| legal(n)).collect();
        for some in range.chunks(8) {
            line(&format!("RANGE {}", some.join(", ")));
        }
        out.push_str("}\n\nPARAMETER {\n");
        for p in &it.parameters {
            let unit = p.unit.map_or(String::new(), |unit| format!(" : {unit}"));
            _ = writeln!(out, "    {} = {}{unit}", legal(&p.name), p.value);
        }
        if self.blocks.iter().any(|block| block.reads("area")) {
            out.push_str("    area : um2\n");
        }
        out.push_str("}\n\nSTATE {\n");
        for state in &it.states {
            let unit = state.unit.map_or(String::new(), |unit| format!(" : {unit}"));
            _ = writeln!(out, "    {}{unit}", legal(&state.name));
        }
        if self.clock {
            _ = writeln!(out, "    {CLOCK} : ms");
        }
        out.push_str("}\n");
        if !kept.is_empty() {
            out.push_str("\nASSIGNED {\n");
            for name in &kept {
                _ = writeln!(out, "    {}", legal(name));
            }
            out.push_str("}\n");
        }
        for (at, block) in self.blocks.iter().enumerate() {
            _ = writeln!(out, "\n{} {{", block.head);
            for first in &block.first {
                _ = writeln!(out, "    {first}");
            }
            let mut own = FxHashSet::default();
            set(&block.body, &mut own);
            let mut own: Vec<String> =
                own.into_iter().filter(|n| !kept.contains(n) && self.is_temporary(n)).collect();
            own.sort();
            if !own.is_empty() {
                _ = writeln!(out, "    LOCAL {}", names(&own).join(", "));
            }
            if at == 0 && self.clock {
                _ = writeln!(out, "    {CLOCK} = 0");
            }
            statements(&block.body, 1, &mut out);
            for (line, _) in &block.last {
                _ = writeln!(out, "    {line}");
            }
            out.push_str("}\n");
        }
        out
    }

    /// Whether a name is no state, parameter or current.
    fn is_temporary(&self, name: &str) -> bool {
        let it = self.it;
        let ion = |ion: &nml_codegen_nmodl::nmodl::UseIon| {
            ion.reads.iter().chain(&ion.writes).any(|known| known == name)
        };
        !(it.states.iter().any(|s| s.name == name)
            || it.parameters.iter().any(|p| p.name == name)
            || it.nonspecific.as_deref() == Some(name)
            || it.ions.iter().any(ion)
            || name == "v")
    }

    /// Variables that outlive a block: read where they are not set.
    fn kept(&self) -> Vec<String> {
        let mut all = FxHashSet::default();
        for block in &self.blocks {
            set(&block.body, &mut all);
        }
        all.extend(self.it.assigned.iter().map(|a| a.name.clone()));
        let outlives = |name: &String| {
            // What is recorded is looked at from outside.
            if self.it.range.contains(name) {
                return true;
            }
            self.blocks.iter().any(|block| block.reads(name) && !block.sets_first(name))
        };
        let temporary = |name: &String| self.is_temporary(name) && name != "area" && name != "t";
        let mut kept: Vec<String> = all.into_iter().filter(temporary).filter(outlives).collect();
        kept.sort();
        kept
    }
}

impl Block {
    /// Whether a variable that is set here is so on every way to where it is read.
    fn sets_first(&self, name: &str) -> bool {
        let (mut is_set, mut is_missed) = (false, false);
        follow(&self.body, name, &mut is_set, &mut is_missed);
        let after = self.last.iter().flat_map(|(_, all)| all).any(|e| e.uses_variable(name));
        !is_missed && (is_set || !after)
    }

    fn reads(&self, name: &str) -> bool {
        let mut found = Vec::new();
        expressions(&self.body, &mut found);
        found.extend(self.last.iter().flat_map(|(_, all)| all));
        found.iter().any(|e| e.uses_variable(name))
    }
}

/// Whether a statement does nothing but set variables and send.
fn is_quiet(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Send | Stmt::Assign(..) | Stmt::Schedule(..) => true,
        Stmt::If(cases) => cases.iter().all(|(_, inner)| inner.iter().all(is_quiet)),
        _ => false,
    }
}

/// States whose rates name other states, and those they name.
fn coupled(rates: &[(String, Expr)]) -> FxHashSet<String> {
    let mut found: FxHashSet<String> = FxHashSet::default();
    for (state, rate) in rates {
        for (other, _) in rates.iter().filter(|(other, _)| other != state) {
            if rate.uses_variable(other) {
                found.extend([state.clone(), other.clone()]);
            }
        }
    }
    found
}

/// Whether a rate is not linear in the states; where that cannot be told, it counts as linear.
fn is_curved(rate: &Expr, states: &[&String]) -> bool {
    states.iter().any(|state| {
        let slope = rate.differentiate(state).map(|slope| slope.simplify());
        slope.is_ok_and(|slope| states.iter().any(|other| slope.uses_variable(other)))
    })
}

fn names(all: &[String]) -> Vec<String> {
    all.iter().map(|name| legal(name)).collect()
}

fn statements(body: &[Stmt], depth: usize, out: &mut String) {
    let pad = "    ".repeat(depth);
    for stmt in body {
        match stmt {
            Stmt::Assign(to, value) => {
                _ = writeln!(out, "{pad}{} = {}", legal(to), text(value));
            }
            Stmt::Rest(block) => {
                _ = writeln!(out, "{pad}SOLVE {block} STEADYSTATE sparse");
            }
            Stmt::If(cases) => {
                for (at, (condition, inner)) in cases.iter().enumerate() {
                    let head = match (at, condition) {
                        (0, Some(c)) => format!("{pad}if ({}) {{\n", text(c)),
                        (0, None) => format!("{pad}if (1 == 1) {{\n"),
                        (_, Some(c)) => format!("{pad}}} else if ({}) {{\n", text(c)),
                        (_, None) => format!("{pad}}} else {{\n"),
                    };
                    out.push_str(&head);
                    statements(inner, depth + 1, out);
                }
                _ = writeln!(out, "{pad}}}");
            }
            Stmt::Call(_) | Stmt::Send | Stmt::Schedule(..) | Stmt::Watch(..) | Stmt::Stop(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_a_state() {
        let expr: Expr = "t - delay".parse().expect("it is an expression");
        assert_eq!(text(&expr), "clock - delay");
    }
}
