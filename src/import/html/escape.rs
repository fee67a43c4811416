//! Text that Markdown must not read as anything but text.

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    Heading,
    Cell,
}

/// Writes a text so that it reads as itself. At the start of a line more has a meaning than
/// within one (CommonMark 0.31.2 §2.4, §4, §5; GFM §4.10, §6.5).
pub(super) fn push(out: &mut String, text: &str, place: Place) {
    let mut signs = text.chars().peekable();
    let mut line_start = out.is_empty() || out.ends_with('\n');
    let mut digits = 0;
    let mut before = out.chars().next_back();
    let mut rest = text;
    while let Some(c) = signs.next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let next = signs.peek().copied();
        let number = digits > 0 && matches!(c, '.' | ')');
        let marks = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '^' => true,
            // Within a word it means nothing (CommonMark 0.31.2 §6.2).
            '_' => {
                !(before.is_some_and(char::is_alphanumeric)
                    && next.is_some_and(char::is_alphanumeric))
            }
            '>' | '#' | '+' | '-' | '=' | ':' | '|' if line_start => true,
            '#' | '{' | '}' => place == Place::Heading,
            '|' => place == Place::Cell,
            // Before a link it would make a picture of it.
            '!' => next.is_none_or(|next| next == '['),
            '&' => is_reference(rest),
            _ => number,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
        digits = if c.is_ascii_digit() && (line_start || digits > 0) {
            digits + 1
        } else {
            0
        };
        line_start = false;
        before = Some(c);
    }
}

/// Whether what follows an `&` makes a character reference of it.
fn is_reference(rest: &str) -> bool {
    let name = rest
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
        .count();
    name > 0 && rest.as_bytes().get(name) == Some(&b';')
}

/// An address as the destination of a link. What could end it is percent-encoded (RFC 3986 §2.1).
pub(super) fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let address = address.trim();
    for (at, c) in address.char_indices() {
        match c {
            '\n' | '\r' | '\t' => {}
            ' ' | '(' | ')' | '<' | '>' | '`' | '\\' | '|' | '*' | '"' | '[' | ']' | '{' | '}' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            '&' if is_reference(address.get(at + 1..).unwrap_or_default()) => out.push_str("\\&"),
            c if c.is_control() => {}
            c if c.is_whitespace() => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// A text between quotation marks after the destination of a link or picture.
pub(super) fn title(text: &str, place: Place) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::from("x");
    push(&mut out, &line, place);
    out.remove(0);
    let mut quoted = String::with_capacity(out.len() + 2);
    for c in out.chars() {
        if c == '"' {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted
}

/// A text as HTML, on one line.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => {}
            c => out.push(c),
        }
    }
    out
}
