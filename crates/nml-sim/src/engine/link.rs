//! Small models as one program.
//!
//! The stages of a list become one straight-line block per list, in which every instance has columns of its own:
//! gathers and sums between kinds become values, and what is computed twice is computed once.  A step of a model of
//! a few cells is then one run of one tape.

use nml_flat::{Flat, KindId, Reduce};
use nml_kernel::{
    Block, BlockBuilder, Column, ColumnRole, Columns, Entry, Op, Program, ProgramBuilder, Value,
};
use rustc_hash::FxHashMap;

use super::cable::Cable;
use super::markov::Markov;
use super::prune::prune;
use super::shape::Clock;
use super::stage::{Source, Stage};

/// The only kind of a linked model.
pub(super) const WHOLE: KindId = KindId(0);

/// A linked model.
#[derive(Debug)]
pub(super) struct Linked {
    pub(super) program: Program,
    /// Column values at the beginning.
    pub(super) columns: Columns,
    /// Where the columns of instances went.
    pub(super) places: FxHashMap<(KindId, Column, u32), Column>,
    /// Where events' entries went.
    pub(super) events: FxHashMap<(KindId, Entry, u32), Entry>,
    /// The columns of the clocks.
    pub(super) clocks: Vec<Column>,
    /// For each list a column that is above 0 if any of the `counted` columns is.
    pub(super) any: Column,
}

/// Links programs; lists are rewritten in place.
pub(super) struct Linker<'a> {
    flat: &'a Flat,
    programs: &'a [Program],
    memory: &'a [Columns],
    builder: ProgramBuilder,
    places: FxHashMap<(KindId, Column, u32), Column>,
    clocks: Vec<Column>,
    values: Vec<f64>,
    kept: Vec<Column>,
    /// The length of a step.
    step: f64,
}

impl<'a> Linker<'a> {
    pub(super) fn new(
        flat: &'a Flat,
        programs: &'a [Program],
        memory: &'a [Columns],
        step: f64,
    ) -> Self {
        let mut builder = ProgramBuilder::new();
        builder.uniform(Clock::Dt.name());
        let clocks: Vec<Column> = Clock::ALL
            .iter()
            .map(|clock| builder.column(clock.name(), ColumnRole::Input))
            .collect();
        let values = vec![0.0; clocks.len()];
        let places = FxHashMap::default();
        Self { flat, programs, memory, builder, places, clocks, values, kept: Vec::new(), step }
    }

    /// Links lists of stages, events, and what is kept for readers.
    pub(super) fn link(
        mut self,
        lists: &mut [&mut Vec<Stage>],
        events: &[(KindId, Entry)],
        read: &[(KindId, Column, u32)],
        counted: &[(KindId, Column)],
    ) -> Linked {
        let any = self.column_named("any sent", 0.0);
        self.kept.push(any);
        for &(kind, column, instance) in read {
            let place = self.place(kind, column, instance);
            self.kept.push(place);
        }
        for list in lists.iter_mut() {
            let stages = std::mem::take(*list);
            **list = self.list(&stages, counted, any);
        }
        let mut entries = FxHashMap::default();
        for &(kind, entry) in events {
            for instance in 0..self.flat.kind(kind).count() {
                let mut b = BlockBuilder::new("event");
                self.inline(&mut b, kind, entry, instance);
                entries.insert((kind, entry, instance), self.builder.add(b.finish()));
            }
        }
        for &(kind, column) in counted {
            for instance in 0..self.flat.kind(kind).count() {
                let place = self.place(kind, column, instance);
                self.kept.push(place);
            }
        }
        let Self { builder, places, clocks, values, kept, .. } = self;
        let mut program = builder.finish();
        prune(&mut program, &kept);
        let mut columns = Columns::new(&program, 1);
        for (at, value) in values.into_iter().enumerate() {
            columns.fill(Column(u32::try_from(at).unwrap_or(u32::MAX)), value);
        }
        Linked { program, columns, places, events: entries, clocks, any }
    }

    fn list(&mut self, stages: &[Stage], counted: &[(KindId, Column)], any: Column) -> Vec<Stage> {
        let mut linked = Vec::new();
        let mut b = BlockBuilder::new("linked");
        for stage in stages {
            match stage {
                Stage::Gather { kind, column, from, instances } => {
                    for (instance, &other) in (0..).zip(instances) {
                        let value = self.load(&mut b, *from, other);
                        b.store(self.place(*kind, *column, instance), value);
                    }
                }
                Stage::Reduce { kind, column, op, members } => {
                    self.reduce(&mut b, (*kind, *column), *op, members);
                }
                Stage::Run { kind, entry } => {
                    for instance in 0..self.flat.kind(*kind).count() {
                        self.inline(&mut b, *kind, *entry, instance);
                    }
                }
                Stage::Cable(cable) => self.cable(&mut b, cable),
                // Cells are made later.
                Stage::Cells(_) => {}
                Stage::Markov(markov) => {
                    let block = std::mem::take(&mut b).finish();
                    self.cut(block, &mut linked);
                    for instance in 0..self.flat.kind(markov.kind).count() {
                        linked.push(Stage::Markov(self.markov(markov, instance)));
                    }
                }
            }
        }
        let mut total = None;
        for &(kind, column) in counted {
            for instance in 0..self.flat.kind(kind).count() {
                let sent = b.load(self.place(kind, column, instance));
                total = Some(total.map_or(sent, |total| b.add(total, sent)));
            }
        }
        if let Some(total) = total {
            b.store(any, total);
        }
        self.cut(b.finish(), &mut linked);
        linked
    }

    fn cut(&mut self, block: Block, linked: &mut Vec<Stage>) {
        if !block.stores.is_empty() {
            let entry = self.builder.add(block);
            linked.push(Stage::Run { kind: WHOLE, entry });
        }
    }

    fn column_named(&mut self, name: &str, value: f64) -> Column {
        self.values.push(value);
        self.builder.column(name, ColumnRole::State)
    }

    /// The column of an instance; those of all instances stand side by side, with one name.
    fn place(&mut self, kind: KindId, column: Column, instance: u32) -> Column {
        if let Some(&place) = self.places.get(&(kind, column, instance)) {
            return place;
        }
        let (programs, memory) = (self.programs, self.memory);
        let name = &programs[kind.index()].columns[column.0 as usize].name;
        for (at, value) in (0..).zip(memory[kind.index()].get(column)) {
            let place = self.column_named(name, *value);
            self.places.insert((kind, column, at), place);
        }
        self.places[&(kind, column, instance)]
    }

    fn load(&mut self, b: &mut BlockBuilder, from: (KindId, Source), instance: u32) -> Value {
        match from.1 {
            Source::Constant(value) => b.constant(value),
            Source::Column(column) => self.read(b, from.0, column, instance),
            Source::Clock(clock) => b.load(self.clocks[clock]),
        }
    }

    /// A number of an instance; parameters are constants.
    fn read(&mut self, b: &mut BlockBuilder, kind: KindId, column: Column, at: u32) -> Value {
        let info = &self.programs[kind.index()].columns[column.0 as usize];
        if info.role == ColumnRole::Parameter {
            return b.constant(self.memory[kind.index()].get(column)[at as usize]);
        }
        let place = self.place(kind, column, at);
        b.load(place)
    }

    fn reduce(
        &mut self,
        b: &mut BlockBuilder,
        (kind, column): (KindId, Column),
        op: Reduce,
        members: &[(KindId, Source)],
    ) {
        let start = match op {
            Reduce::Add => 0.0,
            Reduce::Multiply => 1.0,
        };
        let mut totals: Vec<Option<Value>> = vec![None; self.flat.kind(kind).parents.len()];
        for &(member, source) in members {
            let flat = self.flat;
            for (&home, instance) in flat.kind(member).parents.iter().zip(0..) {
                let value = self.load(b, (member, source), instance);
                let total = &mut totals[home as usize];
                *total = Some(match (*total, op) {
                    (None, _) => value,
                    (Some(total), Reduce::Add) => b.add(total, value),
                    (Some(total), Reduce::Multiply) => b.mul(total, value),
                });
            }
        }
        for (total, instance) in totals.into_iter().zip(0..) {
            let total = total.unwrap_or_else(|| b.constant(start));
            b.store(self.place(kind, column, instance), total);
        }
    }

    /// Adds the operations of an entry for one instance.
    fn inline(&mut self, b: &mut BlockBuilder, kind: KindId, entry: Entry, instance: u32) {
        let block = self.programs[kind.index()].block(entry);
        let mut new: Vec<Value> = Vec::with_capacity(block.ops.len());
        for op in &block.ops {
            let value = match op {
                Op::Load(column) => self.read(b, kind, *column, instance),
                Op::Uniform(clock) if *clock != Clock::Dt.uniform() => {
                    b.load(self.clocks[clock.0 as usize])
                }
                op => b.push(op.map_operands(|v| new[v.0 as usize])),
            };
            new.push(value);
        }
        for store in &block.stores {
            b.store(self.place(kind, store.column, instance), new[store.value.0 as usize]);
        }
    }

    /// Adds the operations that move the potentials of cells of several compartments.
    fn cable(&mut self, b: &mut BlockBuilder, cable: &Cable) {
        let system = cable.system(self.step);
        for cell in 0..cable.cells() {
            let read = |b: &mut BlockBuilder, kind, column, at| self.read(b, kind, column, at);
            for (kind, column, at, v) in cable.unroll(cell, &system, b, read) {
                b.store(self.place(kind, column, at), v);
            }
        }
    }

    fn markov(&mut self, of: &Markov, instance: u32) -> Markov {
        let mut column = |column: Column| {
            let place = self.place(of.kind, column, instance);
            self.kept.push(place);
            place
        };
        let from = of.from.iter().map(|c| column(*c)).collect();
        let to = of.to.iter().map(|c| column(*c)).collect();
        let mut source = |source| match source {
            Source::Column(c) => Source::Column(column(c)),
            other => other,
        };
        let edges = of.edges.iter().map(|&(a, b, f, r)| (a, b, source(f), source(r))).collect();
        Markov { kind: WHOLE, path: of.path.clone(), from, to, edges, what: of.what }
    }
}
