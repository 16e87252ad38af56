//! Segments and segment groups: `NML03xx`.

use nml_model::NodeId;
use nml_model::table::MISSING;
use nml_model::views::Morphology;
use nml_model::{Component, Model};

use crate::Check;

mod bad_geometry;
mod empty_group;
mod group_circle;
mod implausible_size;
mod include_before_group;
mod misplaced_divisions;
mod not_one_root;
mod repeated_group_id;
mod repeated_segment_id;
mod root_not_zero;
mod root_without_proximal;
mod section_cover;
mod segment_circle;
mod unbranched_group;
mod unknown_group;
mod unknown_parent;
mod unknown_segment;
mod zero_length;

pub(crate) const CHECKS: &[Check] = &[
    Check::model(&repeated_segment_id::RULE, repeated_segment_id::check),
    Check::model(&not_one_root::RULE, not_one_root::check),
    Check::model(&unknown_parent::RULE, unknown_parent::check),
    Check::model(&segment_circle::RULE, segment_circle::check),
    Check::model(&unknown_segment::RULE, unknown_segment::check),
    Check::model(&repeated_group_id::RULE, repeated_group_id::check),
    Check::model(&unknown_group::RULE, unknown_group::check),
    Check::model(&group_circle::RULE, group_circle::check),
    Check::model(&include_before_group::RULE, include_before_group::check),
    Check::model(&root_not_zero::RULE, root_not_zero::check),
    Check::model(&misplaced_divisions::RULE, misplaced_divisions::check),
    Check::model(&root_without_proximal::RULE, root_without_proximal::check),
    Check::model(&zero_length::RULE, zero_length::check),
    Check::model(&unbranched_group::RULE, unbranched_group::check),
    Check::model(&section_cover::RULE, section_cover::check),
    Check::model(&empty_group::RULE, empty_group::check),
    Check::model(&implausible_size::RULE, implausible_size::check),
    Check::model(&bad_geometry::RULE, bad_geometry::check),
];

/// An element of a morphology.
fn part<'m>(model: &'m Model, morphology: &Morphology, node: NodeId) -> Component<'m> {
    model.component(morphology.handle_of(node))
}

/// Whether an id is a number that was neither missing nor cut off.
fn is_readable(id: u32) -> bool {
    id < MISSING - 1
}

/// The ids there are, in words.
pub(crate) fn near_segment(morphology: &Morphology) -> String {
    let ids = morphology.segments().iter().map(|s| s.id).filter(|&id| is_readable(id));
    let (least, most) = ids.fold((u32::MAX, 0), |(a, b), id| (a.min(id), b.max(id)));
    if least > most {
        return "add `<segment>` elements to the morphology".to_owned();
    }
    format!("the segments of this morphology have ids {least} to {most}")
}

/// The group that may have been meant, in words.
pub(crate) fn near_group(morphology: &Morphology, name: &str) -> String {
    let names = || morphology.groups().iter().filter_map(|g| g.id.as_deref());
    if let Some(near) = nml_base::nearest(name, names()) {
        return format!("did you mean `{near}`?");
    }
    let some: Vec<_> = names().take(4).collect();
    if some.is_empty() {
        return "the morphology has no segment groups; write `all`, or add one".to_owned();
    }
    format!(
        "groups of this morphology: `{}`{}",
        some.join("`, `"),
        if names().count() > 4 { ", …" } else { "" }
    )
}
