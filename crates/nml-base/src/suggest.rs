//! "Did you mean …?"

/// The candidate closest to `word`, if one is close enough to be a slip of the pen.
///
/// Close means: equal but for case, or an edit distance (with swaps of neighbours) of at most a third
/// of the longer word.  Ties go to the first candidate.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate == word {
            continue;
        }
        let longer = word.chars().count().max(candidate.chars().count());
        if longer > 200 {
            continue;
        }
        let distance =
            if candidate.eq_ignore_ascii_case(word) { 0 } else { distance(word, candidate) };
        let close = distance <= (longer / 3).max(usize::from(longer > 1));
        if close && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Damerau–Levenshtein distance, restricted form (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let names = ["condDensity", "erev", "ionChannel"];
        assert_eq!(nearest("conDensity", names), Some("condDensity"));
        assert_eq!(nearest("IonChannel", names), Some("ionChannel"));
        assert_eq!(nearest("erve", names), Some("erev"));
        assert_eq!(nearest("segment", names), None);
        assert_eq!(nearest("", names), None);
    }
}
