//! Populations of nodes.
//!
//! Source: the SONATA developer guide, "Representing nodes".

use std::collections::BTreeMap;
use std::sync::Arc;

use nml_base::Span;
use nml_hdf5::Group;
use rustc_hash::FxHashMap;

use super::columns::{Attributes, Reader};
use super::config::Storage;
use super::csv::{Type, Types};
use super::desk::Desk;

/// One population.
#[derive(Debug)]
pub(super) struct Nodes {
    pub(super) name: String,
    /// Where its file is named.
    pub(super) span: Span,
    types: Arc<Types>,
    /// The number of each node.
    pub(super) ids: Vec<u32>,
    /// Rows by number, where a node's number is not its row.
    rows: Option<FxHashMap<u32, u32>>,
    /// The type of each node, as its number.
    pub(super) type_ids: Vec<u32>,
    /// The group of each node, and its place there.
    places: Vec<(u32, u32)>,
    groups: BTreeMap<u32, Attributes>,
}

impl Nodes {
    /// The row of a node.
    pub(super) fn row(&self, id: u32) -> Option<u32> {
        match &self.rows {
            Some(rows) => rows.get(&id).copied(),
            None => ((id as usize) < self.ids.len()).then_some(id),
        }
    }

    /// The type of a row.
    pub(super) fn ty(&self, row: usize) -> Option<Type<'_>> {
        self.types.get(u64::from(*self.type_ids.get(row)?))
    }

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

    /// Whether a group has such a column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.groups.values().any(|group| group.columns.contains_key(name))
    }

    /// The names of all columns of groups.
    pub(super) fn columns(&self) -> Vec<&str> {
        let names = self.groups.values().flat_map(|group| group.columns.keys());
        let mut names: Vec<&str> = names.map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Reads all populations of a file.
pub(super) fn read(desk: &mut Desk<'_>, storage: &Storage, found: &mut Vec<Nodes>) {
    let Some((reader, groups)) = open(desk, storage, "nodes") else { return };
    let Some(types) = types(desk, storage, "node_type_id") else { return };
    let mut reader = reader;
    for group in groups {
        if found.iter().any(|known| known.name == group.name()) {
            let message = format!("there are two populations `{}`", group.name());
            reader.bad(desk, &message, "give each population a name of its own");
        } else if let Some(nodes) = population(desk, &mut reader, &group, &types) {
            found.push(nodes);
        }
    }
}

/// The populations of a file.
pub(super) fn open(
    desk: &mut Desk<'_>,
    storage: &Storage,
    what: &str,
) -> Option<(Reader, Vec<Group>)> {
    let span = storage.data.span;
    let (root, left) = desk.hdf5(&storage.data.path, span)?;
    let name = storage.data.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let reader = Reader { span, file: name, left };
    let top = reader.groups(desk, &root).into_iter().find(|group| group.name() == what);
    let Some(top) = top else {
        reader.bad(desk, &format!("there is no group `/{what}`"), "name a file of the circuit");
        return None;
    };
    let groups = reader.groups(desk, &top);
    Some((reader, groups))
}

/// The table of types that goes with a file.
pub(super) fn types(desk: &mut Desk<'_>, storage: &Storage, id: &str) -> Option<Arc<Types>> {
    let Some(named) = &storage.types else {
        let message = "without a table of types nothing says what these are";
        desk.bad(storage.data.span, message, "name a table of types beside the HDF5 file");
        return None;
    };
    let file = desk.text(&named.path, named.span)?;
    match Types::read(&file, id) {
        Ok(types) => Some(Arc::new(types)),
        Err((span, message)) => {
            desk.bad(span, message, "write one type a line, columns between blanks");
            None
        }
    }
}

fn population(
    desk: &mut Desk<'_>,
    reader: &mut Reader,
    group: &Group,
    types: &Arc<Types>,
) -> Option<Nodes> {
    let tables = reader.tables(desk, group);
    let table = |name: &str| tables.iter().find(|table| table.name() == name);
    let Some(type_ids) = table("node_type_id") else {
        let message = format!("`{}` has no `node_type_id`", group.path());
        reader.bad(desk, &message, "write the number of a type for each node");
        return None;
    };
    let type_ids = reader.indices(desk, type_ids, None)?;
    let count = type_ids.len();
    let mut optional = |desk: &mut Desk<'_>, name: &str| match table(name) {
        Some(table) => reader.indices(desk, table, Some(count)).map(Some),
        None => Some(None),
    };
    let counted = || (0..).take(count);
    let ids = optional(desk, "node_id")?.unwrap_or_else(|| counted().collect());
    let group_ids = optional(desk, "node_group_id")?.unwrap_or_else(|| vec![0; count]);
    let places = optional(desk, "node_group_index")?.unwrap_or_else(|| counted().collect());
    let places = group_ids.into_iter().zip(places).collect();
    let groups = numbered(desk, reader, group);
    let mut rows = None;
    if ids.iter().zip(0_u32..).any(|(&id, row)| id != row) {
        let by_id: FxHashMap<u32, u32> = ids.iter().copied().zip(0..).collect();
        if by_id.len() < count {
            let message = format!("two nodes of `{}` have the same `node_id`", group.path());
            reader.bad(desk, &message, "number the nodes from 0");
            return None;
        }
        rows = Some(by_id);
    }
    let name = group.name().to_owned();
    let types = Arc::clone(types);
    Some(Nodes { name, span: reader.span, types, ids, rows, type_ids, places, groups })
}

/// The groups `0`, `1`, … of a population.
pub(super) fn numbered(
    desk: &mut Desk<'_>,
    reader: &mut Reader,
    population: &Group,
) -> BTreeMap<u32, Attributes> {
    let mut found = BTreeMap::new();
    for group in reader.groups(desk, population) {
        if let Ok(number) = group.name().parse() {
            let attributes = reader.attributes(desk, &group);
            for name in &attributes.other {
                let message = format!("`{}/{name}` is not read", group.path());
                if name.starts_with("dynamics_params") {
                    let help = "give the parameters in the file that the type names";
                    reader.bad(desk, &message, help);
                } else {
                    reader.unread(desk, &message, "only columns of numbers are read");
                }
            }
            found.insert(number, attributes);
        }
    }
    found
}
