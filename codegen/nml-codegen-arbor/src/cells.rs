//! Cells with sections as Python.

use nml_base::Span;
use nml_codegen::number::moved;
use nml_codegen::python::{Py, WORDS};
use nml_codegen::{Job, Namer};
use nml_codegen_nmodl::{OnMembrane, Plan, Problem, Supplied, Thing};
use nml_flat::cable::{Attachment, SectionPoint};
use nml_flat::{KindId, Shape};
use nml_model::ComponentRef;
use rustc_hash::FxHashMap;

use crate::dialect::legal;

/// The functions that build cells, and how sections are called.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// The text of all functions.
    pub(crate) text: String,
    functions: FxHashMap<ComponentRef, String>,
    sections: FxHashMap<ComponentRef, Vec<String>>,
}

/// Writes all cells; problems where Arbor cannot hold one.
pub(crate) fn cells(plan: &Plan<'_>, job: &Job<'_>, problems: &mut Vec<Problem>) -> Cells {
    let mut made = Cells::default();
    let mut namer = Namer::new(WORDS.iter().copied().chain(["cell", "runtime"]));
    for (id, thing) in plan.kinds() {
        let Thing::Shaped(parts) = thing else { continue };
        let kind = plan.world.flat.kind(id);
        let Some(shape) = kind.shape.as_deref() else { continue };
        if made.functions.contains_key(&kind.component) {
            continue;
        }
        let function = namer.give(&kind.name);
        let span = job.model.component(kind.component).id_span();
        let (names, text) = Cell { shape, parts, span }.write(&function, &kind.name, problems);
        made.functions.insert(kind.component, function);
        made.sections.insert(kind.component, names);
        if !made.text.is_empty() {
            made.text.push_str("\n\n");
        }
        made.text.push_str(&text);
    }
    made
}

impl Cells {
    /// The function that builds the cells of a kind.
    pub(crate) fn function(&self, plan: &Plan<'_>, id: KindId) -> Option<&str> {
        self.functions.get(&plan.world.flat.kind(id).component).map(String::as_str)
    }

    /// The name of a section of the cells of a kind.
    pub(crate) fn section(&self, plan: &Plan<'_>, id: KindId, section: u32) -> Option<&str> {
        let names = self.sections.get(&plan.world.flat.kind(id).component)?;
        names.get(section as usize).map(String::as_str)
    }
}

struct Cell<'a> {
    shape: &'a Shape,
    parts: &'a [OnMembrane],
    span: Span,
}

impl Cell<'_> {
    fn write(
        &self,
        function: &str,
        shown: &str,
        problems: &mut Vec<Problem>,
    ) -> (Vec<String>, String) {
        let sections = &self.shape.sections;
        let mut namer = Namer::new(WORDS.iter().copied().chain(["cell", "runtime"]));
        let names: Vec<String> = sections.all().iter().map(|s| namer.give(&s.name)).collect();
        let quoted = shown.replace('\\', "\\\\").replace('"', "'");
        let mut text = format!("def {function}(cell):\n    \"\"\"Builds `{quoted}`.\"\"\"\n");
        let mut line = |head: &str, call: &Py| {
            text.extend(["    ", head, &call.print(4, 4 + head.len()), "\n"]);
        };
        for (at, section) in sections.all().iter().enumerate() {
            let point = |p: &SectionPoint| {
                let [x, y, z] = p.position_um;
                Py::Tuple([x, y, z, p.diameter_um].map(Py::Number).to_vec())
            };
            let points = sections.points(section).iter().map(point).collect();
            let (_, count) = self.shape.compartments.run(index(at));
            let mut named = vec![("nseg", Py::int(count))];
            if let Attachment::Section { parent, at } = section.attachment {
                let parent = Py::name(names[parent as usize].clone());
                named.push(("parent", Py::Tuple(vec![parent, Py::Number(at)])));
            }
            named.push(("points", Py::List(points)));
            let plain = vec![Py::text(names[at].clone())];
            let call = Py::Call("cell.section".to_owned(), plain, named);
            line(&format!("{} = ", names[at]), &call);
        }
        for (at, name) in names.iter().enumerate() {
            let nodes = self.nodes(at);
            // F/m² are 100 µF/cm², Ω·m are 100 Ω·cm.
            let mut uniform = |what: &str, values: &[f64], power: i32| {
                let first = values.first().copied().unwrap_or(0.0);
                if values.iter().any(|x| *x != first) {
                    let what = format!("{what} that differs within the section `{name}`");
                    problems.push(Problem { span: self.span, what });
                }
                Py::Number(moved(first, power))
            };
            let cm = uniform("a capacitance", &self.shape.c_m_f_per_m2[nodes.clone()], 2);
            let ra = uniform("a resistivity", &self.shape.r_a_ohm_m[nodes.clone()], 2);
            let v = uniform("a potential at the start", &self.shape.v_init_v[nodes], 3);
            let plain = vec![Py::name(name.clone())];
            let named = vec![("cm", cm), ("ra", ra), ("v", v)];
            line("", &Py::Call("cell.membrane".to_owned(), plain, named));
        }
        for part in self.parts {
            let call = self.part(part, &names, problems);
            line("", &call);
        }
        (names, text)
    }

    /// The nodes of a section's compartments.
    fn nodes(&self, section: usize) -> std::ops::Range<usize> {
        let (first, count) = self.shape.compartments.run(index(section));
        first as usize..(first + count) as usize
    }

    /// A density or a pool.
    fn part(&self, part: &OnMembrane, names: &[String], problems: &mut Vec<Problem>) -> Py {
        let mechanism = Py::text(part.name.clone());
        let mut problem = |what: String| problems.push(Problem { span: self.span, what });
        let density = part.built.supplied.iter().find_map(|(name, what, power)| match what {
            Supplied::Density(_) => Some((name.clone(), *power)),
            _ => None,
        });
        let species = self.shape.species(part.component).unwrap_or_default();
        let by_node: FxHashMap<u32, f64> = if part.pool {
            species.iter().map(|node| (*node, 1.0)).collect()
        } else {
            self.shape.density(part.component).unwrap_or_default().iter().copied().collect()
        };
        let power = density.as_ref().map_or(0, |(_, power)| *power);
        let mut rows = Vec::new();
        for (section, name) in names.iter().enumerate() {
            let own = self.nodes(section);
            let values: Vec<Option<f64>> =
                own.map(|node| by_node.get(&index(node)).copied()).collect();
            if values.iter().all(Option::is_none) {
                continue;
            }
            let first = values.first().copied().flatten();
            if values.iter().any(|x| *x != first) {
                problem(format!("`{}`, which differs within the section `{name}`", part.name));
            }
            let value = Py::Number(moved(first.unwrap_or(0.0), -power));
            rows.push(Py::Tuple(vec![Py::name(name.clone()), value]));
        }
        let parameter = density.map_or(Py::name("None"), |(name, _)| Py::text(legal(&name)));
        Py::call("cell.density", vec![mechanism, parameter, Py::List(rows)])
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
