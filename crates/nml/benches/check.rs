//! Parse, load and check: a cell, a network of connections, and the whole way.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nml::base::{MemoryLoader, SourceMap};
use nml_xml::TreeBuilder;

const HEAD: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="bench">"#;

/// A cell of `n` segments in one chain, each in a group of its own.
fn cell(n: usize) -> String {
    let mut out = format!("{HEAD}<cell id=\"c\"><morphology id=\"m\">\n");
    out.push_str("<segment id=\"0\"><proximal x=\"0\" y=\"0\" z=\"0\" diameter=\"9\"/><distal x=\"9\" y=\"0\" z=\"0\" diameter=\"9\"/></segment>\n");
    for i in 1..n {
        let (parent, x) = (i - 1, 9 + i);
        let _ = writeln!(
            out,
            "<segment id=\"{i}\" name=\"s{i}\"><parent segment=\"{parent}\"/><distal x=\"{x}\" y=\"0\" z=\"0\" diameter=\"1.5\"/></segment>"
        );
    }
    for i in 0..n {
        let _ = writeln!(out, "<segmentGroup id=\"g{i}\"><member segment=\"{i}\"/></segmentGroup>");
    }
    out.push_str("</morphology></cell></neuroml>\n");
    out
}

/// Two populations and `n` weighted, delayed connections.
fn network(n: usize) -> String {
    let mut out = format!(
        "{HEAD}<expOneSynapse id=\"syn\" gbase=\"1nS\" erev=\"0mV\" tauDecay=\"3ms\"/>\
         <iafCell id=\"iaf\" leakReversal=\"-50mV\" thresh=\"-55mV\" reset=\"-70mV\" C=\"0.2nF\" leakConductance=\"0.01uS\"/>\
         <network id=\"net\"><population id=\"a\" component=\"iaf\" size=\"1000\"/><population id=\"b\" component=\"iaf\" size=\"1000\"/>\n\
         <projection id=\"p\" presynapticPopulation=\"a\" postsynapticPopulation=\"b\" synapse=\"syn\">\n"
    );
    for i in 0..n {
        let (pre, post) = (i * 7 % 1000, i * 13 % 1000);
        let _ = writeln!(
            out,
            "<connectionWD id=\"{i}\" preCellId=\"../a[{pre}]\" postCellId=\"../b[{post}]\" weight=\"0.5\" delay=\"1.5ms\"/>"
        );
    }
    out.push_str("</projection></network></neuroml>\n");
    out
}

fn bench(c: &mut Criterion) {
    for (name, text) in
        [("cell of 10 000 segments", cell(10_000)), ("100 000 connections", network(100_000))]
    {
        let mut group = c.benchmark_group(name);
        group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
        let map = SourceMap::new();
        let file = map.add("bench.nml", text.clone());
        group.bench_function("parse", |b| {
            b.iter(|| {
                let mut tree = TreeBuilder::new(Arc::clone(&file));
                let read = nml_xml::read(file.text(), &mut tree);
                black_box((read.is_ok(), tree.finish().len()))
            });
        });
        group.bench_function("load", |b| {
            b.iter(|| {
                let loader = nml_load::Loader::new(Arc::new(MemoryLoader::new()));
                black_box(loader.load_text(Path::new("bench.nml"), text.clone()).documents().len())
            });
        });
        group.bench_function("load and check", |b| {
            b.iter(|| {
                let checker = nml::Checker::new(Arc::new(MemoryLoader::new()), Vec::new());
                black_box(
                    checker.check_text(Path::new("bench.nml"), text.clone()).diagnostics.len(),
                )
            });
        });
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
