//! What a run looked like before it went wrong.

use nml_flat::{KindId, Probe, QuantityId, Role, Seen};
use nml_sim::{EventRow, Rows, Sink, SinkError};

use crate::simulate::Prepared;

/// The states of one instance at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The path to the instance; empty for the component simulated.
    pub path: String,
    /// Simulated time in seconds.
    pub time: f64,
    /// States in SI units by their path within the instance.
    pub states: Vec<(String, f64)>,
}

impl Prepared {
    /// Runs again up to a time and tells the last states of an instance that were all finite; `None` where
    /// there were none.  It takes as long as the run did.
    pub fn last_good(&self, kind: KindId, instance: u32, time: f64) -> Option<Moment> {
        let of = self.flat.kind(kind);
        let (mut names, mut probes) = (Vec::new(), Vec::new());
        for (quantity, at) in of.quantities.iter().zip(0..) {
            if quantity.role == Role::State {
                let within = of.path(quantity.node);
                let within =
                    within.strip_prefix(&of.name).unwrap_or(&within).trim_start_matches('/');
                let slash = if within.is_empty() { "" } else { "/" };
                names.push(format!("{within}{slash}{}", quantity.name));
                probes.push(Probe {
                    kind,
                    instance,
                    seen: Seen::Quantity(QuantityId(at)),
                    segment: None,
                });
            }
        }
        let again = Self {
            request: nml_sim::Request {
                traces: vec![probes],
                events: Vec::new(),
                ..self.request.clone()
            },
            ..self.clone()
        };
        let mut last = Last { until: time, row: None };
        // How it ends is known.
        let _ = again.run(&mut last);
        let (time, values) = last.row?;
        let states = names.into_iter().zip(values).collect();
        Some(Moment { path: self.flat.path_to(kind, instance), time, states })
    }
}

/// Keeps the last row before a time.
struct Last {
    until: f64,
    row: Option<(f64, Vec<f64>)>,
}

impl Sink for Last {
    fn rows(&mut self, _: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        let good = |(time, values): &(f64, &[f64])| {
            *time < self.until && values.iter().all(|v| v.is_finite())
        };
        let all: Vec<_> = rows.iter().collect();
        if let Some((time, values)) = all.into_iter().rfind(good) {
            self.row = Some((time, values.to_vec()));
        }
        Ok(())
    }

    fn events(&mut self, _: usize, _: &[EventRow]) -> Result<(), SinkError> {
        Ok(())
    }

    fn step(&mut self, time: f64) -> Result<(), SinkError> {
        if time > self.until { Err(SinkError("far enough".to_owned())) } else { Ok(()) }
    }
}
