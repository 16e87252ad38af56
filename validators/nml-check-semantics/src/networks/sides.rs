//! Every place of a network that names a cell, rows and elements alike.

use std::borrow::Cow;

use nml_base::Span;
use nml_model::Component;
use nml_model::table::{CellRefForm, CellRefs, Column, ConnectionKind, ConnectionTable, RowSpans};
use nml_model::views::{Network, Population};

/// One column of references to cells: one end of a projection, the targets of an input list, or one
/// attribute of a single element.
pub(crate) struct Side<'m> {
    pub(crate) network: Network<'m>,
    /// The projection, input list or single element.
    pub(crate) owner: Component<'m>,
    pub(crate) refs: Cow<'m, CellRefs>,
    /// The attribute of the owner that names its population, where it has one.
    pub(crate) own_attribute: Option<&'static str>,
    /// That population.
    pub(crate) own: Option<Population<'m>>,
    /// Segment ids of the rows, where they have any.
    pub(crate) segments: Option<&'m Column<u32>>,
    /// Fractions along the segments.
    pub(crate) fractions: Option<&'m Column<f64>>,
    end: End,
    rows: Rows<'m>,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Pre,
    Post,
    /// The only cell there is.
    Only(&'static str),
}

#[derive(Clone, Copy)]
enum Rows<'m> {
    Connections(&'m ConnectionTable),
    Inputs(&'m RowSpans),
    Single,
}

/// The attributes of rows that have one name per end.
#[derive(Clone, Copy)]
pub(crate) enum RowAttribute {
    Cell,
    Segment,
    Fraction,
}

impl<'m> Side<'m> {
    pub(crate) fn len(&self) -> usize {
        self.refs.indices().len()
    }

    /// Whether paths are written from inside a row, and so have to begin with `../`.
    pub(crate) fn needs_dots(&self) -> bool {
        matches!(self.rows, Rows::Connections(_))
    }

    /// Whether a bare index means a cell of the owner's population.
    pub(crate) fn takes_index(&self, row: usize) -> bool {
        match self.rows {
            Rows::Connections(table) => {
                table.kind.get(row).is_electrical() || table.kind.get(row).is_continuous()
            }
            Rows::Inputs(_) | Rows::Single => false,
        }
    }

    /// The population that references of a form lead to.
    pub(crate) fn population(&self, form: &CellRefForm) -> Option<Population<'m>> {
        if form.population.is_empty() {
            return self.own;
        }
        match self.own {
            Some(own) if own.id() == Some(&form.population) => Some(own),
            _ => self.network.population(&form.population),
        }
    }

    /// The name of an attribute in a row.
    pub(crate) fn name(&self, row: usize, what: RowAttribute) -> &'static str {
        let kind = match self.rows {
            Rows::Connections(table) => table.kind.get(row),
            Rows::Inputs(_) | Rows::Single => ConnectionKind::Connection,
        };
        match (what, self.end) {
            (RowAttribute::Cell, End::Pre) => kind.pre_cell(),
            (RowAttribute::Cell, End::Post) => kind.post_cell(),
            (RowAttribute::Cell, End::Only(name)) => name,
            (RowAttribute::Segment, End::Pre) => kind.pre_segment(),
            (RowAttribute::Segment, End::Post) => kind.post_segment(),
            (RowAttribute::Segment, End::Only(_)) => "segmentId",
            (RowAttribute::Fraction, End::Pre) => "preFractionAlong",
            (RowAttribute::Fraction, End::Post) => "postFractionAlong",
            (RowAttribute::Fraction, End::Only(_)) => "fractionAlong",
        }
    }

    /// The place of an attribute in a row.
    pub(crate) fn span(&self, row: usize, what: RowAttribute) -> Span {
        let name = self.name(row, what);
        match self.rows {
            Rows::Connections(table) => crate::rows::attribute(self.owner, &table.spans, row, name),
            Rows::Inputs(spans) => crate::rows::attribute(self.owner, spans, row, name),
            Rows::Single => self.owner.span_of(name),
        }
    }

    /// The text of an attribute in a row, as written.
    pub(crate) fn text(&self, row: usize, what: RowAttribute) -> &'m str {
        self.owner.document().file().slice(self.span(row, what))
    }

    /// The place of the population's name in the owner.
    pub(crate) fn own_span(&self) -> Span {
        self.owner.span_of(self.own_attribute.unwrap_or("id"))
    }
}

/// All of them, in document order.
pub(crate) fn sides(network: Network<'_>) -> Vec<Side<'_>> {
    let mut found = Vec::new();
    for owner in network.component().children() {
        let own = |name| owner.attr(name).and_then(|id| network.population(id));
        if let Some(table) = owner.connections() {
            for (end, attribute) in
                [(End::Pre, "presynapticPopulation"), (End::Post, "postsynapticPopulation")]
            {
                let pre = end == End::Pre;
                found.push(Side {
                    network,
                    owner,
                    refs: Cow::Borrowed(if pre { &table.pre_cell } else { &table.post_cell }),
                    own_attribute: Some(attribute),
                    own: own(attribute),
                    segments: Some(if pre { &table.pre_segment } else { &table.post_segment }),
                    fractions: Some(if pre { &table.pre_fraction } else { &table.post_fraction }),
                    end,
                    rows: Rows::Connections(table),
                });
            }
        } else if let Some(table) = owner.inputs() {
            found.push(Side {
                network,
                owner,
                refs: Cow::Borrowed(&table.target),
                own_attribute: Some("population"),
                own: own("population"),
                segments: Some(&table.segment),
                fractions: Some(&table.fraction),
                end: End::Only("target"),
                rows: Rows::Inputs(&table.spans),
            });
        } else {
            let attributes: &[&'static str] = match owner.name() {
                "explicitInput" => &["target"],
                "synapticConnection" | "synapticConnectionWD" | "explicitConnection" => {
                    &["from", "to"]
                }
                _ => continue,
            };
            for attribute in attributes {
                let Some(text) = owner.attr(attribute) else { continue };
                let mut refs = CellRefs::default();
                refs.push(text);
                found.push(Side {
                    network,
                    owner,
                    refs: Cow::Owned(refs),
                    own_attribute: None,
                    own: None,
                    segments: None,
                    fractions: None,
                    end: End::Only(attribute),
                    rows: Rows::Single,
                });
            }
        }
    }
    found
}
