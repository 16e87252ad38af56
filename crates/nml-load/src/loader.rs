//! Files and their includes to a model.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use nml_base::{Diagnostics, SourceLoader, SourceMap, Span};
use nml_model::{Document, DocumentKind, Include, IncludeEdge, IncludeTarget, Model};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use crate::container::ContainerLoader;
use crate::document::{self, ObserverFactory};
use crate::{hdf5, rules};

/// Loads models; keeps every file it has read, so that models which share files share the work.
///
/// May be used by many threads at once.
pub struct Loader {
    sources: Arc<SourceMap>,
    files: ContainerLoader,
    include_path: Vec<PathBuf>,
    observer: Option<Box<ObserverFactory>>,
    edited: FxHashMap<PathBuf, String>,
    upgrades: bool,
    cache: Mutex<FxHashMap<PathBuf, Arc<OnceLock<Arc<Document>>>>>,
}

impl std::fmt::Debug for Loader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Loader({} files read, include path {:?})", self.sources.len(), self.include_path)
    }
}

impl Loader {
    /// A loader that reads through `files`.
    pub fn new(files: Arc<dyn SourceLoader>) -> Self {
        Self {
            sources: Arc::new(SourceMap::new()),
            files: ContainerLoader::new(files),
            include_path: Vec::new(),
            observer: None,
            edited: FxHashMap::default(),
            upgrades: false,
            cache: Mutex::default(),
        }
    }

    /// Adds the files it reads to an existing map.
    #[must_use]
    pub fn sources_in(mut self, sources: Arc<SourceMap>) -> Self {
        self.sources = sources;
        self
    }

    /// Folders searched for includes after the including file's own, in this order (`-I`).
    #[must_use]
    pub fn include_path(mut self, folders: Vec<PathBuf>) -> Self {
        self.include_path = folders;
        self
    }

    /// Has every document watched while it is read; the findings become the document's.
    #[must_use]
    pub fn observer(mut self, factory: Box<ObserverFactory>) -> Self {
        self.observer = Some(factory);
        self
    }

    /// Reads documents of NeuroML 1 as NeuroML 2; otherwise they are what they are, and no NeuroML 2.
    #[must_use]
    pub fn upgrading(mut self, upgrades: bool) -> Self {
        self.upgrades = upgrades;
        self
    }

    /// Takes these texts for what the files of these paths hold.
    #[must_use]
    pub fn edited(mut self, texts: impl IntoIterator<Item = (PathBuf, String)>) -> Self {
        let texts = texts.into_iter().map(|(path, text)| (self.files.canonical(&path), text));
        self.edited = texts.collect();
        self
    }

    /// The texts of all files read so far.
    pub fn sources(&self) -> &Arc<SourceMap> {
        &self.sources
    }

    /// The files, archives looked through.
    pub fn files(&self) -> &ContainerLoader {
        &self.files
    }

    /// Reads one file, without its includes; from memory if it was read before.
    pub fn document(&self, path: &Path) -> Arc<Document> {
        let key = self.files.canonical(path);
        let slot = {
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(cache.entry(key).or_default())
        };
        Arc::clone(slot.get_or_init(|| Arc::new(self.read(path))))
    }

    fn read(&self, path: &Path) -> Document {
        if !self.edited.is_empty()
            && let Some(text) = self.edited.get(&self.files.canonical(path))
        {
            let (bytes, observer) = (text.clone().into_bytes(), self.observer.as_deref());
            return document::read(path, bytes, &self.sources, observer);
        }
        let (sources, observer) = (&self.sources, self.observer.as_deref());
        let found = if hdf5::is_name(path) {
            self.files.open(path).map(|bytes| hdf5::read(path, bytes, sources, observer))
        } else {
            self.files.read(path).map(|bytes| {
                let circuit = if crate::json::is_name(path) {
                    crate::sonata::read(path, bytes, &self.files, sources, observer)
                } else {
                    Err(bytes)
                };
                circuit.unwrap_or_else(|bytes| document::read(path, bytes, sources, observer))
            })
        };
        match found {
            Ok(document) if self.upgrades => {
                crate::v1::upgraded(&document, sources, observer).unwrap_or(document)
            }
            Ok(document) => document,
            Err(error) => {
                let file = self.sources.add(path, String::new());
                let mut sink = Diagnostics::new();
                sink.push(rules::unreadable_file(file.span(), &error));
                Document { unreadable: Some(error), ..document::empty(path, file, sink) }
            }
        }
    }

    /// Loads a file and everything it includes.
    pub fn load(&self, path: &Path) -> Model {
        self.close(self.document(path))
    }

    /// Loads a text as if it had been read from `path`, and everything it includes.
    pub fn load_text(&self, path: &Path, text: impl Into<Vec<u8>>) -> Model {
        let root = document::read(path, text.into(), &self.sources, self.observer.as_deref());
        self.close(Arc::new(root))
    }

    /// Follows the includes, depth first, each file once.
    fn close(&self, root: Arc<Document>) -> Model {
        let mut sink = Diagnostics::new();
        let mut known: FxHashMap<PathBuf, usize> = FxHashMap::default();
        known.insert(self.files.canonical(&root.path), 0);
        let mut documents = vec![root];
        let mut edges = Vec::new();
        // Documents whose includes are being followed, each with the next include to look at.
        let mut open = vec![(0_usize, 0_usize)];
        while let Some((from, next)) = open.last_mut() {
            let (from, at) = (*from, *next);
            *next += 1;
            let document = Arc::clone(&documents[from]);
            let Some(include) = document.includes.get(at) else {
                open.pop();
                continue;
            };
            let target = match self.find(&document, include) {
                Found::File(path) => {
                    let key = self.files.canonical(&path);
                    let next = documents.len();
                    let to = *known.entry(key).or_insert(next);
                    if to == next {
                        let found = self.document(&path);
                        if found.kind == DocumentKind::Other && found.diagnostics.is_empty() {
                            let root = found.tree.root().map(nml_xml::Element::name);
                            sink.push(rules::unknown_file_kind(include.span, &path, root));
                        }
                        documents.push(found);
                        open.push((to, 0));
                    }
                    IncludeTarget::Document(to)
                }
                Found::BuiltIn(name) => IncludeTarget::BuiltIn(name),
                Found::Nothing(looked_in, near) => {
                    let found = rules::missing_include(
                        include.span,
                        &include.href,
                        &looked_in,
                        near.as_deref(),
                    );
                    sink.push(found);
                    IncludeTarget::Missing
                }
            };
            edges.push(IncludeEdge { from, span: include.span, target });
        }
        check_graph(&documents, &edges, &mut sink);
        Model::link(Arc::clone(&self.sources), documents, edges, sink)
    }

    fn find(&self, document: &Document, include: &Include) -> Found {
        let href = include.href.strip_prefix("file://").unwrap_or(&include.href);
        let relative = Path::new(href);
        let folders = std::iter::once(document.folder())
            .chain(self.include_path.iter().map(PathBuf::as_path));
        let mut looked_in = Vec::new();
        for folder in folders {
            let path = folder.join(relative);
            if !href.is_empty() && self.files.is_file(&path) {
                return Found::File(path);
            }
            let shown =
                if folder.as_os_str().is_empty() { "." } else { &*folder.to_string_lossy() };
            looked_in.push(format!("`{shown}`"));
        }
        let name = relative.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
        let built_in = nml_schemas::lems::FILES.iter().map(|f| f.name);
        if let Some(found) = built_in.clone().find(|f| *f == name) {
            return Found::BuiltIn(found);
        }
        let near = nml_base::nearest(&name, built_in).map(str::to_owned);
        Found::Nothing(looked_in, near)
    }
}

enum Found {
    File(PathBuf),
    BuiltIn(&'static str),
    /// Where it was looked for, and a built-in file of a similar name.
    Nothing(Vec<String>, Option<String>),
}

/// Files of a circle named in a message.
const MAX_SHOWN: usize = 10;

/// Reports circles, and files included twice by one file.
fn check_graph(documents: &[Arc<Document>], edges: &[IncludeEdge], sink: &mut Diagnostics) {
    let mut graph: DiGraph<(), Span> = DiGraph::with_capacity(documents.len(), edges.len());
    for _ in documents {
        graph.add_node(());
    }
    let mut first: FxHashMap<(usize, usize), Span> = FxHashMap::default();
    for edge in edges {
        let IncludeTarget::Document(to) = edge.target else { continue };
        graph.add_edge(NodeIndex::new(edge.from), NodeIndex::new(to), edge.span);
        if let Some(first) = first.insert((edge.from, to), edge.span) {
            let file = documents[edge.from].file();
            sink.push(rules::included_twice(edge.span, first, file.slice(edge.span)));
        }
    }
    let circles = kosaraju_scc(&graph);
    let mut circle_of = vec![0; documents.len()];
    for (circle, number) in circles.iter().zip(0_usize..) {
        for n in circle {
            circle_of[n.index()] = number;
        }
    }
    // The include that closes each circle: the last one leading back to its first file from within.
    let first_of: Vec<_> = circles.iter().map(|c| c.iter().map(|n| n.index()).min()).collect();
    let mut closing: Vec<Option<Span>> = vec![None; circles.len()];
    for edge in edges {
        let IncludeTarget::Document(to) = edge.target else { continue };
        let circle = circle_of[to];
        if circle_of[edge.from] == circle && first_of[circle] == Some(to) {
            closing[circle] = Some(edge.span);
        }
    }
    for (mut circle, closing) in circles.into_iter().zip(closing) {
        let Some(closing) = closing else { continue };
        circle.sort();
        let name = |n: &NodeIndex| {
            let path = &documents[n.index()].path;
            path.file_name().unwrap_or_default().to_string_lossy().into_owned()
        };
        let shown = circle.iter().take(MAX_SHOWN).map(name);
        let more = (circle.len() > MAX_SHOWN).then(|| format!("… {} files", circle.len()));
        let names: Vec<String> = shown.chain(more).collect();
        sink.push(rules::include_cycle(closing, &names));
    }
}
