//! Component types and components: `NML07xx`.

use crate::Check;

mod assignment_to_no_state;
mod broken_kinetic_scheme;
mod circular_derived_variables;
mod circular_extends;
mod core_types_not_included;
mod derivative_of_no_state;
mod derived_variable_order;
mod exposure_without_variable;
mod fixed_unknown_parameter;
mod misplaced_child;
mod missing_parameter;
mod missing_reference;
mod name_clash;
mod no_default_case;
mod no_initial_regime;
pub(crate) mod own;
mod parameter_dimension;
mod repeated_component_type;
mod repeated_derivative;
mod several_initial_regimes;
mod several_transitions;
mod undeclared_attribute;
mod undeclared_exposure;
mod unit_clash;
mod unknown_assigned_property;
mod unknown_component_type;
mod unknown_dimension;
mod unknown_event_port;
mod unknown_extended_type;
mod unknown_lems_reference;
mod unknown_member_type;
mod unknown_regime;
mod unknown_select;
mod unknown_structure_component;
mod unknown_structure_instance;
mod unprovided_requirement;
mod unreachable_case;
mod unreadable_quantity;

pub(crate) const CHECKS: &[Check] = &[
    Check { rule: &core_types_not_included::RULE, run: core_types_not_included::check },
    Check { rule: &unknown_extended_type::RULE, run: unknown_extended_type::check },
    Check { rule: &circular_extends::RULE, run: circular_extends::check },
    Check { rule: &repeated_component_type::RULE, run: repeated_component_type::check },
    Check { rule: &name_clash::RULE, run: name_clash::check },
    Check { rule: &unknown_member_type::RULE, run: unknown_member_type::check },
    Check { rule: &unknown_dimension::RULE, run: unknown_dimension::check },
    Check { rule: &unit_clash::RULE, run: unit_clash::check },
    Check { rule: &exposure_without_variable::RULE, run: exposure_without_variable::check },
    Check { rule: &undeclared_exposure::RULE, run: undeclared_exposure::check },
    Check { rule: &unprovided_requirement::RULE, run: unprovided_requirement::check },
    Check { rule: &fixed_unknown_parameter::RULE, run: fixed_unknown_parameter::check },
    Check { rule: &derivative_of_no_state::RULE, run: derivative_of_no_state::check },
    Check { rule: &repeated_derivative::RULE, run: repeated_derivative::check },
    Check { rule: &assignment_to_no_state::RULE, run: assignment_to_no_state::check },
    Check { rule: &unknown_event_port::RULE, run: unknown_event_port::check },
    Check { rule: &no_initial_regime::RULE, run: no_initial_regime::check },
    Check { rule: &several_initial_regimes::RULE, run: several_initial_regimes::check },
    Check { rule: &unknown_regime::RULE, run: unknown_regime::check },
    Check { rule: &several_transitions::RULE, run: several_transitions::check },
    Check { rule: &broken_kinetic_scheme::RULE, run: broken_kinetic_scheme::check },
    Check { rule: &circular_derived_variables::RULE, run: circular_derived_variables::check },
    Check { rule: &derived_variable_order::RULE, run: derived_variable_order::check },
    Check { rule: &unreachable_case::RULE, run: unreachable_case::check },
    Check { rule: &no_default_case::RULE, run: no_default_case::check },
    Check { rule: &unknown_structure_component::RULE, run: unknown_structure_component::check },
    Check { rule: &unknown_structure_instance::RULE, run: unknown_structure_instance::check },
    Check { rule: &unknown_select::RULE, run: unknown_select::check },
    Check { rule: &unknown_assigned_property::RULE, run: unknown_assigned_property::check },
    Check { rule: &unknown_component_type::RULE, run: unknown_component_type::check },
    Check { rule: &missing_parameter::RULE, run: missing_parameter::check },
    Check { rule: &parameter_dimension::RULE, run: parameter_dimension::check },
    Check { rule: &unreadable_quantity::RULE, run: unreadable_quantity::check },
    Check { rule: &undeclared_attribute::RULE, run: undeclared_attribute::check },
    Check { rule: &misplaced_child::RULE, run: misplaced_child::check },
    Check { rule: &unknown_lems_reference::RULE, run: unknown_lems_reference::check },
    Check { rule: &missing_reference::RULE, run: missing_reference::check },
];
