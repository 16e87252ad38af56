//! The `nml.toml` of each folder, read once.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use nml_report::{Config, Levels};
use rustc_hash::FxHashMap;

use crate::{App, LevelWord, Stop};

/// Finds the configuration of files.
pub(crate) struct Projects<'a> {
    app: &'a App<'a>,
    working_folder: PathBuf,
    by_folder: FxHashMap<PathBuf, Rc<Config>>,
    by_file: FxHashMap<PathBuf, Rc<Config>>,
}

impl<'a> Projects<'a> {
    pub(crate) fn new(app: &'a App<'a>, working_folder: &Path) -> Self {
        Self {
            app,
            working_folder: working_folder.to_owned(),
            by_folder: FxHashMap::default(),
            by_file: FxHashMap::default(),
        }
    }

    /// The place of a path without links, from the root.
    pub(crate) fn canonical(&self, path: &Path) -> PathBuf {
        self.app.loader.canonical(&self.working_folder.join(path))
    }

    /// The configuration for a file, given by its canonical path.
    pub(crate) fn of(&mut self, file: &Path) -> Result<Rc<Config>, Stop> {
        let folder = file.parent().unwrap_or(Path::new("/")).to_owned();
        if let Some(config) = self.by_folder.get(&folder) {
            return Ok(Rc::clone(config));
        }
        let config = match Config::find(self.app.loader, &folder) {
            None => Rc::new(Config::default()),
            Some(path) => {
                if let Some(config) = self.by_file.get(&path) {
                    Rc::clone(config)
                } else {
                    let text = read_text(self.app, &path)?;
                    let config = Config::parse(&path, &text, self.app.rules)
                        .map_err(|e| Stop(e.to_string()))?;
                    let config = Rc::new(config);
                    self.by_file.insert(path, Rc::clone(&config));
                    config
                }
            }
        };
        self.by_folder.insert(folder, Rc::clone(&config));
        Ok(config)
    }
}

/// A file as text.
pub(crate) fn read_text(app: &App<'_>, path: &Path) -> Result<String, Stop> {
    let bytes = app.loader.read(path).map_err(|e| Stop(e.to_string()))?;
    String::from_utf8(bytes).map_err(|_| Stop(format!("{} is not UTF-8 text", path.display())))
}

/// The levels of a project with those of the command line on top.
pub(crate) fn levels(config: &Config, words: &[LevelWord], app: &App<'_>) -> Result<Levels, Stop> {
    let mut levels = config.levels.clone();
    for word in words {
        let rule = app.rules.find(&word.rule).map_err(|e| Stop(e.to_string()))?;
        levels.set(rule, word.level);
    }
    Ok(levels)
}
