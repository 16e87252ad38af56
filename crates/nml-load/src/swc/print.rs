//! Cells as the text of a NeuroML document.

use std::fmt::Write as _;
use std::path::Path;

use nml_base::SourceFile;
use nml_xml::{escape_text, escape_value};

use super::cell::{Cell, Section};
use super::sample::{Lines, SOMA};

/// The label of a group that is one unbranched cable.
const UNBRANCHED: &str = "sao864921383";

/// The group of all segments, and those of the types that the format names, with their labels in the Gene Ontology.
const ALL: (&str, &str) = ("all", "GO:0005575");
const SOMA_GROUP: (&str, &str) = ("soma_group", "GO:0043025");
const AXON_GROUP: (&str, &str) = ("axon_group", "GO:0030424");
const DENDRITE_GROUP: (&str, &str) = ("dendrite_group", "GO:0030425");
const BASAL_GROUP: (&str, &str) = ("basal_dendrite_group", "GO:0097441");
const APICAL_GROUP: (&str, &str) = ("apical_dendrite_group", "GO:0097440");

const AXON: u32 = 2;
const DENDRITE: u32 = 3;
const APICAL: u32 = 4;

/// The whole document.
pub(super) fn document(
    path: &Path,
    file: &SourceFile,
    lines: &Lines<'_>,
    cells: &[Cell],
) -> String {
    let mut name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for end in [".gz", ".swc"] {
        if name.to_ascii_lowercase().ends_with(end) {
            name.truncate(name.len() - end.len());
        }
    }
    let id = identifier(&name);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<neuroml xmlns=\"{}\" id=\"{id}\">\n",
        nml_model::NEUROML2_NAMESPACE
    );
    for (at, cell) in cells.iter().enumerate() {
        let own = if at == 0 { id.clone() } else { format!("{id}_{}", at + 1) };
        let _ = writeln!(out, "    <cell id=\"{own}\">");
        if at == 0 && !lines.comments.is_empty() {
            let notes = lines.comments.join("\n");
            let _ = writeln!(out, "        <notes>{}</notes>", escape_text(&notes));
        }
        let _ = writeln!(out, "        <morphology id=\"{own}_morphology\">");
        let place = (at + 1, cells.len());
        Printer { out: &mut out, file, lines, cell }.morphology(&name, place);
        out.push_str("        </morphology>\n    </cell>\n");
    }
    out.push_str("</neuroml>\n");
    out
}

struct Printer<'a> {
    out: &'a mut String,
    file: &'a SourceFile,
    lines: &'a Lines<'a>,
    cell: &'a Cell,
}

impl Printer<'_> {
    fn morphology(&mut self, name: &str, (tree, trees): (usize, usize)) {
        self.property("source", &format!("{name}.swc"));
        if trees > 1 {
            self.property("tree", &format!("{tree} of {trees}"));
        }
        self.property("first", &self.cell.first.to_string());
        if self.cell.three_points {
            self.property("soma", "3 points");
        }
        for &(segment, begin, sample) in &self.cell.records {
            let end = if begin { "proximal" } else { "distal" };
            let sample = &self.lines.samples[sample];
            self.property(end, &format!("{segment} {} {}", sample.number, sample.kind));
        }
        for segment in &self.cell.segments {
            let _ = writeln!(self.out, "            <segment id=\"{}\">", segment.number);
            if let Some((parent, begin)) = segment.parent {
                let along = if begin { " fractionAlong=\"0\"" } else { "" };
                let _ = writeln!(self.out, "                <parent segment=\"{parent}\"{along}/>");
            }
            if let Some((place, width)) = segment.proximal {
                self.point("proximal", place, width);
            }
            self.point("distal", segment.distal, segment.distal);
            self.out.push_str("            </segment>\n");
        }
        self.groups();
    }

    fn property(&mut self, tag: &str, value: &str) {
        let value = escape_value(value);
        let _ = writeln!(self.out, "            <property tag=\"swc:{tag}\" value=\"{value}\"/>");
    }

    fn point(&mut self, name: &str, place: usize, width: usize) {
        let text = |sample: usize, at: usize| {
            self.file.text().get(self.lines.samples[sample].texts[at].clone()).unwrap_or("")
        };
        let (x, y, z) = (text(place, 0), text(place, 1), text(place, 2));
        let diameter = doubled(text(width, 3));
        let _ = writeln!(
            self.out,
            "                <{name} x=\"{x}\" y=\"{y}\" z=\"{z}\" diameter=\"{diameter}\"/>"
        );
    }

    fn groups(&mut self) {
        let mut kinds: Vec<u32> = self.cell.sections.iter().map(|s| s.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let names = names(&self.cell.sections);
        for (section, name) in self.cell.sections.iter().zip(&names) {
            self.open((name, UNBRANCHED));
            for segment in &section.segments {
                let _ = writeln!(self.out, "                <member segment=\"{segment}\"/>");
            }
            self.close();
        }
        let of = |wanted: &[u32]| -> Vec<&str> {
            let all = self.cell.sections.iter().zip(&names);
            all.filter(|(s, _)| wanted.contains(&s.kind)).map(|(_, n)| n.as_str()).collect()
        };
        let has_apical = kinds.contains(&APICAL);
        let mut groups: Vec<(String, &str, Vec<&str>)> = Vec::new();
        let mut add = |(name, label): (&str, &'static str), wanted: &[u32]| {
            let sections = of(wanted);
            if !sections.is_empty() {
                groups.push((name.to_owned(), label, sections));
            }
        };
        add(SOMA_GROUP, &[SOMA]);
        add(AXON_GROUP, &[AXON]);
        add(DENDRITE_GROUP, &[DENDRITE, APICAL]);
        if has_apical {
            add(BASAL_GROUP, &[DENDRITE]);
            add(APICAL_GROUP, &[APICAL]);
        }
        for kind in kinds.into_iter().filter(|k| !(SOMA..=APICAL).contains(k)) {
            add((&format!("swc_type_{kind}_group"), ""), &[kind]);
        }
        let outer: Vec<String> = groups
            .iter()
            .map(|(name, ..)| name.clone())
            .filter(|n| n != BASAL_GROUP.0 && n != APICAL_GROUP.0)
            .collect();
        for (name, label, sections) in &groups {
            self.open((name, label));
            for section in sections {
                self.include(section);
            }
            self.close();
        }
        self.open(ALL);
        for group in &outer {
            self.include(group);
        }
        self.close();
    }

    fn open(&mut self, (name, label): (&str, &str)) {
        let _ = write!(self.out, "            <segmentGroup id=\"{name}\"");
        if !label.is_empty() {
            let _ = write!(self.out, " neuroLexId=\"{label}\"");
        }
        self.out.push_str(">\n");
    }

    fn include(&mut self, group: &str) {
        let _ = writeln!(self.out, "                <include segmentGroup=\"{group}\"/>");
    }

    fn close(&mut self) {
        self.out.push_str("            </segmentGroup>\n");
    }
}

/// `soma_0`, `dend_0`, `dend_1`: counted for each type.
fn names(sections: &[Section]) -> Vec<String> {
    let mut counts: rustc_hash::FxHashMap<u32, usize> = rustc_hash::FxHashMap::default();
    let name = |section: &Section| {
        let count = counts.entry(section.kind).or_default();
        let name = match section.kind {
            SOMA => format!("soma_{count}"),
            AXON => format!("axon_{count}"),
            DENDRITE => format!("dend_{count}"),
            APICAL => format!("apic_{count}"),
            kind => format!("swc_type_{kind}_{count}"),
        };
        *count += 1;
        name
    };
    sections.iter().map(name).collect()
}

/// A name as an identifier of the standard.
fn identifier(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    match plain.chars().next() {
        None => "cell".to_owned(),
        Some(c) if c.is_ascii_digit() => format!("cell_{plain}"),
        Some(_) => plain,
    }
}

/// Twice a decimal, digit by digit: as many places after the point as before, so that half of it is the same text.
fn doubled(text: &str) -> String {
    let at = text.find(['e', 'E']).unwrap_or(text.len());
    let (digits, power) = text.split_at(at);
    let mut carry = 0;
    let mut out: Vec<u8> = Vec::with_capacity(text.len() + 1);
    for byte in digits.bytes().rev() {
        if byte.is_ascii_digit() {
            let twice = (byte - b'0') * 2 + carry;
            out.push(b'0' + twice % 10);
            carry = twice / 10;
        } else if byte == b'+' || byte == b'-' {
            if carry > 0 {
                out.push(b'1');
                carry = 0;
            }
            out.push(byte);
        } else {
            out.push(byte);
        }
    }
    if carry > 0 {
        out.push(b'1');
    }
    out.reverse();
    format!("{}{power}", String::from_utf8_lossy(&out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_doubled_in_their_own_digits() {
        for (once, twice) in [
            ("0.5", "1.0"),
            ("7.5000", "15.0000"),
            ("+9.9", "+19.8"),
            ("5e-3", "10e-3"),
            (".05", ".10"),
            (".7", "1.4"),
            ("12.", "24."),
        ] {
            assert_eq!(doubled(once), twice);
        }
    }

    #[test]
    fn names_become_identifiers() {
        assert_eq!(identifier("n120.CNG"), "n120_CNG");
        assert_eq!(identifier("20161028_1"), "cell_20161028_1");
        assert_eq!(identifier("µ"), "_");
        assert_eq!(identifier(""), "cell");
    }
}
