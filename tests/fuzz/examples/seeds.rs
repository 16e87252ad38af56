//! Writes dictionaries and starting texts for the fuzz targets into `corpus/`, from what the
//! repository holds and, where it is there, from the corpus beside it.  Nothing of it is committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Larger files make slow seeds.
const MAX_BYTES: u64 = 12_000;
/// Enough of each kind.
const MAX_FILES: usize = 150;

fn main() -> std::io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.join("../..");
    let models = std::env::var_os("NML_CORPUS").map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    let mut files = Vec::new();
    for folder in [root.join("fixtures"), root.join("schemas/lems"), root.join("tests"), models.join("models")] {
        if folder.is_dir() {
            collect(&folder, &mut files);
        }
    }
    let mut seeds = Seeds { here: here.to_owned(), n: 0 };
    for file in &files {
        let text = fs::read(file)?;
        for target in ["xml", "document", "lems", "forms"] {
            seeds.write(target, &text)?;
        }
        if text.windows(11).any(|w| w == b"morphml.org") {
            seeds.write("other", &text)?;
        }
        seeds.write("archive", &[b"ZLEMS_a.xml\0", &*text, b"\0manifest.xml\0", MANIFEST].concat())?;
    }
    let mut values = BTreeSet::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap_or_default();
        values.extend(text.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    for value in values.iter().filter(|v| v.len() < 200).take(2000) {
        let digit = value.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
        seeds.write(if digit { "quantity" } else { "expr" }, value.as_bytes())?;
    }
    for text in XML_SEEDS {
        seeds.write("xml", text.as_bytes())?;
    }
    for text in FORM_SEEDS {
        seeds.write("forms", text.as_bytes())?;
    }
    for text in OTHER_SEEDS {
        seeds.write("other", text.as_bytes())?;
    }
    for text in CONFIG_SEEDS {
        seeds.write("config", text.as_bytes())?;
    }
    for n in 0_u32..200 {
        // Recipes: any bytes do.
        let recipe: Vec<u8> = (0..120_u32).map(|i| ((i + n).wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for (target, kind) in [("lems", b'.'), ("document", b'G'), ("document", b'L')] {
            seeds.write(target, &[&[kind], &*recipe].concat())?;
        }
    }
    let words = nml_fuzz::names().into_iter().chain(nml_fuzz::words::VALUES).chain(MARKS);
    dictionary(&here.join("corpus/xml.dict"), words)?;
    let units = nml_fuzz::units();
    let symbols: Vec<String> = units.units().map(|u| u.symbol.to_string()).collect();
    let operators = nml_expr::BinaryOp::ALL.iter().map(|o| o.symbol());
    let functions = nml_expr::Function::ALL.iter().map(|f| f.name());
    let words = operators.chain(functions).chain(symbols.iter().map(|s| &**s)).chain(NUMBERS);
    dictionary(&here.join("corpus/expr.dict"), words)?;
    println!("{} files, {} seeds", files.len(), seeds.n);
    Ok(())
}

const MANIFEST: &[u8] = b"<omexManifest><content location=\"./LEMS_a.xml\" master=\"true\"/></omexManifest>\0";

const OTHER_SEEDS: [&str; 2] = [
    r#"L{"net": {"version": "NeuroMLlite v0.6.1", "seed": 3, "parameters": {"N": 4}, "cells": {"c": {"neuroml2_cell": "iafCell", "parameters": {"C": "0.2nF"}}}, "synapses": {"s": {"pynn_synapse_type": "cond_exp", "parameters": {"tau_syn": 2}}}, "input_sources": {"i": {"neuroml2_input": "pulseGenerator", "parameters": {"delay": "1ms"}}}, "regions": {"r": {"x": 0, "y": 0, "z": 0, "width": 1, "height": 1, "depth": 1}}, "populations": {"p": {"size": "2*N", "component": "c", "random_layout": {"region": "r"}}}, "projections": {"q": {"presynaptic": "p", "postsynaptic": "p", "synapse": "s", "weight": "random()", "random_connectivity": {"probability": 0.5}}}, "inputs": {"u": {"input_source": "i", "population": "p", "percentage": 50}}}}"#,
    r#"<channelml xmlns="http://morphml.org/channelml/schema" units="SI Units"><channel_type name="k"><current_voltage_relation cond_law="ohmic" ion="k"><gate name="n" instances="4"><closed_state id="a"/><open_state id="b"/><transition from="a" to="b" expr_form="sigmoid" rate="1" scale="2" midpoint="3"/><transition from="b" to="a" expr_form="exponential" rate="1" scale="2" midpoint="3"/></gate></current_voltage_relation></channel_type><ion_concentration name="p"><ion_species name="ca"/><decaying_pool_model resting_conc="1" decay_constant="2"><pool_volume_info shell_thickness="3"/></decaying_pool_model></ion_concentration></channelml>"#,
];

struct Seeds {
    here: PathBuf,
    n: usize,
}

impl Seeds {
    fn write(&mut self, target: &str, text: &[u8]) -> std::io::Result<()> {
        let folder = self.here.join("corpus").join(target);
        fs::create_dir_all(&folder)?;
        self.n += 1;
        fs::write(folder.join(format!("seed-{:05}", self.n)), text)
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let wanted = |p: &Path| {
        let kind = p.extension().is_some_and(|e| e == "nml" || e == "xml");
        kind && p.metadata().is_ok_and(|m| m.len() <= MAX_BYTES)
    };
    let found = all.map(walkdir::DirEntry::into_path).filter(|p| wanted(p));
    files.extend(found.take(MAX_FILES));
}

fn dictionary<'a>(path: &Path, words: impl Iterator<Item = &'a str>) -> std::io::Result<()> {
    let words: BTreeSet<&str> = words.filter(|w| !w.is_empty() && w.len() < 60).collect();
    let mut out = String::new();
    for word in words {
        out.push('"');
        for byte in word.bytes() {
            match byte {
                b'"' | b'\\' | 0..=31 | 127.. => out.push_str(&format!("\\x{byte:02X}")),
                _ => out.push(char::from(byte)),
            }
        }
        out.push_str("\"\n");
    }
    fs::write(path, out)
}

const MARKS: [&str; 40] = [
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml ", "?>", "<!--", "-->", "--", "<![CDATA[",
    "]]>", "<!DOCTYPE a", "<!DOCTYPE a [", "]>", "<!ENTITY x 'y'>", "<!ENTITY % p SYSTEM 'f'>", "&x;",
    "&#0;", "&#10;", "&#13;", "&#xFFFE;", "&#x110000;", "&lt;", "&amp;", "xmlns=\"", "xmlns:a=\"",
    "xmlns:xml=\"", "xmlns:xmlns=\"", "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/2000/xmlns/", "a:b", ":a", "a:", "xml:", "\r\n", "\r", "\t", "\u{FEFF}",
    "\u{FFFE}", "\u{85}", "\u{2028}", "\0", "\u{1F}",
];

const NUMBERS: [&str; 20] = [
    "1e308", "1e-308", "1e999", "0", "1", "2", "0.5", ".5", "5.", "1e", "e", "E+", "v", "t", "x", "(", ")",
    "inf", "NaN", "0x1F",
];

const XML_SEEDS: [&str; 12] = [
    "<a/>",
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<!-- c -->\n<?pi data?>\n<a b='1' c=\"2\"/>\n",
    "<n:a xmlns:n='urn:n' xmlns='urn:d' n:x='1' y='2'><b xmlns=''/><c/><![CDATA[<raw>]]></n:a>",
    "<a b=' x\n\ty &#10; &lt;'>\r\n<c\n  d = '1' ></c ></a>",
    "<a>t &amp; u<b/>v<!-- c -->w<![CDATA[x]]>&#65;</a>",
    "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
    "<!DOCTYPE a SYSTEM \"f.dtd\"><a/>",
    "<a xml:space='preserve' xml:lang='en'/>",
    "<a></b>",
    "<a b='1' b='2'/>",
    "<a>]]></a>",
    "\u{FEFF}<a/>",
];

const FORM_SEEDS: [&str; 5] = [
    "S# soma\n1 1 0 0 0 10 -1\n2 1 0 -10 0 10 1\n3 1 0 10 0 10 1\n4 3 10 0 0 2 1\n5 3 30 0 0 2 4\n",
    "S1 1 0 0 0 5 -1\n2 1 0 5 0 9 1\n3 2 0 -5 0 1 1\n4 7 0 -9 0 .1 3\n",
    "S9 1 0 0 0 4 -1\n4 3 5 0 0 1 9\n3 3 9 0 0 1e-1 4\n2 2 9 9 0 1 4\n1 1 0 0 0 1 0\n",
    "J{\"neuroml\": {\"@id\": \"d\", \"$comment\": [\"c\"], \"network\": [{\"@id\": \"n\"}]}}",
    "J{\"$order\": [[\"$comment\", 1]], \"Lems\": {\"a\": {\"$text\": \"x\"}}, \"$comment\": \"y\"}",
];

const CONFIG_SEEDS: [&str; 5] = [
    "deny-warnings = true\nexclude = [\"a/**\", \"*.nml\"]\ninclude-path = [\"lib\"]\n[rules]\nmissing-include = \"allow\"\nNML0001 = \"warn\"\n",
    "[rules]\nno-such-rule = \"warn\"\n",
    "exclude = [\"[\"]\n",
    "{\"version\": 1, \"findings\": [{\"file\": \"a.nml\", \"rule\": \"NML0001\", \"message\": \"m\", \"hash\": \"0123456789abcdef\", \"count\": 1}]}",
    "{\"version\": 2}",
];
