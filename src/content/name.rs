//! Names as they are written, and what makes two spellings the same name.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Whether a character may stand neither in HTML nor in XML 1.0 (§2.2): control characters other
/// than tab and line ends, and code points that are no characters.
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}')
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

/// Whether a text holds a forbidden character. A page is looked through as a whole before it is
/// written, so bytes that can neither be one nor begin one are passed over many at a time.
pub fn has_forbidden(text: &str) -> bool {
    const STRIDE: usize = 64;
    let bytes = text.as_bytes();
    bytes.chunks(STRIDE).enumerate().any(|(index, chunk)| {
        chunk
            .iter()
            .fold(false, |found, byte| found | may_begin(*byte))
            && chunk.iter().enumerate().any(|(offset, byte)| {
                let rest = text.get(index * STRIDE + offset..);
                may_begin(*byte)
                    && rest
                        .and_then(|rest| rest.chars().next())
                        .is_some_and(is_forbidden)
            })
    })
}

/// Whether a byte of UTF-8 is a forbidden character or can be the first of one: U+0080 to U+009F
/// begin with C2, U+FDD0 and all after it with EF or more.
fn may_begin(byte: u8) -> bool {
    let control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    control | (byte == 0x7F) | (byte == 0xC2) | (byte >= 0xEF)
}

/// The name for display: composed (NFC), with single spaces and none at its ends.
pub fn tidy(name: &str) -> String {
    if name.is_ascii() {
        tidy_ascii(name)
    } else {
        tidy_composed(name)
    }
}

/// [`tidy`] of ASCII, which is composed as it stands.
fn tidy_ascii(name: &str) -> String {
    let mut tidy = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.chars().filter(|c| !is_forbidden(*c)) {
        if c.is_ascii_whitespace() {
            gap = !tidy.is_empty();
        } else {
            if std::mem::take(&mut gap) {
                tidy.push(' ');
            }
            tidy.push(c);
        }
    }
    tidy
}

fn tidy_composed(name: &str) -> String {
    let composed: String = name.nfc().filter(|c| !is_forbidden(*c)).collect();
    let spaced = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    match contained(&spaced) {
        Cow::Borrowed(_) => spaced,
        Cow::Owned(contained) => contained,
    }
}

/// The text with every sign that turns text around ended where the text ends (UAX #9 §2): such a
/// sign would else turn what follows on the page. One that ends nothing is left out.
pub fn contained(text: &str) -> Cow<'_, str> {
    if !text.contains(is_turning) {
        return Cow::Borrowed(text);
    }
    let mut open: Vec<char> = Vec::new();
    let mut contained = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match sign {
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' if open.len() < DEEPEST => {
                open.push('\u{202C}');
            }
            '\u{2066}'..='\u{2068}' if open.len() < DEEPEST => open.push('\u{2069}'),
            sign if is_turning(sign) && open.last() == Some(&sign) => {
                open.pop();
            }
            sign if is_turning(sign) => continue,
            _ => {}
        }
        contained.push(sign);
    }
    contained.extend(open.into_iter().rev());
    Cow::Owned(contained)
}

/// The text without the signs that turn text around: for names that are taken apart.
pub fn unturned(text: &str) -> String {
    text.chars().filter(|sign| !is_turning(*sign)).collect()
}

/// Beyond this depth such signs have no effect (UAX #9, BD2).
const DEEPEST: usize = 125;

/// Whether a sign begins or ends an embedding, an override or an isolate.
fn is_turning(sign: char) -> bool {
    matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The key under which all spellings of a name meet: what differs only in case, in normalisation
/// form or in spaces is one name. Accents and other letters keep names apart.
pub fn fold(name: &str) -> String {
    let mut tidy = tidy(name);
    if tidy.is_ascii() {
        tidy.make_ascii_lowercase();
        return tidy;
    }
    fold_tidy(&tidy)
}

/// [`fold`] of a name that is tidy already.
fn fold_tidy(tidy: &str) -> String {
    let lower: String = tidy.chars().flat_map(char::to_lowercase).collect();
    // A name is not another one for the signs that turn it around.
    let lower: String = lower.chars().filter(|c| !is_turning(*c)).collect();
    // Lower-casing can decompose (`İ`), and a final sigma is a matter of position alone.
    lower
        .nfc()
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{fold, fold_tidy, has_forbidden, is_forbidden, tidy, tidy_composed};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ascii_is_no_special_case(
            ascii in "[\\x00-\\x7F]{0,24}",
            mixed in "[ -~\\t\\r\\n\\x0B\\x0C\\x1C-\\x1F\\x7F-\\xA0éİΣς\u{212A}\u{301}\u{FDD0}]{0,12}",
        ) {
            for name in [ascii, mixed] {
                prop_assert_eq!(tidy(&name), tidy_composed(&name));
                prop_assert_eq!(fold(&name), fold_tidy(&tidy_composed(&name)));
            }
        }
    }

    #[test]
    fn what_no_page_may_hold_is_found_wherever_it_stands() {
        let all = (0..=0x10_FFFF_u32).filter_map(char::from_u32);
        for c in all.filter(|c| is_forbidden(*c) || u32::from(*c) < 0x2100) {
            for before in [0, 1, 62, 63, 64, 130] {
                let text = format!("{}{c}é–", "a".repeat(before));
                assert_eq!(
                    has_forbidden(&text),
                    is_forbidden(c),
                    "{c:?} after {before}"
                );
            }
        }
    }

    #[test]
    fn case_form_and_spaces_do_not_matter() {
        assert_eq!(fold(" Kim  Jong-un"), fold("KIM\u{a0}JONG-UN"));
        assert_eq!(fold("Jose\u{301}"), fold("José"));
        assert_eq!(fold("ΟΔΥΣΣΕΥΣ"), fold("οδυσσευς"));
    }

    #[test]
    fn what_turns_text_around_ends_with_it() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a \u{202E}b", "a \u{202E}b\u{202C}"),
            ("\u{2067}a\u{2069} b", "\u{2067}a\u{2069} b"),
            ("a\u{202C}\u{2069}b", "ab"),
            (
                "\u{202B}a\u{2066}b\u{202C}",
                "\u{202B}a\u{2066}b\u{2069}\u{202C}",
            ),
        ] {
            assert_eq!(super::contained(text), expected);
            assert_eq!(tidy(text), expected);
        }
        assert_eq!(fold("\u{202A}Kim\u{202C}"), fold("kim"));
        let many = super::contained(&"\u{202E}".repeat(100_000)).len();
        assert!(many < 1000, "{many}");
    }

    #[test]
    fn letters_do() {
        assert_ne!(fold("José"), fold("Jose"));
        assert_ne!(fold("Ивана"), fold("Иванa"));
        assert_ne!(fold("C"), fold("C++"));
    }
}
