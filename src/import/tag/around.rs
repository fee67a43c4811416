//! What the words before and after a name tell of it.

use std::ops::Range;

use super::folded::fold;

/// Words before a name that tell an office, folded.
const OFFICES: [&str; 30] = [
    "president",
    "minister",
    "secretary",
    "chairman",
    "chairwoman",
    "chancellor",
    "mr",
    "mrs",
    "ms",
    "governor",
    "premier",
    "senator",
    "representative",
    "ambassador",
    "king",
    "queen",
    "prince",
    "sheikh",
    "sheik",
    "pope",
    "commissioner",
    "treasurer",
    "leader",
    "general",
    "colonel",
    "judge",
    "chief",
    "mayor",
    "director",
    "undersecretary",
];
/// Words with a capital at the beginning of a sentence that are no first names, folded.
const COMMON: [&str; 58] = [
    "the",
    "a",
    "an",
    "but",
    "and",
    "or",
    "if",
    "when",
    "that",
    "while",
    "for",
    "in",
    "as",
    "at",
    "by",
    "on",
    "with",
    "from",
    "to",
    "of",
    "said",
    "he",
    "she",
    "they",
    "under",
    "since",
    "after",
    "before",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "both",
    "then",
    "yet",
    "now",
    "so",
    "also",
    "here",
    "there",
    "what",
    "how",
    "why",
    "even",
    "only",
    "today",
    "yesterday",
    "later",
    "meanwhile",
    "neither",
    "however",
    "because",
    "where",
    "until",
    "although",
    "though",
    "did",
];
/// Words after a name that make it that of a company, folded.
const FIRMS: [&str; 30] = [
    "corp",
    "co",
    "inc",
    "ltd",
    "plc",
    "industries",
    "foods",
    "group",
    "brothers",
    "bank",
    "aircraft",
    "lambert",
    "street",
    "international",
    "securities",
    "holdings",
    "media",
    "news",
    "university",
    "resources",
    "energy",
    "jewellers",
    "laboratories",
    "financial",
    "airport",
    "avenue",
    "marietta",
    "processing",
    "issue",
    "company",
];
/// Words after a name that make it that of a government or a plan, folded.
const WORKS: [&str; 12] = [
    "administration",
    "government",
    "plan",
    "cabinet",
    "era",
    "initiative",
    "proposal",
    "doctrine",
    "commission",
    "regime",
    "bill",
    "report",
];
/// Words that tell of a relative, folded.
const KIN: [&str; 18] = [
    "father",
    "mother",
    "son",
    "daughter",
    "brother",
    "sister",
    "wife",
    "husband",
    "uncle",
    "aunt",
    "nephew",
    "niece",
    "cousin",
    "grandfather",
    "grandmother",
    "grandson",
    "widow",
    "half-brother",
];

/// What stands around a match.
pub(super) struct Around {
    /// A word with a capital before it that is neither common nor an office.
    pub(super) first_name: bool,
    /// An office before it.
    pub(super) office: bool,
    /// A word with a capital after it, or that of a company.
    pub(super) firm: bool,
    /// A word of a company after it.
    pub(super) firm_word: bool,
    /// A word after it for what somebody made.
    pub(super) work: bool,
    /// A word for a relative before it.
    pub(super) kin: bool,
}

impl Around {
    pub(super) fn of(text: &str, at: &Range<usize>) -> Self {
        let head = text.get(..at.start).unwrap_or_default();
        let tail = text.get(at.end..).unwrap_or_default();
        let words: Vec<&str> = head.split_whitespace().rev().take(6).collect();
        // A full stop, other than that of an initial or a title, ends what belongs to the name.
        let plain = |word: &str| fold(word.trim_matches(|c: char| !c.is_alphanumeric())).text;
        let near = |word: &&str| {
            !word.ends_with([',', ';', ':', '"', '”', ')'])
                && (!word.ends_with('.') || word.len() <= 5)
        };
        let close: Vec<&str> = words.iter().copied().take_while(near).collect();
        let particle = |word: &&&str| {
            matches!(**word, "de" | "von" | "van" | "al" | "bin")
                || (word.len() <= 2 && word.ends_with('.'))
        };
        let first = close
            .iter()
            .find(|word| !particle(word))
            .copied()
            .unwrap_or_default();
        let office = close
            .iter()
            .take(3)
            .any(|word| OFFICES.contains(&plain(word).as_str()));
        let own = plain(first);
        let capital = first.chars().next().is_some_and(char::is_uppercase);
        let next = if tail.starts_with(char::is_whitespace) {
            tail.split_whitespace().next().unwrap_or_default()
        } else {
            ""
        };
        let firm_word = FIRMS.contains(&plain(next).as_str());
        let relative = words
            .iter()
            .take(4)
            .any(|word| KIN.contains(&plain(word).as_str()));
        Around {
            first_name: capital
                && first.len() > 1
                && !COMMON.contains(&own.as_str())
                && !OFFICES.contains(&own.as_str()),
            office,
            firm: firm_word
                || next
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_uppercase() || c == '&'),
            firm_word,
            work: WORKS.contains(&plain(next).as_str()),
            kin: relative,
        }
    }
}
