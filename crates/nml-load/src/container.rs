//! Files inside files: `model.nml.gz`, and COMBINE archives as if they were folders.
//!
//! `model.omex/cells/a.cell.nml` names the entry `cells/a.cell.nml` of the archive `model.omex`, so that
//! includes inside an archive work as they do on disk.

use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use nml_base::{LoadError, ReadSeek, SourceLoader};
use nml_xml::XmlError;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::manifest;

/// What one packed file may unpack to.  The largest real networks stay below a tenth of it.
const MAX_UNPACKED_BYTES: u64 = 2 << 30;

/// Anything may unpack to so much; beyond that only what is not packed tighter than [`MAX_RATIO`].
const UNSUSPICIOUS_BYTES: u64 = 32 << 20;

/// Networks written out by loops pack some 50 times, bombs 1000 times.
const MAX_RATIO: u64 = 250;

/// What so many packed bytes may unpack to.
pub(crate) fn allowance(packed: u64) -> u64 {
    packed.saturating_mul(MAX_RATIO).clamp(UNSUSPICIOUS_BYTES, MAX_UNPACKED_BYTES)
}

/// The entries of an archive, of which real ones have a few hundred.
const MAX_ENTRIES: usize = 100_000;

/// The extensions of COMBINE archives.
const ARCHIVES: [&str; 2] = ["omex", "neux"];

/// Whether the name is that of a COMBINE archive.
pub fn is_archive(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|e| ARCHIVES.contains(&e.as_str()))
}

/// Whether a file of this name holds a model: `*.nml`, `*.nml.gz`, `*.nml.h5`, or `LEMS*.xml`.
pub fn is_model(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let nml = [".nml", ".nml.gz", ".nml.h5"].iter().any(|end| name.ends_with(end));
    nml || (name.starts_with("lems") && name.strip_suffix(".xml").is_some())
}

/// Looks through archives and unpacks `.gz` on the way.
pub struct ContainerLoader {
    inner: Arc<dyn SourceLoader>,
    archives: Mutex<FxHashMap<PathBuf, Arc<Result<Archive, LoadError>>>>,
}

type Archive = FxHashMap<PathBuf, Vec<u8>>;

impl std::fmt::Debug for ContainerLoader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ContainerLoader")
    }
}

impl ContainerLoader {
    /// Looks through archives of the files that `inner` reads.
    pub fn new(inner: Arc<dyn SourceLoader>) -> Self {
        Self { inner, archives: Mutex::new(FxHashMap::default()) }
    }

    /// The model files of an archive, as paths this loader reads, sorted.
    ///
    /// # Errors
    /// [`LoadError`] if the archive cannot be read.
    pub fn models_in(&self, archive: &Path) -> Result<Vec<PathBuf>, LoadError> {
        let opened = self.archive(archive);
        let entries = opened.as_ref().as_ref().map_err(Clone::clone)?;
        let mut models: Vec<PathBuf> = entries
            .keys()
            .filter(|entry| is_model(entry))
            .map(|entry| archive.join(entry))
            .collect();
        models.sort();
        Ok(models)
    }

    /// The model file that the manifest of an archive puts first, itself or by its SED-ML; `None` where there is no
    /// manifest, it puts none first, or the SED-ML has several models.
    ///
    /// # Errors
    /// [`LoadError`] if the archive, its manifest or the SED-ML cannot be read, or names what is not there.
    pub fn master_of(&self, archive: &Path) -> Result<Option<PathBuf>, LoadError> {
        let opened = self.archive(archive);
        let entries = opened.as_ref().as_ref().map_err(Clone::clone)?;
        let error = |path: &Path, reason: String| LoadError { path: archive.join(path), reason };
        let text = |path: &Path| {
            let bytes = entries.get(path).map_or(&[][..], Vec::as_slice);
            std::str::from_utf8(bytes).map_err(|e| error(path, e.to_string()))
        };
        let named = |by: &Path, location: &str| {
            let entry = |location: &str| {
                let at = normal(&by.parent().unwrap_or(Path::new("")).join(location))?;
                entries.contains_key(&at).then_some(at)
            };
            let at = entry(location).or_else(|| entry(&manifest::unescaped(location)));
            at.ok_or_else(|| {
                error(by, format!("puts `{location}` first, and the archive has no such entry"))
            })
        };
        let malformed = |path: &Path, text: &str, e: &XmlError| {
            let line = 1 + text.bytes().take(e.offset as usize).filter(|b| *b == b'\n').count();
            error(path, format!("line {line} is not well-formed XML: {e}"))
        };
        let listed = Path::new("manifest.xml");
        if !entries.contains_key(listed) {
            return Ok(None);
        }
        let list = text(listed)?;
        let first = manifest::master(list).map_err(|e| malformed(listed, list, &e))?;
        let Some(first) = first else { return Ok(None) };
        let at = named(listed, &first)?;
        if !at.extension().is_some_and(|e| e.eq_ignore_ascii_case("sedml")) {
            return Ok(Some(archive.join(at)));
        }
        let runs = text(&at)?;
        match manifest::model_of_sedml(runs).map_err(|e| malformed(&at, runs, &e))? {
            Some(source) => Ok(Some(archive.join(named(&at, &source)?))),
            None => Ok(None),
        }
    }

    fn archive(&self, path: &Path) -> Arc<Result<Archive, LoadError>> {
        let key = self.inner.canonical(path);
        let mut archives = self.archives.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = archives.entry(key).or_insert_with(|| Arc::new(unzip(&*self.inner, path)));
        Arc::clone(opened)
    }

    /// Splits a path at the archive in it, if one of its folders is really an archive file.
    fn split(&self, path: &Path) -> Option<(PathBuf, PathBuf)> {
        let mut outer = PathBuf::new();
        let mut parts = path.components();
        while let Some(part) = parts.next() {
            outer.push(part);
            let inner = parts.as_path();
            if is_archive(&outer) && !inner.as_os_str().is_empty() && self.inner.is_file(&outer) {
                // A path that leads out of the archive stays as it is, and is no entry.
                let entry = normal(inner).unwrap_or_else(|| inner.to_owned());
                return Some((outer, entry));
            }
        }
        None
    }
}

impl SourceLoader for ContainerLoader {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        let bytes = match self.split(path) {
            None => self.inner.read(path)?,
            Some((outer, inner)) => {
                let archive = self.archive(&outer);
                let entries = archive.as_ref().as_ref().map_err(Clone::clone)?;
                entries.get(&inner).cloned().ok_or_else(|| LoadError {
                    path: path.to_owned(),
                    reason: "the archive has no such entry".to_owned(),
                })?
            }
        };
        if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz")) {
            let allowed = allowance(bytes.len() as u64);
            return bounded(flate2::read::MultiGzDecoder::new(&*bytes), allowed)
                .map_err(|reason| LoadError { path: path.to_owned(), reason });
        }
        Ok(bytes)
    }

    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, LoadError> {
        let packed = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"));
        if packed || self.split(path).is_some() {
            return Ok(Box::new(Cursor::new(self.read(path)?)));
        }
        self.inner.open(path)
    }

    fn is_file(&self, path: &Path) -> bool {
        match self.split(path) {
            None => self.inner.is_file(path),
            Some((outer, inner)) => self
                .archive(&outer)
                .as_ref()
                .as_ref()
                .is_ok_and(|entries| entries.contains_key(&inner)),
        }
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        match self.split(path) {
            None => self.inner.canonical(path),
            Some((outer, inner)) => self.inner.canonical(&outer).join(inner),
        }
    }
}

/// Resolves `.` and `..` inside an archive; `None` where the path leaves it.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => out.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !out.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(out)
}

fn unzip(loader: &dyn SourceLoader, path: &Path) -> Result<Archive, LoadError> {
    let error = |reason: String| LoadError { path: path.to_owned(), reason };
    let bytes = loader.read(path)?;
    let packed = bytes.len() as u64;
    let mut archive = zip::ZipArchive::new(Cursor::new(&*bytes))
        .map_err(|e| error(format!("not a COMBINE (zip) archive: {e}")))?;
    if let Some(name) = repeated(archive.central_directory_start(), &bytes) {
        return Err(error(format!("there are two entries `{name}`")));
    }
    if archive.len() > MAX_ENTRIES {
        return Err(error(format!(
            "has {} entries; at most {MAX_ENTRIES} are read",
            archive.len()
        )));
    }
    let mut entries = Archive::default();
    let mut left = allowance(packed);
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| error(e.to_string()))?;
        let Some(name) = entry.enclosed_name() else {
            let name = entry.name().unwrap_or_default();
            return Err(error(format!("the entry `{name}` leads out of the archive")));
        };
        if entry.is_symlink() {
            return Err(error(format!("the entry `{}` is a link", name.display())));
        }
        if !entry.is_file() {
            continue;
        }
        let bytes = bounded(entry, left).map_err(error)?;
        left = left.saturating_sub(bytes.len() as u64);
        if entries.contains_key(&name) {
            return Err(error(format!("there are two entries `{}`", name.display())));
        }
        entries.insert(name, bytes);
    }
    Ok(entries)
}

/// A name that stands twice in the list of an archive; of such entries the library shows the last one only.
///
/// APPNOTE.TXT 6.3.10, section 4.3.12: a header has 46 bytes, and in them the lengths of name, extra field and comment.
fn repeated(start: u64, bytes: &[u8]) -> Option<String> {
    let mut names = FxHashSet::default();
    let mut rest = bytes.get(usize::try_from(start).ok()?..)?;
    while rest.starts_with(b"PK\x01\x02") {
        let length = |at: usize| {
            rest.get(at..at + 2).map_or(0, |b| usize::from(u16::from_le_bytes([b[0], b[1]])))
        };
        let name = rest.get(46..46 + length(28))?;
        if !names.insert(name) {
            return Some(String::from_utf8_lossy(name).into_owned());
        }
        rest = rest.get(46 + length(28) + length(30) + length(32)..)?;
    }
    None
}

fn bounded(reader: impl Read, limit: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    reader
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| format!("cannot be unpacked: {e}"))?;
    if bytes.len() as u64 > limit {
        return Err(format!("unpacks to more than {limit} bytes, more than its size allows"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use nml_base::MemoryLoader;

    use super::*;

    fn loader() -> ContainerLoader {
        let mut zipped = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, text) in
            [("manifest.xml", "<m/>"), ("net/a.net.nml", "<a/>"), ("LEMS_x.xml", "<b/>")]
        {
            zipped.start_file(name, options).unwrap();
            zipped.write_all(text.as_bytes()).unwrap();
        }
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"<c/>").unwrap();
        let mut files = MemoryLoader::new();
        files.insert("d/m.omex", zipped.finish().unwrap().into_inner());
        files.insert("d/c.nml.gz", packed.finish().unwrap());
        files.insert("d/broken.omex", "no zip");
        ContainerLoader::new(Arc::new(files))
    }

    #[test]
    fn archives_look_like_folders() {
        let loader = loader();
        let models = loader.models_in(Path::new("d/m.omex")).unwrap();
        assert_eq!(models, [Path::new("d/m.omex/LEMS_x.xml"), Path::new("d/m.omex/net/a.net.nml")]);
        assert_eq!(loader.read(Path::new("d/m.omex/net/../net/a.net.nml")).unwrap(), b"<a/>");
        assert!(loader.read(Path::new("d/m.omex/nope")).is_err());
        assert!(!loader.is_file(Path::new("d/m.omex/../c.nml.gz")));
        assert!(loader.read(Path::new("d/m.omex/../c.nml.gz")).is_err());
        assert!(loader.models_in(Path::new("d/broken.omex")).is_err());
    }

    fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zipped = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, bytes) in entries {
            zipped.start_file(*name, options).unwrap();
            zipped.write_all(bytes).unwrap();
        }
        zipped.finish().unwrap().into_inner()
    }

    fn refusal(archive: Vec<u8>) -> String {
        let mut files = MemoryLoader::new();
        files.insert("m.omex", archive);
        let loader = ContainerLoader::new(Arc::new(files));
        loader.models_in(Path::new("m.omex")).unwrap_err().reason
    }

    #[test]
    fn hostile_archives_are_refused() {
        let told = refusal(zipped(&[("a.nml", b"<a/>"), ("../../etc/x.nml", b"<a/>")]));
        assert_eq!(told, "the entry `../../etc/x.nml` leads out of the archive");
        // 40 MB of nothing, packed a thousand times.
        let told = refusal(zipped(&[("a.nml", &vec![0; 40 << 20])]));
        assert!(told.contains("more than its size allows"), "{told}");
        // The same in small portions.
        let portion = vec![0; 4 << 20];
        let names: Vec<String> = (0..12).map(|i| format!("{i}.nml")).collect();
        let portions: Vec<(&str, &[u8])> = names.iter().map(|n| (&**n, &*portion)).collect();
        let told = refusal(zipped(&portions));
        assert!(told.contains("more than its size allows"), "{told}");
        // Cut off in the middle.
        let mut whole = zipped(&[("a.nml", b"<a/>")]);
        whole.truncate(whole.len() / 2);
        assert!(refusal(whole).starts_with("not a COMBINE (zip) archive"));
        let mut linked = zip::ZipWriter::new(Cursor::new(Vec::new()));
        linked
            .add_symlink("a.nml", "/etc/passwd", zip::write::SimpleFileOptions::default())
            .unwrap();
        assert_eq!(refusal(linked.finish().unwrap().into_inner()), "the entry `a.nml` is a link");
    }

    #[test]
    fn the_manifest_says_what_is_first() {
        let manifest = |location: &str| {
            format!(
                r#"<omexManifest><content location="{location}" master="true"/></omexManifest>"#
            )
        };
        let sedml = r#"<sedML><listOfModels><model source="LEMS_b.xml"/></listOfModels></sedML>"#;
        let master = |manifest: &str| {
            let archive = zipped(&[
                ("manifest.xml", manifest.as_bytes()),
                ("runs/r.sedml", sedml.as_bytes()),
                ("runs/LEMS_a.xml", b"<Lems/>"),
                ("runs/LEMS_b.xml", b"<Lems/>"),
                ("my net.nml", b"<neuroml/>"),
            ]);
            let mut files = MemoryLoader::new();
            files.insert("m.omex", archive);
            let loader = ContainerLoader::new(Arc::new(files));
            loader.master_of(Path::new("m.omex")).map_err(|e| e.to_string())
        };
        for (location, expected) in [
            ("./runs/r.sedml", "m.omex/runs/LEMS_b.xml"),
            ("my%20net.nml", "m.omex/my net.nml"),
            ("my net.nml", "m.omex/my net.nml"),
        ] {
            assert_eq!(master(&manifest(location)), Ok(Some(PathBuf::from(expected))));
        }
        for location in ["./x.nml", "../x", "%zz", "/my net.nml"] {
            let told = format!("`{location}` first, and the archive has no such entry");
            assert!(master(&manifest(location)).is_err_and(|e| e.contains(&told)), "{location}");
        }
        assert_eq!(master("<omexManifest/>"), Ok(None));
        let told = master("<omexManifest").unwrap_err();
        assert!(told.contains("manifest.xml: line 1 is not well-formed XML"), "{told}");
    }

    #[test]
    fn an_entry_stands_there_once() {
        // The library does not write such an archive, so one letter is changed.
        let mut archive = zipped(&[("a.nml", b"<a/>"), ("b.nml", b"<b/>")]);
        for at in 0..archive.len() - 5 {
            if archive[at..].starts_with(b"b.nml") {
                archive[at] = b'a';
            }
        }
        assert_eq!(refusal(archive), "there are two entries `a.nml`");
    }

    #[test]
    fn gzip_is_unpacked() {
        assert_eq!(loader().read(Path::new("d/c.nml.gz")).unwrap(), b"<c/>");
    }
}
