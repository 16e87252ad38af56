//! Segments to samples.

use nml_base::{Diagnostics, Span, format_f64};
use nml_codegen::{not_exported, written_differently};
use nml_model::Model;
use nml_model::views::{Morphology, Point};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{TARGET, kinds};

const SOMA: u32 = 1;

/// One line of the file.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) number: i64,
    pub(super) kind: u32,
    /// x, y, z, radius.
    pub(super) texts: [String; 4],
    /// The number of the parent, or -1.
    pub(super) parent: i64,
}

/// What a morphology remembers of the SWC file it was read from.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) source: Option<String>,
    /// Whether the file held other trees.
    pub(super) tree: bool,
    first: Option<i64>,
    three_points: bool,
    /// Number and type of a sample: that of the end (`false`) or beginning of a segment.
    samples: FxHashMap<(u32, bool), (i64, u32)>,
}

impl Known {
    pub(super) fn of(model: &Model, shape: &Morphology) -> Self {
        let mut known = Self::default();
        for property in model.component(shape.handle()).children_named("property") {
            let tag = property.attr("tag").and_then(|tag| tag.strip_prefix("swc:"));
            let (Some(tag), Some(value)) = (tag, property.attr("value")) else { continue };
            match tag {
                "source" => known.source = Some(value.to_owned()),
                "tree" => known.tree = true,
                "first" => known.first = value.parse().ok(),
                "soma" => known.three_points = value == "3 points",
                "proximal" | "distal" => {
                    let mut numbers = value.split(' ').map(str::parse::<i64>);
                    let (Some(Ok(segment)), Some(Ok(number)), Some(Ok(kind))) =
                        (numbers.next(), numbers.next(), numbers.next())
                    else {
                        continue;
                    };
                    let (Ok(segment), Ok(kind)) = (u32::try_from(segment), u32::try_from(kind))
                    else {
                        continue;
                    };
                    known.samples.insert((segment, tag == "proximal"), (number, kind));
                }
                _ => {}
            }
        }
        known
    }
}

/// A sample before all numbers are known.
struct Sample {
    number: Option<i64>,
    kind: u32,
    texts: [String; 4],
    place: Point,
    parent: Option<usize>,
}

struct Writer<'a> {
    model: &'a Model,
    shape: &'a Morphology,
    known: &'a Known,
    kinds: Vec<u32>,
    samples: Vec<Sample>,
    /// By segment: the samples where it begins and ends.
    begins: Vec<Option<usize>>,
    ends: Vec<Option<usize>>,
    /// By segment: where inside of it something grows, and the sample there.
    inside: FxHashMap<usize, Vec<(f64, usize)>>,
    /// Beginnings that several segments share.
    shared: FxHashMap<Shared, usize>,
}

/// What tells beginnings from each other.
#[derive(PartialEq, Eq, Hash)]
enum Shared {
    /// The number that a file gave it.
    Number(i64),
    /// The sample before it and the bits of the point.
    Place(usize, [u64; 4]),
}

/// The samples of a shape; nothing, and findings, where it is not whole.
pub(super) fn of(
    model: &Model,
    shape: &Morphology,
    known: &Known,
    span: Span,
    sink: &mut Diagnostics,
) -> Option<Vec<Row>> {
    let count = shape.segments().len();
    let roots = shape.segments().iter().filter(|s| s.parent.is_none()).count();
    let order: Vec<usize> = shape.tree().order().collect();
    if roots != 1 || order.len() != count || !shape.tree().circles().is_empty() {
        let what = "a cell whose segments are not one tree";
        sink.push(not_exported(span, TARGET, what));
        return None;
    }
    let mut writer = Writer {
        model,
        shape,
        known,
        kinds: kinds::of(model, shape),
        samples: Vec::with_capacity(count + 1),
        begins: vec![None; count],
        ends: vec![None; count],
        inside: places_inside(shape),
        shared: FxHashMap::default(),
    };
    let unknown = writer.kinds.iter().filter(|k| **k == kinds::UNDEFINED).count();
    if unknown > 0 && known.source.is_none() {
        let what = format!(
            "{unknown} of {count} segments are in no group that says soma, axon or dendrite: their samples have the type 0"
        );
        sink.push(written_differently(span, what));
    }
    let mut whole = true;
    for at in order {
        if writer.segment(at).is_none() {
            let segment = model.component(shape.handle_of(shape.segments()[at].node));
            let what = format!("`{}`, whose ends or parent are not known", segment.shown());
            sink.push(not_exported(segment.element().span(), TARGET, what));
            whole = false;
        }
    }
    whole.then(|| writer.rows())
}

/// The places inside of segments where others grow, from the beginning to the end.
fn places_inside(shape: &Morphology) -> FxHashMap<usize, Vec<(f64, usize)>> {
    let mut inside: FxHashMap<usize, Vec<(f64, usize)>> = FxHashMap::default();
    for segment in shape.segments() {
        let Some(parent) = segment.parent else { continue };
        let along = parent.fraction_along;
        if let Some(at) = shape.index_of(parent.segment)
            && along > 0.0
            && along < 1.0
        {
            let places = inside.entry(at).or_default();
            let next = places.partition_point(|(there, _)| *there < along);
            if places.get(next).is_none_or(|(there, _)| *there != along) {
                places.insert(next, (along, usize::MAX));
            }
        }
    }
    inside
}

fn bits(point: Point) -> [u64; 4] {
    let [x, y, z] = point.position_um;
    // Both zeros are one place.
    [x, y, z, point.diameter_um].map(|v| (v + 0.0).to_bits())
}

impl Writer<'_> {
    /// The texts of a point as the author wrote them, if it stands in the document.
    fn texts(&self, point: Point) -> Option<[String; 4]> {
        let element = self.model.component(self.shape.handle_of(point.node));
        let text = |name: &str| element.attr(name).map(|text| text.trim().to_owned());
        Some([text("x")?, text("y")?, text("z")?, halved(&text("diameter")?)])
    }

    fn add(
        &mut self,
        place: Point,
        texts: [String; 4],
        kind: u32,
        key: Option<(u32, bool)>,
        parent: Option<usize>,
    ) -> usize {
        let recorded = key.and_then(|key| self.known.samples.get(&key).copied());
        let from_id = || match key {
            Some((id, false)) => self.known.first.map(|first| first + i64::from(id)),
            _ => None,
        };
        let number = recorded.map(|(number, _)| number).or_else(from_id);
        let kind = recorded.map_or(kind, |(_, kind)| kind);
        self.samples.push(Sample { number, kind, texts, place, parent });
        self.samples.len() - 1
    }

    fn segment(&mut self, at: usize) -> Option<()> {
        let segment = self.shape.segments()[at];
        let (id, kind) = (segment.id, self.kinds[at]);
        let distal = segment.distal.filter(|p| is_whole(*p))?;
        let distal_texts = self.texts(distal)?;
        let Some(parent) = segment.parent else {
            let proximal = segment.proximal.filter(|p| is_whole(*p))?;
            if bits(proximal) == bits(distal) && !self.known.samples.contains_key(&(id, true)) {
                let sample = self.add(distal, distal_texts, kind, Some((id, false)), None);
                (self.begins[at], self.ends[at]) = (Some(sample), Some(sample));
                return Some(());
            }
            let texts = self.texts(proximal)?;
            if self.is_three_points(at) {
                let middle = self.add(distal, distal_texts, kind, Some((id, false)), None);
                let side = self.add(proximal, texts, kind, Some((id, true)), Some(middle));
                (self.begins[at], self.ends[at]) = (Some(side), Some(middle));
                return Some(());
            }
            let begin = self.add(proximal, texts, kind, Some((id, true)), None);
            self.begins[at] = Some(begin);
            self.end(at, begin, distal, distal_texts);
            return Some(());
        };
        let on = self.shape.index_of(parent.segment)?;
        let from = if parent.fraction_along == 1.0 {
            self.ends[on]?
        } else if parent.fraction_along == 0.0 {
            self.begins[on]?
        } else {
            let places = self.inside.get(&on)?;
            places.iter().find(|(along, _)| *along == parent.fraction_along)?.1
        };
        let begin = match segment.proximal {
            None => from,
            Some(point) if !is_whole(point) => return None,
            Some(point) => self.begin(at, from, point)?,
        };
        self.begins[at] = Some(begin);
        self.end(at, begin, distal, distal_texts);
        Some(())
    }

    /// The sample where a segment with a beginning of its own begins.
    fn begin(&mut self, at: usize, from: usize, point: Point) -> Option<usize> {
        let (segment, kind) = (self.shape.segments()[at], self.kinds[at]);
        // Where an SWC file had a sample, it has one again.
        let key = match self.known.samples.get(&(segment.id, true)) {
            Some((number, _)) => Shared::Number(*number),
            None => Shared::Place(from, bits(point)),
        };
        if matches!(key, Shared::Place(..)) {
            let there = self.samples.get(from)?;
            let last = self.shape.tree().children(at).len() == 0;
            let own_width = segment.distal.is_some_and(|d| d.diameter_um == point.diameter_um);
            let same_place = bits(there.place)[..3] == bits(point)[..3];
            let one_sample = there.kind == SOMA && kind != SOMA && last && own_width && same_place;
            if bits(there.place) == bits(point) || one_sample {
                return Some(from);
            }
        }
        if let Some(&known) = self.shared.get(&key) {
            return Some(known);
        }
        let texts = self.texts(point)?;
        let sample = self.add(point, texts, kind, Some((segment.id, true)), Some(from));
        self.shared.insert(key, sample);
        Some(sample)
    }

    /// The samples inside and at the end of a segment.
    fn end(&mut self, at: usize, begin: usize, distal: Point, texts: [String; 4]) {
        let (id, kind) = (self.shape.segments()[at].id, self.kinds[at]);
        let mut before = begin;
        if let Some(mut places) = self.inside.remove(&at) {
            let from = self.samples[begin].place;
            for (along, sample) in &mut places {
                let mix = |a: f64, b: f64| a + (b - a) * *along;
                let axis = |i: usize| mix(from.position_um[i], distal.position_um[i]);
                let place = Point {
                    node: distal.node,
                    position_um: [axis(0), axis(1), axis(2)],
                    diameter_um: mix(from.diameter_um, distal.diameter_um),
                };
                let [x, y, z] = place.position_um.map(format_f64);
                let texts = [x, y, z, format_f64(place.diameter_um / 2.0)];
                before = self.add(place, texts, kind, None, Some(before));
                *sample = before;
            }
            self.inside.insert(at, places);
        }
        let end = self.add(distal, texts, kind, Some((id, false)), Some(before));
        self.ends[at] = Some(end);
    }

    /// Whether the root and one more segment are a soma of three points, of which the middle one is the root.
    fn is_three_points(&self, root: usize) -> bool {
        let tree = self.shape.tree();
        let somas: Vec<usize> = (0..self.kinds.len()).filter(|&s| self.kinds[s] == SOMA).collect();
        let other = somas.iter().copied().find(|&s| s != root);
        let attached = |segment: &nml_model::views::Segment| {
            segment.parent.is_some_and(|p| p.fraction_along == 1.0) && segment.proximal.is_none()
        };
        self.known.three_points
            && somas.len() == 2
            && somas.contains(&root)
            && !self.inside.contains_key(&root)
            && other.is_some_and(|other| {
                tree.parent(other) == Some(root)
                    && tree.children(other).len() == 0
                    && attached(&self.shape.segments()[other])
            })
            && tree
                .children(root)
                .all(|c| self.shape.segments()[c].parent.is_some_and(|p| p.fraction_along == 1.0))
    }

    fn rows(self) -> Vec<Row> {
        let mut taken: FxHashSet<i64> = FxHashSet::default();
        let unique =
            self.samples.iter().all(|s| s.number.is_some_and(|n| n >= 0 && taken.insert(n)));
        let number = |at: usize| {
            let counted = i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1);
            self.samples[at].number.filter(|_| unique).unwrap_or(counted)
        };
        let row = |(at, sample): (usize, &Sample)| Row {
            number: number(at),
            kind: sample.kind,
            texts: sample.texts.clone(),
            parent: sample.parent.map_or(-1, number),
        };
        self.samples.iter().enumerate().map(row).collect()
    }
}

fn is_whole(point: Point) -> bool {
    point.position_um.iter().all(|x| x.is_finite()) && point.diameter_um.is_finite()
}

/// Half of a decimal, digit by digit: with one more place only where the last digit is odd.
fn halved(text: &str) -> String {
    let at = text.find(['e', 'E']).unwrap_or(text.len());
    let (digits, power) = text.split_at(at);
    let mut out = String::with_capacity(text.len() + 2);
    let mut rest = 0;
    for byte in digits.bytes() {
        if byte.is_ascii_digit() {
            let here = rest * 10 + (byte - b'0');
            out.push(char::from(b'0' + here / 2));
            rest = here % 2;
        } else {
            out.push(char::from(byte));
        }
    }
    if rest == 1 {
        if !out.contains('.') {
            out.push('.');
        }
        out.push('5');
    }
    let sign = out.len() - out.trim_start_matches(['+', '-']).len();
    let added_zero = out[sign..].starts_with('0')
        && !digits[sign..].starts_with('0')
        && out[sign + 1..].starts_with(|c: char| c.is_ascii_digit());
    if added_zero {
        out.remove(sign);
    }
    format!("{out}{power}")
}

#[cfg(test)]
mod tests {
    use super::halved;

    #[test]
    fn decimals_are_halved_in_their_own_digits() {
        for (whole, half) in [
            ("1.0", "0.5"),
            ("15.0000", "7.5000"),
            ("+19.8", "+9.9"),
            ("10e-3", "5e-3"),
            ("3", "1.5"),
            ("0.1", "0.05"),
            ("7.", "3.5"),
            ("24.", "12."),
        ] {
            assert_eq!(halved(whole), half);
        }
    }
}
