//! Files of edges, with indices both ways.

use std::fmt::Write as _;

use nml_hdf5::{Hdf5Error, Layout, Type, Value, Writer};

use crate::config::edges_name;
use crate::graph::{Edge, Edges, Graph, Nodes};
use crate::nodes::mark;

/// The number of the first type.
const FIRST_TYPE: usize = 100;

/// A column by its name: a number of an edge.
type Number = (&'static str, fn(&Edge) -> f64);
/// A column by its name: a whole number of an edge and its row.
type Whole = (&'static str, fn((usize, &Edge)) -> u64);

/// Ranges of edges by node: for each node the ranges that are its own, and the ranges.
struct Index {
    of_node: Vec<u64>,
    ranges: Vec<u64>,
}

impl Index {
    /// Gathers the runs of edges with the same node, node by node.
    fn new(count: u32, nodes: impl Iterator<Item = u32>) -> Self {
        let mut runs: Vec<(u32, u64, u64)> = Vec::new();
        for (edge, node) in (0_u64..).zip(nodes) {
            match runs.last_mut() {
                Some((last, _, end)) if *last == node => *end = edge + 1,
                _ => runs.push((node, edge, edge + 1)),
            }
        }
        runs.sort_by_key(|&(node, start, _)| (node, start));
        let mut of_node = Vec::with_capacity(2 * count as usize);
        let mut at = 0;
        for node in 0..count {
            let first = at;
            while runs.get(at).is_some_and(|run| run.0 == node) {
                at += 1;
            }
            of_node.extend([first as u64, at as u64]);
        }
        let ranges = runs.into_iter().flat_map(|(_, start, end)| [start, end]).collect();
        Self { of_node, ranges }
    }
}

/// Both names that readers know for the same data set: the first is that of the developer guide, the second that of
/// libsonata.
const OF_NODE: [&str; 2] = ["node_id_to_range", "node_id_to_ranges"];

/// The edges of one population as they are written.
struct Written<'a> {
    top: String,
    edges: &'a Edges,
    /// The populations before and after.
    sides: [&'a Nodes; 2],
    /// Ways and their indices.
    indices: [(&'static str, Index); 2],
}

impl<'a> Written<'a> {
    fn new(graph: &'a Graph, edges: &'a Edges) -> Self {
        let all = &edges.rows;
        let sides = edges.sides.map(|at| &graph.nodes[at]);
        let indices = [
            ("source_to_target", Index::new(sides[0].count, all.iter().map(|edge| edge.source))),
            ("target_to_source", Index::new(sides[1].count, all.iter().map(|edge| edge.target))),
        ];
        Self { top: format!("/edges/{}", edges_name(graph, edges.sides)), edges, sides, indices }
    }

    fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.top)
    }

    fn lay_out(&self, layout: &mut Layout) -> Result<(), Hdf5Error> {
        let count = self.edges.rows.len() as u64;
        layout.group(&self.top)?;
        for (name, _) in NUMBERS {
            layout.dataset(&self.at(name), Type::F64, &[count])?;
        }
        for (name, _) in WHOLES {
            layout.dataset(&self.at(name), Type::U64, &[count])?;
        }
        for (name, nodes) in ["source_node_id", "target_node_id"].into_iter().zip(self.sides) {
            layout.attribute(&self.at(name), "node_population", Value::from(&*nodes.name))?;
        }
        for (way, index) in &self.indices {
            for name in OF_NODE {
                let rows = index.of_node.len() as u64 / 2;
                layout.dataset(
                    &self.at(&format!("indices/{way}/{name}")),
                    Type::U64,
                    &[rows, 2],
                )?;
            }
            let rows = index.ranges.len() as u64 / 2;
            let name = format!("indices/{way}/range_to_edge_id");
            layout.dataset(&self.at(&name), Type::U64, &[rows, 2])?;
        }
        Ok(())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> Result<(), Hdf5Error> {
        let all = &self.edges.rows;
        for (name, value) in NUMBERS {
            let column: Vec<f64> = all.iter().map(value).collect();
            writer.write(&self.at(name), &column)?;
        }
        for (name, value) in WHOLES {
            let column: Vec<u64> = all.iter().enumerate().map(value).collect();
            writer.write(&self.at(name), &column)?;
        }
        for (way, index) in &self.indices {
            for name in OF_NODE {
                writer.write(&self.at(&format!("indices/{way}/{name}")), &index.of_node)?;
            }
            writer.write(&self.at(&format!("indices/{way}/range_to_edge_id")), &index.ranges)?;
        }
        Ok(())
    }
}

const NUMBERS: [Number; 4] = [
    ("0/afferent_section_pos", |edge| edge.section.1),
    ("0/delay", |edge| edge.delay_ms),
    ("0/nml_fraction_along", |edge| edge.site.fraction),
    ("0/syn_weight", |edge| edge.weight),
];

const WHOLES: [Whole; 7] = [
    ("0/afferent_section_id", |(_, edge)| u64::from(edge.section.0)),
    ("0/nml_segment_id", |(_, edge)| u64::from(edge.site.segment.unwrap_or(0))),
    ("edge_group_id", |_| 0),
    ("edge_group_index", |(row, _)| row as u64),
    ("edge_type_id", |(_, edge)| (FIRST_TYPE + edge.ty) as u64),
    ("source_node_id", |(_, edge)| u64::from(edge.source)),
    ("target_node_id", |(_, edge)| u64::from(edge.target)),
];

/// The HDF5 file of all edges.
pub(crate) fn hdf5(graph: &Graph) -> Result<Vec<u8>, Hdf5Error> {
    let all: Vec<Written<'_>> =
        graph.edges.iter().map(|edges| Written::new(graph, edges)).collect();
    let mut layout = Layout::new();
    mark(&mut layout)?;
    for written in &all {
        written.lay_out(&mut layout)?;
    }
    let mut writer = layout.begin(Vec::new())?;
    for written in &all {
        written.write(&mut writer)?;
    }
    writer.finish()
}

/// The table of types.
pub(crate) fn types(graph: &Graph) -> String {
    let mut text =
        "edge_type_id model_template nml_component nml_mechanism nml_weight nml_port\n".to_owned();
    for (at, ty) in graph.types.iter().enumerate() {
        let weight = ty.weight.as_deref().unwrap_or("NULL");
        let _ = writeln!(
            text,
            "{} nml:components.xml {} {} {weight} {}",
            FIRST_TYPE + at,
            ty.component,
            ty.mechanism,
            ty.port
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn a_node_finds_its_runs() {
        let index = Index::new(4, [2, 2, 0, 2].into_iter());
        assert_eq!(index.of_node, [0, 1, 1, 1, 1, 3, 3, 3]);
        assert_eq!(index.ranges, [2, 3, 0, 2, 3, 4]);
    }
}
