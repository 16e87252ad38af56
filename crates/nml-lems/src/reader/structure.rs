//! Reads `Structure` and `Simulation`.

use nml_base::Diagnostics;
use nml_xml::Element;

use super::item::{Item, Spec};
use crate::{
    Apply, Assign, Build, ChildInstance, Choose, CoInstantiate, EventConnection, ForEach, Gather,
    GatherPairs, If, IncludePair, List, MultiInstantiate, PairFilter, PairsEventConnection,
    Simulation, SimulationItem, Structure, Tunnel, With,
};

const ORDERS: &[&str] = &[
    "ChildInstance",
    "MultiInstantiate",
    "CoInstantiate",
    "ForEach",
    "With",
    "EventConnection",
    "Tunnel",
    "PairsEventConnection",
    "Gather",
    "GatherPairs",
    "PairFilter",
    "IncludePair",
    "Choose",
    "If",
    "Apply",
];
const NOTHING: Spec = Spec::new(&[], &[]);

pub(super) fn read(element: Element<'_>, sink: &mut Diagnostics) -> Structure {
    let item = Item::open(element, &NOTHING, sink);
    Structure { span: Some(element.span()), items: body(&item, sink) }
}

/// The orders inside an element.  Recursion is bounded by the depth an XML reader allows.
fn body(item: &Item<'_>, sink: &mut Diagnostics) -> List<Build> {
    item.children(ORDERS, sink).into_iter().map(|child| order(child, sink)).collect()
}

fn assigns(item: &Item<'_>, sink: &mut Diagnostics) -> List<Assign> {
    const SPEC: Spec = Spec::new(&["property", "value"], &["exposeAs"]);
    let children = item.children(&["Assign"], sink);
    let read = |child| {
        let item = Item::leaf(child, &SPEC, sink);
        let (property, value) = (item.text("property"), item.text("value"));
        Assign { property, value, expose_as: item.option("exposeAs") }
    };
    children.into_iter().map(read).collect()
}

fn order(element: Element<'_>, sink: &mut Diagnostics) -> Build {
    match element.name() {
        "ChildInstance" => Build::ChildInstance(child_instance(element, sink)),
        "MultiInstantiate" => Build::MultiInstantiate(multi_instantiate(element, sink)),
        "CoInstantiate" => Build::CoInstantiate(co_instantiate(element, sink)),
        "ForEach" => Build::ForEach(for_each(element, sink)),
        "With" => Build::With(with(element, sink)),
        "EventConnection" => Build::EventConnection(event_connection(element, sink)),
        "Tunnel" => Build::Tunnel(tunnel(element, sink)),
        "PairsEventConnection" => Build::PairsEventConnection(pairs_connection(element, sink)),
        "Gather" => {
            const SPEC: Spec = Spec::new(&["pathParameter", "collection"], &[]);
            let item = Item::leaf(element, &SPEC, sink);
            let path_parameter = item.text("pathParameter");
            Build::Gather(Gather { path_parameter, collection: item.text("collection") })
        }
        "GatherPairs" => {
            const SPEC: Spec = Spec::new(&["pFrom", "qFrom", "collection"], &["id"]);
            let item = Item::open(element, &SPEC, sink);
            Build::GatherPairs(GatherPairs {
                p_from: item.text("pFrom"),
                q_from: item.text("qFrom"),
                collection: item.text("collection"),
                body: body(&item, sink),
            })
        }
        "PairFilter" => {
            const SPEC: Spec = Spec::new(&["select"], &[]);
            let select = Item::leaf(element, &SPEC, sink).text("select");
            Build::PairFilter(PairFilter { select })
        }
        "IncludePair" => {
            const SPEC: Spec = Spec::new(&["collection"], &[]);
            let collection = Item::leaf(element, &SPEC, sink).text("collection");
            Build::IncludePair(IncludePair { collection })
        }
        "Choose" => {
            let item = Item::open(element, &NOTHING, sink);
            Build::Choose(Choose { body: body(&item, sink) })
        }
        "If" => {
            const SPEC: Spec = Spec::new(&["test"], &[]);
            let item = Item::open(element, &SPEC, sink);
            Build::If(If { test: item.text("test"), body: body(&item, sink) })
        }
        // The caller passes only what ORDERS lists, of which one is left.
        _ => {
            const SPEC: Spec = Spec::new(&["components"], &[]);
            let item = Item::open(element, &SPEC, sink);
            Build::Apply(Apply { components: item.text("components"), body: body(&item, sink) })
        }
    }
}

fn child_instance(element: Element<'_>, sink: &mut Diagnostics) -> ChildInstance {
    const SPEC: Spec = Spec::new(&[], &["component", "componentType"]);
    let item = Item::open(element, &SPEC, sink);
    item.one_of(&["component", "componentType"], sink);
    ChildInstance {
        component: item.option("component"),
        component_type: item.option("componentType"),
        assigns: assigns(&item, sink),
    }
}

fn multi_instantiate(element: Element<'_>, sink: &mut Diagnostics) -> MultiInstantiate {
    const SPEC: Spec = Spec::new(&["number"], &["component", "componentType", "indexVariable"]);
    let item = Item::open(element, &SPEC, sink);
    item.one_of(&["component", "componentType"], sink);
    MultiInstantiate {
        number: item.text("number"),
        index_variable: item.option("indexVariable"),
        component: item.option("component"),
        component_type: item.option("componentType"),
        assigns: assigns(&item, sink),
    }
}

fn co_instantiate(element: Element<'_>, sink: &mut Diagnostics) -> CoInstantiate {
    const SPEC: Spec = Spec::new(&["at"], &["component", "componentType"]);
    let item = Item::open(element, &SPEC, sink);
    item.one_of(&["component", "componentType"], sink);
    CoInstantiate {
        at: item.text("at"),
        component: item.option("component"),
        component_type: item.option("componentType"),
        assigns: assigns(&item, sink),
    }
}

fn for_each(element: Element<'_>, sink: &mut Diagnostics) -> ForEach {
    const SPEC: Spec = Spec::new(&["instances"], &["as"]);
    let item = Item::open(element, &SPEC, sink);
    ForEach { instances: item.text("instances"), name: item.option("as"), body: body(&item, sink) }
}

fn with(element: Element<'_>, sink: &mut Diagnostics) -> With {
    const SPEC: Spec = Spec::new(&["as"], &["instance", "list", "index"]);
    let item = Item::open(element, &SPEC, sink);
    item.one_of(&["instance", "list"], sink);
    if item.option("list").is_some() {
        item.one_of(&["index"], sink);
    }
    With {
        instance: item.option("instance"),
        list: item.option("list"),
        index: item.option("index"),
        name: item.text("as"),
        body: body(&item, sink),
    }
}

fn event_connection(element: Element<'_>, sink: &mut Diagnostics) -> EventConnection {
    const SPEC: Spec = Spec::new(
        &["from", "to"],
        &["sourcePort", "targetPort", "delay", "receiver", "receiverContainer"],
    );
    let item = Item::open(element, &SPEC, sink);
    EventConnection {
        from: item.text("from"),
        to: item.text("to"),
        source_port: item.option("sourcePort"),
        target_port: item.option("targetPort"),
        delay: item.option("delay"),
        receiver: item.option("receiver"),
        receiver_container: item.option("receiverContainer"),
        assigns: assigns(&item, sink),
    }
}

fn tunnel(element: Element<'_>, sink: &mut Diagnostics) -> Tunnel {
    const SPEC: Spec = Spec::new(&["name", "endA", "endB", "componentA", "componentB"], &[])
        .unsupported(&["expose", "as"]);
    let item = Item::open(element, &SPEC, sink);
    Tunnel {
        name: item.text("name"),
        end_a: item.text("endA"),
        end_b: item.text("endB"),
        component_a: item.text("componentA"),
        component_b: item.text("componentB"),
        assigns: assigns(&item, sink),
    }
}

fn pairs_connection(element: Element<'_>, sink: &mut Diagnostics) -> PairsEventConnection {
    const SPEC: Spec =
        Spec::new(&["pairs"], &["sourcePort", "targetPort", "receiver", "receiverContainer"]);
    let item = Item::leaf(element, &SPEC, sink);
    PairsEventConnection {
        pairs: item.text("pairs"),
        source_port: item.option("sourcePort"),
        target_port: item.option("targetPort"),
        receiver: item.option("receiver"),
        receiver_container: item.option("receiverContainer"),
    }
}

pub(super) fn read_simulation(element: Element<'_>, sink: &mut Diagnostics) -> Simulation {
    const ITEMS: &[&str] =
        &["Run", "Record", "EventRecord", "DataDisplay", "DataWriter", "EventWriter"];
    let item = Item::open(element, &NOTHING.unsupported(&["idCounter"]), sink);
    let children = item.children(ITEMS, sink);
    let items = children.into_iter().map(|child| simulation_item(child, sink)).collect();
    Simulation { span: Some(element.span()), items }
}

fn simulation_item(element: Element<'_>, sink: &mut Diagnostics) -> SimulationItem {
    match element.name() {
        "Run" => {
            const SPEC: Spec = Spec::new(&["component", "variable", "increment", "total"], &[]);
            let item = Item::leaf(element, &SPEC, sink);
            SimulationItem::Run {
                component: item.text("component"),
                variable: item.text("variable"),
                increment: item.text("increment"),
                total: item.text("total"),
            }
        }
        "Record" => {
            const SPEC: Spec =
                Spec::new(&["quantity"], &["timeScale", "scale", "color", "destination"]);
            let item = Item::leaf(element, &SPEC, sink);
            SimulationItem::Record {
                quantity: item.text("quantity"),
                time_scale: item.option("timeScale"),
                scale: item.option("scale"),
                color: item.option("color"),
                destination: item.option("destination"),
            }
        }
        "EventRecord" => {
            const SPEC: Spec = Spec::new(&["quantity", "eventPort"], &[]);
            let item = Item::leaf(element, &SPEC, sink);
            let (quantity, event_port) = (item.text("quantity"), item.text("eventPort"));
            SimulationItem::EventRecord { quantity, event_port }
        }
        "DataDisplay" => {
            const SPEC: Spec = Spec::new(&["title", "dataRegion"], &[]);
            let item = Item::leaf(element, &SPEC, sink);
            let (title, data_region) = (item.text("title"), item.text("dataRegion"));
            SimulationItem::DataDisplay { title, data_region }
        }
        "DataWriter" => {
            const SPEC: Spec = Spec::new(&["path", "fileName"], &["id"]);
            let item = Item::leaf(element, &SPEC, sink);
            let (path, file_name) = (item.text("path"), item.text("fileName"));
            SimulationItem::DataWriter { path, file_name }
        }
        _ => {
            const SPEC: Spec = Spec::new(&["path", "fileName", "format"], &["id"]);
            let item = Item::leaf(element, &SPEC, sink);
            SimulationItem::EventWriter {
                path: item.text("path"),
                file_name: item.text("fileName"),
                format: item.text("format"),
            }
        }
    }
}
