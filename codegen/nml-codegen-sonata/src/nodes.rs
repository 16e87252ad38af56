//! Files of nodes.

use nml_codegen_nmodl::Plan;
use nml_hdf5::{Hdf5Error, Layout, Type, Value};

use crate::graph::Nodes;

/// What says that a file is one of SONATA, and of version 0.1.
const MAGIC: u32 = 0x0A7A;
const VERSION: [u32; 2] = [0, 1];

/// Marks a file as one of SONATA.
pub(crate) fn mark(layout: &mut Layout) -> Result<(), Hdf5Error> {
    layout.attribute("/", "magic", Value::U32(MAGIC))?;
    layout.attribute("/", "version", Value::U32s(VERSION.to_vec()))
}

/// The number of the only type of a population.
pub(crate) const NODE_TYPE: u64 = 100;

/// The HDF5 file of a population.
pub(crate) fn hdf5(nodes: &Nodes) -> Result<Vec<u8>, Hdf5Error> {
    let count = u64::from(nodes.count);
    let top = format!("/nodes/{}", nodes.name);
    let mut layout = Layout::new();
    layout.group(&format!("{top}/0"))?;
    mark(&mut layout)?;
    for name in ["node_group_id", "node_group_index", "node_id", "node_type_id"] {
        layout.dataset(&format!("{top}/{name}"), Type::U64, &[count])?;
    }
    let placed = !nodes.positions_um.is_empty();
    for name in ["x", "y", "z"].into_iter().filter(|_| placed) {
        layout.dataset(&format!("{top}/0/{name}"), Type::F64, &[count])?;
    }
    let mut writer = layout.begin(Vec::new())?;
    let counted: Vec<u64> = (0..count).collect();
    writer.write(&format!("{top}/node_group_id"), &vec![0_u64; counted.len()])?;
    writer.write(&format!("{top}/node_group_index"), &counted)?;
    writer.write(&format!("{top}/node_id"), &counted)?;
    writer.write(&format!("{top}/node_type_id"), &vec![NODE_TYPE; counted.len()])?;
    for (axis, name) in ["x", "y", "z"].into_iter().enumerate().filter(|_| placed) {
        let plain = |p: &[f64; 3]| if p[axis].is_finite() { p[axis] } else { 0.0 };
        let column: Vec<f64> = nodes.positions_um.iter().map(plain).collect();
        writer.write(&format!("{top}/0/{name}"), &column)?;
    }
    writer.finish()
}

/// The table of types of a population.
pub(crate) fn types(plan: &Plan<'_>, nodes: &Nodes, component: &str, model: &str) -> String {
    let shaped = plan.world.cells.get(&nodes.kind).is_some_and(|cell| cell.shaped);
    let ty = if shaped { "biophysical" } else { "point_neuron" };
    format!(
        "node_type_id population model_type model_template nml_component nml_model\n{NODE_TYPE} {} {ty} nml:components.xml {component} {model}\n",
        nodes.name
    )
}
