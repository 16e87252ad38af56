//! The structure table as written by people, read from XML.

use std::path::Path;

use roxmltree::{Document, Node};

use crate::Result;

/// How often a particle may occur.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Occurs {
    pub(super) optional: bool,
    pub(super) repeated: bool,
}

/// A part of a content model.
#[derive(Clone, Debug)]
pub(super) enum Particle {
    Element { name: String, ty: String, occurs: Occurs },
    Group { name: String, occurs: Occurs },
    Any { occurs: Occurs },
    Sequence { parts: Vec<Particle>, occurs: Occurs },
    Choice { parts: Vec<Particle>, occurs: Occurs },
    All { parts: Vec<Particle>, occurs: Occurs },
}

pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) ty: Option<String>,
    pub(super) required: bool,
    pub(super) default: Option<String>,
    pub(super) fixed: Option<String>,
}

pub(super) struct Type {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) extends: Option<String>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) content: Option<Particle>,
}

pub(super) struct Quantity {
    pub(super) dimension: String,
    pub(super) units: Vec<String>,
}

#[derive(Default)]
pub(super) struct Simple {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) base: String,
    pub(super) patterns: Vec<String>,
    pub(super) enumeration: Vec<String>,
    pub(super) min_inclusive: Option<String>,
    pub(super) min_exclusive: Option<String>,
    pub(super) max_inclusive: Option<String>,
    pub(super) quantity: Option<Quantity>,
}

pub(super) struct Group {
    pub(super) name: String,
    pub(super) particle: Particle,
}

pub(super) struct Root {
    pub(super) name: String,
    pub(super) ty: String,
}

/// Everything, in the order of the files and of the entries in them.
#[derive(Default)]
pub(super) struct Table {
    pub(super) simple: Vec<Simple>,
    pub(super) types: Vec<Type>,
    pub(super) groups: Vec<Group>,
    pub(super) roots: Vec<Root>,
}

/// The number of a quantity: digits are optional, a sign may only be a minus.
const NUMBER: &str = r"-?([0-9]*(\.[0-9]+)?)([eE]-?[0-9]+)?";

impl Table {
    /// Reads every `.xml` file of a folder, in the order of their names.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let mut paths: Vec<_> =
            std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
        paths.retain(|p| p.extension().is_some_and(|e| e == "xml"));
        paths.sort();
        let mut table = Self::default();
        for path in paths {
            let text = std::fs::read_to_string(&path)?;
            let place = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
            let document = Document::parse(&text).map_err(|e| place(&e))?;
            for node in document.root_element().children().filter(Node::is_element) {
                table.entry(node).map_err(|e| place(&e))?;
            }
        }
        Ok(table)
    }

    fn entry(&mut self, node: Node<'_, '_>) -> Result<()> {
        match node.tag_name().name() {
            "simple" => self.simple.push(simple(node)?),
            "quantity" => self.simple.push(quantity(node)?),
            "type" => self.types.push(complex(node)?),
            "group" => {
                let particle = node.first_element_child().ok_or("an empty group")?;
                self.groups
                    .push(Group { name: need(node, "name")?, particle: read_particle(particle)? });
            }
            "root" => {
                self.roots.push(Root { name: need(node, "name")?, ty: need(node, "type")? });
            }
            other => return Err(format!("`<{other}>` is not known here").into()),
        }
        Ok(())
    }

    /// The complex type of that name.
    pub(super) fn ty(&self, name: &str) -> Result<&Type> {
        let found = self.types.iter().find(|t| t.name == name);
        found.ok_or_else(|| format!("the type `{name}` is not defined").into())
    }

    /// The group of that name.
    pub(super) fn group(&self, name: &str) -> Result<&Group> {
        let found = self.groups.iter().find(|g| g.name == name);
        found.ok_or_else(|| format!("the group `{name}` is not defined").into())
    }

    /// The type and those it extends, the most general one first.
    pub(super) fn lineage<'t>(&'t self, ty: &'t Type) -> Result<Vec<&'t Type>> {
        let mut line = vec![ty];
        while let Some(base) = line.last().and_then(|t| t.extends.as_deref()) {
            if line.len() > self.types.len() {
                return Err(format!("`{}` extends itself", ty.name).into());
            }
            line.push(self.ty(base)?);
        }
        line.reverse();
        Ok(line)
    }
}

fn get(node: Node<'_, '_>, name: &str) -> Option<String> {
    node.attribute(name).map(str::to_owned)
}

fn need(node: Node<'_, '_>, name: &str) -> Result<String> {
    let tag = node.tag_name().name();
    get(node, name).ok_or_else(|| format!("`<{tag}>` lacks `{name}`").into())
}

fn occurs(node: Node<'_, '_>) -> Result<Occurs> {
    Ok(match node.attribute("occurs") {
        None => Occurs { optional: false, repeated: false },
        Some("?") => Occurs { optional: true, repeated: false },
        Some("*") => Occurs { optional: true, repeated: true },
        Some("+") => Occurs { optional: false, repeated: true },
        Some(other) => return Err(format!("occurs=\"{other}\" is none of ? * +").into()),
    })
}

fn read_particle(node: Node<'_, '_>) -> Result<Particle> {
    let occurs = occurs(node)?;
    let parts = || -> Result<Vec<Particle>> {
        node.children().filter(Node::is_element).map(read_particle).collect()
    };
    Ok(match node.tag_name().name() {
        "element" => {
            Particle::Element { name: need(node, "name")?, ty: need(node, "type")?, occurs }
        }
        "group" => Particle::Group { name: need(node, "name")?, occurs },
        "any" => Particle::Any { occurs },
        "sequence" => Particle::Sequence { parts: parts()?, occurs },
        "choice" => Particle::Choice { parts: parts()?, occurs },
        "all" => Particle::All { parts: parts()?, occurs },
        other => return Err(format!("`<{other}>` is no part of a content model").into()),
    })
}

fn complex(node: Node<'_, '_>) -> Result<Type> {
    let mut attributes = Vec::new();
    let mut content = None;
    for child in node.children().filter(Node::is_element) {
        if child.has_tag_name("attribute") {
            attributes.push(Attribute {
                name: need(child, "name")?,
                ty: get(child, "type"),
                required: child.attribute("required") == Some("true"),
                default: get(child, "default"),
                fixed: get(child, "fixed"),
            });
        } else if content.replace(read_particle(child)?).is_some() {
            return Err("a type with two content models".into());
        }
    }
    Ok(Type {
        name: need(node, "name")?,
        about: need(node, "about")?,
        extends: get(node, "extends"),
        attributes,
        content,
    })
}

fn simple(node: Node<'_, '_>) -> Result<Simple> {
    let named = |tag: &str, attribute: &str| -> Result<Vec<String>> {
        let all = node.children().filter(|c| c.has_tag_name(tag));
        all.map(|c| need(c, attribute)).collect()
    };
    Ok(Simple {
        name: need(node, "name")?,
        about: need(node, "about")?,
        base: need(node, "base")?,
        patterns: named("pattern", "value")?,
        enumeration: named("value", "name")?,
        min_inclusive: get(node, "minInclusive"),
        min_exclusive: get(node, "minExclusive"),
        max_inclusive: get(node, "maxInclusive"),
        quantity: None,
    })
}

fn quantity(node: Node<'_, '_>) -> Result<Simple> {
    let dimension = need(node, "dimension")?;
    let units: Vec<String> =
        node.attribute("units").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    let (pattern, about) = if units.is_empty() {
        (NUMBER.to_owned(), "a number without a unit".to_owned())
    } else {
        (
            format!(r"{NUMBER}[\s]*({})", units.join("|")),
            format!("a {} with its unit", words(&dimension)),
        )
    };
    Ok(Simple {
        name: need(node, "name")?,
        about,
        base: "xs:string".to_owned(),
        patterns: vec![pattern],
        quantity: Some(Quantity { dimension, units }),
        ..Simple::default()
    })
}

/// A dimension in everyday words: `specificCapacitance` is "specific capacitance".
fn words(dimension: &str) -> String {
    if dimension == "per_time" {
        return "rate".to_owned();
    }
    let mut out = String::new();
    for c in dimension.chars() {
        if c == '_' || c.is_ascii_uppercase() {
            out.push(' ');
        }
        if c != '_' {
            out.push(c.to_ascii_lowercase());
        }
    }
    out
}
