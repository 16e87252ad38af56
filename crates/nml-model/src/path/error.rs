//! Why a path leads nowhere.

use std::fmt;

use nml_base::{TextRange, nearest};

/// A path that leads nowhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathError {
    /// The step that fails, in the text of the path.
    pub range: TextRange,
    /// That step as written.
    pub step: String,
    /// Where the path has got to before it: `<population id="pop">`.
    pub place: String,
    /// What is wrong with it.
    pub kind: PathErrorKind,
    /// The steps possible there, in the order of the document.
    pub candidates: Vec<String>,
}

/// What is wrong with a step.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum PathErrorKind {
    /// The path is empty.
    Empty,
    /// Neither a child, a reference, an attachment nor a quantity has this name.
    UnknownStep,
    /// The last step is no quantity.
    UnknownQuantity,
    /// The last step is a component, where a quantity is needed.
    NotAQuantity,
    /// An index on something that has no list.
    NotAList,
    /// The index is not a whole number.
    BadIndex,
    /// The list has fewer members.
    OutOfRange {
        /// How many it has.
        count: u64,
    },
    /// There is no instance or segment of this identifier.
    UnknownMember {
        /// `instance` or `segment`.
        what: &'static str,
    },
    /// A population without an index, where one of its cells is needed.
    MissingIndex,
    /// The path ends at the place of an instance, before its component.
    Incomplete,
    /// Fewer instances of this component are attached to the cell.
    NotAttached {
        /// How many are.
        count: u32,
    },
    /// What lies there is not known, because a type or component is missing, which is reported there.
    Unknown,
}

impl PathError {
    /// The candidate that was probably meant, without an index.
    pub fn suggestion(&self) -> Option<&str> {
        let name = self.step.split('[').next().unwrap_or(&self.step);
        nearest(name, self.candidates.iter().map(String::as_str))
    }
}

impl fmt::Display for PathError {
    /// The finding in words: lower case, no full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { step, place, .. } = self;
        match &self.kind {
            PathErrorKind::Empty => write!(f, "the path is empty"),
            PathErrorKind::UnknownStep => {
                write!(f, "`{place}` has no child, reference or attachment `{step}`")
            }
            PathErrorKind::UnknownQuantity => write!(f, "`{place}` has no quantity `{step}`"),
            PathErrorKind::NotAQuantity => {
                write!(f, "`{step}` is a component of `{place}`, not a quantity")
            }
            PathErrorKind::NotAList => write!(f, "`{place}` is no list, `{step}` has no index"),
            PathErrorKind::BadIndex => write!(f, "the index of `{step}` is not a whole number"),
            PathErrorKind::OutOfRange { count } => {
                let members = if *count == 1 { "member" } else { "members" };
                write!(f, "`{place}` has {count} {members}, `{step}` is out of range")
            }
            PathErrorKind::UnknownMember { what } => write!(f, "`{place}` has no {what} `{step}`"),
            PathErrorKind::MissingIndex => {
                write!(f, "`{place}` is a list, the path does not say which member")
            }
            PathErrorKind::Incomplete => {
                write!(f, "the path ends before the component that stands at `{step}`")
            }
            PathErrorKind::NotAttached { count: 0 } => {
                write!(f, "no instance of `{step}` is attached to this cell of `{place}`")
            }
            PathErrorKind::NotAttached { count } => write!(
                f,
                "this cell of `{place}` has {count} of these attached, `{step}` is out of range"
            ),
            PathErrorKind::Unknown => write!(f, "what `{step}` means is not known"),
        }
    }
}

impl std::error::Error for PathError {}
