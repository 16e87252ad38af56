//! Sections as the segments and branches of Arbor.

use nml_flat::cable::{Attachment, Sections};

/// A frustum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Segment {
    /// x, y, z and radius in µm where it begins.
    pub(crate) proximal: [f64; 4],
    /// x, y, z and radius in µm where it ends.
    pub(crate) distal: [f64; 4],
    /// The number of its section, counted from one.
    pub(crate) tag: usize,
}

/// Segments without a fork.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Branch {
    /// The branch it grows from.
    pub(crate) parent: Option<usize>,
    pub(crate) segments: Vec<Segment>,
}

/// Two places along a section are one where they are so near.
const SAME: f64 = 1e-9;

/// The tree in the making.
#[derive(Debug, Default)]
struct Tree {
    segments: Vec<Segment>,
    /// By segment, the one it grows from.
    parents: Vec<Option<usize>>,
    /// By section, the places at which segments end, ascending; none at the beginning of the tree.
    ends: Vec<Vec<(f64, Option<usize>)>>,
}

/// The branches of a cell; a section is cut where another one begins.
pub(crate) fn branches(sections: &Sections) -> Vec<Branch> {
    let all = sections.all();
    let mut cuts: Vec<Vec<f64>> = vec![Vec::new(); all.len()];
    for section in all {
        if let Attachment::Section { parent, at } = section.attachment
            && let Some(cuts) = cuts.get_mut(parent as usize)
            && at > SAME
            && at < 1.0 - SAME
        {
            cuts.push(at);
        }
    }
    let mut tree = Tree::default();
    for (at, section) in all.iter().enumerate() {
        let base = match section.attachment {
            Attachment::Root => None,
            Attachment::Section { parent, at } => tree.end(parent as usize, at),
        };
        let points: Vec<[f64; 4]> = sections
            .points(section)
            .iter()
            .map(|point| {
                let [x, y, z] = point.position_um;
                [x, y, z, point.diameter_um / 2.0]
            })
            .collect();
        cuts[at].sort_by(f64::total_cmp);
        cuts[at].dedup_by(|a, b| (*a - *b).abs() < SAME);
        tree.section(base, &points, &cuts[at], at + 1);
    }
    tree.branches()
}

impl Tree {
    /// The segment that ends at a place along a section.
    fn end(&self, section: usize, x: f64) -> Option<usize> {
        let ends = self.ends.get(section)?;
        let distance = |end: &&(f64, Option<usize>)| (end.0 - x).abs();
        ends.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?.1
    }

    fn section(&mut self, base: Option<usize>, points: &[[f64; 4]], cuts: &[f64], tag: usize) {
        let length_of = |a: &[f64; 4], b: &[f64; 4]| {
            let square = |axis: usize| (b[axis] - a[axis]).powi(2);
            (square(0) + square(1) + square(2)).sqrt()
        };
        let total: f64 = points.windows(2).map(|pair| length_of(&pair[0], &pair[1])).sum();
        let mut ends = vec![(0.0, base)];
        let (mut last, mut from) = (base, 0.0);
        for pair in points.windows(2) {
            let length = length_of(&pair[0], &pair[1]);
            // A jump of the diameter is two points at one place.
            if length == 0.0 {
                continue;
            }
            let along = |part: f64| {
                let mut point = pair[0];
                for (axis, x) in point.iter_mut().enumerate() {
                    *x += (pair[1][axis] - *x) * part;
                }
                if part < 1.0 { point } else { pair[1] }
            };
            let inner = cuts.iter().map(|cut| (cut * total - from) / length);
            let inner = inner.filter(|part| *part > SAME && *part < 1.0 - SAME);
            let mut before = 0.0;
            for part in inner.chain([1.0]) {
                let segment = Segment { proximal: along(before), distal: along(part), tag };
                self.segments.push(segment);
                self.parents.push(last);
                last = Some(self.segments.len() - 1);
                ends.push(((from + part * length) / total, last));
                before = part;
            }
            from += length;
        }
        self.ends.push(ends);
    }

    fn branches(self) -> Vec<Branch> {
        let mut children = vec![0_usize; self.segments.len()];
        for parent in self.parents.iter().flatten() {
            children[*parent] += 1;
        }
        let mut made: Vec<Branch> = Vec::new();
        let mut branch_of = Vec::with_capacity(self.segments.len());
        for (at, (segment, parent)) in self.segments.iter().zip(&self.parents).enumerate() {
            let goes_on = parent.is_some_and(|parent| parent + 1 == at && children[parent] == 1);
            if !goes_on {
                let parent = parent.map(|parent| branch_of[parent]);
                made.push(Branch { parent, segments: Vec::new() });
            }
            if let Some(branch) = made.last_mut() {
                branch.segments.push(*segment);
            }
            branch_of.push(made.len() - 1);
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::{Branch, Segment, Tree};

    const BASE: [[f64; 4]; 2] = [[0.0, 0.0, 0.0, 1.0], [10.0, 0.0, 0.0, 2.0]];

    #[test]
    fn a_section_is_cut_where_another_begins() {
        let mut tree = Tree::default();
        tree.section(None, &BASE, &[0.25], 1);
        let base = tree.end(0, 0.25);
        tree.section(base, &[[2.5, 0.0, 0.0, 1.0], [2.5, 4.0, 0.0, 1.0]], &[], 2);
        let made = tree.branches();
        let parents: Vec<Option<usize>> = made.iter().map(|branch| branch.parent).collect();
        assert_eq!(parents, [None, Some(0), Some(0)]);
        assert_eq!(made[0].segments[0].distal, [2.5, 0.0, 0.0, 1.25]);
        assert_eq!(made[2].segments[0].tag, 2);
    }

    #[test]
    fn a_jump_of_the_diameter_stays_in_a_branch() {
        let mut tree = Tree::default();
        let points = [BASE[0], BASE[1], [10.0, 0.0, 0.0, 5.0], [20.0, 0.0, 0.0, 5.0]];
        tree.section(None, &points, &[], 1);
        let [first, second] = [(BASE[0], BASE[1]), (points[2], points[3])]
            .map(|(proximal, distal)| Segment { proximal, distal, tag: 1 });
        assert_eq!(tree.branches(), [Branch { parent: None, segments: vec![first, second] }]);
    }
}
