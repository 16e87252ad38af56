//! Groups and attributes of a file as XML without rows.

use std::fmt::Write as _;

use nml_hdf5::{Group, Hdf5Error, Table};
use rustc_hash::FxHashMap;

use super::columns::{Columns, RowKind};
use super::frame::{escaped, notes};
use super::{Fault, WRITE_AGAIN, frame};

/// A data set that becomes a table.
pub(super) struct Part {
    pub(super) table: Table,
    pub(super) kind: RowKind,
    pub(super) columns: Columns,
    pub(super) rows: u32,
    /// Offset of the element that owns the rows.
    pub(super) owner: u32,
    /// What stands for the data set in the text.
    pub(super) home: (u32, u32),
    /// The populations before and after, or of the inputs; empty where not said.
    pub(super) sides: [String; 2],
    /// The components of each row; empty where there is none.
    pub(super) components: [String; 2],
}

/// What rows have to know about a population.
pub(super) struct Population {
    pub(super) component: String,
    /// Whether its cells have positions.
    pub(super) listed: bool,
}

/// A file without its rows.
pub(super) struct Outline {
    pub(super) text: String,
    pub(super) parts: Vec<Part>,
    pub(super) populations: FxHashMap<String, Population>,
    pub(super) faults: Vec<Fault>,
}

/// Attributes of `PyTables` and of the layouts themselves.
const HOUSEKEEPING: [&str; 10] = [
    "CLASS",
    "TITLE",
    "VERSION",
    "FILTERS",
    "EXTDIM",
    "FLAVOR",
    "PYTABLES_FORMAT_VERSION",
    "GENERATED_BY",
    "neuroml_top_level",
    "notes",
];

/// XML that the layouts have no place for, kept by `nml convert` in attributes of this name and the number of a
/// place: before the parts of an element, or after populations or projections.
const CHILDREN: &str = "nml_children_";

/// Attributes that come first, in this order.
const FIRST: [&str; 5] =
    ["id", "component", "presynapticPopulation", "postsynapticPopulation", "synapse"];

/// The rows that may be kept in memory for one network.
const MAX_ROWS: u64 = 1 << 30;

/// Reads everything but the rows.  All data sets together may take `allowance` bytes.
pub(super) fn outline(root: &Group, allowance: u64) -> Result<Outline, Hdf5Error> {
    let outline = Outline {
        text: String::new(),
        parts: vec![],
        populations: FxHashMap::default(),
        faults: vec![],
    };
    let mut writer = Writer { out: outline, allowance, rows: 0 };
    let mut neuroml = None;
    for group in root.groups()? {
        if group.name() == "neuroml" {
            neuroml = Some(group);
        } else {
            writer.unread((0, 0), &format!("the group `{}`", group.path()));
        }
    }
    let Some(neuroml) = neuroml else {
        writer.fault(
            (0, 0),
            "there is no group `/neuroml`: this is no NeuroML network".to_owned(),
            "take the NeuroML file (`*.net.nml.h5`); SONATA and other HDF5 files are not read here",
        );
        return Ok(writer.out);
    };
    let (before, after) = frame::frame(&neuroml);
    writer.out.text.push_str(&before);
    for table in neuroml.tables()? {
        writer.unread((0, 0), &format!("the data set `{}`", table.path()));
    }
    for group in neuroml.groups()? {
        if group.name().starts_with("network") {
            writer.network(&group)?;
        } else {
            writer.unread((0, 0), &format!("the group `{}`", group.path()));
        }
    }
    writer.out.text.push_str(&after);
    Ok(writer.out)
}

struct Writer {
    out: Outline,
    allowance: u64,
    rows: u64,
}

impl Writer {
    fn fault(&mut self, place: (u32, u32), message: String, help: &'static str) {
        self.out.faults.push(Fault { place, message, help, unread: false });
    }

    fn unread(&mut self, place: (u32, u32), what: &str) {
        let help = "remove it, or convert the file to XML with the program that wrote it";
        let message = format!("{what} is no part of the layout, and is not read");
        self.out.faults.push(Fault { place, message, help, unread: true });
    }

    fn here(&self) -> u32 {
        u32::try_from(self.out.text.len()).unwrap_or(u32::MAX)
    }

    fn network(&mut self, network: &Group) -> Result<(), Hdf5Error> {
        let temperature = network.attribute("temperature").is_some();
        let given = network.attribute("type").is_some();
        let kind = (temperature && !given).then_some(("type", "networkWithTemperature"));
        let start = self.here();
        self.open("network", network, 1, kind);
        self.out.text.push_str(">\n");
        let place = (start, self.here());
        self.out.text.push_str(&notes(network, "        "));
        for table in network.tables()? {
            self.unread(place, &format!("the data set `{}`", table.path()));
        }
        // In the order of the document grammar.
        let mut order: [Vec<(Group, RowKind)>; 5] = Default::default();
        for group in network.groups()? {
            let name = group.name();
            let projection = group.attribute("type").unwrap_or("projection");
            let (slot, kind) = if name.starts_with("population_") {
                (0, RowKind::Instances)
            } else if name.starts_with("inputList_") || name.starts_with("input_list_") {
                (4, RowKind::Inputs)
            } else if !name.starts_with("projection_") {
                self.unread(place, &format!("the group `{}`", group.path()));
                continue;
            } else if projection == "projection" {
                (1, RowKind::Chemical)
            } else if projection == "electricalProjection" {
                (2, RowKind::Electrical)
            } else if projection == "continuousProjection" {
                (3, RowKind::Continuous)
            } else {
                let message = format!("`{}` has the unknown type `{projection}`", group.path());
                let help =
                    "the types are `projection`, `electricalProjection` and `continuousProjection`";
                self.fault(place, message, help);
                continue;
            };
            order[slot].push((group, kind));
        }
        self.children(network, 0);
        for (slot, groups) in order.into_iter().enumerate() {
            for (group, kind) in groups {
                self.part(&group, kind)?;
            }
            match slot {
                0 => self.children(network, 1),
                3 => self.children(network, 2),
                _ => {}
            }
        }
        self.out.text.push_str("    </network>\n");
        Ok(())
    }

    /// Elements that stand in an attribute as XML.
    fn children(&mut self, group: &Group, place: usize) {
        if let Some(text) = group.attribute(&format!("{CHILDREN}{place}")) {
            self.out.text.push_str(text);
            self.out.text.push('\n');
        }
    }

    /// One population, projection or input list.
    fn part(&mut self, group: &Group, kind: RowKind) -> Result<(), Hdf5Error> {
        let mut tables = group.tables()?;
        let id = group.attribute("id").unwrap_or("").to_owned();
        let at = tables.iter().position(|t| t.name() == id).unwrap_or(0);
        let table = (!tables.is_empty()).then(|| tables.swap_remove(at));
        let listed = kind == RowKind::Instances && table.is_some();
        let list = listed && group.attribute("type").is_none();
        let owner = self.here() + 8;
        let name = match kind {
            RowKind::Instances => "population",
            RowKind::Chemical => "projection",
            RowKind::Electrical => "electricalProjection",
            RowKind::Continuous => "continuousProjection",
            RowKind::Inputs => "inputList",
        };
        self.open(name, group, 2, list.then_some(("type", "populationList")));
        self.out.text.push_str(">\n");
        let mut place = (owner, self.here());
        self.out.text.push_str(&notes(group, "            "));
        for (name, value) in group.attributes() {
            if let Some(tag) = name.strip_prefix("property:") {
                let (tag, value) = (escaped(tag), escaped(value));
                let line = format!("            <property tag=\"{tag}\" value=\"{value}\"/>\n");
                self.out.text.push_str(&line);
            }
        }
        self.children(group, 0);
        if let Some(table) = &table {
            self.out.text.push_str("            ");
            let start = self.here();
            let path = escaped(table.path()).replace("--", "- -");
            let rows = table.shape().first().copied().unwrap_or(0);
            let _ = write!(self.out.text, "<!-- {path}: {rows} rows -->");
            place = (start, self.here());
            self.out.text.push('\n');
        }
        let _ = writeln!(self.out.text, "        </{name}>");
        for other in tables {
            self.unread(place, &format!("the data set `{}`", other.path()));
        }
        for inner in group.groups()? {
            self.unread(place, &format!("the group `{}`", inner.path()));
        }
        let attribute = |name: &str| group.attribute(name).unwrap_or("").to_owned();
        if kind == RowKind::Instances {
            let population = Population { component: attribute("component"), listed };
            self.out.populations.insert(id, population);
        }
        let Some(table) = table else { return Ok(()) };
        let sides = match kind {
            RowKind::Inputs => [attribute("population"), String::new()],
            _ => [attribute("presynapticPopulation"), attribute("postsynapticPopulation")],
        };
        let needed: &[&str] = match kind {
            RowKind::Electrical => &["synapse"],
            RowKind::Continuous => &["preComponent", "postComponent"],
            _ => &[],
        };
        for name in needed.iter().filter(|name| group.attribute(name).is_none()) {
            let message = format!("the group `{}` has no attribute `{name}`", group.path());
            self.fault(
                place,
                message,
                "give the group the attribute, with the `id` of a component",
            );
        }
        let components = match kind {
            RowKind::Electrical => [attribute("synapse"), String::new()],
            RowKind::Continuous => [attribute("preComponent"), attribute("postComponent")],
            _ => Default::default(),
        };
        let Some((columns, rows)) = self.accept(&table, kind, place) else { return Ok(()) };
        let home = place;
        self.out.parts.push(Part { table, kind, columns, rows, owner, home, sides, components });
        Ok(())
    }

    /// Whether a data set is what it should be, and fits into memory.
    fn accept(
        &mut self,
        table: &Table,
        kind: RowKind,
        place: (u32, u32),
    ) -> Option<(Columns, u32)> {
        let path = table.path();
        if !table.is_numeric() {
            let message = format!("the data set `{path}` does not hold numbers");
            self.fault(place, message, "write it as a table of 32-bit or 64-bit numbers");
            return None;
        }
        let (columns, unread) = match Columns::of(table, kind) {
            Ok(found) => found,
            Err(why) => {
                let help =
                    "name the columns by the attributes `column_0`, `column_1`, … of the data set";
                self.fault(place, format!("the data set `{path}` {why}"), help);
                return None;
            }
        };
        for column in unread {
            self.unread(place, &format!("{column} of `{path}`"));
        }
        let rows = table.shape().first().copied().unwrap_or(0);
        let left = table.bytes().and_then(|bytes| self.allowance.checked_sub(bytes));
        self.rows = self.rows.saturating_add(rows);
        let (Some(left), true) = (left, self.rows < MAX_ROWS) else {
            let message = format!(
                "the data set `{path}` claims {rows} rows, more than a file of this size can hold"
            );
            self.fault(place, message, WRITE_AGAIN);
            return None;
        };
        self.allowance = left;
        Some((columns, u32::try_from(rows).ok()?))
    }

    /// Begins an element; attributes of the group become its own.
    fn open(&mut self, name: &str, group: &Group, depth: usize, more: Option<(&str, &str)>) {
        let start = self.here();
        let mut tag = format!("{}<{name}", "    ".repeat(depth));
        let mut odd = Vec::new();
        let mut add = |name: &str, value: &str| {
            let _ = write!(tag, " {name}=\"{}\"", escaped(value));
        };
        let in_rows = |attribute: &str| match name {
            "electricalProjection" => matches!(attribute, "type" | "synapse"),
            "continuousProjection" => {
                matches!(attribute, "type" | "preComponent" | "postComponent")
            }
            "projection" => attribute == "type",
            _ => false,
        };
        let known = FIRST.iter().filter_map(|&name| Some((name, group.attribute(name)?)));
        for (name, value) in known.filter(|(name, _)| !in_rows(name)) {
            add(name, value);
        }
        for (name, value) in group.attributes() {
            let name = name.as_str();
            let told = FIRST.contains(&name) || HOUSEKEEPING.contains(&name) || in_rows(name);
            if told || name.starts_with("property:") || name.starts_with(CHILDREN) {
                continue;
            }
            if is_name(name) {
                add(name, value);
            } else {
                odd.push(format!("the attribute `{name}` of `{}`", group.path()));
            }
        }
        if let Some((name, value)) = more {
            add(name, value);
        }
        self.out.text.push_str(&tag);
        let place = (start, self.here());
        for what in odd {
            self.unread(place, &what);
        }
    }
}

fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}
