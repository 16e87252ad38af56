//! `NML0726` unit-clash.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_units::UnitConflict;

use crate::rule::rule;

rule!("NML0726", "unit-clash", Lems, Error, "a dimension or unit contradicts another definition");

/// Definitions of dimensions and units agree.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for clash in model.unit_clashes() {
        let help = match &clash.conflict {
            UnitConflict::Dimension { .. } | UnitConflict::Unit { .. } => {
                "use another name, or the definition already in force".to_owned()
            }
            UnitConflict::UnknownDimension { suggestion: Some(near), .. } => {
                format!("did you mean `{near}`?")
            }
            UnitConflict::UnknownDimension { .. } => {
                "define the dimension, or include the file that does".to_owned()
            }
            UnitConflict::BadScale => "write a finite `scale` other than 0".to_owned(),
            _ => continue,
        };
        sink.push(Diagnostic::new(&RULE, clash.span, clash.conflict.to_string()).help(help));
    }
}
