//! Quantity paths through a network of the standard, step by step.

use std::path::Path;
use std::sync::Arc;

use nml_base::OsLoader;
use nml_load::Loader;
use nml_model::Model;
use nml_model::path::{PathErrorKind, Resolver, StepKind};

const NETWORK: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="doc">
  <ionChannelHH id="na" conductance="10pS">
    <gateHHrates id="m" instances="3">
      <forwardRate type="HHExpLinearRate" rate="1per_ms" midpoint="-40mV" scale="10mV"/>
      <reverseRate type="HHExpRate" rate="4per_ms" midpoint="-65mV" scale="-18mV"/>
    </gateHHrates>
  </ionChannelHH>
  <expOneSynapse id="ampa" gbase="1nS" erev="0mV" tauDecay="2ms"/>
  <expOneSynapse id="nmda" gbase="1nS" erev="0mV" tauDecay="9ms"/>
  <biophysicalProperties id="bio2">
    <membraneProperties>
      <channelDensity id="naHere" ionChannel="na" condDensity="1 S_per_m2" erev="50mV" ion="na"/>
    </membraneProperties>
  </biophysicalProperties>
  <cell id="pyr">
    <morphology id="morph">
      <segment id="0"><proximal x="0" y="0" z="0" diameter="9"/><distal x="9" y="0" z="0" diameter="9"/></segment>
      <segment id="7"><parent segment="0"/><distal x="19" y="0" z="0" diameter="9"/></segment>
    </morphology>
    <biophysicalProperties id="bio">
      <membraneProperties>
        <channelDensity id="naAll" ionChannel="na" condDensity="1 S_per_m2" erev="50mV" ion="na"/>
      </membraneProperties>
    </biophysicalProperties>
  </cell>
  <cell id="outside" morphology="none" biophysicalProperties="bio2"/>
  <iafCell id="iaf" leakReversal="-60mV" thresh="-50mV" reset="-70mV" C="1nF" leakConductance="1nS"/>
  <pulseGenerator id="pulse" delay="1ms" duration="9ms" amplitude="1nA"/>
  <network id="net">
    <population id="sized" component="iaf" size="2"/>
    <population id="listed" component="pyr" type="populationList" size="2">
      <instance id="0"><location x="0" y="0" z="0"/></instance>
      <instance id="5"><location x="0" y="0" z="0"/></instance>
    </population>
    <population id="elsewhere" component="outside" size="1"/>
    <projection id="p" presynapticPopulation="sized" postsynapticPopulation="listed" synapse="ampa">
      <connection id="0" preCellId="../sized[0]" postCellId="../listed/0/pyr"/>
      <connection id="1" preCellId="../sized[1]" postCellId="../listed/0/pyr"/>
    </projection>
    <explicitInput target="sized[1]" input="pulse" destination="synapses"/>
  </network>
</neuroml>"#;

fn with_network(look: impl for<'m> FnOnce(&'m Model, &Resolver<'m>)) {
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let model = loader.load_text(Path::new("net.nml"), NETWORK);
    assert_eq!(model.diagnostics().count(), 0);
    look(&model, &Resolver::new(&model));
}

#[test]
fn paths_lead_to_quantities() {
    with_network(|model, resolver| {
        let net = model.find("net").unwrap();
        let cases = [
            ("sized[0]/v", "iaf", "voltage"),
            ("sized/1/iaf/v", "iaf", "voltage"),
            ("sized[1]/pulse/i", "pulse", "current"),
            ("sized[1]/synapses:pulse:0/i", "pulse", "current"),
            ("listed/5/pyr/v", "pyr", "voltage"),
            ("listed/5/pyr/v/", "pyr", "voltage"),
            ("listed/0/pyr/7/v", "pyr", "voltage"),
            ("listed[5]/caConc", "pyr", "concentration"),
            ("listed/0/pyr/synapses:ampa:1/g", "ampa", "conductance"),
            ("listed/0/pyr/7/ampa/g", "ampa", "conductance"),
            ("listed/0/pyr/bio/membraneProperties/naAll/na/m/q", "m", "none"),
            (
                "listed/0/pyr/biophysicalProperties/membraneProperties/naAll/iDensity",
                "naAll",
                "currentDensity",
            ),
            ("elsewhere[0]/bio2/membraneProperties/naHere/na/m/forwardRate/r", "", "per_time"),
        ];
        for (path, component, dimension) in cases {
            let found = resolver.quantity(net, path).unwrap_or_else(|e| panic!("{path}: {e}"));
            assert_eq!(found.instance.component.id().unwrap_or(""), component, "{path}");
            assert_eq!(found.dimension, Some(dimension), "{path}");
        }
        let found = resolver.quantity(net, "listed/0/pyr/7/v").unwrap();
        assert_eq!(found.instance.segment, Some(7));
        let kinds: Vec<StepKind> = found.instance.steps.iter().map(|s| s.kind).collect();
        let expected = [
            StepKind::Child,
            StepKind::Instance(0),
            StepKind::Reference,
            StepKind::Segment(7),
            StepKind::Quantity,
        ];
        assert_eq!(kinds, expected);
        // A cell may be the target itself.
        let cell = model.find("iaf").unwrap();
        assert!(resolver.quantity(cell, "v").is_ok());
        assert!(resolver.instance(net, "sized[0]").is_ok());
        assert!(resolver.instance(net, "listed/0/pyr").is_ok());
    });
}

#[test]
fn paths_that_lead_nowhere_say_where_they_end() {
    with_network(|model, resolver| {
        let net = model.find("net").unwrap();
        let cases = [
            ("", "", PathErrorKind::Empty, None),
            ("sizd[0]/v", "sizd[0]", PathErrorKind::UnknownStep, Some("sized")),
            ("sized[2]/v", "sized[2]", PathErrorKind::OutOfRange { count: 2 }, None),
            ("sized[x]/v", "sized[x]", PathErrorKind::BadIndex, None),
            ("sized/v", "v", PathErrorKind::MissingIndex, None),
            ("sized[0]/V", "V", PathErrorKind::UnknownQuantity, Some("v")),
            ("sized[0]/pulse/i", "pulse", PathErrorKind::NotAttached { count: 0 }, None),
            ("listed/1/pyr/v", "1", PathErrorKind::UnknownMember { what: "instance" }, None),
            ("listed/0/pry/v", "pry", PathErrorKind::UnknownStep, Some("pyr")),
            ("listed/0/v", "v", PathErrorKind::UnknownStep, None),
            ("listed/0/pyr/3/v", "3", PathErrorKind::UnknownMember { what: "segment" }, None),
            ("listed/0/pyr/bio", "bio", PathErrorKind::NotAQuantity, None),
            (
                "listed/0/pyr/synapses:ampa:2/g",
                "synapses:ampa:2",
                PathErrorKind::NotAttached { count: 2 },
                None,
            ),
            (
                "listed/0/pyr/synapses:nmda:0/g",
                "synapses:nmda:0",
                PathErrorKind::NotAttached { count: 0 },
                None,
            ),
            (
                "listed/0/pyr/bio/membraneProperties/naAl/iDensity",
                "naAl",
                PathErrorKind::UnknownStep,
                Some("naAll"),
            ),
        ];
        for (path, step, kind, near) in cases {
            let error = resolver.quantity(net, path).expect_err(path);
            assert_eq!(error.step, step, "{path}: {error}");
            assert_eq!(error.kind, kind, "{path}: {error}");
            assert_eq!(error.range.slice(path), step, "{path}");
            if near.is_some() {
                assert_eq!(error.suggestion(), near, "{path}: {:?}", error.candidates);
            }
        }
        let error = resolver.instance(net, "listed/0").expect_err("no cell");
        assert_eq!(error.kind, PathErrorKind::Incomplete);
    });
}

/// Ten thousand recordings in a network of a hundred thousand connections: a table of what is attached is made
/// once.
#[test]
fn many_paths_cost_little_more_than_one() {
    let mut text = String::from(
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="doc">
<expOneSynapse id="ampa" gbase="1nS" erev="0mV" tauDecay="2ms"/>
<iafCell id="iaf" leakReversal="-60mV" thresh="-50mV" reset="-70mV" C="1nF" leakConductance="1nS"/>
<network id="net"><population id="a" component="iaf" size="100000"/>
<projection id="p" presynapticPopulation="a" postsynapticPopulation="a" synapse="ampa">"#,
    );
    for i in 0..100_000 {
        let row =
            format!("<connection id=\"{i}\" preCellId=\"../a[0]\" postCellId=\"../a[{i}]\"/>");
        text.push_str(&row);
    }
    text.push_str("</projection></network></neuroml>");
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let model = loader.load_text(Path::new("net.nml"), text);
    let resolver = Resolver::new(&model);
    let net = model.find("net").unwrap();
    for i in 0..10_000 {
        assert!(resolver.quantity(net, &format!("a[{i}]/ampa/g")).is_ok());
        assert!(resolver.quantity(net, &format!("a[{i}]/ampa/gg")).is_err());
    }
}
