//! Addresses as they may stand in files of rules.

use std::fmt::Write as _;

/// A path as the target of a redirect: everything percent-encoded but the unreserved signs of
/// RFC 3986 §2.3 and `/`, so that nothing is left that could act in any file of rules.
pub(super) fn target(path: &str) -> String {
    let mut safe = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            let _ = write!(safe, "%{byte:02X}");
        }
    }
    safe
}

/// A query as it is written in rules: what `target` lets through, and what parts the fields of a
/// query and was encoded in it already.
pub(super) fn query(query: &str) -> String {
    let mut safe = String::with_capacity(query.len());
    for byte in query.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/=&+%".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            let _ = write!(safe, "%{byte:02X}");
        }
    }
    safe
}

/// A query as browsers send it (WHATWG URL §1.3, the query percent-encode set); to be matched
/// through a pattern alone.
pub(super) fn asked(query: &str) -> String {
    let mut sent = String::with_capacity(query.len());
    for byte in query.bytes() {
        if byte.is_ascii_graphic() && !b"\"#<>".contains(&byte) {
            sent.push(char::from(byte));
        } else {
            let _ = write!(sent, "%{byte:02X}");
        }
    }
    sent
}

/// Whether a text has only letters, digits and the signs that act in no file of rules.
pub(super) fn is_plain(text: &str) -> bool {
    text.chars()
        .all(|sign| sign.is_alphanumeric() || "-._~/".contains(sign))
}

/// A text as a regular expression of bytes (PCRE without UTF) that matches just it: all but
/// letters, digits and `/` stand as their numbers.
pub(super) fn bytes_pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'/' {
            pattern.push(char::from(byte));
        } else {
            let _ = write!(pattern, "\\x{byte:02X}");
        }
    }
    pattern
}

/// The same of characters (RE2).
pub(super) fn characters_pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for sign in text.chars() {
        if sign.is_alphanumeric() || sign == '/' {
            pattern.push(sign);
        } else {
            let _ = write!(pattern, "\\x{{{:X}}}", u32::from(sign));
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_that_acts_is_left(text in "\\PC*|[\"'$ {}\\\\;#%\n\t<>`~*:?]*") {
            let acts = |sign: char| "\"'$ {};#\n\t<>`*:?\\".contains(sign);
            prop_assert!(!target(&text).contains(acts));
            prop_assert!(!query(&text).contains(acts));
            // A pattern has its backslashes and, for characters, the braces of its numbers.
            let bare = bytes_pattern(&text).replace("\\x", "");
            prop_assert!(bare.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'/'));
            let bare = characters_pattern(&text).replace("\\x{", "").replace('}', "");
            prop_assert!(bare.chars().all(|c| c.is_alphanumeric() || c == '/'));
        }
    }
}
