//! What the language can say beyond what the reference interpreter runs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test fails")]

use std::sync::Arc;

use nml::base::{Diagnostic, MemoryLoader};
use nml::model::Model;
use nml::simulate::{
    CableOptions, Coverage, Division, PointRule, Prepared, Scheme, SimulateOptions, Sink,
    SinkError, Wanted, prepare, prepare_all, prepare_wanted,
};
use nml_sim::{EventRow, Rows};

const JLEMS: SimulateOptions = SimulateOptions {
    scheme: Scheme::Jlems,
    step: None,
    length: None,
    seed: None,
    threads: 0,
    tables: None,
    displays: false,
    cable: CableOptions {
        points: PointRule::JNeuroMl,
        division: Division::AsWritten,
        coverage: Coverage::Segments,
    },
};

/// A simulation type for models that include none of the standard.
const SIMULATION: &str = r#"
<Dimension name="time" t="1"/><Dimension name="per_time" t="-1"/><Unit symbol="ms" dimension="time" power="-3"/>
<ComponentType name="OutputFile"><Text name="path"/><Text name="fileName"/>
  <Children name="columns" type="OutputColumn"/><Simulation><DataWriter path="path" fileName="fileName"/></Simulation></ComponentType>
<ComponentType name="OutputColumn"><Path name="quantity"/><Simulation><Record quantity="quantity"/></Simulation></ComponentType>
<ComponentType name="Simulation"><Parameter name="length" dimension="time"/><Parameter name="step" dimension="time"/>
  <ComponentReference name="target" type="Component"/><Children name="files" type="OutputFile"/>
  <Simulation><Run component="target" variable="t" increment="step" total="length"/></Simulation></ComponentType>
<ComponentType name="SimulationSet"><Children name="simulations" type="Simulation"/></ComponentType>"#;

fn load(body: &str) -> Model {
    let mut files = MemoryLoader::new();
    files.insert("m.xml", body.to_owned());
    nml::Checker::new(Arc::new(files), Vec::new()).loader().load("m.xml".as_ref())
}

#[derive(Default)]
struct Table(Vec<Vec<f64>>);

impl Sink for Table {
    fn rows(&mut self, _: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        self.0.extend(rows.iter().map(|(_, values)| values.to_vec()));
        Ok(())
    }

    fn events(&mut self, _: usize, _: &[EventRow]) -> Result<(), SinkError> {
        Ok(())
    }
}

fn rows(prepared: &Prepared) -> Vec<Vec<f64>> {
    let mut table = Table::default();
    prepared.run(&mut table).unwrap();
    table.0
}

/// A LEMS file with its own types that records `columns` of the component `target`.
fn lems(body: &str, target: &str, step: &str, columns: &[&str]) -> String {
    let column = |path: &&str| format!("<OutputColumn id=\"c\" quantity=\"{path}\"/>");
    let columns = columns.iter().map(column).collect::<Vec<_>>().concat();
    format!(
        "<Lems><Target component=\"run\"/>{SIMULATION}{body}<Simulation id=\"run\" length=\"20ms\" \
         step=\"{step}\" target=\"{target}\"><OutputFile id=\"o\" fileName=\"o.dat\">{columns}\
         </OutputFile></Simulation></Lems>"
    )
}

fn simulate(body: &str, target: &str, columns: &[&str]) -> Vec<Vec<f64>> {
    let model = load(&lems(body, target, "0.1ms", columns));
    let found = prepare(&model, JLEMS);
    rows(&found.unwrap_or_else(|found| panic!("{found:#?}")))
}

fn findings(body: &str, target: &str) -> Vec<Diagnostic> {
    let model = load(&lems(body, target, "0.1ms", &[]));
    match prepare(&model, JLEMS) {
        Ok(prepared) => prepared.warnings,
        Err(found) => found,
    }
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|d| d.rule.code).collect()
}

/// Behaviour with everything that can be inherited.
const BASE: &str = r#"
<StateVariable name="x" dimension="none" exposure="x"/>
<OnStart><StateAssignment variable="x" value="1"/></OnStart>
<Regime name="down" initial="true">
  <TimeDerivative variable="x" value="(0 - x) / tau"/>
  <OnCondition test="x .lt. 0.5"><Transition regime="up"/></OnCondition>
</Regime>
<Regime name="up">
  <TimeDerivative variable="x" value="(2 - x) / tau"/>
  <OnCondition test="x .gt. 1.5"><Transition regime="down"/></OnCondition>
</Regime>"#;
const MORE: &str = r#"
<StateVariable name="y" dimension="none" exposure="y"/>
<TimeDerivative variable="y" value="x / tau"/>"#;
const HEAD: &str =
    r#"<Parameter name="tau" dimension="time"/><Exposure name="x" dimension="none"/>"#;

#[test]
fn inherited_behaviour_with_regimes_is_that_of_one_type() {
    let with_super = format!(
        "<ComponentType name=\"base\">{HEAD}<Dynamics>{BASE}</Dynamics></ComponentType>\
         <ComponentType name=\"child\" extends=\"base\"><Exposure name=\"y\" dimension=\"none\"/>\
         <Dynamics><Super/>{MORE}</Dynamics></ComponentType><child id=\"c\" tau=\"5ms\"/>"
    );
    let plain = format!(
        "<ComponentType name=\"child\">{HEAD}<Exposure name=\"y\" dimension=\"none\"/>\
         <Dynamics>{BASE}{MORE}</Dynamics></ComponentType><child id=\"c\" tau=\"5ms\"/>"
    );
    let (a, b) = (simulate(&with_super, "c", &["x", "y"]), simulate(&plain, "c", &["x", "y"]));
    assert_eq!(a, b);
    assert!(a.iter().any(|row| row[0] < 0.51) && a.last().unwrap()[1] > 1.0);
}

#[test]
fn a_regime_may_select_from_a_child() {
    let body = r#"
<ComponentType name="part"><Exposure name="p" dimension="none"/><Dynamics>
  <DerivedVariable name="p" dimension="none" exposure="p" value="3"/></Dynamics></ComponentType>
<ComponentType name="whole"><Child name="part" type="part"/><Exposure name="x" dimension="none"/>
  <Parameter name="tau" dimension="time"/><Dynamics>
  <StateVariable name="x" dimension="none" exposure="x"/>
  <Regime name="only" initial="true"><DerivedVariable name="q" dimension="none" select="part/p"/>
    <TimeDerivative variable="x" value="q / tau"/></Regime></Dynamics></ComponentType>
<whole id="w" tau="1ms"><part/></whole>"#;
    let x = simulate(body, "w", &["x"]).last().unwrap()[0];
    assert!((x - 60.0).abs() < 1.0, "{x}");
}

#[test]
fn simultaneous_dynamics_are_of_fourth_order() {
    let body = r#"
<ComponentType name="inner"><Requirement name="x" dimension="none"/><Parameter name="tau" dimension="time"/>
  <Exposure name="y" dimension="none"/><Dynamics><StateVariable name="y" dimension="none" exposure="y"/>
  <TimeDerivative variable="y" value="(0 - x) / tau"/></Dynamics></ComponentType>
<ComponentType name="outer"><Child name="inner" type="inner"/><Parameter name="tau" dimension="time"/>
  <Exposure name="x" dimension="none"/><Dynamics simultaneous="true">
  <StateVariable name="x" dimension="none" exposure="x"/>
  <DerivedVariable name="y" dimension="none" select="inner/y"/>
  <OnStart><StateAssignment variable="x" value="1"/></OnStart>
  <TimeDerivative variable="x" value="y / tau"/></Dynamics></ComponentType>
<outer id="o" tau="3ms"><inner tau="3ms"/></outer>"#;
    // A circle: x = cos(t / tau).
    let exact = nml_expr::maths::cos(20.0 / 3.0);
    let error = |step: &str| {
        let model = load(&lems(body, "o", step, &["x"]));
        let found = prepare(&model, JLEMS).unwrap_or_else(|found| panic!("{found:#?}"));
        (rows(&found).last().unwrap()[0] - exact).abs()
    };
    let (coarse, fine) = (error("0.1ms"), error("0.05ms"));
    let order = (coarse / fine).log2();
    assert!((order - 4.0).abs() < 0.2, "{coarse} {fine} {order}");
}

const LISTS: &str = r#"
<Dimension name="length" l="1"/><Unit symbol="um" dimension="length" power="-6"/>
<ComponentType name="place"><Property name="x" dimension="length"/></ComponentType>
<ComponentType name="line"><Parameter name="step" dimension="length"/><Parameter name="n" dimension="none"/><Text name="shown"/>
  <Structure><MultiInstantiate componentType="place" number="n">
    <Assign property="x" value="step * index" exposeAs="shown"/></MultiInstantiate></Structure></ComponentType>
<ComponentType name="group"><PathParameter name="select"/><Collection name="elements"/>
  <Structure><Gather pathParameter="select" collection="elements"/></Structure></ComponentType>
<ComponentType name="ticker"><Parameter name="period" dimension="time"/><EventPort name="out" direction="out"/>
  <Dynamics><StateVariable name="s" dimension="time"/><TimeDerivative variable="s" value="1"/>
  <OnCondition test="s .gt. period"><StateAssignment variable="s" value="0"/><EventOut port="out"/></OnCondition></Dynamics></ComponentType>
<ComponentType name="counter"><EventPort name="in" direction="in"/><Exposure name="n" dimension="none"/>
  <Dynamics><StateVariable name="n" dimension="none" exposure="n"/>
  <OnEvent port="in"><StateAssignment variable="n" value="n + 1"/></OnEvent></Dynamics></ComponentType>
<ComponentType name="atPoints"><ComponentReference name="what" type="Component"/><Link name="where" type="group"/>
  <Structure><CoInstantiate at="where" component="what"/></Structure></ComponentType>
<ComponentType name="selector"><PairCollection name="pairs"/></ComponentType>
<ComponentType name="near" extends="selector"><Parameter name="range" dimension="length"/><Text name="of"/>
  <Structure><GatherPairs collection="pairs" pFrom="../from" qFrom="../to">
    <PairFilter select="x[abs(p:of - q:of) .lt. range]"/></GatherPairs></Structure></ComponentType>
<ComponentType name="each" extends="selector"><Parameter name="beyond" dimension="length"/>
  <Structure><ForEach instances="../from" as="a"><ForEach instances="../to" as="b">
    <Choose><If test="b:x .gt. beyond"><IncludePair collection="pairs"/></If></Choose></ForEach></ForEach></Structure></ComponentType>
<ComponentType name="wiring"><Children name="selectors" type="selector"/><Link name="from" type="atPoints"/><Link name="to" type="atPoints"/>
  <Structure><Apply components="selectors"><PairsEventConnection pairs="pairs"/></Apply></Structure></ComponentType>
<ComponentType name="world"><Children type="line"/><Children type="group"/><Children type="atPoints"/><Children type="wiring"/></ComponentType>
<ticker id="tick" period="4ms"/><counter id="count"/>"#;

fn world(selector: &str) -> String {
    format!(
        "{LISTS}<world id=\"w\"><line id=\"l\" step=\"2um\" n=\"10\" shown=\"x\"/>\
         <group id=\"some\" select=\"l[index % 5 .eq. 0]\"/><group id=\"rest\" select=\"l .minus. some\"/>\
         <atPoints id=\"from\" what=\"tick\" where=\"some\"/><atPoints id=\"to\" what=\"count\" where=\"rest\"/>\
         <wiring from=\"from\" to=\"to\">{selector}</wiring></world>"
    )
}

#[test]
fn places_are_gathered_and_pairs_connected() {
    // Tickers stand at 0 and 10 um, counters at 2, 4, 6, 8, 12, 14, 16 and 18 um; four ticks in 20 ms.
    let columns = ["to[0]/n", "to[2]/n", "to[5]/n", "to[6]/n", "to[7]/n"];
    let body = world("<near id=\"s\" range=\"5um\" of=\"x\"/>");
    let last = simulate(&body, "w", &columns).pop().unwrap();
    assert_eq!(last, [4.0, 4.0, 4.0, 0.0, 0.0]);
    let body = world("<each id=\"s\" beyond=\"13um\"/>");
    let last = simulate(&body, "w", &columns).pop().unwrap();
    assert_eq!(last, [0.0, 0.0, 8.0, 8.0, 8.0]);
}

#[test]
fn what_a_structure_cannot_find_is_said() {
    let cases = [
        world("<near id=\"s\" range=\"5um\" of=\"nothing\"/>"),
        world("<near id=\"s\" range=\"5um\" of=\"x\"/>").replace("l[index", "l[foo"),
        world("<near id=\"s\" range=\"5um\" of=\"x\"/>")
            .replace("select=\"l .minus", "select=\"k .minus"),
        world("<each id=\"s\" beyond=\"1um\"/>").replace("b:x .gt.", "random(1) .gt."),
        world("<each id=\"s\" beyond=\"1um\"/>").replace("../from\" as", "../nowhere\" as"),
    ];
    for (i, body) in cases.iter().enumerate() {
        assert!(codes(&findings(body, "w")).iter().any(|code| code.starts_with("NML095")), "{i}");
    }
}

const NETWORK: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">
<iafCell id="cell" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>
<expOneSynapse id="syn" gbase="1nS" erev="0mV" tauDecay="3ms"/>
<network id="net"><population id="p" component="cell" size="2"/></network>
</neuroml>"#;

#[test]
fn a_network_runs_without_a_file_that_describes_the_run() {
    let model = load(NETWORK);
    let wanted = Wanted {
        step: 1e-4,
        length: 0.05,
        record: vec!["p[1]/v".to_owned()],
        record_events: vec!["p[0]".to_owned(), "p[1]/spike".to_owned()],
        file: "net".to_owned(),
        ..Wanted::default()
    };
    let prepared = prepare_wanted(&model, &wanted, JLEMS).unwrap();
    assert_eq!(prepared.files().len(), 2);
    assert_eq!(rows(&prepared).len(), 501);
    let cell =
        Wanted { target: Some("cell".to_owned()), record: vec!["v".to_owned()], ..wanted.clone() };
    let cell = Wanted { record_events: Vec::new(), ..cell };
    assert_eq!(rows(&prepare_wanted(&model, &cell, JLEMS).unwrap()).len(), 501);
    for wrong in [
        Wanted { target: Some("nett".to_owned()), ..wanted.clone() },
        Wanted { record: vec!["p[7]/v".to_owned()], ..wanted.clone() },
        Wanted { step: 0.0, ..wanted },
    ] {
        assert!(prepare_wanted(&model, &wrong, JLEMS).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_set_of_simulations_is_several_runs() {
    let run = |id: &str, length: &str| {
        format!(
            "<Simulation id=\"{id}\" length=\"{length}\" step=\"1ms\" target=\"c\"><OutputFile id=\"o{id}\" \
             fileName=\"{id}.dat\"><OutputColumn id=\"x\" quantity=\"x\"/></OutputFile></Simulation>"
        )
    };
    let body = format!(
        "<Lems><Target component=\"set\"/>{SIMULATION}<ComponentType name=\"c\">{HEAD}<Dynamics>{BASE}</Dynamics>\
         </ComponentType><c id=\"c\" tau=\"5ms\"/><SimulationSet id=\"set\">{}{}</SimulationSet></Lems>",
        run("a", "5ms"),
        run("b", "7ms")
    );
    let model = load(&body);
    let all = prepare_all(&model, JLEMS).unwrap();
    let lengths: Vec<usize> = all.iter().map(|prepared| rows(prepared).len()).collect();
    assert_eq!(lengths, [6, 8]);
    assert_eq!(codes(&prepare(&model, JLEMS).unwrap().warnings), ["NML0954"]);
}

#[test]
fn a_weight_that_changes_nothing_is_said() {
    let body = |weight: &str| {
        format!(
            r#"<Lems><Target component="run"/><Include file="Cells.xml"/><Include file="Networks.xml"/><Include file="Simulation.xml"/>
<ComponentType name="kick" extends="baseSynapse"><Parameter name="size" dimension="current"/><Dynamics>
  <StateVariable name="i" dimension="current" exposure="i"/>
  <OnEvent port="in"><StateAssignment variable="i" value="i + size"/></OnEvent></Dynamics></ComponentType>
<kick id="syn" size="1pA"/><spikeGenerator id="s" period="5ms"/>
<iafCell id="cell" leakReversal="-65mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>
<network id="net"><population id="a" component="s" size="1"/><population id="b" component="cell" size="1"/>
<projection id="p" presynapticPopulation="a" postsynapticPopulation="b" synapse="syn">
<connectionWD id="0" preCellId="../a[0]" postCellId="../b[0]" weight="{weight}" delay="1ms"/></projection></network>
<Simulation id="run" length="20ms" step="0.1ms" target="net"/></Lems>"#
        )
    };
    let warnings = |weight| prepare(&load(&body(weight)), JLEMS).unwrap().warnings;
    assert_eq!(codes(&warnings("2")), ["NML0954"]);
    assert!(warnings("1").is_empty());
}
