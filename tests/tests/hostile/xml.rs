//! Texts that are no good XML, or too much of it.

use crate::bounds::{assert_short, check_text, document, joined, rules, within};

/// Above this the streaming reader is used.
const LARGE: usize = 5 << 20;

/// The text as it is, and with so much white space that it is streamed.
fn both_ways(text: &str) -> [String; 2] {
    [text.to_owned(), format!("{text}{}", " ".repeat(LARGE))]
}

fn refused(text: &str, mib: u64) {
    for text in both_ways(text) {
        let checked = within(mib, || check_text(text));
        assert!(rules(&checked).contains(&"malformed-xml"), "{:?}", rules(&checked));
        assert_short(&checked);
    }
}

#[test]
fn entities_are_not_expanded() {
    let mut laughs = "<!DOCTYPE lolz [<!ENTITY l0 'lol'>".to_owned();
    for i in 1..12 {
        let ten = format!("&l{};", i - 1).repeat(10);
        laughs.push_str(&["<!ENTITY l", &i.to_string(), " '", &ten, "'>"].concat());
    }
    refused(&format!("{laughs}]>{}", document("&l11;")), 64);
    let long = "x".repeat(100_000);
    let uses = "&x;".repeat(20_000);
    refused(&format!("<!DOCTYPE n [<!ENTITY x '{long}'>]>{}", document(&uses)), 64);
    for outside in ["SYSTEM 'file:///etc/hostname'", "PUBLIC 'p' 'http://192.0.2.1/x'"] {
        refused(&format!("<!DOCTYPE n [<!ENTITY x {outside}>]>{}", document("&x;")), 64);
    }
    refused("<!DOCTYPE n [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><n>&a;</n>", 64);
}

#[test]
fn an_outside_grammar_is_not_fetched() {
    for outside in ["SYSTEM 'http://192.0.2.1/x.dtd'", "SYSTEM '/dev/zero'"] {
        let text = format!("<!DOCTYPE neuroml {outside}>{}", document(""));
        let checked = within(64, || check_text(text));
        assert!(!rules(&checked).contains(&"malformed-xml"));
    }
}

#[test]
fn depth_is_limited() {
    refused(&("<a>".repeat(10_000) + &"</a>".repeat(10_000)), 64);
    refused(&"<a>".repeat(300_000), 128);
}

#[test]
fn names_attributes_and_namespaces_are_limited() {
    refused(&format!("<{} id='x'/>", "n".repeat(10 << 20)), 128);
    refused(&document(&format!("<a {}='x'/>", "n".repeat(70_000))), 64);
    let attributes: String = joined(0..1_000_000, |i| format!(" a{i}=''"));
    refused(&document(&format!("<iafCell{attributes}/>")), 128);
    let attributes: String = joined(0..300_000, |i| format!(" a{i}=''"));
    refused(&document(&format!("<iafCell{attributes}/>")), 128);
    let declared: String = joined(0..60_000, |i| format!(" xmlns:n{i}='urn:{i}'"));
    refused(&format!("<a{declared}>{}</a>", "<b xmlns:m='u'/>".repeat(50_000)), 128);
    let declared: String = joined(0..900, |i| format!(" xmlns:n{i}='urn:{i}'"));
    let used = "<n7:b xmlns:m='u' n8:c='1'/>".repeat(60_000);
    let checked = within(256, || check_text(format!("<a{declared}>{used}</a>")));
    assert_short(&checked);
}

#[test]
fn one_long_value_is_just_a_long_value() {
    let long = "x".repeat(50 << 20);
    for text in [
        document("").replace("id=\"d\"", &format!("id=\"{long}\"")),
        document(&format!("<notes>{long}</notes>")),
        document(&format!("<!--{long}-->")),
        document(&format!("<iafCell id=\"c\" C=\"{long}\" thresh=\"{}mV\"/>", "9".repeat(1 << 20))),
    ] {
        // The text, the copy that the file system keeps, and a decoded one.
        let checked = within(300, || check_text(text));
        assert_short(&checked);
        assert!(!rules(&checked).contains(&"malformed-xml"));
    }
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let utf16 = |units: &[u16]| units.iter().flat_map(|u| u.to_le_bytes()).collect::<Vec<u8>>();
    let binary: Vec<u8> =
        (0..100_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (bytes, rule) in [
        (Vec::new(), "malformed-xml"),
        (b"\xEF\xBB\xBF".to_vec(), "malformed-xml"),
        (b"\xFF\xFE".to_vec(), "malformed-xml"),
        (document("\0").into_bytes(), "malformed-xml"),
        (document("<iafCell id='a\0b'/>").into_bytes(), "malformed-xml"),
        (utf16(&[0xFEFF, 0x3C, 0x61, 0xD800, 0x2F, 0x3E]), "bad-encoding"),
        (b"<a b='\xC3\x28'/>".to_vec(), "bad-encoding"),
        (b"<?xml version='1.0' encoding='EBCDIC-37'?><a/>".to_vec(), "bad-encoding"),
        (binary, "bad-encoding"),
        (b"\x89HDF\r\n\x1a\n\0\0\0\0".to_vec(), "malformed-hdf5"),
    ] {
        let checked = within(64, || check_text(bytes));
        assert_eq!(rules(&checked).first(), Some(&rule));
        assert!(!checked.is_valid());
    }
}
