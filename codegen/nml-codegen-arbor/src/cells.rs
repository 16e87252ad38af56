//! Cells as components of Arbor's format for cable cells.

use nml_base::{Span, format_f64};
use nml_codegen::number::moved;
use nml_codegen::{Job, Namer};
use nml_codegen_nmodl::{OnMembrane, Plan, Problem, Supplied, Thing};
use nml_flat::{KindId, Shape};
use rustc_hash::FxHashMap;

use crate::acc::Acc;
use crate::dialect::legal;
use crate::tree::{Branch, Segment, branches};

/// A side of the cylinder that stands for a cell without sections, in µm.
const SIDE_UM: f64 = 10.0;
/// Its resistivity in Ω·cm, which nothing depends on.
const ANY_RESISTIVITY: f64 = 100.0;
/// Its only section.
const ONLY: &str = "soma";

/// The files of cells, and how their sections are called.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// Names without ending, and texts.
    pub(crate) files: Vec<(String, String)>,
    /// By kind: an index into the files, and the sections.
    known: FxHashMap<KindId, (usize, Vec<String>)>,
}

/// Writes all cells; problems where Arbor cannot hold one.
pub(crate) fn cells(plan: &Plan<'_>, job: &Job<'_>, problems: &mut Vec<Problem>) -> Cells {
    let mut made = Cells::default();
    let mut namer = Namer::new([]);
    for (id, thing) in plan.kinds() {
        let kind = plan.world.flat.kind(id);
        let component = job.model.component(kind.component);
        let (span, name) = (component.id_span(), component.id().unwrap_or(&kind.name));
        let written = match thing {
            Thing::Shaped(parts) => {
                kind.shape.as_deref().map(|shape| Cell { shape, parts, span }.write(name, problems))
            }
            Thing::Point(_, built) => {
                let membrane = plan.world.cells.get(&id).is_some_and(|cell| cell.v.is_some());
                membrane.then(|| {
                    let farad = built.capacitance_nf.unwrap_or(1.0);
                    (vec![ONLY.to_owned()], point(name, farad, start(plan, id, problems)))
                })
            }
            Thing::Nothing => None,
        };
        let Some((sections, text)) = written else { continue };
        // Kinds that differ in what is attached to them only share a cell.
        let at = made.files.iter().position(|(_, known)| *known == text).unwrap_or_else(|| {
            made.files.push((namer.give(name), text));
            made.files.len() - 1
        });
        made.known.insert(id, (at, sections));
    }
    made
}

/// The potential of point cells at the start, in mV.
fn start(plan: &Plan<'_>, id: KindId, problems: &mut Vec<Problem>) -> f64 {
    let span = plan.world.flat.kind(id).span;
    let mut problem = |what: &str| problems.push(Problem { span, what: what.to_owned() });
    let Some(starts) = plan.starts(id) else {
        problem("a membrane potential whose start is computed");
        return 0.0;
    };
    let first = starts.first().copied().unwrap_or(0.0);
    if starts.iter().any(|v| *v != first) {
        problem("a start that differs between cells of one kind");
    }
    moved(first, 3)
}

impl Cells {
    /// The file of the cells of a kind, without its ending.
    pub(crate) fn file(&self, id: KindId) -> Option<&str> {
        let (at, _) = self.known.get(&id)?;
        self.files.get(*at).map(|(name, _)| name.as_str())
    }

    /// The name of a section of the cells of a kind.
    pub(crate) fn section(&self, id: KindId, section: u32) -> Option<&str> {
        let (_, names) = self.known.get(&id)?;
        names.get(section as usize).map(String::as_str)
    }
}

/// A cylinder with a capacitance in nF; a mechanism that is placed on it is all of its membrane.
fn point(name: &str, capacitance_nf: f64, v_mv: f64) -> String {
    let area_cm2 = std::f64::consts::PI * SIDE_UM * SIDE_UM * 1e-8;
    let end = |x: f64| [x, 0.0, 0.0, SIDE_UM / 2.0];
    let segment = Segment { proximal: end(0.0), distal: end(SIDE_UM), tag: 1 };
    let mut acc = Acc::new(name);
    acc.morphology(&[Branch { parent: None, segments: vec![segment] }]);
    acc.labels(&[(ONLY, 1)], 0.5);
    // µF/cm² are 0.01 F/m².
    acc.membrane(ONLY, 0.01 * (capacitance_nf * 1e-3 / area_cm2), ANY_RESISTIVITY, v_mv);
    acc.finish()
}

struct Cell<'a> {
    shape: &'a Shape,
    parts: &'a [OnMembrane],
    span: Span,
}

impl Cell<'_> {
    /// The names of its sections and the text of its file.
    fn write(&self, name: &str, problems: &mut Vec<Problem>) -> (Vec<String>, String) {
        let sections = &self.shape.sections;
        let mut namer = Namer::new([]);
        let names: Vec<String> = sections.all().iter().map(|s| namer.give(&s.name)).collect();
        let mut acc = Acc::new(name);
        acc.morphology(&branches(sections));
        let first = self.nodes(0).len();
        // The middle of the compartment that has the middle of the section at its end, where there is one.
        let middle =
            if first % 2 == 1 { 0.5 } else { (first as f64 / 2.0 - 0.5) / first.max(1) as f64 };
        let counts: Vec<(&str, usize)> = names
            .iter()
            .enumerate()
            .map(|(at, name)| (name.as_str(), self.nodes(at).len()))
            .collect();
        acc.labels(&counts, middle);
        for (at, name) in names.iter().enumerate() {
            let nodes = self.nodes(at);
            let mut uniform = |what: &str, values: &[f64], power: i32| {
                let first = values.first().copied().unwrap_or(0.0);
                if values.iter().any(|x| *x != first) {
                    let what = format!("{what} that differs within the section `{name}`");
                    problems.push(Problem { span: self.span, what });
                }
                moved(first, power)
            };
            // Ω·m are 100 Ω·cm.
            let c_m = uniform("a capacitance", &self.shape.c_m_f_per_m2[nodes.clone()], 0);
            let r_a = uniform("a resistivity", &self.shape.r_a_ohm_m[nodes.clone()], 2);
            let v = uniform("a potential at the start", &self.shape.v_init_v[nodes], 3);
            acc.membrane(name, c_m, r_a, v);
        }
        for part in self.parts {
            self.part(part, &names, &mut acc, problems);
        }
        let text = acc.finish();
        (names, text)
    }

    /// The nodes of a section's compartments.
    fn nodes(&self, section: usize) -> std::ops::Range<usize> {
        let (first, count) = self.shape.compartments.run(index(section));
        first as usize..(first + count) as usize
    }

    /// A density or a pool.
    fn part(
        &self,
        part: &OnMembrane,
        names: &[String],
        acc: &mut Acc,
        problems: &mut Vec<Problem>,
    ) {
        let mut problem = |what: String| problems.push(Problem { span: self.span, what });
        let density = part.built.supplied.iter().find_map(|(name, what, power)| match what {
            Supplied::Density(_) => Some((legal(name), *power)),
            _ => None,
        });
        let species = self.shape.species(part.component).unwrap_or_default();
        let by_node: FxHashMap<u32, f64> = if part.pool {
            species.iter().map(|node| (*node, 1.0)).collect()
        } else {
            self.shape.density(part.component).unwrap_or_default().iter().copied().collect()
        };
        for (section, name) in names.iter().enumerate() {
            let own = self.nodes(section);
            let values: Vec<Option<f64>> =
                own.map(|node| by_node.get(&index(node)).copied()).collect();
            if values.iter().all(Option::is_none) {
                continue;
            }
            let mut paint = |place: Option<[f64; 2]>, value: f64| {
                let given = density.as_ref().map(|(parameter, power)| {
                    (parameter.as_str(), format_f64(moved(value, -*power)))
                });
                acc.density(name, place, &part.name, given);
            };
            let first = values.first().copied().flatten();
            if let Some(value) = first
                && values.iter().all(|x| *x == first)
            {
                paint(None, value);
                continue;
            }
            if part.pool {
                problem(format!("a species in a part of the section `{name}`"));
                continue;
            }
            // Compartments of a section have equal lengths.
            let place = |at: usize| at as f64 / values.len() as f64;
            let mut from = 0;
            for to in 1..=values.len() {
                if values.get(to) == Some(&values[from]) {
                    continue;
                }
                if let Some(value) = values[from] {
                    paint(Some([place(from), place(to)]), value);
                }
                from = to;
            }
        }
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
