//! What `CoreNEURON`, which reads the same mechanisms, makes nothing of.

use super::ast::{Mechanism, Stmt};

/// Names that the text it makes of a mechanism has for its own.
const TAKEN: [&str; 8] =
    ["reset", "mech_type", "point_type", "global", "tsave", "tqitem", "node_area", "point_process"];

impl Mechanism {
    /// Whether `CoreNEURON` carries it out as NEURON does.
    ///
    /// There a potential that a mechanism sets is lost without a word, and a global variable called as one of its own
    /// does not compile.
    pub fn in_coreneuron(&self) -> bool {
        let taken = |name: &str| TAKEN.contains(&name) && !self.range.iter().any(|r| r == name);
        let names = self.parameters.iter().map(|p| &p.name);
        let names = names.chain(self.assigned.iter().map(|a| &a.name));
        !self.sets("v") && !names.into_iter().any(|name| taken(name))
    }

    /// Whether a statement anywhere gives a variable a value.
    fn sets(&self, name: &str) -> bool {
        let mut open: Vec<&[Stmt]> = vec![&self.initial, &self.breakpoint, &self.after_solve];
        open.extend(self.procedures.iter().map(|p| &*p.body));
        if let Some(r) = &self.receive {
            open.extend(r.ports.iter().map(Vec::as_slice));
            open.extend(r.own.iter().map(|(_, _, body)| &**body));
            open.extend([&*r.initial, &r.after, &r.rearm]);
        }
        while let Some(list) = open.pop() {
            for stmt in list {
                match stmt {
                    Stmt::Assign(to, _) if to == name => return true,
                    Stmt::If(cases) => open.extend(cases.iter().map(|(_, body)| &**body)),
                    _ => {}
                }
            }
        }
        false
    }
}
