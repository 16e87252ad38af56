//! Arbor's format for cable cells (ACC), as text.
//!
//! Lengths are in µm, capacitances in F/m², resistivities in Ω·cm, potentials in mV.

use std::fmt::Write as _;

use nml_base::format_f64;

use crate::tree::{Branch, Segment};

/// The version of the format; Arbor 0.12 writes and reads this one.
const VERSION: &str = "0.10-dev";

/// The place of a cell that stands for all of it: its detector, and whatever has no place of its own.
const MIDDLE: &str = "middle";

/// A cell in the making.
#[derive(Debug)]
pub(crate) struct Acc {
    text: String,
    /// Lines of the decor.
    decor: Vec<String>,
    /// How it is cut into compartments.
    policy: String,
}

/// A text in quotes; the format has no escapes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['"', '\\', '\n', '\r'], "'"))
}

fn region(name: &str) -> String {
    format!("(region {})", quoted(name))
}

/// A place on each piece of a section: only one where it is in one piece.
fn at(x: f64, section: &str) -> String {
    format!("(on-components {} {})", format_f64(x), region(section))
}

/// A section from one place along it to another.
fn between(from: f64, to: f64, section: &str) -> String {
    let beyond = |x| format!("(distal-interval {})", at(x, section));
    let before = if to < 1.0 { format!(" (complement {})", beyond(to)) } else { String::new() };
    let own = region(section);
    match (from > 0.0, before.is_empty()) {
        (true, false) => format!("(intersect (intersect {own} {}){before})", beyond(from)),
        (true, true) => format!("(intersect {own} {})", beyond(from)),
        (false, false) => format!("(intersect {own}{before})"),
        (false, true) => own,
    }
}

fn point([x, y, z, radius]: [f64; 4]) -> String {
    let [x, y, z, radius] = [x, y, z, radius].map(format_f64);
    format!("(point {x} {y} {z} {radius})")
}

impl Acc {
    /// A cell of that name; lines of the file that say so.
    pub(crate) fn new(name: &str) -> Self {
        let name = name.replace(['\n', '\r'], " ");
        let text = format!(
            "; The cell {name}: lengths in um, F/m2, ohm cm, mV; densities in units of their mechanisms.\n\
             (arbor-component\n  (meta-data (version {}))\n  (cable-cell\n",
            quoted(VERSION)
        );
        Self { text, decor: Vec::new(), policy: "(single (all))".to_owned() }
    }

    /// The frusta.
    pub(crate) fn morphology(&mut self, branches: &[Branch]) {
        self.text.push_str("    (morphology");
        let mut number = 0;
        for (at, branch) in branches.iter().enumerate() {
            let parent = branch.parent.map_or("-1".to_owned(), |parent| parent.to_string());
            let _ = write!(self.text, "\n      (branch {at} {parent}");
            for Segment { proximal, distal, tag } in &branch.segments {
                let (from, to) = (point(*proximal), point(*distal));
                let _ = write!(self.text, "\n        (segment {number} {from} {to} {tag})");
                number += 1;
            }
            self.text.push(')');
        }
        self.text.push_str(")\n");
    }

    /// A region for each section, in the order of their tags, the middle of the first one, and where compartments of
    /// equal length end: of each section their number.
    pub(crate) fn labels(&mut self, sections: &[(&str, usize)], middle: f64) {
        self.text.push_str("    (label-dict");
        for (tag, (name, _)) in (1..).zip(sections) {
            let _ = write!(self.text, "\n      (region-def {} (tag {tag}))", quoted(name));
        }
        let mut locset = |name: &str, places: &str| {
            let _ = write!(self.text, "\n      (locset-def {} {places})", quoted(name));
        };
        if let Some((first, _)) = sections.first() {
            locset(MIDDLE, &at(middle, first));
        }
        if !matches!(sections, [(_, 1)]) {
            // A policy knows no labels, and takes `join` for that of policies.
            let all = sections.iter().zip(1..).flat_map(|(&(_, count), tag): (_, u32)| {
                (0..=count).map(move |k| {
                    let x = format_f64(k as f64 / count.max(1) as f64);
                    format!("(on-components {x} (tag {tag}))")
                })
            });
            self.policy = format!("(explicit {} (all))", sum(&all.collect::<Vec<_>>()));
        }
        self.text.push_str(")\n");
    }

    /// Capacitance, axial resistivity and potential at the start of a section.
    pub(crate) fn membrane(&mut self, section: &str, c_m: f64, r_a: f64, v_mv: f64) {
        let region = region(section);
        for (word, value) in [
            ("membrane-capacitance", c_m),
            ("axial-resistivity", r_a),
            ("membrane-potential", v_mv),
        ] {
            self.decor.push(format!("(paint {region} ({word} {} (scalar 1)))", format_f64(value)));
        }
    }

    /// A density mechanism on a section or a part of it, with a parameter and its value.
    pub(crate) fn density(
        &mut self,
        section: &str,
        part: Option<[f64; 2]>,
        name: &str,
        given: Option<(&str, String)>,
    ) {
        let given = given.map_or(String::new(), |(parameter, value)| {
            format!(" ({} {value})", quoted(parameter))
        });
        let region = part.map_or_else(|| region(section), |[from, to]| between(from, to, section));
        self.decor.push(format!("(paint {region} (density (mechanism {}{given})))", quoted(name)));
    }

    /// The text.
    pub(crate) fn finish(mut self) -> String {
        self.text.push_str("    (decor");
        for line in &self.decor {
            self.text.extend(["\n      ", line]);
        }
        let policy = &self.policy;
        let _ = writeln!(self.text, ")\n    (cv-policy\n      {policy})))");
        self.text
    }
}

/// All places together, in halves: Arbor reads such texts recursively.
fn sum(places: &[String]) -> String {
    match places {
        [] => "(nil)".to_owned(),
        [only] => only.clone(),
        _ => {
            let (a, b) = places.split_at(places.len() / 2);
            format!("(sum {}\n        {})", sum(a), sum(b))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Acc;
    use crate::tree::{Branch, Segment};

    #[test]
    fn sections_are_cut_into_compartments() {
        let [a, b, c] = [0.0, 10.0, 20.0].map(|x| [x, 0.0, 0.0, 1.0]);
        let segment = |proximal, distal, tag| Segment { proximal, distal, tag };
        let mut acc = Acc::new("cable");
        acc.morphology(&[Branch {
            parent: None,
            segments: vec![segment(a, b, 1), segment(b, c, 2)],
        }]);
        acc.labels(&[("near", 1), ("far", 2)], 0.5);
        acc.membrane("far", 0.01, 100.0, -65.0);
        let text = acc.finish();
        for part in [
            "(branch 0 -1\n        (segment 0 (point 0 0 0 1) (point 10 0 0 1) 1)\n        (segment 1 ",
            "(region-def \"far\" (tag 2))",
            "(locset-def \"middle\" (on-components 0.5 (region \"near\")))",
            "(paint (region \"far\") (axial-resistivity 100 (scalar 1)))",
            "(on-components 0.5 (tag 2))",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        let depth = |side| text.matches(side).count();
        assert_eq!(depth('('), depth(')'));
    }
}
