//! From the names and patterns of a test to files.

use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;
use nml_base::SourceLoader;

/// The most files a pattern may stand for.
const MOST: usize = 100_000;

/// The files a pattern stands for, in order, as a shell expands it: `*`, `?` and `[…]` within a name, never a
/// leading dot.  A name without any of these stands for itself, whether or not there is such a file.
pub(super) fn expand(files: &dyn SourceLoader, folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    let mut wild = false;
    for part in Path::new(pattern).components() {
        let name = part.as_os_str().to_string_lossy();
        if !matches!(part, Component::Normal(_)) || !name.contains(['*', '?', '[']) {
            for path in &mut found {
                path.push(part);
            }
            continue;
        }
        wild = true;
        let Ok(glob) = GlobBuilder::new(&name).build() else { return Vec::new() };
        let matcher = glob.compile_matcher();
        let fits = |entry: &String| {
            matcher.is_match(entry) && (name.starts_with('.') || !entry.starts_with('.'))
        };
        found = found
            .iter()
            .flat_map(|path| files.list(path).into_iter().filter(fits).map(|n| path.join(n)))
            .take(MOST)
            .collect();
    }
    if wild {
        found.retain(|path| files.is_file(path));
    }
    found
}

/// One spelling for the paths of files that need not exist: absolute, without `.` and `..`.
pub(super) fn normal(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use nml_base::MemoryLoader;

    use super::*;

    #[test]
    fn patterns_are_those_of_a_shell() {
        let mut files = MemoryLoader::new();
        for name in ["m/a.nml", "m/b.cell.nml", "m/.c.nml", "m/sub/d.nml", "e.nml"] {
            files.insert(name, "");
        }
        let names = |pattern| -> Vec<String> {
            let found = expand(&files, Path::new("m"), pattern);
            found.iter().map(|p| p.to_string_lossy().into_owned()).collect()
        };
        assert_eq!(names("*.nml"), ["m/a.nml", "m/b.cell.nml"]);
        assert_eq!(names("*/*.nml"), ["m/sub/d.nml"]);
        assert_eq!(names("../*.nml"), ["m/../e.nml"]);
        assert_eq!(names("none.nml"), ["m/none.nml"]);
        assert!(names("none*").is_empty());
        assert!(names("[").is_empty());
    }
}
