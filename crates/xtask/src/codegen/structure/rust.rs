//! The structure table as static Rust tables.

use std::fmt::Write as _;

use super::dfa;
use super::model::{Child, Model, model};
use super::table::{Attribute, Occurs, Particle, Simple, Table, Type};
use crate::Result;

const HEAD: &str =
    "// Written by `cargo xtask codegen` from schemas/structure; edit there.\n\nuse super::super::";

/// The types that XML Schema itself brings, with the name of their kind.
const BUILTIN: [(&str, &str, &str); 6] = [
    ("xs:string", "String", "any text"),
    ("xs:double", "Double", "a number"),
    ("xs:float", "Float", "a number"),
    ("xs:nonNegativeInteger", "NonNegativeInteger", "a whole number from 0"),
    ("xs:positiveInteger", "PositiveInteger", "a whole number from 1"),
    ("xs:anyURI", "AnyUri", "a path or address"),
];

/// Slots of the name table; a power of two, at most half of them used.
const SLOTS: usize = 1024;

/// The generated files: name and text.
pub(super) fn write(table: &Table) -> Result<Vec<(&'static str, String)>> {
    let tables = Tables::new(table)?;
    Ok(vec![
        ("names.rs", tables.names()?),
        ("simple_types.rs", tables.simple_types()?),
        ("complex_types.rs", tables.complex_types()?),
    ])
}

struct Tables<'t> {
    table: &'t Table,
    /// Element and attribute names, sorted.
    names: Vec<&'t str>,
    /// Complex types, sorted by name.
    types: Vec<&'t Type>,
}

impl<'t> Tables<'t> {
    fn new(table: &'t Table) -> Result<Self> {
        let mut names: Vec<&str> = table.roots.iter().map(|r| r.name.as_str()).collect();
        let groups = table.groups.iter().map(|g| &g.particle);
        for particle in table.types.iter().filter_map(|t| t.content.as_ref()).chain(groups) {
            element_names(particle, &mut names);
        }
        names.extend(table.types.iter().flat_map(|t| &t.attributes).map(|a| a.name.as_str()));
        names.sort_unstable();
        names.dedup();
        if names.len() * 2 > SLOTS {
            return Err("the name table is too small".into());
        }
        let mut types: Vec<&Type> = table.types.iter().collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { table, names, types })
    }

    fn name_id(&self, name: &str) -> Result<usize> {
        self.names.binary_search(&name).map_err(|_| format!("no name `{name}`").into())
    }

    fn type_id(&self, name: &str) -> Result<usize> {
        let found = self.types.binary_search_by(|t| t.name.as_str().cmp(name));
        found.map_err(|_| format!("the type `{name}` is not defined").into())
    }

    fn simple_id(&self, name: &str) -> Option<usize> {
        let own = self.table.simple.iter().map(|s| s.name.as_str());
        own.chain(BUILTIN.iter().map(|b| b.0)).position(|n| n == name)
    }

    fn names(&self) -> Result<String> {
        let mut slots = vec![u16::MAX; SLOTS];
        for (id, name) in self.names.iter().enumerate() {
            let mut slot = hash(name.as_bytes()) % SLOTS;
            while slots[slot] != u16::MAX {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = u16::try_from(id)?;
        }
        let mut out = HEAD.trim_end_matches("use super::super::").to_owned();
        let _ = writeln!(out, "pub(crate) static NAMES: [&str; {}] = [", self.names.len());
        rows(&mut out, self.names.iter().map(|n| format!("{n:?}")));
        let _ = writeln!(out, "];\n\npub(crate) static SLOTS: [u16; {SLOTS}] = [");
        rows(&mut out, slots.iter().map(|s| format!("{s}")));
        out.push_str("];\n");
        Ok(out)
    }

    fn simple_types(&self) -> Result<String> {
        let mut dfas = String::new();
        let mut out = format!("{HEAD}{{Base, Dfa, Quantity, SimpleId, SimpleType}};\n\n");
        let count = self.table.simple.len();
        let _ = writeln!(out, "pub(crate) const N_OWN: usize = {count};\n");
        let all = count + BUILTIN.len();
        let _ = writeln!(out, "pub(crate) static SIMPLE_TYPES: [SimpleType; {all}] = [");
        for (id, ty) in self.table.simple.iter().enumerate() {
            simple_type(&mut out, &mut dfas, id, ty)?;
        }
        for (i, (name, base, about)) in BUILTIN.iter().enumerate() {
            let id = count + i;
            let _ = writeln!(
                out,
                "    SimpleType {{ id: SimpleId({id}), name: {name:?}, about: {about:?}, \
                 base: Base::{base}, patterns: &[], dfa: None, enumeration: &[], \
                 min_inclusive: None, min_exclusive: None, max_inclusive: None, quantity: None }},"
            );
        }
        let _ = writeln!(out, "];\n\n{dfas}");
        out.truncate(out.trim_end().len());
        out.push('\n');
        Ok(out)
    }

    fn complex_types(&self) -> Result<String> {
        let mut out = format!(
            "{HEAD}{{\n    Attribute, Child, ComplexType, Content, ElementType, Group, Model, NameId, Occurs, Order,\n    \
             Particle, SimpleId, TypeId,\n}};\n\n"
        );
        for root in &self.table.roots {
            let (name, ty) = (self.name_id(&root.name)?, self.type_id(&root.ty)?);
            let _ = writeln!(
                out,
                "pub(crate) static ROOT: (NameId, TypeId) = (NameId({name}), TypeId({ty}));\n"
            );
        }
        let count = self.table.groups.len();
        let _ = writeln!(out, "pub(crate) static GROUPS: [Group; {count}] = [");
        for group in &self.table.groups {
            let particle = self.particle(&group.particle)?;
            let _ = writeln!(out, "    Group {{ name: {:?}, particle: {particle} }},", group.name);
        }
        let count = self.types.len();
        let _ = writeln!(out, "];\n\npub(crate) static COMPLEX_TYPES: [ComplexType; {count}] = [");
        for (id, ty) in self.types.iter().enumerate() {
            self.complex_type(&mut out, id, ty)?;
        }
        out.push_str("];\n");
        Ok(out)
    }

    fn complex_type(&self, out: &mut String, id: usize, ty: &Type) -> Result<()> {
        let lineage = self.table.lineage(ty)?;
        let attributes: Vec<&Attribute> = lineage.iter().flat_map(|t| &t.attributes).collect();
        if attributes.len() > 64 {
            return Err(format!("`{}` has more than 64 attributes", ty.name).into());
        }
        let inherited = attributes.len() - ty.attributes.len();
        let required =
            attributes.iter().enumerate().fold(0u64, |m, (i, a)| m | u64::from(a.required) << i);
        let base = match &ty.extends {
            Some(base) => format!("Some(TypeId({}))", self.type_id(base)?),
            None => "None".to_owned(),
        };
        let (name, about) = (&ty.name, &ty.about);
        let _ = writeln!(
            out,
            "    ComplexType {{\n        id: TypeId({id}), name: {name:?}, base: {base},\n        \
             about: {about:?},\n        required: {required:#x}, inherited: {inherited}, attributes: &["
        );
        for attribute in attributes {
            let _ = writeln!(out, "            {},", self.attribute(attribute)?);
        }
        let own = match &ty.content {
            Some(particle) => format!("Some({})", self.particle(particle)?),
            None => "None".to_owned(),
        };
        let content = self.content(&model(self.table, ty)?)?;
        let _ =
            writeln!(out, "        ],\n        own: {own},\n        content: {content},\n    }},");
        Ok(())
    }

    fn attribute(&self, a: &Attribute) -> Result<String> {
        let ty = match &a.ty {
            Some(ty) => {
                let id = self.simple_id(ty).ok_or_else(|| format!("no simple type `{ty}`"))?;
                format!("Some(SimpleId({id}))")
            }
            None => "None".to_owned(),
        };
        let (id, name) = (self.name_id(&a.name)?, &a.name);
        let (required, default, fixed) = (a.required, &a.default, &a.fixed);
        Ok(format!(
            "Attribute {{ id: NameId({id}), name: {name:?}, ty: {ty}, required: {required}, \
             default: {default:?}, fixed: {fixed:?} }}"
        ))
    }

    fn element_type(&self, ty: &str) -> Result<String> {
        match self.simple_id(ty) {
            Some(id) => Ok(format!("ElementType::Simple(SimpleId({id}))")),
            None => Ok(format!("ElementType::Complex(TypeId({}))", self.type_id(ty)?)),
        }
    }

    fn content(&self, model: &Model) -> Result<String> {
        let (children, order) = match model {
            Model::Empty => return Ok("Content::Empty".to_owned()),
            Model::Any => return Ok("Content::Any".to_owned()),
            Model::All { children, required } => {
                let bits = required.iter().enumerate();
                let mask = bits.fold(0u128, |m, (i, r)| m | u128::from(*r) << i);
                (children, format!("Order::Free {{ required: {mask:#x} }}"))
            }
            Model::Ordered { children, next, last } => {
                let next: Vec<String> = next.iter().map(|m| format!("{m:#x}")).collect();
                let next = next.join(", ");
                (children, format!("Order::Fixed {{ next: &[{next}], last: {last:#x} }}"))
            }
        };
        let by_name = self.by_name(children)?;
        let mut text = "Content::Elements(Model { children: &[\n".to_owned();
        for child in children {
            let (id, name) = (self.name_id(&child.name)?, &child.name);
            let ty = self.element_type(&child.ty)?;
            let _ = writeln!(
                text,
                "            Child {{ id: NameId({id}), name: {name:?}, ty: {ty} }},"
            );
        }
        let _ = write!(text, "        ], by_name: &[{by_name}], order: {order} }})");
        Ok(text)
    }

    fn by_name(&self, children: &[Child]) -> Result<String> {
        let ids = children.iter().map(|c| self.name_id(&c.name));
        let mut ids: Vec<_> = ids.collect::<Result<Vec<_>>>()?.into_iter().enumerate().collect();
        ids.sort_by_key(|(_, id)| *id);
        let entries: Vec<String> =
            ids.iter().map(|(i, id)| format!("(NameId({id}), {i})")).collect();
        Ok(entries.join(", "))
    }

    fn particle(&self, particle: &Particle) -> Result<String> {
        let many = |kind: &str, parts: &[Particle], occurs: Occurs| -> Result<String> {
            let parts = parts.iter().map(|p| self.particle(p)).collect::<Result<Vec<_>>>()?;
            Ok(format!("Particle::{kind}(&[{}], {})", parts.join(", "), bounds(occurs)))
        };
        match particle {
            Particle::Element { name, ty, occurs } => Ok(format!(
                "Particle::Element({name:?}, {}, {})",
                self.element_type(ty)?,
                bounds(*occurs)
            )),
            Particle::Group { name, occurs } => {
                Ok(format!("Particle::Group({name:?}, {})", bounds(*occurs)))
            }
            Particle::Any { occurs } => Ok(format!("Particle::Any({})", bounds(*occurs))),
            Particle::Sequence { parts, occurs } => many("Sequence", parts, *occurs),
            Particle::Choice { parts, occurs } => many("Choice", parts, *occurs),
            Particle::All { parts, occurs } => many("All", parts, *occurs),
        }
    }
}

fn bounds(occurs: Occurs) -> String {
    format!("Occurs {{ optional: {}, repeated: {} }}", occurs.optional, occurs.repeated)
}

fn simple_type(out: &mut String, dfas: &mut String, id: usize, ty: &Simple) -> Result<()> {
    let base = BUILTIN.iter().find(|b| b.0 == ty.base);
    let base = base.ok_or_else(|| format!("the base `{}` is not known", ty.base))?.1;
    let number = |text: &Option<String>| -> Result<String> {
        Ok(format!("{:?}", text.as_ref().map(|t| t.parse::<f64>()).transpose()?))
    };
    let dfa = match ty.patterns.as_slice() {
        [] => "None".to_owned(),
        [pattern] => {
            let name = format!("DFA_{id}");
            dfa_table(dfas, &name, &dfa::compile(pattern)?);
            format!("Some(&{name})")
        }
        _ => return Err(format!("`{}` has more than one pattern", ty.name).into()),
    };
    let quantity = ty.quantity.as_ref().map_or("None".to_owned(), |q| {
        format!("Some(Quantity {{ dimension: {:?}, units: &{:?} }})", q.dimension, q.units)
    });
    let (name, about) = (&ty.name, &ty.about);
    let (patterns, enumeration) = (&ty.patterns, &ty.enumeration);
    let (low, above, high) =
        (number(&ty.min_inclusive)?, number(&ty.min_exclusive)?, number(&ty.max_inclusive)?);
    let _ = writeln!(
        out,
        "    SimpleType {{\n        id: SimpleId({id}), name: {name:?}, base: Base::{base},\n        \
         about: {about:?},\n        patterns: &{patterns:?}, dfa: {dfa},\n        \
         enumeration: &{enumeration:?},\n        min_inclusive: {low}, min_exclusive: {above}, \
         max_inclusive: {high},\n        quantity: {quantity},\n    }},"
    );
    Ok(())
}

fn dfa_table(out: &mut String, name: &str, dfa: &dfa::Dfa) {
    let accepting = dfa.accepting.iter().enumerate().filter(|(_, a)| **a);
    let mut mask = [0u64; 4];
    accepting.for_each(|(i, _)| mask[i / 64] |= 1 << (i % 64));
    let [a, b, c, d] = mask;
    let _ = writeln!(
        out,
        "static {name}: Dfa = Dfa {{\n    start: {}, n_classes: {}, accepting: [{a:#x}, {b:#x}, {c:#x}, {d:#x}],\n    classes: &[",
        dfa.start, dfa.n_classes
    );
    rows(out, dfa.classes.iter().map(u8::to_string));
    out.push_str("    ],\n    next: &[\n");
    rows(out, dfa.next.iter().map(u8::to_string));
    out.push_str("    ],\n};\n\n");
}

fn rows(out: &mut String, items: impl Iterator<Item = String>) {
    let mut line = "   ".to_owned();
    for item in items {
        if line.len() + item.len() > 97 {
            let _ = writeln!(out, "{line}");
            "   ".clone_into(&mut line);
        }
        let _ = write!(line, " {item},");
    }
    let _ = writeln!(out, "{line}");
}

fn element_names<'p>(particle: &'p Particle, names: &mut Vec<&'p str>) {
    match particle {
        Particle::Element { name, .. } => names.push(name),
        Particle::Group { .. } | Particle::Any { .. } => {}
        Particle::Sequence { parts, .. }
        | Particle::Choice { parts, .. }
        | Particle::All { parts, .. } => parts.iter().for_each(|p| element_names(p, names)),
    }
}

/// The hash of `nml_schemas::structure::name_id`; a test there holds the two together.
fn hash(name: &[u8]) -> usize {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let n = name.len();
    let eight = |at: usize| u64::from_le_bytes(std::array::from_fn(|i| name[at + i]));
    let four = |at: usize| u64::from(u32::from_le_bytes(std::array::from_fn(|i| name[at + i])));
    let (a, b) = match n {
        0 => (0, 0),
        1..=3 => (u64::from(name[0]), u64::from(name[n / 2]) << 8 | u64::from(name[n - 1])),
        4..=8 => (four(0), four(n - 4)),
        _ => (eight(0), eight(n - 8)),
    };
    let mixed = (a ^ (n as u64).wrapping_mul(K)).wrapping_mul(K) ^ b.rotate_left(29);
    usize::try_from(mixed.wrapping_mul(K) >> 40).unwrap_or(0)
}
