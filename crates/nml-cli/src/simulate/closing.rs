//! What is said when a run is over.

use std::path::PathBuf;

use nml::simulate::{Accuracy, ByDefault, Merged, Proof};

use super::Session;
use super::watch::duration;

/// What was simulated, how fast, and what was written.
/// `steps` are those of the whole run, and those made in `seconds`.
pub(super) fn line(
    session: &Session<'_>,
    (steps, here): (u64, u64),
    seconds: f64,
    written: &[PathBuf],
) -> String {
    let request = &session.prepared.request;
    let census = session.census;
    let target = session.id(session.prepared.experiment.target);
    let inside = match census.cells {
        0 => count(census.instances, "instance"),
        cells => format!("{}, {}", count(cells, "cell"), count(census.instances, "instance")),
    };
    let speed = here as f64 / seconds.max(1e-9);
    let real_time = here as f64 * request.step / seconds.max(1e-9);
    let files: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
    let listed = if files.len() > 6 { format!("{} files", files.len()) } else { files.join(", ") };
    let folder = session.folder.display().to_string();
    let folder = if folder.is_empty() { ".".to_owned() } else { folder };
    let merged = merged(&session.prepared.flat.merged).map_or(String::new(), |text| text + "\n");
    format!(
        "{target} ({inside}): {} of {} with scheme {} in {}; {} steps/s, {} real time\n{merged}written to {folder}: {listed}",
        count(steps, "step"),
        milliseconds(request.step),
        request.scheme.name(),
        duration(seconds),
        significant(speed),
        if real_time >= 1.0 {
            format!("{} times faster than", significant(real_time))
        } else {
            format!("{} times slower than", significant(1.0 / real_time.max(1e-300)))
        },
    )
}

/// Which synapses were not simulated one by one.
pub(super) fn merged(all: &[Merged]) -> Option<String> {
    let shown = |merged: &Merged| {
        let Merged { component, synapses, instances } = merged;
        let synapses = format!("{} `{component}`", grouped(*synapses));
        match instances {
            0 => format!("{synapses} as wires"),
            _ => format!("{synapses} as {}", grouped(*instances)),
        }
    };
    let listed: Vec<String> = all.iter().map(shown).collect();
    (!listed.is_empty()).then(|| format!("synapses taken together: {}", listed.join(", ")))
}

/// What is recorded although nobody asked.
pub(super) fn by_default(what: ByDefault) -> String {
    match what {
        ByDefault::Cells(cells) => {
            let whose =
                if cells == 1 { "its cell".to_owned() } else { format!("its {cells} cells") };
            format!(
                "the file does not say what to record: the membrane potential of {whose} is; `--record PATH` for more"
            )
        }
        ByDefault::Displays(displays) => {
            let what = if displays == 1 {
                "its display shows".to_owned()
            } else {
                format!("its {displays} displays show")
            };
            format!(
                "the model asks for no files: what {what} is written; `--record PATH` for something else"
            )
        }
    }
}

/// Where rates came from.
pub(super) fn tables(all: &[Proof]) -> String {
    let functions: usize = all.iter().map(|proof| proof.functions).sum();
    let bound = all.iter().map(|proof| proof.bound).fold(0.0, f64::max);
    if functions == 0 {
        return "no rates came from tables: this model has no cells with segments whose rates are worth one, or runs as one program".to_owned();
    }
    format!(
        "{} of the potential came from tables, proven to be within {bound:.1e} of their largest values",
        count(functions as u64, "function")
    )
}

/// How exact the results are.
pub(super) fn accuracy(accuracy: &Accuracy) -> String {
    let mut parts = Vec::new();
    if accuracy.columns.iter().flatten().next().is_some() {
        let relative = accuracy.relative().max(f64::EPSILON);
        parts.push(format!("about {relative:.0e} of a column's largest value at most"));
    }
    if accuracy.events > 0.0 {
        parts.push(format!("{:.0e} s in the time of an event", accuracy.events));
    }
    if accuracy.unmatched > 0 {
        let events = count(accuracy.unmatched, "event");
        parts.push(format!("whether there are {events} more or less is not certain"));
    }
    if parts.is_empty() {
        parts.push("nothing to be seen".to_owned());
    }
    if accuracy.stiff > 0.1 {
        let share = 100.0 * accuracy.stiff;
        parts.push(format!("stability, not accuracy, limits {share:.0} % of the steps"));
    }
    format!("error: {}", parts.join("; "))
}

/// `1 step`, `12 steps`.
pub(super) fn count(number: u64, one: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{} {one}{end}", grouped(number))
}

/// `10 000`, digits in threes from 10 000 on.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// A time step as people write it.
pub(super) fn milliseconds(seconds: f64) -> String {
    let ms = seconds * 1e3;
    // The last digits come from the conversion.
    let rounded = format!("{ms:.9e}").parse::<f64>().unwrap_or(ms);
    format!("{} ms", nml_base::format_f64(rounded))
}

/// A number with two digits that matter: `4.8`, `48`, `480 000`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rough figure")]
pub(super) fn significant(number: f64) -> String {
    if number < 10.0 {
        return format!("{number:.1}");
    }
    let mut scale = 1.0;
    while number / scale >= 99.5 {
        scale *= 10.0;
    }
    grouped(((number / scale).round() * scale) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_as_people_do() {
        assert_eq!(count(1, "cell"), "1 cell");
        assert_eq!(count(12_345, "cell"), "12 345 cells");
        assert_eq!([4.83, 48.3, 483_211.0].map(significant), ["4.8", "48", "480 000"]);
        assert_eq!(milliseconds(1e-5), "0.01 ms");
        assert_eq!(milliseconds(2.5e-5), "0.025 ms");
    }
}
