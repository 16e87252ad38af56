//! How fast a large network is read, and read and checked.

use std::fmt::Write as _;
use std::hint::black_box;
use std::ops::Range;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nml_base::{SourceFile, SourceMap};
use nml_check_schema::StructureChecker;
use nml_xml::{StartTag, Visitor};

/// Connections of the generated network; the file is about 105 bytes each.
const CONNECTIONS: usize = 100_000;

struct Deaf;

impl Visitor for Deaf {
    fn start(&mut self, tag: &StartTag<'_>) {
        black_box(tag);
    }
    fn text(&mut self, _: &str, _: Range<usize>) {}
    fn end(&mut self, _: Range<usize>) {}
}

fn network() -> Arc<SourceFile> {
    let mut text = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="large">
  <network id="net">
    <population id="pop" component="cell" size="1000"/>
    <projection id="all" presynapticPopulation="pop" postsynapticPopulation="pop" synapse="syn">
"#
    .to_owned();
    for i in 0..CONNECTIONS {
        let (pre, post) = (i % 1000, i * 7 % 1000);
        let _ = writeln!(
            text,
            "      <connectionWD id=\"{i}\" preCellId=\"../pop/{pre}/cell\" \
             postCellId=\"../pop/{post}/cell\" weight=\"0.{post}\" delay=\"{pre}.5ms\"/>"
        );
    }
    text.push_str("    </projection>\n  </network>\n</neuroml>\n");
    SourceMap::new().add("large.net.nml", text)
}

fn large_network(c: &mut Criterion) {
    let file = network();
    let mut group = c.benchmark_group("large network");
    group.throughput(Throughput::Bytes(file.text().len() as u64)).sample_size(10);
    group.bench_function("read", |b| {
        b.iter(|| nml_xml::read_stream(file.text(), &mut Deaf));
    });
    group.bench_function("read and check", |b| {
        b.iter(|| {
            let mut checker = StructureChecker::new(Arc::clone(&file));
            let read = nml_xml::read_stream(file.text(), &mut checker);
            let (found, verdict) = checker.finish();
            assert!(read.is_ok() && verdict.valid, "{found:?}");
        });
    });
    group.finish();
}

criterion_group!(benches, large_network);
criterion_main!(benches);
