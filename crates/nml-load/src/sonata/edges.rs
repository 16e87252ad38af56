//! Populations of edges.
//!
//! Source: the SONATA developer guide, "Representing edges".

use std::collections::BTreeMap;
use std::sync::Arc;

use nml_base::Span;
use nml_hdf5::Group;

use super::columns::{Attributes, Reader};
use super::config::Storage;
use super::csv::{Type, Types};
use super::desk::Desk;
use super::nodes::{self, numbered};

/// One population.
#[derive(Debug)]
pub(super) struct Edges {
    pub(super) name: String,
    /// Where its file is named.
    pub(super) span: Span,
    types: Arc<Types>,
    /// The populations before and after.
    pub(super) sides: [String; 2],
    /// The nodes before and after, by their numbers.
    pub(super) source: Vec<u32>,
    pub(super) target: Vec<u32>,
    pub(super) type_ids: Vec<u32>,
    places: Vec<(u32, u32)>,
    groups: BTreeMap<u32, Attributes>,
}

impl Edges {
    /// A type by its number.
    pub(super) fn type_of(&self, id: u32) -> Option<Type<'_>> {
        self.types.get(u64::from(id))
    }

    /// The table of types.
    pub(super) fn types(&self) -> &Types {
        &self.types
    }

    /// An attribute of a row that is a number in its group.
    pub(super) fn number(&self, row: usize, name: &str) -> Option<f64> {
        let &(group, place) = self.places.get(row)?;
        self.groups.get(&group)?.get(name, place)
    }

    /// The names of all columns of groups.
    pub(super) fn columns(&self) -> Vec<&str> {
        let names = self.groups.values().flat_map(|group| group.columns.keys());
        let mut names: Vec<&str> = names.map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.groups.values().any(|group| group.columns.contains_key(name))
    }
}

/// Reads all populations of a file.
pub(super) fn read(desk: &mut Desk<'_>, storage: &Storage, found: &mut Vec<Edges>) {
    let Some((mut reader, groups)) = nodes::open(desk, storage, "edges") else { return };
    let Some(types) = nodes::types(desk, storage, "edge_type_id") else { return };
    for group in groups {
        if let Some(edges) = population(desk, &mut reader, &group, &types) {
            found.push(edges);
        }
    }
}

fn population(
    desk: &mut Desk<'_>,
    reader: &mut Reader,
    group: &Group,
    types: &Arc<Types>,
) -> Option<Edges> {
    let tables = reader.tables(desk, group);
    let table = |name: &str| tables.iter().find(|table| table.name() == name);
    for name in ["source_node_id", "target_node_id", "edge_type_id"] {
        if table(name).is_none() {
            let message = format!("`{}` has no `{name}`", group.path());
            reader.bad(desk, &message, "write the data set with one number for each edge");
            return None;
        }
    }
    let side = |name: &str| Some(table(name)?.attribute("node_population")?.to_owned());
    let (Some(before), Some(after)) = (side("source_node_id"), side("target_node_id")) else {
        let message = format!("`{}` does not say which populations it joins", group.path());
        let help = "write the attribute `node_population` of `source_node_id` and `target_node_id`";
        reader.bad(desk, &message, help);
        return None;
    };
    let source = reader.indices(desk, table("source_node_id")?, None)?;
    let count = source.len();
    let target = reader.indices(desk, table("target_node_id")?, Some(count))?;
    let type_ids = reader.indices(desk, table("edge_type_id")?, Some(count))?;
    let mut optional = |desk: &mut Desk<'_>, name: &str| match table(name) {
        Some(table) => reader.indices(desk, table, Some(count)).map(Some),
        None => Some(None),
    };
    let group_ids = optional(desk, "edge_group_id")?.unwrap_or_else(|| vec![0; count]);
    let places = optional(desk, "edge_group_index")?.unwrap_or_else(|| (0..).take(count).collect());
    let places = group_ids.into_iter().zip(places).collect();
    let groups = numbered(desk, reader, group);
    Some(Edges {
        name: group.name().to_owned(),
        span: reader.span,
        types: Arc::clone(types),
        sides: [before, after],
        source,
        target,
        type_ids,
        places,
        groups,
    })
}
