//! What of an engine changes from step to step.

use nml_flat::KindId;
use nml_kernel::Entry;

use super::Engine;
use super::queue::{Due, Queue};
use crate::snapshot::{Keep, SnapshotError, State};

impl Keep for Engine<'_> {
    /// All columns; clocks are the scheme's business, everything else is fixed or scratch.
    fn keep(&mut self, state: &mut State<'_>) -> Result<(), SnapshotError> {
        state.same(self.memory.len(), "programs")?;
        for (program, columns) in self.programs.iter().zip(&mut self.memory) {
            state.columns(program, columns)?;
        }
        Ok(())
    }
}

impl Engine<'_> {
    /// Whether an entry can be run on an instance.
    fn has(&self, kind: KindId, entry: Entry, instance: u32) -> bool {
        if let Some(linked) = &self.linked {
            return linked.events.contains_key(&(kind, entry, instance));
        }
        let program = self.programs.get(kind.index());
        program.is_some_and(|p| (entry.0 as usize) < p.entries.len())
            && instance < self.flat.kind(kind).count()
    }

    /// The events on their way to instances.
    pub(crate) fn keep_queue(
        &self,
        queue: &mut Queue,
        state: &mut State<'_>,
    ) -> Result<(), SnapshotError> {
        let kinds = self.flat.kinds.len();
        let mut all = queue.all();
        let none = Due {
            time: 0.0,
            kind: KindId(0),
            instance: 0,
            entry: Entry(0),
            source: (KindId(0), 0, 0),
        };
        state.list(
            &mut all,
            || none,
            |state, due| {
                state.number(&mut due.time)?;
                state.index(&mut due.kind.0, kinds)?;
                state.index(&mut due.instance, usize::MAX)?;
                state.index(&mut due.entry.0, usize::MAX)?;
                state.index(&mut due.source.0.0, kinds)?;
                state.index(&mut due.source.1, usize::MAX)?;
                state.index(&mut due.source.2, usize::MAX)?;
                if self.has(due.kind, due.entry, due.instance) {
                    return Ok(());
                }
                Err(SnapshotError::Damaged("an event has no receiver".to_owned()))
            },
        )?;
        if state.restores() {
            *queue = Queue::default();
            for due in all {
                queue.push(due);
            }
        }
        Ok(())
    }
}
