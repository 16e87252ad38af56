//! Any number of rows to as many points as can be seen.

/// Points of one trace: the first, lowest, highest and last of each of so many equal intervals of time, so that
/// a line through them covers the same pixels as one through all rows.
#[derive(Clone, Debug)]
pub struct Reducer {
    start: f64,
    end: f64,
    buckets: Vec<Option<Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    first: (f64, f64),
    low: (f64, f64),
    high: (f64, f64),
    last: (f64, f64),
}

/// Intervals of a trace; a figure is about half as many pixels wide.
const BUCKETS: usize = 1200;

/// The interval that a time falls in.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and `count`"
)]
fn interval(time: f64, start: f64, end: f64, count: usize) -> Option<usize> {
    // A hair of room for ends that are sums of steps.
    let room = (end - start) * 1e-9;
    if !(start - room..=end + room).contains(&time) {
        return None;
    }
    let at = (time - start) / (end - start) * count as f64;
    Some((at.max(0.0) as usize).min(count - 1))
}

impl Reducer {
    /// Takes what lies between two times.
    pub fn new(start: f64, end: f64) -> Self {
        Self { start, end, buckets: vec![None; BUCKETS] }
    }

    /// Takes a value; times do not fall.
    pub fn add(&mut self, time: f64, value: f64) {
        let Some(at) = interval(time, self.start, self.end, BUCKETS) else { return };
        let point = (time, value);
        match &mut self.buckets[at] {
            None => {
                let all = Bucket { first: point, low: point, high: point, last: point };
                self.buckets[at] = Some(all);
            }
            Some(bucket) => {
                if value < bucket.low.1 {
                    bucket.low = point;
                }
                if value > bucket.high.1 {
                    bucket.high = point;
                }
                bucket.last = point;
            }
        }
    }

    /// The points, in the order of time.
    pub fn points(&self) -> Vec<(f64, f64)> {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for bucket in self.buckets.iter().flatten() {
            let (mut a, mut b) = (bucket.low, bucket.high);
            if b.0 < a.0 {
                (a, b) = (b, a);
            }
            for point in [bucket.first, a, b, bucket.last] {
                if points.last() != Some(&point) {
                    points.push(point);
                }
            }
        }
        points
    }
}

/// Events of one source: those that can be told apart.
#[derive(Clone, Debug)]
pub struct Raster {
    start: f64,
    end: f64,
    times: Vec<f64>,
    last: Option<usize>,
}

impl Raster {
    /// Takes what lies between two times.
    pub fn new(start: f64, end: f64) -> Self {
        Self { start, end, times: Vec::new(), last: None }
    }

    /// Takes an event; times do not fall.
    pub fn add(&mut self, time: f64) {
        let at = interval(time, self.start, self.end, 2 * BUCKETS);
        if at.is_some() && at != self.last {
            self.last = at;
            self.times.push(time);
        }
    }

    /// When events were.
    pub fn times(&self) -> &[f64] {
        &self.times
    }
}

/// Leaves out points that lie within `tolerance` of the line through those that stay (Douglas & Peucker 1973).
pub(crate) fn simplify(points: &[(f64, f64)], tolerance: f64) -> Vec<(f64, f64)> {
    let Some(last) = points.len().checked_sub(1) else { return Vec::new() };
    let mut keep = vec![false; points.len()];
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let (a, b) = (points[from], points[to]);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = (dx * dx + dy * dy).sqrt();
        let mut farthest = (tolerance, None);
        for (at, p) in points.iter().enumerate().take(to).skip(from + 1) {
            let (px, py) = (p.0 - a.0, p.1 - a.1);
            let away = if length > 0.0 {
                (px * dy - py * dx).abs() / length
            } else {
                (px * px + py * py).sqrt()
            };
            if away > farthest.0 {
                farthest = (away, Some(at));
            }
        }
        if let Some(at) = farthest.1 {
            keep[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    points.iter().zip(keep).filter(|(_, keep)| *keep).map(|(p, _)| *p).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_rows_stay_as_they_are_and_peaks_of_many_survive() {
        let mut few = Reducer::new(0.0, 1.0);
        let rows: Vec<_> = (0..=1000).map(|k| (f64::from(k) / 1000.0, f64::from(k % 7))).collect();
        for &(t, v) in &rows {
            few.add(t, v);
        }
        assert_eq!(few.points(), rows);
        let mut many = Reducer::new(0.0, 1.0);
        for k in 0..1_000_000 {
            many.add(f64::from(k) * 1e-6, if k == 123_456 { 5.0 } else { 0.0 });
        }
        let points = many.points();
        assert!(points.len() <= 4 * BUCKETS);
        assert!(points.contains(&(0.123_456, 5.0)));
        let mut part = Reducer::new(0.2, 0.4);
        for time in [0.1, 0.3, 0.5] {
            part.add(time, 1.0);
        }
        assert_eq!(part.points(), [(0.3, 1.0)]);
    }

    #[test]
    fn events_too_close_to_see_are_one() {
        let mut raster = Raster::new(0.0, 1.0);
        for k in 0..1_000_000 {
            raster.add(f64::from(k) * 1e-6);
        }
        assert_eq!(raster.times().len(), 2 * BUCKETS);
    }

    #[test]
    fn straight_lines_need_two_points() {
        let line: Vec<_> = (0..100).map(|k| (f64::from(k), f64::from(k) * 0.5)).collect();
        assert_eq!(simplify(&line, 0.1), [line[0], line[99]]);
        let mut peak = line;
        peak[50].1 = 80.0;
        assert_eq!(simplify(&peak, 0.1).len(), 5);
        assert!(simplify(&[], 0.1).is_empty());
    }
}
