//! What few articles have.

use std::ops::Deref;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Article, Correction, Dateline, Picture, Print, Removed};
use crate::config::Rights;
use crate::content::date::Date;
use crate::content::value::Value;
use crate::content::withheld::Needle;

/// The fields that most articles leave out. They lie apart, because an archive of a million
/// articles would need a quarter of a gigabyte for their absence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Seldom {
    /// When it was last changed.
    pub updated: Option<Date>,
    /// Its whole address, where it sets one.
    pub url: Option<Box<str>>,
    /// Old addresses.
    pub aliases: Box<[String]>,
    /// Its stable identity, where it has one.
    pub id: Option<Box<str>>,
    /// The wire services credited.
    pub agencies: Box<[String]>,
    /// Where it was filed from.
    pub dateline: Option<Box<Dateline>>,
    /// Its pictures.
    pub pictures: Box<[Picture]>,
    /// What was corrected, oldest first.
    pub corrections: Box<[Correction]>,
    /// Not published before.
    pub embargo_until: Option<Box<Date>>,
    /// What readers are told in its place, where it was removed.
    pub removed: Option<Box<Removed>>,
    /// Whether names or passages were taken out of it.
    pub redacted: bool,
    /// What no page may hold of it, for the leak scan alone; `None` where it hides nothing.
    pub withheld: Option<Box<[Needle]>>,
    /// Where it stood on paper.
    pub print: Option<Box<Print>>,
    /// Where it was first online.
    pub source_url: Option<Box<str>>,
    /// A snapshot of that page.
    pub archived_url: Option<Box<str>>,
    /// Its own rights.
    pub rights: Option<Box<Rights>>,
    /// The id of the article it is a copy of.
    pub duplicate_of: Option<Box<str>>,
    /// The id or file of the article it is a translation of.
    pub translation_of: Option<Box<str>>,
    /// Ids of articles to name first among the related ones.
    pub related: Box<[String]>,
    /// Anything for the theme.
    #[serde(with = "crate::content::value::stored_if_any")]
    pub extra: Option<Box<Value>>,
}

static NONE: LazyLock<Seldom> = LazyLock::new(Seldom::default);

/// Where a field lies is nothing that readers of an article should have to know.
impl Deref for Article {
    type Target = Seldom;

    fn deref(&self) -> &Seldom {
        self.seldom.as_deref().unwrap_or(&NONE)
    }
}

impl Seldom {
    /// The fields in a place of their own, if there are any.
    pub(super) fn apart(self) -> Option<Box<Seldom>> {
        (self != Seldom::default()).then(|| Box::new(self))
    }
}
