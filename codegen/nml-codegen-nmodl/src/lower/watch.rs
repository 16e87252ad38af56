//! Conditions: what is looked at in each step.

use nml_expr::{BinaryOp, Builder, Expr};
use nml_flat::{Action, Formula, NodeId, Operand, Role};

use super::condition::{above_zero, both, parted, stays, than_zero, times, zero};
use super::definition::Definition;
use super::mechanism::{Carries, Lowering};
use super::order;
use super::scope::Problem;
use super::sharp::SHARP;
use crate::nmodl::{Assigned, Parameter, Receive, Stmt};

/// The event by which a mechanism begins to watch.
pub(super) const BEGIN: u32 = 1;
/// The events at which inputs change, which make a variable step begin anew.
const EDGE: u32 = 1000;
/// Added to the event of a condition: it held when watching began, and is looked at again.
const STILL: u32 = 500;
/// The parameter that says when what holds already acts: after a step, where steps are fixed.  It is 0 unless set.
pub const NEXT_LOOK: &str = "next_look";
/// The parameter that says how much later that is of a potential or a state, where steps are variable: an event that
/// began the watching may have been a little early, so that what ends just then still seems to hold.  It is 0 unless
/// set.
pub const SETTLE: &str = "settle";

impl<'a> Lowering<'a> {
    /// What conditions and events do.
    pub(super) fn events(&mut self) -> Result<(), Problem> {
        let nodes: Vec<NodeId> = self.scope.nodes().collect();
        let mut own = Vec::new();
        let mut still = Vec::new();
        let mut watches: Vec<Watch> = Vec::new();
        let mut flag = BEGIN;
        let kind = self.scope.kind;
        for &node in nodes.iter().rev() {
            let dynamics = &kind.node(node).dynamics;
            let plain = dynamics.on_condition.iter().map(|c| (None, c));
            let regimes = (0_u32..).zip(&dynamics.regimes);
            let inner = regimes
                .flat_map(|(at, r)| r.on_condition.iter().map(move |c| (Some((node, at)), c)));
            for (regime, (condition, actions)) in plain.chain(inner) {
                if self.is_held(actions) {
                    continue;
                }
                if regime.is_none() && self.simple(actions) && !self.mechanism.point {
                    // A membrane has no events: the condition is looked at in each step.
                    let body = self.actions(node, actions, 0)?;
                    let when = self.formula(condition, nml_units::Dimension::NONE)?;
                    let body = Stmt::If(vec![(Some(when), body)]);
                    let pool = matches!(self.build.carries, Carries::Concentration(..));
                    let block = if pool {
                        &mut self.mechanism.breakpoint
                    } else {
                        &mut self.mechanism.after_solve
                    };
                    block.push(body);
                    continue;
                }
                if condition.expr.is_random() {
                    let span = condition.span.unwrap_or(kind.span);
                    let what = "a condition that draws a random number whenever it is looked at";
                    return Err(Problem { span, what: what.to_owned() });
                }
                flag += 1;
                let remark = condition.expr.to_string();
                let mut body = self.actions(node, actions, 0)?;
                let (switch, value) = self.watched(condition)?;
                let of_time = self.is_of_time(&value);
                let leaves = |action: &Action| {
                    regime.is_some_and(|(_, at)| matches!(action, Action::Enter(to) if *to != at))
                };
                let stays = !actions.iter().any(leaves) && stays(&self.scope, condition, actions);
                if stays {
                    let holds = format!("{NEXT_LOOK} .gt. 0").parse::<Expr>().ok();
                    let still = than_zero(BinaryOp::Gt, &value);
                    let both = holds.zip(still).and_then(|(a, b)| both(&a, &b));
                    let both = both.ok_or_else(|| self.too_large(condition))?;
                    let next = Stmt::Schedule(Expr::variable(NEXT_LOOK), flag + STILL);
                    body.push(Stmt::If(vec![(Some(both), vec![next])]));
                }
                if let Some(on) = &switch {
                    let on = than_zero(BinaryOp::Gt, &Expr::variable(on));
                    body = vec![Stmt::If(vec![(on, body)])];
                }
                let mut bent = None;
                if !of_time && self.scope.world.sharp {
                    let (watched, looked) = self
                        .sharpened(&value, flag, body)
                        .ok_or_else(|| self.too_large(condition))?;
                    (bent, body) = (Some(watched), looked);
                }
                if let Some((node, at)) = regime {
                    body = vec![Stmt::If(vec![(Some(self.in_regime(node, at)), body)])];
                }
                if of_time
                    && body
                        .iter()
                        .any(|s| matches!(s, Stmt::Assign(to, _) if value.uses_variable(to)))
                {
                    // The next time may be reached before the simulator has seen that this one is over; it watches
                    // for what comes to hold after it did not.
                    let again = vec![Stmt::Schedule(zero(), BEGIN)];
                    body.push(Stmt::If(vec![(than_zero(BinaryOp::Lt, &value), again)]));
                }
                if !of_time || stays {
                    let again = vec![Stmt::Schedule(zero(), flag)];
                    let again = Stmt::If(vec![(than_zero(BinaryOp::Gt, &value), again)]);
                    still.push((flag + STILL, "still".to_owned(), vec![again]));
                }
                watches.push(Watch { regime, switch, value, of_time, bent, flag });
                own.push((flag, remark, body));
            }
        }
        let ports = self.ports()?;
        // A membrane has no events; what follows from time there is seen at the next step.
        let edges = if self.mechanism.point { self.edges()? } else { Vec::new() };
        let begins = !watches.is_empty();
        if !begins && ports.is_empty() && edges.is_empty() {
            return Ok(());
        }
        let mut receive = Receive {
            argument: self.namer.give(if ports.len() > 1 { "port" } else { "unused" }),
            ports,
            ..Receive::default()
        };
        let switches = std::mem::take(&mut self.switches);
        self.at_start.extend(switches.iter().map(|(_, set)| set.clone()));
        if begins {
            let watch = self.watch(watches);
            receive.own.push((BEGIN, "begin to watch".to_owned(), watch));
            self.at_start.push(Stmt::Schedule(zero(), BEGIN));
        }
        receive.own.extend(own);
        receive.own.extend(still);
        receive.regime = self.regimes.iter().map(|(_, name)| name.clone()).collect();
        for (name, set) in switches {
            receive.regime.push(name);
            receive.after.push(set);
        }
        if !edges.is_empty() {
            receive.own.push((EDGE, "an input changes".to_owned(), Vec::new()));
            self.at_start.extend(edges);
        }
        if begins && !receive.regime.is_empty() {
            // Watching begins anew by an event of its own, which sees the potential that a handler has set.
            receive.rearm.push(Stmt::Schedule(zero(), BEGIN));
        } else {
            receive.regime.clear();
        }
        receive.locals = std::mem::take(&mut self.handler_locals);
        receive.locals.extend(self.look_locals());
        receive.locals.sort();
        receive.locals.dedup();
        self.mechanism.receive = Some(receive);
        Ok(())
    }

    /// The statements that begin to watch.  The simulator sees only what comes to hold from now on; what holds
    /// already acts at the next step, and where there are none at once.
    fn watch(&mut self, watches: Vec<Watch>) -> Vec<Stmt> {
        let mut all = Vec::new();
        let mut names = vec![NEXT_LOOK];
        if watches.iter().any(|watch| !watch.of_time) {
            names.push(SETTLE);
        }
        if watches.iter().any(|watch| watch.bent.is_some()) {
            names.push(SHARP);
        }
        for name in names {
            let unit = Some(if name == SHARP { "1" } else { "ms" });
            let (name, value) = (name.to_owned(), "0".to_owned());
            self.mechanism.parameters.push(Parameter { name, value, unit });
        }
        for Watch { regime, switch, value, of_time, bent, flag } in watches {
            // Time alone leaves 0 upwards, and the simulator does not see what begins there.
            let (op, at_once) = if of_time {
                (BinaryOp::Geq, Stmt::Schedule(Expr::variable(NEXT_LOOK), flag))
            } else {
                let both = format!("{NEXT_LOOK} + {SETTLE}").parse();
                let wait = both.unwrap_or_else(|_| Expr::variable(NEXT_LOOK));
                (BinaryOp::Gt, Stmt::Schedule(wait, flag + STILL))
            };
            let look = Stmt::If(vec![(than_zero(op, &value), vec![at_once])]);
            let first = vec![Stmt::Schedule(Expr::variable(NEXT_LOOK), flag)];
            let mut first = vec![Stmt::If(vec![(than_zero(op, &value), first)])];
            let mut body = vec![look, Stmt::Watch(bent.unwrap_or(value), flag)];
            if let Some(on) = switch {
                let on = than_zero(BinaryOp::Gt, &Expr::variable(&on));
                body = vec![Stmt::If(vec![(on.clone(), body)])];
                first = vec![Stmt::If(vec![(on, first)])];
            }
            if let Some((node, at)) = regime {
                let active = self.in_regime(node, at);
                body = vec![Stmt::If(vec![(Some(active.clone()), body)])];
                first = vec![Stmt::If(vec![(Some(active), first)])];
            }
            all.extend(body);
            // What holds at the start began nowhere earlier.
            if !of_time {
                self.at_start.extend(first);
            }
        }
        all
    }

    /// By port of the root, what an event from outside does.
    fn ports(&mut self) -> Result<Vec<Vec<Stmt>>, Problem> {
        let root = self.scope.root;
        let count = self.scope.kind.node(root).ports_in.len();
        let mut ports = Vec::new();
        for port in 0..u32::try_from(count).unwrap_or(u32::MAX) {
            ports.push(self.arrives(root, port, 0)?);
        }
        if ports.iter().all(Vec::is_empty) {
            ports.clear();
        }
        Ok(ports)
    }

    /// Whether actions are nothing but values that follow their conditions anyway.
    fn is_held(&self, actions: &[Action]) -> bool {
        actions.iter().all(|action| match action {
            Action::Assign(q, _) => {
                matches!(self.all.computed.get(q), Some(Definition::Held(_)))
            }
            Action::Send(_) | Action::Enter(_) => false,
        })
    }

    /// Whether actions do nothing but set states, from what is never computed.
    fn simple(&self, actions: &[Action]) -> bool {
        actions.iter().all(|action| match action {
            Action::Assign(_, formula) => order::own(&self.scope, [formula])
                .is_ok_and(|own| own.iter().all(|q| !self.all.computed.contains_key(q))),
            Action::Send(_) | Action::Enter(_) => false,
        })
    }

    /// An expression that is above 0 where a condition holds, and the switch that has to be on as well.
    fn watched(&mut self, condition: &Formula) -> Result<(Option<String>, Expr), Problem> {
        let roots = order::own(&self.scope, [condition])?;
        let order = order::sorted(&self.scope, &self.all, roots)?;
        let mut expr = self.formula(condition, nml_units::Dimension::NONE)?;
        // A watched expression is computed by itself, so what is derived is written out.
        for q in order.into_iter().rev() {
            let name = self.name(q)?;
            let Some(own) = self.plain(q)? else {
                let what = "a condition on a variable that is defined by cases";
                let span = condition.span.unwrap_or(self.scope.kind.span);
                return Err(Problem { span, what: what.to_owned() });
            };
            let put = expr.substitute(|known| (known == name).then(|| own.clone()));
            expr = put.map_err(|_| self.too_large(condition))?;
        }
        // A threshold is found on a straight line between steps, which the lesser of two numbers is not.
        let Some((only_if, rest)) = parted(&expr, |name| self.is_discrete(name)) else {
            let value = above_zero(&expr).ok_or_else(|| self.too_large(condition))?;
            return Ok((None, value));
        };
        let on = self.namer.give("on");
        self.extra.push(Assigned { name: on.clone(), unit: None });
        let set = |x: f64| Expr::number(x).map(|x| vec![Stmt::Assign(on.clone(), x)]);
        let (Some(yes), Some(no)) = (set(1.0), set(0.0)) else {
            return Err(self.too_large(condition));
        };
        self.switches.push((on.clone(), Stmt::If(vec![(Some(only_if), yes), (None, no)])));
        let value = above_zero(&rest).ok_or_else(|| self.too_large(condition))?;
        Ok((Some(on), value))
    }

    /// Whether nothing but handlers changes what has this name.
    fn is_discrete(&self, name: &str) -> bool {
        let Some((q, _)) = self.known_names().find(|(_, known)| *known == name) else {
            return false;
        };
        match self.scope.kind.quantity(q).role {
            Role::Parameter(_) | Role::Property(_) => true,
            Role::State => {
                let moves = self.integrated.contains(&q) || self.all.rates.contains_key(&q);
                !moves && self.scope.v != Some(q) && !self.all.computed.contains_key(&q)
            }
            _ => false,
        }
    }

    /// Whether an expression changes between events with time alone.
    fn is_of_time(&self, expr: &Expr) -> bool {
        expr.uses_variable("t") && expr.symbols().all(|name| name == "t" || self.is_discrete(name))
    }

    /// When inputs change by themselves: times that conditions on `t` name.  Where a current is computed, a variable
    /// step is told to end there; else an event is sent.
    fn edges(&mut self) -> Result<Vec<Stmt>, Problem> {
        let mut conditions: Vec<&'a Formula> = Vec::new();
        let mut all: Vec<_> = self.all.computed.keys().copied().collect();
        all.sort_unstable();
        for q in all {
            match self.all.computed.get(&q) {
                Some(Definition::Held(list)) => conditions.extend(list.iter().map(|(c, _)| *c)),
                Some(Definition::Value(nml_flat::Value::Cases(cases))) => {
                    conditions.extend(cases.iter().filter_map(|(c, _)| c.as_ref()));
                }
                _ => {}
            }
        }
        let mut found: Vec<Expr> = Vec::new();
        for condition in conditions {
            if !condition.operands.iter().any(|o| matches!(o, Operand::Time)) {
                continue;
            }
            let expr = self.formula(condition, nml_units::Dimension::NONE)?;
            for edge in times(&expr) {
                let fixed = edge.symbols().all(|name| self.is_fixed(name));
                if fixed && !found.contains(&edge) {
                    found.push(edge);
                }
            }
        }
        let mut sent = Vec::new();
        let current = self.mechanism.nonspecific.is_some()
            || self.ions.iter().any(|ion| ion.writes.contains(&format!("i{}", ion.name)));
        if current {
            let stops = found.into_iter().map(Stmt::Stop).collect();
            let rest = std::mem::replace(&mut self.mechanism.breakpoint, stops);
            self.mechanism.breakpoint.extend(rest);
            return Ok(sent);
        }
        for edge in found {
            let mut b = Builder::new();
            let (at, t) = (b.import(&edge), b.variable("t"));
            let later = b.binary(BinaryOp::Gt, at, t);
            let wait = b.binary(BinaryOp::Sub, at, t);
            if let (Ok(later), Ok(wait)) = (b.finish(later), b.finish(wait)) {
                sent.push(Stmt::If(vec![(Some(later), vec![Stmt::Schedule(wait, EDGE)])]));
            }
        }
        Ok(sent)
    }
}

/// What is watched.
struct Watch {
    /// In which regime.
    regime: Option<(NodeId, u32)>,
    /// What has to be on.
    switch: Option<String>,
    /// What rises above 0.
    value: Expr,
    /// Whether that is a function of time alone.
    of_time: bool,
    /// What is watched instead, where thresholds are to be found to the tolerance of variable steps.
    bent: Option<Expr>,
    /// The event that follows.
    flag: u32,
}
