//! Where words begin and end, in any script.

use super::anchors::is_mark;

/// The hyphen of the typewriter and its other forms.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}' | '\u{2011}' | '\u{2043}' | '\u{FE63}' | '\u{FF0D}'
    )
}

/// Whether no word goes on over a place from before.
pub(super) fn begins_word(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at(at);
    let (Some(last), Some(first)) = (before.chars().next_back(), rest.chars().next()) else {
        return true;
    };
    if !is_hyphen(last) {
        return !in_one_word(last, first);
    }
    // `pro-Putin` is about Putin, `Guinea-Bissau` not about Bissau.
    let word = before.trim_end_matches(is_hyphen);
    let word = word.rsplit(|c: char| !c.is_alphanumeric()).next();
    word.and_then(|word| word.chars().next())
        .is_none_or(char::is_lowercase)
}

/// Whether no word goes on over a place.
pub(super) fn ends_word(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at(at);
    let mut after = rest.chars();
    let (Some(last), Some(next)) = (before.chars().next_back(), after.next()) else {
        return true;
    };
    if is_hyphen(next) {
        // `Moscow-backed` is about Moscow, `Guinea-Bissau` not about Guinea.
        return after
            .next()
            .is_none_or(|c| c.is_lowercase() || !c.is_alphanumeric());
    }
    !in_one_word(last, next) || (is_hangul(last) && has_particle(rest))
}

/// Whether nothing parts two neighbouring signs.
fn in_one_word(before: char, after: char) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_' || is_mark(c);
    if is_mark(after) || (is_katakana(before) && is_katakana(after)) {
        return true;
    }
    word(before) && word(after) && !is_unspaced(before) && !is_unspaced(after)
}

/// Scripts that set no spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, Chinese and
/// Japanese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Katakana spells foreign names, and a run of it is one word.
fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FE}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// Whether the rest of a Korean word is a particle, which is written onto a name.
fn has_particle(rest: &str) -> bool {
    const PARTICLES: [&str; 24] = [
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "에서",
        "에게",
        "와",
        "과",
        "도",
        "로",
        "으로",
        "만",
        "까지",
        "부터",
        "라",
        "께",
        "께서",
        "에는",
        "에서는",
        "이라",
    ];
    let end = rest.find(|c| !is_hangul(c)).unwrap_or(rest.len());
    let (particle, next) = rest.split_at(end);
    PARTICLES.contains(&particle) && !next.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a name in a text that holds it once is a word of its own there.
    fn is_word(name: &str, text: &str) -> bool {
        let at = text.find(name).expect("it is in the text");
        begins_word(text, at) && ends_word(text, at + name.len())
    }

    #[test]
    fn scripts_without_spaces_have_borders_too() {
        for (name, text) in [
            ("习近平", "国家主席习近平今天"),
            ("Hanoi", "他在Hanoi说"),
            ("プーチン", "プーチン大統領"),
            ("김정은", "김정은은"),
            ("김정은", "김정은의 기차"),
            ("Путин", "«Путин»"),
            ("Jose\u{301}", "Jose\u{301} y"),
            ("บางกอก", "ที่บางกอกวันนี้"),
        ] {
            assert!(is_word(name, text), "{text}");
        }
        for (name, text) in [
            ("プーチン", "プーチンスカヤ"),
            ("한국", "한국어"),
            ("Путин", "Путина"),
            ("Jose", "Jose\u{301}"),
            ("Bissau", "Guinea-Bissau"),
            ("Guinea", "Guinea‑Bissau"),
        ] {
            assert!(!is_word(name, text), "{text}");
        }
        assert!(is_word("Putin", "pro-Putin") && is_word("Putin", "Putin-backed"));
    }
}
