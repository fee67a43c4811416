//! Names of authors, with the family name apart where a record tells it.

use std::borrow::Cow;

use super::line;
use crate::archive::Term;
use crate::render::json_ld;

/// An author. Which part of a name is the family's is never guessed: it is known where a record
/// files a person under `Family, Given`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name<'a> {
    /// The name as it is signed.
    pub(super) whole: Cow<'a, str>,
    /// Its parts, where they are known.
    pub(super) parts: Option<Parts<'a>>,
}

/// The parts of a person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    pub(super) family: Cow<'a, str>,
    pub(super) given: Cow<'a, str>,
    /// `Jr.`, `III`.
    pub(super) suffix: Option<Cow<'a, str>>,
    /// Whether the name is signed with the family name first: `Kim Jong-un`.
    pub(super) family_first: bool,
}

/// What stands behind the comma in the name of a body: `Associated Press, The`.
const ARTICLES: [&str; 12] = [
    "the", "a", "an", "le", "la", "les", "el", "los", "il", "der", "die", "das",
];

impl<'a> Name<'a> {
    /// A name whose parts are not known, or that has none.
    pub(super) fn whole(name: Cow<'a, str>) -> Self {
        Name {
            whole: name,
            parts: None,
        }
    }

    /// The name of a term of authors.
    pub(super) fn of_term(term: &'a Term) -> Option<Self> {
        let whole = line(&term.name)?;
        let record = term.record.as_ref();
        let sort_name = record.and_then(|record| record.sort_name.as_deref());
        let parts = sort_name
            .filter(|name| name.contains(',') && json_ld::is_person(term))
            .and_then(|name| parts(name, &whole));
        Some(Name { whole, parts })
    }

    /// The name as it stands first in a list that is sorted by names.
    pub(super) fn inverted(&self) -> Cow<'_, str> {
        match &self.parts {
            Some(parts) if !parts.family_first => Cow::Owned(parts.joined(&parts.given)),
            _ => Cow::Borrowed(&self.whole),
        }
    }

    /// Whether that turns the name round.
    pub(super) fn is_turned(&self) -> bool {
        self.parts.as_ref().is_some_and(|parts| !parts.family_first)
    }

    /// The name filed by its family name, also where it is signed with it: `Kim, Jong-un`.
    pub(super) fn filed(&self) -> Cow<'_, str> {
        match &self.parts {
            Some(parts) => Cow::Owned(parts.joined(&parts.given)),
            None => Cow::Borrowed(&self.whole),
        }
    }

    /// The family name with initials, as APA has it: `Kim, J.-u.`
    pub(super) fn initialled(&self) -> Cow<'_, str> {
        match &self.parts {
            Some(parts) if has_case(&parts.given) => {
                Cow::Owned(parts.joined(&initials(&parts.given)))
            }
            _ => self.inverted(),
        }
    }
}

impl Parts<'_> {
    fn joined(&self, given: &str) -> String {
        let mut name = format!("{}, {given}", self.family);
        if let Some(suffix) = &self.suffix {
            name.push_str(", ");
            name.push_str(suffix);
        }
        name
    }
}

fn parts<'a>(sort_name: &'a str, whole: &str) -> Option<Parts<'a>> {
    let mut pieces = sort_name.splitn(3, ',');
    let (family, given) = (line(pieces.next()?)?, line(pieces.next()?)?);
    if ARTICLES.contains(&given.to_lowercase().as_str()) {
        return None;
    }
    Some(Parts {
        family_first: whole.starts_with(&*family) && !whole.ends_with(&*family),
        suffix: pieces.next().and_then(line),
        family,
        given,
    })
}

/// Whether a name is in a script with capitals; others have no initials.
fn has_case(name: &str) -> bool {
    let first = name.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| c.is_uppercase() || c.is_lowercase())
}

/// `Jean-Luc Marie` → `J.-L. M.`; particles stay: `Ludwig van` → `L. van`.
fn initials(given: &str) -> String {
    let mut all = String::new();
    let words = given.split(|c: char| c == '.' || c.is_whitespace());
    for word in words.filter(|word| word.contains(char::is_alphabetic)) {
        if !all.is_empty() && !word.starts_with('-') {
            all.push(' ');
        }
        if word.chars().next().is_some_and(char::is_lowercase) {
            all.push_str(word);
            continue;
        }
        for (index, part) in word.split('-').enumerate() {
            let Some(first) = part.chars().next() else {
                continue;
            };
            if index > 0 {
                all.push('-');
            }
            all.push(first);
            all.push('.');
        }
    }
    all
}
