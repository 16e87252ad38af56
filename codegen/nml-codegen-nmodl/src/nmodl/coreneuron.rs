//! What `CoreNEURON`, which reads the same mechanisms, makes nothing of.

use super::ast::{Mechanism, Stmt};

/// Names that the text it makes of a mechanism has for its own.
const TAKEN: [&str; 8] =
    ["reset", "mech_type", "point_type", "global", "tsave", "tqitem", "node_area", "point_process"];

impl Mechanism {
    /// Whether `CoreNEURON` carries it out as NEURON does.
    ///
    /// There a potential that a mechanism sets is lost without a word, and neither a global variable called as one of
    /// its own nor a watched condition on time compiles.
    pub fn in_coreneuron(&self) -> bool {
        let taken = |name: &str| TAKEN.contains(&name) && !self.range.iter().any(|r| r == name);
        let names = self.parameters.iter().map(|p| &p.name);
        let names = names.chain(self.assigned.iter().map(|a| &a.name));
        let lost = |stmt: &Stmt| match stmt {
            Stmt::Assign(to, _) => to == "v",
            Stmt::Watch(value, _) => value.uses_variable("t"),
            _ => false,
        };
        !self.any(lost) && !names.into_iter().any(|name| taken(name))
    }

    /// Whether a statement anywhere is such.
    fn any(&self, is: impl Fn(&Stmt) -> bool) -> bool {
        let mut open: Vec<&[Stmt]> = vec![&self.initial, &self.breakpoint, &self.after_solve];
        open.extend(self.procedures.iter().map(|p| &*p.body));
        if let Some(r) = &self.receive {
            open.extend(r.ports.iter().map(Vec::as_slice));
            open.extend(r.own.iter().map(|(_, _, body)| &**body));
            open.extend([&*r.initial, &r.after, &r.rearm]);
        }
        while let Some(list) = open.pop() {
            for stmt in list {
                if is(stmt) {
                    return true;
                }
                if let Stmt::If(cases) = stmt {
                    open.extend(cases.iter().map(|(_, body)| &**body));
                }
            }
        }
        false
    }
}
