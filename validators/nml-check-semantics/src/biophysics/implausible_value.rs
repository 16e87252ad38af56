//! `NML0410` implausible-value.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Attr, Component};

use crate::rule::rule;

rule!("NML0410", "implausible-value", Biophysics, Warn, "a value has a magnitude that no cell has");

/// What an attribute may hold, in SI; generous by a factor of about ten on both sides.
struct Range {
    /// The dimension it has; a value of another one is told by another rule.
    dimension: &'static str,
    /// Element names begin with this; empty for all.
    element: &'static str,
    attributes: &'static [&'static str],
    least: f64,
    most: f64,
    /// In words.
    usual: &'static str,
}

const RANGES: &[Range] = &[
    Range {
        dimension: "voltage",
        element: "initMembPotential",
        attributes: &["value"],
        least: -0.2,
        most: 0.2,
        usual: "between -100 and 60 mV",
    },
    Range {
        dimension: "voltage",
        element: "spikeThresh",
        attributes: &["value"],
        least: -0.2,
        most: 0.3,
        usual: "between -80 and 60 mV",
    },
    Range {
        dimension: "voltage",
        element: "channel",
        attributes: &["erev"],
        least: -0.3,
        most: 0.3,
        usual: "between -100 and 140 mV",
    },
    Range {
        dimension: "voltage",
        element: "",
        attributes: &["leakReversal", "erev", "midpoint", "e_rev_E", "e_rev_I", "v_rest"],
        // Plain numbers are mV in the cells of PyNN.
        least: -0.5,
        most: 0.5,
        usual: "between -100 and 140 mV",
    },
    Range {
        dimension: "specificCapacitance",
        element: "specificCapacitance",
        attributes: &["value"],
        least: 1e-4,
        most: 1.0,
        usual: "near 1 uF_per_cm2",
    },
    Range {
        dimension: "resistivity",
        element: "resistivity",
        attributes: &["value"],
        least: 0.01,
        most: 1000.0,
        usual: "between 50 and 300 ohm_cm",
    },
    Range {
        dimension: "conductanceDensity",
        element: "channelDensity",
        attributes: &["condDensity"],
        least: 0.0,
        most: 1e5,
        usual: "below 1 S_per_cm2",
    },
    Range {
        dimension: "concentration",
        element: "species",
        attributes: &["initialConcentration", "initialExtConcentration"],
        least: 0.0,
        most: 2000.0,
        usual: "below 500 mM",
    },
];

/// Compares quantities with units; plain numbers are left alone.
pub(crate) fn check(component: Component<'_>, attribute: Attr<'_>, sink: &mut Diagnostics) {
    let name = attribute.name();
    let fits = |r: &&Range| r.attributes.contains(&name) && component.name().starts_with(r.element);
    // The first that fits counts: what is said of one element comes before what is said of all.
    if let Some(range) = RANGES.iter().find(fits) {
        look(component, name, range, sink);
    }
}

fn look(component: Component<'_>, attribute: &str, range: &Range, sink: &mut Diagnostics) {
    let Some(Ok(quantity)) = component.quantity(attribute) else { return };
    if component.model().units().dimension(range.dimension) != Some(quantity.dimension) {
        return;
    }
    if quantity.unit.is_none() || (range.least..=range.most).contains(&quantity.si) {
        return;
    }
    // A negative conductance is another rule's.
    if range.least == 0.0 && quantity.si < 0.0 {
        return;
    }
    let value = component.attr(attribute).unwrap_or_default();
    let message = format!("`{attribute}` of `{}` is {value}", component.shown());
    sink.push(
        Diagnostic::new(&RULE, component.span_of(attribute), message)
            .label(format!("usually {}", range.usual))
            .help("check number and unit"),
    );
}
