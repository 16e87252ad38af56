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
    Check { rule: &expression_syntax::RULE, run: expression_syntax::check },
    Check { rule: &undefined_variable::RULE, run: undefined_variable::check },
    Check { rule: &dimension_mismatch::RULE, run: dimension_mismatch::check },
    Check { rule: &result_dimension::RULE, run: result_dimension::check },
    Check { rule: &condition_for_value::RULE, run: condition_for_value::check },
    Check { rule: &unportable_expression::RULE, run: unportable_expression::check },
    Check { rule: &shadowed_name::RULE, run: shadowed_name::check },
];
