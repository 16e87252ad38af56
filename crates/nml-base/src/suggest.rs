//! "Did you mean …?"

/// The candidate closest to `word`, if one is close enough to be a slip of the pen.
///
/// Close means: equal but for case, or an edit distance (with swaps of neighbours) of at most a third
/// of the longer word.  Ties go to the first candidate.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    let mut work = Work { word: word.chars().collect(), ..Work::default() };
    for candidate in candidates {
        if candidate == word {
            continue;
        }
        work.candidate.clear();
        work.candidate.extend(candidate.chars());
        let longer = work.word.len().max(work.candidate.len());
        if longer > 200 {
            continue;
        }
        let mut limit = (longer / 3).max(usize::from(longer > 1));
        if let Some((found, _)) = best {
            // Only a closer one counts.
            let Some(closer) = found.checked_sub(1) else { break };
            limit = limit.min(closer);
        }
        let distance =
            if candidate.eq_ignore_ascii_case(word) { Some(0) } else { work.distance(limit) };
        if let Some(distance) = distance {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Two words and the rows of the table between them, kept from one candidate to the next.
#[derive(Default)]
struct Work {
    word: Vec<char>,
    candidate: Vec<char>,
    before: Vec<usize>,
    last: Vec<usize>,
    row: Vec<usize>,
}

impl Work {
    /// Damerau–Levenshtein distance, restricted form (optimal string alignment); `None` above `limit`.
    fn distance(&mut self, limit: usize) -> Option<usize> {
        let Self { word: a, candidate: b, before, last, row } = self;
        if a.len().abs_diff(b.len()) > limit {
            return None;
        }
        before.clear();
        before.resize(b.len() + 1, 0);
        last.clear();
        last.extend(0..=b.len());
        for i in 1..=a.len() {
            row.clear();
            row.push(i);
            let mut least = i;
            for j in 1..=b.len() {
                let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut cost = change.min(last[j] + 1).min(row[j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    cost = cost.min(before[j - 2] + 1);
                }
                least = least.min(cost);
                row.push(cost);
            }
            // A swap looks two rows back, so both have to be past the limit.
            if least > limit && last.iter().all(|&d| d > limit) {
                return None;
            }
            std::mem::swap(before, last);
            std::mem::swap(last, row);
        }
        last.last().copied().filter(|&d| d <= limit)
    }
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
