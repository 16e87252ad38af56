//! What is on the membrane of a cell and inside of it.

use std::fmt::Write as _;

use nml_base::Diagnostics;
use nml_xml::Element;

use super::units::{self, Units};
use super::{Reader, identifier};

/// A `<parameter>`: its value and the groups it is for; of all of the cell where it names none.
struct Parameter<'t> {
    element: Element<'t>,
    name: &'t str,
    value: &'t str,
    groups: Vec<String>,
}

/// What holds for an ion in some groups.
struct Ion<'t> {
    element: Element<'t>,
    name: &'t str,
    parameters: Vec<Parameter<'t>>,
    used: bool,
}

/// `segmentGroup` as an attribute; the whole cell is the default.
fn group(name: &str) -> String {
    if name == "all" { String::new() } else { format!(" segmentGroup=\"{name}\"") }
}

impl<'t> Reader<'t> {
    pub(super) fn biophysics(
        &mut self,
        cell: &str,
        element: Element<'t>,
        out: &mut String,
        sink: &mut Diagnostics,
    ) {
        self.taken.element(element);
        let units = units::of(element, None, &mut self.taken, sink);
        let mut ions: Vec<Ion<'t>> = Vec::new();
        for ion in element.children_named("ion_props") {
            self.taken.element(ion);
            let name = self.taken.attribute(ion, "name").unwrap_or("");
            let parameters = self.parameters(ion, sink);
            ions.push(Ion { element: ion, name, parameters, used: false });
        }
        let _ =
            writeln!(out, "<biophysicalProperties id=\"{cell}_biophys\">\n<membraneProperties>");
        let mut species = String::new();
        for mechanism in element.children_named("mechanism") {
            match self.taken.attribute(mechanism, "type") {
                Some("Channel Mechanism") => {
                    self.channel_density(mechanism, units, &mut ions, out, sink);
                }
                Some("Ion Concentration") => {
                    self.species(mechanism, units, &mut ions, &mut species, sink);
                }
                // Not taken, and so told.
                _ => {}
            }
        }
        // Version 1 has no thresholds of cells: those of synapses stand at connections.
        out.push_str("<spikeThresh value=\"0 mV\"/>\n");
        let what =
            "nothing in this document says at which potential the cell fires: 0 mV is written"
                .to_owned();
        let help = "set `spikeThresh` in the written file";
        self.taken.incomplete(element.name_span(), what, help, sink);
        let mut inside = String::new();
        for (from, to, unit) in [
            ("spec_capacitance", "specificCapacitance", units.specific_capacitance),
            ("init_memb_potential", "initMembPotential", units.voltage),
            ("spec_axial_resistance", "resistivity", units.resistivity),
        ] {
            for property in element.children_named(from) {
                self.taken.element(property);
                let into = if to == "resistivity" { &mut inside } else { &mut *out };
                for parameter in self.parameters(property, sink) {
                    for name in &parameter.groups {
                        let _ = writeln!(
                            into,
                            "<{to} value=\"{} {unit}\"{}/>",
                            parameter.value,
                            group(name)
                        );
                    }
                }
            }
        }
        out.push_str("</membraneProperties>\n<intracellularProperties>\n");
        out.push_str(&species);
        out.push_str(&inside);
        out.push_str("</intracellularProperties>\n</biophysicalProperties>\n");
        for ion in ions.iter().filter(|ion| !ion.used) {
            let what =
                format!("nothing in this document says that it is of the ion `{}`", ion.name);
            let help = "complete the channels of this ion in the written file";
            self.taken.incomplete(ion.element.name_span(), what, help, sink);
        }
    }

    fn parameters(&mut self, of: Element<'t>, sink: &mut Diagnostics) -> Vec<Parameter<'t>> {
        let mut found = Vec::new();
        for element in of.children_named("parameter") {
            self.taken.element(element);
            let name = self.taken.attribute(element, "name").unwrap_or("");
            let Some(value) = self.taken.number(element, "value", sink) else { continue };
            let mut groups = Vec::new();
            for group in element.children_named("group") {
                self.taken.element(group);
                groups.push(identifier(group.text().trim()));
            }
            if groups.is_empty() {
                groups.push("all".to_owned());
            }
            found.push(Parameter { element, name, value, groups });
        }
        found
    }

    fn channel_density(
        &mut self,
        mechanism: Element<'t>,
        units: Units,
        ions: &mut [Ion<'t>],
        out: &mut String,
        sink: &mut Diagnostics,
    ) {
        self.taken.element(mechanism);
        let Some(name) = self.taken.attribute(mechanism, "name") else { return };
        let channel = identifier(name);
        let passive = self.taken.attribute(mechanism, "passive_conductance") == Some("true");
        let parameters = self.parameters(mechanism, sink);
        for other in parameters.iter().filter(|p| !["gmax", "e"].contains(&p.name)) {
            let what = format!("the parameter `{}` of a channel", other.name);
            self.taken.unmapped(other.element.name_span(), what, sink);
        }
        let known = self.ion_of(name);
        let ion = known.as_deref().or(passive.then_some("non_specific"));
        let of = ion.and_then(|ion| ions.iter_mut().find(|i| i.name == ion));
        let reversal = of.and_then(|of| {
            of.used = true;
            of.parameters.iter().find(|p| p.name == "e")
        });
        for gmax in parameters.iter().filter(|p| p.name == "gmax") {
            for name in &gmax.groups {
                let here = |p: &&Parameter<'_>| {
                    p.name == "e" && (p.groups.contains(name) || p.groups[0] == "all")
                };
                let own = parameters.iter().find(here).or(reversal);
                let _ = write!(
                    out,
                    "<channelDensity id=\"{channel}_{name}\" ionChannel=\"{channel}\" condDensity=\"{} {}\"",
                    gmax.value, units.conductance_density
                );
                if let Some(own) = own {
                    let _ = write!(out, " erev=\"{} {}\"", own.value, units.voltage);
                } else {
                    let what =
                        format!("the reversal potential of the channel `{channel}` is not known");
                    let help = "its ion stands in the file of the channel; add `erev` to the written `channelDensity`";
                    self.taken.incomplete(gmax.element.name_span(), what, help, sink);
                }
                if let Some(ion) = ion {
                    let _ = write!(out, " ion=\"{ion}\"");
                } else {
                    let what = format!("the ion of the channel `{channel}` is not known");
                    let help = "it stands in the file of the channel; add `ion` to the written `channelDensity`";
                    self.taken.incomplete(gmax.element.name_span(), what, help, sink);
                }
                let _ = writeln!(out, "{}/>", group(name));
            }
        }
    }

    /// A pool of an ion; which one is told by the document, or by there being only one with concentrations.
    fn species(
        &mut self,
        mechanism: Element<'t>,
        units: Units,
        ions: &mut [Ion<'t>],
        out: &mut String,
        sink: &mut Diagnostics,
    ) {
        let name = self.taken.attribute(mechanism, "name").unwrap_or("");
        let has = |ion: &Ion<'_>, name: &str| ion.parameters.iter().any(|p| p.name == name);
        let known = self.ion_of_pool(name);
        let mut fit = ions.iter_mut().filter(|ion| {
            has(ion, "conc_i")
                && has(ion, "conc_e")
                && known.as_deref().is_none_or(|k| k == ion.name)
        });
        let (Some(ion), None) = (fit.next(), fit.next()) else {
            let what =
                format!("the pool `{name}`: no single ion has concentrations inside and outside");
            self.taken.unmapped(mechanism.name_span(), what, sink);
            self.taken.element(mechanism);
            return;
        };
        ion.used = true;
        self.taken.element(mechanism);
        let value =
            |name: &str| ion.parameters.iter().find(|p| p.name == name).map_or("0", |p| p.value);
        let (inside, outside) = (value("conc_i"), value("conc_e"));
        let ion_name = identifier(ion.name);
        let model = identifier(name);
        for parameter in self.parameters(mechanism, sink) {
            // The conductance of a pool means nothing; translators wrote it for every mechanism.
            if parameter.name != "gmax" {
                let what = format!("the parameter `{}` of a pool", parameter.name);
                self.taken.unmapped(parameter.element.name_span(), what, sink);
            }
            for name in &parameter.groups {
                let _ = writeln!(
                    out,
                    "<species id=\"{ion_name}\" concentrationModel=\"{model}\" ion=\"{ion_name}\" initialConcentration=\"{inside} {unit}\" initialExtConcentration=\"{outside} {unit}\"{}/>",
                    group(name),
                    unit = units.concentration
                );
            }
        }
    }
}
