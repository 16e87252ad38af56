//! The structure table as a W3C XML schema.

use std::fmt::Write as _;

use super::table::{Attribute, Occurs, Particle, Simple, Table, Type};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- The structure of NeuroML 2.3.1 documents.
     Written by `cargo xtask codegen` from schemas/structure; edit there. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
           xmlns="http://www.neuroml.org/schema/neuroml2"
           targetNamespace="http://www.neuroml.org/schema/neuroml2"
           elementFormDefault="qualified" attributeFormDefault="unqualified">
"#;

/// The text of the schema.
pub(super) fn write(table: &Table) -> String {
    let mut out = HEAD.to_owned();
    for ty in &table.simple {
        simple(&mut out, ty);
    }
    for ty in &table.types {
        complex(&mut out, ty);
    }
    for group in &table.groups {
        open(&mut out, 1, &format!("xs:group name=\"{}\"", group.name));
        particle(&mut out, 2, &group.particle);
        close(&mut out, 1, "xs:group");
    }
    for root in &table.roots {
        line(&mut out, 1, &format!("xs:element name=\"{}\" type=\"{}\"", root.name, root.ty));
    }
    out.push_str("</xs:schema>\n");
    out
}

fn open(out: &mut String, depth: usize, tag: &str) {
    let _ = writeln!(out, "{:1$}<{tag}>", "", 2 * depth);
}

fn close(out: &mut String, depth: usize, tag: &str) {
    let _ = writeln!(out, "{:1$}</{tag}>", "", 2 * depth);
}

fn line(out: &mut String, depth: usize, tag: &str) {
    let _ = writeln!(out, "{:1$}<{tag}/>", "", 2 * depth);
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn about(out: &mut String, text: &str) {
    let text = escape(text);
    open(out, 2, "xs:annotation");
    let _ = writeln!(out, "      <xs:documentation>{text}</xs:documentation>");
    close(out, 2, "xs:annotation");
}

fn simple(out: &mut String, ty: &Simple) {
    open(out, 1, &format!("xs:simpleType name=\"{}\"", ty.name));
    about(out, &ty.about);
    open(out, 2, &format!("xs:restriction base=\"{}\"", ty.base));
    let facets = [
        ("pattern", ty.patterns.iter().collect::<Vec<_>>()),
        ("enumeration", ty.enumeration.iter().collect()),
        ("minInclusive", ty.min_inclusive.iter().collect()),
        ("minExclusive", ty.min_exclusive.iter().collect()),
        ("maxInclusive", ty.max_inclusive.iter().collect()),
    ];
    for (name, values) in facets {
        for value in values {
            line(out, 3, &format!("xs:{name} value=\"{}\"", escape(value)));
        }
    }
    close(out, 2, "xs:restriction");
    close(out, 1, "xs:simpleType");
}

fn complex(out: &mut String, ty: &Type) {
    open(out, 1, &format!("xs:complexType name=\"{}\"", ty.name));
    about(out, &ty.about);
    match &ty.extends {
        None => body(out, 2, ty),
        Some(base) => {
            open(out, 2, "xs:complexContent");
            open(out, 3, &format!("xs:extension base=\"{base}\""));
            body(out, 4, ty);
            close(out, 3, "xs:extension");
            close(out, 2, "xs:complexContent");
        }
    }
    close(out, 1, "xs:complexType");
}

fn body(out: &mut String, depth: usize, ty: &Type) {
    if let Some(content) = &ty.content {
        particle(out, depth, content);
    }
    for a in &ty.attributes {
        attribute(out, depth, a);
    }
}

fn attribute(out: &mut String, depth: usize, a: &Attribute) {
    let mut tag = format!("xs:attribute name=\"{}\"", a.name);
    let facets = [
        ("type", a.ty.as_deref()),
        ("use", a.required.then_some("required")),
        ("default", a.default.as_deref()),
        ("fixed", a.fixed.as_deref()),
    ];
    for (name, value) in facets {
        if let Some(value) = value {
            let _ = write!(tag, " {name}=\"{}\"", escape(value));
        }
    }
    line(out, depth, &tag);
}

fn bounds(occurs: Occurs) -> &'static str {
    match (occurs.optional, occurs.repeated) {
        (false, false) => "",
        (true, false) => " minOccurs=\"0\"",
        (true, true) => " minOccurs=\"0\" maxOccurs=\"unbounded\"",
        (false, true) => " maxOccurs=\"unbounded\"",
    }
}

fn particle(out: &mut String, depth: usize, p: &Particle) {
    let (tag, parts, occurs) = match p {
        Particle::Element { name, ty, occurs } => {
            let tag = format!("xs:element name=\"{name}\" type=\"{ty}\"{}", bounds(*occurs));
            return line(out, depth, &tag);
        }
        Particle::Group { name, occurs } => {
            return line(out, depth, &format!("xs:group ref=\"{name}\"{}", bounds(*occurs)));
        }
        Particle::Any { occurs } => {
            let tag = format!("xs:any processContents=\"skip\"{}", bounds(*occurs));
            return line(out, depth, &tag);
        }
        Particle::Sequence { parts, occurs } => ("xs:sequence", parts, occurs),
        Particle::Choice { parts, occurs } => ("xs:choice", parts, occurs),
        Particle::All { parts, occurs } => ("xs:all", parts, occurs),
    };
    open(out, depth, &format!("{tag}{}", bounds(*occurs)));
    for part in parts {
        particle(out, depth + 1, part);
    }
    close(out, depth, tag);
}
