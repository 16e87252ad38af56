//! How segments hang together.

const NONE: u32 = u32::MAX;

/// A forest over segments, given by index; circles are found, never followed.
///
/// Arrays only: `parents[i]`, the children of `i` as a run of `children`, and an order in which parents
/// come before their children.  Built in O(n).
#[derive(Clone, Debug, Default)]
pub struct SegmentTree {
    parents: Vec<u32>,
    first_child: Vec<u32>,
    children: Vec<u32>,
    order: Vec<u32>,
    circles: Vec<Vec<usize>>,
}

impl SegmentTree {
    pub(crate) fn new(parents: &[Option<usize>]) -> Self {
        let n = parents.len();
        let short = |i: usize| u32::try_from(i).unwrap_or(NONE);
        let parents: Vec<u32> = parents.iter().map(|p| p.map_or(NONE, short)).collect();
        let mut first_child = vec![0; n + 1];
        for &p in parents.iter().filter(|&&p| p != NONE) {
            first_child[p as usize + 1] += 1;
        }
        for i in 0..n {
            first_child[i + 1] += first_child[i];
        }
        let mut next = first_child.clone();
        let mut children = vec![0; first_child.last().copied().unwrap_or(0) as usize];
        for (&p, i) in parents.iter().zip(0_u32..) {
            if p != NONE {
                let slot = &mut next[p as usize];
                children[*slot as usize] = i;
                *slot += 1;
            }
        }
        let mut tree =
            Self { parents, first_child, children, order: Vec::new(), circles: Vec::new() };
        tree.order = tree.walk();
        tree.circles = tree.find_circles();
        tree
    }

    /// Breadth first from all segments without a parent.
    fn walk(&self) -> Vec<u32> {
        let roots = self.parents.iter().zip(0..).filter(|&(&p, _)| p == NONE).map(|(_, i)| i);
        let mut order: Vec<u32> = roots.collect();
        order.reserve(self.parents.len() - order.len());
        let mut at = 0;
        while let Some(&i) = order.get(at) {
            order.extend(self.run(i as usize));
            at += 1;
        }
        order
    }

    fn find_circles(&self) -> Vec<Vec<usize>> {
        let n = self.parents.len();
        if self.order.len() == n {
            return Vec::new();
        }
        // 0: not seen; otherwise the walk that saw the segment, so that each is walked once.
        let mut seen = vec![0_u32; n];
        for &i in &self.order {
            seen[i as usize] = NONE;
        }
        let mut circles = Vec::new();
        for (start, walk) in (0..n).zip(1_u32..) {
            let mut at = start;
            while seen[at] == 0 {
                seen[at] = walk;
                at = self.parents[at] as usize;
            }
            if seen[at] == walk {
                let mut circle = vec![at];
                let mut next = self.parents[at] as usize;
                while next != at {
                    circle.push(next);
                    next = self.parents[next] as usize;
                }
                circles.push(circle);
            }
        }
        circles
    }

    fn run(&self, i: usize) -> &[u32] {
        &self.children[self.first_child[i] as usize..self.first_child[i + 1] as usize]
    }

    /// The number of segments.
    pub fn len(&self) -> usize {
        self.parents.len()
    }

    /// Whether there is no segment.
    pub fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }

    /// The parent of a segment; `None` for a root, and where the parent does not exist.
    pub fn parent(&self, index: usize) -> Option<usize> {
        self.parents.get(index).filter(|&&p| p != NONE).map(|&p| p as usize)
    }

    /// The segments that grow from one, in the order written.
    pub fn children(&self, index: usize) -> impl ExactSizeIterator<Item = usize> {
        self.run(index).iter().map(|&i| i as usize)
    }

    /// Segments in an order in which parents come first; those of circles, and what grows from them, are
    /// left out.
    pub fn order(&self) -> impl ExactSizeIterator<Item = usize> {
        self.order.iter().map(|&i| i as usize)
    }

    /// The circles of parents, each once, each segment followed by its parent.
    pub fn circles(&self) -> &[Vec<usize>] {
        &self.circles
    }

    /// A segment and all that grows from it.  Bounded by the number of segments, circles included.
    pub fn subtree(&self, index: usize) -> Vec<usize> {
        let mut found = vec![index];
        let mut at = 0;
        while let Some(&i) = found.get(at) {
            // Only a circle leads back to the start, and every circle of the subtree contains it.
            found.extend(self.children(i).filter(|&c| c != index));
            at += 1;
        }
        found
    }

    /// The segments from `from` to `to`, both included, where one lies on the way from the other to its
    /// root.
    pub fn path(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        self.up(to, from).or_else(|| self.up(from, to))
    }

    fn up(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let mut path = vec![from];
        let mut at = from;
        while at != to {
            at = self.parent(at)?;
            path.push(at);
            if path.len() > self.len() {
                return None;
            }
        }
        Some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_and_circles() {
        // 0 ← 1 ← 2, 1 ← 3; 4 ↔ 5 ← 6; 7 is its own parent.
        let parents = [None, Some(0), Some(1), Some(1), Some(5), Some(4), Some(5), Some(7)];
        let tree = SegmentTree::new(&parents);
        assert_eq!(tree.order().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(tree.circles(), [vec![4, 5], vec![7]]);
        assert_eq!(tree.subtree(1), [1, 2, 3]);
        assert_eq!(tree.subtree(4), [4, 5, 6]);
        assert_eq!(tree.path(0, 2), Some(vec![2, 1, 0]));
        assert_eq!(tree.path(2, 3), None);
        assert_eq!(tree.path(6, 0), None);
    }

    #[test]
    fn a_long_chain_is_no_trouble() {
        let parents: Vec<_> = (0..100_000_usize).map(|i| i.checked_sub(1)).collect();
        let tree = SegmentTree::new(&parents);
        assert_eq!(tree.subtree(0).len(), 100_000);
        assert!(tree.circles().is_empty());
    }
}
