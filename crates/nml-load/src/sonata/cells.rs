//! Cells that NeuroML files describe, with a shape of their own or from an SWC file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{SourceFile, Span, format_f64};
use nml_xml::{Element, Tree, TreeBuilder, escape_value};
use rustc_hash::{FxHashMap, FxHashSet};

use super::config::Named;
use super::desk::Desk;
use super::library::Library;
use super::morphology::{Cell, Processing};

/// What all cells of a run have in common.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Conditions {
    pub(super) v_init_mv: Option<f64>,
    pub(super) threshold_mv: Option<f64>,
    pub(super) d_l_um: Option<f64>,
}

/// A cell as a node type wants it.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) template: Named,
    /// The identifier in the template, where there is a choice.
    pub(super) component: Option<String>,
    pub(super) morphology: Option<Named>,
    pub(super) processing: Processing,
}

/// A cell that has been printed.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) id: String,
    /// Its sections, where its shape is from an SWC file.
    pub(super) shape: Option<Arc<Cell>>,
    /// Whether it has segments.
    pub(super) segmented: bool,
}

/// Prints cells and what they need.
pub(super) struct Printer<'a> {
    pub(super) library: Library,
    pub(super) conditions: Conditions,
    /// Where files of mechanisms may be.
    pub(super) mechanisms: Option<&'a Path>,
    /// Files that are included as they are, in order.
    pub(super) includes: Vec<PathBuf>,
    pub(super) out: String,
    templates: FxHashMap<PathBuf, Option<Arc<Tree>>>,
    /// Components printed, with their text.
    components: FxHashMap<String, String>,
    made: FxHashMap<(PathBuf, Option<String>, Option<PathBuf>, bool), Made>,
    taken: FxHashSet<String>,
    /// The names of what stands in the network, which may be those of components.
    inside: FxHashSet<String>,
}

/// A name like the one wished for that is not taken yet.
fn unused(taken: &mut FxHashSet<String>, wish: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' };
    let mut stem: String = wish.chars().map(plain).collect();
    if !stem.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        stem.insert_str(0, "x_");
    }
    let mut name = stem.clone();
    let mut count = 1;
    while !taken.insert(name.clone()) {
        count += 1;
        name = format!("{stem}_{count}");
    }
    name
}

impl<'a> Printer<'a> {
    /// Nothing is printed yet.
    pub(super) fn new(conditions: Conditions, mechanisms: Option<&'a Path>) -> Self {
        Self {
            library: Library::new(),
            conditions,
            mechanisms,
            includes: Vec::new(),
            out: String::new(),
            templates: FxHashMap::default(),
            components: FxHashMap::default(),
            made: FxHashMap::default(),
            taken: FxHashSet::default(),
            inside: FxHashSet::default(),
        }
    }

    /// A name that no component has yet.
    pub(super) fn name(&mut self, wish: &str) -> String {
        unused(&mut self.taken, wish)
    }

    /// A name that nothing in the network has yet.
    pub(super) fn name_inside(&mut self, wish: &str) -> String {
        unused(&mut self.inside, wish)
    }

    /// Includes a file once.
    pub(super) fn include(&mut self, path: PathBuf) {
        if !self.includes.contains(&path) {
            self.includes.push(path);
        }
    }

    /// The component of a file, with the shape that is wished for.
    pub(super) fn make(&mut self, desk: &mut Desk<'_>, wish: &Wish) -> Option<Made> {
        let cut = wish.processing != Processing::None;
        let shape = wish.morphology.as_ref().map(|named| named.path.clone());
        let key = (wish.template.path.clone(), wish.component.clone(), shape, cut);
        if let Some(made) = self.made.get(&key) {
            return Some(made.clone());
        }
        let tree = self.template(desk, &wish.template)?;
        let root = tree.root()?;
        let cell = find(desk, root, wish)?;
        let has_shape = cell.child("morphology").is_some() || cell.attr("morphology").is_some();
        let made = match &wish.morphology {
            Some(named) if !has_shape && cell.name().starts_with("cell") => {
                self.combined(desk, &tree, cell, wish, named)?
            }
            Some(named) => {
                let message = "this cell has no place for a shape from another file";
                desk.bad(named.span, message, "remove the morphology, or that of the template");
                return None;
            }
            None if cut => {
                let message = "there is no shape to be processed: the type names no morphology";
                desk.bad(wish.template.span, message, "name an SWC file");
                return None;
            }
            None => {
                self.include(wish.template.path.clone());
                let id = cell.attr("id").unwrap_or("").to_owned();
                self.taken.insert(id.clone());
                Made { id, shape: None, segmented: has_shape }
            }
        };
        self.made.insert(key, made.clone());
        Some(made)
    }

    fn template(&mut self, desk: &mut Desk<'_>, named: &Named) -> Option<Arc<Tree>> {
        if let Some(tree) = self.templates.get(&named.path) {
            return tree.clone();
        }
        let tree = desk.text(&named.path, named.span).and_then(|file| {
            let mut builder = TreeBuilder::new(Arc::clone(&file));
            match nml_xml::read(file.text(), &mut builder) {
                Ok(()) => Some(Arc::new(builder.finish())),
                Err(error) => {
                    desk.sink.push(crate::rules::malformed_xml(&file, &error));
                    None
                }
            }
        });
        self.templates.insert(named.path.clone(), tree.clone());
        tree
    }

    /// A cell made of the biophysics of a template and a shape.
    fn combined(
        &mut self,
        desk: &mut Desk<'_>,
        tree: &Tree,
        cell: Element<'_>,
        wish: &Wish,
        shape: &Named,
    ) -> Option<Made> {
        let shape = self::shape(desk, shape, wish.processing)?;
        let file = tree.file();
        let mut renamed = FxHashMap::default();
        for element in cell.parent().into_iter().flat_map(Element::children) {
            match element.name() {
                "include" | "Include" => {
                    let href = element.attr("href").or_else(|| element.attr("file"));
                    let folder = wish.template.path.parent().unwrap_or(Path::new(""));
                    self.include(folder.join(href.unwrap_or("")));
                }
                "notes" | "annotation" | "property" => {}
                _ if element.id() == cell.id() || element.name().starts_with("cell") => {}
                _ => self.beside(file, element, cell, &mut renamed),
            }
        }
        self.mechanisms(desk, tree, cell);
        let stem = wish.template.path.file_name().unwrap_or_default().to_string_lossy();
        let stem = stem.strip_suffix(".nml").unwrap_or(&stem);
        let id = self.name(stem.strip_suffix(".cell").unwrap_or(stem));
        let mut text = String::new();
        let _ = writeln!(text, "  <{} id=\"{}\">", cell.name(), escape_value(&id));
        shape.print(&id, self.conditions.d_l_um, &mut text);
        for child in cell.children() {
            if matches!(child.name(), "notes" | "annotation" | "property") {
                continue;
            }
            text.push_str("    ");
            text.push_str(&self.child(file, child, &renamed));
            text.push('\n');
        }
        let _ = writeln!(text, "  </{}>", cell.name());
        self.out.push_str(&text);
        Some(Made { id, shape: Some(Arc::new(shape)), segmented: true })
    }

    /// A component or type beside the cell; two of one name get different ones.
    fn beside(
        &mut self,
        file: &SourceFile,
        element: Element<'_>,
        cell: Element<'_>,
        renamed: &mut FxHashMap<String, String>,
    ) {
        let text = file.slice(element.span()).to_owned();
        let Some(id) = element.attribute("id") else {
            let name = element.attr("name").unwrap_or("").to_owned();
            if self.components.insert(name, text.clone()).is_none() {
                let _ = writeln!(self.out, "  {text}");
            }
            return;
        };
        if let Some(ty) = element.attr("type") {
            self.library.print(ty, &mut self.out);
        }
        let mut name = id.value().to_owned();
        loop {
            match self.components.get(&name) {
                Some(known) if *known == text => break,
                Some(_) => name = format!("{}_{}", id.value(), cell.attr("id").unwrap_or("cell")),
                None => {
                    self.components.insert(name.clone(), text.clone());
                    self.taken.insert(name.clone());
                    let at = (id.value_span().start - element.span().start) as usize;
                    let (head, tail) = (&text[..at], &text[at + id.value_span().range().len()..]);
                    let _ = writeln!(self.out, "  {head}{name}{tail}");
                    break;
                }
            }
            if self.components.get(&name).is_some_and(|known| *known != text) {
                name = self.name(&name);
            }
        }
        if name != id.value() {
            renamed.insert(id.value().to_owned(), name);
        }
    }

    /// Channels that the cell names and its file does not bring.
    fn mechanisms(&mut self, desk: &mut Desk<'_>, tree: &Tree, cell: Element<'_>) {
        let own: FxHashSet<&str> = tree
            .root()
            .into_iter()
            .flat_map(Element::children)
            .filter_map(|e| e.attr("id"))
            .collect();
        let includes = tree.root().into_iter().flat_map(Element::children);
        let complete = includes.filter(|e| matches!(e.name(), "include" | "Include")).count() > 0;
        for element in cell.descendants() {
            let Some(channel) = element.attribute("ionChannel") else { continue };
            let name = channel.value();
            if own.contains(name) || complete {
                continue;
            }
            let names = [format!("{name}.channel.nml"), format!("{name}.nml")];
            let file = self.mechanisms.and_then(|folder| desk.find(folder, &names));
            if let Some(file) = file {
                self.include(file);
            } else if self.library.has(name) {
                self.library.print(name, &mut self.out);
            } else {
                let message = format!("there is no channel `{name}`");
                let help = format!("add `{name}.channel.nml` to the folder of mechanisms");
                desk.bad(channel.value_span(), message, &help);
            }
        }
    }

    /// A child of the cell with the conditions of the run and new names of components.
    fn child(
        &self,
        file: &SourceFile,
        child: Element<'_>,
        renamed: &FxHashMap<String, String>,
    ) -> String {
        let whole = child.span();
        // Places in the text and what stands there instead, from the end to the beginning.
        let mut edits: Vec<(Span, String)> = Vec::new();
        for element in child.descendants() {
            for attribute in element.attributes() {
                if matches!(attribute.name(), "concentrationModel" | "ionChannel")
                    && let Some(name) = renamed.get(attribute.value())
                {
                    edits.push((attribute.value_span(), name.clone()));
                }
            }
            if element.name().starts_with("membraneProperties") {
                let last = element.children().last().map_or(element.span(), Element::span);
                let at = Span { start: last.end, ..last };
                let mut more = String::new();
                let mut add = |name: &str, value: Option<f64>| {
                    if let Some(value) = value.filter(|_| element.child(name).is_none()) {
                        let value = format_f64(value);
                        let _ = write!(more, "\n        <{name} value=\"{value} mV\"/>");
                    }
                };
                add("spikeThresh", self.conditions.threshold_mv);
                add("initMembPotential", self.conditions.v_init_mv);
                edits.push((at, more));
            }
        }
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        let mut text = file.slice(whole).to_owned();
        for (span, new) in edits {
            let (from, to) = (span.start - whole.start, span.end - whole.start);
            text.replace_range(from as usize..to as usize, &new);
        }
        text
    }
}

/// The only cell of an SWC file, processed.
fn shape(desk: &mut Desk<'_>, named: &Named, processing: Processing) -> Option<Cell> {
    let file = desk.text(&named.path, named.span)?;
    let shapes = crate::swc::shapes(&file, &mut desk.sink);
    let [shape] = shapes.as_slice() else {
        if shapes.len() > 1 {
            let message = format!("`{}` holds {} cells", named.path.display(), shapes.len());
            desk.bad(named.span, message, "name a file with one cell");
        }
        return None;
    };
    Cell::new(desk, shape, processing, named.span)
}

/// The component of a template that is meant.
fn find<'t>(desk: &mut Desk<'_>, root: Element<'t>, wish: &Wish) -> Option<Element<'t>> {
    let span = wish.template.span;
    let with_id = || root.children().filter(|e| e.attr("id").is_some());
    if let Some(id) = &wish.component {
        let found = with_id().find(|e| e.attr("id") == Some(id));
        if found.is_none() {
            let message = format!("the template has no component `{id}`");
            desk.bad(span, message, "correct `nml_component`");
        }
        return found;
    }
    let cells: Vec<Element<'_>> = with_id().filter(|e| e.name().starts_with("cell")).collect();
    let all: Vec<Element<'_>> = with_id().filter(|e| e.name() != "include").collect();
    match (cells.as_slice(), all.as_slice()) {
        (&[cell], _) | (&[], &[cell]) => Some(cell),
        _ => {
            let message = format!("the template has {} components to choose from", all.len());
            desk.bad(span, message, "add a column `nml_component` with the `id` of one");
            None
        }
    }
}
