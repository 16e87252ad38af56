//! The occupancies of a Markov scheme at rest, as expressions.

/// How long an expression may become: of schemes with many circles they would fill pages.
const LONGEST: usize = 2000;

/// The names that belong to a state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State<'n> {
    /// Its occupancy.
    pub(crate) occupancy: &'n str,
    /// How much it weighs.
    pub(crate) weight: &'n str,
    /// How much all weigh; of the first state.
    pub(crate) whole: &'n str,
    /// 1 where no state weighs anything; of the first state.
    pub(crate) open: &'n str,
    /// The rate at which it is left.
    pub(crate) leaving: &'n str,
}

/// How the occupancies of a scheme start: variables and their values, each of which needs those before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rest {
    /// What is on the way to the occupancies.
    pub(crate) steps: Vec<(String, String)>,
    pub(crate) occupancies: Vec<(String, String)>,
}

impl Rest {
    /// Puts a scheme at rest; nothing where that takes more than anybody reads.
    ///
    /// States are taken away one by one, the rates through each added to those around it, and then come back in the
    /// opposite order (Grassmann, Taksar and Heyman 1985).  No rates are subtracted, so nothing cancels; instead of
    /// dividing by the rate at which a state is left, all others are multiplied by it, so that it may be 0.  Where
    /// the rates leave open how a scheme rests, as between two parts that nothing connects, it is in the first state.
    ///
    /// `edges` are rates from state to state, without a dimension.
    pub(crate) fn of(
        states: &[State<'_>],
        edges: impl Iterator<Item = (usize, usize, String)>,
    ) -> Option<Self> {
        let n = states.len();
        let mut rates: Vec<Vec<Option<String>>> = vec![vec![None; n]; n];
        for (from, to, rate) in edges.filter(|(from, to, _)| from != to) {
            add(&mut rates[from][to], rate);
        }
        let mut made = Self::default();
        let mut left: Vec<usize> = (0..n).collect();
        let mut taken: Vec<(usize, Vec<(usize, String)>)> = Vec::new();
        while left.len() > 1 {
            // Ends of chains go first: they leave no rates behind.
            let ways = |state: usize| left.iter().filter(|&&to| rates[state][to].is_some()).count();
            let (at, &state) =
                left.iter().enumerate().rev().min_by_key(|(_, state)| ways(**state))?;
            left.remove(at);
            let leaving = states[state].leaving;
            let out: Vec<(usize, String)> =
                left.iter().filter_map(|&to| Some((to, rates[state][to].clone()?))).collect();
            made.steps.push((leaving.to_owned(), sum(out.iter().map(|(_, rate)| rate.as_str()))));
            let comes: Vec<(usize, String)> =
                left.iter().filter_map(|&from| Some((from, rates[from][state].take()?))).collect();
            let passes = |from: usize| out.iter().any(|(to, _)| *to != from);
            if comes.iter().any(|(from, _)| passes(*from)) {
                for (&from, &to) in
                    left.iter().flat_map(|from| left.iter().map(move |to| (from, to)))
                {
                    if let Some(rate) = &mut rates[from][to] {
                        *rate = format!("{} * {leaving}", factor(rate));
                    }
                }
            }
            for (from, rate) in &comes {
                for (to, on) in out.iter().filter(|(to, _)| to != from) {
                    add(&mut rates[*from][*to], format!("{} * {}", factor(rate), factor(on)));
                }
            }
            if rates.iter().flatten().flatten().any(|rate| rate.len() > LONGEST) {
                return None;
            }
            taken.push((state, comes));
        }
        // By state: the names whose product it weighs.
        let mut weights: Vec<Vec<&str>> = vec![Vec::new(); n];
        let mut back = left;
        for (state, comes) in taken.into_iter().rev() {
            let part = |(from, rate): &(usize, String)| {
                let mut factors = weights[*from].clone();
                let rate = factor(rate);
                factors.push(&rate);
                factors.join(" * ")
            };
            let parts: Vec<String> = comes.iter().map(part).collect();
            made.steps
                .push((states[state].weight.to_owned(), sum(parts.iter().map(String::as_str))));
            for other in &back {
                weights[*other].push(states[state].leaving);
            }
            weights[state].push(states[state].weight);
            back.push(state);
        }
        let weight = |state: usize| match weights[state].join(" * ") {
            product if product.is_empty() => "1".to_owned(),
            product => product,
        };
        let all: Vec<String> = (0..n).map(weight).collect();
        let State { whole, open, .. } = *states.first()?;
        made.steps.push((whole.to_owned(), sum(all.iter().map(String::as_str))));
        // H(0) is ½.
        made.steps.push((open.to_owned(), format!("2 - 2 * H({whole})")));
        if made.steps.iter().any(|(_, value)| value.len() > LONGEST) {
            return None;
        }
        for (at, (state, weight)) in states.iter().zip(all).enumerate() {
            let weight = if at == 0 { format!("{weight} + {open}") } else { weight };
            let value = format!("{} / ({whole} + {open})", factor(&weight));
            made.occupancies.push((state.occupancy.to_owned(), value));
        }
        Some(made)
    }
}

fn add(to: &mut Option<String>, rate: String) {
    *to = Some(match to.take() {
        Some(known) => format!("{known} + {rate}"),
        None => rate,
    });
}

/// The sum of rates; 0 of none.
fn sum<'r>(rates: impl Iterator<Item = &'r str>) -> String {
    let all: Vec<&str> = rates.collect();
    if all.is_empty() { "0".to_owned() } else { all.join(" + ") }
}

/// In brackets where it is more than a name.
fn factor(rate: &str) -> String {
    if rate.contains(' ') { format!("({rate})") } else { rate.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [State<'_>; 3] = [
        State { occupancy: "a", weight: "wa", whole: "all", open: "open", leaving: "la" },
        State { occupancy: "b", weight: "wb", whole: "", open: "", leaving: "lb" },
        State { occupancy: "c", weight: "wc", whole: "", open: "", leaving: "lc" },
    ];

    fn all(edges: &[(usize, usize, &str)]) -> Vec<(String, String)> {
        let edges = edges.iter().map(|(from, to, rate)| (*from, *to, (*rate).to_owned()));
        let rest = Rest::of(&STATES, edges).unwrap_or_default();
        rest.steps.into_iter().chain(rest.occupancies).collect()
    }

    fn occupancies(edges: &[(usize, usize, &str)]) -> [f64; 3] {
        let mut values: Vec<(String, f64)> = Vec::new();
        for (to, value) in all(edges) {
            let expr: nml_expr::Expr = value.parse().unwrap_or_else(|e| panic!("{value}: {e}"));
            let known = expr.substitute(|name| {
                let (_, x) = values.iter().find(|(known, _)| known == name)?;
                nml_base::format_f64(*x).parse().ok()
            });
            let number = known.unwrap_or(expr).simplify().to_string();
            values.push((to, number.parse().unwrap_or_else(|e| panic!("{number}: {e}"))));
        }
        let of = |name: &str| values.iter().find(|(n, _)| n == name).map_or(f64::NAN, |v| v.1);
        [of("a"), of("b"), of("c")]
    }

    #[test]
    fn a_chain_needs_one_product_per_state() {
        let made = all(&[(0, 1, "f"), (1, 0, "r"), (1, 2, "g"), (2, 1, "s")]);
        let shown: Vec<String> = made.iter().map(|(to, value)| format!("{to} = {value}")).collect();
        assert_eq!(
            shown,
            [
                "lc = s",
                "lb = r",
                "wb = f",
                "wc = wb * g",
                "all = lb * lc + wb * lc + wc",
                "open = 2 - 2 * H(all)",
                "a = (lb * lc + open) / (all + open)",
                "b = (wb * lc) / (all + open)",
                "c = wc / (all + open)",
            ]
        );
    }

    #[test]
    fn a_circle_is_at_rest() {
        let [a, b, c] = occupancies(&[
            (0, 1, "2"),
            (1, 2, "3"),
            (2, 0, "5"),
            (1, 0, "7"),
            (2, 1, "11"),
            (0, 2, "13"),
        ]);
        let flows = [b * 7.0 + c * 5.0 - a * 15.0, a * 2.0 + c * 11.0 - b * 10.0];
        assert!(flows.iter().all(|flow| flow.abs() < 1e-14), "{a} {b} {c}");
        assert!((a + b + c - 1.0).abs() < 1e-15, "{a} {b} {c}");
    }

    #[test]
    fn rates_may_be_0() {
        let chain = |f, r, g, s| occupancies(&[(0, 1, f), (1, 0, r), (1, 2, g), (2, 1, s)]);
        // Nothing comes back from the last one; nothing leaves the first one.
        assert_eq!(chain("2", "0", "3", "5"), [0.0, 5.0 / 8.0, 3.0 / 8.0]);
        assert_eq!(chain("2", "3", "5", "0"), [0.0, 0.0, 1.0]);
        assert_eq!(chain("0", "3", "5", "2"), [1.0, 0.0, 0.0]);
        // Where it is left open, in the first.
        assert_eq!(chain("2", "3", "0", "0"), [1.0, 0.0, 0.0]);
        assert_eq!(chain("0", "0", "0", "0"), [1.0, 0.0, 0.0]);
        assert_eq!(occupancies(&[]), [1.0, 0.0, 0.0]);
    }
}
