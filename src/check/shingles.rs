//! A text as the set of its runs of five words, by which copies are recognised (Broder, "On the
//! resemblance and containment of documents", 1997).

/// How many words a run has.
const RUN: usize = 5;

/// The runs of a text, sorted, each once; `None` for a text that is shorter than `least` words.
///
/// Words are counted as they are set apart by spaces, and compared by their letters, digits and
/// underscores alone, in lower case. Chinese and Japanese count by character. A sign-off at the
/// very end is left out.
pub(super) fn of(text: &str, least: usize, sign_offs: &[String]) -> Option<Vec<u64>> {
    let text = without_sign_off(text.trim_end(), sign_offs);
    if counted(text) < least.max(RUN) {
        return None;
    }
    let words = words(text);
    let mut runs: Vec<u64> = words.windows(RUN).map(run).collect();
    runs.sort_unstable();
    runs.dedup();
    (!runs.is_empty()).then_some(runs)
}

/// How many of the runs of either text both have, in per cent, rounded down; both are sorted.
pub(super) fn overlap(a: &[u64], b: &[u64]) -> u8 {
    let both = in_both(a, b);
    let either = a.len() + b.len() - both;
    u8::try_from(both * 100 / either.max(1)).unwrap_or(100)
}

fn in_both(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut both = 0;
    while let (Some(first), Some(second)) = (a.peek(), b.peek()) {
        match first.cmp(second) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                both += 1;
                a.next();
                b.next();
            }
        }
    }
    both
}

fn without_sign_off<'t>(text: &'t str, sign_offs: &[String]) -> &'t str {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let bare = last.trim_matches(|c: char| !c.is_alphanumeric());
    let is_one = sign_offs
        .iter()
        .any(|s| s.to_lowercase() == bare.to_lowercase());
    if is_one {
        text.strip_suffix(last).unwrap_or(text)
    } else {
        text
    }
}

fn counted(text: &str) -> usize {
    let spaced = text.split_whitespace().count();
    spaced + text.chars().filter(|c| is_a_word(*c)).count()
}

/// Scripts without spaces, whose characters count as words: kana and ideographs.
fn is_a_word(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The words, each as a number (FNV-1a of 64 bits).
fn words(text: &str) -> Vec<u64> {
    const START: u64 = 0xCBF2_9CE4_8422_2325;
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut word = None;
    let add = |word: Option<u64>, c: char| {
        let lower = c.to_lowercase();
        Some(lower.fold(word.unwrap_or(START), |hash, c| {
            (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01B3)
        }))
    };
    for c in text.chars() {
        if is_a_word(c) {
            words.extend(word.take());
            words.extend(add(None, c));
        } else if c.is_alphanumeric() || c == '_' {
            word = add(word, c);
        } else {
            words.extend(word.take());
        }
    }
    words.extend(word);
    words
}

/// Words in a row as one number, well mixed (the finaliser of SplitMix64).
fn run(words: &[u64]) -> u64 {
    let joined = words.iter().fold(0_u64, |hash, word| {
        (hash.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    let mixed = (joined ^ (joined >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<u64> {
        of(text, 5, &["Reuter".to_owned()]).unwrap_or_default()
    }

    #[test]
    fn runs_are_those_of_words() {
        assert_eq!(runs("One two, three four five").len(), 1);
        assert_eq!(runs("one two three four five six").len(), 2);
        assert_eq!(
            runs("One two,\nthree FOUR five."),
            runs("one two three four five")
        );
        assert_eq!(of("one two three four five", 6, &[]), None);
        assert_eq!(runs("ааа ббб ввв ггг ддд").len(), 1);
        assert_eq!(runs("峰会在河内举行").len(), 3);
    }

    #[test]
    fn a_sign_off_is_no_part_of_the_text() {
        let text = "one two three four five six";
        assert_eq!(runs(&format!("{text} Reuter\n")), runs(text));
        assert_ne!(runs(&format!("{text} seven\n")), runs(text));
    }

    #[test]
    fn an_overlap_is_a_share_of_all_runs() {
        assert_eq!(overlap(&[1, 2, 3, 4], &[1, 2, 3, 4]), 100);
        assert_eq!(overlap(&[1, 2, 3, 4], &[1, 2, 3, 5]), 60);
        assert_eq!(overlap(&[1], &[2]), 0);
    }
}
