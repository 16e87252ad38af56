//! Cells in compartments for those who put equations on them in their own way.

use std::sync::Arc;

use nml_model::views::Cell;
use nml_model::{Component, ComponentRef};
use rustc_hash::FxHashMap;

use crate::Shapes;
use crate::build::Flattener;
use crate::cable::{Cable, Compartments, Sections};

/// A cell in compartments, see [`Cable`]; columns have one entry per node, in SI.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its unbranched runs of segments.
    pub sections: Sections,
    /// What they are cut into.
    pub compartments: Compartments,
    /// Specific capacitance, F/m².
    pub c_m_f_per_m2: Vec<f64>,
    /// Axial resistivity, Ω·m.
    pub r_a_ohm_m: Vec<f64>,
    /// Potential at the start, V.
    pub v_init_v: Vec<f64>,
    by_id: FxHashMap<u32, usize>,
    densities: FxHashMap<ComponentRef, Vec<(u32, f64)>>,
    species: FxHashMap<ComponentRef, Vec<u32>>,
}

impl Shape {
    /// The index of a segment, by its id.
    pub fn segment(&self, id: u32) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// The nodes that a density of the cell is on, and how much of it; see [`crate::cable::Density::values`].
    pub fn density(&self, component: ComponentRef) -> Option<&[(u32, f64)]> {
        self.densities.get(&component).map(Vec::as_slice)
    }

    /// The nodes that a species of the cell is on.
    pub fn species(&self, component: ComponentRef) -> Option<&[u32]> {
        self.species.get(&component).map(Vec::as_slice)
    }
}

impl From<Cable<'_>> for Shape {
    fn from(cable: Cable<'_>) -> Self {
        let membrane = cable.membrane;
        let ids = cable.morphology.segments().iter().enumerate();
        let densities = membrane.densities.into_iter();
        let species = membrane.species.into_iter();
        Self {
            by_id: ids.map(|(index, segment)| (segment.id, index)).collect(),
            sections: cable.sections,
            compartments: cable.compartments,
            c_m_f_per_m2: membrane.c_m_f_per_m2,
            r_a_ohm_m: membrane.r_a_ohm_m,
            v_init_v: membrane.v_init_v,
            densities: densities.map(|d| (d.component.handle(), d.values)).collect(),
            species: species.map(|s| (s.component.handle(), s.nodes)).collect(),
        }
    }
}

impl<'m> Flattener<'m> {
    /// The shape of a cell where shapes are kept; `None`, and findings, where it cannot be cut.
    pub(crate) fn shape(&mut self, cell: Component<'m>) -> Option<Arc<Shape>> {
        let Shapes::Keep(options) = self.options.shapes else { return None };
        if let Some(known) = self.shapes.get(&cell.handle()) {
            return known.clone();
        }
        let view = self.model.cells().find(|view| view.component() == cell);
        let cable = view.filter(|view| view.morphology().is_some());
        let cable = cable.and_then(|view: Cell<'m>| Cable::of(view, &options, &mut self.sink));
        if let Some(cable) = cable.as_ref().filter(|_| self.options.varied) {
            self.take_for_uniform(cable);
        }
        let shape = cable.map(|cable| Arc::new(Shape::from(cable)));
        self.shapes.insert(cell.handle(), shape.clone());
        shape
    }
}
