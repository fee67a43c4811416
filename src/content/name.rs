//! Names as they are written, and what makes two spellings the same name.

use unicode_normalization::UnicodeNormalization;

/// Whether a character may stand neither in HTML nor in XML 1.0 (§2.2): control characters other
/// than tab and line ends, and code points that are no characters.
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}')
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

/// The name for display: composed (NFC), with single spaces and none at its ends.
pub fn tidy(name: &str) -> String {
    let composed: String = name.nfc().filter(|c| !is_forbidden(*c)).collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The key under which all spellings of a name meet: what differs only in case, in normalisation
/// form or in spaces is one name. Accents and other letters keep names apart.
pub fn fold(name: &str) -> String {
    let tidy = tidy(name);
    let lower: String = tidy.chars().flat_map(char::to_lowercase).collect();
    // Lower-casing can decompose (`İ`), and a final sigma is a matter of position alone.
    lower
        .nfc()
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_form_and_spaces_do_not_matter() {
        assert_eq!(fold(" Kim  Jong-un"), fold("KIM\u{a0}JONG-UN"));
        assert_eq!(fold("Jose\u{301}"), fold("José"));
        assert_eq!(fold("ΟΔΥΣΣΕΥΣ"), fold("οδυσσευς"));
    }

    #[test]
    fn letters_do() {
        assert_ne!(fold("José"), fold("Jose"));
        assert_ne!(fold("Ивана"), fold("Иванa"));
        assert_ne!(fold("C"), fold("C++"));
    }
}
