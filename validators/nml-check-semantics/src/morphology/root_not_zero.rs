//! `NML0310` root-not-zero.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::{is_readable, part};
use crate::rule::rule;

rule!("NML0310", "root-not-zero", Morphology, Warn, "the root segment has another id than 0");

/// Connections and inputs that name no segment mean segment 0.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut roots = morphology.segments().iter().filter(|s| s.parent.is_none());
        let (Some(root), None) = (roots.next(), roots.next()) else { continue };
        if root.id == 0 || !is_readable(root.id) {
            continue;
        }
        let message = format!("the root segment has id {}, expected 0", root.id);
        sink.push(
            Diagnostic::new(&RULE, part(model, morphology, root.node).id_span(), message)
                .help("number the segments from 0, and let members and parents follow"),
        );
    }
}
