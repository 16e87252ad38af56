//! `nml.toml`: what a project wants to be told.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use nml_base::{Level, SourceLoader, SourceMap, nearest};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::levels::Levels;
use crate::rules::Rules;

/// The keys of the file.
const KEYS: [&str; 4] = ["rules", "deny-warnings", "exclude", "include-path"];
/// The levels a rule can be set to.
const LEVELS: [&str; 4] = ["allow", "warn", "error", "deny"];

/// A configuration file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{column}: {message}", path.display())]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
}

/// The contents of an `nml.toml`.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The folder it stands in; relative names in it start there.
    pub folder: PathBuf,
    /// Levels of rules.
    pub levels: Levels,
    /// Whether warnings fail a run.
    pub deny_warnings: bool,
    /// Files and folders left out when a folder is searched.
    pub exclude: PathFilter,
    /// Folders searched for included files, in this order.
    pub include_path: Vec<PathBuf>,
}

/// Files and folders matched by patterns, relative to a folder.
#[derive(Clone, Debug, Default)]
pub struct PathFilter {
    folder: PathBuf,
    set: GlobSet,
}

impl PathFilter {
    /// Whether `path`, or a folder it lies in, is matched.
    pub fn matches(&self, path: &Path) -> bool {
        !self.set.is_empty() && self.set.is_match(path.strip_prefix(&self.folder).unwrap_or(path))
    }
}

impl Config {
    /// The name of the file.
    pub const FILE_NAME: &'static str = "nml.toml";

    /// The nearest `nml.toml` in `folder` or a folder around it.  `folder` is absolute.
    pub fn find(loader: &dyn SourceLoader, folder: &Path) -> Option<PathBuf> {
        folder.ancestors().map(|f| f.join(Self::FILE_NAME)).find(|file| loader.is_file(file))
    }

    /// Reads the text of an `nml.toml`.
    ///
    /// # Errors
    /// [`ConfigError`] for text that is not TOML, unknown keys, rules and levels, values of the wrong
    /// kind, and patterns that are none.
    pub fn parse(path: &Path, text: &str, rules: Rules<'_>) -> Result<Self, ConfigError> {
        Reader { path, text, rules }.config()
    }
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    rules: Rules<'a>,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn error(&self, at: usize, message: impl Into<String>) -> ConfigError {
        let file = SourceMap::new().add(self.path, self.text.to_owned());
        let place = file.line_column(u32::try_from(at).unwrap_or(u32::MAX));
        let (line, column) = (place.line, place.column);
        ConfigError { path: self.path.to_owned(), line, column, message: message.into() }
    }

    fn config(&self) -> Result<Config, ConfigError> {
        let table = DeTable::parse(self.text).map_err(|e| {
            self.error(e.span().map_or(0, |s| s.start), e.message().trim_end().to_owned())
        })?;
        let folder = self.path.parent().unwrap_or(Path::new("")).to_owned();
        let mut config = Config { folder: folder.clone(), ..Config::default() };
        for (key, value) in table.get_ref() {
            let at = key.span().start;
            match key.get_ref().as_ref() {
                "rules" => self.levels(value, &mut config.levels)?,
                "deny-warnings" => {
                    config.deny_warnings = value
                        .get_ref()
                        .as_bool()
                        .ok_or_else(|| self.kind(value, "deny-warnings", "true or false"))?;
                }
                "exclude" => {
                    config.exclude = self.filter(&folder, &self.strings(value, "exclude")?)?;
                }
                "include-path" => {
                    let folders = self.strings(value, "include-path")?;
                    config.include_path =
                        folders.into_iter().map(|(_, name)| folder.join(name)).collect();
                }
                other => return Err(self.error(at, unknown("key", other, KEYS))),
            }
        }
        Ok(config)
    }

    fn kind(&self, value: &Value<'_>, key: &str, wanted: &str) -> ConfigError {
        self.error(value.span().start, format!("`{key}` wants {wanted}"))
    }

    fn levels(&self, value: &Value<'_>, levels: &mut Levels) -> Result<(), ConfigError> {
        let Some(table) = value.get_ref().as_table() else {
            return Err(self.kind(
                value,
                "rules",
                "a table: `[rules]` and lines `name = \"warn\"`",
            ));
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let rule = self
                .rules
                .find(name)
                .map_err(|unknown| self.error(key.span().start, unknown.to_string()))?;
            let wanted = "\"allow\", \"warn\" or \"error\"";
            let word = value.get_ref().as_str().ok_or_else(|| self.kind(value, name, wanted))?;
            let level = match word {
                "allow" => Level::Allow,
                "warn" => Level::Warn,
                "error" | "deny" => Level::Error,
                other => {
                    let message = unknown("level", other, LEVELS);
                    return Err(self.error(value.span().start, message));
                }
            };
            levels.set(rule, level);
        }
        Ok(())
    }

    fn strings(&self, value: &Value<'_>, key: &str) -> Result<Vec<(usize, String)>, ConfigError> {
        let wanted = || self.kind(value, key, "a list of texts");
        let list = value.get_ref().as_array().ok_or_else(wanted)?;
        list.iter()
            .map(|item| {
                let text = item.get_ref().as_str().ok_or_else(wanted)?;
                Ok((item.span().start, text.to_owned()))
            })
            .collect()
    }

    fn filter(
        &self,
        folder: &Path,
        patterns: &[(usize, String)],
    ) -> Result<PathFilter, ConfigError> {
        let mut set = GlobSetBuilder::new();
        for (at, pattern) in patterns {
            let trimmed = pattern.trim_start_matches("./").trim_end_matches('/');
            // As in .gitignore: a bare name matches at any depth, and a folder means all in it.
            let anchored =
                if trimmed.contains('/') { trimmed.to_owned() } else { format!("**/{trimmed}") };
            let anchored = anchored.trim_start_matches('/');
            for glob in [anchored.to_owned(), format!("{anchored}/**")] {
                let glob = GlobBuilder::new(&glob)
                    .literal_separator(true)
                    .build()
                    .map_err(|e| self.error(*at, format!("`{pattern}`: {}", e.kind())))?;
                set.add(glob);
            }
        }
        let set = set.build().map_err(|e| self.error(0, e.to_string()))?;
        Ok(PathFilter { folder: folder.to_owned(), set })
    }
}

fn unknown<const N: usize>(what: &str, word: &str, known: [&'static str; N]) -> String {
    match nearest(word, known) {
        Some(near) => format!("unknown {what} `{word}`, did you mean `{near}`?"),
        None => format!("unknown {what} `{word}`; known are {}", known.join(", ")),
    }
}
