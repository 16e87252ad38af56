//! The compartments of a cell and how they are joined.

use nml_base::{Diagnostics, Span};

use super::chain::NONE;
use super::cut::halves;
use super::division::Division;
use super::property::Electrics;
use super::sections::{Attachment, PointRule, Sections};
use crate::rules;

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NodeKind {
    /// The beginning of the root section: no membrane.
    Start,
    /// A compartment.
    Compartment,
    /// The end of a section: no membrane.
    End,
}

/// Membrane of one segment within one compartment.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cover {
    /// Index into [`nml_model::views::Morphology::segments`].
    pub segment: u32,
    /// In µm².
    pub area_um2: f64,
}

/// The nodes of a cell: compartments and ends of sections, parents before children (Hines 1984,
/// Int. J. Bio-Med. Comput. 15:69–76).
///
/// Node 0 is the start of the root section.  Each section in turn has its compartments from its beginning
/// to its end, then its end node.  The first compartment of a section hangs on the node that the section is joined
/// to: the parent's end node at 1, what the parent itself hangs on at 0, else the compartment there.
/// All columns have one entry per node.
#[derive(Clone, PartialEq, Debug)]
pub struct Compartments {
    kind: Vec<NodeKind>,
    parent: Vec<u32>,
    section: Vec<u32>,
    area_um2: Vec<f64>,
    half_mohm: Vec<[f64; 2]>,
    to_parent_mohm: Vec<f64>,
    position: Vec<f64>,
    path_um: Vec<f64>,
    middle: Vec<u32>,
    first_cover: Vec<u32>,
    cover: Vec<Cover>,
    /// Per section: its first node, its number of compartments.
    runs: Vec<(u32, u32)>,
    /// Per section: the path length at its beginning.
    begin_um: Vec<f64>,
    /// Per segment.
    r_a_ohm_m: Vec<f64>,
}

impl Compartments {
    /// Cuts sections into compartments; `None`, and findings, where `division` cannot be carried out.
    pub(super) fn new(
        sections: &Sections,
        electrics: &Electrics,
        division: Division,
        span: Span,
        sink: &mut Diagnostics,
    ) -> Option<Self> {
        let counts = division.counts(sections, electrics, span, sink)?;
        let made = Self::cut_all(sections, &counts, electrics.r_a_ohm_m.clone());
        let broken =
            |i: &usize| !made.to_parent_mohm[*i].is_finite() || !made.area_um2[*i].is_finite();
        if let Some(i) = (0..made.len()).find(broken) {
            let name = &sections.all()[made.section[i] as usize].name;
            let what = format!("the section `{name}` has no finite area and axial resistance");
            // A property that is missing has been told, and makes sections that are none.
            if !sink.has_errors() {
                sink.push(rules::unusable(span, what));
            }
            return None;
        }
        Some(made)
    }

    /// The same compartments of sections that have [moved](Sections::moved).
    #[must_use]
    pub fn moved(&self, sections: &Sections) -> Self {
        let counts: Vec<u32> = self.runs.iter().map(|&(_, count)| count).collect();
        Self::cut_all(sections, &counts, self.r_a_ohm_m.clone())
    }

    fn cut_all(sections: &Sections, counts: &[u32], r_a_ohm_m: Vec<f64>) -> Self {
        let n = 1 + counts.iter().map(|&c| c as usize + 1).sum::<usize>();
        let mut made = Self {
            kind: Vec::with_capacity(n),
            parent: Vec::with_capacity(n),
            section: Vec::with_capacity(n),
            area_um2: Vec::with_capacity(n),
            half_mohm: Vec::with_capacity(n),
            to_parent_mohm: Vec::with_capacity(n),
            position: Vec::with_capacity(n),
            path_um: Vec::with_capacity(n),
            middle: Vec::with_capacity(n),
            first_cover: Vec::with_capacity(n + 1),
            cover: Vec::new(),
            runs: Vec::with_capacity(counts.len()),
            begin_um: Vec::with_capacity(counts.len()),
            r_a_ohm_m,
        };
        let start = Node { kind: NodeKind::Start, parent: NONE, section: 0, position: 0.0 };
        made.push(start, 0.0, [0.0; 2], 0.0);
        let root = sections.all().first().map(|root| sections.pieces(root));
        made.middle[0] = root.and_then(<[_]>::first).map_or(NONE, |piece| piece.segment);
        for (section, &count) in (0_u32..).zip(counts) {
            made.cut(sections, section, count);
        }
        made.first_cover.push(short(made.cover.len()));
        made
    }

    fn cut(&mut self, sections: &Sections, section: u32, count: u32) {
        let this = &sections.all()[section as usize];
        let pieces = sections.pieces(this);
        let mut halves = halves(pieces, this.length_um, count, &self.r_a_ohm_m).into_iter();
        let mut parent = match this.attachment {
            Attachment::Root => 0,
            Attachment::Section { parent, at } => self.node_of(parent, at),
        };
        self.runs.push((short(self.len()), count));
        let begin_um = match sections.rule() {
            PointRule::JNeuroMl => self.path_um[parent as usize],
            PointRule::Standard => this.path_um,
        };
        self.begin_um.push(begin_um);
        let mut before = 0.0;
        let mut at_piece = 0;
        for j in 0..count {
            let (Some(left), Some(right)) = (halves.next(), halves.next()) else { break };
            let position = (f64::from(j) + 0.5) / f64::from(count);
            let path = begin_um + position * this.length_um;
            while at_piece + 1 < pieces.len()
                && pieces[at_piece].arc_um[1] <= position * this.length_um
            {
                at_piece += 1;
            }
            let half = [left.r_mohm, right.r_mohm];
            let node = Node { kind: NodeKind::Compartment, parent, section, position };
            parent = self.push(node, before + left.r_mohm, half, path);
            before = right.r_mohm;
            let from = self.cover.len();
            for (segment, area_um2) in left.cover.into_iter().chain(right.cover) {
                match self.cover[from..].last_mut().filter(|c| c.segment == segment) {
                    Some(last) => last.area_um2 += area_um2,
                    None => self.cover.push(Cover { segment, area_um2 }),
                }
            }
            let area: f64 = self.cover[from..].iter().map(|c| c.area_um2).sum();
            self.area_um2[parent as usize] = area;
            self.middle[parent as usize] = pieces[at_piece].segment;
        }
        let end = Node { kind: NodeKind::End, parent, section, position: 1.0 };
        let last = self.push(end, before, [0.0; 2], begin_um + this.length_um);
        self.middle[last as usize] = pieces.last().map_or(NONE, |p| p.segment);
    }

    fn push(&mut self, node: Node, to_parent: f64, half: [f64; 2], path: f64) -> u32 {
        let i = short(self.len());
        self.kind.push(node.kind);
        self.parent.push(node.parent);
        self.section.push(node.section);
        self.position.push(node.position);
        self.area_um2.push(0.0);
        self.half_mohm.push(half);
        self.to_parent_mohm.push(to_parent);
        self.path_um.push(path);
        self.middle.push(NONE);
        self.first_cover.push(short(self.cover.len()));
        i
    }

    /// The node at a place of a section: exactly 0 is what the section hangs on, exactly 1 its end node, all
    /// between is compartment `floor(at · n)`.
    pub fn node_of(&self, section: u32, at: f64) -> u32 {
        let (first, count) = self.runs[section as usize];
        if at <= 0.0 {
            return self.parent[first as usize];
        }
        if at >= 1.0 {
            return first + count;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the number of compartments"
        )]
        let j = (at * f64::from(count)) as u32;
        first + j.min(count - 1)
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.kind.len()
    }

    /// Whether there is no node; never for a cell.
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }

    /// The number of compartments: nodes with membrane.
    pub fn n_compartments(&self) -> usize {
        self.runs.iter().map(|&(_, count)| count as usize).sum()
    }

    /// What each node is.
    pub fn kinds(&self) -> &[NodeKind] {
        &self.kind
    }

    /// The parent of a node; `None` for node 0.
    pub fn parent(&self, node: u32) -> Option<u32> {
        self.parent.get(node as usize).copied().filter(|&p| p != NONE)
    }

    /// Index into [`Sections::all`].
    pub fn section(&self) -> &[u32] {
        &self.section
    }

    /// Membrane area; 0 where there is no membrane.
    pub fn area_um2(&self) -> &[f64] {
        &self.area_um2
    }

    /// Axial resistance from the middle of a compartment to its beginning, and to its end; 0 in other nodes.
    pub fn half_mohm(&self) -> &[[f64; 2]] {
        &self.half_mohm
    }

    /// Axial resistance between a node and its parent: NEURON's `ri`; 0 for node 0.
    pub fn to_parent_mohm(&self) -> &[f64] {
        &self.to_parent_mohm
    }

    /// Where a node is in its section: the middle of a compartment, 0 for node 0, 1 for ends.
    pub fn position(&self) -> &[f64] {
        &self.position
    }

    /// Distance from the beginning of the root section along the cell.
    ///
    /// Under [`PointRule::JNeuroMl`] the way leads through nodes, as NEURON's `distance` does: a section that is
    /// joined within another starts from the middle of the compartment there.
    pub fn path_um(&self) -> &[f64] {
        &self.path_um
    }

    /// The segment in the middle of a compartment, at the end of a section, at the start of the root; by index.
    pub fn segment(&self, node: u32) -> Option<u32> {
        self.middle.get(node as usize).copied().filter(|&s| s != NONE)
    }

    /// The membrane of a node by segment, from its beginning to its end.
    pub fn cover(&self, node: u32) -> &[Cover] {
        let i = node as usize;
        &self.cover[self.first_cover[i] as usize..self.first_cover[i + 1] as usize]
    }

    /// The path length at the beginning of a section; see [`Compartments::path_um`].
    pub fn begin_um(&self, section: u32) -> f64 {
        self.begin_um[section as usize]
    }

    /// The first node of a section and its number of compartments; its end node follows them.
    pub fn run(&self, section: u32) -> (u32, u32) {
        self.runs[section as usize]
    }
}

#[derive(Clone, Copy)]
struct Node {
    kind: NodeKind,
    parent: u32,
    section: u32,
    position: f64,
}

fn short(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(NONE)
}
