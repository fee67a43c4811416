//! What stands above a text: buttons, the headline, once or more, bylines, dates, fields.

use unicode_width::UnicodeWidthStr as _;

use super::byline;
use super::dates;
use super::fold::fold;
use super::wrap::{Line, ends_sentence};
use super::{Cleaned, Removed, Rule, Rules};

/// A headline is no longer, in characters.
const LONGEST_HEADLINE: usize = 220;
/// The lines that are looked at, empty ones aside.
const DEEPEST: usize = 24;

/// Takes the lines above the text off it.
pub(super) fn take(
    lines: &mut Vec<Line>,
    width: Option<usize>,
    rules: &Rules<'_>,
    found: &mut Cleaned,
) {
    for _ in 0..DEEPEST {
        let Some(at) = lines.iter().position(|line| !line.text.trim().is_empty()) else {
            return;
        };
        lines.drain(..at);
        let used = headline_again(lines, found)
            .map(|used| (used, Rule::Repeated))
            .or_else(|| line(lines, rules, found).map(|rule| (1, rule)))
            .or_else(|| headline(lines, width, found).map(|used| (used, Rule::Headline)));
        let Some((used, rule)) = used else { return };
        remove(lines.drain(..used.min(lines.len())), rule, found);
    }
}

fn remove(lines: impl Iterator<Item = Line>, rule: Rule, found: &mut Cleaned) {
    found.removed.extend(
        lines
            .filter(|line| !line.text.trim().is_empty())
            .map(|line| Removed {
                line: line.number,
                text: line.text.trim().to_owned(),
                rule,
            }),
    );
}

/// What the first line is, if it is neither headline nor text.
fn line(lines: &[Line], rules: &Rules<'_>, found: &mut Cleaned) -> Option<Rule> {
    let text = lines.first()?.text.trim();
    let folded = fold(text);
    if folded.is_empty() && !text.is_empty() {
        return (!rules.keep).then_some(Rule::Furniture);
    }
    if let Some(rule) = field(text, rules, found) {
        return Some(rule);
    }
    if let Some(credit) = byline::byline(text, rules.phrases) {
        for name in &credit.authors {
            byline::push(&mut found.authors, name);
        }
        for name in &credit.agencies {
            byline::push(&mut found.agencies, name);
        }
        found.date = found.date.or(credit.date);
        return Some(Rule::Byline);
    }
    if let Some((date, updated)) = byline::date_line(text, rules.phrases) {
        if updated {
            found.updated = found.updated.or(date);
        } else {
            found.date = found.date.or(date);
        }
        return Some(Rule::Date);
    }
    if !rules.keep && rules.phrases.is_furniture(text, &folded) {
        return Some(Rule::Furniture);
    }
    if !found.title.is_empty()
        && let Some(agency) = rules.phrases.agency(text)
    {
        byline::push(&mut found.agencies, agency);
        return Some(Rule::Credit);
    }
    None
}

/// Reads a field as exports have them: `Title: …`, `URL: …`, `Source: …`.
fn field(text: &str, rules: &Rules<'_>, found: &mut Cleaned) -> Option<Rule> {
    let (key, value) = text.split_once(':')?;
    let value = value.trim();
    match fold(key).as_str() {
        "title" | "headline" | "titel" | "titre" | "título" | "titolo" | "заголовок" | "标题"
            if found.title.is_empty() && !value.is_empty() =>
        {
            found.title = crate::content::name::tidy(value);
            Some(Rule::Headline)
        }
        "url" | "link" | "source url" | "permalink" if value.starts_with("http") => {
            let plain = value.chars().all(|c| !c.is_whitespace());
            found.source_url = plain.then(|| value.to_owned());
            plain.then_some(Rule::Field)
        }
        "source" | "quelle" | "fuente" | "fonte" | "bron" | "источник" | "来源" | "المصدر" =>
        {
            if let Some(agency) = rules.phrases.agency(value) {
                byline::push(&mut found.agencies, agency);
                return Some(Rule::Credit);
            }
            (value.split_whitespace().count() <= 4 && !ends_sentence(value)).then_some(Rule::Field)
        }
        _ => None,
    }
}

/// How many lines the headline takes; it is the first line that is nothing else.
fn headline(lines: &[Line], width: Option<usize>, found: &mut Cleaned) -> Option<usize> {
    if !found.title.is_empty() {
        return None;
    }
    let first = lines.first()?.text.trim();
    if first.chars().count() > LONGEST_HEADLINE {
        return None;
    }
    let mut title = first.to_owned();
    let mut used = 1;
    let second = lines.get(1).map(|line| fold(&line.text));
    let said_again = second.is_some_and(|second| {
        second == fold(first) || without_site(first).is_some_and(|head| fold(head) == second)
    });
    // A headline that was wrapped goes on to the next empty line.
    let block = lines
        .iter()
        .take_while(|line| !line.text.trim().is_empty())
        .count();
    if let Some(width) = width
        && !said_again
        && (2..=3).contains(&block)
        && block < lines.len()
        && first.width() * 4 >= width * 3
        && !lines
            .iter()
            .take(block)
            .any(|line| ends_sentence(&line.text))
    {
        for line in lines.iter().take(block).skip(1) {
            title.push(' ');
            title.push_str(line.text.trim());
        }
        used = block;
    }
    // The lines after it may be its second printing, of which the first is a wrapped one.
    if used == 1
        && let Some(whole) = wrapped_above(lines)
    {
        title = whole.0;
        used = whole.1;
    }
    // `# Headline`, as texts that were Markdown once have it.
    let title = title.trim_start_matches('#').trim();
    found.title = crate::content::name::tidy(title);
    Some(used)
}

/// The headline where its first two or three lines together are what the next line says whole.
fn wrapped_above(lines: &[Line]) -> Option<(String, usize)> {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.trim()).take(12).collect();
    (2..=3).find_map(|count| {
        let joined = texts.get(..count)?.join(" ");
        let key = fold(&joined);
        let again = texts.get(count..)?.iter().any(|text| fold(text) == key);
        (again && !key.is_empty()).then_some((joined, count))
    })
}

/// How many lines repeat the headline, whole, with the name of the site, or over several lines.
fn headline_again(lines: &[Line], found: &mut Cleaned) -> Option<usize> {
    if found.title.is_empty() {
        return None;
    }
    let title = fold(&found.title);
    let first = fold(&lines.first()?.text);
    if first.is_empty() {
        return None;
    }
    if first == title || without_site(&lines.first()?.text).is_some_and(|head| fold(head) == title)
    {
        return Some(1);
    }
    // The first printing had the name of the site, as the titles of windows have.
    if let Some(head) = without_site(&found.title.clone())
        && fold(head) == first
    {
        found.title = crate::content::name::tidy(head);
        return Some(1);
    }
    let mut joined = String::new();
    for (index, line) in lines.iter().take(4).enumerate() {
        joined.push(' ');
        joined.push_str(line.text.trim());
        if index > 0 && fold(&joined) == title {
            return Some(index + 1);
        }
    }
    None
}

/// A headline without the name of the site after it.
fn without_site(text: &str) -> Option<&str> {
    [" | ", " – ", " — ", " - ", " :: ", " · ", "_"]
        .iter()
        .find_map(|sign| {
            let (head, site) = text.rsplit_once(sign)?;
            (site.split_whitespace().count() <= 5 && !head.trim().is_empty()).then(|| head.trim())
        })
}

/// Whether a line would be taken for what it says of the article: then it teaches nothing about
/// its source, however often it comes.
pub(super) fn tells(text: &str, rules: &Rules<'_>) -> bool {
    let phrases = rules.phrases;
    byline::byline(text, phrases).is_some()
        || byline::date_line(text, phrases).is_some()
        || phrases.agency(text).is_some()
        || dates::find(text, phrases).is_some()
}
