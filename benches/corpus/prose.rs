//! Sentences and bodies in Markdown.

use std::fmt::Write as _;

use super::draw::Draw;

const WHO: &[&str] = &[
    "the council",
    "the committee",
    "a spokesman",
    "the minister",
    "the company",
    "the union",
    "a judge",
    "the museum",
    "the harbour office",
    "the railway board",
    "a witness",
    "the mayor",
    "the institute",
    "an engineer",
    "the school",
    "the orchestra",
    "the crew",
    "a neighbour",
];

const DID: &[&str] = &[
    "announced",
    "rejected",
    "approved",
    "postponed",
    "examined",
    "published",
    "opened",
    "closed",
    "repaired",
    "described",
    "measured",
    "defended",
    "criticised",
    "counted",
    "bought",
    "restored",
];

const WHAT: &[&str] = &[
    "the new bridge",
    "a report on the flood",
    "the annual accounts",
    "the old station",
    "a plan for the river bank",
    "the results of the survey",
    "the second stage of the works",
    "a collection of letters",
    "the winter timetable",
    "the price of bread",
    "an exhibition",
    "the building of the library",
    "the agreement",
    "a list of names",
    "the telescope",
    "the harvest",
    "the first draft",
    "the lower lock",
];

const WHEN: &[&str] = &[
    "on Monday",
    "last week",
    "after a long meeting",
    "without a vote",
    "for the third time",
    "in the morning",
    "before the holidays",
    "despite the rain",
    "at the end of the month",
    "a year later",
    "as expected",
    "to general surprise",
    "within two days",
    "in public",
];

const ADJECTIVES: &[&str] = &[
    "quiet", "sudden", "long", "narrow", "public", "costly", "early", "open", "northern", "modest",
    "second", "joint", "written", "heavy", "free", "final",
];

const THINGS: &[&str] = &[
    "answer",
    "inquiry",
    "harvest",
    "session",
    "contract",
    "journey",
    "match",
    "concert",
    "storm",
    "election",
    "discovery",
    "strike",
    "opening",
    "verdict",
    "record",
    "visit",
];

/// A headline about some of these names.
pub(super) fn headline(draw: &mut Draw, names: &[&str]) -> String {
    let who = subject(draw, names);
    let (did, adjective, thing) = (draw.one(DID), draw.one(ADJECTIVES), draw.one(THINGS));
    capital(&format!("{who} {did} {adjective} {thing}"))
}

/// A sentence about some of these names.
pub(super) fn sentence(draw: &mut Draw, names: &[&str]) -> String {
    let (who, did, what) = (subject(draw, names), draw.one(DID), draw.one(WHAT));
    let when = draw.one(WHEN);
    let text = match draw.below(5) {
        0 => format!("{who} {did} {what} {when}."),
        1 => {
            let (other, also, more) = (subject(draw, names), draw.one(DID), draw.one(WHAT));
            format!("{who} {did} {what}, and {other} {also} {more} {when}.")
        }
        2 => {
            let other = subject(draw, names);
            format!("{when}, {who} {did} {what} that {other} had asked for.")
        }
        3 => {
            let adjective = draw.one(ADJECTIVES);
            format!("\"{who} {did} {what} {when}\", one {adjective} note says, \"as we knew\".")
        }
        _ => {
            let (n, adjective) = (draw.within(2, 900), draw.one(ADJECTIVES));
            format!("{who} {did} {what} {when}: {n} people heard of the {adjective} decision.")
        }
    };
    capital(&text)
}

/// A body of about so many words: paragraphs, and now and then a heading, a list, a quotation.
pub(super) fn body(draw: &mut Draw, names: &[&str], words: usize) -> String {
    let mut text = String::with_capacity(words * 7);
    let (mut written, mut blocks) = (0, 0);
    while written < words {
        let start = text.len();
        match draw.below(20) {
            0 if blocks > 1 => {
                let (adjective, thing) = (draw.one(ADJECTIVES), draw.one(THINGS));
                let _ = write!(text, "## {}", capital(&format!("{adjective} {thing}")));
            }
            1 if blocks > 0 => {
                let _ = write!(text, "> {}", sentence(draw, names));
            }
            2 if blocks > 1 => {
                for item in 0..draw.within(3, 5) {
                    let line = if item == 0 { "" } else { "\n" };
                    let _ = write!(text, "{line}- {}", sentence(draw, names));
                }
            }
            _ => paragraph(draw, names, &mut text),
        }
        written += text[start..].split(' ').count();
        blocks += 1;
        text.push_str("\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn paragraph(draw: &mut Draw, names: &[&str], text: &mut String) {
    for nth in 0..draw.within(2, 5) {
        if nth > 0 {
            text.push(' ');
        }
        match draw.below(24) {
            0 => {
                let thing = draw.one(THINGS);
                let _ = write!(text, "It was a **{}** {thing}.", draw.one(ADJECTIVES));
            }
            1 => {
                let (thing, n) = (draw.one(THINGS), draw.below(100_000));
                let _ = write!(
                    text,
                    "See [the {thing}](https://www.example.com/{thing}/{n})."
                );
            }
            _ => text.push_str(&sentence(draw, names)),
        }
    }
}

fn subject<'a>(draw: &mut Draw, names: &[&'a str]) -> &'a str {
    if !names.is_empty() && draw.percent(30) {
        draw.one(names)
    } else {
        draw.one(WHO)
    }
}

fn capital(text: &str) -> String {
    let at = text.find(char::is_alphabetic).unwrap_or(0);
    let mut capital = text.to_owned();
    if let Some(first) = capital.get_mut(at..=at) {
        first.make_ascii_uppercase();
    }
    capital
}
