//! What makes two lines the same line: letters and digits count, dress does not.

use unicode_normalization::UnicodeNormalization;

/// The key under which all printings of a line meet: without case, kinds of quotation marks,
/// runs of white space, and whatever signs stand at its ends.
pub(super) fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    let mut gap = false;
    for c in line.nfkc().flat_map(char::to_lowercase) {
        let c = match c {
            '‘' | '’' | '`' | '´' | 'ʼ' => '\'',
            '“' | '”' | '„' | '«' | '»' | '"' => '\'',
            '‐' | '‑' | '–' | '—' | '−' => '-',
            c => c,
        };
        if is_blank(c) {
            gap = true;
        } else {
            if std::mem::take(&mut gap) {
                folded.push(' ');
            }
            folded.push(c);
        }
    }
    folded
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

/// White space, and the signs that show nothing though Unicode does not call them white space.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{3164}'
        )
}

/// A line without what shows nothing at its ends.
pub(super) fn trim(line: &str) -> &str {
    line.trim_matches(is_blank)
}

/// Whether two characters, one after the other, need no space between them: the scripts of
/// China and Japan part words by none.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{2E80}'..='\u{303F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dress_does_not_count() {
        assert_eq!(fold("» “Don’t”  say –"), fold("'Don't' say"));
        assert_eq!(fold("ADVERTISEMENT"), fold("— Advertisement —"));
        assert_ne!(fold("Rain in May"), fold("Rain in March"));
        assert_eq!(fold("…"), "");
    }
}
