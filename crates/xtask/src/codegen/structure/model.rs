//! Content models resolved: inheritance and groups expanded, order compiled.

use super::glushkov::{Automaton, Expr};
use super::table::{Particle, Table, Type};
use crate::Result;

/// What may stand inside an element of a type.
pub(super) enum Model {
    /// Nothing, not even white space.
    Empty,
    /// Anything.
    Any,
    /// These children, each name once, every order; the flags say which must be there.
    All { children: Vec<Child>, required: Vec<bool> },
    /// These children, each name once.  State 0 is the beginning, state i + 1 is after child i.
    Ordered { children: Vec<Child>, next: Vec<u128>, last: u128 },
}

/// An element name and its type.
pub(super) struct Child {
    pub(super) name: String,
    pub(super) ty: String,
}

/// The full content model of a type, that of its bases first.
pub(super) fn model(table: &Table, ty: &Type) -> Result<Model> {
    let lineage = table.lineage(ty)?;
    let parts: Vec<&Particle> = lineage.iter().filter_map(|t| t.content.as_ref()).collect();
    if let [Particle::All { parts, .. }] = parts.as_slice() {
        return all(parts);
    }
    let mut builder = Builder { table, children: Vec::new(), wild: false };
    let parts = parts.into_iter().map(|p| builder.expr(p)).collect::<Result<Vec<_>>>()?;
    let children = builder.children;
    let bad = |what: &str| Err(format!("`{}`: {what}", ty.name).into());
    if builder.wild {
        return if children.is_empty() {
            Ok(Model::Any)
        } else {
            bad("a wildcard beside elements")
        };
    }
    if children.is_empty() {
        return Ok(Model::Empty);
    }
    if children.len() > 127 {
        return bad("more than 127 child elements");
    }
    for (i, child) in children.iter().enumerate() {
        if children[..i].iter().any(|c| c.name == child.name) {
            return bad(&format!("`<{}>` stands at two places", child.name));
        }
    }
    let automaton = Automaton::new(&Expr::Seq(parts), children.len());
    let mask = |set: &[usize], shift: usize| set.iter().fold(0u128, |m, &i| m | 1 << (i + shift));
    let mut next = vec![mask(&automaton.first, 0)];
    next.extend(automaton.follow.iter().map(|set| mask(set, 0)));
    let last = mask(&automaton.last, 1) | u128::from(automaton.nullable);
    Ok(Model::Ordered { children, next, last })
}

fn all(parts: &[Particle]) -> Result<Model> {
    let mut children = Vec::new();
    let mut required = Vec::new();
    for part in parts {
        let Particle::Element { name, ty, occurs } = part else {
            return Err("`all` holds elements only".into());
        };
        if occurs.repeated {
            return Err("an element of `all` occurs once at most".into());
        }
        children.push(Child { name: name.clone(), ty: ty.clone() });
        required.push(!occurs.optional);
    }
    Ok(Model::All { children, required })
}

struct Builder<'t> {
    table: &'t Table,
    children: Vec<Child>,
    wild: bool,
}

impl Builder<'_> {
    fn expr(&mut self, particle: &Particle) -> Result<Expr> {
        let (inner, occurs) = match particle {
            Particle::Element { name, ty, occurs } => {
                self.children.push(Child { name: name.clone(), ty: ty.clone() });
                (Expr::Position(self.children.len() - 1), occurs)
            }
            Particle::Group { name, occurs } => {
                (self.expr(&self.table.group(name)?.particle)?, occurs)
            }
            Particle::Any { occurs } => {
                self.wild = true;
                (Expr::Empty, occurs)
            }
            Particle::Sequence { parts, occurs } => (Expr::Seq(self.all(parts)?), occurs),
            Particle::Choice { parts, occurs } => (Expr::Alt(self.all(parts)?), occurs),
            Particle::All { .. } => return Err("`all` must be the whole content".into()),
        };
        Ok(Expr::Repeat(Box::new(inner), *occurs))
    }

    fn all(&mut self, parts: &[Particle]) -> Result<Vec<Expr>> {
        parts.iter().map(|p| self.expr(p)).collect()
    }
}
