//! A mechanism as text.

use std::fmt::Write as _;

use nml_codegen::syntax;
use nml_expr::{BinaryOp, Expr, Form, Function, Node, Parentheses, Syntax};

use super::ast::{Assigned, Derivative, Draw, Kinetic, Mechanism, Parameter, Receive, Stmt};

/// How NMODL writes expressions.
struct Nmodl;

impl Syntax for Nmodl {
    fn binary(&self, op: BinaryOp) -> Form<'_> {
        syntax::operator(op)
    }

    fn call(&self, function: Function) -> (&str, &str) {
        let before = match function {
            Function::Abs => "fabs(",
            other => syntax::call(other),
        };
        (before, ")")
    }
}

/// An expression as NMODL.
fn expression(expr: &Expr) -> String {
    expr.print(&Nmodl, Parentheses::Minimal)
}

/// Functions that NMODL lacks, with their text.
const OWN_FUNCTIONS: [(Function, &str); 2] = [
    (
        Function::Heaviside,
        "FUNCTION heaviside(x) {\n    if (x < 0) {\n        heaviside = 0\n    } else if (x > 0) {\n        \
         heaviside = 1\n    } else {\n        heaviside = 0.5\n    }\n}\n",
    ),
    (
        Function::Factorial,
        "FUNCTION factorial(n) {\n    LOCAL k\n    factorial = 1\n    k = 2\n    while (k <= n) {\n        factorial = \
         factorial * k\n        k = k + 1\n    }\n}\n",
    ),
];

/// How long a line of local variables may become.
const LONGEST_LOCALS: usize = 200;

struct Out {
    text: String,
    depth: usize,
}

impl Out {
    /// A line; the translator reads no more than 512 letters of one, so longer ones are broken between words.
    fn line(&mut self, line: &str) {
        const LONGEST: usize = 400;
        if line.len() > LONGEST && !line.contains(':') {
            let at = line.char_indices().take_while(|(at, _)| *at < LONGEST);
            if let Some((at, _)) = at.filter(|(_, c)| *c == ' ').last() {
                self.line(&line[..at]);
                return self.line(&line[at + 1..]);
            }
        }
        if !line.is_empty() {
            for _ in 0..self.depth {
                self.text.push_str("    ");
            }
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    fn open(&mut self, head: &str) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.line("}");
    }

    fn variables(&mut self, head: &str, all: &[Assigned]) {
        if all.is_empty() {
            return;
        }
        self.open(head);
        for one in all {
            match one.unit {
                Some(unit) => self.line(&format!("{} ({unit})", one.name)),
                None => self.line(&one.name),
            }
        }
        self.close();
        self.line("");
    }

    fn numbers(&mut self, head: &str, all: &[&Parameter]) {
        if all.is_empty() {
            return;
        }
        self.open(head);
        for p in all {
            let unit = p.unit.map_or(String::new(), |unit| format!(" ({unit})"));
            self.line(&format!("{} = {}{unit}", p.name, p.value));
        }
        self.close();
        self.line("");
    }

    fn locals(&mut self, locals: &[String]) {
        // The translator takes lines of some 500 characters.
        let mut line = "LOCAL ".to_owned();
        for (at, name) in locals.iter().enumerate() {
            if line.len() + name.len() > LONGEST_LOCALS {
                self.line(line.trim_end());
                "    ".clone_into(&mut line);
            }
            line.push_str(name);
            line.push_str(if at + 1 < locals.len() { ", " } else { "" });
        }
        if !locals.is_empty() {
            self.line(&line);
        }
    }

    fn statements(&mut self, all: &[Stmt]) {
        for one in all {
            self.statement(one);
        }
    }

    fn statement(&mut self, one: &Stmt) {
        match one {
            Stmt::Assign(to, value) => self.line(&format!("{to} = {}", expression(value))),
            Stmt::If(cases) => {
                for (at, (condition, body)) in cases.iter().enumerate() {
                    let head = match (at, condition) {
                        (0, Some(c)) => format!("if ({}) {{", expression(c)),
                        (0, None) => "if (1) {".to_owned(),
                        (_, Some(c)) => format!("}} else if ({}) {{", expression(c)),
                        (_, None) => "} else {".to_owned(),
                    };
                    self.line(&head);
                    self.depth += 1;
                    self.statements(body);
                    self.depth -= 1;
                }
                self.line("}");
            }
            Stmt::Call(name) => self.line(&format!("{name}()")),
            Stmt::Send => self.line("net_event(t)"),
            Stmt::Schedule(after, flag) => {
                self.line(&format!("net_send({}, {flag})", expression(after)));
            }
            Stmt::Watch(value, flag) => {
                self.line(&format!("WATCH ({} > 0) {flag}", expression(value)));
            }
            Stmt::Stop(at) => self.line(&format!("at_time({})", expression(at))),
            Stmt::Rest(block) => self.line(&format!("SOLVE {block} STEADYSTATE sparse")),
        }
    }

    fn neuron(&mut self, it: &Mechanism) {
        self.open("NEURON");
        let what = if it.point { "POINT_PROCESS" } else { "SUFFIX" };
        self.line(&format!("{what} {}", it.name));
        for ion in &it.ions {
            let mut line = format!("USEION {}", ion.name);
            if !ion.reads.is_empty() {
                let _ = write!(line, " READ {}", ion.reads.join(", "));
            }
            if !ion.writes.is_empty() {
                let _ = write!(line, " WRITE {}", ion.writes.join(", "));
            }
            let _ = write!(line, " VALENCE {}", ion.valence);
            self.line(&line);
        }
        if let Some(current) = &it.nonspecific {
            self.line(&format!("NONSPECIFIC_CURRENT {current}"));
        }
        for some in it.range.chunks(8) {
            self.line(&format!("RANGE {}", some.join(", ")));
        }
        for draw in &it.draws {
            self.line(&format!("RANDOM {}", draw.variable));
        }
        self.line("THREADSAFE");
        self.close();
        self.line("");
    }

    /// Of the four words of a block two make a number, as in `nml simulate`.
    fn draw(&mut self, Draw { stream, variable, function, by_step }: &Draw) {
        self.line(&format!(": from stream {stream}"));
        self.open(&format!("FUNCTION {function}()"));
        self.line("LOCAL high, low");
        if *by_step {
            self.line(&format!("random_setseq({variable}, 4 * floor(t / dt + 0.75))"));
        }
        for (name, divisor) in [("high", 32), ("low", 64)] {
            self.line(&format!("{name} = floor(random_ipick({variable}) / {divisor})"));
        }
        self.line(&format!("{function} = (high * 67108864 + low) / 9007199254740992"));
        for _ in 0..2 {
            self.line(&format!("low = random_ipick({variable})"));
        }
        self.close();
        self.line("");
    }

    fn derivative(&mut self, it: &Derivative) {
        self.open(&format!("DERIVATIVE {}", it.name));
        self.statements(&it.before);
        for (state, rate) in &it.rates {
            self.line(&format!("{state}' = {}", expression(rate)));
        }
        self.close();
        self.line("");
    }

    fn kinetic(&mut self, it: &Kinetic) {
        self.open(&format!("KINETIC {}", it.name));
        self.statements(&it.before);
        for r in &it.reactions {
            let (forward, reverse) = (expression(&r.forward), expression(&r.reverse));
            self.line(&format!("~ {} <-> {} ({forward}, {reverse})", r.source, r.target));
        }
        for states in &it.conserved {
            self.line(&format!("CONSERVE {} = 1", states.join(" + ")));
        }
        self.close();
        self.line("");
    }

    fn receive(&mut self, it: &Receive) {
        self.open(&format!("NET_RECEIVE({})", it.argument));
        let before = |regime: &String| format!("{regime}_before");
        let mut locals = it.locals.clone();
        locals.extend(it.regime.iter().map(before));
        self.locals(&locals);
        if !it.initial.is_empty() {
            self.open("INITIAL");
            self.statements(&it.initial);
            self.close();
        }
        for regime in &it.regime {
            self.line(&format!("{} = {regime}", before(regime)));
        }
        self.line("if (flag == 0) {");
        self.depth += 1;
        match &*it.ports {
            [] => {}
            [only] => self.statements(only),
            several => {
                for (port, body) in several.iter().enumerate() {
                    let head = if port == 0 { "" } else { "} else " };
                    self.line(&format!("{head}if ({} == {port}) {{", it.argument));
                    self.depth += 1;
                    self.statements(body);
                    self.depth -= 1;
                }
                self.line("}");
            }
        }
        self.depth -= 1;
        for (flag, remark, body) in &it.own {
            self.line(&format!("}} else if (flag == {flag}) {{ : {remark}"));
            self.depth += 1;
            self.statements(body);
            self.depth -= 1;
        }
        self.line("}");
        self.statements(&it.after);
        if !it.rearm.is_empty() {
            let changed = it.regime.iter().map(|r| format!("{r} != {}", before(r)));
            let changed: Vec<String> = changed.collect();
            self.open(&format!("if ({})", changed.join(" || ")));
            self.statements(&it.rearm);
            self.close();
        }
        self.close();
        self.line("");
    }
}

impl Parameter {
    /// Whether six digits are all it has.
    fn is_short(&self) -> bool {
        let parse = |text: &str| text.parse::<f64>().ok();
        let value = parse(&self.value);
        value.is_some_and(|x| parse(&format!("{x:.5e}")) == Some(x))
    }
}

impl Mechanism {
    /// The text of its file.
    pub fn print(&self) -> String {
        let mut out = Out { text: String::new(), depth: 0 };
        for line in &self.head {
            out.line(format!(": {line}").trim_end());
        }
        out.line("");
        out.neuron(self);
        let changes = |p: &Parameter| p.is_short() || self.range.contains(&p.name);
        let (parameters, constants): (Vec<&Parameter>, Vec<&Parameter>) =
            self.parameters.iter().partition(|p| changes(p));
        out.numbers("PARAMETER", &parameters);
        // Of a parameter the translator keeps six digits, of a constant all.
        out.numbers("CONSTANT", &constants);
        out.variables("ASSIGNED", &self.assigned);
        out.variables("STATE", &self.states);
        out.open("INITIAL");
        out.locals(&self.initial_locals);
        out.statements(&self.initial);
        out.close();
        out.line("");
        if !self.solves.is_empty() || !self.breakpoint.is_empty() {
            out.open("BREAKPOINT");
            out.locals(&self.breakpoint_locals);
            for solve in &self.solves {
                out.line(&format!("SOLVE {} METHOD {}", solve.block, solve.method));
            }
            out.statements(&self.breakpoint);
            out.close();
            out.line("");
        }
        if let Some(derivative) = &self.derivative {
            out.derivative(derivative);
        }
        for kinetic in &self.kinetics {
            out.kinetic(kinetic);
        }
        for procedure in &self.procedures {
            out.open(&format!("PROCEDURE {}()", procedure.name));
            out.locals(&procedure.locals);
            out.statements(&procedure.body);
            out.close();
            out.line("");
        }
        if !self.after_solve.is_empty() {
            out.open("AFTER SOLVE");
            out.statements(&self.after_solve);
            out.close();
            out.line("");
        }
        if let Some(receive) = &self.receive {
            out.receive(receive);
        }
        for (function, text) in OWN_FUNCTIONS {
            if self.calls(function) {
                out.text.push_str(text);
                out.line("");
            }
        }
        for draw in &self.draws {
            out.draw(draw);
        }
        let kept = out.text.trim_end().len();
        out.text.truncate(kept);
        out.text.push('\n');
        out.text
    }

    /// Whether a function is called anywhere.
    pub fn calls(&self, function: Function) -> bool {
        let is_call = |node: Node| matches!(node, Node::Call(f, _) if f == function);
        self.expressions().iter().any(|e| e.nodes().any(|(_, node)| is_call(node)))
    }

    /// Whether a variable is read anywhere.
    pub fn reads_variable(&self, name: &str) -> bool {
        self.expressions().iter().any(|e| e.uses_variable(name))
    }

    /// All expressions.
    fn expressions(&self) -> Vec<&Expr> {
        let mut lists: Vec<&[Stmt]> = vec![&self.initial, &self.breakpoint, &self.after_solve];
        lists.extend(self.procedures.iter().map(|p| &*p.body));
        lists.extend(self.kinetics.iter().map(|k| &*k.before));
        let mut exprs: Vec<&Expr> = Vec::new();
        if let Some(d) = &self.derivative {
            lists.push(&d.before);
            exprs.extend(d.rates.iter().map(|(_, rate)| rate));
        }
        for r in self.kinetics.iter().flat_map(|k| &k.reactions) {
            exprs.extend([&r.forward, &r.reverse]);
        }
        if let Some(r) = &self.receive {
            lists.extend(r.ports.iter().map(Vec::as_slice));
            lists.extend(r.own.iter().map(|(_, _, body)| &**body));
            lists.extend([&*r.after, &r.rearm]);
        }
        while let Some(list) = lists.pop() {
            for stmt in list {
                match stmt {
                    Stmt::Assign(_, e)
                    | Stmt::Schedule(e, _)
                    | Stmt::Watch(e, _)
                    | Stmt::Stop(e) => exprs.push(e),
                    Stmt::If(cases) => {
                        exprs.extend(cases.iter().filter_map(|(c, _)| c.as_ref()));
                        lists.extend(cases.iter().map(|(_, body)| &**body));
                    }
                    Stmt::Call(_) | Stmt::Send | Stmt::Rest(_) => {}
                }
            }
        }
        exprs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_constants() {
        let parameter =
            |value: &str| Parameter { name: "x".to_owned(), value: value.to_owned(), unit: None };
        assert!(parameter("-65").is_short() && parameter("1.25e-7").is_short());
        assert!(!parameter("13.88888889").is_short());
        let parameters = vec![parameter("13.88888889")];
        let mechanism = Mechanism { parameters, ..Mechanism::default() };
        assert!(mechanism.print().contains("CONSTANT {\n    x = 13.88888889\n}"));
    }
}
