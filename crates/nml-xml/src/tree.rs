//! A compact arena of elements over one source text.

use std::ops::Range;
use std::sync::Arc;

use nml_base::{SourceFile, Span};
use rustc_hash::FxHashMap;

use crate::{StartTag, Visitor, narrow};

/// Names one element of a [`Tree`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub u32);

const NONE: u32 = u32::MAX;
/// In [`Node::namespace`]: this node is character data.
const TEXT: u16 = u16::MAX;
/// In [`Slot::len`]: the value was rewritten on reading and lies in [`Tree::decoded`].
const DECODED: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
struct Node {
    parent: u32,
    next: u32,
    first_child: u32,
    attributes: u32,
    start: u32,
    end: u32,
    name_end: u32,
    name_len: u16,
    n_attributes: u16,
    namespace: u16,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    name_end: u32,
    start: u32,
    len: u32,
    name_len: u16,
    namespace: u16,
}

/// The elements of one file.  Names and values are slices of its text.
#[derive(Debug)]
pub struct Tree {
    file: Arc<SourceFile>,
    nodes: Vec<Node>,
    attributes: Vec<Slot>,
    decoded: Vec<(Range<u32>, Box<str>)>,
    namespaces: Vec<Box<str>>,
}

impl Tree {
    /// The file the tree was read from.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    /// The root element, if the file has one.
    pub fn root(&self) -> Option<Element<'_>> {
        (!self.nodes.is_empty()).then_some(Element { tree: self, id: NodeId(0) })
    }

    /// The element of a handle of this tree.
    pub fn element(&self, id: NodeId) -> Element<'_> {
        debug_assert!((id.0 as usize) < self.nodes.len());
        Element { tree: self, id }
    }

    /// The number of nodes, character data included; handles are below this.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All elements in document order.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        let count = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        let all = (0..count).map(|i| Element { tree: self, id: NodeId(i) });
        all.filter(|e| e.node().namespace != TEXT)
    }

    fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.file.id(), start, end)
    }
}

/// One element, borrowed from its tree.
#[derive(Clone, Copy)]
pub struct Element<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}> #{}", self.name(), self.id.0)
    }
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.tree, other.tree)
    }
}

impl Eq for Element<'_> {}

impl<'t> Element<'t> {
    fn node(self) -> &'t Node {
        &self.tree.nodes[self.id.0 as usize]
    }

    fn at(self, index: u32) -> Option<Self> {
        (index != NONE).then_some(Self { tree: self.tree, id: NodeId(index) })
    }

    /// The handle.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The tree it belongs to.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// Name without prefix.
    pub fn name(self) -> &'t str {
        let node = self.node();
        slice(self.tree, node.name_end - u32::from(node.name_len), node.name_end)
    }

    /// Namespace URI, empty where there is none.
    pub fn namespace(self) -> &'t str {
        &self.tree.namespaces[usize::from(self.node().namespace)]
    }

    /// The whole element, from `<` to `>`.
    pub fn span(self) -> Span {
        self.tree.span(self.node().start, self.node().end)
    }

    /// The name in the start tag.
    pub fn name_span(self) -> Span {
        let node = self.node();
        self.tree.span(node.name_end - u32::from(node.name_len), node.name_end)
    }

    /// The element around this one.
    pub fn parent(self) -> Option<Self> {
        self.at(self.node().parent)
    }

    /// The elements around this one, innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |e| e.parent())
    }

    /// The elements directly inside, in document order.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let all = std::iter::successors(self.at(self.node().first_child), |e| e.at(e.node().next));
        all.filter(|e| e.node().namespace != TEXT)
    }

    /// The elements directly inside that have this name.
    pub fn children_named(self, name: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |e| e.name() == name)
    }

    /// The first element directly inside that has this name.
    pub fn child(self, name: &str) -> Option<Self> {
        self.children().find(|e| e.name() == name)
    }

    /// This element and all inside it, in document order.
    pub fn descendants(self) -> impl Iterator<Item = Self> {
        // Nodes lie in document order, so that a subtree is a run of nodes.
        let after = &self.tree.nodes[self.id.0 as usize + 1..];
        let inside = after.partition_point(|node| node.start < self.node().end);
        let run = self.id.0..self.id.0 + 1 + narrow(inside);
        run.map(move |i| Self { tree: self.tree, id: NodeId(i) })
            .filter(|e| e.node().namespace != TEXT)
    }

    /// The attributes in the order written.
    pub fn attributes(self) -> impl ExactSizeIterator<Item = Attr<'t>> {
        let node = self.node();
        let first = node.attributes as usize;
        let slots = &self.tree.attributes[first..first + usize::from(node.n_attributes)];
        slots.iter().map(move |slot| Attr { tree: self.tree, slot })
    }

    /// The attribute of that name in no namespace.
    pub fn attribute(self, name: &str) -> Option<Attr<'t>> {
        self.attributes().find(|a| a.name() == name && a.slot.namespace == 0)
    }

    /// The value of the attribute of that name in no namespace.
    pub fn attr(self, name: &str) -> Option<&'t str> {
        self.attribute(name).map(Attr::value)
    }

    /// The character data directly inside, pieces joined.
    pub fn text(self) -> String {
        let all = std::iter::successors(self.at(self.node().first_child), |e| e.at(e.node().next));
        all.filter(|e| e.node().namespace == TEXT).map(Self::piece).collect()
    }

    fn piece(self) -> &'t str {
        let node = self.node();
        if node.name_len == u16::MAX {
            self.tree.decoded.get(node.attributes as usize).map_or("", |(_, text)| text)
        } else {
            slice(self.tree, node.start, node.end)
        }
    }
}

fn slice(tree: &Tree, start: u32, end: u32) -> &str {
    tree.file.text().get(start as usize..end as usize).unwrap_or("")
}

/// One attribute, borrowed from its tree.
#[derive(Clone, Copy)]
pub struct Attr<'t> {
    tree: &'t Tree,
    slot: &'t Slot,
}

impl std::fmt::Debug for Attr<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={:?}", self.name(), self.value())
    }
}

impl<'t> Attr<'t> {
    /// Name without prefix.
    pub fn name(self) -> &'t str {
        let end = self.slot.name_end;
        slice(self.tree, end - u32::from(self.slot.name_len), end)
    }

    /// Namespace URI, empty where there is none.
    pub fn namespace(self) -> &'t str {
        &self.tree.namespaces[usize::from(self.slot.namespace)]
    }

    /// The value, references expanded.
    pub fn value(self) -> &'t str {
        if self.slot.len == DECODED {
            self.tree.decoded.get(self.slot.start as usize).map_or("", |(_, text)| text)
        } else {
            slice(self.tree, self.slot.start, self.slot.start + self.slot.len)
        }
    }

    /// The name.
    pub fn name_span(self) -> Span {
        self.tree.span(self.slot.name_end - u32::from(self.slot.name_len), self.slot.name_end)
    }

    /// The value, without its quotes.
    pub fn value_span(self) -> Span {
        if self.slot.len == DECODED {
            let range =
                self.tree.decoded.get(self.slot.start as usize).map_or(0..0, |d| d.0.clone());
            self.tree.span(range.start, range.end)
        } else {
            self.tree.span(self.slot.start, self.slot.start + self.slot.len)
        }
    }

    /// A part of the value, given as byte offsets into [`Attr::value`]; the whole value where references
    /// were expanded, since offsets then do not fit the source.
    pub fn part_span(self, range: Range<usize>) -> Span {
        if self.slot.len == DECODED {
            self.value_span()
        } else {
            self.value_span().sub(range.start, range.end)
        }
    }
}

/// Listens to a reader and grows a [`Tree`].
#[derive(Debug)]
pub struct TreeBuilder {
    tree: Tree,
    open: Vec<u32>,
    /// The youngest child of each open element, to link the next one to.
    youngest: Vec<u32>,
    by_uri: FxHashMap<Box<str>, u16>,
    /// Mostly the next one too.
    last_namespace: u16,
}

impl TreeBuilder {
    /// A builder for the tree of `file`.
    pub fn new(file: Arc<SourceFile>) -> Self {
        // A guess that saves growing: one node per 60 bytes, as in real models.
        let guess = (file.text().len() / 60).min(1 << 16);
        let tree = Tree {
            file,
            nodes: Vec::with_capacity(guess),
            attributes: Vec::with_capacity(guess * 2),
            decoded: Vec::new(),
            namespaces: vec!["".into()],
        };
        let (open, youngest, by_uri) = (Vec::new(), Vec::new(), FxHashMap::default());
        Self { tree, open, youngest, by_uri, last_namespace: 0 }
    }

    /// The innermost open element.
    pub fn current(&self) -> Option<NodeId> {
        self.open.last().map(|&i| NodeId(i))
    }

    /// The tree so far, for looking at open elements.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The finished tree.  Elements left open by an error end where the file ends.
    pub fn finish(mut self) -> Tree {
        let end = self.tree.file.span().end;
        for &index in &self.open {
            self.tree.nodes[index as usize].end = end;
        }
        self.tree.nodes.shrink_to_fit();
        self.tree.attributes.shrink_to_fit();
        self.tree
    }

    /// Whether `text` is just what stands in the file there: mostly the very same bytes of memory.
    fn is_plain(&self, text: &str, range: &Range<usize>) -> bool {
        let there = self.tree.file.text().get(range.clone());
        there.is_some_and(|there| {
            there.len() == text.len() && (there.as_ptr() == text.as_ptr() || there == text)
        })
    }

    fn namespace(&mut self, uri: &str) -> u16 {
        if uri.is_empty() {
            return 0;
        }
        if *self.tree.namespaces[usize::from(self.last_namespace)] == *uri {
            return self.last_namespace;
        }
        self.last_namespace = self.by_uri.get(uri).copied().unwrap_or_else(|| {
            self.tree.namespaces.push(uri.into());
            // Readers stop at `MAX_NAMESPACES`, far below.
            let new = u16::try_from(self.tree.namespaces.len() - 1).ok().filter(|&i| i != TEXT);
            self.by_uri.insert(uri.into(), new.unwrap_or(0));
            new.unwrap_or(0)
        });
        self.last_namespace
    }

    fn decoded(&mut self, range: &Range<usize>, text: &str) -> u32 {
        self.tree.decoded.push((narrow(range.start)..narrow(range.end), text.into()));
        narrow(self.tree.decoded.len() - 1)
    }

    fn push(&mut self, node: Node) -> u32 {
        let index = narrow(self.tree.nodes.len());
        if let Some(youngest) = self.youngest.last_mut() {
            let before = std::mem::replace(youngest, index);
            if before != NONE {
                self.tree.nodes[before as usize].next = index;
            } else if let Some(&parent) = self.open.last() {
                self.tree.nodes[parent as usize].first_child = index;
            }
        }
        self.tree.nodes.push(node);
        index
    }
}

impl Visitor for TreeBuilder {
    fn start(&mut self, tag: &StartTag<'_>) {
        let namespace = self.namespace(tag.namespace);
        let first = narrow(self.tree.attributes.len());
        for attribute in tag.attributes {
            let namespace = self.namespace(attribute.namespace);
            let (start, len) = if self.is_plain(&attribute.value, &attribute.value_range) {
                (narrow(attribute.value_range.start), narrow(attribute.value_range.len()))
            } else {
                (self.decoded(&attribute.value_range, &attribute.value), DECODED)
            };
            self.tree.attributes.push(Slot {
                name_end: narrow(attribute.name_range.end),
                name_len: short(attribute.name.len()),
                namespace,
                start,
                len,
            });
        }
        let index = self.push(Node {
            parent: self.open.last().copied().unwrap_or(NONE),
            next: NONE,
            first_child: NONE,
            attributes: first,
            start: narrow(tag.start),
            end: narrow(tag.name_end),
            name_end: narrow(tag.name_end),
            name_len: short(tag.name.len()),
            n_attributes: short(tag.attributes.len()),
            namespace,
        });
        self.open.push(index);
        self.youngest.push(NONE);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if text.trim_ascii().is_empty() {
            return;
        }
        let plain = self.is_plain(text, &range);
        let attributes = if plain { 0 } else { self.decoded(&range, text) };
        self.push(Node {
            parent: self.open.last().copied().unwrap_or(NONE),
            next: NONE,
            first_child: NONE,
            attributes,
            start: narrow(range.start),
            end: narrow(range.end),
            name_end: 0,
            name_len: if plain { 0 } else { u16::MAX },
            n_attributes: 0,
            namespace: TEXT,
        });
    }

    fn space(&mut self, _: &str, _: Range<usize>) {}

    fn end(&mut self, range: Range<usize>) {
        if let Some(index) = self.open.pop() {
            self.tree.nodes[index as usize].end = narrow(range.end);
            self.youngest.pop();
        }
    }
}

fn short(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
