//! A diff for people: coloured on a terminal, on which nothing in it can act.

use std::io::IsTerminal as _;

/// The diff as it is printed: as it is where a program reads it.
pub(super) fn diff(text: &str) -> String {
    if !std::io::stdout().is_terminal() {
        return text.to_owned();
    }
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    painted(text, !plain)
}

fn painted(text: &str, color: bool) -> String {
    let mut painted = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        let code = match line.as_bytes() {
            [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => "1",
            [b'-', ..] => "31",
            [b'+', ..] => "32",
            [b'@', ..] => "36",
            _ => "0",
        };
        if color && code != "0" {
            painted.push_str(&format!("\u{1b}[{code}m"));
        }
        for sign in line.chars() {
            if sign.is_control() && sign != '\t' || is_hidden(sign) {
                painted.extend(sign.escape_unicode());
            } else {
                painted.push(sign);
            }
        }
        if color && code != "0" {
            painted.push_str("\u{1b}[0m");
        }
        painted.push('\n');
    }
    painted
}

/// Whether a sign changes the order of the text around it instead of showing.
fn is_hidden(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    #[test]
    fn colours_are_the_only_signs_that_act() {
        let diff = "--- a\n+++ b\n@@\n-x\u{1b}[2J\n+y\u{202e}\n z\n";
        let painted = super::painted(diff, true);
        assert_eq!(
            painted,
            "\u{1b}[1m--- a\u{1b}[0m\n\u{1b}[1m+++ b\u{1b}[0m\n\u{1b}[36m@@\u{1b}[0m\n\u{1b}[31m-x\\u{1b}[2J\u{1b}[0m\n\u{1b}[32m+y\\u{202e}\u{1b}[0m\n z\n"
        );
        assert!(!super::painted(diff, false).contains('\u{1b}'));
    }
}
