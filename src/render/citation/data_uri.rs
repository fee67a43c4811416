//! Files inside the page: `data:` addresses (RFC 2397).

use std::fmt::Write as _;

/// A text as an address. What an address may hold (RFC 3986 §3.3) stays as it is, except the
/// signs that HTML would escape: encoded they are shorter.
pub(super) fn data_uri(media_type: &str, text: &str) -> String {
    let mut uri = String::with_capacity(text.len() * 3 / 2 + 64);
    // Writing to a string cannot fail.
    let _ = write!(uri, "data:{media_type};charset=utf-8,");
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_alphanumeric() || b"-._~!$()*+,;=:@/?".contains(&byte) {
            continue;
        }
        // Only ASCII is skipped over, so both ends are borders of characters.
        uri.push_str(text.get(plain..at).unwrap_or_default());
        uri.push('%');
        for half in [byte >> 4, byte & 15] {
            uri.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
        }
        plain = at + 1;
    }
    uri.push_str(text.get(plain..).unwrap_or_default());
    uri
}
