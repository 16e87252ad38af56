//! Places on cells with segments.

use nml_flat::cable::NodeKind;
use nml_flat::{Shape, Site};

/// The compartment that stands for a place: the section, by index, and how far along it its middle is, from 0 to 1.
pub fn place(shape: &Shape, site: Site) -> Option<(u32, f64)> {
    let segment = match site.segment {
        Some(id) => shape.segment(id)?,
        None => 0,
    };
    let compartments = &shape.compartments;
    let mut node = compartments.locate(&shape.sections, segment, site.fraction)?;
    // The very end of a section has no membrane: the compartment next to it stands for it.
    while compartments.kinds()[node as usize] != NodeKind::Compartment {
        if let Some(parent) = compartments.parent(node) {
            node = parent;
            continue;
        }
        let kinds = compartments.kinds();
        let mut all = 0..u32::try_from(compartments.len()).ok()?;
        node = all.find(|n| kinds[*n as usize] == NodeKind::Compartment)?;
    }
    Some((compartments.section()[node as usize], compartments.position()[node as usize]))
}
