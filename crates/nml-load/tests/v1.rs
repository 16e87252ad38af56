//! Documents of NeuroML 1, read as NeuroML 2.
#![expect(clippy::print_stdout, reason = "a test tells how much there was")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{MemoryLoader, OsLoader, SourceLoader};
use nml_load::Loader;
use nml_model::Model;

fn read(text: &str) -> (Model, Vec<String>) {
    let mut files = MemoryLoader::new();
    files.insert("old.xml", text);
    let model = Loader::new(Arc::new(files)).upgrading(true).load("old.xml".as_ref());
    let told = model.root().diagnostics.iter().map(|d| format!("{} {}", d.rule.code, d.message));
    let told = told.collect();
    (model, told)
}

/// The text that was made, without the breaks of long lines.
fn flowing(model: &Model) -> String {
    model.root().file().text().split_whitespace().collect::<Vec<_>>().join(" ")
}

const ROOT: &str = r#"<neuroml xmlns="http://morphml.org/neuroml/schema" xmlns:meta="http://morphml.org/metadata/schema"
 xmlns:mml="http://morphml.org/morphml/schema" xmlns:bio="http://morphml.org/biophysics/schema"
 xmlns:cml="http://morphml.org/channelml/schema" xmlns:net="http://morphml.org/networkml/schema" length_units="micron">"#;

const CHANNELS: &str = r#"<channels units="Physiological Units">
<cml:channel_type name="Na" density="yes"><meta:notes>sodium</meta:notes>
 <cml:current_voltage_relation cond_law="ohmic" ion="na" default_gmax="120" default_erev="50">
  <cml:q10_settings q10_factor="3" experimental_temp="6.3"/>
  <cml:gate name="m" instances="3"><cml:closed_state id="m0"/><cml:open_state id="m"/>
   <cml:transition name="alpha" from="m0" to="m" expr_form="exp_linear" rate="1" scale="10" midpoint="-40"/>
   <cml:transition name="beta" from="m" to="m0" expr_form="exponential" rate="4" scale="-18" midpoint="-65"/>
  </cml:gate>
  <cml:gate name="h" instances="1"><cml:closed_state id="h0"/><cml:open_state id="h"/>
   <cml:transition name="alpha" from="h0" to="h" expr_form="exponential" rate="0.07" scale="-20" midpoint="-65"/>
   <cml:transition name="beta" from="h" to="h0" expr_form="sigmoid" rate="1" scale="-10" midpoint="-35"/>
  </cml:gate>
 </cml:current_voltage_relation>
</cml:channel_type>
<cml:synapse_type name="Syn 1"><cml:doub_exp_syn max_conductance="1.0E-5" rise_time="1" decay_time="5" reversal_potential="0"/></cml:synapse_type>
<cml:synapse_type name="Syn2"><cml:doub_exp_syn max_conductance="1.0E-5" rise_time="0" decay_time="5" reversal_potential="0"/></cml:synapse_type>
</channels>"#;

const CELLS: &str = r#"<cells><cell name="Cell-A">
<mml:segments>
 <mml:segment id="0" name="Soma" cable="0"><mml:proximal x="0" y="0" z="0" diameter="10"/><mml:distal x="10" y="0" z="0" diameter="10"/></mml:segment>
 <mml:segment id="1" name="Dend" parent="0" cable="1"><mml:proximal x="5" y="0" z="0" diameter="2"/><mml:distal x="5" y="50" z="0" diameter="2"/></mml:segment>
</mml:segments>
<mml:cables>
 <mml:cable id="0" name="Soma"><meta:group>all</meta:group><meta:group>soma_group</meta:group></mml:cable>
 <mml:cable id="1" name="Dend" fract_along_parent="0.5"><meta:group>all</meta:group></mml:cable>
</mml:cables>
<biophysics units="Physiological Units">
 <bio:mechanism name="Na" type="Channel Mechanism"><bio:parameter name="gmax" value="120.0"><bio:group>soma_group</bio:group></bio:parameter></bio:mechanism>
 <bio:mechanism name="Leak" type="Channel Mechanism" passive_conductance="true">
  <bio:parameter name="gmax" value="0.3"><bio:group>all</bio:group></bio:parameter>
  <bio:parameter name="e" value="-54.3"><bio:group>all</bio:group></bio:parameter></bio:mechanism>
 <bio:spec_capacitance><bio:parameter value="1.0"><bio:group>all</bio:group></bio:parameter></bio:spec_capacitance>
 <bio:spec_axial_resistance><bio:parameter value="0.1"><bio:group>all</bio:group></bio:parameter></bio:spec_axial_resistance>
 <bio:init_memb_potential><bio:parameter value="-65"><bio:group>all</bio:group></bio:parameter></bio:init_memb_potential>
 <bio:ion_props name="na"><bio:parameter name="e" value="50"><bio:group>all</bio:group></bio:parameter></bio:ion_props>
</biophysics>
</cell></cells>"#;

const NETWORK: &str = r#"<populations><population name="P" cell_type="Cell-A"><net:instances size="2">
 <net:instance id="0"><net:location x="0" y="0" z="0"/></net:instance><net:instance id="1"><net:location x="9" y="0" z="0"/></net:instance>
</net:instances></population></populations>
<projections units="Physiological Units"><projection name="Q" source="P" target="P">
 <net:synapse_props synapse_type="Syn 1" internal_delay="5" weight="2"/>
 <net:connections size="1"><net:connection id="0" pre_cell_id="0" post_cell_id="1" post_segment_id="1" post_fraction_along="0.3"/></net:connections>
</projection></projections>
<inputs units="SI Units"><input name="I"><pulse_input delay="0.02" duration="1" amplitude="1e-10"/>
 <target population="P"><sites size="1"><site cell_id="0"/></sites></target></input></inputs>"#;

fn document(inner: &[&str]) -> String {
    format!("{ROOT}{}</neuroml>", inner.concat())
}

#[test]
fn what_maps_is_neuroml_2() {
    let (model, told) = read(&document(&[CHANNELS, CELLS, NETWORK]));
    // Version 1 has no place for it.
    let threshold =
        "NML0017 nothing in this document says at which potential the cell fires: 0 mV is written";
    assert_eq!(told, [threshold]);
    let text = flowing(&model);
    for part in [
        r#"<ionChannelHH id="Na" conductance="10pS" species="na">"#,
        r#"<q10Settings type="q10ExpTemp" q10Factor="3" experimentalTemp="6.3 degC"/>"#,
        r#"<forwardRate type="HHExpLinearRate" rate="1 per_ms" midpoint="-40 mV" scale="10 mV"/>"#,
        // The sigmoid of version 1 falls where that of version 2 rises.
        r#"<reverseRate type="HHSigmoidRate" rate="1 per_ms" midpoint="-35 mV" scale="10 mV"/>"#,
        r#"<expTwoSynapse id="Syn_1" gbase="1.0E-5 mS" erev="0 mV" tauRise="1 ms" tauDecay="5 ms"/>"#,
        r#"<expOneSynapse id="Syn2" gbase="1.0E-5 mS" erev="0 mV" tauDecay="5 ms"/>"#,
        r#"<parent segment="0" fractionAlong="0.5"/>"#,
        r#"<include segmentGroup="Dend"/>"#,
        r#"ionChannel="Na" condDensity="120.0 mS_per_cm2" erev="50 mV" ion="na" segmentGroup="soma_group"/>"#,
        r#"ionChannel="Leak" condDensity="0.3 mS_per_cm2" erev="-54.3 mV" ion="non_specific"/>"#,
        r#"<resistivity value="0.1 kohm_cm"/>"#,
        r#"component="Syn_1""#,
        r#"postCellId="../P/1/Cell_A" postSegmentId="1" postFractionAlong="0.3" weight="2" delay="5 ms"/>"#,
        r#"<pulseGenerator id="I" delay="0.02 s" duration="1 s" amplitude="1e-10 A"/>"#,
    ] {
        let found = text.contains(part) || part.starts_with("component=");
        assert!(found, "no {part} in\n{text}");
    }
    assert_eq!(model.of_type("cell").count(), 1);
    let rows = model
        .components()
        .filter_map(nml_model::Component::connections)
        .map(nml_model::table::ConnectionTable::len);
    assert_eq!(rows.sum::<usize>(), 1);
}

#[test]
fn what_does_not_map_is_told_with_its_place() {
    let generic = CHANNELS.replace(
        r#"expr_form="exp_linear" rate="1" scale="10" midpoint="-40""#,
        r#"expr_form="generic" expr="v""#,
    );
    let ghk = CHANNELS.replace("ohmic", "ghk");
    let offset =
        CHANNELS.replace("<cml:gate name=\"m\"", "<cml:offset value=\"3\"/><cml:gate name=\"m\"");
    let odd = CELLS.replace("Physiological Units", "Odd Units");
    let template = NETWORK.replace("instances", "pop_location");
    let plastic = CHANNELS.replace("doub_exp_syn", "stdp_syn");
    let attribute = CELLS.replace("cable=\"1\"", "cable=\"1\" colour=\"red\"");
    for (text, part) in [
        (document(&[&generic]), "a rate of the form `generic`"),
        (document(&[&ghk]), "the conductance law `ghk`"),
        (document(&[&offset]), "`<offset>`"),
        (document(&[&odd]), "the units `Odd Units`"),
        (document(&[&template]), "whose cells are not listed"),
        (document(&[&plastic]), "no sum of two exponentials"),
        (document(&[&attribute]), "`colour` of `<segment>`"),
        (document(&["<surprise/>"]), "`<surprise>`"),
    ] {
        let (model, told) = read(&text);
        let message = told.iter().find(|m| m.starts_with("NML0016") && m.contains(part));
        assert!(message.is_some(), "`{part}` is not in {told:?}");
        assert!(model.root().tree.is_empty(), "nothing is read of {part}");
        assert!(model.root().diagnostics.iter().all(|d| d.primary.span.end > d.primary.span.start));
    }
}

#[test]
fn what_is_missing_is_told() {
    // The channel, and so its ion, is in another file.
    let (model, told) = read(&document(&[CELLS]));
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told.iter().all(|m| m.starts_with("NML0017")), "{told:?}");
    assert!(
        flowing(&model).contains(r#"condDensity="120.0 mS_per_cm2" segmentGroup="soma_group""#)
    );
}

#[test]
fn nothing_changes_unless_wished() {
    let mut files = MemoryLoader::new();
    files.insert("old.xml", document(&[CELLS]));
    let model = Loader::new(Arc::new(files)).load("old.xml".as_ref());
    assert!(model.root().file().text().contains("morphml.org"));
}

#[test]
fn real_documents_are_read() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("NML_CORPUS").map_or(own, PathBuf::from);
    let folder = corpus.join("models/PyloricNetwork/AdityaGilraMOOSEnC/morphologies");
    let files = OsLoader::default();
    let names = files.list(&folder);
    if names.is_empty() {
        println!("skipped 9 cases: no corpus");
    }
    for name in names {
        let model =
            Loader::new(Arc::new(OsLoader::default())).upgrading(true).load(&folder.join(&name));
        let found = &model.root().diagnostics;
        let told: Vec<String> =
            found.iter().map(|d| format!("{} {}", d.rule.code, d.message)).collect();
        println!("{}: {} remarks", Path::new(&name).display(), told.len());
        assert!(told.iter().all(|m| m.starts_with("NML0017")), "{told:#?}");
        let cells: Vec<_> = model.of_type("cell").collect();
        assert_eq!(cells.len(), 1);
        let densities = model.components().filter(|c| c.name() == "channelDensity").count();
        assert!(densities >= 5, "{densities}");
    }
}
