//! Circuit and simulation configurations: `manifest`, paths, sections.
//!
//! Source: the SONATA developer guide, "Network configuration" and "Simulation configuration".

use std::path::{Path, PathBuf};

use nml_base::Span;

use super::desk::Desk;
use super::json::{Kind, Value};

/// How often a variable may stand for another one.
const MOST_REPLACED: usize = 64;

/// A path and where it is named.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) path: PathBuf,
    pub(super) span: Span,
}

/// One configuration file with its variables.
#[derive(Clone, Debug)]
pub(super) struct Config {
    pub(super) root: Value,
    folder: PathBuf,
    variables: Vec<(String, String)>,
}

/// Files of nodes or of edges.
#[derive(Clone, Debug)]
pub(super) struct Storage {
    pub(super) data: Named,
    pub(super) types: Option<Named>,
}

/// The circuit and, where one is given, the simulation.
#[derive(Debug)]
pub(super) struct Configs {
    pub(super) circuit: Config,
    pub(super) simulation: Option<Config>,
}

impl Config {
    fn new(desk: &mut Desk<'_>, path: &Path, root: Value) -> Self {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let mut variables = Vec::new();
        for (name, span, value) in root.get("manifest").map_or(&[][..], Value::members) {
            if let Some(text) = value.text() {
                variables.push((name.trim_start_matches('$').to_owned(), text.to_owned()));
            } else {
                let message = format!("`{name}` is {}, not a path", value.what());
                desk.bad(*span, message, "a variable of the manifest stands for a path");
            }
        }
        // The longer name first: `$NET_DIR` is not `$NET` with something after it.
        variables.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Self { root, folder, variables }
    }

    /// A text with its variables replaced.
    pub(super) fn expand(&self, desk: &mut Desk<'_>, text: &str, span: Span) -> Option<String> {
        let mut text = text.replace("${configdir}", ".");
        let mut times = 0;
        while let Some(at) = text.find('$') {
            let rest = &text[at + 1..];
            let braced = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
            let known = match braced {
                Some((name, _)) => self.variables.iter().find(|(known, _)| known == name),
                None => self.variables.iter().find(|(known, _)| rest.starts_with(known.as_str())),
            };
            times += 1;
            let Some((name, value)) = known.filter(|_| times <= MOST_REPLACED) else {
                let message =
                    format!("`{text}` names a variable that the manifest does not explain");
                desk.bad(span, message, "add the variable to `manifest`");
                return None;
            };
            let length = 1 + name.len() + if braced.is_some() { 2 } else { 0 };
            text = format!("{}{value}{}", &text[..at], &text[at + length..]);
            if text.len() > 1 << 16 {
                desk.bad(span, "a path grows without end", "correct the variables of `manifest`");
                return None;
            }
        }
        Some(text)
    }

    /// The path that a value stands for.
    pub(super) fn path(&self, desk: &mut Desk<'_>, value: &Value) -> Option<Named> {
        let Some(text) = value.text() else {
            desk.bad(value.span, format!("this is {}, not a path", value.what()), "write a path");
            return None;
        };
        let text = self.expand(desk, text, value.span)?;
        let plain = text.trim_start_matches("./");
        let path = self.folder.join(if plain.is_empty() { "." } else { plain });
        Some(Named { path, span: value.span })
    }

    /// A folder of `components`.
    pub(super) fn component_folder(&self, desk: &mut Desk<'_>, name: &str) -> Option<Named> {
        let value = self.root.get("components")?.get(name)?.clone();
        self.path(desk, &value)
    }

    /// The files of `networks`, `what` being `nodes` or `edges`; those that are disabled are not there.
    pub(super) fn storages(&self, desk: &mut Desk<'_>, what: &str) -> Vec<Storage> {
        let Some(listed) = self.root.get("networks").and_then(|networks| networks.get(what)) else {
            return Vec::new();
        };
        let Kind::List(listed) = &listed.kind else {
            desk.bad(listed.span, format!("this is {}, not a list", listed.what()), "write a list");
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in listed {
            if entry.get("enabled").is_some_and(|enabled| enabled.kind == Kind::Bool(false)) {
                continue;
            }
            let Some(data) = entry.get(&format!("{what}_file")) else {
                let message = format!("an entry of `{what}` has no `{what}_file`");
                desk.bad(entry.span, message, "name the HDF5 file");
                continue;
            };
            let Some(data) = self.path(desk, data) else { continue };
            let types = entry.get(&format!("{}_types_file", &what[..what.len() - 1]));
            let types = types.filter(|types| types.kind != Kind::Null);
            let types = types.and_then(|types| self.path(desk, types));
            found.push(Storage { data, types });
        }
        found
    }
}

/// Whether a JSON text that is not a document of NeuroML is a configuration of SONATA.
pub(super) fn is_config(root: &Value) -> bool {
    let has = |name: &str| root.get(name).is_some();
    has("networks") || (has("network") && (has("run") || has("simulation")))
}

/// Reads a configuration and the one it refers to.
pub(super) fn read(desk: &mut Desk<'_>, path: &Path, root: Value) -> Option<Configs> {
    if let Some(networks) = root.get("networks").filter(|n| !matches!(n.kind, Kind::Object(_))) {
        let message = format!("`networks` is {}, not an object", networks.what());
        desk.bad(networks.span, message, "write an object with the lists `nodes` and `edges`");
        return None;
    }
    let config = Config::new(desk, path, root);
    if config.root.get("networks").is_some() && config.root.get("run").is_none() {
        return Some(Configs { circuit: config, simulation: None });
    }
    let mut other = |config: &Config, name: &str| {
        let value = config.root.get(name)?.clone();
        let named = config.path(desk, &value)?;
        let root = desk.json(&named.path, named.span)?;
        Some(Config::new(desk, &named.path, root))
    };
    let (circuit, simulation) = if config.root.get("run").is_some() {
        // Everything in one file is allowed too.
        let circuit = if config.root.get("networks").is_some() {
            Some(config.clone())
        } else {
            other(&config, "network")
        };
        (circuit, Some(config))
    } else {
        (other(&config, "network"), other(&config, "simulation"))
    };
    Some(Configs { circuit: circuit?, simulation })
}
