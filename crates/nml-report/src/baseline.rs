//! Findings that are known and not told again.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use nml_base::{Diagnostic, SourceLoader, SourceMap};
use serde::{Deserialize, Serialize};

/// The version of the file's layout.
const VERSION: u32 = 1;
/// Of longer lines only this many bytes on either side of the finding count.
const LINE_REACH: usize = 256;

/// A baseline file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// Not JSON of the right shape.
    #[error("{} is not a baseline file: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Written by a newer program.
    #[error("{} has baseline version {found}, this program knows version {VERSION}", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
}

/// What makes a finding the same finding after lines have moved: the rule, and a hash of the message
/// and of the text of its line with all white space taken as one blank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    /// The rule's code.
    pub rule: &'static str,
    /// 16 hexadecimal digits.
    pub hash: String,
}

impl Fingerprint {
    /// The fingerprint of a finding.
    pub fn of(sources: &SourceMap, d: &Diagnostic) -> Self {
        let span = d.primary.span;
        let mut hash = Fnv::default();
        hash.add(d.message.as_bytes());
        hash.add(&[0]);
        if let Some(file) = sources.get(span.file) {
            let text = file.text();
            let line = file.line_span(file.line_column(span.start).line);
            let (from, to) = line.map_or((0, 0), |l| (l.start as usize, l.end as usize));
            let start = (span.start as usize).clamp(from, to);
            let end = (span.end as usize).clamp(start, to);
            let mut from = from.max(start.saturating_sub(LINE_REACH));
            let mut to = to.min(end.min(start + LINE_REACH) + LINE_REACH);
            while !text.is_char_boundary(from) {
                from -= 1;
            }
            while !text.is_char_boundary(to) {
                to += 1;
            }
            for word in text.get(from..to).unwrap_or("").split_whitespace() {
                hash.add(word.as_bytes());
                hash.add(b" ");
            }
        }
        Self { rule: d.rule.code, hash: format!("{:016x}", hash.0) }
    }
}

/// FNV-1a with 64 bits: short, and the same on every machine and in every release.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    findings: Vec<Entry>,
}

/// `message` is there for the reader of a diff; only the hash counts.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    rule: String,
    message: String,
    hash: String,
    count: u64,
}

/// Where a baseline file stands, and how names of files become names relative to it.
#[derive(Clone, Copy)]
pub struct BaselineScope<'a> {
    /// Asked for the real place of files.
    pub loader: &'a dyn SourceLoader,
    /// The folder that relative names start from.
    pub working_folder: &'a Path,
    /// The baseline file.
    pub baseline: &'a Path,
}

impl std::fmt::Debug for BaselineScope<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BaselineScope").field("baseline", &self.baseline).finish_non_exhaustive()
    }
}

impl BaselineScope<'_> {
    fn folder(&self) -> PathBuf {
        let file = self.working_folder.join(self.baseline);
        self.loader.canonical(file.parent().unwrap_or(self.working_folder))
    }

    /// The file's name as seen from the baseline's folder, with `/`.
    fn relative(&self, folder: &Path, file: &Path) -> String {
        let file = self.loader.canonical(&self.working_folder.join(file));
        let (mut from, mut to) = (folder.components().peekable(), file.components().peekable());
        while from.peek().is_some() && from.peek() == to.peek() {
            from.next();
            to.next();
        }
        let up = from.filter(|c| *c != Component::CurDir).map(|_| "..".to_owned());
        let down = to.map(|c| c.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }
}

/// Known findings by file, rule and hash, each with how often it may occur.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<(String, String, String), Known>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    message: String,
    count: u64,
    used: u64,
}

impl Baseline {
    /// Reads the text of a baseline file.
    ///
    /// # Errors
    /// [`BaselineError`] when it is not one.
    pub fn parse(path: &Path, text: &str) -> Result<Self, BaselineError> {
        let bad = |reason: String| BaselineError::Malformed { path: path.to_owned(), reason };
        let value: serde_json::Value =
            serde_json::from_str(text).map_err(|e| bad(e.to_string()))?;
        let version = value.get("version").and_then(serde_json::Value::as_u64);
        match version.map(u32::try_from) {
            Some(Ok(VERSION)) => {}
            Some(found) => {
                let found = found.unwrap_or(u32::MAX);
                return Err(BaselineError::Version { path: path.to_owned(), found });
            }
            None => return Err(bad("it has no number `version`".to_owned())),
        }
        let document: Document = serde_json::from_value(value).map_err(|e| bad(e.to_string()))?;
        let mut known = BTreeMap::new();
        for e in document.findings {
            let slot = known.entry((e.file, e.rule, e.hash)).or_insert(Known {
                message: e.message,
                count: 0,
                used: 0,
            });
            // The counts are anybody's: a file can be edited.
            slot.count = slot.count.saturating_add(e.count);
        }
        Ok(Self { known })
    }

    /// A baseline of all these findings.
    pub fn of<'a>(
        scope: &BaselineScope<'_>,
        sources: &SourceMap,
        diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    ) -> Self {
        let folder = scope.folder();
        let mut out = Self::default();
        for d in diagnostics {
            let slot = out.known.entry(key(scope, &folder, sources, d)).or_insert_with(|| Known {
                message: d.message.clone(),
                count: 0,
                used: 0,
            });
            slot.count += 1 + u64::from(d.repeats);
        }
        out
    }

    /// The file's text, sorted, so that two baselines make a readable diff.
    pub fn to_text(&self) -> String {
        let entry = |((file, rule, hash), k): (&(String, String, String), &Known)| Entry {
            file: file.clone(),
            rule: rule.clone(),
            message: k.message.clone(),
            hash: hash.clone(),
            count: k.count,
        };
        let document =
            Document { version: VERSION, findings: self.known.iter().map(entry).collect() };
        let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The number of known findings, repeats counted.
    pub fn len(&self) -> u64 {
        self.known.values().fold(0, |sum, k| sum.saturating_add(k.count))
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Takes a finding out of the list; false if it is not (any more) in it.
    pub fn take(&mut self, scope: &BaselineScope<'_>, sources: &SourceMap, d: &Diagnostic) -> bool {
        let folder = scope.folder();
        let count = 1 + u64::from(d.repeats);
        match self.known.get_mut(&key(scope, &folder, sources, d)) {
            Some(k) if count <= k.count - k.used => {
                k.used += count;
                true
            }
            _ => false,
        }
    }

    /// How many known findings were not met, in files that were read in this run or are gone.
    pub fn stale(&self, scope: &BaselineScope<'_>, sources: &SourceMap) -> u64 {
        let folder = scope.folder();
        let ids = (0..sources.len()).filter_map(|i| u32::try_from(i).ok());
        let read: std::collections::BTreeSet<String> = ids
            .filter_map(|i| sources.get(nml_base::FileId(i)))
            .map(|f| scope.relative(&folder, f.path()))
            .collect();
        let gone = |file: &str| read.contains(file) || !scope.loader.is_file(&folder.join(file));
        self.known
            .iter()
            .filter(|((file, _, _), k)| k.used < k.count && gone(file))
            .fold(0, |sum, (_, k)| sum.saturating_add(k.count - k.used))
    }
}

fn key(
    scope: &BaselineScope<'_>,
    folder: &Path,
    sources: &SourceMap,
    d: &Diagnostic,
) -> (String, String, String) {
    let print = Fingerprint::of(sources, d);
    let file = sources.get(d.primary.span.file);
    let file = file.map_or_else(String::new, |f| scope.relative(folder, f.path()));
    (file, print.rule.to_owned(), print.hash)
}
