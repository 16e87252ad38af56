//! The occupancies of a Markov scheme at rest, as expressions.

/// How long an expression may become: of schemes with many circles they would fill pages.
const LONGEST: usize = 2000;

/// Assignments, one after the other, that put a scheme at rest; nothing where that takes more than anybody reads.
///
/// States are taken away one by one, the rates through each added to those around it, and then come back in the
/// opposite order (Grassmann, Taksar and Heyman 1985).  No rates are subtracted, so nothing cancels.
/// `edges` are rates from state to state.
pub(crate) fn at_rest<'s>(
    states: &[&'s str],
    edges: impl Iterator<Item = (usize, usize, String)>,
) -> Option<Vec<(&'s str, String)>> {
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
        let (at, &state) = left.iter().enumerate().rev().min_by_key(|(_, state)| ways(**state))?;
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
                add(&mut rates[from][*to], format!("{part} * {}", factor(back)));
            }
            comes.push((from, part));
        }
        taken.push((state, comes));
    }
    let first = states[*left.first()?];
    let mut made = vec![(first, "1".to_owned())];
    for (state, comes) in taken.into_iter().rev() {
        let parts: Vec<String> =
            comes.iter().map(|(from, part)| format!("{} * {part}", states[*from])).collect();
        let value = sum(parts.iter().map(String::as_str)).unwrap_or_else(|| "0".to_owned());
        made.push((states[state], value));
    }
    if made.iter().any(|(_, value)| value.len() > LONGEST) {
        return None;
    }
    let others: Vec<&str> = made.iter().skip(1).map(|(state, _)| *state).collect();
    if !others.is_empty() {
        made.push((first, format!("1 / ({first} + {})", others.join(" + "))));
        made.extend(others.iter().map(|state| (*state, format!("{state} * {first}"))));
    }
    Some(made)
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

    fn edges(all: &[(usize, usize, &str)]) -> Vec<(usize, usize, String)> {
        all.iter().map(|(from, to, rate)| (*from, *to, (*rate).to_owned())).collect()
    }

    #[test]
    fn a_chain_needs_one_quotient_per_state() {
        let chain = edges(&[(0, 1, "f"), (1, 0, "r"), (1, 2, "g"), (2, 1, "s")]);
        let made = at_rest(&["a", "b", "c"], chain.into_iter()).unwrap_or_default();
        let shown: Vec<String> = made.iter().map(|(to, value)| format!("{to} = {value}")).collect();
        assert_eq!(
            shown,
            [
                "a = 1",
                "b = a * f / r",
                "c = b * g / s",
                "a = 1 / (a + b + c)",
                "b = b * a",
                "c = c * a"
            ]
        );
    }

    #[test]
    fn a_circle_is_at_rest() {
        let circle = edges(&[
            (0, 1, "2"),
            (1, 2, "3"),
            (2, 0, "5"),
            (1, 0, "7"),
            (2, 1, "11"),
            (0, 2, "13"),
        ]);
        let made = at_rest(&["a", "b", "c"], circle.into_iter()).unwrap_or_default();
        let mut values = [0.0; 3];
        for (to, value) in made {
            let expr: nml_expr::Expr = value.parse().unwrap_or_else(|e| panic!("{value}: {e}"));
            let known = expr.substitute(|name| {
                let at = ["a", "b", "c"].iter().position(|state| *state == name)?;
                nml_base::format_f64(values[at]).parse().ok()
            });
            let number = known.unwrap_or(expr).simplify().to_string();
            values[["a", "b", "c"].iter().position(|state| *state == to).unwrap_or(0)] =
                number.parse().unwrap_or_else(|e| panic!("{number}: {e}"));
        }
        let [a, b, c] = values;
        let flows = [b * 7.0 + c * 5.0 - a * 15.0, a * 2.0 + c * 11.0 - b * 10.0];
        assert!(flows.iter().all(|flow| flow.abs() < 1e-14), "{values:?}");
        assert!((a + b + c - 1.0).abs() < 1e-15, "{values:?}");
    }
}
