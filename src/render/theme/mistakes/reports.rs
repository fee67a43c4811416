//! What Tera writes about a mistake, taken apart and put in our words.

use crate::content::nearest;
use crate::diagnostics::Span;

/// A mistake that Tera tells in its text alone, several in one:
///
/// ```text
/// error: Unknown filter `shout`
///  --> site/article.html:3:18
///   |
/// 3 | {{ article.title | shout }}
///   |                    ^^^^^
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) message: String,
    /// What Tera calls the template.
    pub(super) template: String,
    line: u32,
    column: u32,
    length: u32,
}

/// The mistakes in a text of Tera's; none where it has another form.
pub(super) fn read(text: &str) -> Vec<Report> {
    let parts = text.split("\n\n");
    parts.filter_map(one).collect()
}

fn one(part: &str) -> Option<Report> {
    let mut lines = part.lines();
    let message = lines.next()?.strip_prefix("error: ")?.to_owned();
    let place = lines.next()?.trim_start().strip_prefix("--> ")?;
    let mut numbers = place.rsplitn(3, ':');
    let column = numbers.next()?.parse().ok()?;
    let line = numbers.next()?.parse().ok()?;
    let template = numbers.next()?.to_owned();
    let marks = part.bytes().rev().take_while(|b| *b == b'^').count();
    Some(Report {
        message,
        template,
        line,
        column,
        length: u32::try_from(marks).unwrap_or(1).max(1),
    })
}

impl Report {
    /// Its place in the text of the template.
    pub(super) fn span(&self, text: &str) -> Span {
        Span {
            column: self.column,
            length: self.length,
            ..Span::line(text, self.line)
        }
    }

    /// Whether what is missing may stand in another template.
    pub(super) fn may_be_elsewhere(&self) -> bool {
        let sure = ["Unknown filter", "Unknown test", "Unknown function"];
        !sure.iter().any(|word| self.message.starts_with(word))
    }
}

/// The places from which the one that failed was called, the nearest first:
/// `broadsheet/article.html:12:5`.
pub(super) fn callers(text: &str) -> Vec<String> {
    let notes = text
        .lines()
        .filter_map(|line| line.strip_prefix("note: called from "));
    notes.map(str::to_owned).collect()
}

/// What Tera says in our words, and the way out where it is another than for most. `part` is the
/// piece of the template that it is about.
pub(super) fn worded(message: &str, part: &str) -> (String, Option<String>) {
    if message == "Tried to render a variable that is undefined" && !part.is_empty() {
        return (format!("`{part}` has no value here"), None);
    }
    for kind in ["Field", "Variable"] {
        let rest = message
            .strip_prefix(kind)
            .and_then(|m| m.strip_prefix(" `"));
        if let Some((name, rest)) = rest.and_then(|rest| rest.split_once("` is not defined")) {
            let message = format!("there is no {} `{name}` here", kind.to_lowercase());
            return (message, known(name, rest));
        }
    }
    for (before, kind, help) in [
        (
            "Unknown filter `",
            "filter",
            Some("docs/themes.md lists the filters"),
        ),
        ("Unknown test `", "test", None),
        ("Unknown function `", "function", None),
        (
            "Unknown component `",
            "component",
            Some("docs/themes.md lists the components"),
        ),
        (
            "Unknown template `",
            "template",
            Some("docs/themes.md lists the templates"),
        ),
    ] {
        if let Some(name) = quoted(message, before, "`") {
            let tera = "keats.github.io/tera tells what Tera has";
            let help = help.unwrap_or(tera).to_owned();
            return (format!("there is no {kind} `{name}`"), Some(help));
        }
    }
    if let Some(name) = quoted(
        message,
        "Block `",
        "` is not defined in any parent template",
    ) {
        let message =
            format!("there is no block `{name}` to fill in the template that this extends");
        return (message, Some("docs/themes.md lists the blocks".to_owned()));
    }
    if message.starts_with("there is no interface text") {
        let help =
            "`morgue theme show en.toml` prints those there are; your own go into i18n/en.toml";
        return (message.to_owned(), Some(help.to_owned()));
    }
    let mut signs = message.trim_end_matches('.').chars();
    let first = signs.next().map(|sign| sign.to_lowercase().to_string());
    (first.unwrap_or_default() + signs.as_str(), None)
}

/// The name that was meant, or all that there are: `. Available fields: iso, text`.
fn known(name: &str, rest: &str) -> Option<String> {
    let all = rest.split_once(": ")?.1;
    Some(match nearest(name, all.split(", ")) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("what is there: {all}"),
    })
}

/// What stands between two pieces of a message that is nothing else.
fn quoted<'m>(message: &'m str, before: &str, after: &str) -> Option<&'m str> {
    message.strip_prefix(before)?.strip_suffix(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_mistakes_stand_in_one_text() {
        let text = "error: Unknown filter `a:b`\n --> site/x.html:3:18\n  |\n3 | {{ x | a }}\n  |        ^\n\nerror: Unknown component `c`\n  --> evening/y/z.html:12:1\n   |\n12 | {{ <c/> }}\n   | ^^^";
        let found = read(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].template, "site/x.html");
        assert_eq!(
            (found[0].line, found[0].column, found[0].length),
            (3, 18, 1)
        );
        assert!(!found[0].may_be_elsewhere());
        assert_eq!(found[1].template, "evening/y/z.html");
        assert_eq!((found[1].line, found[1].length), (12, 3));
        assert!(found[1].may_be_elsewhere());
    }

    #[test]
    fn a_text_of_another_form_has_no_mistakes() {
        for text in [
            "",
            "error: ",
            "error: x\n--> y",
            "error: x\n --> y:a:b",
            "x\n\ny",
        ] {
            assert_eq!(read(text), []);
        }
    }
}
