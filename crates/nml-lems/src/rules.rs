//! What can be wrong with the form of a definition: `NML0701` to `NML0709`.

use nml_base::{Diagnostic, Level, Rule, Topic, nearest};
use nml_xml::{Attr, Element};

use crate::Text;

macro_rules! rules {
    ($($ident:ident $code:literal $name:literal $level:ident $summary:literal;)*) => {
        $(
            static $ident: Rule = Rule {
                code: $code,
                name: $name,
                topic: Topic::Lems,
                default_level: Level::$level,
                summary: $summary,
                page: include_str!(concat!("../pages/", $name, ".md")),
            };
        )*
        /// All rules of this crate, by code.
        pub static RULES: &[&Rule] = &[$(&$ident),*];
    };
}

rules! {
    UNKNOWN_ELEMENT "NML0701" "unknown-lems-element" Error "LEMS has no element of that name at that place";
    UNKNOWN_ATTRIBUTE "NML0702" "unknown-lems-attribute" Error "a LEMS element has an attribute it does not know";
    MISSING_ATTRIBUTE "NML0703" "missing-lems-attribute" Error "a LEMS element lacks an attribute it needs";
    INVALID_VALUE "NML0704" "invalid-lems-value" Error "an attribute of a LEMS element has a value that is not one of those allowed";
    REPEATED_DECLARATION "NML0705" "repeated-declaration" Error "a component type declares the same thing twice";
    VALUE_AND_SELECT "NML0706" "value-and-select" Error "a derived quantity has both an expression and a path";
    RENAMED_ELEMENT "NML0707" "renamed-lems-element" Error "an element has the name an old version of LEMS gave it";
    UNSUPPORTED_FEATURE "NML0708" "unsupported-lems-feature" Warn "a part of LEMS that is read by no simulator, and not by this one";
    STRAY_TEXT "NML0709" "stray-text" Warn "there is text between LEMS elements";
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|n| format!("`{n}`")).collect();
    quoted.join(", ")
}

pub(crate) fn unknown_element(
    child: Element<'_>,
    inside: Element<'_>,
    known: &[&str],
) -> Diagnostic {
    let (name, outer) = (child.name(), inside.name());
    let message = format!("`{outer}` cannot hold `{name}`");
    let help = match nearest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if known.is_empty() => format!("take it out: `{outer}` holds no elements"),
        None => format!("it holds {}", list(known.iter().copied())),
    };
    Diagnostic::new(&UNKNOWN_ELEMENT, child.name_span(), message).help(help)
}

pub(crate) fn unknown_attribute(
    element: Element<'_>,
    attr: Attr<'_>,
    meant: Option<&str>,
    known: impl Iterator<Item = &'static str>,
) -> Diagnostic {
    let (name, attribute) = (element.name(), attr.name());
    let message = format!("`{name}` has no attribute `{attribute}`");
    let known: Vec<&str> = known.collect();
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if known.is_empty() => "take it out".to_owned(),
        None => format!("it has {}", list(known)),
    };
    Diagnostic::new(&UNKNOWN_ATTRIBUTE, attr.name_span(), message).help(help)
}

pub(crate) fn missing_attribute(element: Element<'_>, attribute: &str) -> Diagnostic {
    let name = element.name();
    let which = element.attr("name").filter(|n| !n.is_empty());
    let which = which.map(|n| format!(" `{n}`")).unwrap_or_default();
    let (message, span) = match element.attribute(attribute) {
        Some(empty) => {
            let message = format!("attribute `{attribute}` of `{name}`{which} is empty");
            // An empty value has no width to point at.
            (message, empty.name_span())
        }
        None => (format!("`{name}`{which} has no `{attribute}`"), element.name_span()),
    };
    let help = match attribute {
        "dimension" => "add `dimension=\"…\"`; a pure number has the dimension `none`".to_owned(),
        _ => format!("add `{attribute}=\"…\"`"),
    };
    Diagnostic::new(&MISSING_ATTRIBUTE, span, message).help(help)
}

pub(crate) fn none_of(element: Element<'_>, names: &[&str]) -> Diagnostic {
    let name = element.name();
    let which = element.attr("name").filter(|n| !n.is_empty());
    let which = which.map(|n| format!(" `{n}`")).unwrap_or_default();
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    let message = if let [first, second] = quoted.as_slice() {
        format!("`{name}`{which} has neither {first} nor {second}")
    } else {
        format!("`{name}`{which} has no {}", quoted.join(", "))
    };
    let first = names.first().copied().unwrap_or_default();
    Diagnostic::new(&MISSING_ATTRIBUTE, element.name_span(), message)
        .help(format!("add `{first}=\"…\"`"))
}

pub(crate) fn invalid_value(element: Element<'_>, attr: Attr<'_>, allowed: &str) -> Diagnostic {
    let (name, attribute, value) = (element.name(), attr.name(), attr.value());
    let message = format!("attribute `{attribute}` of `{name}` is `{value}`, expected {allowed}");
    Diagnostic::new(&INVALID_VALUE, attr.value_span(), message).help(format!("write {allowed}"))
}

/// `None` for what is built in, which has no place.
pub(crate) fn duplicate_name(
    what: &str,
    owner: &str,
    first: &Text,
    second: &Text,
) -> Option<Diagnostic> {
    let message = format!("component type `{owner}` declares the {what} `{second}` twice");
    let diagnostic = Diagnostic::new(&REPEATED_DECLARATION, second.span?, message)
        .also(first.span?, "first declared here")
        .help("remove one of them, or give it another name");
    Some(diagnostic)
}

pub(crate) fn second_element(element: Element<'_>) -> Diagnostic {
    let name = element.name();
    let message = format!("a component type can have only one `{name}`");
    Diagnostic::new(&REPEATED_DECLARATION, element.name_span(), message)
        .help("move its content into the first one")
}

pub(crate) fn value_and_select(element: Element<'_>, value: &Text, select: &Text) -> Diagnostic {
    let name = element.name();
    let which = element.attr("name").unwrap_or_default();
    let message = format!("`{name}` `{which}` has both a `value` and a `select`");
    let span = select.span.unwrap_or(element.name_span());
    Diagnostic::new(&VALUE_AND_SELECT, span, message)
        .also(value.span.unwrap_or(element.name_span()), "the expression")
        .help("keep the one that is meant; read the other one into a variable of its own")
}

pub(crate) fn renamed_element(element: Element<'_>, now: &str) -> Diagnostic {
    let name = element.name();
    let message = format!("`{name}` is not LEMS any more, it is called `{now}`");
    Diagnostic::new(&RENAMED_ELEMENT, element.name_span(), message)
        .help(format!("rename it to `{now}`"))
}

pub(crate) fn unsupported_element(element: Element<'_>) -> Diagnostic {
    let name = element.name();
    let message = format!("`{name}` has no effect");
    Diagnostic::new(&UNSUPPORTED_FEATURE, element.name_span(), message)
        .help("take it out, or say in equations what it should do")
}

pub(crate) fn unsupported_attribute(element: Element<'_>, attr: Attr<'_>) -> Diagnostic {
    let (name, attribute) = (element.name(), attr.name());
    let message = format!("attribute `{attribute}` of `{name}` has no effect");
    Diagnostic::new(&UNSUPPORTED_FEATURE, attr.name_span(), message).help("take it out")
}

pub(crate) fn stray_text(element: Element<'_>) -> Diagnostic {
    let name = element.name();
    let message = format!("there is text inside `{name}`, which has no effect");
    Diagnostic::new(&STRAY_TEXT, element.name_span(), message)
        .help("look for a doubled `>` or quote, or make it an XML comment")
}
