//! Expressions and their dimensions: `NML08xx`.

use crate::Check;

mod condition_for_value;
mod dimension_mismatch;
mod expression_syntax;
mod result_dimension;
mod shadowed_name;
pub(crate) mod site;
mod undefined_variable;
mod unportable_expression;

pub(crate) const CHECKS: &[Check] = &[
    Check::model(&expression_syntax::RULE, expression_syntax::check),
    Check::model(&undefined_variable::RULE, undefined_variable::check),
    Check::model(&dimension_mismatch::RULE, dimension_mismatch::check),
    Check::model(&result_dimension::RULE, result_dimension::check),
    Check::model(&condition_for_value::RULE, condition_for_value::check),
    Check::model(&unportable_expression::RULE, unportable_expression::check),
    Check::model(&shadowed_name::RULE, shadowed_name::check),
];
