//! Mechanisms that circuits name and the standard lacks, see `data/sonata-mechanisms.xml`.

use std::sync::Arc;

use nml_base::SourceMap;
use nml_xml::{Element, Tree, TreeBuilder};
use rustc_hash::FxHashSet;

const TEXT: &str = include_str!("../../data/sonata-mechanisms.xml");

/// The mechanisms, and those that are printed already.
pub(super) struct Library {
    tree: Tree,
    printed: FxHashSet<String>,
}

impl Library {
    /// Nothing is printed yet.
    pub(super) fn new() -> Self {
        let file = SourceMap::new().add("sonata-mechanisms.xml", TEXT.to_owned());
        let mut builder = TreeBuilder::new(Arc::clone(&file));
        // The text is our own, and a test reads it.
        let _ = nml_xml::read(file.text(), &mut builder);
        Self { tree: builder.finish(), printed: FxHashSet::default() }
    }

    fn top(&self) -> impl Iterator<Item = Element<'_>> {
        self.tree.root().into_iter().flat_map(Element::children)
    }

    /// Whether there is such a component or component type.
    pub(super) fn has(&self, name: &str) -> bool {
        self.top().any(|e| e.attr("id") == Some(name) || e.attr("name") == Some(name))
    }

    /// Prints a component or a component type and the types that it names, unless that has been done.
    pub(super) fn print(&mut self, name: &str, out: &mut String) {
        let mut wanted = vec![name.to_owned()];
        while let Some(name) = wanted.pop() {
            if !self.printed.insert(name.clone()) {
                continue;
            }
            for element in self.top() {
                let is = |attribute: &str| element.attr(attribute) == Some(name.as_str());
                if !(is("id") && element.name() != "ComponentType" || is("name")) {
                    continue;
                }
                let types = element.descendants().filter_map(|inner| inner.attr("type"));
                wanted.extend(types.filter(|ty| self.has(ty)).map(str::to_owned));
                out.push_str("  ");
                out.push_str(self.tree.file().slice(element.span()));
                out.push('\n');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mechanism_comes_with_its_types_once() {
        let mut library = Library::new();
        let mut out = String::new();
        library.print("K_P", &mut out);
        library.print("K_P", &mut out);
        assert_eq!(out.matches("<ionChannelHH id=\"K_P\"").count(), 1);
        assert_eq!(out.matches("<ComponentType name=\"K_P_").count(), 2);
        assert!(!library.has("nothing"));
    }
}
