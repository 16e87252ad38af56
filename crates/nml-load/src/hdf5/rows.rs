//! Rows of data sets into tables.

use nml_base::{Diagnostic, FileId};
use nml_hdf5::{Hdf5Error, decimal};
use nml_model::table::{
    CellRefForm, CellRefStyle, CellRefs, ConnectionKind, ConnectionRow, ConnectionTable, InputRow,
    InputTable, InstanceTable, MISSING, RowSpans, Table,
};
use rustc_hash::FxHashMap;

use super::columns::{
    DELAY, FRACTION, ID, Meaning, NAMES, POST_CELL, POST_FRACTION, POST_SEGMENT, PRE_CELL,
    PRE_FRACTION, PRE_SEGMENT, RowKind, SEGMENT, TARGET, WEIGHT, X,
};
use super::skeleton::{Part, Population};
use crate::rules;

/// How many findings about one column are told one by one.
const TOLD: u32 = 20;

/// The first whole number that a 32-bit float cannot tell from the next.
const SINGLE_LIMIT: f64 = 16_777_216.0;

/// Fills the table of a part.
pub(super) fn table(
    part: &Part,
    populations: &FxHashMap<String, Population>,
    spans: RowSpans,
    file: FileId,
    found: &mut Vec<Diagnostic>,
) -> Result<Table, Hdf5Error> {
    let single = part.table.is_single();
    let mut reader = Reader {
        part,
        single,
        row: 0,
        faults: Faults { spans: &spans, file, folded: [(0, 0); NAMES.len()], found: vec![] },
        last: (0.0, 0.0),
    };
    let mut table = match part.kind {
        RowKind::Instances => Table::Instances(reader.instances()?),
        RowKind::Inputs => Table::Inputs(Box::new(reader.inputs(populations)?)),
        RowKind::Chemical | RowKind::Electrical | RowKind::Continuous => {
            Table::Connections(Box::new(reader.connections(populations)?))
        }
    };
    found.append(&mut reader.faults.finish());
    match &mut table {
        Table::Instances(table) => table.spans = spans,
        Table::Connections(table) => table.spans = spans,
        Table::Inputs(table) => table.spans = spans,
    }
    Ok(table)
}

/// Findings about rows, folded by column.
struct Faults<'a> {
    spans: &'a RowSpans,
    file: FileId,
    /// By column: how many there are, and where the last one told is.
    folded: [(u32, usize); NAMES.len()],
    found: Vec<Diagnostic>,
}

impl Faults<'_> {
    fn push(&mut self, row: usize, column: Meaning, message: impl FnOnce() -> String, help: &str) {
        let (count, last) = &mut self.folded[column];
        *count = count.saturating_add(1);
        if *count <= TOLD {
            *last = self.found.len();
            let span = self.spans.get(row, self.file);
            self.found.push(rules::bad_hdf5_row(span, message(), help));
        } else if let Some(last) = self.found.get_mut(*last) {
            last.repeats = last.repeats.saturating_add(1);
        }
    }

    fn finish(self) -> Vec<Diagnostic> {
        self.found
    }
}

struct Reader<'a> {
    part: &'a Part,
    single: bool,
    row: usize,
    faults: Faults<'a>,
    /// A number as stored and as meant: neighbours are mostly equal.
    last: (f64, f64),
}

impl Reader<'_> {
    fn each(&mut self, mut take: impl FnMut(&mut Self, &[f64])) -> Result<(), Hdf5Error> {
        let (part, width) = (self.part, self.part.columns.width);
        part.table.blocks(|_, values| {
            for row in values.chunks_exact(width.max(1)) {
                take(self, row);
                self.row += 1;
            }
        })
    }

    /// A column of whole numbers; `default` where it is absent, [`MISSING`] where the value is none.
    fn whole(&mut self, row: &[f64], column: Meaning, default: u32, help: &str) -> u32 {
        let Some(x) = self.part.columns.get(row, column) else { return default };
        // The range of indices, the two highest of which mean something else.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what does not fit comes back as another number"
        )]
        let whole = x as u32;
        if f64::from(whole) == x && whole < MISSING - 1 {
            return whole;
        }
        let name = NAMES[column];
        self.faults.push(
            self.row,
            column,
            || format!("`{name}` is {x}, no whole number from 0 on"),
            help,
        );
        MISSING
    }

    fn cell(&mut self, row: &[f64], column: Meaning, form: u16, bad: u16) -> (u16, u32) {
        let index =
            self.whole(row, column, MISSING, "write the number of a cell of the population");
        if self.single && f64::from(index) >= SINGLE_LIMIT && index != MISSING {
            let name = NAMES[column];
            let message = || {
                format!("`{name}` is {index}, which a 32-bit float cannot tell from its neighbours")
            };
            self.faults.push(self.row, column, message, "write the data set with 64-bit numbers");
        }
        (if index == MISSING { bad } else { form }, index)
    }

    /// The number of a row; its place where the file does not number it.
    fn id(&mut self, row: &[f64]) -> u32 {
        let place = u32::try_from(self.row).unwrap_or(MISSING);
        // Numbers that are no longer exact repeat.
        if self.single && f64::from(place) >= SINGLE_LIMIT {
            return place;
        }
        self.whole(row, ID, place, "number the rows from 0")
    }

    /// The number that a stored one stands for.
    fn meant(&mut self, x: f64) -> f64 {
        if !self.single {
            return x;
        }
        if x.to_bits() != self.last.0.to_bits() {
            self.last = (x, decimal(x));
        }
        self.last.1
    }

    fn fraction(&mut self, row: &[f64], column: Meaning) -> f64 {
        let Some(x) = self.part.columns.get(row, column) else { return 0.5 };
        if (0.0..=1.0).contains(&x) {
            return self.meant(x);
        }
        let name = NAMES[column];
        let help = "0 is the beginning of the segment, 1 its end";
        self.faults.push(self.row, column, || format!("`{name}` is {x}"), help);
        f64::NAN
    }

    fn weight(&mut self, row: &[f64]) -> f64 {
        let Some(x) = self.part.columns.get(row, WEIGHT) else { return 1.0 };
        if x.is_finite() {
            return self.meant(x);
        }
        let help = "write a number, 1 to leave the synapse as it is";
        self.faults.push(self.row, WEIGHT, || format!("`weight` is {x}"), help);
        f64::NAN
    }

    fn delay_s(&mut self, row: &[f64]) -> f64 {
        let Some(x) = self.part.columns.get(row, DELAY) else { return 0.0 };
        if x.is_finite() && x >= 0.0 {
            return self.meant(x) / 1000.0;
        }
        let help = "write a delay in ms, 0 or more";
        self.faults.push(self.row, DELAY, || format!("`delay` is {x}"), help);
        f64::NAN
    }

    fn segment(&mut self, row: &[f64], column: Meaning) -> u32 {
        self.whole(row, column, 0, "write the `id` of a segment, 0 for a cell without a shape")
    }

    fn instances(&mut self) -> Result<InstanceTable, Hdf5Error> {
        let mut table = InstanceTable::default();
        self.each(|reader, row| {
            let id = reader.id(row);
            let mut position = [0.0; 3];
            for (axis, out) in position.iter_mut().enumerate() {
                let column = X + axis;
                let x = reader.part.columns.get(row, column).unwrap_or(f64::NAN);
                if !x.is_finite() {
                    let help = "write the position in µm";
                    let name = NAMES[column];
                    reader.faults.push(reader.row, column, || format!("`{name}` is {x}"), help);
                }
                *out = reader.meant(x);
            }
            table.id.push(id);
            table.position_um.push(position);
        })?;
        Ok(table)
    }

    fn inputs(&mut self, populations: &Populations) -> Result<InputTable, Hdf5Error> {
        let mut table = InputTable::default();
        let form = table.target.form(&form(populations, &self.part.sides[0], false));
        let bad = bad_form(&mut table.target);
        let destination = table.intern("synapses");
        let weighted = self.part.columns.has(WEIGHT);
        self.each(|reader, row| {
            let row = InputRow {
                weighted,
                id: reader.id(row),
                target: reader.cell(row, TARGET, form, bad),
                segment: reader.segment(row, SEGMENT),
                fraction: reader.fraction(row, FRACTION),
                weight: reader.weight(row),
                destination,
            };
            table.push(&row);
        })?;
        Ok(table)
    }

    fn connections(&mut self, populations: &Populations) -> Result<ConnectionTable, Hdf5Error> {
        let mut table = ConnectionTable::default();
        let part = self.part;
        let listed = part.sides.iter().any(|id| populations.get(id).is_some_and(|p| p.listed));
        let weighted = part.columns.has(WEIGHT);
        let kind = match (part.kind, listed, weighted) {
            (RowKind::Electrical, _, true) => ConnectionKind::ElectricalInstanceW,
            (RowKind::Electrical, true, false) => ConnectionKind::ElectricalInstance,
            (RowKind::Electrical, false, false) => ConnectionKind::Electrical,
            (RowKind::Continuous, _, true) => ConnectionKind::ContinuousInstanceW,
            (RowKind::Continuous, true, false) => ConnectionKind::ContinuousInstance,
            (RowKind::Continuous, false, false) => ConnectionKind::Continuous,
            _ if weighted || part.columns.has(DELAY) => ConnectionKind::ConnectionWD,
            _ => ConnectionKind::Connection,
        };
        let bare = matches!(kind, ConnectionKind::Electrical | ConnectionKind::Continuous);
        let pre_form = table.pre_cell.form(&form(populations, &part.sides[0], bare));
        let post_form = table.post_cell.form(&form(populations, &part.sides[1], bare));
        let bad = (bad_form(&mut table.pre_cell), bad_form(&mut table.post_cell));
        let mut component = |name: &str| if name.is_empty() { 0 } else { table.intern(name) };
        let (pre, post) = (component(&part.components[0]), component(&part.components[1]));
        let has = |column| part.columns.has(column);
        let numbered = has(ID);
        let (pre_at, post_at) = (has(PRE_SEGMENT), has(POST_SEGMENT));
        let (pre_along, post_along) = (has(PRE_FRACTION), has(POST_FRACTION));
        let delayed = has(DELAY);
        self.each(|reader, row| {
            if numbered {
                table.id.push(reader.id(row));
            }
            let cell = reader.cell(row, PRE_CELL, pre_form, bad.0);
            table.pre_cell.push_index(cell.0, cell.1);
            let cell = reader.cell(row, POST_CELL, post_form, bad.1);
            table.post_cell.push_index(cell.0, cell.1);
            if pre_at {
                table.pre_segment.push(reader.segment(row, PRE_SEGMENT));
            }
            if post_at {
                table.post_segment.push(reader.segment(row, POST_SEGMENT));
            }
            if pre_along {
                table.pre_fraction.push(reader.fraction(row, PRE_FRACTION));
            }
            if post_along {
                table.post_fraction.push(reader.fraction(row, POST_FRACTION));
            }
            if weighted {
                table.weight.push(reader.weight(row));
            }
            if delayed {
                table.delay_s.push(reader.delay_s(row));
            }
        })?;
        table.complete(&ConnectionRow {
            kind,
            pre_component: pre,
            post_component: post,
            ..ConnectionRow::default()
        });
        Ok(table)
    }
}

type Populations = FxHashMap<String, Population>;

/// How XML would name the cells of a population.
fn form(populations: &Populations, id: &str, bare: bool) -> CellRefForm {
    let listed = populations.get(id).filter(|p| p.listed);
    let style = match (bare, listed) {
        (true, _) => CellRefStyle::Index,
        (false, Some(_)) => CellRefStyle::Path,
        (false, None) => CellRefStyle::Bracket,
    };
    CellRefForm {
        style,
        relative: !bare,
        population: if bare { "".into() } else { id.into() },
        component: listed.filter(|_| !bare).map(|p| p.component.as_str().into()),
    }
}

fn bad_form(refs: &mut CellRefs) -> u16 {
    let style = CellRefStyle::Malformed;
    refs.form(&CellRefForm { style, relative: false, population: "".into(), component: None })
}
