//! The points of a section.

use nml_model::views::{Morphology, Point};

use super::chain::Chain;
use super::sections::{Piece, PointRule, SectionPoint};

/// The distal ends as a rule sees them while it goes through the sections in the order written.
pub(super) struct Ends<'m> {
    morphology: &'m Morphology,
    rule: PointRule,
    /// Whether no group of the morphology names a section.
    ungrouped: bool,
    distal: Vec<Option<Point>>,
}

/// What is wrong with a segment.
pub(super) enum Flaw {
    NoBegin,
    NoEnd,
    NotFinite,
    Diameter,
}

impl<'m> Ends<'m> {
    pub(super) fn new(morphology: &'m Morphology, rule: PointRule) -> Self {
        let ungrouped = !morphology.groups().iter().any(|g| g.unbranched);
        let distal = morphology.segments().iter().map(|s| s.distal).collect();
        Self { morphology, rule, ungrouped, distal }
    }

    /// The points of a section, and its pieces: one per segment, in order from the end at 0.
    ///
    /// # Errors
    /// The index of the first segment that cannot be drawn, and why.
    pub(super) fn section(
        &mut self,
        chain: &Chain,
        points: &mut Vec<SectionPoint>,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), (u32, Flaw)> {
        let mut last: Option<Point> = None;
        let mut drawn = Drawing { rule: self.rule, from: points.len(), points, pieces };
        for &segment in &chain.segments {
            let i = segment as usize;
            let own = self.begin(i, last);
            let begin = usable(own.ok_or((segment, Flaw::NoBegin))?).map_err(|f| (segment, f))?;
            let end = usable(self.distal[i].ok_or((segment, Flaw::NoEnd))?);
            let mut end = end.map_err(|f| (segment, f))?;
            let mut begin = begin;
            let ball = begin.position_um == end.position_um && begin.diameter_um == end.diameter_um;
            if ball && chain.segments.len() == 1 {
                self.stretch(i, &mut begin, &mut end);
            }
            let reversed = self.ungrouped && self.rule == PointRule::JNeuroMl;
            if reversed {
                drawn.piece(segment, end, begin);
            } else {
                drawn.piece(segment, begin, end);
            }
            last = Some(end);
        }
        Ok(())
    }

    /// Where a segment begins, `last` being where the one before it in the section ends.
    fn begin(&self, i: usize, last: Option<Point>) -> Option<Point> {
        match self.rule {
            PointRule::Standard => self.morphology.proximal_of(i),
            PointRule::JNeuroMl => last.or_else(|| {
                let own = self.morphology.segments()[i].proximal;
                own.or_else(|| self.morphology.tree().parent(i).and_then(|p| self.distal[p]))
            }),
        }
    }

    /// Makes a sphere a cylinder of the same area along y.
    ///
    /// jNeuroML moves the point itself, so that segments that begin there and come later in the file begin
    /// at the moved place.
    fn stretch(&mut self, i: usize, begin: &mut Point, end: &mut Point) {
        if self.ungrouped && self.rule == PointRule::JNeuroMl {
            begin.position_um[1] += begin.diameter_um;
            if self.morphology.segments()[i].proximal.is_none()
                && let Some(p) = self.morphology.tree().parent(i)
            {
                self.distal[p] = Some(*begin);
            }
            return;
        }
        end.position_um[1] += end.diameter_um;
        if self.rule == PointRule::JNeuroMl {
            self.distal[i] = Some(*end);
        }
    }
}

fn usable(point: Point) -> Result<Point, Flaw> {
    if !point.position_um.iter().all(|x| x.is_finite()) || !point.diameter_um.is_finite() {
        return Err(Flaw::NotFinite);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a diameter that float32 cannot hold is none"
    )]
    if point.diameter_um as f32 <= 0.0 {
        return Err(Flaw::Diameter);
    }
    Ok(point)
}

struct Drawing<'a> {
    rule: PointRule,
    /// Index of the section's first point.
    from: usize,
    points: &'a mut Vec<SectionPoint>,
    pieces: &'a mut Vec<Piece>,
}

impl Drawing<'_> {
    /// Draws one frustum after what is drawn already.
    fn piece(&mut self, segment: u32, begin: Point, end: Point) {
        let (begin, end) = (self.rule.round(begin), self.rule.round(end));
        let length = self.rule.distance(&begin, &end);
        let last = self.points[self.from..].last();
        let arc = last.map_or(0.0, |p| p.arc_um);
        let begin = SectionPoint { arc_um: arc, ..begin };
        let end = SectionPoint { arc_um: arc + length, ..end };
        if last != Some(&begin) {
            self.points.push(begin);
        }
        self.points.push(end);
        self.pieces.push(Piece {
            segment,
            arc_um: [arc, arc + length],
            diameter_um: [begin.diameter_um, end.diameter_um],
        });
    }
}

impl PointRule {
    /// A coordinate or diameter as it is kept.
    #[expect(clippy::cast_possible_truncation, reason = "rounding to float32 is what is meant")]
    pub(super) fn number(self, x: f64) -> f64 {
        match self {
            Self::JNeuroMl => f64::from(x as f32),
            Self::Standard => x,
        }
    }

    fn round(self, point: Point) -> SectionPoint {
        SectionPoint {
            position_um: point.position_um.map(|x| self.number(x)),
            diameter_um: self.number(point.diameter_um),
            arc_um: 0.0,
        }
    }

    /// NEURON subtracts float32 coordinates as float32 and adds up the squares as float64.
    #[expect(clippy::cast_possible_truncation, reason = "rounding to float32 is what is meant")]
    pub(super) fn distance(self, a: &SectionPoint, b: &SectionPoint) -> f64 {
        let along = |i: usize| {
            let (from, to) = (a.position_um[i], b.position_um[i]);
            match self {
                Self::JNeuroMl => f64::from(to as f32 - from as f32),
                Self::Standard => to - from,
            }
        };
        let [x, y, z] = [along(0), along(1), along(2)];
        (x * x + y * y + z * z).sqrt()
    }
}
