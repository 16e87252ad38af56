//! Point neurons and synapses that other simulators name, as components of the standard or of our own types.
//!
//! Sources: the documentation of NEST for `iaf_psc_alpha`, `iaf_psc_exp`, `iaf_cond_alpha` and `iaf_cond_exp` (equations,
//! units pF, ms, mV, pA, nS and defaults); that of NEURON for `IntFire1`, `ExpSyn` and `Exp2Syn`.

use nml_base::{Span, format_f64};

use super::desk::Desk;
use super::json::Value;

/// How synapses act on a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// Any synapse of NeuroML.
    Membrane,
    /// A synapse of the type, weights in that part of its own, with the time constants in ms and, of conductances,
    /// the reversal potentials in mV of excitation and inhibition.
    Nest { synapse: &'static str, tau_ms: [f64; 2], e_rev_mv: Option<[f64; 2]> },
    /// The weight is added to the state of an integrate-and-fire cell.
    Jump,
    /// Nothing acts on it.
    Nothing,
}

/// A component as text, without its identifier.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) ty: &'static str,
    pub(super) attributes: Vec<(&'static str, String)>,
    pub(super) target: Target,
    /// A definition of our own that it needs.
    pub(super) needs: Option<&'static str>,
}

/// Types for cells and synapses that the standard lacks.
pub(super) const INT_FIRE_1: &str = r#"  <ComponentType name="intFire1Cell" extends="baseSpikingCell" description="State that decays and fires at 1, to which events add their weight (IntFire1 of NEURON)">
    <Parameter name="tau" dimension="time" description="Time constant of the decay"/>
    <Parameter name="refract" dimension="time" description="Time after a spike in which events have no effect"/>
    <Attachments name="synapses" type="jumpSynapse" description="Where events arrive"/>
    <EventPort name="spike" direction="out"/>
    <Exposure name="m" dimension="none" description="State"/>
    <Dynamics>
      <StateVariable name="m" dimension="none" exposure="m"/>
      <StateVariable name="seen" dimension="none"/>
      <StateVariable name="last" dimension="time"/>
      <DerivedVariable name="received" dimension="none" select="synapses[*]/total" reduce="add"/>
      <Regime name="resting" initial="true">
        <TimeDerivative variable="m" value="-m / tau"/>
        <OnCondition test="received .neq. seen">
          <StateAssignment variable="m" value="m + received - seen"/>
          <StateAssignment variable="seen" value="received"/>
        </OnCondition>
        <OnCondition test="m .gt. 1">
          <EventOut port="spike"/>
          <Transition regime="refractory"/>
        </OnCondition>
      </Regime>
      <Regime name="refractory">
        <OnEntry>
          <StateAssignment variable="m" value="0"/>
          <StateAssignment variable="last" value="t"/>
        </OnEntry>
        <OnCondition test="t .gt. last + refract">
          <StateAssignment variable="seen" value="received"/>
          <Transition regime="resting"/>
        </OnCondition>
      </Regime>
    </Dynamics>
  </ComponentType>
  <ComponentType name="jumpSynapse" extends="baseSynapse" description="Sums the weights of its events">
    <Property name="weight" dimension="none" defaultValue="1"/>
    <Exposure name="total" dimension="none" description="Sum of the weights of all events so far"/>
    <Dynamics>
      <StateVariable name="total" dimension="none" exposure="total"/>
      <OnEvent port="in">
        <StateAssignment variable="total" value="total + weight"/>
      </OnEvent>
    </Dynamics>
  </ComponentType>
"#;

/// Parameters of a file, each asked for once.
pub(super) struct Parameters<'p> {
    value: Option<&'p Value>,
    asked: Vec<&'static str>,
    span: Span,
}

impl<'p> Parameters<'p> {
    /// Those of an object; `span` is where it is named.
    pub(super) fn new(value: Option<&'p Value>, span: Span) -> Self {
        Self { value, asked: Vec::new(), span }
    }

    /// A number, or the default where it is not given.
    pub(super) fn or(&mut self, desk: &mut Desk<'_>, name: &'static str, default: f64) -> f64 {
        self.get(desk, name).unwrap_or(default)
    }

    fn get(&mut self, desk: &mut Desk<'_>, name: &'static str) -> Option<f64> {
        self.asked.push(name);
        let value = self.value?.get(name)?;
        let number = value.number();
        if number.is_none() {
            let message = format!("`{name}` is {}, not a number", value.what());
            desk.bad(value.span, message, "write a number");
        }
        number
    }

    /// A number that has to be there.
    pub(super) fn need(&mut self, desk: &mut Desk<'_>, name: &'static str) -> Option<f64> {
        let found = self.get(desk, name);
        if found.is_none() {
            let place = self.value.map_or(self.span, |value| value.span);
            desk.bad(place, format!("there is no `{name}`"), "add it to the parameters");
        }
        found
    }

    /// Notes that a name is understood without being a number.
    pub(super) fn knows(&mut self, names: &[&'static str]) {
        self.asked.extend(names);
    }

    /// Tells of parameters that nobody asked for.
    pub(super) fn finish(self, desk: &mut Desk<'_>) {
        for (name, span, _) in self.value.map_or(&[][..], Value::members) {
            if !self.asked.contains(&name.as_str()) {
                let message = format!("the parameter `{name}` is not known here");
                desk.bad(*span, message, "remove it, or check the name of the model");
            }
        }
    }
}

/// A point neuron by the name of its model.
pub(super) fn cell(
    desk: &mut Desk<'_>,
    (template, span): (&str, Span),
    params: Option<&Value>,
    v_init_mv: Option<f64>,
) -> Option<Point> {
    let mut params = Parameters::new(params, span);
    let point = match template {
        "nest:iaf_psc_alpha" | "nest:iaf_psc_exp" | "nest:iaf_cond_alpha" | "nest:iaf_cond_exp" => {
            nest(desk, template, &mut params, v_init_mv)
        }
        "nrn:IntFire1" => {
            params.knows(&["type"]);
            let (tau, refrac) = (params.need(desk, "tau"), params.need(desk, "refrac"));
            Point {
                ty: "intFire1Cell",
                attributes: vec![
                    ("tau", format!("{} s", format_f64(tau?))),
                    ("refract", format!("{} s", format_f64(refrac?))),
                ],
                target: Target::Jump,
                needs: Some(INT_FIRE_1),
            }
        }
        _ => {
            let message = format!("the model `{template}` is not known here");
            let help = "known are nest:iaf_psc_alpha, nest:iaf_psc_exp, nest:iaf_cond_alpha, nest:iaf_cond_exp, nrn:IntFire1 and nml: with a file of NeuroML";
            desk.bad(span, message, help);
            return None;
        }
    };
    params.finish(desk);
    Some(point)
}

/// The leaky integrate-and-fire neurons of NEST as those of PyNN: nF, ms, mV, nA.
fn nest(
    desk: &mut Desk<'_>,
    template: &str,
    params: &mut Parameters<'_>,
    v_init_mv: Option<f64>,
) -> Point {
    let conductance = template.starts_with("nest:iaf_cond");
    let rest = params.or(desk, "E_L", -70.0);
    let capacitance = params.or(desk, "C_m", 250.0);
    let tau_m = if conductance {
        capacitance / params.or(desk, "g_L", 16.6667)
    } else {
        params.or(desk, "tau_m", 10.0)
    };
    let defaults = match template {
        "nest:iaf_cond_alpha" | "nest:iaf_cond_exp" => [0.2, 2.0],
        _ => [2.0, 2.0],
    };
    let tau =
        [params.or(desk, "tau_syn_ex", defaults[0]), params.or(desk, "tau_syn_in", defaults[1])];
    let e_rev = conductance.then(|| [params.or(desk, "E_ex", 0.0), params.or(desk, "E_in", -85.0)]);
    let (ty, synapse) = match template {
        "nest:iaf_psc_alpha" => ("IF_curr_alpha", "alphaCurrSynapse"),
        "nest:iaf_psc_exp" => ("IF_curr_exp", "expCurrSynapse"),
        "nest:iaf_cond_alpha" => ("IF_cond_alpha", "alphaCondSynapse"),
        _ => ("IF_cond_exp", "expCondSynapse"),
    };
    let refractory = params.or(desk, "t_ref", 2.0);
    let threshold = params.or(desk, "V_th", -55.0);
    let reset = params.or(desk, "V_reset", if conductance { -60.0 } else { -70.0 });
    let start = params.or(desk, "V_m", v_init_mv.unwrap_or(rest));
    let offset = params.or(desk, "I_e", 0.0) / 1000.0;
    let plain = |x: f64| format_f64(x);
    let mut attributes = vec![
        ("cm", plain(capacitance / 1000.0)),
        ("i_offset", plain(offset)),
        ("tau_syn_E", plain(tau[0])),
        ("tau_syn_I", plain(tau[1])),
        ("v_init", plain(start)),
        ("tau_m", plain(tau_m)),
        ("tau_refrac", plain(refractory)),
        ("v_reset", plain(reset)),
        ("v_rest", plain(rest)),
        ("v_thresh", plain(threshold)),
    ];
    if let Some([excitation, inhibition]) = e_rev {
        attributes.push(("e_rev_E", plain(excitation)));
        attributes.push(("e_rev_I", plain(inhibition)));
    }
    let target = Target::Nest { synapse, tau_ms: tau, e_rev_mv: e_rev };
    Point { ty, attributes, target, needs: None }
}

/// A synapse on a membrane by the name of its model and its parameters: type and attributes.
pub(super) fn synapse(
    desk: &mut Desk<'_>,
    (template, span): (&str, Span),
    params: Option<&Value>,
) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    let mut params = Parameters::new(params, span);
    params.knows(&["level_of_detail"]);
    let ms = |x: f64| format!("{} ms", format_f64(x));
    let found = match template.trim_start_matches("nrn:").to_ascii_lowercase().as_str() {
        "exp2syn" => {
            let rise = params.need(desk, "tau1");
            let decay = params.need(desk, "tau2");
            let reversal = params.need(desk, "erev");
            let attributes = vec![
                ("gbase", "1 uS".to_owned()),
                ("erev", format!("{} mV", format_f64(reversal?))),
                ("tauRise", ms(rise?)),
                ("tauDecay", ms(decay?)),
            ];
            ("expTwoSynapse", attributes)
        }
        "expsyn" => {
            let decay = params.need(desk, "tau");
            let reversal = params.need(desk, "erev");
            let attributes = vec![
                ("gbase", "1 uS".to_owned()),
                ("erev", format!("{} mV", format_f64(reversal?))),
                ("tauDecay", ms(decay?)),
            ];
            ("expOneSynapse", attributes)
        }
        _ => {
            let message = format!("the synapse `{template}` is not known here");
            let help = "known are exp2syn, expsyn and nml: with a file of NeuroML";
            desk.bad(span, message, help);
            return None;
        }
    };
    params.finish(desk);
    Some(found)
}
