//! The checker: follows the reader with one frame per open element.

use std::ops::Range;
use std::sync::Arc;

use nml_base::{Diagnostic, Diagnostics, SourceFile, Span};
use nml_schemas::structure::{
    ComplexType, Content, ElementType, NAMESPACE, SimpleType, complex_type, name_id, root,
    simple_type,
};
use nml_xml::{StartTag, Visitor};
use rustc_hash::FxHashSet;

use crate::limits::Findings;
use crate::{attributes, children, rules, shown};

/// What a document says it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DocumentKind {
    /// `<neuroml>` in the namespace of NeuroML 2, or in none, where NeuroML 2 is meant.
    NeuroML2,
    /// A document of NeuroML version 1, of any level.
    NeuroML1,
    /// A LEMS file.
    Lems,
    /// Something else.
    Other,
}

/// What the standard says about the structure of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Whether the XML schema of NeuroML 2.3.1 accepts it.
    pub valid: bool,
    /// What it says it is; `None` where no element was read.
    pub kind: Option<DocumentKind>,
}

/// What is known from the file through which a document is reached.
///
/// LEMS neither orders what is inside a component type nor limits it to what the document grammar knows, so
/// `<ComponentType>` elements are then left to the checks of LEMS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Names of elements that component types declare: type names, and names of their `Child` and
    /// `Children`.  Such an element is accepted wherever it stands, and so is one that names such a type as
    /// its `type`; what is inside them is not checked.
    pub elements: FxHashSet<String>,
}

/// An open element.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) ty: FrameType,
    /// Children read so far: the state of the content model and the set of names.
    pub(crate) state: usize,
    pub(crate) seen: u128,
    /// Where the first child of each name stands in `StructureChecker::places`.
    pub(crate) places: usize,
    /// Byte offsets of the `<` and of the name.
    pub(crate) start: u32,
    pub(crate) name: (u32, u32),
    /// What went wrong inside, if anything did.
    pub(crate) trouble: Option<Box<Trouble>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum FrameType {
    Complex(&'static ComplexType),
    Simple(&'static SimpleType),
}

/// Notes kept about an open element until it ends.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    /// Children that were skipped before another: their set, whether one of them is enough, and the
    /// place of the other.
    pub(crate) skipped: Vec<(u128, bool, (u32, u32))>,
    /// Children told to be out of order, or taken for others: being there, they are not missing.
    pub(crate) late: u128,
    /// The last finding about text in this element, and where that text ended.
    pub(crate) text: Option<(usize, usize)>,
    /// The element stands too late: the finding that waits for its end, and where it should be.
    pub(crate) moved: Option<(usize, u32)>,
}

/// Checks the structure of a document while it is read.
#[derive(Debug)]
pub struct StructureChecker {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) declared: Arc<Declared>,
    pub(crate) found: Findings,
    pub(crate) frames: Vec<Frame>,
    /// For each open element the place of the first child of each name: offsets of `<` and name.
    pub(crate) places: Vec<(u32, u32, u32)>,
    /// How deep inside of something that is not checked.
    skip: usize,
    /// The namespace of the elements: that of NeuroML, or the wrong one of the root.
    pub(crate) namespace: Box<str>,
    /// Whether a wrong namespace below the root was told.
    pub(crate) namespace_told: bool,
    kind: Option<DocumentKind>,
}

impl StructureChecker {
    /// A checker for the text of `file`, taken on its own.
    pub fn new(file: Arc<SourceFile>) -> Self {
        Self {
            file,
            declared: Arc::default(),
            found: Findings::default(),
            frames: Vec::new(),
            places: Vec::new(),
            skip: 0,
            namespace: NAMESPACE.into(),
            namespace_told: false,
            kind: None,
        }
    }

    /// The same, for a document reached through a LEMS file that declares these component types.
    #[must_use]
    pub fn declared(mut self, declared: Arc<Declared>) -> Self {
        self.declared = declared;
        self
    }

    /// The findings in the order of the text, and the verdict.
    pub fn finish(self) -> (Diagnostics, Verdict) {
        let valid = self.found.is_empty() && self.kind == Some(DocumentKind::NeuroML2);
        (self.found.finish(), Verdict { valid, kind: self.kind })
    }

    /// The type of the innermost open element.
    pub(crate) fn parent(&self) -> Option<FrameType> {
        self.frames.last().map(|f| f.ty)
    }

    /// Adds a finding about the innermost open element or its child.
    pub(crate) fn push(&mut self, finding: Diagnostic) -> Option<usize> {
        let ty = self.parent_type();
        self.found.push(ty, finding)
    }

    /// Whether there are so many findings of this kind already that one more is just counted.
    pub(crate) fn only_counted(&mut self, rule: &nml_base::Rule) -> bool {
        let ty = self.parent_type();
        self.found.only_counted(ty, rule)
    }

    fn parent_type(&self) -> Option<nml_schemas::structure::TypeId> {
        match self.parent() {
            Some(FrameType::Complex(ty)) => Some(ty.id),
            Some(FrameType::Simple(_)) | None => None,
        }
    }

    pub(crate) fn span(&self, range: (u32, u32)) -> Span {
        Span::new(self.file.id(), range.0, range.1)
    }

    pub(crate) fn range_span(&self, range: &Range<usize>) -> Span {
        self.span((narrow(range.start), narrow(range.end)))
    }

    /// The attribute checks of an element, and its frame.
    pub(crate) fn open(&mut self, ty: ElementType, tag: &StartTag<'_>) {
        let ty = match ty {
            ElementType::Complex(id) => FrameType::Complex(complex_type(id)),
            ElementType::Simple(id) => FrameType::Simple(simple_type(id)),
        };
        if let FrameType::Complex(complex) = ty
            && self.is_left_to_lems(complex, tag)
        {
            return self.skip();
        }
        let ty = attributes::check(self, ty, tag);
        let places = self.places.len();
        if let FrameType::Complex(ty) = ty
            && let Content::Elements(model) = &ty.content
        {
            self.places.resize(places + model.children.len(), (0, 0, 0));
        }
        self.frames.push(Frame {
            ty,
            state: 0,
            seen: 0,
            places,
            start: narrow(tag.start),
            name: (narrow(tag.name_start), narrow(tag.name_end)),
            trouble: None,
        });
    }

    /// Whether an element is a component type, or a component of a type that only the model declares.
    fn is_left_to_lems(&self, ty: &ComplexType, tag: &StartTag<'_>) -> bool {
        let declared = &self.declared.elements;
        if declared.is_empty() {
            return false;
        }
        tag.name == "ComponentType"
            || tag.attribute("type").is_some_and(|named| {
                let rule = name_id("type").and_then(|name| ty.attribute(name));
                let rule = rule.map(|index| &ty.attributes[index]);
                let standard = rule.is_some_and(|rule| {
                    rule.simple_type().is_none_or(|simple| simple.accepts(&named.value))
                });
                !standard && declared.contains(&*named.value)
            })
    }

    /// Does not look at the element that begins, nor inside it.
    pub(crate) fn skip(&mut self) {
        self.skip = 1;
    }

    /// A child that fits: moves on and opens it.
    fn accept(&mut self, child: usize, ty: ElementType, tag: &StartTag<'_>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.state = child + 1;
            let bit = 1 << child;
            if frame.seen & bit == 0 {
                frame.seen |= bit;
                self.places[frame.places + child] =
                    (narrow(tag.start), narrow(tag.name_start), narrow(tag.name_end));
            }
        }
        self.open(ty, tag);
    }
}

impl Visitor for StructureChecker {
    fn start(&mut self, tag: &StartTag<'_>) {
        if self.skip > 0 {
            self.skip += 1;
            return;
        }
        let Some(frame) = self.frames.last() else {
            let fresh = self.kind.is_none();
            let kind = crate::root::check(self, tag);
            self.kind = self.kind.or(Some(kind));
            if fresh && kind == DocumentKind::NeuroML2 {
                self.open(ElementType::Complex(root().1), tag);
            } else {
                self.skip();
            }
            return;
        };
        let FrameType::Complex(ty) = frame.ty else {
            children::inside_text(self, tag);
            return;
        };
        match &ty.content {
            Content::Any => self.skip(),
            Content::Empty => children::unknown(self, ty, tag),
            Content::Elements(model) => {
                let child = name_id(tag.name).and_then(|name| model.child(name));
                match child {
                    Some(child) if tag.namespace == &*self.namespace => {
                        if model.allowed(frame.state, frame.seen) >> child & 1 == 1 {
                            self.accept(child, model.children[child].ty, tag);
                        } else {
                            children::misplaced(self, model, child, tag);
                        }
                    }
                    _ => children::unknown(self, ty, tag),
                }
            }
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if text.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')) {
            return self.space(text, range);
        }
        if self.skip == 0 && self.parent_type().is_some() {
            children::text(self, false, &range);
        }
    }

    fn space(&mut self, text: &str, range: Range<usize>) {
        if self.skip > 0 || text.is_empty() {
            return;
        }
        let Some(Frame { ty: FrameType::Complex(ty), .. }) = self.frames.last() else { return };
        if matches!(ty.content, Content::Empty) {
            children::text(self, true, &range);
        }
    }

    fn end(&mut self, range: Range<usize>) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        let Some(frame) = self.frames.last() else { return };
        if let FrameType::Complex(ty) = frame.ty
            && let Content::Elements(model) = &ty.content
            && (frame.trouble.is_some() || !model.may_end(frame.state, frame.seen))
        {
            children::ended(self, model);
        }
        if let Some(frame) = self.frames.pop() {
            self.places.truncate(frame.places);
            if let Some((finding, goal)) = frame.trouble.and_then(|t| t.moved) {
                crate::fixes::move_element(self, finding, &range, goal);
            }
        }
    }
}

/// The innermost open element as `<name id="…">`.
pub(crate) fn shown_parent(checker: &StructureChecker) -> String {
    checker.frames.last().map_or_else(String::new, |f| shown::element(&checker.file, f.start))
}

/// Adds a finding about an element in a place where it may not be.
pub(crate) fn on_name(
    checker: &StructureChecker,
    rule: &'static nml_base::Rule,
    tag: &StartTag<'_>,
    message: String,
) -> Diagnostic {
    debug_assert!(rules::RULES.contains(&rule));
    Diagnostic::new(rule, checker.range_span(&(tag.name_start..tag.name_end)), message)
}

pub(crate) fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
