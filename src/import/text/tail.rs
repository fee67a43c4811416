//! What stands below a text, and the buttons and advertisements within it.

use super::byline;
use super::fold::fold;
use super::wrap::Line;
use super::{Cleaned, Removed, Rule, Rules};

/// Takes the lines below the text off it, and those within it that no text has.
pub(super) fn take(lines: &mut Vec<Line>, rules: &Rules<'_>, found: &mut Cleaned) {
    let title = fold(&found.title);
    if !rules.keep {
        lines.retain(|line| {
            let text = line.text.trim();
            let folded = fold(text);
            let signs = !text.is_empty() && folded.is_empty() && !is_rule(text);
            let furniture = !text.is_empty() && rules.phrases.is_furniture(text, &folded);
            let repeated = !folded.is_empty() && folded == title;
            let rule = match (furniture || signs, repeated) {
                (true, _) => Rule::Furniture,
                (_, true) => Rule::Repeated,
                _ => return true,
            };
            found.removed.push(removed(line, text, rule));
            false
        });
    }
    while let Some(at) = lines.iter().rposition(|line| !line.text.trim().is_empty()) {
        lines.truncate(at + 1);
        let Some(line) = lines.last() else { return };
        let text = line.text.trim();
        let above = lines.get(..at).unwrap_or_default();
        if above.iter().all(|line| line.text.trim().is_empty()) {
            break;
        }
        if let Some(agency) = rules.phrases.agency(text) {
            byline::push(&mut found.agencies, agency);
            found.removed.push(removed(line, text, Rule::Credit));
        } else if let Some(credit) = byline::byline(text, rules.phrases) {
            credit
                .authors
                .iter()
                .for_each(|name| byline::push(&mut found.authors, name));
            credit
                .agencies
                .iter()
                .for_each(|name| byline::push(&mut found.agencies, name));
            found.date = found.date.or(credit.date);
            found.removed.push(removed(line, text, Rule::Byline));
        } else if let Some((date, updated)) = byline::date_line(text, rules.phrases) {
            let place = if updated {
                &mut found.updated
            } else {
                &mut found.date
            };
            *place = place.or(date);
            found.removed.push(removed(line, text, Rule::Date));
        } else {
            break;
        }
        lines.pop();
    }
    credit(lines, rules, found);
}

/// Takes `(Reuters)` off the end of the last sentence.
fn credit(lines: &mut [Line], rules: &Rules<'_>, found: &mut Cleaned) {
    let Some(line) = lines
        .iter_mut()
        .rev()
        .find(|line| !line.text.trim().is_empty())
    else {
        return;
    };
    let text = line.text.trim_end();
    let Some((open, close)) = [('(', ')'), ('（', '）'), ('[', ']'), ('/', '/')]
        .into_iter()
        .find(|(_, close)| text.ends_with(*close))
    else {
        return;
    };
    let inner = text.strip_suffix(close).unwrap_or(text);
    let Some((head, inner)) = inner.rsplit_once(open) else {
        return;
    };
    // Several agencies may stand together: `(AFP, dpa)`, `(jd/dpa)`.
    let names: Vec<&str> = inner
        .split([',', '/', ';'])
        .filter_map(|name| rules.phrases.agency(name))
        .collect();
    let ended = head.trim().is_empty() || super::wrap::ends_sentence(head);
    if names.is_empty() || !ended {
        return;
    }
    for name in names {
        byline::push(&mut found.agencies, name);
    }
    let head = head.trim_end().to_owned();
    let taken = text.get(head.len()..).unwrap_or_default().trim().to_owned();
    found.removed.push(Removed {
        line: line.number,
        text: taken,
        rule: Rule::Credit,
    });
    line.text = head;
}

fn removed(line: &Line, text: &str, rule: Rule) -> Removed {
    Removed {
        line: line.number,
        text: text.to_owned(),
        rule,
    }
}

/// Whether a line is a rule of a table.
fn is_rule(text: &str) -> bool {
    text.len() >= 3 && text.chars().all(|c| "-=+| :".contains(c))
}
