//! Files of nodes.

use std::fmt::Write as _;

use nml_codegen_nmodl::Plan;
use nml_hdf5::{Hdf5Error, Layout, Type, Value};

use crate::graph::Graph;

/// What says that a file is one of SONATA, and of version 0.1.
const MAGIC: u32 = 0x0A7A;
const VERSION: [u32; 2] = [0, 1];

/// Marks a file as one of SONATA.
pub(crate) fn mark(layout: &mut Layout) -> Result<(), Hdf5Error> {
    layout.attribute("/", "magic", Value::U32(MAGIC))?;
    layout.attribute("/", "version", Value::U32s(VERSION.to_vec()))
}

/// The number of the type of the first population.
const FIRST_TYPE: usize = 100;

const WHOLES: [&str; 4] = ["node_group_id", "node_group_index", "node_id", "node_type_id"];
const AXES: [&str; 3] = ["x", "y", "z"];

/// The HDF5 file of all populations.
pub(crate) fn hdf5(graph: &Graph) -> Result<Vec<u8>, Hdf5Error> {
    let mut layout = Layout::new();
    mark(&mut layout)?;
    for nodes in &graph.nodes {
        let count = u64::from(nodes.count);
        let top = format!("/nodes/{}", nodes.name);
        layout.group(&format!("{top}/0"))?;
        for name in WHOLES {
            layout.dataset(&format!("{top}/{name}"), Type::U64, &[count])?;
        }
        for name in AXES.into_iter().filter(|_| !nodes.positions_um.is_empty()) {
            layout.dataset(&format!("{top}/0/{name}"), Type::F64, &[count])?;
        }
    }
    let mut writer = layout.begin(Vec::new())?;
    for (at, nodes) in graph.nodes.iter().enumerate() {
        let top = format!("/nodes/{}", nodes.name);
        let counted: Vec<u64> = (0..u64::from(nodes.count)).collect();
        let all = |value: usize| vec![value as u64; counted.len()];
        for (name, column) in
            WHOLES.into_iter().zip([&all(0), &counted, &counted, &all(FIRST_TYPE + at)])
        {
            writer.write(&format!("{top}/{name}"), column)?;
        }
        for (axis, name) in AXES.into_iter().enumerate().filter(|_| !nodes.positions_um.is_empty())
        {
            let plain = |p: &[f64; 3]| if p[axis].is_finite() { p[axis] } else { 0.0 };
            let column: Vec<f64> = nodes.positions_um.iter().map(plain).collect();
            writer.write(&format!("{top}/0/{name}"), &column)?;
        }
    }
    writer.finish()
}

/// The table of types, one for each population; components and models by population.
pub(crate) fn types(plan: &Plan<'_>, graph: &Graph, named: &[(String, String)]) -> String {
    let mut text =
        "node_type_id population model_type model_template nml_component nml_model\n".to_owned();
    for (at, (nodes, (component, model))) in graph.nodes.iter().zip(named).enumerate() {
        let shaped = plan.world.cells.get(&nodes.kind).is_some_and(|cell| cell.shaped);
        let ty = if shaped { "biophysical" } else { "point_neuron" };
        let id = FIRST_TYPE + at;
        let name = &nodes.name;
        let _ = writeln!(text, "{id} {name} {ty} nml:components.xml {component} {model}");
    }
    text
}
