//! Glushkov's construction: a regular expression over positions becomes an automaton whose states
//! are the positions themselves (Glushkov 1961; Brüggemann-Klein and Wood 1998).

/// A regular expression whose letters are positions, each used once.
pub(super) enum Expr {
    Empty,
    Position(usize),
    Seq(Vec<Expr>),
    Alt(Vec<Expr>),
    /// `optional`: may be absent; `repeated`: may occur more than once.
    Repeat(Box<Expr>, super::table::Occurs),
}

/// Which positions may begin, follow each other and end.
pub(super) struct Automaton {
    pub(super) nullable: bool,
    pub(super) first: Vec<usize>,
    pub(super) last: Vec<usize>,
    /// For each position those that may come right after it.
    pub(super) follow: Vec<Vec<usize>>,
}

impl Automaton {
    /// The automaton of an expression over positions below `positions`.
    pub(super) fn new(expr: &Expr, positions: usize) -> Self {
        let mut follow = vec![Vec::new(); positions];
        let (nullable, mut first, mut last) = build(expr, &mut follow);
        for set in follow.iter_mut().chain([&mut first, &mut last]) {
            set.sort_unstable();
            set.dedup();
        }
        Self { nullable, first, last, follow }
    }
}

fn link(from: &[usize], to: &[usize], follow: &mut [Vec<usize>]) {
    for &position in from {
        follow[position].extend_from_slice(to);
    }
}

fn build(expr: &Expr, follow: &mut [Vec<usize>]) -> (bool, Vec<usize>, Vec<usize>) {
    match expr {
        Expr::Empty => (true, Vec::new(), Vec::new()),
        Expr::Position(p) => (false, vec![*p], vec![*p]),
        Expr::Seq(parts) => {
            let (mut nullable, mut first, mut last) = (true, Vec::new(), Vec::new());
            for part in parts {
                let (empty, f, l) = build(part, follow);
                link(&last, &f, follow);
                if nullable {
                    first.extend_from_slice(&f);
                }
                if !empty {
                    last.clear();
                }
                last.extend_from_slice(&l);
                nullable &= empty;
            }
            (nullable, first, last)
        }
        Expr::Alt(parts) => {
            let (mut nullable, mut first, mut last) = (parts.is_empty(), Vec::new(), Vec::new());
            for part in parts {
                let (empty, f, l) = build(part, follow);
                nullable |= empty;
                first.extend(f);
                last.extend(l);
            }
            (nullable, first, last)
        }
        Expr::Repeat(part, occurs) => {
            let (empty, first, last) = build(part, follow);
            if occurs.repeated {
                link(&last, &first, follow);
            }
            (empty || occurs.optional, first, last)
        }
    }
}
