//! Tells editors what leaked, without printing it once more.

use std::collections::BTreeSet;

use super::hunted::{Hunted, What, own_parts};
use crate::content::{self, Item};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;
use crate::wording::{Form, Patterns, Words};

/// How many files of the output are named for one thing that leaked.
const NAMED: usize = 3;

/// Something that leaked into these files.
pub(super) fn leak(hunted: &Hunted, paths: &BTreeSet<String>) -> Diagnostic {
    let first: Vec<&str> = paths.iter().take(NAMED).map(String::as_str).collect();
    let more = match paths.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!(
        "withdrawn, and yet in the output: {} stands in {}{more}",
        what(&hunted.what),
        first.join(", ")
    );
    Diagnostic::new(Code::Leak, message)
        .file(&hunted.file)
        .help("take it out of what these files are made from, or list in `[withdrawn] allow` what may stand there")
}

fn what(what: &What) -> String {
    match what {
        What::Article(Item::Title) => "the headline".to_owned(),
        What::Article(Item::Sentence(number)) => format!("sentence {number} of the text"),
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
