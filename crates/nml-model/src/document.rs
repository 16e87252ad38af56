//! One file, read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostic, LoadError, SourceFile, Span};
use nml_lems::Definitions;
use nml_xml::{Element, NodeId, Tree};

use crate::table::{Table, Tables};

/// The namespace of NeuroML 2 documents.
pub const NEUROML2_NAMESPACE: &str = "http://www.neuroml.org/schema/neuroml2";

/// What a file is, told from its root element.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DocumentKind {
    /// `<neuroml>` in the NeuroML 2 namespace, or in none.
    NeuroMl,
    /// `<Lems>`.
    Lems,
    /// A document of NeuroML version 1.
    NeuroMlV1,
    /// Anything else, or nothing at all.
    Other,
}

impl DocumentKind {
    /// Tells the kind from the root element.
    pub fn of(root: Option<Element<'_>>) -> Self {
        let Some(root) = root else { return Self::Other };
        let namespace = root.namespace();
        match root.name() {
            "Lems" => Self::Lems,
            "neuroml" | "networkml" | "morphml" | "channelml"
                if namespace.contains("morphml.org") =>
            {
                Self::NeuroMlV1
            }
            "neuroml" if namespace.contains("neuroml.org/schema/neuroml1") => Self::NeuroMlV1,
            "neuroml" => Self::NeuroMl,
            "networkml" | "morphml" | "channelml" => Self::NeuroMlV1,
            _ => Self::Other,
        }
    }
}

/// A reference from one file to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Include {
    /// The element.
    pub node: NodeId,
    /// The path as written, blanks around it removed.
    pub href: String,
    /// The path in the source, or the element where it has none.
    pub span: Span,
}

/// One file: its elements, its tables, the types it defines and what was found wrong on the way.
#[derive(Debug)]
pub struct Document {
    /// Where it was read from.
    pub path: PathBuf,
    /// What it is.
    pub kind: DocumentKind,
    /// Its elements, without the rows of the tables.
    pub tree: Tree,
    /// Its bulk data.
    pub tables: Tables,
    /// The files it refers to, in document order.
    pub includes: Vec<Include>,
    /// The dimensions, units and component types it defines.
    pub definitions: Definitions,
    /// Why there is nothing in it, where the file could not be read.
    pub unreadable: Option<LoadError>,
    /// What reading it and checking its structure found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// The source text with its lines.
    pub fn file(&self) -> &Arc<SourceFile> {
        self.tree.file()
    }

    /// The folder that includes are relative to.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// The table inside an element.
    pub fn table(&self, owner: NodeId) -> Option<&Table> {
        self.tables.get(owner)
    }
}
