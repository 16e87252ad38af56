//! SWC files: one sample a line, `number type x y z radius parent`, lengths in µm.
//!
//! The tree of samples becomes a text, a document with one cell for each tree, that is read like any other one.
//! Findings about samples point into the file itself.
//!
//! What is not said by the segments stands in properties of the morphology, so that the same file can be
//! written again: see [`cell`].

mod cell;
mod print;
mod sample;
mod tree;

use std::path::Path;

use nml_base::{Diagnostics, SourceFile, SourceMap};
use nml_model::Document;

use crate::document::{self, ObserverFactory};

/// Whether a file of this name claims to be SWC.
pub(crate) fn is_name(path: &Path) -> bool {
    let ending = |path: &Path| {
        path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
    };
    match ending(path).as_str() {
        "swc" => true,
        "gz" => ending(Path::new(path.file_stem().unwrap_or_default())) == "swc",
        _ => false,
    }
}

/// A segment by its numbers.
#[derive(Clone, Debug)]
pub(crate) struct Frustum {
    pub(crate) number: u32,
    /// The type of its sample.
    pub(crate) kind: u32,
    /// The segment it grows from, and whether from its beginning.
    pub(crate) parent: Option<(u32, bool)>,
    /// x, y, z, diameter in µm; where its parent ends, if there is none.
    pub(crate) proximal: Option<[f64; 4]>,
    pub(crate) distal: [f64; 4],
}

/// A cell by its numbers: segments, parents first, and unbranched runs of them, each with its type.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) segments: Vec<Frustum>,
    pub(crate) sections: Vec<(u32, Vec<u32>)>,
}

/// The cells of a file; none, and findings, where it is wrong.
pub(crate) fn shapes(file: &SourceFile, sink: &mut Diagnostics) -> Vec<Shape> {
    let mut found = Diagnostics::new();
    let lines = sample::read(file, &mut found);
    let trees = tree::link(&lines.samples, &mut found);
    let good = !found.has_errors();
    sink.append(found);
    if !good {
        return Vec::new();
    }
    let samples = &lines.samples;
    let point = |(place, width): (usize, usize)| {
        let [x, y, z, _] = samples[place].values;
        [x, y, z, samples[width].values[3] * 2.0]
    };
    let shape = |tree: &tree::Tree| {
        let cell = cell::Cell::of(samples, tree);
        let segments = cell.segments.iter().map(|segment| Frustum {
            number: segment.number,
            kind: samples[segment.distal].kind,
            parent: segment.parent,
            proximal: segment.proximal.map(point),
            distal: point((segment.distal, segment.distal)),
        });
        let sections = cell.sections.iter().map(|run| (run.kind, run.segments.clone()));
        Shape { segments: segments.collect(), sections: sections.collect() }
    };
    trees.iter().map(shape).collect()
}

/// Reads an SWC file.  Never fails: where a sample is wrong there are findings and no cell.
pub(crate) fn read(
    path: &Path,
    bytes: Vec<u8>,
    sources: &SourceMap,
    observer: Option<&ObserverFactory>,
) -> Document {
    let mut sink = Diagnostics::new();
    let (file, found) = document::source(path, bytes, sources);
    sink.extend(found);
    let lines = sample::read(&file, &mut sink);
    let trees = tree::link(&lines.samples, &mut sink);
    if sink.has_errors() {
        return document::empty(path, file, sink);
    }
    let cells: Vec<_> = trees.iter().map(|tree| cell::Cell::of(&lines.samples, tree)).collect();
    let text = print::document(path, &file, &lines, &cells);
    let made = sources.add_with_rows(path, text, Vec::new());
    document::from_text(path, &made, observer, sink)
}
