//! Cells with sections.

use nml_base::Span;
use nml_codegen::Namer;
use nml_codegen::number::moved;
use nml_codegen_nmodl::{OnMembrane, Problem, Supplied};
use nml_flat::Shape;
use nml_flat::cable::{Attachment, SectionPoint};
use rustc_hash::FxHashMap;

use crate::json::{Json, int, object, same_numbers, text};

/// A cell with sections, to be written.
pub(crate) struct Shaped<'a> {
    pub(crate) shape: &'a Shape,
    pub(crate) parts: &'a [OnMembrane],
    pub(crate) span: Span,
    /// Where events come from, section and place, and at which potential in mV.
    pub(crate) source: (u32, f64),
    pub(crate) threshold_mv: f64,
    /// Of a cell of one compartment: its area by its own equations.
    pub(crate) area_um2: Option<f64>,
}

/// The names of a shape's sections.
pub(crate) fn section_names(shape: &Shape) -> Vec<String> {
    let mut names = Namer::new([]);
    shape.sections.all().iter().map(|section| names.give(&section.name)).collect()
}

impl Shaped<'_> {
    /// The rule of the cell; problems where NetPyNE cannot hold it.
    pub(crate) fn rule(&self, problems: &mut Vec<Problem>) -> Json {
        let sections = self.shape.sections.all();
        let names = section_names(self.shape);
        let mut all = Vec::new();
        for (at, section) in sections.iter().enumerate() {
            let (_, count) = self.shape.compartments.run(index(at));
            let nodes = self.nodes(at);
            let name = &section.name;
            let mut one = |values: &[f64], power, what: &str| {
                if values.iter().any(|x| *x != values[0]) {
                    let what = format!("{what} that differs within the section `{name}`");
                    problems.push(Problem { span: self.span, what });
                }
                Json::Number(moved(values.first().copied().unwrap_or(0.0), power))
            };
            // F/m² are 100 µF/cm², Ω·m are 100 Ω·cm.
            let cm = one(&self.shape.c_m_f_per_m2[nodes.clone()], 2, "a capacitance");
            let ra = one(&self.shape.r_a_ohm_m[nodes.clone()], 2, "an axial resistivity");
            let start = one(&self.shape.v_init_v[nodes], 3, "a potential at the start");
            let point = |p: &SectionPoint| {
                let [x, y, z] = p.position_um;
                Json::List([x, y, z, p.diameter_um].map(Json::Number).to_vec())
            };
            let points = self.shape.sections.points(section);
            let mut geom = vec![("nseg", int(count)), ("Ra", ra), ("cm", cm)];
            match (self.area_um2, points.first()) {
                // The simulator keeps points in 32 bits, lengths and diameters in 64.
                (Some(area), Some(first)) => {
                    let length = area / (std::f64::consts::PI * first.diameter_um);
                    geom.push(("L", Json::Number(length)));
                    geom.push(("diam", Json::Number(first.diameter_um)));
                }
                _ => geom.push(("pt3d", Json::List(points.iter().map(point).collect()))),
            }
            let geom = geom.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            let geom = Json::Object(geom);
            let mut pairs = vec![("geom".to_owned(), geom)];
            if let Attachment::Section { parent, at } = section.attachment {
                let topol = object([
                    ("parentSec", text(names[parent as usize].clone())),
                    ("parentX", Json::Number(at)),
                    ("childX", Json::Number(0.0)),
                ]);
                pairs.push(("topol".to_owned(), topol));
            }
            pairs.push(("mechs".to_owned(), Json::Object(self.mechanisms(at, problems))));
            pairs.push(("vinit".to_owned(), start));
            if self.source.0 == index(at) {
                pairs.push(("spikeGenLoc".to_owned(), Json::Number(self.source.1)));
                pairs.push(("threshold".to_owned(), Json::Number(self.threshold_mv)));
            }
            all.push((names[at].clone(), Json::Object(pairs)));
        }
        object([("secs", Json::Object(all))])
    }

    /// The nodes of a section's compartments.
    fn nodes(&self, section: usize) -> std::ops::Range<usize> {
        let (first, count) = self.shape.compartments.run(index(section));
        first as usize..(first + count) as usize
    }

    /// What covers the membrane of a section.
    fn mechanisms(&self, section: usize, problems: &mut Vec<Problem>) -> Vec<(String, Json)> {
        let own = self.nodes(section);
        let mut all = Vec::new();
        for part in self.parts {
            if part.pool {
                let nodes = self.shape.species(part.component).unwrap_or_default();
                let count = nodes.iter().filter(|node| own.contains(&(**node as usize))).count();
                if count == own.len() {
                    all.push((part.name.clone(), Json::Object(Vec::new())));
                } else if count > 0 {
                    let name = &self.shape.sections.all()[section].name;
                    let what = format!("a species in a part of the section `{name}`");
                    problems.push(Problem { span: self.span, what });
                }
                continue;
            }
            let density = part.built.supplied.iter().find_map(|(name, what, power)| match what {
                Supplied::Density(_) => Some((name.clone(), *power)),
                _ => None,
            });
            let values = self.shape.density(part.component).unwrap_or_default();
            let by_node: FxHashMap<u32, f64> = values.iter().copied().collect();
            let value = |node: usize| by_node.get(&index(node)).copied();
            if own.clone().all(|node| value(node).is_none()) {
                continue;
            }
            // A density that the current does not follow is in the mechanism as it is.
            let parameters = density.map(|(name, power)| {
                let all = own.clone().map(|node| moved(value(node).unwrap_or(0.0), -power));
                (name, same_numbers(all))
            });
            all.push((part.name.clone(), Json::Object(parameters.into_iter().collect())));
        }
        all
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
