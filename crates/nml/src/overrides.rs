//! Other values for parameters, as edits of the texts a model was read from.
//!
//! An edited text is read again like any other file, so that all parts of the program see the new value.

use std::path::PathBuf;

use nml_base::nearest;
use nml_model::{Component, Model};
use nml_units::Dimension;
use rustc_hash::FxHashMap;

/// Why a value cannot be set; says what to do instead, where that is known.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct SetError(String);

/// An edit of one text.
struct Edit {
    document: u32,
    start: usize,
    end: usize,
    text: String,
}

/// Carries out assignments `PATH=VALUE` and answers the texts that change, each with its path.
///
/// The path is the identifier of a component, then what lies inside it, by identifier or name of the element,
/// then the parameter; parts in between may be left out where that is clear: `hh_cell/na_all/condDensity`.
///
/// # Errors
/// [`SetError`], for the first assignment that cannot be carried out.
pub fn edited(model: &Model, assignments: &[String]) -> Result<Vec<(PathBuf, String)>, SetError> {
    let mut edits: FxHashMap<(u32, usize, Option<String>), Edit> = FxHashMap::default();
    for assignment in assignments {
        let edit =
            edit(model, assignment).map_err(|e| SetError(format!("--set {assignment}: {e}")))?;
        // The same place again: the last word counts.  New attributes of one element all go to one place.
        let name = (edit.start == edit.end)
            .then(|| edit.text.split('=').next().unwrap_or_default().to_owned());
        edits.insert((edit.document, edit.start, name), edit);
    }
    let mut edits: Vec<Edit> = edits.into_values().collect();
    edits.sort_by(|a, b| (a.document, b.start, &a.text).cmp(&(b.document, a.start, &b.text)));
    let mut texts: Vec<(u32, String)> = Vec::new();
    for edit in edits {
        if texts.last().is_none_or(|(document, _)| *document != edit.document) {
            let file = model.documents()[edit.document as usize].file();
            texts.push((edit.document, file.text().to_owned()));
        }
        if let Some((_, text)) = texts.last_mut() {
            text.replace_range(edit.start..edit.end, &edit.text);
        }
    }
    let path = |document: u32| model.documents()[document as usize].path.clone();
    // The byte order mark says that this is UTF-8 now, whatever the declaration of the file says.
    let marked = |text: String| if text.is_ascii() { text } else { format!("\u{feff}{text}") };
    Ok(texts.into_iter().map(|(document, text)| (path(document), marked(text))).collect())
}

fn edit(model: &Model, assignment: &str) -> Result<Edit, String> {
    let (path, value) =
        assignment.split_once('=').ok_or("write PATH=VALUE, such as `step/amplitude=0.1nA`")?;
    let (path, value) = (path.trim(), value.trim());
    let (way, name) = path
        .rsplit_once('/')
        .ok_or_else(|| format!("say whose `{path}` is meant: `COMPONENT/{path}=…`"))?;
    let component = find(model, way)?;
    let shown = component.shown();
    let (expected, known) = parameters(model, component);
    let Some(dimension) = expected.get(name) else {
        let help = nearest(name, known.iter().map(String::as_str));
        let help = help.map_or_else(
            || match known.len() {
                0 => "it has none".to_owned(),
                1..=12 => format!("it has {}", known.join(", ")),
                more => format!("it has {} and {} more", known[..12].join(", "), more - 12),
            },
            |near| format!("did you mean `{near}`?"),
        );
        return Err(format!("{shown} has no parameter `{name}`; {help}"));
    };
    let units = model.units();
    let quantity = units.quantity(value).map_err(|e| match e.help() {
        Some(help) => format!("`{value}` is no quantity: {e}; {help}"),
        None => format!("`{value}` is no quantity: {e}"),
    })?;
    if !quantity.si.is_finite() {
        return Err(format!("`{value}` is not a finite number"));
    }
    if let Some((name_of, dimension)) = dimension
        && quantity.dimension != *dimension
    {
        let found = units.describe(quantity.dimension);
        let now =
            component.attr(name).map(|now| format!("; it is `{now}` now")).unwrap_or_default();
        return Err(format!("`{name}` of {shown} is a {name_of}, `{value}` is {found}{now}"));
    }
    let escaped = value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;");
    let document = component.handle().document;
    if let Some(attribute) = component.attribute(name) {
        let span = attribute.value_span();
        return Ok(Edit {
            document,
            start: span.start as usize,
            end: span.end as usize,
            text: escaped,
        });
    }
    let after = component.element().name_span().end as usize;
    Ok(Edit { document, start: after, end: after, text: format!(" {name}=\"{escaped}\"") })
}

/// The parameters of a component with the names and values of their dimensions; and their names in order.
type Parameters = (FxHashMap<String, Option<(String, Dimension)>>, Vec<String>);

fn parameters(model: &Model, component: Component<'_>) -> Parameters {
    let (mut expected, mut known) = (FxHashMap::default(), Vec::new());
    let Some(ty) = component.ty() else { return (expected, known) };
    for parameter in model.types().parameters(ty) {
        let name = parameter.dimension.to_string();
        let dimension = model.units().dimension(&name);
        expected.insert(parameter.name.to_string(), dimension.map(|d| (name, d)));
        known.push(parameter.name.to_string());
    }
    for ty in model.types().line(ty) {
        let whole = ty.integer_parameters.iter().map(|p| &p.name);
        for name in whole.chain(ty.index_parameters.iter().map(|p| &p.name)) {
            expected.insert(name.to_string(), Some(("number".to_owned(), Dimension::NONE)));
            known.push(name.to_string());
        }
    }
    (expected, known)
}

/// The component at the end of a way.
fn find<'m>(model: &'m Model, way: &str) -> Result<Component<'m>, String> {
    let mut parts = way.split('/').filter(|part| !part.is_empty());
    let first = parts.next().ok_or("say which component is meant")?;
    if way.contains('[') {
        return Err(
            "parameters belong to a component, which all its instances share; name that component"
                .to_owned(),
        );
    }
    let mut at = match model.find(first) {
        Some(found) => found,
        None => {
            one(first, "the model", model.components().filter(|c| c.id() == Some(first)), || {
                let ids = model.components().filter_map(Component::id);
                nearest(first, ids).map(str::to_owned)
            })?
        }
    };
    for part in parts {
        let goes_by = |c: &Component<'_>| c.id() == Some(part) || c.name() == part;
        let direct: Vec<_> = at.children().filter(goes_by).collect();
        at = match direct[..] {
            [only] => only,
            [] => one(part, &at.shown(), at.descendants().skip(1).filter(goes_by), || {
                let inside = at.descendants().skip(1);
                let names = inside.flat_map(|c| [c.id(), Some(c.name())]).flatten();
                nearest(part, names).map(str::to_owned)
            })?,
            _ => {
                let count = direct.len();
                return Err(format!(
                    "{} has {count} of `{part}` directly inside; use an identifier",
                    at.shown()
                ));
            }
        };
    }
    Ok(at)
}

fn one<'m>(
    name: &str,
    place: &str,
    mut found: impl Iterator<Item = Component<'m>>,
    near: impl FnOnce() -> Option<String>,
) -> Result<Component<'m>, String> {
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (Some(first), Some(second)) => {
            let around = |c: Component<'m>| {
                c.parent().map_or_else(String::new, |p| format!(" in {}", p.shown()))
            };
            let (a, b) = (around(first), around(second));
            Err(format!("there are several `{name}` in {place}:{a},{b} …; write more of the path"))
        }
        (None, _) => {
            let help = near().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            Err(format!("there is no `{name}` in {place}{help}"))
        }
    }
}
