//! Blocks in which every quantity has a column.

use nml_expr::ExprId;
use nml_flat::{Formula, QuantityId};
use nml_kernel::{BlockBuilder, Column, ColumnRole, CompareOp, ProgramBuilder, Value};

use crate::engine::formula::Scope;
pub(crate) use crate::engine::formula::Untranslatable;
use crate::layout::{Layout, Place};

/// Columns through which random numbers come in: as many as one entry may draw, and how many it did.
///
/// A number is drawn only where its turn comes: the entry counts, and takes the number of its count.  So one
/// stream can serve all instances in the order in which they run, as the reference interpreter has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draws {
    pub(crate) columns: Vec<Column>,
    pub(crate) count: Option<Column>,
}

/// Builds one block.
pub(crate) struct Emitter<'a> {
    pub(crate) b: BlockBuilder,
    pub(crate) layout: &'a Layout,
    pub(crate) program: &'a mut ProgramBuilder,
    pub(crate) draws: &'a mut Draws,
    /// Sites of `random` in this block so far.
    pub(crate) sites: usize,
    /// Another time than that of the step.
    pub(crate) time: Option<Value>,
}

impl Emitter<'_> {
    /// The value at a place.
    pub(crate) fn load(&mut self, place: Place) -> Value {
        match place {
            Place::Constant(value) => self.b.constant(value),
            Place::Column(column) => self.b.load(column),
            Place::Time => self.time.unwrap_or_else(|| self.b.uniform(self.layout.t)),
        }
    }

    /// Stores where there is a column; constants stay what they are.
    pub(crate) fn store(&mut self, place: Place, value: Value) {
        if let Place::Column(column) = place {
            self.b.store(column, value);
        }
    }

    /// Stores where a mask holds.
    pub(crate) fn store_where(&mut self, mask: Option<Value>, place: Place, value: Value) {
        let value = match mask {
            None => value,
            Some(mask) => {
                let old = self.load(place);
                self.b.select(mask, value, old)
            }
        };
        self.store(place, value);
    }

    /// Both masks, where there are two.
    pub(crate) fn both(&mut self, a: Option<Value>, b: Value) -> Value {
        a.map_or(b, |a| self.b.and(a, b))
    }

    /// Adds 1 to a column where a mask holds.
    pub(crate) fn count(&mut self, column: Column, mask: Option<Value>) {
        let (old, one) = (self.b.load(column), self.b.constant(1.0));
        let new = self.b.add(old, one);
        self.store_where(mask, Place::Column(column), new);
    }

    /// A number drawn where a mask holds.
    fn draw(&mut self, mask: Option<Value>) -> Value {
        let program = &mut *self.program;
        let mut column = |name: &str, role| program.column(name, role);
        let count = *self.draws.count.get_or_insert_with(|| column("drawn", ColumnRole::Output));
        self.sites += 1;
        while self.draws.columns.len() < self.sites {
            self.draws.columns.push(column("draw", ColumnRole::Input));
        }
        let drawn = self.b.load(count);
        let mut value = self.b.load(self.draws.columns[0]);
        for (i, &column) in self.draws.columns.iter().enumerate().take(self.sites).skip(1) {
            let index = self.b.constant(i as f64);
            let own = self.b.compare(CompareOp::Eq, drawn, index);
            let next = self.b.load(column);
            value = self.b.select(own, next, value);
        }
        self.count(count, mask);
        value
    }

    /// The value of a formula; a mask for a condition.  `mask` says where it is evaluated, which matters to
    /// `random` only.
    pub(crate) fn formula(
        &mut self,
        formula: &Formula,
        mask: Option<Value>,
    ) -> Result<Value, Untranslatable> {
        crate::engine::formula::formula(self, formula, mask)
    }
}

impl Scope for Emitter<'_> {
    fn block(&mut self) -> &mut BlockBuilder {
        &mut self.b
    }

    fn time(&mut self) -> Value {
        self.load(Place::Time)
    }

    fn quantity(&mut self, quantity: QuantityId) -> Value {
        let place = self.layout.quantity(quantity);
        self.load(place)
    }

    fn random(&mut self, _: (&Formula, ExprId), mask: Option<Value>) -> Value {
        self.draw(mask)
    }
}
