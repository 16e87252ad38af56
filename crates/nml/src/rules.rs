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
    all.extend(nml_omv::RULES);
    all.extend(nml_codegen::RULES);
    all.sort_by_key(|rule| rule.code);
    all
}

/// A page in Markdown about a component type of the standard; `None` where there is none of that name.
pub fn explain_type(name: &str) -> Option<String> {
    nml_schemas::lems::explain(name)
}

/// The names of all component types of the standard.
pub fn type_names() -> impl Iterator<Item = &'static str> {
    nml_schemas::lems::COMPONENT_TYPES.iter().map(|ty| ty.name.as_str())
}
