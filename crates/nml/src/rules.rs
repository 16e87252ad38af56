//! All rules of all rooms.

use nml_base::Rule;

/// Every rule there is, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut all: Vec<&'static Rule> = nml_load::RULES.to_vec();
    all.extend(nml_lems::RULES);
    all.extend(nml_check_schema::RULES);
    all.extend(nml_check_semantics::rules());
    all.extend(nml_flat::RULES);
    all.extend(nml_sim::RULES);
    all.sort_by_key(|rule| rule.code);
    all
}
