//! How cells are built from mechanisms, for the script that gives them to BMTK.

use nml_base::Span;
use nml_codegen::Job;
use nml_codegen::number::moved;
use nml_codegen_nmodl::{Built, OnMembrane, Plan, Problem, Supplied, Thing};
use nml_flat::cable::Attachment;
use nml_flat::{KindId, Shape};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// A cell.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Cell {
    Shaped {
        /// mV; where there is none, at 0.
        threshold: f64,
        sections: Vec<Section>,
        mechanisms: Vec<Inserted>,
    },
    Point {
        process: String,
        /// nF; none of what has no membrane.
        #[serde(skip_serializing_if = "Option::is_none")]
        capacitance: Option<f64>,
        /// mV
        #[serde(skip_serializing_if = "Option::is_none")]
        v: Option<f64>,
        given: std::collections::BTreeMap<String, f64>,
    },
}

impl Cell {
    /// The mechanisms it is made of.
    pub(crate) fn mechanisms(&self) -> Vec<&str> {
        match self {
            Self::Shaped { mechanisms, .. } => {
                mechanisms.iter().map(|inserted| inserted.mechanism.as_str()).collect()
            }
            Self::Point { process, .. } => vec![process],
        }
    }
}

/// An unbranched cable.
#[derive(Debug, Serialize)]
pub(crate) struct Section {
    name: String,
    nseg: u32,
    /// The section it grows from, and where along it.
    parent: Option<(u32, f64)>,
    /// x, y, z, diameter in µm.
    points: Vec<[f64; 4]>,
    /// µF/cm², by compartment.
    cm: Vec<f64>,
    /// Ω·cm.
    ra: f64,
    /// mV, by compartment.
    v: Vec<f64>,
}

/// A mechanism on sections.
#[derive(Debug, Serialize)]
pub(crate) struct Inserted {
    mechanism: String,
    /// The variable that is its density.
    parameter: Option<String>,
    /// The sections, and the values by compartment.
    on: Vec<(u32, Vec<f64>)>,
}

/// The cell of a kind; problems where the simulator cannot hold it.
pub(crate) fn cell(
    plan: &Plan<'_>,
    job: &Job<'_>,
    id: KindId,
    problems: &mut Vec<Problem>,
) -> Option<Cell> {
    let kind = plan.world.flat.kind(id);
    match &plan.things[id.index()] {
        Thing::Nothing => None,
        Thing::Shaped(parts) => {
            let shape = kind.shape.as_deref()?;
            let span = job.model.component(kind.component).id_span();
            let made = Shaped { shape, span };
            let threshold = plan.constant(id, "thresh").map_or(0.0, |v| moved(v, 3));
            Some(Cell::Shaped {
                threshold,
                sections: made.sections(problems),
                mechanisms: parts.iter().map(|part| made.part(part, problems)).collect(),
            })
        }
        Thing::Point(process, built) => point(plan, id, process, built, problems),
    }
}

fn point(
    plan: &Plan<'_>,
    id: KindId,
    process: &str,
    built: &Built,
    problems: &mut Vec<Problem>,
) -> Option<Cell> {
    let span = plan.world.flat.kind(id).span;
    let mut problem = |what: String| problems.push(Problem { span, what });
    let membrane = plan.world.cells.get(&id).is_some_and(|cell| cell.v.is_some());
    let mut same = |what: &str, values: &[f64]| {
        if values.windows(2).any(|pair| pair[0] != pair[1]) {
            problem(format!("{what}, which differs between the cells"));
        }
        values.first().copied().unwrap_or(0.0)
    };
    let mut given = std::collections::BTreeMap::new();
    match plan.given(id, built) {
        Ok(all) => {
            // What draws random numbers is refused as a whole.
            let number = built.random.as_ref().map(|random| &random.number);
            for (name, values) in all.into_iter().filter(|(name, _)| Some(name) != number) {
                let value = same(&format!("`{name}`"), &values);
                given.insert(name, value);
            }
        }
        Err(what) => {
            problem(what);
            return None;
        }
    }
    let mut v = None;
    if membrane {
        let Some(starts) = plan.starts(id) else {
            problem("a membrane potential whose start is computed".to_owned());
            return None;
        };
        v = Some(moved(same("the potential at the start", &starts), 3));
    }
    let capacitance = membrane.then(|| built.capacitance_nf.unwrap_or(1.0));
    Some(Cell::Point { process: process.to_owned(), capacitance, v, given })
}

struct Shaped<'a> {
    shape: &'a Shape,
    span: Span,
}

impl Shaped<'_> {
    /// The nodes of a section's compartments.
    fn nodes(&self, section: usize) -> std::ops::Range<usize> {
        let (first, count) = self.shape.compartments.run(index(section));
        first as usize..(first + count) as usize
    }

    fn sections(&self, problems: &mut Vec<Problem>) -> Vec<Section> {
        let sections = &self.shape.sections;
        let mut made = Vec::new();
        for (at, section) in sections.all().iter().enumerate() {
            let nodes = self.nodes(at);
            let r_a = &self.shape.r_a_ohm_m[nodes.clone()];
            if r_a.windows(2).any(|pair| pair[0] != pair[1]) {
                let name = &section.name;
                let what = format!("an axial resistivity that differs within the section `{name}`");
                problems.push(Problem { span: self.span, what });
            }
            let points = sections.points(section).iter().map(|point| {
                let [x, y, z] = point.position_um;
                [x, y, z, point.diameter_um]
            });
            let parent = match section.attachment {
                Attachment::Root => None,
                Attachment::Section { parent, at } => Some((parent, at)),
            };
            // F/m² are 100 µF/cm², Ω·m are 100 Ω·cm.
            let column = |values: &[f64], power| values.iter().map(|x| moved(*x, power)).collect();
            made.push(Section {
                name: section.name.to_string(),
                nseg: index(nodes.len()),
                parent,
                points: points.collect(),
                cm: column(&self.shape.c_m_f_per_m2[nodes.clone()], 2),
                ra: moved(r_a.first().copied().unwrap_or(0.0), 2),
                v: column(&self.shape.v_init_v[nodes], 3),
            });
        }
        made
    }

    fn part(&self, part: &OnMembrane, problems: &mut Vec<Problem>) -> Inserted {
        let density = part.built.supplied.iter().find_map(|(name, what, power)| match what {
            Supplied::Density(_) => Some((name.clone(), *power)),
            _ => None,
        });
        let power = density.as_ref().map_or(0, |(_, power)| *power);
        let by_node: FxHashMap<u32, f64> = if part.pool {
            let nodes = self.shape.species(part.component).unwrap_or_default();
            nodes.iter().map(|node| (*node, 0.0)).collect()
        } else {
            self.shape.density(part.component).unwrap_or_default().iter().copied().collect()
        };
        let mut on = Vec::new();
        for section in 0..self.shape.sections.all().len() {
            let own = self.nodes(section);
            let values: Vec<Option<f64>> =
                own.map(|node| by_node.get(&index(node)).copied()).collect();
            if values.iter().all(Option::is_none) {
                continue;
            }
            if part.pool && values.iter().any(Option::is_none) {
                let name = &self.shape.sections.all()[section].name;
                let what = format!("a species in a part of the section `{name}`");
                problems.push(Problem { span: self.span, what });
            }
            let values = values.into_iter().map(|x| moved(x.unwrap_or(0.0), -power));
            on.push((index(section), values.collect()));
        }
        let parameter = density.map(|(name, _)| name).filter(|_| !part.pool);
        Inserted { mechanism: part.name.clone(), parameter, on }
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
