//! What a target says that it cannot express.

/// The errors that `nml convert` told, each once, in the order of their first place; how often where there are several.
pub(super) fn refusals(told: &str) -> Vec<String> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for message in told.lines().filter_map(|line| line.trim().strip_prefix("× ")) {
        match counted.iter_mut().find(|(known, _)| *known == message) {
            Some((_, times)) => *times += 1,
            None => counted.push((message, 1)),
        }
    }
    let text = |(message, times): (&str, usize)| match times {
        1 => message.to_owned(),
        times => format!("{message} ({times} times)"),
    };
    counted.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::refusals;

    #[test]
    fn a_message_is_told_once_with_its_count() {
        let told = "  × no regimes\n   ╭─[a.nml:1:2]\n  × no gaps\n  × no regimes\n";
        assert_eq!(refusals(told), ["no regimes (2 times)", "no gaps"]);
        assert!(refusals("warning").is_empty());
    }
}
