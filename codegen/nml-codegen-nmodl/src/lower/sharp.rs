//! Thresholds between two variable steps.
//!
//! The simulator takes what it watches for straight between two steps, so a threshold is off by the square of a step.
//! Where that is early the mechanism sees it: nothing has crossed yet.  It watches again, the steps behind an event are
//! short, and the last bit is waited for on the straight line through two such looks.  What is watched has a bend at 0
//! that makes the first guess early.

use nml_expr::Expr;

use super::mechanism::Lowering;
use super::watch::BEGIN;
use crate::nmodl::{Assigned, Stmt};

/// The parameter that says how much steeper what is watched is above 0 than below, as half of the relative difference.
/// Where it is 0, as it is unless set, a condition acts when the simulator says so.
pub const SHARP: &str = "sharp";
/// What programs set it to.
pub const BEND: f64 = 0.0625;
/// In ms: a time that short is waited for instead of watched again.
const SOON_MS: f64 = 1e-7;

impl Lowering<'_> {
    /// What is watched instead of a value that acts above 0, and what its event does instead of `body`.
    pub(super) fn sharpened(
        &mut self,
        value: &Expr,
        flag: u32,
        body: Vec<Stmt>,
    ) -> Option<(Expr, Vec<Stmt>)> {
        let bent = format!("f + {SHARP} * abs(f)").parse::<Expr>().ok()?;
        let watched = bent.substitute(|name| (name == "f").then(|| value.clone())).ok()?;
        let (below, wait) = match &self.looks {
            Some(known) => known.clone(),
            None => (self.namer.give("below"), self.namer.give("wait")),
        };
        self.looks = Some((below.clone(), wait.clone()));
        let (seen, at) = (self.namer.give("seen"), self.namer.give("seen_at"));
        for (name, start) in [(&seen, "0"), (&at, "-1")] {
            let unit = (*name == at).then_some("ms");
            self.extra.push(Assigned { name: name.clone(), unit });
            self.at_start.push(set(name, start)?);
        }
        let case = |condition: String, body| Some((Some(condition.parse().ok()?), body));
        let line = format!("{below} * (t - {at}) / ({seen} - {below})");
        let rises =
            case(format!("{below} .gt. {seen} .and. {seen} .lt. 0"), vec![set(&wait, &line)?])?;
        // Without progress in time nothing nearer can be found.
        let moves = vec![set(&wait, "1")?, Stmt::If(vec![rises])];
        let soon = vec![set(&seen, "1")?, Stmt::Schedule(Expr::variable(&wait), flag)];
        let again =
            vec![set(&seen, &below)?, set(&at, "t")?, Stmt::Schedule(Expr::number(0.0)?, BEGIN)];
        let early = vec![
            set(&wait, "0")?,
            Stmt::If(vec![case(format!("t .gt. {at}"), moves)?]),
            Stmt::If(vec![case(format!("{wait} .lt. {SOON_MS:e}"), soon)?, (None, again)]),
        ];
        let is_early = format!("{SHARP} .gt. 0 .and. {seen} .leq. 0 .and. {below} .lt. 0");
        let mut acts = vec![set(&seen, "0")?];
        acts.extend(body);
        let look = Stmt::Assign(below, value.clone());
        Some((watched, vec![look, Stmt::If(vec![case(is_early, early)?, (None, acts)])]))
    }

    /// The variables of handlers that this needs.
    pub(super) fn look_locals(&self) -> Vec<String> {
        self.looks.iter().flat_map(|(below, wait)| [below.clone(), wait.clone()]).collect()
    }
}

fn set(name: &str, value: &str) -> Option<Stmt> {
    Some(Stmt::Assign(name.to_owned(), value.parse().ok()?))
}
