//! From a place on a segment to a node.

use super::compartments::Compartments;
use super::sections::{PointRule, Sections};

impl Compartments {
    /// The node of a place on a segment, given by its index and a fraction from 0 (proximal) to 1 (distal);
    /// `None` where there is no such segment or place.
    ///
    /// The fraction becomes a place along the section, and that a node ([`Compartments::node_of`]).
    /// Under [`PointRule::JNeuroMl`] the place goes through the shortest text of a float32, as in the exported
    /// program: 0.7 means 0.7, not the float32 next to it.
    pub fn locate(&self, sections: &Sections, segment: usize, fraction: f64) -> Option<u32> {
        let (section, _) = sections.seat(segment)?;
        if !(0.0..=1.0).contains(&fraction) {
            return None;
        }
        let at = sections.place(segment, fraction);
        #[expect(clippy::cast_possible_truncation, reason = "rounding to float32 is what is meant")]
        let at = match sections.rule() {
            PointRule::JNeuroMl => (at as f32).to_string().parse().unwrap_or(at),
            PointRule::Standard => at,
        };
        Some(self.node_of(section, at))
    }
}
