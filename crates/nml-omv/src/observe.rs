//! From the keys of the two files to what is observed and expected.

use std::path::Path;

use nml_base::{Diagnostics, nearest};

use crate::fields::{Fields, count, items, number, numbers, scalar, text, unusable};
use crate::spikes::{Detection, RateMethod};
use crate::test::{
    Check, Expected, Experiment, Ids, Observable, SpikeFile, SpikeFormat, SpikeSource, TraceFile,
};
use crate::yaml::{Node, Value};

/// What a test allows that says nothing.
///
/// Source: OMV 0.4, `analyzers/analyzer.py`.
const DEFAULT_TOLERANCE: f64 = 0.1;

/// All observables of OMV.
const OBSERVABLES: [&str; 9] = [
    "spike times",
    "spike rate",
    "resting",
    "timeseries",
    "input resistance",
    "activation variables",
    "morphology",
    "temperature",
    "dry",
];

/// Where paths start.
pub(crate) struct Roots<'p> {
    pub(crate) omt: &'p Path,
    pub(crate) mep: &'p Path,
}

/// The experiments of a test, in its order, with what the other file expects of them.
pub(crate) fn experiments(
    listed: &Node,
    expected: &Node,
    roots: &Roots<'_>,
    sink: &mut Diagnostics,
) -> Option<Vec<Experiment>> {
    let mut out = Vec::new();
    let mut mep = Fields::of(expected, "what is expected", sink)?;
    let system = mep.get("system");
    if let Some(system) = system.filter(|node| !matches!(node.value, Value::Null)) {
        text(&system, "`system`", sink);
    }
    let known = mep.need("experiments", sink)?;
    mep.finish(sink);
    let known = Fields::of(&known, "`experiments`", sink)?.rest();
    for (name, key, body) in Fields::of(listed, "`experiments`", sink)?.rest() {
        let Some((_, _, expects)) = known.iter().find(|(other, _, _)| *other == name) else {
            let near = nearest(&name, known.iter().map(|(name, _, _)| name.as_str()));
            sink.push(
                unusable(key.span, format!("the `mep` file expects nothing of `{name}`"))
                    .maybe_help(near.map(|near| format!("did you mean `{near}`?"))),
            );
            continue;
        };
        let Some(mut fields) = Fields::of(&body, "an experiment", sink) else { continue };
        let Some(observables) = fields.need("observables", sink) else { continue };
        fields.finish(sink);
        let Some(mut wanted) = Fields::of(expects, "an experiment", sink) else { continue };
        let Some(wanted_values) = wanted.need("expected", sink) else { continue };
        wanted.finish(sink);
        let Some(observables) = Fields::of(&observables, "`observables`", sink) else { continue };
        let Some(wanted) = Fields::of(&wanted_values, "`expected`", sink) else { continue };
        let checks = checks(observables, wanted, roots, sink);
        out.push(Experiment { name, checks });
    }
    Some(out)
}

fn checks(
    mut observables: Fields,
    mut wanted: Fields,
    roots: &Roots<'_>,
    sink: &mut Diagnostics,
) -> Vec<Check> {
    let mut out = Vec::new();
    let wanted = wanted.rest();
    for (key, at, body) in observables.rest() {
        let Some(name) = OBSERVABLES.into_iter().find(|name| *name == key) else {
            let near = nearest(&key, OBSERVABLES);
            sink.push(
                unusable(at.span, format!("there is no observable `{key}`"))
                    .maybe_help(near.map(|near| format!("did you mean `{near}`?"))),
            );
            continue;
        };
        let compared =
            !matches!(name, "dry" | "activation variables" | "morphology" | "temperature");
        let expects = wanted.iter().find(|(other, _, _)| *other == key).map(|(_, _, node)| node);
        if compared && expects.is_none() {
            sink.push(unusable(at.span, format!("the `mep` file expects no `{name}` here")));
            continue;
        }
        let Some((observable, tolerance)) = observable(name, &body, roots, sink) else { continue };
        let expected = match expects.filter(|_| compared) {
            Some(node) => expected(name, node, roots, sink),
            None => Some(Expected::Nothing),
        };
        let Some(expected) = expected else { continue };
        out.push(Check { name, span: at.span, observable, expected, tolerance });
    }
    out
}

fn observable(
    name: &'static str,
    body: &Node,
    roots: &Roots<'_>,
    sink: &mut Diagnostics,
) -> Option<(Observable, f64)> {
    match name {
        "dry" => return Some((Observable::Dry, DEFAULT_TOLERANCE)),
        "morphology" | "temperature" => {
            return Some((Observable::Unsupported(name), DEFAULT_TOLERANCE));
        }
        _ => {}
    }
    let mut fields = Fields::of(body, &format!("`{name}`"), sink)?;
    let tolerance = match fields.get("tolerance").filter(|n| !matches!(n.value, Value::Null)) {
        Some(node) => number(&node, "`tolerance`", sink)?,
        None => DEFAULT_TOLERANCE,
    };
    let observable = match name {
        "spike times" => Observable::SpikeTimes(spike_source(&mut fields, roots.omt, sink)?),
        "spike rate" => {
            let source = spike_source(&mut fields, roots.omt, sink)?;
            let mut window = [0.0, f64::INFINITY];
            for (value, key) in window.iter_mut().zip(["start_time", "end_time"]) {
                if let Some(node) = fields.get(key) {
                    *value = number(&node, &format!("`{key}`"), sink)?;
                }
            }
            let method = fields.get("method");
            let method = match method {
                // Without a method the window is not looked at.
                None => {
                    window = [0.0, f64::INFINITY];
                    RateMethod::Intervals
                }
                Some(node) => match scalar(&node) {
                    Some("isi based") => RateMethod::Intervals,
                    Some("duration based") => RateMethod::Duration,
                    _ => {
                        let why = "`method` should be `isi based` or `duration based`";
                        sink.push(unusable(node.span, why));
                        return None;
                    }
                },
            };
            Observable::SpikeRate { source, method, start: window[0], end: window[1] }
        }
        "resting" => {
            let file = needed_trace(&mut fields, "file", roots.omt, sink)?;
            let average_last = match fields.get("average last") {
                Some(node) => count(&node, "`average last`", sink)?,
                None => 1,
            };
            Observable::Resting { file, average_last }
        }
        "timeseries" => Observable::TimeSeries(needed_trace(&mut fields, "file", roots.omt, sink)?),
        "input resistance" => {
            // The two voltages are for people: what counts is what was measured.
            fields.get("holding voltage");
            fields.get("command voltage");
            Observable::InputResistance {
                voltage: needed_trace(&mut fields, "file_Vm", roots.omt, sink)?,
                current: needed_trace(&mut fields, "file_VC_i", roots.omt, sink)?,
                holding: window(&mut fields, "holding window", sink)?,
                command: window(&mut fields, "command window", sink)?,
            }
        }
        _ => Observable::ActivationVariables(needed_trace(&mut fields, "file", roots.omt, sink)?),
    };
    fields.finish(sink);
    Some((observable, tolerance))
}

fn window(fields: &mut Fields, key: &'static str, sink: &mut Diagnostics) -> Option<[f64; 2]> {
    let Some(node) = fields.get(key) else { return Some([0.0, 0.0]) };
    let read: Result<[f64; 2], _> = numbers(&node, &format!("`{key}`"), sink)?.try_into();
    if read.is_err() {
        sink.push(unusable(node.span, format!("`{key}` should be two times, `[from, to]`")));
    }
    read.ok()
}

fn spike_source(fields: &mut Fields, root: &Path, sink: &mut Diagnostics) -> Option<SpikeSource> {
    let (file, spikes) = (fields.get("file"), fields.get("spiketimes file"));
    let detection = fields.get("spike detection");
    match (file, spikes) {
        (Some(node), None) => {
            let file = trace(&node, root, sink)?;
            match detection {
                Some(how) => {
                    let detection = detection_of(&how, sink)?;
                    if file.columns.len() != 2 {
                        let why = "spikes are found in two columns: times and values";
                        sink.push(unusable(node.span, why));
                        return None;
                    }
                    Some(SpikeSource::Trace(file, detection))
                }
                None if file.columns.len() == 1 => Some(SpikeSource::Times(file)),
                None => {
                    let why =
                        "without `spike detection` the file should hold spike times in one column";
                    sink.push(
                        unusable(node.span, why)
                            .help("add `spike detection:`, or name one of `columns`"),
                    );
                    None
                }
            }
        }
        (None, Some(node)) => spike_file(&node, root, sink).map(SpikeSource::Spikes),
        (None, None) => {
            sink.push(unusable(fields.span(), "`file` or `spiketimes file` is missing"));
            None
        }
        (Some(_), Some(node)) => {
            sink.push(unusable(node.span, "`file` and `spiketimes file` are both given"));
            None
        }
    }
}

fn detection_of(node: &Node, sink: &mut Diagnostics) -> Option<Detection> {
    let mut fields = Fields::of(node, "`spike detection`", sink)?;
    let threshold = match fields.get("threshold") {
        Some(node) => number(&node, "`threshold`", sink)?,
        None => 0.0,
    };
    let detection = match fields.get("method") {
        None => Detection::Threshold(threshold),
        Some(node) => match scalar(&node) {
            Some("threshold") => Detection::Threshold(threshold),
            Some("derivative") => Detection::Derivative,
            _ => {
                sink.push(unusable(node.span, "`method` should be `threshold` or `derivative`"));
                return None;
            }
        },
    };
    fields.finish(sink);
    Some(detection)
}

fn needed_trace(
    fields: &mut Fields,
    key: &'static str,
    root: &Path,
    sink: &mut Diagnostics,
) -> Option<TraceFile> {
    let node = fields.need(key, sink)?;
    trace(&node, root, sink)
}

fn trace(node: &Node, root: &Path, sink: &mut Diagnostics) -> Option<TraceFile> {
    let mut fields = Fields::of(node, "a file", sink)?;
    let path = fields.need("path", sink)?;
    let path = root.join(text(&path, "`path`", sink)?);
    let columns = match fields.get("columns") {
        Some(node) => {
            let read = items(&node)
                .iter()
                .map(|c| count(c, "a column", sink))
                .collect::<Option<Vec<_>>>()?;
            if read.is_empty() {
                sink.push(unusable(node.span, "`columns` names no column"));
                return None;
            }
            read
        }
        None => vec![0, 1],
    };
    let header = match fields.get("header") {
        Some(node) => count(&node, "`header`", sink)?,
        None => 0,
    };
    let scaling = match fields.get("scaling") {
        Some(node) => {
            let read = numbers(&node, "`scaling`", sink)?;
            match read.as_slice() {
                [one] => vec![*one; columns.len()],
                _ if read.len() == columns.len() => read,
                _ => {
                    let (factors, columns) = (read.len(), columns.len());
                    let why = format!("`scaling` has {factors} factors for {columns} columns");
                    sink.push(unusable(node.span, why));
                    return None;
                }
            }
        }
        None => vec![1.0; columns.len()],
    };
    fields.finish(sink);
    Some(TraceFile { path, columns, header, scaling })
}

fn spike_file(node: &Node, root: &Path, sink: &mut Diagnostics) -> Option<SpikeFile> {
    let mut fields = Fields::of(node, "a spike file", sink)?;
    let path = fields.need("path", sink)?;
    let path = root.join(text(&path, "`path`", sink)?);
    let format = fields.need("format", sink)?;
    let format = match scalar(&format) {
        Some("ID_TIME") => SpikeFormat::IdTime,
        Some("TIME_ID") => SpikeFormat::TimeId,
        Some("ID_TIME_NEST_DAT") => SpikeFormat::IdTimeNest,
        _ => {
            let why = "`format` should be `ID_TIME`, `TIME_ID` or `ID_TIME_NEST_DAT`";
            sink.push(unusable(format.span, why));
            return None;
        }
    };
    let ids = match fields.get("ids") {
        None => Ids::One(0.0),
        Some(node) if scalar(&node) == Some("*") => Ids::All,
        Some(node) => Ids::One(number(&node, "`ids`", sink)?),
    };
    let scaling = match fields.get("scaling") {
        Some(node) => number(&node, "`scaling`", sink)?,
        None => 1.0,
    };
    fields.finish(sink);
    Some(SpikeFile { path, format, ids, scaling })
}

fn expected(
    name: &'static str,
    node: &Node,
    roots: &Roots<'_>,
    sink: &mut Diagnostics,
) -> Option<Expected> {
    let what = format!("`{name}`");
    match (name, &node.value) {
        ("spike times" | "timeseries", Value::List(list)) => {
            let nested = |n: &Node| matches!(n.value, Value::List(_));
            if name == "spike times" || !list.first().is_some_and(nested) {
                return numbers(node, &what, sink).map(Expected::List);
            }
            let rows: Vec<Vec<f64>> =
                list.iter().map(|row| numbers(row, &what, sink)).collect::<Option<_>>()?;
            if rows.windows(2).any(|pair| pair[0].len() != pair[1].len()) {
                sink.push(unusable(node.span, "the rows are not equally long"));
                return None;
            }
            Some(Expected::Rows(rows))
        }
        ("timeseries", Value::Map(_)) => {
            let mut fields = Fields::of(node, &what, sink)?;
            let file = needed_trace(&mut fields, "file", roots.mep, sink)?;
            fields.finish(sink);
            Some(Expected::File(file))
        }
        ("spike times" | "timeseries", _) => {
            sink.push(unusable(node.span, format!("{what} should be a list of numbers")));
            None
        }
        _ => number(node, &what, sink).map(Expected::Number),
    }
}
