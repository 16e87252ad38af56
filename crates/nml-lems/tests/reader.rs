//! What the reader makes of definitions, right and wrong.

use std::sync::Arc;

use nml_base::{Diagnostics, SourceMap};
use nml_lems::{Action, Build, Definitions, RULES, Reduce, Source, read_definitions};
use nml_xml::{TreeBuilder, read_document};

#[expect(clippy::unwrap_used, reason = "a test's own text is well-formed")]
fn read(text: &str) -> (Definitions, Vec<String>) {
    let file = SourceMap::new().add("a.xml", text.to_owned());
    let mut builder = TreeBuilder::new(Arc::clone(&file));
    read_document(text, &mut builder).unwrap();
    let mut sink = Diagnostics::new();
    let definitions = read_definitions(&builder.finish(), &mut sink);
    let told = sink.iter().map(|d| {
        let help = d.help.as_deref().unwrap_or("");
        format!(
            "{} {}: {} [{}] {help}",
            d.rule.code,
            d.rule.name,
            d.message,
            file.slice(d.primary.span)
        )
    });
    (definitions, told.collect())
}

#[test]
fn a_cell_is_read_with_places() {
    let text = r#"<Lems>
        <Include file="Cells.xml"/>
        <Dimension name="voltage" m="1" l="2" t="-3" i="-1"/>
        <Unit symbol="mV" dimension="voltage" power="-3"/>
        <ComponentType name="cell" extends="baseCell" description="A cell">
            <Parameter name="C" dimension="capacitance"/>
            <Children name="channels" type="channel"/>
            <Attachments name="synapses" type="synapse"/>
            <EventPort name="spike" direction="out"/>
            <Dynamics>
                <StateVariable name="v" exposure="v" dimension="voltage"/>
                <DerivedVariable name="i" dimension="current" select="synapses[*]/i" reduce="sum" required="false"/>
                <TimeDerivative variable="v" value="i / C"/>
                <OnCondition test="v .gt. 0">
                    <EventOut port="spike"/>
                    <StateAssignment variable="v" value="-1"/>
                </OnCondition>
            </Dynamics>
            <Structure>
                <With instance="../pop[0]" as="a"/>
                <MultiInstantiate number="3" componentType="x"><Assign property="w" value="index"/></MultiInstantiate>
            </Structure>
        </ComponentType>
        <cell id="c"/>
    </Lems>"#;
    let (definitions, told) = read(text);
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(definitions.includes[0].file, "Cells.xml");
    let d = &definitions.dimensions[0];
    assert_eq!((d.m, d.l, d.t, d.i, d.k), (1, 2, -3, -1, 0));
    let u = &definitions.units[0];
    assert_eq!((u.power, u.scale, u.offset), (-3, 1.0, 0.0));
    let ty = &definitions.component_types[0];
    assert_eq!(ty.description, "A cell");
    assert!(ty.children[0].many);
    let span = ty.parameters[0].dimension.span.unwrap();
    assert_eq!(&text[span.range()], "capacitance");
    let dynamics = ty.dynamics.as_ref().unwrap();
    let Source::Select(select) = &dynamics.derived_variables[0].source else { panic!() };
    assert_eq!((select.reduce, select.required), (Some(Reduce::Add), false));
    let actions = &dynamics.on_condition[0].actions;
    assert!(matches!(actions[0], Action::EventOut { .. }) && actions.len() == 2);
    let Build::MultiInstantiate(multi) = &ty.structure.as_ref().unwrap().items[1] else { panic!() };
    assert_eq!(multi.assigns[0].property, "w");
}

#[test]
fn each_slip_is_told_once_with_the_way_out() {
    let inside = |body: &str| {
        read(&format!("<Lems><ComponentType name=\"a\">{body}</ComponentType></Lems>")).1
    };
    let cases = [
        (
            "<Dynamics><StateVariabe name='v' dimension='none'/></Dynamics>",
            "NML0701 unknown-lems-element: `Dynamics` cannot hold `StateVariabe` [StateVariabe] did you mean `StateVariable`?",
        ),
        (
            "<Parameter name='p' dimensin='time'/>",
            "NML0702 unknown-lems-attribute: `Parameter` has no attribute `dimensin` [dimensin] did you mean `dimension`?",
        ),
        (
            "<Parameter name='p'/>",
            "NML0703 missing-lems-attribute: `Parameter` `p` has no `dimension` [Parameter] add `dimension=\"…\"`; a pure number has the dimension `none`",
        ),
        (
            "<EventPort name='p' direction='IN'/>",
            "NML0704 invalid-lems-value: attribute `direction` of `EventPort` is `IN`, expected `in` or `out` [IN] write `in` or `out`",
        ),
        (
            "<Text name='p'/><Text name='q'/><Text name='p'/>",
            "NML0705 repeated-declaration: component type `a` declares the Text `p` twice [p] remove one of them, or give it another name",
        ),
        (
            "<DerivedParameter name='p' value='1' select='x/y'/>",
            "NML0706 value-and-select: `DerivedParameter` `p` has both a `value` and a `select` [x/y] keep the one that is meant; read the other one into a variable of its own",
        ),
        (
            "<Behavior/>",
            "NML0707 renamed-lems-element: `Behavior` is not LEMS any more, it is called `Dynamics` [Behavior] rename it to `Dynamics`",
        ),
        (
            "<Geometry/>",
            "NML0708 unsupported-lems-feature: `Geometry` has no effect [Geometry] take it out, or say in equations what it should do",
        ),
        (
            "<Text name='p'/>>",
            "NML0709 stray-text: there is text inside `ComponentType`, which has no effect [ComponentType] look for a doubled `>` or quote, or make it an XML comment",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(inside(body), [expected]);
    }
    assert_eq!(cases.len(), RULES.len());
}

#[test]
fn annotations_are_passed_over_and_holes_are_marked() {
    let (definitions, told) = read(
        "<neuroml><ComponentType name='a'><notes>x</notes><Property name='w'/></ComponentType></neuroml>",
    );
    assert_eq!(told.len(), 1);
    assert_eq!(definitions.component_types[0].properties[0].dimension, "*");
}

#[test]
fn rule_pages_have_their_headings() {
    for rule in RULES {
        let headings: Vec<&str> = rule.page.lines().filter(|l| l.starts_with("## ")).collect();
        let expected =
            ["## What it does", "## Why it matters", "## Wrong", "## Right", "## Source"];
        assert_eq!(headings, expected, "{}", rule.name);
    }
}
