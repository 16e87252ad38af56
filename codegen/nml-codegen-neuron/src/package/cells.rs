//! Cells with sections as Python.

use nml_base::Span;
use nml_codegen::number::moved;
use nml_codegen::{Job, Namer};
use nml_flat::cable::Attachment;
use nml_flat::{KindId, Shape, Site};
use nml_model::ComponentRef;
use rustc_hash::FxHashMap;

use super::python::RESERVED;
use nml_codegen::python::Py;
use nml_codegen_nmodl::{OnMembrane, Plan, Thing};
use nml_codegen_nmodl::{Problem, Supplied};

/// The functions that build cells, and how sections are called.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// The text of all functions.
    pub(crate) text: String,
    /// By component: the function.
    functions: FxHashMap<ComponentRef, String>,
    /// By component: the names of the sections.
    sections: FxHashMap<ComponentRef, Vec<String>>,
}

/// Writes all cells; problems where NEURON cannot hold one.
pub(crate) fn cells(plan: &Plan<'_>, job: &Job<'_>, problems: &mut Vec<Problem>) -> Cells {
    let mut made = Cells::default();
    let mut namer = Namer::new(RESERVED.iter().copied());
    for (id, thing) in plan.kinds() {
        let Thing::Shaped(parts) = thing else { continue };
        let kind = plan.world.flat.kind(id);
        let Some(shape) = kind.shape.as_deref() else { continue };
        if made.functions.contains_key(&kind.component) {
            continue;
        }
        let function = namer.give(&kind.name);
        let span = job.model.component(kind.component).id_span();
        let cell = Cell { shape, parts, span, area_um2: plan.only_area(id) };
        let (names, text) = cell.write(&function, &kind.name, problems);
        made.functions.insert(kind.component, function);
        made.sections.insert(kind.component, names);
        if !made.text.is_empty() {
            made.text.push_str("\n\n");
        }
        made.text.push_str(&text);
    }
    made
}

struct Cell<'a> {
    shape: &'a Shape,
    parts: &'a [OnMembrane],
    span: Span,
    /// Of a cell of one compartment, as its own equations have it.
    area_um2: Option<f64>,
}

impl Cell<'_> {
    fn write(
        &self,
        function: &str,
        shown: &str,
        problems: &mut Vec<Problem>,
    ) -> (Vec<String>, String) {
        let sections = &self.shape.sections;
        let mut variables = Namer::new(RESERVED.iter().copied());
        let mut names = Namer::new([]);
        let variables: Vec<String> =
            sections.all().iter().map(|s| variables.give(&s.name)).collect();
        let names: Vec<String> = sections.all().iter().map(|s| names.give(&s.name)).collect();
        let doc = format!("Builds `{shown}`.");
        let mut text = format!("def {function}(cell):\n    {}\n", docstring(&doc));
        let mut line = |head: &str, call: &Py| {
            let printed = call.print(4, 4 + head.len());
            text.extend(["    ", head, &printed, "\n"]);
        };
        for (at, section) in sections.all().iter().enumerate() {
            let point = |p: &nml_flat::cable::SectionPoint| {
                let [x, y, z] = p.position_um;
                Py::Tuple([x, y, z, p.diameter_um].map(Py::Number).to_vec())
            };
            let points = sections.points(section).iter().map(point).collect();
            let (_, count) = self.shape.compartments.run(index(at));
            let mut named = vec![("nseg", Py::int(count))];
            if let Attachment::Section { parent, at } = section.attachment {
                let parent = Py::Name(variables[parent as usize].clone());
                named.push(("parent", Py::Tuple(vec![parent, Py::Number(at)])));
            }
            named.push(("points", Py::List(points)));
            if let Some(area) = self.area_um2 {
                named.push(("area", Py::Number(area)));
            }
            let plain = vec![Py::text(names[at].clone())];
            let call = Py::Call("cell.section".to_owned(), plain, named);
            line(&format!("{} = ", variables[at]), &call);
        }
        for (at, variable) in variables.iter().enumerate() {
            let call = self.membrane(at, variable, problems);
            line("", &call);
        }
        for part in self.parts {
            let call = self.part(part, &variables, problems);
            line("", &call);
        }
        (names, text)
    }

    /// The nodes of a section's compartments.
    fn nodes(&self, section: usize) -> std::ops::Range<usize> {
        let (first, count) = self.shape.compartments.run(index(section));
        first as usize..(first + count) as usize
    }

    /// Capacitance, resistivity and start of a section.
    fn membrane(&self, section: usize, variable: &str, problems: &mut Vec<Problem>) -> Py {
        let nodes = self.nodes(section);
        let r_a = &self.shape.r_a_ohm_m[nodes.clone()];
        if r_a.iter().any(|r| *r != r_a[0]) {
            let name = &self.shape.sections.all()[section].name;
            let what = format!("an axial resistivity that differs within the section `{name}`");
            problems.push(Problem { span: self.span, what });
        }
        // F/m² are 100 µF/cm², Ω·m are 100 Ω·cm.
        let column = |values: &[f64], power| same(values.iter().map(|x| moved(*x, power)));
        Py::Call(
            "cell.membrane".to_owned(),
            vec![Py::Name(variable.to_owned())],
            vec![
                ("cm", column(&self.shape.c_m_f_per_m2[nodes.clone()], 2)),
                ("ra", Py::Number(moved(r_a.first().copied().unwrap_or(0.0), 2))),
                ("v", column(&self.shape.v_init_v[nodes], 3)),
            ],
        )
    }

    /// A density or a pool.
    fn part(&self, part: &OnMembrane, variables: &[String], problems: &mut Vec<Problem>) -> Py {
        let mechanism = Py::text(part.name.clone());
        if part.pool {
            let nodes = self.shape.species(part.component).unwrap_or_default();
            let mut covered = Vec::new();
            for (section, variable) in variables.iter().enumerate() {
                let own = self.nodes(section);
                let inside = |node: &&u32| own.contains(&(**node as usize));
                let count = nodes.iter().filter(inside).count();
                if count == own.len() {
                    covered.push(Py::Name(variable.clone()));
                } else if count > 0 {
                    let name = &self.shape.sections.all()[section].name;
                    let what = format!("a species in a part of the section `{name}`");
                    problems.push(Problem { span: self.span, what });
                }
            }
            let plain = vec![mechanism, Py::List(covered)];
            return Py::Call("cell.insert".to_owned(), plain, Vec::new());
        }
        let density = part.built.supplied.iter().find_map(|(name, what, power)| match what {
            Supplied::Density(_) => Some((name.clone(), *power)),
            _ => None,
        });
        // A density that the current does not follow is in the mechanism as it is.
        let (parameter, power) = density.unwrap_or_default();
        let values = self.shape.density(part.component).unwrap_or_default();
        let by_node: FxHashMap<u32, f64> = values.iter().copied().collect();
        let mut rows = Vec::new();
        for (section, variable) in variables.iter().enumerate() {
            let own = self.nodes(section);
            let value = |node: usize| by_node.get(&index(node)).copied();
            if own.clone().all(|node| value(node).is_none()) {
                continue;
            }
            let all = own.map(|node| moved(value(node).unwrap_or(0.0), -power));
            rows.push(Py::Tuple(vec![Py::Name(variable.clone()), same(all)]));
        }
        let plain = vec![mechanism, Py::text(parameter), Py::List(rows)];
        Py::Call("cell.density".to_owned(), plain, Vec::new())
    }
}

/// One number where all are the same, else the list.
fn same(values: impl Iterator<Item = f64>) -> Py {
    let all: Vec<f64> = values.collect();
    match all.first() {
        Some(first) if all.iter().all(|x| x == first) => Py::Number(*first),
        _ => Py::List(all.into_iter().map(Py::Number).collect()),
    }
}

fn docstring(text: &str) -> String {
    format!("\"\"\"{}\"\"\"", text.replace('\\', "\\\\").replace('"', "'"))
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Cells {
    /// The function that builds the cells of a kind.
    pub(crate) fn function(&self, plan: &Plan<'_>, kind: KindId) -> Option<&str> {
        self.functions.get(&plan.world.flat.kind(kind).component).map(String::as_str)
    }

    /// A place on a cell: the name of the section, and where along it.
    pub(crate) fn place(&self, plan: &Plan<'_>, kind: KindId, site: Site) -> Option<(String, f64)> {
        let kind = plan.world.flat.kind(kind);
        let shape = kind.shape.as_deref()?;
        let (section, x) = nml_codegen_nmodl::place(shape, site)?;
        let names = self.sections.get(&kind.component)?;
        let name = names.get(section as usize)?.clone();
        Some((name, x))
    }
}
