//! Instance rows.

use nml_base::Indices;
use nml_xml::StartTag;

use super::{MISSING, RowSpans, integer, number};

/// All instances of one population.
#[derive(Debug, Clone, Default)]
pub struct InstanceTable {
    /// The `id` attribute, or [`MISSING`].
    pub id: Indices,
    /// Position in µm as x, y, z; NaN where there is no `<location>`.
    pub position_um: Vec<[f64; 3]>,
    /// Where each row was read from.
    pub spans: RowSpans,
}

impl InstanceTable {
    /// The number of instances.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    pub(super) fn start_row(&mut self, tag: &StartTag<'_>) {
        self.spans.start(tag.start);
        self.id.push(tag.attribute("id").map_or(MISSING, |a| integer(&a.value)));
        self.position_um.push([f64::NAN; 3]);
    }

    pub(super) fn inside_row(&mut self, tag: &StartTag<'_>) {
        if tag.name == "location"
            && let Some(position) = self.position_um.last_mut()
        {
            let axis = |name| tag.attribute(name).map_or(f64::NAN, |a| number(&a.value));
            *position = [axis("x"), axis("y"), axis("z")];
        }
    }
}
