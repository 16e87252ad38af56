//! The order of instructions: several chains at a time, so that a processor need not wait for one.
//!
//! A list schedule: of what could start now, that comes first from which the longest chain hangs; but what needs no
//! further register comes first when registers get scarce.

use super::trace::{Low, Name, One, Trace, Two};

/// How many instructions start at a time.
const WIDTH: usize = 2;
/// So many results may wait for their use; the rest of the registers is for constants on the way.
const MOST_ALIVE: usize = 24;

/// Cycles from start to result; about those of today's processors.
fn latency(low: Low) -> u32 {
    match low {
        Low::Load(_) | Low::First(_) | Low::Line(_) | Low::Lines(_) => 0,
        Low::One(One::Sqrt, _) => 20,
        Low::Two(Two::Div, ..) => 14,
        Low::Two(Two::And | Two::Or | Two::Xor | Two::AddBits, ..)
        | Low::One(One::Exponent | One::ToExponent, _)
        | Low::Blend(..)
        | Low::MaskTwo(..)
        | Low::MaskNot(_) => 1,
        Low::One(..)
        | Low::Two(..)
        | Low::Fma { .. }
        | Low::Compare(..)
        | Low::Truth(_)
        | Low::Spread(_) => 4,
        // Through memory.
        Low::Pick(..) => 8,
        Low::Gather(_) => 16,
        Low::Call(..) => 100,
    }
}

/// Reorders the instructions of a trace.
pub(super) fn schedule(trace: &mut Trace) {
    let order = Scheduler::new(trace).order();
    let mut new: Vec<Name> = vec![0; order.len()];
    for (&old, at) in order.iter().zip(0..) {
        new[old as usize] = at;
    }
    let list = &trace.list;
    let renamed = |old: &Name| list[*old as usize].renamed(|name| new[name as usize]);
    trace.list = order.iter().map(renamed).collect();
    for name in trace.stored() {
        *name = new[*name as usize];
    }
}

struct Scheduler<'a> {
    list: &'a [Low],
    users: Vec<Vec<Name>>,
    /// By result: the uses that are still to come, the stores at the end among them.
    uses: Vec<u32>,
    /// By instruction: operands that are not there yet.
    missing: Vec<u32>,
    /// By instruction: cycles from its start to the end of the longest chain.
    height: Vec<u32>,
    /// By instruction: when its operands are there; of those whose operands have all been put in order.
    ready: Vec<u32>,
    alive: usize,
}

impl<'a> Scheduler<'a> {
    fn new(trace: &'a Trace) -> Self {
        let list = &trace.list[..];
        let n = list.len();
        let (mut users, mut uses, mut missing) = (vec![Vec::new(); n], vec![0; n], vec![0; n]);
        for (at, low) in (0..).zip(list) {
            low.for_each_operand(|name| {
                users[name as usize].push(at);
                uses[name as usize] += 1;
                missing[at as usize] += 1;
            });
        }
        let mut height = vec![0; n];
        for (at, low) in list.iter().enumerate().rev() {
            let after = users[at].iter().map(|user: &Name| height[*user as usize]).max();
            height[at] = after.unwrap_or(0) + latency(*low);
        }
        Self { list, users, uses, missing, height, ready: vec![0; n], alive: 0 }
    }

    fn order(mut self) -> Vec<Name> {
        let mut order: Vec<Name> = Vec::with_capacity(self.list.len());
        let mut open: Vec<Name> = Vec::new();
        for (at, low) in (0..).zip(self.list) {
            if low.is_leaf() {
                order.push(at);
                self.finish(at, 0, &mut open);
            } else if !low.has_operands() {
                open.push(at);
            }
        }
        let (mut now, mut started) = (0, 0);
        while let Some(best) = self.best(&open, now) {
            let at = open.swap_remove(best);
            let start = self.ready[at as usize].max(now);
            if start > now {
                (now, started) = (start, 0);
            }
            order.push(at);
            self.finish(at, now, &mut open);
            started += 1;
            if started == WIDTH {
                (now, started) = (now + 1, 0);
            }
        }
        order
    }

    /// How many registers more there have to be after an instruction.
    fn growth(&self, at: Name) -> i32 {
        let low = self.list[at as usize];
        let mut growth = i32::from(self.uses[at as usize] > 0 && !low.is_mask());
        let mut seen = [Name::MAX; 8];
        let mut count = 0;
        low.for_each_operand(|name| {
            if seen.contains(&name) {
                return;
            }
            seen[count % 8] = name;
            count += 1;
            let operand = self.list[name as usize];
            if self.uses[name as usize] == 1 && !operand.is_leaf() && !operand.is_mask() {
                growth -= 1;
            }
        });
        growth
    }

    /// The index of what is to be done next.
    fn best(&self, open: &[Name], now: u32) -> Option<usize> {
        let scarce = self.alive >= MOST_ALIVE;
        let key = |at: Name| {
            let wait = self.ready[at as usize].saturating_sub(now);
            let growth = if scarce { self.growth(at) } else { 0 };
            let height = u32::MAX - self.height[at as usize];
            // Old order where registers are scarce: it keeps chains together.
            if scarce { (growth.max(0), 0, at, 0) } else { (0, wait, height, at) }
        };
        (0..open.len()).min_by_key(|i| key(open[*i]))
    }

    /// An instruction has been put in order.
    fn finish(&mut self, at: Name, start: u32, open: &mut Vec<Name>) {
        let low = self.list[at as usize];
        let growth = self.growth(at);
        self.alive =
            self.alive.saturating_add_signed(if low.is_leaf() { 0 } else { growth as isize });
        low.for_each_operand(|name| self.uses[name as usize] -= 1);
        let there = start + latency(low);
        for user in std::mem::take(&mut self.users[at as usize]) {
            self.missing[user as usize] -= 1;
            self.ready[user as usize] = self.ready[user as usize].max(there);
            if self.missing[user as usize] == 0 {
                open.push(user);
            }
        }
    }
}
