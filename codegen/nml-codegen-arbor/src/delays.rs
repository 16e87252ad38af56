//! Where delays stand that Arbor makes longer.

use nml_base::Span;
use nml_model::{ComponentRef, Model};

/// The first connection through a synapse whose delay is shorter, in s; the synapse where none is found.
pub(crate) fn shorter(model: &Model, synapse: ComponentRef, soonest: f64) -> Span {
    let synapse = model.component(synapse);
    let mut through = model.components().filter(|c| c.attr("synapse") == synapse.id());
    let found = through.find_map(|c| match c.connections() {
        Some(table) => {
            let file = c.document().file().id();
            let mut rows = 0..table.len();
            // A number that is none has been told before.
            let row = rows.find(|row| table.delay_s.get(*row) < soonest)?;
            Some(table.spans.get(row, file))
        }
        None if c.is_a("synapticConnection") => {
            let delay = c.si("delay").unwrap_or(0.0);
            (delay < soonest).then(|| c.span_of("synapse"))
        }
        None => None,
    });
    found.unwrap_or_else(|| synapse.id_span())
}
