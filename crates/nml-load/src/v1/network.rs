//! Networks of `NetworkML`.

use std::fmt::Write as _;

use nml_base::Diagnostics;
use nml_xml::{Element, escape_value};
use rustc_hash::FxHashMap;

use super::units::{self, Units};
use super::{Reader, identifier};

/// What a connection has where it does not say otherwise.
#[derive(Clone, Copy, Default)]
struct Properties<'t> {
    delay: Option<&'t str>,
    weight: Option<&'t str>,
}

impl<'t> Reader<'t> {
    pub(super) fn network(&mut self, root: Element<'t>, sink: &mut Diagnostics) {
        let mut cells: FxHashMap<&'t str, &'t str> = FxHashMap::default();
        for list in root.children_named("populations") {
            self.taken.element(list);
            for population in list.children_named("population") {
                self.population(population, &mut cells, sink);
            }
        }
        for list in root.children_named("projections") {
            self.taken.element(list);
            let units = units::of(list, None, &mut self.taken, sink);
            for projection in list.children_named("projection") {
                self.projection(projection, units, &cells, sink);
            }
        }
        for list in root.children_named("inputs") {
            self.taken.element(list);
            let units = units::of(list, None, &mut self.taken, sink);
            for input in list.children_named("input") {
                self.input(input, units, &cells, sink);
            }
        }
    }

    fn population(
        &mut self,
        population: Element<'t>,
        cells: &mut FxHashMap<&'t str, &'t str>,
        sink: &mut Diagnostics,
    ) {
        self.taken.element(population);
        let name = self.taken.attribute(population, "name").unwrap_or("population");
        let by_name = ["cell_type", "cellType"];
        let mut cell = by_name.iter().find_map(|a| self.taken.attribute(population, a));
        if let Some(inner) = population.child("cell_type") {
            self.taken.element(inner);
            cell = population.attr("cell_type").or_else(|| inner.attr("name"));
        }
        let cell = cell.unwrap_or("");
        cells.insert(name, cell);
        let Some(list) = population.child("instances") else {
            let what = format!("the population `{name}`, whose cells are not listed,");
            self.taken.unmapped(population.name_span(), what, sink);
            return;
        };
        self.taken.element(list);
        self.taken.attribute(list, "size");
        let mut rows = String::new();
        let mut count = 0_usize;
        for instance in list.children_named("instance") {
            self.taken.element(instance);
            let id = self.taken.attribute(instance, "id").unwrap_or("0");
            let _ = write!(rows, "<instance id=\"{}\">", escape_value(id));
            if let Some(place) = instance.child("location") {
                self.taken.element(place);
                rows.push_str("<location");
                for axis in ["x", "y", "z"] {
                    if let Some(value) = self.taken.number(place, axis, sink) {
                        let _ = write!(rows, " {axis}=\"{value}\"");
                    }
                }
                rows.push_str("/>");
            }
            rows.push_str("</instance>\n");
            count += 1;
        }
        let _ = writeln!(
            self.parts.network,
            "<population id=\"{}\" component=\"{}\" size=\"{count}\" type=\"populationList\">\n{rows}</population>",
            identifier(name),
            identifier(cell)
        );
    }

    fn properties(&mut self, element: Element<'t>) -> Properties<'t> {
        self.taken.element(element);
        let mut any =
            |names: [&str; 2]| names.iter().find_map(|n| self.taken.attribute(element, n));
        Properties {
            delay: any(["internal_delay", "internalDelay"]),
            weight: any(["weight", "weight"]),
        }
    }

    fn projection(
        &mut self,
        projection: Element<'t>,
        units: Units,
        cells: &FxHashMap<&'t str, &'t str>,
        sink: &mut Diagnostics,
    ) {
        self.taken.element(projection);
        let name = self.taken.attribute(projection, "name").unwrap_or("projection");
        let mut ends = [projection.attr("source"), projection.attr("target")];
        for (end, tag) in ends.iter_mut().zip(["source", "target"]) {
            self.taken.attribute(projection, tag);
            if let Some(inner) = projection.child(tag) {
                self.taken.element(inner);
                *end = Some(inner).map(|_| inner.attr("name").unwrap_or(""));
            }
        }
        let [Some(source), Some(target)] = ends else {
            self.taken.unmapped(
                projection.name_span(),
                format!("the projection `{name}` without ends"),
                sink,
            );
            return;
        };
        let all: Vec<_> = projection.children_named("synapse_props").collect();
        let Some(list) = projection.child("connections") else {
            let what = format!("the projection `{name}`, whose connections are not listed,");
            self.taken.unmapped(projection.name_span(), what, sink);
            return;
        };
        self.taken.element(list);
        self.taken.attribute(list, "size");
        // Each synapse of a connection is a projection of its own.
        for (at, synapse) in all.iter().enumerate() {
            let ty = self.taken.attribute(*synapse, "synapse_type").unwrap_or("");
            let defaults = self.properties(*synapse);
            if let Some(threshold) = self.taken.attribute(*synapse, "threshold") {
                let what = format!("the threshold {threshold} {} of a projection", units.voltage);
                let help = "in NeuroML 2 the cell has it: see `spikeThresh` in the written file";
                self.taken.incomplete(synapse.name_span(), what, help, sink);
            }
            let id = identifier(name);
            let id = if at == 0 { id } else { format!("{id}_{}", identifier(ty)) };
            let mut rows = String::new();
            for connection in list.children_named("connection") {
                self.connection(
                    connection,
                    (source, target),
                    ty,
                    defaults,
                    units,
                    cells,
                    &mut rows,
                    sink,
                );
            }
            let _ = writeln!(
                self.parts.network,
                "<projection id=\"{id}\" presynapticPopulation=\"{}\" postsynapticPopulation=\"{}\" synapse=\"{}\">\n{rows}</projection>",
                identifier(source),
                identifier(target),
                identifier(ty)
            );
        }
        if all.is_empty() {
            self.taken.unmapped(
                projection.name_span(),
                format!("the projection `{name}` without synapses"),
                sink,
            );
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what a row is made of")]
    fn connection(
        &mut self,
        connection: Element<'t>,
        (source, target): (&str, &str),
        synapse: &str,
        defaults: Properties<'t>,
        units: Units,
        cells: &FxHashMap<&'t str, &'t str>,
        rows: &mut String,
        sink: &mut Diagnostics,
    ) {
        self.taken.element(connection);
        let id = self.taken.attribute(connection, "id").unwrap_or("0");
        let path = |population: &str, index: &str| {
            let cell = cells.get(population).map_or(String::new(), |cell| identifier(cell));
            escape_value(&format!("../{}/{index}/{cell}", identifier(population)))
        };
        let mut row = String::new();
        for (side, population) in [("pre", source), ("post", target)] {
            let nested = connection.child(side);
            if let Some(nested) = nested {
                self.taken.element(nested);
            }
            let (element, prefix) =
                nested.map_or((connection, format!("{side}_")), |e| (e, String::new()));
            let Some(cell) = self.taken.number(element, &format!("{prefix}cell_id"), sink) else {
                return;
            };
            let _ = write!(row, " {side}CellId=\"{}\"", path(population, cell));
            for (from, to) in [("segment_id", "SegmentId"), ("fraction_along", "FractionAlong")] {
                if let Some(value) = self.taken.attribute(element, &format!("{prefix}{from}")) {
                    let _ = write!(row, " {side}{to}=\"{}\"", escape_value(value));
                }
            }
        }
        let mut given = defaults;
        for properties in connection.children_named("properties") {
            let of = self.taken.attribute(properties, "synapse_type");
            let own = self.properties(properties);
            if of.is_none_or(|of| of == synapse) {
                given.delay = own.delay.or(given.delay);
                given.weight = own.weight.or(given.weight);
            }
        }
        let id = escape_value(id);
        let _ = match (given.delay, given.weight) {
            (None, None) => writeln!(rows, "<connection id=\"{id}\"{row}/>"),
            (delay, weight) => writeln!(
                rows,
                "<connectionWD id=\"{id}\"{row} weight=\"{}\" delay=\"{} {}\"/>",
                escape_value(weight.unwrap_or("1")),
                escape_value(delay.unwrap_or("0")),
                units.time
            ),
        };
    }

    fn input(
        &mut self,
        input: Element<'t>,
        units: Units,
        cells: &FxHashMap<&'t str, &'t str>,
        sink: &mut Diagnostics,
    ) {
        self.taken.element(input);
        let id = identifier(self.taken.attribute(input, "name").unwrap_or("input"));
        if let Some(pulse) = input.child("pulse_input") {
            self.taken.element(pulse);
            let names = ["delay", "duration", "amplitude"];
            let values = names.map(|name| self.taken.number(pulse, name, sink));
            let [Some(delay), Some(duration), Some(amplitude)] = values else { return };
            self.parts.components.push(format!(
                "<pulseGenerator id=\"{id}\" delay=\"{delay} {t}\" duration=\"{duration} {t}\" amplitude=\"{amplitude} {i}\"/>",
                t = units.time,
                i = units.current
            ));
        } else if let Some(random) = input.child("random_stim") {
            self.taken.element(random);
            let frequency = self.taken.number(random, "frequency", sink);
            let synapse = self.taken.attribute(random, "synaptic_mechanism");
            let (Some(frequency), Some(synapse)) = (frequency, synapse) else { return };
            let synapse = identifier(synapse);
            self.parts.components.push(format!(
                "<poissonFiringSynapse id=\"{id}\" averageRate=\"{frequency} {}\" synapse=\"{synapse}\" spikeTarget=\"./{synapse}\"/>",
                units.per_time
            ));
        } else {
            self.taken.unmapped(input.name_span(), format!("the input `{id}`"), sink);
            return;
        }
        for target in input.children_named("target") {
            self.taken.element(target);
            let population = self.taken.attribute(target, "population").unwrap_or("");
            let cell = cells.get(population).map_or(String::new(), |cell| identifier(cell));
            let population = identifier(population);
            let mut rows = String::new();
            for sites in target.children_named("sites") {
                self.taken.element(sites);
                self.taken.attribute(sites, "size");
                for (at, site) in sites.children_named("site").enumerate() {
                    self.taken.element(site);
                    let Some(index) = self.taken.number(site, "cell_id", sink) else { continue };
                    let _ = write!(
                        rows,
                        "<input id=\"{at}\" target=\"../{population}/{index}/{cell}\""
                    );
                    for (from, to) in
                        [("segment_id", "segmentId"), ("fraction_along", "fractionAlong")]
                    {
                        if let Some(value) = self.taken.attribute(site, from) {
                            let _ = write!(rows, " {to}=\"{}\"", escape_value(value));
                        }
                    }
                    rows.push_str(" destination=\"synapses\"/>\n");
                }
            }
            let _ = writeln!(
                self.parts.network,
                "<inputList id=\"{id}_{population}\" population=\"{population}\" component=\"{id}\">\n{rows}</inputList>"
            );
        }
    }
}
