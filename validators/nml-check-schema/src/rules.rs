//! What can be wrong with elements and attributes: `NML01xx`.

use nml_base::{Level, Rule, Topic};

macro_rules! rules {
    ($($ident:ident $code:literal $name:literal $summary:literal;)*) => {
        $(
            pub(crate) static $ident: Rule = Rule {
                code: $code,
                name: $name,
                topic: Topic::Structure,
                default_level: Level::Error,
                summary: $summary,
                page: include_str!(concat!("../pages/", $name, ".md")),
            };
        )*
        /// All rules of this crate, by code.
        pub static RULES: &[&Rule] = &[$(&$ident),*];
    };
}

rules! {
    WRONG_ROOT "NML0101" "wrong-root" "the root element is not `<neuroml>`";
    NEUROML_V1 "NML0102" "neuroml-v1" "the document is NeuroML version 1";
    WRONG_NAMESPACE "NML0103" "wrong-namespace" "an element is not in the namespace of NeuroML 2";
    UNKNOWN_ELEMENT "NML0104" "unknown-element" "an element has no place where it stands";
    ELEMENT_OUT_OF_ORDER "NML0105" "element-out-of-order" "an element stands after one it must come before";
    MISSING_ELEMENT "NML0106" "missing-element" "an element lacks a child that is required";
    REPEATED_ELEMENT "NML0107" "repeated-element" "an element that may occur once occurs again";
    CONFLICTING_ELEMENTS "NML0108" "conflicting-elements" "two elements exclude each other";
    UNEXPECTED_TEXT "NML0109" "unexpected-text" "text or blanks where none may be";
    UNKNOWN_ATTRIBUTE "NML0110" "unknown-attribute" "an element has no attribute of that name";
    MISSING_ATTRIBUTE "NML0111" "missing-attribute" "an element lacks an attribute that is required";
    BAD_QUANTITY "NML0112" "bad-quantity" "a value is not a number with a unit that fits";
    BAD_IDENTIFIER "NML0113" "bad-identifier" "a value is not an identifier";
    BAD_NUMBER "NML0114" "bad-number" "a value is not a number of the kind expected";
    BAD_CHOICE "NML0115" "bad-choice" "a value is none of those allowed";
    BAD_PATH "NML0116" "bad-path" "a value does not lead to a cell of a population";
    WRONG_TYPE_OVERRIDE "NML0117" "wrong-type-override" "`xsi:type` or `xsi:nil` is used where it does not fit";
    LIBXML_INVALID "NML0118" "libxml-invalid" "libxml2 finds a document invalid";
}
