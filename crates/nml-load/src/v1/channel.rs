//! Channels, pools and synapses of `ChannelML`.

use std::fmt::Write as _;

use nml_base::{Diagnostics, format_f64};
use nml_xml::{Element, escape_text};

use super::units::{self, Units};
use super::{Reader, identifier};

/// What the tree of transitions of a gate is written as.
struct Rate<'t> {
    form: &'t str,
    factor: &'t str,
    midpoint: &'t str,
    scale: &'t str,
}

impl<'t> Reader<'t> {
    /// All channels, pools and synapses that stand in an element.
    pub(super) fn channels(&mut self, list: Element<'t>, sink: &mut Diagnostics) {
        let own = ["channel_type", "synapse_type", "ion_concentration"];
        if !list.children().any(|e| own.contains(&e.name())) {
            return;
        }
        let units = units::of(list, None, &mut self.taken, sink);
        for element in list.children() {
            match element.name() {
                "channel_type" => self.channel(element, units, sink),
                "synapse_type" => self.synapse(element, units, sink),
                "ion_concentration" => self.pool(element, units, sink),
                _ => {}
            }
        }
    }

    /// The ion of a channel of this document.
    pub(super) fn ion_of(&self, channel: &str) -> Option<String> {
        let all = self.tree.elements().filter(|e| e.name() == "channel_type");
        let found = all.into_iter().find(|e| e.attr("name") == Some(channel))?;
        found.child("current_voltage_relation")?.attr("ion").map(identifier)
    }

    /// The ion of a pool of this document.
    pub(super) fn ion_of_pool(&self, pool: &str) -> Option<String> {
        let all = self.tree.elements().filter(|e| e.name() == "ion_concentration");
        let found = all.into_iter().find(|e| e.attr("name") == Some(pool))?;
        let species = found.child("ion_species")?;
        let name =
            species.attr("name").map_or_else(|| species.text().trim().to_owned(), str::to_owned);
        Some(identifier(&name))
    }

    fn channel(&mut self, channel: Element<'t>, units: Units, sink: &mut Diagnostics) {
        self.taken.element(channel);
        let id = identifier(self.taken.attribute(channel, "name").unwrap_or("channel"));
        self.taken.attribute(channel, "density");
        let Some(relation) = channel.child("current_voltage_relation") else {
            self.taken.unmapped(
                channel.name_span(),
                format!("the channel `{id}` without a current"),
                sink,
            );
            return;
        };
        self.taken.element(relation);
        let ohmic = self.taken.attribute(relation, "cond_law").unwrap_or("ohmic");
        if ohmic != "ohmic" {
            self.taken.unmapped(
                relation.name_span(),
                format!("the conductance law `{ohmic}`"),
                sink,
            );
        }
        let ion = self.taken.attribute(relation, "ion").unwrap_or("non_specific");
        let mut given = String::new();
        // What a cell does not say itself: NeuroML 2 has no defaults of channels.
        for name in ["default_gmax", "default_erev"] {
            if let Some(value) = self.taken.attribute(relation, name) {
                let _ = write!(given, "; {name} {value}");
            }
        }
        let mut gates = String::new();
        for gate in relation.children_named("gate") {
            self.gate(gate, relation, units, &mut gates, sink);
        }
        let ty = if gates.is_empty() { "ionChannelPassive" } else { "ionChannelHH" };
        let mut out =
            format!("<{ty} id=\"{id}\" conductance=\"10pS\" species=\"{}\">\n", identifier(ion));
        let notes = channel.child("notes").map(|notes| {
            self.taken.element(notes);
            notes.text()
        });
        let notes = format!("{}{given}", notes.unwrap_or_default());
        let notes = notes.trim_start_matches("; ");
        if !notes.is_empty() {
            let _ = writeln!(out, "<notes>{}</notes>", escape_text(notes));
        }
        let _ = writeln!(out, "{gates}</{ty}>");
        self.parts.components.push(out);
    }

    fn gate(
        &mut self,
        gate: Element<'t>,
        relation: Element<'t>,
        units: Units,
        out: &mut String,
        sink: &mut Diagnostics,
    ) {
        self.taken.element(gate);
        let Some(name) = self.taken.attribute(gate, "name") else {
            self.taken.unmapped(gate.name_span(), "a gate without a name", sink);
            return;
        };
        let instances = self.taken.attribute(gate, "instances").unwrap_or("1");
        let mut open = Vec::new();
        for (tag, is_open) in [("closed_state", false), ("open_state", true)] {
            for state in gate.children_named(tag) {
                self.taken.element(state);
                let id = self.taken.attribute(state, "id").unwrap_or("");
                if is_open {
                    open.push(id);
                }
            }
        }
        let states =
            gate.children().filter(|e| e.name().ends_with("_state") && e.name() != "steady_state");
        if states.count() > 2 || open.len() != 1 {
            self.taken.unmapped(
                gate.name_span(),
                format!("the gate `{name}` of more than two states"),
                sink,
            );
            return;
        }
        let (mut forward, mut reverse, mut tau, mut inf) = (None, None, None, None);
        for element in gate.children() {
            let slot = match element.name() {
                "transition" => {
                    let opens = element.attr("to") == open.first().copied();
                    if opens { &mut forward } else { &mut reverse }
                }
                "time_course" => &mut tau,
                "steady_state" => &mut inf,
                _ => continue,
            };
            for about in ["name", "from", "to"] {
                self.taken.attribute(element, about);
            }
            *slot = self.rate(element, sink);
        }
        let scale = self.q10(name, relation, sink);
        let id = identifier(name);
        let mut body = scale;
        let ty = match (&forward, &reverse, &tau, &inf) {
            (Some(forward), Some(reverse), None, None) => {
                rate_element("forwardRate", "Rate", forward, units.per_time, units, &mut body);
                rate_element("reverseRate", "Rate", reverse, units.per_time, units, &mut body);
                "gateHHrates"
            }
            (Some(forward), Some(reverse), None, Some(inf)) => {
                rate_element("forwardRate", "Rate", forward, units.per_time, units, &mut body);
                rate_element("reverseRate", "Rate", reverse, units.per_time, units, &mut body);
                rate_element("steadyState", "Variable", inf, "", units, &mut body);
                "gateHHratesInf"
            }
            _ => {
                let what = format!("the gate `{name}`, which has no two rates in a standard form");
                self.taken.unmapped(gate.name_span(), what, sink);
                return;
            }
        };
        let _ = writeln!(out, "<{ty} id=\"{id}\" instances=\"{instances}\">\n{body}</{ty}>");
    }

    fn rate(&mut self, element: Element<'t>, sink: &mut Diagnostics) -> Option<Rate<'t>> {
        self.taken.element(element);
        let form = self.taken.attribute(element, "expr_form").unwrap_or("generic");
        if !["exponential", "sigmoid", "exp_linear"].contains(&form) {
            let what = format!("a rate of the form `{form}`");
            self.taken.unmapped(element.name_span(), what, sink);
            self.taken.attribute(element, "expr");
            return None;
        }
        let factor = self.taken.number(element, "rate", sink)?;
        let midpoint = self.taken.number(element, "midpoint", sink)?;
        let scale = self.taken.number(element, "scale", sink)?;
        Some(Rate { form, factor, midpoint, scale })
    }

    /// How a gate speeds up with temperature.
    fn q10(&mut self, gate: &str, relation: Element<'t>, sink: &mut Diagnostics) -> String {
        let all = relation.children_named("q10_settings");
        let of = |e: &Element<'_>| e.attr("gate").is_none_or(|of| of == gate);
        let Some(settings) = all.into_iter().find(of) else { return String::new() };
        self.taken.element(settings);
        self.taken.attribute(settings, "gate");
        if settings.attr("fixed_q10").is_some() {
            let fixed = self.taken.number(settings, "fixed_q10", sink).unwrap_or("1");
            // The temperature that it was fixed at changes nothing.
            self.taken.attribute(settings, "experimental_temp");
            return format!("<q10Settings type=\"q10Fixed\" fixedQ10=\"{fixed}\"/>\n");
        }
        let factor = self.taken.number(settings, "q10_factor", sink).unwrap_or("1");
        let at = self.taken.number(settings, "experimental_temp", sink).unwrap_or("0");
        format!(
            "<q10Settings type=\"q10ExpTemp\" q10Factor=\"{factor}\" experimentalTemp=\"{at} degC\"/>\n"
        )
    }

    fn pool(&mut self, pool: Element<'t>, units: Units, sink: &mut Diagnostics) {
        self.taken.element(pool);
        let id = identifier(self.taken.attribute(pool, "name").unwrap_or("pool"));
        if let Some(notes) = pool.child("notes") {
            self.taken.element(notes);
        }
        let ion =
            self.ion_of_pool(pool.attr("name").unwrap_or("")).unwrap_or_else(|| "ca".to_owned());
        if let Some(species) = pool.child("ion_species") {
            self.taken.element(species);
            self.taken.attribute(species, "name");
        }
        let Some(model) = pool.child("decaying_pool_model") else {
            self.taken.unmapped(
                pool.name_span(),
                format!("the pool `{id}`, which does not decay,"),
                sink,
            );
            return;
        };
        self.taken.element(model);
        let resting = self.taken.number(model, "resting_conc", sink);
        let decay = self.taken.number(model, "decay_constant", sink);
        let volume = model.child("pool_volume_info");
        let shell = volume.and_then(|volume| {
            self.taken.element(volume);
            self.taken.number(volume, "shell_thickness", sink)
        });
        let (Some(resting), Some(decay), Some(shell)) = (resting, decay, shell) else {
            self.taken.unmapped(
                model.name_span(),
                format!("the pool `{id}` without its volume"),
                sink,
            );
            return;
        };
        self.parts.components.push(format!(
            "<decayingPoolConcentrationModel id=\"{id}\" restingConc=\"{resting} {}\" decayConstant=\"{decay} {}\" shellThickness=\"{shell} {}\" ion=\"{ion}\"/>",
            units.concentration, units.time, units.length
        ));
    }

    fn synapse(&mut self, synapse: Element<'t>, units: Units, sink: &mut Diagnostics) {
        self.taken.element(synapse);
        let id = identifier(self.taken.attribute(synapse, "name").unwrap_or("synapse"));
        let notes = synapse.child("notes").map_or(String::new(), |notes| {
            self.taken.element(notes);
            format!("<notes>{}</notes>\n", escape_text(&notes.text()))
        });
        if let Some(gap) = synapse.child("electrical_syn") {
            self.taken.element(gap);
            if let Some(g) = self.taken.number(gap, "conductance", sink) {
                self.parts.components.push(format!(
                    "<gapJunction id=\"{id}\" conductance=\"{g} {}\">\n{notes}</gapJunction>",
                    units.conductance
                ));
            }
            return;
        }
        let Some(double) = synapse.child("doub_exp_syn") else {
            let what = format!("the synapse `{id}`, which is no sum of two exponentials,");
            self.taken.unmapped(synapse.name_span(), what, sink);
            return;
        };
        self.taken.element(double);
        let names = ["max_conductance", "rise_time", "decay_time", "reversal_potential"];
        let values = names.map(|name| self.taken.number(double, name, sink));
        let [Some(g), Some(rise), Some(decay), Some(erev)] = values else { return };
        let (t, v, s) = (units.time, units.voltage, units.conductance);
        // Without a rise time there is one exponential.
        let (ty, times) = if rise.parse() == Ok(0.0_f64) {
            ("expOneSynapse", format!("tauDecay=\"{decay} {t}\""))
        } else {
            ("expTwoSynapse", format!("tauRise=\"{rise} {t}\" tauDecay=\"{decay} {t}\""))
        };
        self.parts.components.push(format!(
            "<{ty} id=\"{id}\" gbase=\"{g} {s}\" erev=\"{erev} {v}\" {times}>\n{notes}</{ty}>"
        ));
    }
}

/// A rate as NeuroML 2 has it.  The sigmoid of version 1 rises the other way.
fn rate_element(
    name: &str,
    kind: &str,
    rate: &Rate<'_>,
    unit: &str,
    units: Units,
    out: &mut String,
) {
    let (form, scale) = match rate.form {
        "exponential" => ("HHExp", rate.scale.to_owned()),
        "exp_linear" => ("HHExpLinear", rate.scale.to_owned()),
        _ => ("HHSigmoid", negated(rate.scale)),
    };
    let space = if unit.is_empty() { "" } else { " " };
    let _ = writeln!(
        out,
        "<{name} type=\"{form}{kind}\" rate=\"{}{space}{unit}\" midpoint=\"{} {v}\" scale=\"{scale} {v}\"/>",
        rate.factor,
        rate.midpoint,
        v = units.voltage
    );
}

/// The number with its sign changed, in its own digits.
fn negated(text: &str) -> String {
    match text.strip_prefix('-') {
        Some(rest) => rest.to_owned(),
        None => match text.parse::<f64>() {
            Ok(x) if x == 0.0 => format_f64(x),
            _ => format!("-{}", text.trim_start_matches('+')),
        },
    }
}
