//! Networks: populations, and what connects them.

use rustc_hash::FxHashMap;

use super::Cell;
use crate::table::{CellRefStyle, ConnectionTable, InstanceTable, MISSING};
use crate::{Component, ComponentRef, Model};

/// What a network was read into.
#[derive(Debug)]
pub(crate) struct NetworkData {
    handle: ComponentRef,
    populations: Vec<PopulationData>,
    by_id: FxHashMap<Box<str>, u32>,
}

#[derive(Debug)]
struct PopulationData {
    handle: ComponentRef,
    cell: Option<ComponentRef>,
    size: PopulationSize,
    /// Sorted, unless they count up from 0.
    instance_ids: Option<Vec<u32>>,
}

/// How many cells a population has, and who says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PopulationSize {
    /// It lists its instances.
    Listed(u64),
    /// The attribute `size`; numbers past 2⁶⁴ − 1 count as that.
    Declared(u64),
    /// A grid or a random layout gives a number.
    Layout(u64),
    /// Nothing readable.
    Unknown,
}

impl PopulationSize {
    /// The number of cells; 0 where nothing says it.
    pub fn count(self) -> u64 {
        match self {
            Self::Listed(n) | Self::Declared(n) | Self::Layout(n) => n,
            Self::Unknown => 0,
        }
    }
}

impl NetworkData {
    pub(crate) fn read(network: Component<'_>) -> Self {
        let is_population =
            |c: &Component<'_>| c.name() == "population" || c.is_a("basePopulation");
        let populations: Vec<_> =
            network.children().filter(is_population).map(PopulationData::read).collect();
        let mut by_id = FxHashMap::default();
        for (population, i) in populations.iter().zip(0..) {
            if let Some(id) = network.model().component(population.handle).id() {
                by_id.entry(id.into()).or_insert(i);
            }
        }
        Self { handle: network.handle(), populations, by_id }
    }
}

impl PopulationData {
    fn read(component: Component<'_>) -> Self {
        let table = component.instances();
        let size = match table {
            Some(table) => PopulationSize::Listed(table.len() as u64),
            None => declared(component),
        };
        let instance_ids = table.and_then(instance_ids);
        let cell = component.attr("component").and_then(|id| component.model().find(id));
        Self { handle: component.handle(), cell: cell.map(Component::handle), size, instance_ids }
    }
}

fn whole(text: &str) -> Option<u64> {
    let digits = text.trim_ascii();
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().unwrap_or(u64::MAX))
}

fn declared(component: Component<'_>) -> PopulationSize {
    if let Some(size) = component.attr("size") {
        return whole(size).map_or(PopulationSize::Unknown, PopulationSize::Declared);
    }
    let Some(layout) = component.child("layout").and_then(|l| l.children().next()) else {
        return PopulationSize::Unknown;
    };
    let number = |name| layout.attr(name).and_then(whole);
    let count = match layout.name() {
        "grid" => {
            let axes = ["xSize", "ySize", "zSize"].map(number);
            axes.iter().any(Option::is_some).then(|| {
                axes.iter().fold(1_u64, |product, axis| product.saturating_mul(axis.unwrap_or(1)))
            })
        }
        _ => number("number"),
    };
    count.map_or(PopulationSize::Unknown, PopulationSize::Layout)
}

/// The ids of instances, sorted; `None` where they count up from 0 or are not written.
fn instance_ids(table: &InstanceTable) -> Option<Vec<u32>> {
    if table.id.iter().zip(0_u32..).all(|(id, i)| id == i || id == MISSING) {
        return None;
    }
    let mut ids: Vec<u32> = table.id.iter().collect();
    ids.sort_unstable();
    Some(ids)
}

/// A `<network>`.
#[derive(Clone, Copy, Debug)]
pub struct Network<'m> {
    model: &'m Model,
    data: &'m NetworkData,
}

impl<'m> Network<'m> {
    pub(crate) fn new(model: &'m Model, data: &'m NetworkData) -> Self {
        Self { model, data }
    }

    /// The element.
    pub fn component(self) -> Component<'m> {
        self.model.component(self.data.handle)
    }

    /// The populations in document order.
    pub fn populations(self) -> impl ExactSizeIterator<Item = Population<'m>> {
        self.data.populations.iter().map(move |data| Population { model: self.model, data })
    }

    /// The population of an identifier; the first one of several.
    pub fn population(self, id: &str) -> Option<Population<'m>> {
        let &i = self.data.by_id.get(id)?;
        Some(Population { model: self.model, data: self.data.populations.get(i as usize)? })
    }

    /// Projections of all three kinds, in document order.
    pub fn projections(self) -> impl Iterator<Item = Projection<'m>> {
        let network = self;
        self.component().children().filter_map(move |component| {
            let kind = ProjectionKind::of(component)?;
            Some(Projection { network, component, kind })
        })
    }

    /// The `<inputList>` elements, in document order.
    pub fn input_lists(self) -> impl Iterator<Item = Component<'m>> {
        self.component().children_named("inputList")
    }

    /// Whether a temperature is given, in K.
    pub fn temperature_k(self) -> Option<f64> {
        self.component().si("temperature")
    }
}

/// The kinds of projection.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ProjectionKind {
    /// `<projection>`: spikes through synapses.
    Chemical,
    /// `<electricalProjection>`: gap junctions.
    Electrical,
    /// `<continuousProjection>`: graded synapses.
    Continuous,
}

impl ProjectionKind {
    fn of(component: Component<'_>) -> Option<Self> {
        Some(match component.name() {
            "projection" => Self::Chemical,
            "electricalProjection" => Self::Electrical,
            "continuousProjection" => Self::Continuous,
            _ => return None,
        })
    }
}

/// One projection of a network.
#[derive(Clone, Copy, Debug)]
pub struct Projection<'m> {
    network: Network<'m>,
    component: Component<'m>,
    kind: ProjectionKind,
}

impl<'m> Projection<'m> {
    /// The network it belongs to.
    pub fn network(self) -> Network<'m> {
        self.network
    }

    /// The element.
    pub fn component(self) -> Component<'m> {
        self.component
    }

    /// Which of the three kinds.
    pub fn kind(self) -> ProjectionKind {
        self.kind
    }

    /// The population before the synapse.
    pub fn pre(self) -> Option<Population<'m>> {
        self.network.population(self.component.attr("presynapticPopulation")?)
    }

    /// The population after the synapse.
    pub fn post(self) -> Option<Population<'m>> {
        self.network.population(self.component.attr("postsynapticPopulation")?)
    }

    /// Its connections.
    pub fn connections(self) -> Option<&'m ConnectionTable> {
        self.component.connections()
    }
}

/// Which cell indices a population has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CellIds<'m> {
    /// All below a number.
    Below(u64),
    /// These, ascending.
    Listed(&'m [u32]),
}

impl CellIds<'_> {
    /// Whether a cell has this index.
    #[inline]
    pub fn contains(self, index: u32) -> bool {
        match self {
            Self::Below(n) => u64::from(index) < n,
            Self::Listed(ids) => ids.binary_search(&index).is_ok(),
        }
    }
}

/// A population of a network.
#[derive(Clone, Copy, Debug)]
pub struct Population<'m> {
    model: &'m Model,
    data: &'m PopulationData,
}

impl<'m> Population<'m> {
    /// The element.
    pub fn component(self) -> Component<'m> {
        self.model.component(self.data.handle)
    }

    /// Its identifier.
    pub fn id(self) -> Option<&'m str> {
        self.component().id()
    }

    /// What its cells are, if the attribute `component` names something.
    pub fn cell_component(self) -> Option<Component<'m>> {
        Some(self.model.component(self.data.cell?))
    }

    /// What its cells are, if they have a morphology.
    pub fn cell(self) -> Option<Cell<'m>> {
        self.cell_component().filter(|c| super::is_cell(*c)).map(Cell::new)
    }

    /// How many cells it has.
    pub fn size(self) -> PopulationSize {
        self.data.size
    }

    /// The cell indices that a reference may hold: a path (`pop/3/cell`) names an instance by its id, any
    /// other reference counts.
    pub fn cell_ids(self, style: CellRefStyle) -> CellIds<'m> {
        match &self.data.instance_ids {
            Some(ids) if style == CellRefStyle::Path => CellIds::Listed(ids),
            _ => CellIds::Below(self.data.size.count()),
        }
    }
}
