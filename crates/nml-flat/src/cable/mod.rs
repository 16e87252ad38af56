//! Cells with shape: sections, compartments, and the membrane of each compartment.
//!
//! A *segment* is the frustum that NeuroML writes, a *section* an unbranched run of segments, a *compartment*
//! a stretch of a section whose membrane has one voltage.  [`Sections`] puts segments into sections with points
//! along them, [`Compartments`] cuts sections and says what each piece weighs electrically, [`Membrane`] puts
//! capacitance, channels and ions on the pieces.  [`Cable`] does all three.
//!
//! Geometry is in µm and µm², axial resistance in MΩ; everything on the membrane is in SI.

mod chain;
mod compartments;
mod cut;
mod density;
mod division;
mod locate;
mod membrane;
mod metric;
mod place;
mod points;
mod property;
mod sections;
mod species;

pub use compartments::{Compartments, Cover, NodeKind};
pub use density::{Amount, Density, DensityKind};
pub use division::Division;
pub use membrane::Membrane;
pub use place::Coverage;
pub use sections::{Attachment, Piece, PointRule, Section, SectionPoint, Sections};
pub use species::Species;

use nml_base::{Diagnostics, Span};
use nml_model::views::{Cell, Morphology};
use nml_model::{ComponentRef, Model};

use crate::rules;
use place::Places;

/// How a cell is cut.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct CableOptions {
    /// Where the points of sections lie.
    pub points: PointRule,
    /// How many compartments a section gets.
    pub division: Division,
    /// What a property covers whose segments are part of a section.
    pub coverage: Coverage,
}

/// A cell cut into compartments, with all that its membrane holds.
#[derive(Debug)]
pub struct Cable<'m> {
    /// The shape the cell was cut from.
    pub morphology: &'m Morphology,
    /// Unbranched runs of segments.
    pub sections: Sections,
    /// What they are cut into.
    pub compartments: Compartments,
    /// What is on the compartments.
    pub membrane: Membrane<'m>,
}

impl<'m> Cable<'m> {
    /// Whether the standard's own equations say what the cell does: it is one compartment, and no density follows
    /// the place, for which they have no current.
    pub(crate) fn is_plain(&self) -> bool {
        let by_place =
            [DensityKind::NonUniform, DensityKind::NonUniformNernst, DensityKind::NonUniformGhk];
        self.morphology.segments().len() < 2
            && self.compartments.n_compartments() < 2
            && !self.membrane.densities.iter().any(|density| by_place.contains(&density.kind))
    }

    /// Cuts a cell; `None`, and findings, where its shape or its membrane is incomplete or not understood.
    pub fn of(cell: Cell<'m>, options: &CableOptions, sink: &mut Diagnostics) -> Option<Self> {
        let span = cell.component().id_span();
        let shown = cell.component().shown();
        let mut told = Diagnostics::new();
        let Some(morphology) = cell.morphology() else {
            sink.push(rules::unusable(span, format!("{shown} has no morphology")));
            return None;
        };
        let Some(biophysics) = cell.biophysics() else {
            sink.push(rules::unusable(span, format!("{shown} has no biophysical properties")));
            return None;
        };
        let model = cell.component().model();
        let cut =
            Sections::new(model, morphology, options.points, &mut told).and_then(|sections| {
                let places = || Places::new(morphology, &sections, options.coverage);
                let electrics = property::Electrics::read(biophysics, places(), span, &mut told);
                let compartments =
                    Compartments::new(&sections, &electrics, options.division, span, &mut told)?;
                let membrane = membrane::read(
                    &membrane::Source { biophysics, morphology, sections: &sections },
                    places(),
                    &compartments,
                    &electrics,
                    &mut told,
                );
                Some(Self { morphology, sections, compartments, membrane })
            });
        let whole = !told.has_errors();
        sink.append(told);
        cut.filter(|_| whole)
    }

    /// The node of a place on a segment, by the segment's id; see [`Compartments::locate`].
    pub fn node_at(&self, segment_id: u32, fraction_along: f64) -> Option<u32> {
        let segment = self.morphology.index_of(segment_id)?;
        self.compartments.locate(&self.sections, segment, fraction_along)
    }
}

/// The place of an element in its file.
fn span_of(model: &Model, element: ComponentRef) -> Span {
    model.component(element).id_span()
}
