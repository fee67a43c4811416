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
    while let Some(c) = signs.next() {
        let next = signs.peek().copied();
        let number = digits > 0 && matches!(c, '.' | ')');
        let marks = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '^' => true,
            '>' | '#' | '+' | '-' | '=' | ':' | '|' if line_start => true,
            '#' | '{' | '}' => place == Place::Heading,
            '|' => place == Place::Cell,
            // Before a link it would make a picture of it.
            '!' => next.is_none_or(|next| next == '['),
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
            _ => number,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
        digits = if c.is_ascii_digit() && (line_start || digits > 0) { digits + 1 } else { 0 };
        line_start = false;
    }
}

/// An address as the destination of a link. What could end it is percent-encoded (RFC 3986 §2.1).
pub(super) fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.trim().chars() {
        match c {
            '\n' | '\r' | '\t' => {}
            ' ' | '(' | ')' | '<' | '>' | '`' | '\\' | '|' | '*' | '"' | '[' | ']' | '{' | '}' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            '&' => out.push_str("\\&"),
            '_' | '~' => {
                out.push('\\');
                out.push(c);
            }
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
