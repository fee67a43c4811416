//! Tells editors what leaked, without printing it once more.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::hunted::{What, own_parts};
use crate::content::{self, Item};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;
use crate::wording::{Form, Patterns, Words};

/// How many things that leaked are named, and how many files of the output.
const NAMED: usize = 3;

/// What leaked of one file, and where to.
#[derive(Debug, Default)]
pub(super) struct Leaked<'l> {
    pub(super) what: BTreeSet<&'l What>,
    pub(super) paths: BTreeSet<&'l str>,
}

/// Something that leaked from a file.
pub(super) fn leak(file: &Utf8Path, leaked: &Leaked<'_>) -> Diagnostic {
    let what = first(leaked.what.iter().map(|what| self::what(what)));
    let paths = first(leaked.paths.iter().map(|path| (*path).to_owned()));
    let stands = if leaked.what.len() == 1 {
        "stands"
    } else {
        "stand"
    };
    let message = format!("withdrawn, and yet in the output: {what} {stands} in {paths}");
    Diagnostic::new(Code::Leak, message).file(file).help(
        "take it out of what these files are made from, or list in `[withdrawn] allow` what may stand there",
    )
}

/// Something of a withdrawn article that a published one says too.
pub(super) fn said(file: &Utf8Path, what: &BTreeSet<&What>, sayer: &Utf8Path) -> Diagnostic {
    let what = first(what.iter().map(|what| self::what(what)));
    let message = format!("withdrawn, and yet said by {sayer} of its own: {what}");
    Diagnostic::new(Code::SaidElsewhere, message)
        .file(file)
        .help("withdraw that article too, or change it, if it may not say so")
}

/// The first of some things, and how many more there are.
fn first(all: impl ExactSizeIterator<Item = String>) -> String {
    let more = all.len().saturating_sub(NAMED);
    let named: Vec<String> = all.take(NAMED).collect();
    match more {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

fn what(what: &What) -> String {
    match what {
        What::Article(Item::Title) => "the headline".to_owned(),
        What::Article(Item::Sentence(number)) => format!("sentence {number} of the text"),
        What::Article(Item::Picture(number)) => {
            format!("what picture {number} shows, or the line below it,")
        }
        What::Article(Item::Redacted(number)) => format!("entry {number} of `redact`"),
        What::Article(Item::Name(number)) => format!("entry {number} of `removed.names`"),
        What::OfSite(number) => format!("entry {number} of `[withdrawn] texts`"),
        What::Address(_) => "the address of the hidden record".to_owned(),
        What::Entry => "the name of the hidden record, as a value of data,".to_owned(),
        What::NameOfHidden => "the name of the hidden record".to_owned(),
    }
}

/// A file that could not be looked through.
pub(super) fn unread(path: &str) -> Diagnostic {
    let message = format!("not all of {path} could be looked through for what was withdrawn");
    Diagnostic::new(Code::NotSearched, message)
        .help("publish it as a zip or gzip without a password, or look through it yourself")
}

/// The addresses that say what was taken out of their article.
pub(crate) fn addresses(edition: &Edition) -> Diagnostics {
    let mut notes = Diagnostics::new();
    for withheld in &edition.archive.withheld {
        let named = withheld.needles.iter();
        let named = named.filter(|n| matches!(n.item, Item::Redacted(_) | Item::Name(_)));
        let words: Vec<&str> = named.map(|needle| &*needle.words).collect();
        let Some(patterns) = Patterns::new(&words).filter(|patterns| !patterns.is_empty()) else {
            continue;
        };
        let own = own_parts(edition, &withheld.file).join("/");
        if patterns.any(&Words::of(own.as_bytes(), Form::Page).text) {
            let message = "the address of the article tells what was taken out of it";
            notes.push(
                Diagnostic::new(Code::AddressTells, message)
                    .file(content::shown(&edition.config, &withheld.file))
                    .help("give it another `slug` or `url`, and take old addresses that tell it out of `aliases`"),
            );
        }
    }
    notes
}
