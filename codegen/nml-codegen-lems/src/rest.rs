//! The occupancies of a Markov scheme at rest, as expressions.

/// How long an expression may become: of schemes with many circles they would fill pages.
const LONGEST: usize = 2000;

/// How the occupancies of a scheme start: variables and their values, each of which needs those before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rest {
    /// Weights of all states but one, whose weight is 1.
    pub(crate) weights: Vec<(String, String)>,
    /// The occupancies.
    pub(crate) occupancies: Vec<(String, String)>,
}

impl Rest {
    /// Puts a scheme at rest; nothing where that takes more than anybody reads.
    ///
    /// States are taken away one by one, the rates through each added to those around it, and then come back in the
    /// opposite order (Grassmann, Taksar and Heyman 1985).  No rates are subtracted, so nothing cancels.
    /// `states` are names of occupancies and of weights, `edges` rates from state to state.
    pub(crate) fn of(
        states: &[(&str, &str)],
        edges: impl Iterator<Item = (usize, usize, String)>,
    ) -> Option<Self> {
        let n = states.len();
        let mut rates: Vec<Vec<Option<String>>> = vec![vec![None; n]; n];
        for (from, to, rate) in edges.filter(|(from, to, _)| from != to) {
            add(&mut rates[from][to], rate);
        }
        let mut left: Vec<usize> = (0..n).collect();
        let mut taken: Vec<(usize, Vec<(usize, String)>)> = Vec::new();
        while left.len() > 1 {
            // Ends of chains go first: they leave no rates behind.
            let ways = |state: usize| left.iter().filter(|&&to| rates[state][to].is_some()).count();
            let (at, &state) =
                left.iter().enumerate().rev().min_by_key(|(_, state)| ways(**state))?;
            left.remove(at);
            let out: Vec<(usize, String)> =
                left.iter().filter_map(|&to| Some((to, rates[state][to].clone()?))).collect();
            // A state that nobody leaves holds everything in the end.
            let total = sum(out.iter().map(|(_, rate)| rate.as_str()))?;
            let mut comes = Vec::new();
            for &from in &left {
                let Some(rate) = rates[from][state].take() else { continue };
                let part = format!("{} / {}", factor(&rate), factor(&total));
                if part.len() > LONGEST {
                    return None;
                }
                for (to, back) in out.iter().filter(|(to, _)| *to != from) {
                    let rate = &mut rates[from][*to];
                    add(rate, format!("{part} * {}", factor(back)));
                    if rate.as_ref().is_some_and(|rate| rate.len() > LONGEST) {
                        return None;
                    }
                }
                comes.push((from, part));
            }
            taken.push((state, comes));
        }
        let first = *left.first()?;
        let mut made = Self::default();
        for (state, comes) in taken.into_iter().rev() {
            let parts = comes.into_iter().map(|(from, part)| {
                if from == first { part } else { format!("{} * {part}", states[from].1) }
            });
            let parts: Vec<String> = parts.collect();
            let value = sum(parts.iter().map(String::as_str)).unwrap_or_else(|| "0".to_owned());
            made.weights.push((states[state].1.to_owned(), value));
        }
        if made.weights.iter().any(|(_, value)| value.len() > LONGEST) {
            return None;
        }
        let mut total = "1".to_owned();
        made.weights.iter().for_each(|(weight, _)| total.extend([" + ", weight]));
        made.occupancies = (0..n)
            .map(|state| {
                let (occupancy, weight) = states[state];
                let weight = if state == first { "1" } else { weight };
                (occupancy.to_owned(), format!("{weight} / ({total})"))
            })
            .collect();
        Some(made)
    }
}

fn add(to: &mut Option<String>, rate: String) {
    *to = Some(match to.take() {
        Some(known) => format!("{known} + {rate}"),
        None => rate,
    });
}

fn sum<'r>(rates: impl Iterator<Item = &'r str>) -> Option<String> {
    let all: Vec<&str> = rates.collect();
    (!all.is_empty()).then(|| all.join(" + "))
}

/// In brackets where it is more than a name.
fn factor(rate: &str) -> String {
    if rate.contains(' ') { format!("({rate})") } else { rate.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [(&str, &str); 3] = [("a", "wa"), ("b", "wb"), ("c", "wc")];

    fn all(edges: &[(usize, usize, &str)]) -> Vec<(String, String)> {
        let edges = edges.iter().map(|(from, to, rate)| (*from, *to, (*rate).to_owned()));
        let rest = Rest::of(&STATES, edges).unwrap_or_default();
        rest.weights.into_iter().chain(rest.occupancies).collect()
    }

    #[test]
    fn a_chain_needs_one_quotient_per_state() {
        let made = all(&[(0, 1, "f"), (1, 0, "r"), (1, 2, "g"), (2, 1, "s")]);
        let shown: Vec<String> = made.iter().map(|(to, value)| format!("{to} = {value}")).collect();
        assert_eq!(
            shown,
            [
                "wb = f / r",
                "wc = wb * g / s",
                "a = 1 / (1 + wb + wc)",
                "b = wb / (1 + wb + wc)",
                "c = wc / (1 + wb + wc)"
            ]
        );
    }

    #[test]
    fn a_circle_is_at_rest() {
        let made =
            all(&[(0, 1, "2"), (1, 2, "3"), (2, 0, "5"), (1, 0, "7"), (2, 1, "11"), (0, 2, "13")]);
        let mut values: Vec<(String, f64)> = Vec::new();
        for (to, value) in made {
            let expr: nml_expr::Expr = value.parse().unwrap_or_else(|e| panic!("{value}: {e}"));
            let known = expr.substitute(|name| {
                let (_, x) = values.iter().find(|(known, _)| known == name)?;
                nml_base::format_f64(*x).parse().ok()
            });
            let number = known.unwrap_or(expr).simplify().to_string();
            values.push((to, number.parse().unwrap_or_else(|e| panic!("{number}: {e}"))));
        }
        let of = |name: &str| values.iter().find(|(n, _)| n == name).map_or(f64::NAN, |v| v.1);
        let (a, b, c) = (of("a"), of("b"), of("c"));
        let flows = [b * 7.0 + c * 5.0 - a * 15.0, a * 2.0 + c * 11.0 - b * 10.0];
        assert!(flows.iter().all(|flow| flow.abs() < 1e-14), "{values:?}");
        assert!((a + b + c - 1.0).abs() < 1e-15, "{values:?}");
    }
}
