//! Scraped and exported plain text becomes articles.
//!
//! Takes the text of a file and what is known of the furniture of news sites; gives the article
//! in it and every line that is no part of it, each with the rule that says so. Nothing here
//! touches a file.

mod byline;
mod credits;
mod dateline;
mod dates;
mod encoding;
mod fold;
pub mod learned;
mod markdown;
mod phrases;
mod tail;
mod top;
mod wrap;

pub use encoding::{Decoded, NotText, decode};
pub use learned::Learned;
pub use markdown::{escape, markdown};
pub use phrases::Phrases;
pub use wrap::Block;

use camino::Utf8Path;
use serde::{Deserialize, Serialize};

use crate::content::Date;
use fold::{fold, trim};
use wrap::Line;

/// The authors and the agencies that a byline names: `By Jane Doe and Frances d'Emilio`, with or
/// without what opens it. Nothing where it names nobody.
pub fn bylined(line: &str, phrases: &Phrases) -> (Vec<String>, Vec<String>) {
    let opened = byline::byline(line, phrases);
    let found = opened.or_else(|| byline::byline(&format!("By {line}"), phrases));
    let found = found.unwrap_or_default();
    (found.authors, found.agencies)
}

/// Why a line, or a part of one, is not in the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// It is the headline.
    Headline,
    /// It repeats the headline.
    Repeated,
    /// It holds nothing that shows: no-break spaces and the like.
    Blank,
    /// A share button, an advertisement, a line of a newsletter, by the phrases built in.
    Furniture,
    /// It opens or closes many files of its source.
    Learned,
    /// It names the author.
    Byline,
    /// It tells the date.
    Date,
    /// It tells where the story was filed from.
    Dateline,
    /// It credits an agency and says nothing else.
    Credit,
    /// It is a field of an export: `Source: …`.
    Field,
}

impl Rule {
    /// Its name, as files and reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Headline => "headline",
            Rule::Repeated => "repeated",
            Rule::Blank => "blank",
            Rule::Furniture => "furniture",
            Rule::Learned => "learned",
            Rule::Byline => "byline",
            Rule::Date => "date",
            Rule::Dateline => "dateline",
            Rule::Credit => "credit",
            Rule::Field => "field",
        }
    }
}

/// A line that is not in the body as it stood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Removed {
    /// The line of the file, from 1.
    pub line: u32,
    /// What was taken from it.
    pub text: String,
    /// Why.
    pub rule: Rule,
}

/// What an editor should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// No date that is certain; the line names a day of the week alone, where there is one.
    NoDate(Option<(u32, String)>),
    /// The text tells one date, the name of the file another; the first was taken.
    TwoDates(String, String),
    /// A name before a colon that may be a place or not; it stays in the text.
    Dateline(u32, String),
    /// No headline; the name of the file stands for it.
    NoHeadline,
}

/// The article in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The headline.
    pub title: String,
    /// The date, where the file tells it for certain.
    pub date: Option<Date>,
    /// When it was changed last.
    pub updated: Option<Date>,
    /// The dateline as printed.
    pub dateline: Option<String>,
    /// The names of the byline.
    pub authors: Vec<String>,
    /// The wire services credited.
    pub agencies: Vec<String>,
    /// Where it was first online, where the file says so.
    pub source_url: Option<String>,
    /// The body.
    pub blocks: Vec<Block>,
    /// Everything else, by line.
    pub removed: Vec<Removed>,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

/// What lines are looked at with.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'r> {
    /// The phrases of news sites.
    pub phrases: &'r Phrases,
    /// What the archive itself has taught of the source that the file is from.
    pub learned: &'r Learned,
    /// The source.
    pub source: &'r str,
    /// Whether furniture stays where it is.
    pub keep: bool,
}

/// Finds the article in a text. `path` is the file's, of which only the name and the folders
/// matter, for they may tell the date.
pub fn clean(text: &str, path: &Utf8Path, rules: &Rules<'_>) -> Cleaned {
    let mut found = Cleaned::default();
    let mut lines = lines(text, &mut found.removed);
    let width = wrap::width(&lines);
    learned::take(&mut lines, rules, &mut found.removed);
    top::take(&mut lines, width, rules, &mut found);
    tail::take(&mut lines, rules, &mut found);
    // What stood around the text was not wrapped as the text is.
    let width = wrap::width(&lines);
    found.blocks = opened(wrap::blocks(&lines, width), rules, &mut found);
    let texts: Vec<&str> = found.blocks.iter().flat_map(texts).collect();
    let mut agencies = std::mem::take(&mut found.agencies);
    for text in texts {
        credits::credited(text, rules.phrases, &mut agencies);
    }
    found.agencies = agencies;
    date(path, &lines, rules, &mut found);
    if found.title.is_empty() {
        found.title = named(path);
        found.doubts.push(Doubt::NoHeadline);
    }
    found.removed.sort();
    found
}

/// The persons and the agencies that a byline names: `By Ann Lee and Bo Chen`; `None` where it is
/// none.
pub fn byline(line: &str, phrases: &Phrases) -> Option<(Vec<String>, Vec<String>)> {
    byline::byline(line, phrases).map(|credit| (credit.authors, credit.agencies))
}

/// The lines of a text; those that show nothing though they are not empty are told.
fn lines(text: &str, removed: &mut Vec<Removed>) -> Vec<Line> {
    let numbered = text.split('\n').zip(1..);
    numbered
        .map(|(line, number)| {
            let end = line.trim_end_matches(fold::is_blank);
            let spaces = |c: char| c == ' ' || c == '\t';
            if end.is_empty() && !line.trim_matches(spaces).is_empty() {
                removed.push(Removed {
                    line: number,
                    text: line.to_owned(),
                    rule: Rule::Blank,
                });
            }
            // An indent of signs that show nothing means nothing; one of spaces may.
            let start = line.trim_start_matches(|c| fold::is_blank(c) && !spaces(c));
            let text = if start.len() < line.len() {
                trim(line)
            } else {
                end
            };
            Line {
                number,
                text: text.to_owned(),
            }
        })
        .collect()
}

/// The texts of a block.
fn texts(block: &Block) -> impl Iterator<Item = &str> {
    let (one, many) = match block {
        Block::Paragraph(text) => (Some(text.as_str()), &[][..]),
        Block::Table(_) => (None, &[][..]),
        Block::List(items) => (None, items.as_slice()),
    };
    one.into_iter().chain(many.iter().map(String::as_str))
}

/// Takes the dateline off the first paragraph.
fn opened(mut blocks: Vec<(u32, Block)>, rules: &Rules<'_>, found: &mut Cleaned) -> Vec<Block> {
    if let Some((number, Block::Paragraph(text))) = blocks.first_mut() {
        match dateline::open(text, rules.phrases) {
            dateline::Opening::Dateline(line) => {
                let rest = text.split_off(line.length);
                found.removed.push(Removed {
                    line: *number,
                    text: std::mem::replace(text, rest).trim_end().to_owned(),
                    rule: Rule::Dateline,
                });
                found.dateline = Some(line.text);
                found.date = found.date.or(line.date);
                for agency in line.agencies {
                    byline::push(&mut found.agencies, &agency);
                }
            }
            dateline::Opening::Doubtful(name) => found.doubts.push(Doubt::Dateline(*number, name)),
            dateline::Opening::None => {}
        }
    }
    let kept = blocks.into_iter().map(|(_, block)| block);
    kept.filter(|block| !matches!(block, Block::Paragraph(text) if text.is_empty()))
        .collect()
}

/// Settles the date: what the text says, else the name of the file, else its folders.
fn date(path: &Utf8Path, lines: &[Line], rules: &Rules<'_>, found: &mut Cleaned) {
    let stem = path.file_stem().unwrap_or_default();
    let named = dates::in_file_name(stem).or_else(|| dates::in_folders(path.as_str()));
    if let (Some(told), Some(named)) = (found.date, named)
        && told.iso_date() != named.iso_date()
    {
        found
            .doubts
            .push(Doubt::TwoDates(told.iso_date(), named.iso_date()));
    }
    found.date = found.date.or(named);
    if found.date.is_none() {
        let day = lines.iter().find_map(|line| {
            let mut words = line.text.split(|c: char| !c.is_alphanumeric());
            let day = words.find(|word| rules.phrases.weekdays.contains(&fold(word)))?;
            Some((line.number, day.to_owned()))
        });
        let told = found
            .removed
            .iter()
            .find(|removed| removed.rule == Rule::Date);
        let told = told.map(|removed| (removed.line, removed.text.clone()));
        found.doubts.push(Doubt::NoDate(told.or(day)));
    }
}

/// A headline from the name of a file.
fn named(path: &Utf8Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    let words: Vec<&str> = stem
        .split(['-', '_', ' ', '.'])
        .filter(|word| !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit()))
        .collect();
    let mut title = words.join(" ");
    if let Some(first) = title.chars().next() {
        let capital: String = first.to_uppercase().collect();
        title.replace_range(..first.len_utf8(), &capital);
    }
    if title.is_empty() {
        stem.to_owned()
    } else {
        title
    }
}

#[cfg(test)]
mod tests;
