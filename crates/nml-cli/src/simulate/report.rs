//! The report and the times that a `Target` may ask for.

use std::path::{Path, PathBuf};

use nml::results::java_float;
use nml::simulate::Prepared;

use crate::{Stop, atomic};

/// Collects the times of all rows, as text, if the model asks for them.
#[derive(Debug, Default)]
pub(super) struct Times {
    text: Option<String>,
}

impl Times {
    pub(super) fn of(prepared: &Prepared) -> Self {
        Self { text: prepared.experiment.times_file.as_ref().map(|_| "0.0\n".to_owned()) }
    }

    /// Goes on after the times of a run that was saved.
    pub(super) fn go_on(&mut self, text: Option<&str>) {
        if let (Some(own), Some(text)) = (&mut self.text, text) {
            text.clone_into(own);
        }
    }

    /// Adds the time of a row.
    pub(super) fn add(&mut self, time: f64) {
        if let Some(text) = &mut self.text {
            text.push_str(&java_float(time));
            text.push('\n');
        }
    }

    /// All so far.
    pub(super) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// What a report tells.
pub(super) struct Told<'a> {
    /// What runs the model; stands for `__SIMULATOR__` in the file's name too.
    pub(super) simulator: &'a str,
    /// The LEMS file.
    pub(super) file: &'a Path,
    /// How long the run took.
    pub(super) seconds: f64,
}

/// Writes what is asked for into a folder; answers the names.
pub(super) fn write(
    prepared: &Prepared,
    times: Times,
    told: &Told<'_>,
    folder: &Path,
) -> Result<Vec<PathBuf>, Stop> {
    let mut files = Vec::new();
    if let (Some(name), Some(text)) = (&prepared.experiment.times_file, times.text) {
        files.push((name.clone(), text));
    }
    if let Some(name) = &prepared.experiment.report_file {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let now = now.map_or(0.0, |t| t.as_secs_f64());
        let name = name.replace("__SIMULATOR__", told.simulator);
        let stamp = date(now).replace([' ', ':'], "_");
        let version = env!("CARGO_PKG_VERSION");
        let text = format!(
            "# Report of running simulation with nml {version}\nSimulator={}\nSimulatorVersion=nml {version}\n\
             SimulationFile={}\nStartTime={}\nRealSimulationTime={:.3}\n",
            told.simulator,
            told.file.display(),
            date(now - told.seconds),
            told.seconds,
        );
        files.push((name.replace("__TIMESTAMP__", &stamp), text));
    }
    let mut names = Vec::new();
    for (name, text) in files {
        let path = folder.join(&name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("")))
            .and_then(|()| atomic::write(&path, text.as_bytes()))
            .map_err(|e| Stop(format!("cannot write {}: {e}", path.display())))?;
        names.push(PathBuf::from(name));
    }
    Ok(names)
}

/// Date and time of day (UTC) of a time in seconds since 1970, `2026-11-21 15:48:31`.
#[expect(clippy::cast_possible_truncation, reason = "whole seconds of this age")]
fn date(seconds: f64) -> String {
    let seconds = seconds.floor() as i64;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Years begin in March, so that the day that may be missing is the last; 719 468 days from 1 March 0 to 1970.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates() {
        assert_eq!(date(0.0), "1970-01-01 00:00:00");
        assert_eq!(date(951_782_399.9), "2000-02-28 23:59:59");
        assert_eq!(date(951_782_400.0), "2000-02-29 00:00:00");
        assert_eq!(date(1_795_276_111.0), "2026-11-21 15:48:31");
    }
}
