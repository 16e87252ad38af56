//! The cells that rows of tables name, a population at a time.

use nml_model::table::{CellRef, CellRefForm, CellRefStyle, CellRefs, MISSING};
use rustc_hash::FxHashMap;

use crate::build::Place;
use crate::flat::{Flat, KindId, NodeId};

/// The cells of one column of a table.
#[derive(Debug)]
pub(crate) struct Cells<'t> {
    /// The element around the rows.
    place: Place,
    refs: &'t CellRefs,
    /// The population that the element names for the column.
    own: Option<&'t str>,
    /// What forms of reference lead to, by form.
    known: Vec<Option<Members>>,
}

impl<'t> Cells<'t> {
    pub(crate) fn new(place: Place, refs: &'t CellRefs, own: Option<&'t str>) -> Self {
        Self { place, refs, own, known: Vec::new() }
    }

    /// The cell of a row.
    pub(crate) fn get(&mut self, flat: &Flat, row: usize) -> Option<Place> {
        let cell = self.refs.get(row).filter(|cell| cell.index != MISSING)?;
        let form = self.refs.form_index(row);
        if self.known.len() <= form {
            self.known.resize_with(form + 1, || None);
        }
        let new = || Members::new(flat, self.place, cell.form, self.own);
        self.known[form].get_or_insert_with(new).get(flat, cell)
    }
}

/// The cells that references of a form lead to.
#[derive(Debug)]
pub(crate) enum Members {
    None,
    /// Instances of a kind next to one another, by their number.
    Counted {
        kind: KindId,
        first: u32,
        len: u32,
    },
    /// The same, by labels that do not count.
    Labelled {
        kind: KindId,
        by_label: FxHashMap<u32, u32>,
    },
    /// A population of any other make.
    Any(Place),
}

impl Members {
    fn new(flat: &Flat, place: Place, form: &CellRefForm, own: Option<&str>) -> Self {
        let name = match form.style {
            CellRefStyle::Index => own,
            CellRefStyle::Path | CellRefStyle::Bracket => Some(&*form.population),
            CellRefStyle::Malformed => None,
        };
        let population =
            flat.outer(place).zip(name).and_then(|(network, name)| flat.inner(network, name));
        let Some(population) = population else { return Self::None };
        let lists = &flat.kind(population.kind).node(population.node).lists;
        // What is built comes before what is written, such as properties of a population.
        let built = lists.iter().position(|list| !list.kinds.is_empty());
        let only = built.and_then(|at| match (&*lists[at].members, &*lists[at].kinds) {
            ([], [kind]) if population.kind == KindId(0) => Some((at, *kind)),
            _ => None,
        });
        let Some((list, kind)) = only else { return Self::Any(population) };
        let living = flat.kind(kind).living_in(population.node, list);
        let (first, len) = (living.start, living.end - living.start);
        let labels = flat.kind(kind).labels.as_deref();
        let labels = labels.and_then(|all| all.get(living.start as usize..living.end as usize));
        // Of a population without instances the number counts its cells.
        let by_label = form.style != CellRefStyle::Bracket;
        match labels.filter(|labels| by_label && !labels.iter().copied().eq(0..len)) {
            None => Self::Counted { kind, first, len },
            // A bare index is a label, or counts where there is no such label.
            Some(_) if form.style == CellRefStyle::Index => Self::Any(population),
            Some(labels) => {
                let mut by_label = FxHashMap::default();
                for (&label, instance) in labels.iter().zip(first..) {
                    by_label.entry(label).or_insert(instance);
                }
                Self::Labelled { kind, by_label }
            }
        }
    }

    /// The cell that a reference means.
    fn get(&self, flat: &Flat, cell: CellRef<'_>) -> Option<Place> {
        let index = cell.index;
        let here = |kind, instance| Some(Place { kind, node: NodeId::ROOT, instance });
        match self {
            Self::None => None,
            &Self::Counted { kind, first, len } => {
                if index < len {
                    here(kind, first + index)
                } else {
                    None
                }
            }
            Self::Labelled { kind, by_label } => here(*kind, *by_label.get(&index)?),
            &Self::Any(population) => {
                let counted = || flat.inner(population, &format!("[{index}]"));
                match cell.form.style {
                    CellRefStyle::Path if flat.has_labels(population) => {
                        flat.labelled(population, index)
                    }
                    CellRefStyle::Path | CellRefStyle::Bracket => counted(),
                    CellRefStyle::Index => flat.labelled(population, index).or_else(counted),
                    CellRefStyle::Malformed => None,
                }
            }
        }
    }
}
