//! Files and archives that are not what they say.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use nml::Checker;
use nml::base::{MemoryLoader, OsLoader};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::bounds::{check, document, rules, within};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).expect("memory");
    packed.finish().expect("memory")
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zipped = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zipped.start_file(*name, SimpleFileOptions::default()).expect("memory");
        zipped.write_all(bytes).expect("memory");
    }
    zipped.finish().expect("memory").into_inner()
}

/// A gzip stream of so many zeros, packed member by member.
fn gzip_bomb(mib: usize) -> Vec<u8> {
    gzip(&vec![0; 1 << 20]).repeat(mib)
}

#[test]
fn packed_files_that_are_broken_or_explode() {
    let good = gzip(document("").as_bytes());
    let checked = within(64, || check([("m.nml.gz", good.clone())]));
    assert!(!rules(&checked).contains(&"unreadable-file"));
    for bad in [good[..good.len() / 2].to_vec(), good[..5].to_vec(), b"plain".to_vec(), Vec::new()]
    {
        let checked = within(64, || check([("m.nml.gz", bad)]));
        assert!(!checked.is_valid());
    }
    // Half a GiB: the bomb is stopped long before.
    let bomb = gzip_bomb(512);
    let checked = within(200, || check([("m.nml.gz", bomb)]));
    assert_eq!(rules(&checked), ["unreadable-file"]);
}

#[test]
fn archives_that_explode_or_lead_outside() {
    let zeros = vec![0; 64 << 20];
    let bomb = archive(&[("m.nml", &zeros)]);
    drop(zeros);
    let file = [("b.omex", bomb)];
    let mut loader = MemoryLoader::new();
    for (name, bytes) in file {
        loader.insert(name, bytes);
    }
    let checker = Checker::new(Arc::new(loader), Vec::new());
    let checked = within(200, || checker.check(Path::new("b.omex/m.nml")));
    assert_eq!(rules(&checked), ["unreadable-file"]);

    let inner = archive(&[("deep.nml", document("").as_bytes())]);
    let leaving = document("<include href=\"../../outside.nml\"/>");
    let mut loader = MemoryLoader::new();
    let entries: [(&str, &[u8]); 5] = [
        ("../evil.nml", b"<a/>"),
        ("/abs.nml", b"<a/>"),
        ("ok.nml", leaving.as_bytes()),
        ("inner.omex", &inner),
        ("inner/", b""),
    ];
    loader.insert("d/a.omex", archive(&entries));
    loader.insert("d/cut.omex", &archive(&entries)[..200]);
    loader.insert("outside.nml", document(""));
    loader.insert("d/good.omex", archive(&entries[2..]));
    let checker = Checker::new(Arc::new(loader), Vec::new());
    let models = |path: &str| checker.loader().files().models_in(Path::new(path));
    let refused = models("d/a.omex").expect_err("an entry leads out");
    assert!(refused.reason.contains("`../evil.nml` leads out of the archive"), "{refused}");
    for model in &models("d/good.omex").expect("readable") {
        assert!(model.starts_with("d/good.omex"), "{model:?}");
        assert!(!model.components().any(|c| c.as_os_str() == ".."), "{model:?}");
    }
    let left = checker.check(Path::new("d/good.omex/ok.nml"));
    assert!(rules(&left).contains(&"missing-include"), "{:?}", rules(&left));
    for path in [
        "d/a.omex/ok.nml",
        "d/good.omex/nope.nml",
        "d/a.omex/../evil.nml",
        "d/a.omex/inner.omex/deep.nml",
        "d/cut.omex/ok.nml",
        "d/a.omex/nope.nml",
    ] {
        assert!(!checker.check(Path::new(path)).is_valid(), "{path}");
    }
}

#[test]
fn things_that_are_no_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let checker = || Checker::new(Arc::new(OsLoader::default()), Vec::new());
    let named_like_a_file = folder.path().join("x.nml");
    std::fs::create_dir(&named_like_a_file).expect("a temporary folder");
    for path in
        [&*named_like_a_file, &folder.path().join("gone.nml"), Path::new(""), Path::new("a\0b.nml")]
    {
        let checked = within(64, || checker().check(path));
        assert_eq!(rules(&checked), ["unreadable-file"], "{}", path.display());
    }
    let endless = Path::new("/dev/zero");
    if endless.exists() {
        // What may come through a pipe, once.
        let checked = within(400, || checker().check(endless));
        assert_eq!(rules(&checked), ["unreadable-file"]);
    }
}
