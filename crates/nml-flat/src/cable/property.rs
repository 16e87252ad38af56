//! Properties that have one value per segment.

use nml_base::{Diagnostics, Span};
use nml_model::Component;
use nml_model::views::Biophysics;

use super::place::{Coverage, Places};
use crate::rules;

/// Axial resistivity that NEURON takes where none is written, Ω·m.
const DEFAULT_R_A_OHM_M: f64 = 0.354;

/// The potential that NEURON starts with where the program says nothing, V.
const DEFAULT_V_INIT_V: f64 = -0.065;

/// Values per segment, by index, in SI; NaN where nothing is written.  Of several values for one segment
/// the last one written holds.
#[derive(Debug)]
pub(super) struct Electrics {
    pub(super) r_a_ohm_m: Vec<f64>,
    pub(super) c_m_f_per_m2: Vec<f64>,
    pub(super) v_init_v: Vec<f64>,
    /// May be left out.
    pub(super) threshold_v: Vec<f64>,
}

impl Electrics {
    /// Reads what all segments need; what is missing or of no use becomes a finding.
    pub(super) fn read<'m>(
        biophysics: Biophysics<'m>,
        places: Places<'_, 'm>,
        span: Span,
        sink: &mut Diagnostics,
    ) -> Self {
        let sections = places.sections;
        let mut reader = Reader { biophysics, places, sink };
        let mut r_a_ohm_m = reader.values("resistivity", true);
        // In a cell of one compartment no current flows along it.
        let single = sections.all().len() == 1 && sections.all()[0].divisions == 1;
        if single && r_a_ohm_m.iter().all(|r| r.is_nan()) {
            r_a_ohm_m.fill(DEFAULT_R_A_OHM_M);
        }
        let mut electrics = Self {
            r_a_ohm_m,
            c_m_f_per_m2: reader.values("specificCapacitance", true),
            v_init_v: reader.values("initMembPotential", false),
            threshold_v: reader.values("spikeThresh", false),
        };
        reader.complete("resistivity", &electrics.r_a_ohm_m, span);
        reader.complete("specificCapacitance", &electrics.c_m_f_per_m2, span);
        reader.complete("initMembPotential", &electrics.v_init_v, span);
        if reader.places.coverage == Coverage::Sections {
            reader.keep_last("initMembPotential", &mut electrics.v_init_v, DEFAULT_V_INIT_V);
        }
        electrics
    }
}

struct Reader<'a, 'm, 's> {
    biophysics: Biophysics<'m>,
    places: Places<'a, 'm>,
    sink: &'s mut Diagnostics,
}

impl Reader<'_, '_, '_> {
    fn values(&mut self, name: &'static str, positive: bool) -> Vec<f64> {
        let mut values = vec![f64::NAN; self.places.morphology.segments().len()];
        for property in self.biophysics.values_of(name) {
            let Some(value) = si(property, "value", self.sink) else { continue };
            if positive && value <= 0.0 {
                let what = format!("`{name}` has to be above zero");
                self.sink.push(rules::unusable(property.span_of("value"), what));
            }
            for &s in &*self.places.of(property, self.sink).unwrap_or_default() {
                values[s as usize] = value;
            }
        }
        values
    }

    /// Forgets all elements but the last one written: the program that jNeuroML writes has only that.
    fn keep_last(&mut self, name: &'static str, values: &mut [f64], otherwise: f64) {
        let Some(last) = self.biophysics.values_of(name).last() else { return };
        let covered = self.places.of(last, self.sink).unwrap_or_default();
        for (value, s) in values.iter_mut().zip(0_u32..) {
            if covered.binary_search(&s).is_err() {
                *value = otherwise;
            }
        }
    }

    fn complete(&mut self, name: &str, values: &[f64], span: Span) {
        let lacking = values.iter().filter(|v| v.is_nan()).count();
        if let Some(first) = values.iter().position(|v| v.is_nan()) {
            let id = self.places.morphology.segments()[first].id;
            let others =
                if lacking > 1 { format!(" and {} others", lacking - 1) } else { String::new() };
            let what = format!("there is no `{name}` for segment {id}{others}");
            self.sink.push(rules::unusable(span, what));
        }
    }
}

/// An attribute in SI; a finding where it is missing or no finite quantity.
pub(super) fn si(component: Component<'_>, attribute: &str, sink: &mut Diagnostics) -> Option<f64> {
    let span = component.span_of(attribute);
    let what = match component.quantity(attribute) {
        Some(Ok(quantity)) if quantity.si.is_finite() => return Some(quantity.si),
        Some(Ok(quantity)) => format!("`{attribute}` is {}", quantity.si),
        Some(Err(error)) => format!("`{attribute}` is no quantity: {error}"),
        None => format!("{} has no `{attribute}`", component.shown()),
    };
    sink.push(rules::unusable(span, what));
    None
}
