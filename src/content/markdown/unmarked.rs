//! Bodies in which nothing is Markdown: most articles of most archives are paragraphs of plain
//! words. What such a body says about itself is told by parsing its first paragraph alone.

use super::{Options, Quotes};

/// For each byte whether it may mean something in the middle of a line.
const MEANS: [bool; 256] = {
    let mut means = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let sign = byte as u8;
        means[byte] = sign.is_ascii_control()
            || matches!(
                sign,
                b'*' | b'_'
                    | b'['
                    | b']'
                    | b'<'
                    | b'>'
                    | b'&'
                    | b'`'
                    | b'\\'
                    | b'#'
                    | b'|'
                    | b'~'
                    | b'^'
            );
        byte += 1;
    }
    means
};

/// The first paragraph of a body that is nothing but paragraphs of plain text; `None` where any
/// sign means something to Markdown (CommonMark 0.31 with tables, footnotes, strikethrough and
/// typographic marks), or may.
pub(super) fn first_paragraph<'b>(body: &'b str, options: &Options) -> Option<&'b str> {
    // A quotation mark with a space in it parts words where it stands inside of one.
    let spaced = |quotes: Quotes| quotes.outer().0.contains(char::is_whitespace);
    let spaced = options.smart.is_some_and(spaced) && body.contains('"');
    if spaced || !body.split('\n').all(is_plain) {
        return None;
    }
    let body = body.trim_start_matches('\n');
    Some(body.split_once("\n\n").map_or(body, |(first, _)| first))
}

/// Whether a line is empty, or begins as a sentence does and holds no sign that means anything.
fn is_plain(line: &str) -> bool {
    let Some(first) = line.bytes().next() else {
        return true;
    };
    let begins =
        first.is_ascii_alphabetic() || first >= 0x80 || matches!(first, b'"' | b'\'' | b'(');
    // Two hyphens become a dash, and a dash parts words.
    let (means, _) = line.bytes().fold((false, 0), |(means, before), byte| {
        let dash = (byte == b'-') & (before == b'-');
        (means | MEANS[usize::from(byte)] | dash, byte)
    });
    begins && !means
}
