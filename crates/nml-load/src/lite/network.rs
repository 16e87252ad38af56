//! Populations, projections and inputs, carried out.

use std::fmt::Write as _;

use nml_base::format_f64;
use nml_xml::{escape_text, escape_value};
use rustc_hash::FxHashMap;

use super::Maker;
use super::value::{Value, whole_part};

/// A population that is there.
struct Population {
    size: usize,
    component: String,
    /// Whether its cells have places, and are listed.
    listed: bool,
}

impl Population {
    fn path(&self, id: &str, cell: usize) -> String {
        let path = if self.listed {
            format!("../{id}/{cell}/{}", self.component)
        } else {
            format!("../{id}[{cell}]")
        };
        escape_value(&path)
    }
}

/// What is written of a projection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Chemical,
    Electrical,
    Continuous,
}

/// A connection: pre, post, delay in ms, weight.
type Row = (usize, usize, f64, f64);

impl Maker<'_> {
    pub(super) fn network(&mut self, id: &str) -> String {
        let mut head = format!("<network id=\"{}\"", escape_value(id));
        if let Some(value) = self.root.get("temperature").filter(|v| **v != Value::Null) {
            let degrees = self.number(id, "temperature", value);
            let _ = write!(
                head,
                " type=\"networkWithTemperature\" temperature=\"{}degC\"",
                format_f64(degrees)
            );
        }
        head.push_str(">\n");
        if let Some(notes) = self.root.get("notes").and_then(Value::text).filter(|n| !n.is_empty())
        {
            let _ = writeln!(head, "<notes>{}</notes>", escape_text(notes));
        }
        let mut populations: FxHashMap<String, Population> = FxHashMap::default();
        for (id, value) in self.list("populations") {
            let text = self.population(&id, &value, &mut populations);
            head.push_str(&text);
        }
        let mut by_kind = [String::new(), String::new(), String::new()];
        for (id, value) in self.list("projections") {
            let (kind, text) = self.projection(&id, &value, &populations);
            by_kind[kind as usize].push_str(&text);
        }
        head.extend(by_kind);
        for (id, value) in self.list("inputs") {
            let text = self.input(&id, &value, &populations);
            head.push_str(&text);
        }
        head.push_str("</network>\n");
        head
    }

    /// A corner or side of a region.
    fn side(&mut self, region: &str, name: &str) -> f64 {
        let regions = self.root.get("regions");
        let value = regions.and_then(|all| all.get(region)).and_then(|r| r.get(name)).cloned();
        if let Some(value) = value {
            self.number(region, name, &value)
        } else {
            self.refuse(region, &format!("`{name}` of the region `{region}`"));
            0.0
        }
    }

    fn population(
        &mut self,
        id: &str,
        value: &Value,
        populations: &mut FxHashMap<String, Population>,
    ) -> String {
        let known = [
            "size",
            "component",
            "properties",
            "random_layout",
            "relative_layout",
            "single_location",
            "notes",
        ];
        self.only_known(id, value, &known);
        let size = value.get("size").cloned().unwrap_or(Value::Null);
        let size = self.whole(id, "size", &size);
        let component = value.get("component").and_then(Value::text).unwrap_or("").to_owned();
        let layout = |name: &str| value.get(name).filter(|v| v.is_set());
        let region = |v: &Value| v.get("region").and_then(Value::text).unwrap_or("").to_owned();
        let random = layout("random_layout").map(region);
        let relative = layout("relative_layout");
        let single = layout("single_location").and_then(|v| v.get("location"));
        let listed = size > 0 && (random.is_some() || relative.is_some() || single.is_some());
        let mut rows = String::new();
        for cell in 0..size {
            if !self.row(id) {
                break;
            }
            let mut places = Vec::new();
            if let Some(region) = &random {
                places.push([("x", "width"), ("y", "height"), ("z", "depth")].map(
                    |(from, side)| {
                        let corner = self.side(region, from);
                        let part = self.random.next();
                        corner + part * self.side(region, side)
                    },
                ));
            }
            if let Some(location) = single {
                places.push(["x", "y", "z"].map(|axis| self.axis(id, location, axis)));
            }
            if let Some(relative) = relative {
                let region = region(relative);
                places.push(
                    ["x", "y", "z"]
                        .map(|axis| self.axis(id, relative, axis) + self.side(&region, axis)),
                );
            }
            for [x, y, z] in places {
                let [x, y, z] = [x, y, z].map(format_f64);
                let _ = writeln!(
                    rows,
                    "<instance id=\"{cell}\"><location x=\"{x}\" y=\"{y}\" z=\"{z}\"/></instance>"
                );
            }
        }
        let ty = if listed { " type=\"populationList\"" } else { "" };
        let mut out = format!(
            "<population id=\"{}\" component=\"{}\" size=\"{size}\"{ty}>\n",
            escape_value(id),
            escape_value(&component)
        );
        if let Some(notes) = value.get("notes").and_then(Value::text).filter(|n| !n.is_empty()) {
            let _ = writeln!(out, "<notes>{}</notes>", escape_text(notes));
        }
        if listed || random.is_some() || relative.is_some() {
            for (tag, value) in value.get("properties").map_or(&[][..], Value::members) {
                let value = match value {
                    Value::Text(text) => text.clone(),
                    Value::Number(x) => format_f64(*x),
                    Value::Bool(true) => "True".to_owned(),
                    Value::Bool(false) => "False".to_owned(),
                    _ => {
                        self.refuse(tag, &format!("the property `{tag}` of `{id}`"));
                        continue;
                    }
                };
                let (tag, value) = (escape_value(tag), escape_value(&value));
                let _ = writeln!(out, "<property tag=\"{tag}\" value=\"{value}\"/>");
            }
            let place = random.or_else(|| relative.map(region));
            if let Some(region) = place {
                let _ =
                    writeln!(out, "<property tag=\"region\" value=\"{}\"/>", escape_value(&region));
            }
        }
        let _ = writeln!(out, "{rows}</population>");
        populations.insert(id.to_owned(), Population { size, component, listed });
        out
    }

    fn axis(&mut self, id: &str, location: &Value, axis: &str) -> f64 {
        let value = location.get(axis).cloned().unwrap_or(Value::Null);
        self.number(id, axis, &value)
    }

    /// A number of things.
    fn whole(&mut self, id: &str, name: &str, value: &Value) -> usize {
        let x = self.number(id, name, value);
        if x < 0.0 || x.fract() != 0.0 || x > super::MAX_ROWS as f64 {
            self.refuse(name, &format!("`{name}` of `{id}`, {}", format_f64(x)));
            return 0;
        }
        whole_part(x)
    }

    /// A delay or a weight; drawn anew each time where it is random.
    fn given(&mut self, id: &str, name: &str, value: Option<&Value>, otherwise: f64) -> f64 {
        match value {
            Some(value) if value.is_set() => self.number(id, name, value),
            _ => otherwise,
        }
    }

    fn projection(
        &mut self,
        id: &str,
        value: &Value,
        populations: &FxHashMap<String, Population>,
    ) -> (Kind, String) {
        let known = [
            "presynaptic",
            "postsynaptic",
            "synapse",
            "pre_synapse",
            "type",
            "delay",
            "weight",
            "random_connectivity",
            "convergent_connectivity",
            "one_to_one_connector",
            "notes",
        ];
        self.only_known(id, value, &known);
        let text = |name: &str| value.get(name).and_then(Value::text).unwrap_or("");
        let kind = match text("type") {
            "" | "projection" => Kind::Chemical,
            "electricalProjection" => Kind::Electrical,
            "continuousProjection" => Kind::Continuous,
            other => {
                self.refuse(other, &format!("a projection of the type `{other}`"));
                Kind::Chemical
            }
        };
        let (pre, post) = (text("presynaptic"), text("postsynaptic"));
        let (Some(from), Some(to)) = (populations.get(pre), populations.get(post)) else {
            self.refuse(
                id,
                &format!("the projection `{id}` between populations that are not there"),
            );
            return (kind, String::new());
        };
        let mut delay = self.given(id, "delay", value.get("delay"), 0.0);
        let mut weight = self.given(id, "weight", value.get("weight"), 1.0);
        if weight == 0.0 {
            return (kind, String::new());
        }
        let mut rows: Vec<Row> = Vec::new();
        let there = |name: &str| value.get(name).filter(|v| matches!(v, Value::Map(_)));
        if let Some(rule) = there("random_connectivity") {
            let probability = rule.get("probability").cloned().unwrap_or(Value::Null);
            if from.size.saturating_mul(to.size) > super::MAX_PAIRS {
                self.refuse(id, &format!("`{id}`, which has more than {} pairs", super::MAX_PAIRS));
                return (kind, String::new());
            }
            'all: for pre in 0..from.size {
                for post in 0..to.size {
                    let drawn = self.random.next();
                    if drawn < self.number(id, "probability", &probability) {
                        delay = self.given(id, "delay", value.get("delay"), 0.0);
                        weight = self.given(id, "weight", value.get("weight"), 1.0);
                        rows.push((pre, post, delay, weight));
                        if !self.row(id) || self.sink.has_errors() {
                            break 'all;
                        }
                    }
                }
            }
        }
        if let Some(rule) = there("convergent_connectivity") {
            let number = rule.get("num_per_post").cloned().unwrap_or(Value::Null);
            let number = whole_part(self.number(id, "num_per_post", &number));
            if from.size == 0 || (pre == post && from.size < 2) {
                self.refuse(id, &format!("connections of `{id}` that come from no cell"));
                return (kind, String::new());
            }
            if number.saturating_mul(to.size) > super::MAX_ROWS {
                self.refuse(
                    id,
                    &format!("`{id}`, which has more than {} connections", super::MAX_ROWS),
                );
                return (kind, String::new());
            }
            'posts: for to in 0..to.size {
                for _ in 0..number {
                    let from = loop {
                        let drawn = whole_part(self.random.next() * from.size as f64);
                        if pre != post || drawn != to {
                            break drawn;
                        }
                    };
                    rows.push((from, to, delay, weight));
                    if !self.row(id) {
                        break 'posts;
                    }
                }
            }
        } else if there("one_to_one_connector").is_some() {
            rows.extend((0..from.size.min(to.size)).map(|i| (i, i, delay, weight)));
        }
        let silent = format!("silentSyn_{id}");
        let before = Some(text("pre_synapse")).filter(|s| !s.is_empty()).unwrap_or(&silent);
        let written = Written { id, kind, pre, post, synapse: text("synapse"), before };
        (kind, self.written(&written, (from, to), &rows))
    }

    fn written(
        &mut self,
        it: &Written<'_>,
        (from, to): (&Population, &Population),
        rows: &[Row],
    ) -> String {
        let element =
            ["projection", "electricalProjection", "continuousProjection"][it.kind as usize];
        let synapse = escape_value(it.synapse);
        let mut out = format!(
            "<{element} id=\"{}\" presynapticPopulation=\"{}\" postsynapticPopulation=\"{}\"",
            escape_value(it.id),
            escape_value(it.pre),
            escape_value(it.post)
        );
        if it.kind == Kind::Chemical {
            let _ = write!(out, " synapse=\"{synapse}\"");
        }
        out.push_str(">\n");
        let listed = from.listed || to.listed;
        let components = match it.kind {
            Kind::Continuous => {
                format!("preComponent=\"{}\" postComponent=\"{synapse}\"", escape_value(it.before))
            }
            _ => format!("synapse=\"{synapse}\""),
        };
        for (at, &(pre, post, delay, weight)) in rows.iter().enumerate() {
            let paths = (from.path(it.pre, pre), to.path(it.post, post));
            let w = format_f64(weight);
            let _ = match it.kind {
                Kind::Chemical => {
                    let ends = format!("preCellId=\"{}\" postCellId=\"{}\"", paths.0, paths.1);
                    if delay == 0.0 && weight == 1.0 {
                        writeln!(out, "<connection id=\"{at}\" {ends}/>")
                    } else {
                        let d = format_f64(delay);
                        writeln!(
                            out,
                            "<connectionWD id=\"{at}\" {ends} weight=\"{w}\" delay=\"{d}ms\"/>"
                        )
                    }
                }
                Kind::Electrical | Kind::Continuous => {
                    let stem = element.trim_end_matches("Projection");
                    if listed {
                        let (end, weighted) = if weight == 1.0 {
                            ("Instance", String::new())
                        } else {
                            ("InstanceW", format!(" weight=\"{w}\""))
                        };
                        writeln!(
                            out,
                            "<{stem}Connection{end} id=\"{at}\" preCell=\"{}\" postCell=\"{}\" {components}{weighted}/>",
                            paths.0, paths.1
                        )
                    } else {
                        if weight != 1.0 {
                            let what =
                                format!("a weight of `{}`, whose cells are not listed,", it.id);
                            self.refuse(it.id, &what);
                            return out;
                        }
                        writeln!(
                            out,
                            "<{stem}Connection id=\"{at}\" preCell=\"{pre}\" postCell=\"{post}\" {components}/>"
                        )
                    }
                }
            };
        }
        let _ = writeln!(out, "</{element}>");
        out
    }

    fn input(
        &mut self,
        id: &str,
        value: &Value,
        populations: &FxHashMap<String, Population>,
    ) -> String {
        let known = [
            "input_source",
            "population",
            "cell_ids",
            "percentage",
            "number_per_cell",
            "segment_ids",
            "weight",
            "notes",
        ];
        self.only_known(id, value, &known);
        let name = value.get("population").and_then(Value::text).unwrap_or("");
        let Some(population) = populations.get(name) else {
            self.refuse(id, &format!("the input `{id}` into a population that is not there"));
            return String::new();
        };
        let set = |name: &str| {
            let unset = |v: &&Value| **v != Value::Null && v.text() != Some("");
            value.get(name).filter(unset)
        };
        let chosen = match (set("cell_ids"), set("percentage")) {
            (Some(_), Some(_)) => {
                self.refuse(id, &format!("both `cell_ids` and `percentage` of `{id}`"));
                return String::new();
            }
            (Some(ids), None) => Some(self.numbers(id, "cell_ids", ids)),
            (None, _) => None,
        };
        let segments = |maker: &mut Self| -> Vec<usize> {
            match (set("number_per_cell").filter(|v| v.is_set()), set("segment_ids")) {
                (Some(number), _) => vec![0; maker.whole(id, "number_per_cell", number)],
                (None, Some(ids)) => maker.numbers(id, "segment_ids", ids),
                (None, None) => vec![0],
            }
        };
        let mut rows: Vec<(usize, usize, f64)> = Vec::new();
        let weight = value.get("weight");
        let every = chosen.is_none();
        let cells = chosen.unwrap_or_else(|| (0..population.size).collect());
        let percentage = set("percentage").cloned();
        for cell in cells {
            if every {
                let Some(percentage) = &percentage else { break };
                let drawn = self.random.next();
                self.given(id, "weight", weight, 1.0);
                let limit = self.number(id, "percentage", percentage);
                if drawn * 100.0 >= limit {
                    continue;
                }
            } else {
                self.given(id, "weight", weight, 1.0);
            }
            for segment in segments(self) {
                let weight = self.given(id, "weight", weight, 1.0);
                rows.push((cell, segment, weight));
                if !self.row(id) {
                    return String::new();
                }
            }
        }
        let component = value.get("input_source").and_then(Value::text).unwrap_or("");
        let mut out = format!(
            "<inputList id=\"{}\" population=\"{}\" component=\"{}\">\n",
            escape_value(id),
            escape_value(name),
            escape_value(component)
        );
        for (at, (cell, segment, weight)) in rows.into_iter().enumerate() {
            let path = population.path(name, cell);
            let segment =
                if segment == 0 { String::new() } else { format!(" segmentId=\"{segment}\"") };
            let (tag, weight) = if weight == 1.0 {
                ("input", String::new())
            } else {
                ("inputW", format!(" weight=\"{}\"", format_f64(weight)))
            };
            let _ = writeln!(
                out,
                "<{tag} id=\"{at}\" target=\"{path}\"{segment} destination=\"synapses\"{weight}/>"
            );
        }
        out.push_str("</inputList>\n");
        out
    }

    /// A list of whole numbers, or one.
    fn numbers(&mut self, id: &str, name: &str, value: &Value) -> Vec<usize> {
        let list: Vec<Value> = match value {
            Value::List(list) => list.clone(),
            Value::Text(text) if text.trim().starts_with('[') => {
                let inner = text.trim().trim_start_matches('[').trim_end_matches(']');
                inner.split(',').map(|item| Value::Text(item.trim().to_owned())).collect()
            }
            other => vec![other.clone()],
        };
        list.iter().map(|item| self.whole(id, name, item)).collect()
    }
}

/// What a projection is written with.
struct Written<'a> {
    id: &'a str,
    kind: Kind,
    pre: &'a str,
    post: &'a str,
    synapse: &'a str,
    /// What is on the other side of a graded synapse.
    before: &'a str,
}
