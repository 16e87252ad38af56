//! Well-formed documents whose contents are circular, endless or huge.

use std::fmt::Write;

use crate::bounds::{assert_short, check_text, document, joined, within};

fn lems(inside: &str) -> String {
    format!("<Lems>{inside}</Lems>")
}

/// Checks a text that has something wrong with it or not, as long as it ends.
fn ends(text: String, mib: u64) {
    let checked = within(mib, || check_text(text));
    assert_short(&checked);
}

fn repeat(n: usize, mut item: impl FnMut(&mut String, usize)) -> String {
    let mut out = String::new();
    for i in 0..n {
        item(&mut out, i);
    }
    out
}

#[test]
fn many_siblings() {
    ends(document(&"<a/>".repeat(1_000_000)), 512);
    ends(document(&"<property tag=\"a\" value=\"b\"/>".repeat(100_000)), 512);
    ends(document(&"<iafCell id=\"a\"/>".repeat(50_000)), 1024);
    let different = repeat(30_000, |out, i| {
        let _ = write!(out, "<iafCell id=\"c{i}\" C=\"1nF\"/>");
    });
    ends(document(&different), 512);
    let pieces = "<notes>a</notes>&amp;b<![CDATA[c]]>".repeat(100_000);
    ends(document(&pieces), 512);
}

#[test]
fn types_that_extend_each_other() {
    for n in [1, 2, 3, 20_000] {
        let circle = repeat(n, |out, i| {
            let next = (i + 1) % n;
            let _ = write!(out, "<ComponentType name=\"t{i}\" extends=\"t{next}\"/>");
        });
        ends(lems(&(circle + "<t0 id=\"a\"/>")), 512);
    }
    let chain = repeat(5000, |out, i| {
        let _ = write!(out, "<ComponentType name=\"t{i}\" extends=\"t{}\"/>", i + 1);
        let _ = write!(out, "<t{i} id=\"c{i}\"/>");
    });
    ends(lems(&chain), 512);
    let itself = "<ComponentType name=\"a\"><Child name=\"a\" type=\"a\"/></ComponentType>";
    ends(lems(&format!("{itself}{}{}", "<a>".repeat(200), "</a>".repeat(200))), 64);
}

fn cell(morphology: &str) -> String {
    document(&format!("<cell id=\"c\"><morphology id=\"m\">{morphology}</morphology></cell>"))
}

fn segment(id: usize, parent: Option<usize>) -> String {
    let parent = parent.map_or(String::new(), |p| format!("<parent segment=\"{p}\"/>"));
    let point = "x=\"0\" y=\"0\" z=\"0\" diameter=\"1\"";
    format!("<segment id=\"{id}\">{parent}<proximal {point}/><distal {point}/></segment>")
}

#[test]
fn segments_in_circles_and_long_lines() {
    for n in [1, 2, 1000] {
        let circle: String = joined(0..n, |i| segment(i, Some((i + 1) % n)));
        ends(cell(&circle), 64);
    }
    let line: String = joined(0..100_000, |i| segment(i, i.checked_sub(1)));
    ends(cell(&line), 1024);
    let star: String = joined(0..20_000, |i| segment(i, (i > 0).then_some(0)));
    ends(cell(&star), 512);
    let same: String = (0..20_000).map(|_| segment(7, None)).collect();
    ends(cell(&same), 512);
}

#[test]
fn groups_in_circles_and_long_lines() {
    let group = |out: &mut String, i: usize, inside: &str| {
        let _ = write!(out, "<segmentGroup id=\"g{i}\">{inside}</segmentGroup>");
    };
    for n in [1, 2, 3, 2000] {
        let circle = repeat(n, |out, i| {
            group(out, i, &format!("<include segmentGroup=\"g{}\"/>", (i + 1) % n));
        });
        ends(cell(&(segment(0, None) + &circle)), 256);
    }
    let line = repeat(2000, |out, i| {
        let next = if i == 0 {
            "<member segment=\"0\"/>".to_owned()
        } else {
            format!("<include segmentGroup=\"g{}\"/>", i - 1)
        };
        group(out, i, &next);
    });
    ends(cell(&(segment(0, None) + &line)), 256);
    // 2^20 ways from the first group to the last.
    let diamond = repeat(42, |out, i| {
        let next = i / 2 * 2 + 2;
        let inside = if next >= 42 {
            "<member segment=\"0\"/>".to_owned()
        } else {
            format!("<include segmentGroup=\"g{next}\"/><include segmentGroup=\"g{}\"/>", next + 1)
        };
        group(out, i, &inside);
    });
    ends(cell(&(segment(0, None) + &diamond)), 64);
}

#[test]
fn sizes_and_numbers_beyond_all_bounds() {
    for number in [
        "99999999999999999999",
        "-1",
        "1e9",
        "4294967295",
        "4294967296",
        "NaN",
        "inf",
        "1e999",
        "-0",
        "",
    ] {
        let network = format!(
            "<network id=\"n\"><population id=\"p\" component=\"c\" size=\"{number}\"/>\
             <projection id=\"j\" presynapticPopulation=\"p\" postsynapticPopulation=\"p\" synapse=\"s\">\
             <connectionWD id=\"{number}\" preCellId=\"../p[{number}]\" postCellId=\"../p/{number}/c\" \
             preSegmentId=\"{number}\" preFractionAlong=\"{number}\" weight=\"{number}\" delay=\"{number}ms\"/>\
             </projection></network>"
        );
        let cell = format!(
            "<iafCell id=\"c\" C=\"{number} nF\" thresh=\"{number}\" reset=\"{number}mV\" leakReversal=\"{number}e{number}mV\" leakConductance=\"1nS\"/>"
        );
        ends(document(&(cell + &network)), 64);
        let unit = format!(
            "<Dimension name=\"a\" m=\"{number}\" l=\"-128\"/><Unit symbol=\"u\" dimension=\"a\" power=\"{number}\" scale=\"{number}\" offset=\"{number}\"/>"
        );
        ends(lems(&unit), 64);
    }
}

#[test]
fn rows_that_are_all_different() {
    let rows = repeat(100_000, |out, i| {
        let _ = write!(
            out,
            "<connection id=\"x\" preCellId=\"..//{i}\" postCellId=\"../q{i}/0/c{i}\"/>"
        );
    });
    ends(
        document(&format!("<network id=\"n\"><projection id=\"p\">{rows}</projection></network>")),
        512,
    );
    let rows = repeat(100_000, |out, i| {
        let _ = write!(
            out,
            "<electricalConnection id=\"{i}\" preCell=\"0\" postCell=\"0\" synapse=\"s{i}\"/>"
        );
    });
    let projection = format!("<electricalProjection id=\"p\">{rows}</electricalProjection>");
    ends(document(&format!("<network id=\"n\">{projection}</network>")), 512);
    let rows = repeat(100_000, |out, i| {
        let _ = write!(out, "<input id=\"{i}\" target=\"t{i}\" destination=\"d{i}\"/>");
    });
    let list = format!("<inputList id=\"l\" component=\"i\" population=\"p\">{rows}</inputList>");
    ends(document(&format!("<network id=\"n\">{list}</network>")), 512);
}

#[test]
fn expressions_as_long_as_files() {
    let variable = |value: &str| {
        lems(&format!(
            "<ComponentType name=\"a\"><Dynamics><DerivedVariable name=\"x\" dimension=\"none\" \
             value=\"{value}\"/></Dynamics></ComponentType><a id=\"b\"/>"
        ))
    };
    ends(variable(&format!("{}1{}", "(".repeat(200_000), ")".repeat(200_000))), 1024);
    ends(variable(&"-".repeat(900_000)), 1024);
    ends(variable(&format!("1{}", "+x".repeat(200_000))), 1024);
    ends(variable(&"x ".repeat(1 << 20)), 256);
}
