//! A mechanism as a program: its columns and entries.

use nml_kernel::{Column, Entry, Program};

use super::sort::Sort;
use crate::emit::Draws;
use crate::layout::Layout;

/// A condition that is watched between steps.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    /// Left side minus right side: above 0 where the condition holds.
    pub(super) value: Column,
    /// What is done when it begins to hold.
    pub(super) handler: Entry,
    /// Whether an event is sent then, and only this condition watched from there on.
    pub(super) sends: bool,
}

/// A mechanism, compiled.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) program: Program,
    pub(super) layout: Layout,
    pub(super) draws: Draws,
    /// The membrane potential (mV), filled in before every entry.
    pub(super) v: Column,
    /// The potential on the other side of a junction (mV).
    pub(super) peer: Option<Column>,
    /// What a channel or point process computes: mA/cm² or nA.
    pub(super) current: Option<Column>,
    /// Of a channel: greatest conductance, reversal, conductance of now, current of now with jLEMS's sign.
    pub(super) gmax: Column,
    pub(super) reversal: Column,
    pub(super) gion: Column,
    pub(super) shown_current: Column,
    /// Concentrations (mM) and, of a pool, the ion's current (mA/cm²) and the area (µm²).
    pub(super) inside: Column,
    pub(super) outside: Column,
    pub(super) ion_current: Column,
    pub(super) area: Column,
    pub(super) shift: Column,
    pub(super) init: Entry,
    pub(super) start: Entry,
    /// The current phase.
    pub(super) breakpoint: Entry,
    /// The state phase, where there is one.
    pub(super) state: Option<Entry>,
    /// For Markov schemes: derived values alone.
    pub(super) rates: Option<Entry>,
    /// What an event from outside does.
    pub(super) receive: Option<Entry>,
    /// What is done at the start of the run, after the initial values; `None` where nothing waits for it.
    pub(super) first: Option<Entry>,
    /// The values of all watched conditions.
    pub(super) watched: Option<Entry>,
    pub(super) watches: Vec<Watch>,
}

/// What the exporter knows besides the component.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) sort: Sort,
    /// Whether it stands for a member of a population, whose parameters the script sets.
    pub(super) of_population: bool,
    /// Kelvin, as `celsius + 273.15` gives it.
    pub(super) temperature: f64,
}

// Which of the columns that every mechanism has.
pub(super) const GMAX: usize = 0;
pub(super) const REVERSAL: usize = 1;
pub(super) const GION: usize = 2;
pub(super) const SHOWN: usize = 3;
pub(super) const INSIDE: usize = 4;
pub(super) const OUTSIDE: usize = 5;
pub(super) const ION_CURRENT: usize = 6;
pub(super) const AREA: usize = 7;
pub(super) const SHIFT: usize = 8;
