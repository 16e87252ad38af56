//! The LEMS tables by themselves: names are found, references lead somewhere, everything is described.

use nml_lems::{ComponentType, Text};
use nml_schemas::lems::{
    COMPONENT_TYPES, DIMENSIONS, FILES, UNITS, component_type, explain, file, index_of,
};

#[test]
fn names_are_found_and_counts_are_those_of_the_standard() {
    assert_eq!((DIMENSIONS.len(), UNITS.len(), COMPONENT_TYPES.len()), (24, 74, 272));
    for (i, ty) in COMPONENT_TYPES.iter().enumerate() {
        assert_eq!(index_of(&ty.name), Some(i), "{}", ty.name);
        let file = file(&ty.file).unwrap();
        assert!(file.types.contains(&i));
    }
    assert!(component_type("iafCel").is_none() && component_type("").is_none());
    assert_eq!(FILES.iter().map(|f| f.types.len()).sum::<usize>(), COMPONENT_TYPES.len());
    for include in FILES.iter().flat_map(|f| f.includes) {
        assert!(file(include).is_some(), "{include}");
    }
}

fn type_exists(name: &Text) -> bool {
    name == "Component" || component_type(name).is_some()
}

fn dimension_exists(name: &Text) -> bool {
    name == "none" || name == "*" || DIMENSIONS.iter().any(|d| d.name == *name)
}

fn dimensions(ty: &ComponentType) -> Vec<&Text> {
    let mut out: Vec<&Text> = Vec::new();
    out.extend(ty.properties.iter().map(|x| &x.dimension));
    out.extend(ty.parameters.iter().map(|x| &x.dimension));
    out.extend(ty.derived_parameters.iter().filter_map(|x| x.dimension.as_ref()));
    out.extend(ty.constants.iter().map(|x| &x.dimension));
    out.extend(ty.exposures.iter().map(|x| &x.dimension));
    out.extend(ty.requirements.iter().map(|x| &x.dimension));
    if let Some(dynamics) = &ty.dynamics {
        out.extend(dynamics.state_variables.iter().map(|x| &x.dimension));
        out.extend(dynamics.derived_variables.iter().filter_map(|x| x.dimension.as_ref()));
        let conditional = dynamics.conditional_derived_variables.iter();
        out.extend(conditional.filter_map(|x| x.dimension.as_ref()));
    }
    out
}

#[test]
fn references_lead_somewhere() {
    for unit in UNITS {
        assert!(dimension_exists(&unit.dimension), "{}", unit.symbol);
    }
    for ty in COMPONENT_TYPES {
        let mut named: Vec<&Text> = ty.extends.iter().collect();
        named.extend(ty.component_references.iter().map(|x| &x.ty));
        named.extend(ty.attachments.iter().map(|x| &x.ty));
        named.extend(ty.instance_requirements.iter().map(|x| &x.ty));
        named.extend(ty.children.iter().map(|x| &x.ty));
        for name in named {
            assert!(type_exists(name), "{} refers to {name}", ty.name);
        }
        for dimension in dimensions(ty) {
            assert!(dimension_exists(dimension), "{}: {dimension}", ty.name);
        }
        // No circle in `extends`.
        let chain = std::iter::successors(Some(ty), |t| component_type(t.extends.as_ref()?));
        assert!(chain.take(50).count() < 20, "{}", ty.name);
    }
}

#[test]
fn everything_is_described_in_a_phrase() {
    let mut all: Vec<(String, &str)> = Vec::new();
    all.extend(FILES.iter().map(|f| (f.name.to_owned(), f.description)));
    all.extend(DIMENSIONS.iter().map(|d| (d.name.to_string(), &*d.description)));
    all.extend(UNITS.iter().map(|u| (u.symbol.to_string(), &*u.description)));
    for ty in COMPONENT_TYPES {
        all.push((ty.name.to_string(), &ty.description));
        let mut parts: Vec<(&Text, &str)> = Vec::new();
        parts.extend(ty.properties.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.parameters.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.derived_parameters.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.index_parameters.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.constants.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.children.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.fixed.iter().map(|x| (&x.parameter, &*x.description)));
        parts.extend(ty.links.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.component_references.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.attachments.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.event_ports.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.exposures.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.requirements.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.component_requirements.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.instance_requirements.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.paths.iter().map(|x| (&x.name, &*x.description)));
        parts.extend(ty.texts.iter().map(|x| (&x.name, &*x.description)));
        all.extend(parts.into_iter().map(|(name, d)| (format!("{}/{name}", ty.name), d)));
    }
    for (name, description) in &all {
        assert!(!description.is_empty(), "{name} is not described");
        assert!(!description.ends_with('.'), "{name}: a phrase has no full stop");
        assert!(description.len() < 130, "{name}: {description}");
    }
    assert_eq!(all.len(), 1383);
}

#[test]
fn a_type_is_explained_as_a_page() {
    let expected = "\
# iafRefCell

As iafCell, with a refractory period.

Extends: iafRefCell → iafCell → baseIafCapCell → baseCellMembPotCap → baseCellMembPot → baseSpikingCell → baseCell → baseStandalone

## Parameters

";
    let page = explain("iafRefCell").unwrap();
    assert!(page.starts_with(expected), "{page}");
    for line in [
        "- `refract` (time, in s, ms, min, hour): Time after a spike during which the potential stays put",
        "- `C` (capacitance, in F, uF, nF, pF): Membrane capacitance",
        "- `spike` (out): A spike leaves",
        "iSyn = sum of synapses[*]/i",
        "regime integrating, active at the start",
        "  when v .gt. thresh: send `spike`; go to refractory",
    ] {
        assert!(page.lines().any(|l| l == line), "{line}\n{page}");
    }
    assert!(explain("iafRefCel").is_none());
    for ty in COMPONENT_TYPES {
        assert!(explain(&ty.name).is_some_and(|page| page.len() > 20));
    }
}
