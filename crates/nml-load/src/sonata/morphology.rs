//! The shape of a cell from an SWC file, as a model that names it wants it.
//!
//! Groups of segments are `soma`, `axon`, `dend` and `apic`, as templates name them, `all`, and one for each section.
//! What leaves the soma is attached to its middle, as NEURON does with such files.

use std::fmt::Write as _;

use nml_base::{Span, format_f64};
use rustc_hash::{FxHashMap, FxHashSet};

use super::desk::Desk;
use crate::swc::{Frustum, Shape};

const SOMA: u32 = 1;
const AXON: u32 = 2;
const DENDRITE: u32 = 3;
const APICAL: u32 = 4;

/// The label of a group that is one unbranched cable.
const UNBRANCHED: &str = "sao864921383";

/// Length in µm of each of the two pieces that stand for the axon.
const STUB_UM: f64 = 30.0;
/// Their diameter.
const STUB_DIAMETER_UM: f64 = 1.0;

/// What is done to a shape before it is used (`model_processing`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Processing {
    /// Nothing.
    None,
    /// The axon is replaced by two pieces of 30 µm by 1 µm at the middle of the soma.
    Perisomatic,
}

impl Processing {
    /// Reads its name.
    pub(super) fn of(text: &str) -> Option<Self> {
        match text.split(':').next_back().unwrap_or("") {
            "aibs_perisomatic" => Some(Self::Perisomatic),
            _ => None,
        }
    }
}

/// A section for printing.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) kind: u32,
    /// Segments with their length, from the beginning on.
    pub(super) segments: Vec<(u32, f64)>,
}

/// A cell's shape, ready to be printed.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    segments: Vec<(Frustum, Option<f64>)>,
    pub(super) sections: Vec<Section>,
}

impl Cell {
    /// The only cell of a file, processed.
    pub(super) fn new(
        desk: &mut Desk<'_>,
        shape: &Shape,
        processing: Processing,
        span: Span,
    ) -> Option<Self> {
        let root_is_soma = shape.segments.first().is_some_and(|root| root.kind == SOMA);
        if !root_is_soma {
            desk.bad(span, "the shape does not begin with a soma", "give the first sample type 1");
            return None;
        }
        let soma: FxHashSet<u32> =
            shape.segments.iter().filter(|s| s.kind == SOMA).map(|s| s.number).collect();
        let cut = processing != Processing::None;
        let gone = |kind: u32| cut && kind == AXON;
        let mut kept: Vec<(Frustum, Option<f64>)> = Vec::new();
        for segment in shape.segments.iter().filter(|segment| !gone(segment.kind)) {
            let parent_is_soma = segment.parent.is_some_and(|(parent, _)| soma.contains(&parent));
            let along = match segment.parent {
                _ if parent_is_soma && segment.kind != SOMA && soma.len() == 1 => Some(0.5),
                Some((_, true)) => Some(0.0),
                _ => None,
            };
            kept.push((segment.clone(), along));
        }
        let numbers: FxHashSet<u32> = kept.iter().map(|(s, _)| s.number).collect();
        let orphan =
            kept.iter().find(|(s, _)| s.parent.is_some_and(|(p, _)| !numbers.contains(&p)));
        if let Some((orphan, _)) = orphan {
            let message = format!("sample {} grows from the axon that is cut off", orphan.number);
            desk.bad(span, message, "mark all that grows from the axon as axon");
            return None;
        }
        let lengths = lengths(&kept);
        let mut sections = Vec::new();
        for (kind, segments) in &shape.sections {
            if gone(*kind) {
                continue;
            }
            let segments = segments.iter().map(|&number| (number, lengths[&number])).collect();
            sections.push(Section { kind: *kind, segments });
        }
        let mut cell = Self { segments: kept, sections };
        if cut {
            cell.stub(shape);
        }
        // The order of the sections in the arrays of NEURON: soma, axon, dendrites, apical dendrites.
        cell.sections.sort_by_key(|section| section.kind);
        Some(cell)
    }

    /// Puts two pieces in place of the axon.
    fn stub(&mut self, shape: &Shape) {
        let next = shape.segments.iter().map(|s| s.number).max().unwrap_or(0).saturating_add(1);
        let [x, y, z, _] = shape.segments[0].distal;
        let mut parent = (0, 0.5);
        for piece in 0..2 {
            let number = next.saturating_add(piece);
            let from = y - STUB_UM * f64::from(piece);
            let segment = Frustum {
                number,
                kind: AXON,
                parent: Some((parent.0, false)),
                proximal: Some([x, from, z, STUB_DIAMETER_UM]),
                distal: [x, from - STUB_UM, z, STUB_DIAMETER_UM],
            };
            self.segments.push((segment, Some(parent.1)));
            self.sections.push(Section { kind: AXON, segments: vec![(number, STUB_UM)] });
            parent = (number, 1.0);
        }
    }

    /// A place on the cell by the number of a section and the place along it: the segment and the place along that.
    pub(super) fn place(&self, section: u32, along: f64) -> Option<(u32, f64)> {
        let section = self.sections.get(section as usize)?;
        let total: f64 = section.segments.iter().map(|(_, length)| length).sum();
        let mut left = along * total;
        for (at, &(number, length)) in section.segments.iter().enumerate() {
            if left <= length || at + 1 == section.segments.len() {
                let along = if length > 0.0 { (left / length).clamp(0.0, 1.0) } else { 0.5 };
                return Some((number, along));
            }
            left -= length;
        }
        None
    }

    /// The `<morphology>`; compartments are about as long as `d_l_um` twice, an odd number to a section.
    pub(super) fn print(&self, id: &str, d_l_um: Option<f64>, out: &mut String) {
        let _ = writeln!(out, "    <morphology id=\"{id}_morphology\">");
        for (segment, along) in &self.segments {
            let _ = writeln!(out, "      <segment id=\"{}\">", segment.number);
            if let Some((parent, _)) = segment.parent {
                let along = match along {
                    Some(along) if (*along - 1.0).abs() > 0.0 => {
                        format!(" fractionAlong=\"{}\"", format_f64(*along))
                    }
                    _ => String::new(),
                };
                let _ = writeln!(out, "        <parent segment=\"{parent}\"{along}/>");
            }
            if let Some(point) = segment.proximal {
                self::point("proximal", point, out);
            }
            point("distal", segment.distal, out);
            out.push_str("      </segment>\n");
        }
        let names = self.names();
        for (section, name) in self.sections.iter().zip(&names) {
            let _ = writeln!(out, "      <segmentGroup id=\"{name}\" neuroLexId=\"{UNBRANCHED}\">");
            let length: f64 = section.segments.iter().map(|(_, length)| length).sum();
            let divisions = d_l_um.map_or(1.0, |d_l| 1.0 + 2.0 * (length / (2.0 * d_l)).floor());
            if divisions > 1.0 {
                let value = format_f64(divisions);
                let _ = writeln!(
                    out,
                    "        <property tag=\"numberInternalDivisions\" value=\"{value}\"/>"
                );
            }
            for (segment, _) in &section.segments {
                let _ = writeln!(out, "        <member segment=\"{segment}\"/>");
            }
            out.push_str("      </segmentGroup>\n");
        }
        let mut group = |id: &str, wanted: &dyn Fn(u32) -> bool| {
            let inside: Vec<&String> = (self.sections.iter().zip(&names))
                .filter(|(section, _)| wanted(section.kind))
                .map(|(_, name)| name)
                .collect();
            if inside.is_empty() {
                return;
            }
            let _ = writeln!(out, "      <segmentGroup id=\"{id}\">");
            for name in inside {
                let _ = writeln!(out, "        <include segmentGroup=\"{name}\"/>");
            }
            out.push_str("      </segmentGroup>\n");
        };
        group("soma", &|kind| kind == SOMA);
        group("axon", &|kind| kind == AXON);
        group("dend", &|kind| kind == DENDRITE);
        group("apic", &|kind| kind == APICAL);
        group("all", &|_| true);
        out.push_str("    </morphology>\n");
    }

    fn names(&self) -> Vec<String> {
        let mut counts = std::collections::BTreeMap::new();
        let name = |section: &Section| {
            let count = counts.entry(section.kind).or_insert(0_u32);
            let stem = match section.kind {
                SOMA => "soma".to_owned(),
                AXON => "axon".to_owned(),
                DENDRITE => "dend".to_owned(),
                APICAL => "apic".to_owned(),
                kind => format!("swc_type_{kind}"),
            };
            *count += 1;
            format!("{stem}_{}", *count - 1)
        };
        self.sections.iter().map(name).collect()
    }
}

fn point(name: &str, [x, y, z, diameter]: [f64; 4], out: &mut String) {
    let [x, y, z, diameter] = [x, y, z, diameter].map(format_f64);
    let _ =
        writeln!(out, "        <{name} x=\"{x}\" y=\"{y}\" z=\"{z}\" diameter=\"{diameter}\"/>");
}

/// The length of each segment; that of a sphere is its diameter.
fn lengths(segments: &[(Frustum, Option<f64>)]) -> FxHashMap<u32, f64> {
    let ends: FxHashMap<u32, [f64; 4]> =
        segments.iter().map(|(s, _)| (s.number, s.distal)).collect();
    let length = |segment: &Frustum| {
        let parent = segment.parent.and_then(|(parent, _)| ends.get(&parent).copied());
        let from = segment.proximal.or(parent).unwrap_or(segment.distal);
        let squares = (0..3).map(|i| (segment.distal[i] - from[i]) * (segment.distal[i] - from[i]));
        let length = squares.sum::<f64>().sqrt();
        if length > 0.0 { length } else { segment.distal[3] }
    };
    segments.iter().map(|(s, _)| (s.number, length(s))).collect()
}
