//! `--dry-run`: what would be run and written, and how long it would take.

use std::fmt::Write as _;
use std::time::Duration;

use nml::results::Format;

use super::closing::{count, grouped, milliseconds, significant};
use super::watch::{Stopped, Watch, duration};
use super::{Session, outputs};
use crate::{CLEAN, Console, Stop};

/// How long the model is tried.
const TRIAL: Duration = Duration::from_millis(300);

impl Session<'_> {
    pub(super) fn estimate(&self, console: &mut Console<'_>) -> Result<u8, Stop> {
        let prepared = &self.prepared;
        let request = &prepared.request;
        let names = outputs::names(prepared, self.options.format)?;
        let mut watch = Watch::new(Vec::new());
        watch.limit = Some(TRIAL);
        let ran = prepared.run(&mut watch);
        let (tried, seconds) = (watch.steps, watch.elapsed().as_secs_f64());
        let steps = (request.length / request.step + 0.5).floor();
        let rate = tried as f64 / seconds.max(1e-9);
        let census = self.census;
        let mut text = String::new();
        let mut line = |name: &str, value: String| {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{name:<11}{value}");
        };
        line("simulation", self.id(prepared.experiment.simulation).to_owned());
        line("target", self.id(prepared.experiment.target).to_owned());
        line("scheme", request.scheme.name().to_owned());
        line(
            "length",
            format!("{} in steps of {}", milliseconds(request.length), milliseconds(request.step)),
        );
        line("steps", significant_whole(steps));
        let cells = grouped(census.cells);
        line(
            "cells",
            match census.compartments {
                0 => cells,
                all => format!("{cells}, {}", count(all, "compartment")),
            },
        );
        line(
            "instances",
            format!("{} of {}", grouped(census.instances), count(census.kinds, "kind")),
        );
        line("states", grouped(census.states));
        line("wires", format!("{} for events", grouped(census.wires)));
        if let Some(text) = super::closing::merged(&prepared.flat.merged) {
            let (name, rest) = text.split_once(": ").unwrap_or(("synapses", &text));
            line(name.split(' ').next().unwrap_or(name), rest.to_owned());
        }
        line("memory", format!("about {}", bytes(census.bytes as f64)));
        let time = match (&ran, watch.stopped) {
            (Ok(_), _) => duration(seconds),
            (Err(_), Some(Stopped::Limit)) if tried > 0 => {
                format!(
                    "about {}, at {} steps/s in a trial",
                    duration(steps / rate),
                    significant(rate)
                )
            }
            (Err(_), Some(_)) => format!("more than {} a step", duration(seconds)),
            (Err(error), None) => format!("unknown: after {} {error}", count(tried, "step")),
        };
        line("time", time);
        for name in &names {
            let path = self.folder.join(&name.path);
            let size = if name.events {
                "events".to_owned()
            } else {
                let columns = name.columns.len();
                let numbers = (steps + 1.0) * (columns as f64 + 1.0);
                let each = match self.options.format {
                    Format::Dat => 12.0,
                    Format::Sonata => 4.0,
                    Format::Csv | Format::Npz | Format::Hdf5 => 8.0,
                };
                format!("{}, about {}", count(columns as u64, "column"), bytes(numbers * each))
            };
            line("file", format!("{} ({size})", path.display()));
        }
        for picture in self.pictures(&names) {
            line("picture", picture.display().to_string());
        }
        console.print(&text)?;
        Ok(CLEAN)
    }
}

/// A whole number, in full where that can be read.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and not negative"
)]
fn significant_whole(number: f64) -> String {
    if number < 1e15 { grouped(number as u64) } else { format!("{number:.2e}") }
}

/// `12 KB`, `3.4 MB`.
fn bytes(number: f64) -> String {
    let mut number = number;
    for unit in ["bytes", "KB", "MB", "GB", "TB"] {
        if number < 999.5 {
            let digits = usize::from(number < 9.95 && unit != "bytes");
            return format!("{number:.digits$} {unit}");
        }
        number /= 1000.0;
    }
    format!("{number:.0} PB")
}
