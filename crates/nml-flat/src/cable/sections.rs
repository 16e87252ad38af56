//! Unbranched sections with points along them.

use std::ops::Range;

use nml_base::Diagnostics;
use nml_model::views::Morphology;
use nml_model::{Component, Model};

use super::chain::{Chain, NONE, chains};
use super::points::{Ends, Flaw};
use super::span_of;
use crate::rules;

/// The largest number of compartments in one section; NEURON has the same bound.
pub(super) const MAX_DIVISIONS: u32 = 32_767;

/// Where the points of a section lie.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PointRule {
    /// As in the NEURON program that jNeuroML writes, so that both compare compartment by compartment.
    ///
    /// Coordinates and diameters are float32.  In a section of a group, proximal points after the first segment's
    /// do not count.  A first segment without proximal begins at its parent's distal point, whatever
    /// `fractionAlong` says.  Where no group names a section, each segment is one, its points the wrong
    /// way round.  A sphere becomes a cylinder along y by moving its point, and what begins at that point
    /// and stands later in the file moves with it.
    #[default]
    JNeuroMl,
    /// As NeuroML says: every segment is the frustum between its own ends, in float64.  A sphere becomes a
    /// cylinder of the same area and moves nothing else.
    Standard,
}

/// A point of a section.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SectionPoint {
    /// x, y, z.
    pub position_um: [f64; 3],
    /// Diameter.
    pub diameter_um: f64,
    /// Distance from the section's beginning along its segments.
    pub arc_um: f64,
}

/// The frustum that a segment is in its section.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Piece {
    /// Index into [`Morphology::segments`].
    pub segment: u32,
    /// Where it begins and ends, from the section's beginning.
    pub arc_um: [f64; 2],
    /// Diameters there.
    pub diameter_um: [f64; 2],
}

/// What the beginning of a section is joined to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Attachment {
    /// Nothing: it is the root.
    Root,
    /// Another section, at a place from 0 (its beginning) to 1 (its end).
    Section {
        /// Index of that section.
        parent: u32,
        /// The place.
        at: f64,
    },
}

/// An unbranched run of segments.
#[derive(Clone, PartialEq, Debug)]
pub struct Section {
    /// The group's id, else the segment's name, else `section_` with the segment's id.
    pub name: Box<str>,
    /// Compartments as written in `numberInternalDivisions`; 1 where not written.
    pub divisions: u32,
    /// What it grows from.
    pub attachment: Attachment,
    /// Whether it grows from within a segment, not from an end of one.
    pub within_segment: bool,
    /// Length along the segments.
    pub length_um: f64,
    /// Distance of its beginning from the beginning of the root section, along the sections between.
    pub path_um: f64,
    points: Range<u32>,
    pieces: Range<u32>,
}

/// Where a segment is in its section.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Seat {
    pub(super) section: u32,
    /// Index of its piece.
    pub(super) piece: u32,
    /// Beginning and length as fractions of the section come from these, in µm, from points as written.
    pub(super) begin_um: f64,
    pub(super) length_um: f64,
}

/// The sections of a cell, the root first and parents before children.
///
/// A section is a group with `neuroLexId="sao864921383"`; a segment in no such group is a section of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct Sections {
    rule: PointRule,
    all: Vec<Section>,
    points: Vec<SectionPoint>,
    pieces: Vec<Piece>,
    seats: Vec<Seat>,
    /// Per section, the sum of its segments' lengths from points as written, in µm.
    written_um: Vec<f64>,
}

impl Sections {
    /// The sections of a morphology; `None`, and findings, where it is no tree of unbranched runs.
    pub fn new(
        model: &Model,
        morphology: &Morphology,
        rule: PointRule,
        sink: &mut Diagnostics,
    ) -> Option<Self> {
        let chains = chains(model, morphology, sink)?;
        let mut made = Self {
            rule,
            all: Vec::with_capacity(chains.len()),
            points: Vec::new(),
            pieces: Vec::new(),
            seats: vec![
                Seat { section: NONE, piece: NONE, begin_um: 0.0, length_um: 0.0 };
                morphology.segments().len()
            ],
            written_um: Vec::with_capacity(chains.len()),
        };
        // Points depend on the order of the file, so they are drawn before sections are put in order.
        let mut ends = Ends::new(morphology, rule);
        let mut whole = true;
        for chain in &chains {
            let (point, piece) = (made.points.len(), made.pieces.len());
            if let Err((segment, flaw)) = ends.section(chain, &mut made.points, &mut made.pieces) {
                let segment = &morphology.segments()[segment as usize];
                let what = flaw.message(segment.id);
                sink.push(rules::unusable(
                    span_of(model, morphology.handle_of(segment.node)),
                    what,
                ));
                whole = false;
                continue;
            }
            let drawn = Drawn { point, piece };
            whole &= made.finish(model, morphology, chain, drawn, sink);
        }
        if !whole {
            return None;
        }
        made.attach(morphology, &chains);
        made.order();
        Some(made)
    }

    /// Adds a section whose points have just been drawn.
    fn finish(
        &mut self,
        model: &Model,
        morphology: &Morphology,
        chain: &Chain,
        from: Drawn,
        sink: &mut Diagnostics,
    ) -> bool {
        let section = short(self.all.len());
        let mut along = 0.0;
        for (&segment, piece) in chain.segments.iter().zip(from.piece..) {
            let length = morphology.length_um(segment as usize).unwrap_or(0.0);
            let drawn = self.pieces[piece].arc_um;
            // A segment drawn as a cylinder has a length only there.
            let length = if length == 0.0 && chain.segments.len() == 1 {
                drawn[1] - drawn[0]
            } else {
                length
            };
            self.seats[segment as usize] =
                Seat { section, piece: short(piece), begin_um: along, length_um: length };
            along += length;
        }
        let length_um = self.pieces.last().map_or(0.0, |p| p.arc_um[1]);
        let first = &morphology.segments()[chain.segments[0] as usize];
        let (name, divisions, span) = if let Some(group) = chain.group {
            let group = &morphology.groups()[group];
            let component = model.component(morphology.handle_of(group.node));
            let span = component.id_span();
            (group.id.clone().unwrap_or_default(), divisions(component, sink), span)
        } else {
            let component = model.component(morphology.handle_of(first.node));
            let named = component.attr("name").filter(|name| !name.is_empty());
            let name = named.map_or_else(|| format!("section_{}", first.id).into(), Into::into);
            (name, Some(1), component.id_span())
        };
        if length_um.is_nan() || length_um <= 0.0 {
            sink.push(rules::unusable(span, format!("the section `{name}` has no length")));
            return false;
        }
        self.written_um.push(along);
        self.all.push(Section {
            name,
            divisions: divisions.unwrap_or(1),
            attachment: Attachment::Root,
            within_segment: false,
            length_um,
            path_um: 0.0,
            points: short(from.point)..short(self.points.len()),
            pieces: short(from.piece)..short(self.pieces.len()),
        });
        divisions.is_some()
    }

    fn attach(&mut self, morphology: &Morphology, chains: &[Chain]) {
        for (i, chain) in chains.iter().enumerate() {
            let first = chain.segments[0] as usize;
            let (Some(parent), Some(p)) =
                (morphology.segments()[first].parent, morphology.tree().parent(first))
            else {
                continue;
            };
            let mut fraction = parent.fraction_along;
            // What nearly is the end is the end, as in jNeuroML.
            if (fraction - 1.0).abs() < 1e-4 {
                fraction = 1.0;
            }
            self.all[i].within_segment = fraction > 0.0 && fraction < 1.0;
            let at = self.place(p, fraction).clamp(0.0, 1.0);
            self.all[i].attachment = Attachment::Section { parent: self.seats[p].section, at };
        }
    }

    /// A place on a segment as a place on its section, before the rounding of locations.
    pub(super) fn place(&self, segment: usize, fraction: f64) -> f64 {
        let seat = self.seats[segment];
        #[expect(clippy::cast_possible_truncation, reason = "jNeuroML reads fractions as float32")]
        let fraction = match self.rule {
            PointRule::JNeuroMl => f64::from(fraction as f32),
            PointRule::Standard => fraction,
        };
        if self.all[seat.section as usize].pieces.len() == 1 {
            return fraction;
        }
        (seat.begin_um + fraction * seat.length_um) / self.written_um[seat.section as usize]
    }

    /// Puts parents before children, depth first, children in the order written; finds path lengths.
    fn order(&mut self) {
        let n = self.all.len();
        let mut first = vec![0_usize; n + 1];
        let mut roots = Vec::new();
        for (i, section) in self.all.iter().enumerate() {
            match section.attachment {
                Attachment::Root => roots.push(i),
                Attachment::Section { parent, .. } => first[parent as usize + 1] += 1,
            }
        }
        for i in 0..n {
            first[i + 1] += first[i];
        }
        let mut slot = first.clone();
        let mut children = vec![0_usize; first[n]];
        for (i, section) in self.all.iter().enumerate() {
            if let Attachment::Section { parent, .. } = section.attachment {
                children[slot[parent as usize]] = i;
                slot[parent as usize] += 1;
            }
        }
        let mut order = Vec::with_capacity(n);
        let mut open: Vec<usize> = roots.into_iter().rev().collect();
        while let Some(i) = open.pop() {
            order.push(i);
            open.extend(children[first[i]..first[i + 1]].iter().rev());
        }
        let mut place = vec![NONE; n];
        for (&i, new) in order.iter().zip(0..) {
            place[i] = new;
        }
        let mut sorted: Vec<Section> = Vec::with_capacity(n);
        for &i in &order {
            let mut section = self.all[i].clone();
            if let Attachment::Section { parent, at } = section.attachment {
                let parent = place[parent as usize];
                let grown = &sorted[parent as usize];
                section.path_um = grown.path_um + at * grown.length_um;
                section.attachment = Attachment::Section { parent, at };
            }
            sorted.push(section);
        }
        self.written_um = order.iter().map(|&i| self.written_um[i]).collect();
        for seat in &mut self.seats {
            seat.section = place[seat.section as usize];
        }
        self.all = sorted;
    }

    /// The same sections elsewhere.
    ///
    /// Under [`PointRule::JNeuroMl`] NEURON keeps 32 bits of the new places, so that lengths differ in the
    /// eighth digit.
    #[must_use]
    pub fn moved(&self, by_um: [f64; 3]) -> Self {
        let mut made = self.clone();
        for point in &mut made.points {
            for (x, by) in point.position_um.iter_mut().zip(by_um) {
                *x = self.rule.number(*x + by);
            }
        }
        if self.rule == PointRule::Standard {
            return made;
        }
        for i in 0..made.all.len() {
            let section = &made.all[i];
            let points =
                &mut made.points[section.points.start as usize..section.points.end as usize];
            let mut arc = 0.0;
            for k in 0..points.len() {
                if k > 0 {
                    arc += self.rule.distance(&points[k - 1], &points[k]);
                }
                points[k].arc_um = arc;
            }
            // Under this rule each segment begins at the point where the one before it ends.
            let pieces =
                &mut made.pieces[section.pieces.start as usize..section.pieces.end as usize];
            for (piece, ends) in pieces.iter_mut().zip(points.windows(2)) {
                piece.arc_um = [ends[0].arc_um, ends[1].arc_um];
            }
            let path = match section.attachment {
                Attachment::Root => 0.0,
                Attachment::Section { parent, at } => {
                    let parent = &made.all[parent as usize];
                    parent.path_um + at * parent.length_um
                }
            };
            (made.all[i].length_um, made.all[i].path_um) = (arc, path);
        }
        made
    }

    /// The sections.
    pub fn all(&self) -> &[Section] {
        &self.all
    }

    /// The rule its points were drawn by.
    pub fn rule(&self) -> PointRule {
        self.rule
    }

    /// The points of a section from its beginning to its end.
    pub fn points(&self, section: &Section) -> &[SectionPoint] {
        &self.points[section.points.start as usize..section.points.end as usize]
    }

    /// The frusta of a section from its beginning to its end, one per segment.
    pub fn pieces(&self, section: &Section) -> &[Piece] {
        &self.pieces[section.pieces.start as usize..section.pieces.end as usize]
    }

    /// The section of a segment, and the frustum that the segment is there; by index, not id.
    pub fn seat(&self, segment: usize) -> Option<(u32, &Piece)> {
        let seat = self.seats.get(segment)?;
        Some((seat.section, &self.pieces[seat.piece as usize]))
    }

    /// The number of segments.
    pub fn n_segments(&self) -> usize {
        self.seats.len()
    }
}

/// Where the points and pieces of a section begin.
#[derive(Clone, Copy)]
struct Drawn {
    point: usize,
    piece: usize,
}

fn short(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(NONE)
}

/// `numberInternalDivisions` of a group: a property in the group, or in its annotation, the last one that is
/// written.  `None`, and a finding, where it is no usable number.
fn divisions(group: Component<'_>, sink: &mut Diagnostics) -> Option<u32> {
    let own = group.children_named("property");
    let noted = group.children_named("annotation").flat_map(|a| a.children_named("property"));
    let property = own.chain(noted).filter(|p| p.attr("tag") == Some("numberInternalDivisions"));
    let Some(property) = property.last() else { return Some(1) };
    let text = property.attr("value").unwrap_or_default();
    let number = text.trim_ascii().parse().ok().filter(|n| (1..=MAX_DIVISIONS).contains(n));
    if number.is_none() {
        let what = format!("`{text}` is no number of compartments from 1 to {MAX_DIVISIONS}");
        sink.push(rules::unusable(property.span_of("value"), what));
    }
    number
}

impl Flaw {
    fn message(&self, id: u32) -> String {
        match self {
            Self::NoBegin => format!("segment {id} does not say where it begins"),
            Self::NoEnd => format!("segment {id} has no distal point"),
            Self::NotFinite => {
                format!("segment {id} has a coordinate or diameter that is no number")
            }
            Self::Diameter => format!("segment {id} has an end without thickness"),
        }
    }
}
