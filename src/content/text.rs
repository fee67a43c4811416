//! Bytes become text: UTF-8, with or without a byte order mark, or UTF-16 as some Windows
//! programs save it.

use super::name::{has_forbidden, is_forbidden};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// The text of a file, line ends as they are, without a byte order mark.
///
/// # Errors
/// The place of the first byte that is not UTF-8.
pub(super) fn decode(bytes: Vec<u8>, notes: &mut Diagnostics) -> Result<String, Diagnostic> {
    if let Some(text) = utf16(&bytes) {
        notes.push(
            Diagnostic::new(Code::OtherEncoding, "the file is UTF-16")
                .span(Span::at(&text, 0, 1))
                .help("save it as UTF-8, so that every other tool can read it too"),
        );
        return Ok(text);
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let byte = bytes.get(valid).copied().unwrap_or_default();
        let lossy = String::from_utf8_lossy(bytes);
        Diagnostic::new(
            Code::NotUtf8,
            format!("byte 0x{byte:02X} is not UTF-8 text"),
        )
        .span(Span::at(&lossy, valid, '\u{FFFD}'.len_utf8()))
        .help("find out its encoding and convert it, as with `iconv -f WINDOWS-1252 -t UTF-8`")
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    if has_forbidden(&text)
        && let Some(at) = text.find(is_forbidden)
    {
        let count = text.chars().filter(|c| is_forbidden(*c)).count();
        notes.push(
            Diagnostic::new(
                Code::ControlCharacters,
                format!("{count} control characters were left out"),
            )
            .span(Span::at(&text, at, 1))
            .help("they mean nothing in a text, and no page may hold them; remove them"),
        );
        text.retain(|c| !is_forbidden(c));
    }
    Ok(text)
}

/// The text if the bytes are UTF-16: by their byte order mark, or because the first characters
/// alternate with zero bytes as only UTF-16 does.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (little, rest) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (true, rest),
        [0xFE, 0xFF, rest @ ..] => (false, rest),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => (true, bytes),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => (false, bytes),
        _ => return None,
    };
    let (pairs, odd) = rest.as_chunks::<2>();
    if !odd.is_empty() {
        return None;
    }
    let unit = |pair: &[u8; 2]| {
        if little {
            u16::from_le_bytes(*pair)
        } else {
            u16::from_be_bytes(*pair)
        }
    };
    char::decode_utf16(pairs.iter().map(unit))
        .collect::<Result<String, _>>()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, Diagnostic> {
        decode(bytes.to_vec(), &mut Diagnostics::new())
    }

    #[test]
    fn a_byte_order_mark_is_not_text() {
        assert_eq!(read(b"\xEF\xBB\xBF---\n").as_deref(), Ok("---\n"));
    }

    #[test]
    fn utf16_is_read_in_both_orders_with_and_without_a_mark() {
        for text in ["\u{FEFF}Zürich 王", "Plain"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let bare = text.trim_start_matches('\u{FEFF}');
            assert_eq!(read(&little).as_deref(), Ok(bare));
            assert_eq!(read(&big).as_deref(), Ok(bare));
        }
    }

    #[test]
    fn the_first_wrong_byte_is_named_with_its_place() {
        let error = read(b"title: x\nbody \xE9t\xE9").unwrap_err();
        let span = error.span.unwrap();
        assert_eq!((error.code, span.line, span.column), (Code::NotUtf8, 2, 6));
    }
}
