//! An adaptive explicit Runge–Kutta method of order 8 with dense output of order 7.
//!
//! Dormand and Prince's method with the error estimates and the interpolant of Hairer, Nørsett and Wanner, *Solving
//! Ordinary Differential Equations I* (1993), sections II.5, II.6 and II.10.  Two things differ from their code: the error is
//! the largest of all states, not the mean, so that a quiet network does not hide one cell; and the scale of a state is
//! its largest size, not its size of the moment, so that one that crosses or leaves 0 does not stop the integration.

use super::coefficients::{A, C, D, E3, E5, STAGES};

/// Rates of change of a vector of states.
pub(super) trait System {
    /// Writes the rates at a time, per second, to `out`.
    fn rates(&mut self, t: f64, y: &[f64], out: &mut [f64]);
}

/// The step became too small to move time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Stuck {
    /// When, in seconds.
    pub(super) time: f64,
    /// Which state, as an index.
    pub(super) state: usize,
}

/// What an integration took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Effort {
    /// Steps taken.
    pub(super) steps: u64,
    /// Steps tried and found too long.
    pub(super) rejected: u64,
    /// Evaluations of the rates.
    pub(super) evaluations: u64,
    /// Steps whose length stability limited, not accuracy (section IV.2 of the second volume).
    pub(super) stiff: u64,
}

/// The product of step and largest rate of decay at which the method becomes unstable, about.
const STABILITY: f64 = 6.1;

/// A step at work: from `t` over `t_new`.
#[derive(Clone, Debug)]
pub(super) struct Integrator {
    tolerance: f64,
    /// A time in which every state may err by the tolerance of its change.
    grain: f64,
    n: usize,
    /// The rates at each stage.
    k: Vec<f64>,
    pub(super) t: f64,
    pub(super) y: Vec<f64>,
    pub(super) t_new: f64,
    pub(super) y_new: Vec<f64>,
    stage: Vec<f64>,
    /// The scale of each state: the largest size known of it.
    pub(super) peak: Vec<f64>,
    /// The coefficients of the interpolant: rows of `n`.
    dense: Vec<f64>,
    has_dense: bool,
    h: f64,
    pub(super) effort: Effort,
}

impl Integrator {
    /// For `n` states, each to `tolerance` of its scale per step.  That is the largest size known of it, or how much it
    /// changes in the time `grain`, in seconds.
    pub(super) fn new(n: usize, tolerance: f64, grain: f64) -> Self {
        Self {
            tolerance,
            grain,
            n,
            k: vec![0.0; n * STAGES],
            t: 0.0,
            y: vec![0.0; n],
            t_new: 0.0,
            y_new: vec![0.0; n],
            stage: vec![0.0; n],
            peak: vec![0.0; n],
            dense: vec![0.0; n * 7],
            has_dense: false,
            h: 0.0,
            effort: Effort::default(),
        }
    }

    fn rates(&mut self, system: &mut dyn System, stage: usize, t: f64) {
        self.effort.evaluations += 1;
        let out = &mut self.k[stage * self.n..(stage + 1) * self.n];
        system.rates(t, &self.stage, out);
    }

    /// Begins anew at `t` from `y`, with a step found by the rule of section II.4; none is longer than `longest`.
    pub(super) fn restart(&mut self, system: &mut dyn System, t: f64, longest: f64) {
        self.t = t;
        for (peak, y) in self.peak.iter_mut().zip(&self.y) {
            *peak = peak.max(y.abs());
        }
        self.stage.copy_from_slice(&self.y);
        self.rates(system, 0, t);
        let n = self.n;
        let scaled = |x: f64, peak: f64| if x == 0.0 { 0.0 } else { x.abs() / peak };
        let largest = |xs: &[f64], peak: &[f64]| {
            let all = xs.iter().zip(peak).map(|(&x, &peak)| scaled(x, peak));
            // States that were 0 so far have no scale and no say.
            all.filter(|x| x.is_finite()).fold(0.0, f64::max)
        };
        let d1 = largest(&self.k[..n], &self.peak);
        let mut h = if d1 > 1e-5 { 0.01 / d1 } else { 1e-6 };
        h = h.min(longest);
        for i in 0..n {
            self.stage[i] = self.y[i] + h * self.k[i];
        }
        self.rates(system, 1, t + h);
        let change: Vec<f64> = (0..n).map(|i| (self.k[n + i] - self.k[i]) / h).collect();
        let d2 = largest(&change, &self.peak);
        let d = d1.max(d2.sqrt());
        let h1 = if d > 0.0 { (self.tolerance * 0.01).powf(0.125) / d } else { longest };
        self.h = h1.min(100.0 * h).min(longest).max(f64::MIN_POSITIVE);
    }

    /// Makes a step no longer than `longest` that ends at `limit` at the latest; the new value stands in `y_new`.
    pub(super) fn step(
        &mut self,
        system: &mut dyn System,
        limit: f64,
        longest: f64,
    ) -> Result<(), Stuck> {
        let mut rejected = false;
        loop {
            let mut h = self.h.min(longest);
            self.t_new = self.t + h;
            // A last step is neither tiny nor the next one.
            if self.t_new > limit || (limit - self.t_new) < 0.01 * h {
                h = limit - self.t;
                self.t_new = limit;
            } else if limit - self.t_new < h {
                h = 0.5 * (limit - self.t);
                self.t_new = self.t + h;
            }
            for (stage, &c) in C.iter().enumerate().take(13).skip(1) {
                self.combine(stage, h);
                let t = if c == 1.0 { self.t_new } else { self.t + c * h };
                if stage == 12 {
                    self.y_new.copy_from_slice(&self.stage);
                }
                self.rates(system, stage, t);
            }
            let (error, state) = self.error(h);
            if error <= 1.0 {
                self.effort.steps += 1;
                self.note_stiffness(h);
                let growth = if error == 0.0 { 6.0 } else { 0.9 * error.powf(-0.125) };
                let growth = growth.clamp(1.0 / 3.0, if rejected { 1.0 } else { 6.0 });
                // A step cut short by the limit says little about the next one.
                self.h = (h * growth).max(if h < 0.9 * self.h { self.h.min(6.0 * h) } else { 0.0 });
                self.has_dense = false;
                return Ok(());
            }
            rejected = true;
            self.effort.rejected += 1;
            let shrink = if error.is_finite() { 0.9 * error.powf(-0.125) } else { 0.2 };
            self.h = h * shrink.clamp(0.1, 0.95);
            if self.t + 0.1 * self.h <= self.t {
                return Err(Stuck { time: self.t, state });
            }
        }
    }

    /// `stage` = y + h Σ a k.
    fn combine(&mut self, stage: usize, h: f64) {
        let n = self.n;
        self.stage.fill(0.0);
        for &(j, a) in A[stage] {
            let k = &self.k[j * n..(j + 1) * n];
            for (sum, k) in self.stage.iter_mut().zip(k) {
                *sum += a * k;
            }
        }
        for (sum, y) in self.stage.iter_mut().zip(&self.y) {
            *sum = y + h * *sum;
        }
    }

    /// The error of the step over what is allowed, and whose it is; infinite where it is not a number.
    fn error(&self, h: f64) -> (f64, usize) {
        let n = self.n;
        let (mut worst, mut state) = (0.0_f64, 0);
        for i in 0..n {
            let sum =
                |e: &[(usize, f64)]| e.iter().map(|&(j, e)| e * self.k[j * n + i]).sum::<f64>();
            let (e5, e3): (f64, f64) = (sum(E5), sum(E3));
            let new = self.y_new[i];
            if e5 == 0.0 && new.is_finite() {
                continue;
            }
            let change = self.grain * self.k[i].abs().max(self.k[12 * n + i].abs());
            let size = self.peak[i].max(new.abs()).max(change);
            let error = (h * e5).abs() / (self.tolerance * size) * (e5.abs() / e5.hypot(0.1 * e3));
            if !error.is_finite() || !new.is_finite() {
                return (f64::INFINITY, i);
            }
            if error > worst {
                (worst, state) = (error, i);
            }
        }
        (worst, state)
    }

    fn note_stiffness(&mut self, h: f64) {
        let n = self.n;
        let (mut rates, mut states) = (0.0, 0.0);
        for i in 0..n {
            let peak = self.peak[i].max(f64::MIN_POSITIVE);
            // `stage` still holds the arguments of stage 12, which are those of the new value; stage 11 ended there too.
            let a11: f64 = A[11].iter().map(|&(j, a)| a * self.k[j * n + i]).sum();
            let before = self.y[i] + h * a11;
            rates += ((self.k[12 * n + i] - self.k[11 * n + i]) / peak).powi(2);
            states += ((self.y_new[i] - before) / peak).powi(2);
        }
        if states > 0.0 && h * (rates / states).sqrt() > STABILITY {
            self.effort.stiff += 1;
        }
    }

    /// Goes over to the new value.
    pub(super) fn accept(&mut self) {
        let n = self.n;
        self.t = self.t_new;
        self.y.copy_from_slice(&self.y_new);
        let (first, rest) = self.k.split_at_mut(n);
        first.copy_from_slice(&rest[11 * n..12 * n]);
        for (peak, y) in self.peak.iter_mut().zip(&self.y) {
            *peak = peak.max(y.abs());
        }
    }

    /// Makes [`value`](Self::value) possible within the last step.
    pub(super) fn interpolate(&mut self, system: &mut dyn System) {
        if std::mem::replace(&mut self.has_dense, true) {
            return;
        }
        let n = self.n;
        let h = self.t_new - self.t;
        for (stage, c) in C.iter().enumerate().skip(13) {
            self.combine(stage, h);
            self.rates(system, stage, self.t + c * h);
        }
        for i in 0..n {
            let change = self.y_new[i] - self.y[i];
            let (first, last) = (h * self.k[i], h * self.k[12 * n + i]);
            self.dense[i] = change;
            self.dense[n + i] = first - change;
            self.dense[2 * n + i] = 2.0 * change - last - first;
            for (row, d) in D.iter().enumerate() {
                let sum: f64 = d.iter().map(|&(j, d)| d * self.k[j * n + i]).sum();
                self.dense[(3 + row) * n + i] = h * sum;
            }
        }
    }

    /// The value at a time within the last step.
    pub(super) fn value(&self, t: f64, out: &mut [f64]) {
        let n = self.n;
        let x = ((t - self.t) / (self.t_new - self.t)).clamp(0.0, 1.0);
        if t >= self.t_new {
            out.copy_from_slice(&self.y_new);
            return;
        }
        for (i, out) in out.iter_mut().enumerate() {
            let mut y = 0.0;
            for row in (0..7).rev() {
                y += self.dense[row * n + i];
                y *= if row % 2 == 0 { x } else { 1.0 - x };
            }
            *out = y + self.y[i];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Field<F>(F);

    impl<F: FnMut(f64, &[f64], &mut [f64])> System for Field<F> {
        fn rates(&mut self, t: f64, y: &[f64], out: &mut [f64]) {
            (self.0)(t, y, out);
        }
    }

    fn run(
        field: impl FnMut(f64, &[f64], &mut [f64]),
        y: &[f64],
        end: f64,
        tolerance: f64,
        mut look: impl FnMut(f64, &[f64]),
    ) -> Integrator {
        let mut system = Field(field);
        let mut it = Integrator::new(y.len(), tolerance, 0.0);
        it.y.copy_from_slice(y);
        it.restart(&mut system, 0.0, end);
        let mut at = vec![0.0; y.len()];
        while it.t < end {
            it.step(&mut system, end, end).unwrap();
            it.interpolate(&mut system);
            for i in 1..=16 {
                let t = it.t + (it.t_new - it.t) * f64::from(i) / 16.0;
                it.value(t, &mut at);
                look(t, &at);
            }
            it.accept();
        }
        it
    }

    /// y' = −y, and a circle: within the step and at its end within 20 tolerances.
    #[test]
    fn closed_forms_are_met_everywhere() {
        for tolerance in [1e-6, 1e-9, 1e-12] {
            let mut worst = 0.0_f64;
            let circle = |_: f64, y: &[f64], out: &mut [f64]| {
                out.copy_from_slice(&[-y[0], y[2], -y[1]]);
            };
            let it = run(circle, &[1.0, 0.0, 1.0], 10.0, tolerance, |t, y| {
                let exact = [(-t).exp(), t.sin(), t.cos()];
                for (y, exact) in y.iter().zip(exact) {
                    worst = worst.max((y - exact).abs());
                }
            });
            assert!(worst < 20.0 * tolerance, "{worst} at {tolerance}, {:?}", it.effort);
            assert_eq!(it.effort.stiff, 0);
        }
    }

    /// With 10 times the steps a method of order 8 is 10⁸ times as exact; the interpolant of order 7 likewise.
    #[test]
    fn few_steps_are_enough_for_high_accuracy() {
        let field = |_: f64, y: &[f64], out: &mut [f64]| out.copy_from_slice(&[y[1], -y[0]]);
        let [rough, fine] = [1e-5, 1e-11]
            .map(|tolerance| run(field, &[0.0, 1.0], 100.0, tolerance, |_, _| {}).effort.steps);
        let ratio = fine as f64 / rough as f64;
        assert!(
            (10_f64.powf(6.0 / 8.0) * 0.6..10_f64.powf(6.0 / 8.0) * 1.6).contains(&ratio),
            "{rough} {fine}"
        );
    }

    /// The restricted three-body problem of section II.0: a periodic orbit that amplifies errors a million times.
    #[test]
    fn the_arenstorf_orbit_closes() {
        const MU: f64 = 0.012_277_471;
        const PERIOD: f64 = 17.065_216_560_157_964;
        let field = |_: f64, y: &[f64], out: &mut [f64]| {
            let d1 = ((y[0] + MU).powi(2) + y[1] * y[1]).powf(1.5);
            let d2 = ((y[0] - 1.0 + MU).powi(2) + y[1] * y[1]).powf(1.5);
            out[0] = y[2];
            out[1] = y[3];
            out[2] =
                y[0] + 2.0 * y[3] - (1.0 - MU) * (y[0] + MU) / d1 - MU * (y[0] - 1.0 + MU) / d2;
            out[3] = y[1] - 2.0 * y[2] - (1.0 - MU) * y[1] / d1 - MU * y[1] / d2;
        };
        let start = [0.994, 0.0, 0.0, -2.001_585_106_379_082_4];
        let it = run(field, &start, PERIOD, 1e-12, |_, _| {});
        for (y, start) in it.y.iter().zip(start) {
            assert!((y - start).abs() < 1e-4, "{:?} {:?}", it.y, it.effort);
        }
    }

    #[test]
    fn stiffness_is_noticed_and_endured() {
        let field = |t: f64, y: &[f64], out: &mut [f64]| out[0] = -1e5 * (y[0] - t.cos());
        let it = run(field, &[1.0], 1.0, 1e-9, |_, _| {});
        assert!((it.y[0] - 1.0_f64.cos()).abs() < 1e-4);
        assert!(it.effort.stiff * 2 > it.effort.steps, "{:?}", it.effort);
    }

    /// 1/(1 − t) has no value at 1.
    #[test]
    fn what_blows_up_is_told_when() {
        let mut system = Field(|_: f64, y: &[f64], out: &mut [f64]| out[0] = y[0] * y[0]);
        let mut it = Integrator::new(1, 1e-9, 0.0);
        it.y[0] = 1.0;
        it.restart(&mut system, 0.0, 2.0);
        let stuck = loop {
            match it.step(&mut system, 2.0, 2.0) {
                Ok(()) => it.accept(),
                Err(stuck) => break stuck,
            }
        };
        assert!((stuck.time - 1.0).abs() < 1e-6, "{stuck:?}");
    }
}
