//! The agencies that sentences credit.

use super::byline::push;
use super::dateline::is_whole;
use super::fold::is_unspaced;
use super::phrases::Phrases;

/// The agencies that a paragraph credits inside its sentences: `CNN reported`, `reports Efe
/// news`, `(Reuters)`.
pub(super) fn credited(paragraph: &str, phrases: &Phrases, agencies: &mut Vec<String>) {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (form, name) in &phrases.agencies {
        for (at, _) in paragraph.match_indices(form.as_str()) {
            if !is_whole(paragraph, at, form.len()) {
                continue;
            }
            let before = paragraph.get(..at).unwrap_or_default();
            let after = paragraph.get(at + form.len()..).unwrap_or_default();
            let bracketed = before.ends_with(['(', '（']) && after.starts_with([')', '）']);
            if bracketed || says_before(before, phrases) || says_after(after, phrases) {
                found.push((at, name));
            }
        }
    }
    found.sort_unstable();
    for (_, name) in found {
        push(agencies, name);
    }
}

fn says_before(before: &str, phrases: &Phrases) -> bool {
    const ARTICLES: [&str; 15] = [
        " the",
        " la",
        " l’",
        " l'",
        " el",
        " die",
        " der",
        " a",
        " o",
        " à",
        " het",
        " agency",
        " agencia",
        " агентство",
        " d'",
    ];
    let lower = before.to_lowercase();
    let plain = lower.trim_end().trim_end_matches(['«', '"']).trim_end();
    let plain = ARTICLES
        .iter()
        .find_map(|word| plain.strip_suffix(word))
        .unwrap_or(plain)
        .trim_end();
    phrases
        .says
        .iter()
        .filter(|word| word.as_str() != "news" && word.as_str() != "a")
        .any(|word| ends_with_word(plain, word))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|head| {
        let last = head.chars().next_back();
        last.is_none_or(|c| !c.is_alphanumeric()) || word.chars().all(is_unspaced)
    })
}

fn says_after(after: &str, phrases: &Phrases) -> bool {
    const BEFORE: [&str; 3] = ["according to", "según", "据"];
    let lower: String = after
        .chars()
        .take(40)
        .flat_map(char::to_lowercase)
        .collect();
    let plain = lower.trim_start_matches(['»', '"']);
    let unspaced = plain.starts_with(is_unspaced);
    if !unspaced && !plain.starts_with(char::is_whitespace) {
        return false;
    }
    let plain = plain.trim_start();
    phrases
        .says
        .iter()
        .filter(|word| !BEFORE.contains(&word.as_str()) && word.as_str() != "a")
        .any(|word| {
            plain.strip_prefix(word.as_str()).is_some_and(|rest| {
                unspaced || rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_in_sentences_are_found() {
        let phrases = Phrases::built_in();
        for (text, agency) in [
            ("The dam broke, CNN reported on Friday.", "CNN"),
            ("Two were hurt, reports Efe news.", "Efe"),
            ("So it is (Reuters).", "Reuters"),
            ("Le pont est fermé, selon l’AFP.", "AFP"),
            ("Das meldet die dpa.", "dpa"),
            ("Об этом сообщает ТАСС.", "TASS"),
            ("Ponte fechada, segundo a Lusa.", "Lusa"),
            ("据新华社报道，大桥关闭。", "Xinhua"),
            ("ذكرت رويترز أن الجسر مغلق.", "Reuters"),
            ("Lo riferisce l'ANSA.", "ANSA"),
            ("Dat meldt ANP.", "ANP"),
        ] {
            let mut agencies = Vec::new();
            credited(text, &phrases, &mut agencies);
            assert_eq!(agencies, [agency], "{text}");
        }
        let mut none = Vec::new();
        credited(
            "She works for CNN in Atlanta and read the AP style book.",
            &phrases,
            &mut none,
        );
        assert!(none.is_empty(), "{none:?}");
    }
}
