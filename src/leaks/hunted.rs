//! What the scan looks for.

use camino::Utf8PathBuf;

use crate::archive::Archive;
use crate::content::{self, Item};
use crate::digest::Digester;
use crate::edition::Edition;
use crate::site::PageKind;
use crate::wording::pattern;

/// Something that is looked for.
#[derive(Debug, Clone)]
pub(super) struct Hunted {
    /// The file it was withdrawn in, as an editor sees it.
    pub(super) file: Utf8PathBuf,
    /// What it is.
    pub(super) what: What,
    /// Its words.
    pub(super) words: String,
    /// The parts of its article's own addresses, in which it may stand.
    pub(super) own: Vec<String>,
    /// Whether published articles may say the same of their own.
    pub(super) may_be_said: bool,
    /// The one file of the output in which it is looked for, where that is not all.
    pub(super) only: Option<String>,
}

/// What is looked for. Numbers count from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// Something of an article.
    Article(Item),
    /// An entry of `[withdrawn] texts`.
    OfSite(usize),
    /// The address of the page that a hidden record does not have.
    Address(String),
    /// The name of a hidden record where it stands alone, as a value of data.
    Entry,
    /// The name of a hidden record.
    NameOfHidden,
}

impl Hunted {
    /// All that it is recognised by.
    pub(super) fn push(&self, parts: &mut Digester) {
        parts.push_text(self.file.as_str());
        parts.push_text(&format!("{:?}", self.what));
        parts.push_text(&self.words);
        parts.push_text(self.only.as_deref().unwrap_or_default());
        self.own.iter().for_each(|part| parts.push_text(part));
    }
}

/// Everything that no file of an edition may hold.
pub(super) fn all(edition: &Edition) -> Vec<Hunted> {
    let mut hunted = of_articles(edition);
    hunted.extend(of_site(edition));
    hunted.extend(of_records(edition));
    hunted
}

/// What may stand everywhere although something withdrawn holds it.
pub(super) fn allowed(edition: &Edition) -> Vec<String> {
    let allowed = edition.config.settings.withdrawn.allow.iter();
    allowed.filter_map(|text| pattern(text)).collect()
}

fn of_articles(edition: &Edition) -> Vec<Hunted> {
    let archive = &edition.archive;
    let mut hunted = Vec::new();
    for withheld in &archive.withheld {
        let own = own_parts(edition, &withheld.file);
        let page = edition.archive.article_in(&withheld.file);
        let page = page.map(|id| edition.site.of_article(id).file());
        for needle in &withheld.needles {
            hunted.push(Hunted {
                file: content::shown(&edition.config, &withheld.file),
                what: What::Article(needle.item),
                words: needle.words.to_string(),
                own: own.clone(),
                may_be_said: withheld.may_be_said,
                only: page.clone().filter(|_| needle.only_here),
            });
        }
    }
    hunted
}

/// The parts of the addresses of an article: its page, or its tombstone, and its old ones.
pub(super) fn own_parts(edition: &Edition, file: &camino::Utf8Path) -> Vec<String> {
    let archive = &edition.archive;
    let article = archive.article_in(file);
    let removed = archive.removed.iter();
    let of_removed = || removed.clone().position(|t| *t.content.file == *file);
    let (url, aliases): (Option<&str>, &[String]) = match article {
        Some(id) => {
            let page = edition.site.of_article(id);
            (Some(&page.url), &archive.article(id).content.aliases)
        }
        None => match of_removed() {
            Some(index) => {
                let pages = edition.site.pages.iter();
                let mut pages = pages.filter(|p| p.kind == PageKind::Tombstone(index));
                let url = pages.next().map(|page| &*page.url);
                let of = archive.removed.get(index);
                (url, of.map_or(&[][..], |of| &of.content.aliases))
            }
            None => (None, &[]),
        },
    };
    let all = url.into_iter().chain(aliases.iter().map(String::as_str));
    let mut parts: Vec<String> = all
        .flat_map(|url| url.split('/'))
        .filter(|part| !part.is_empty())
        .map(part_of_address)
        .collect();
    parts.sort();
    parts.dedup();
    parts
}

/// A part of an address as it is compared: decoded, without an ending.
pub(super) fn part_of_address(part: &str) -> String {
    let decoded = content::percent_decoded(part).unwrap_or_else(|| part.to_owned());
    let endings = [".html", ".htm", ".md", ".json", ".xml"];
    let bare = endings.iter().find_map(|end| decoded.strip_suffix(end));
    bare.unwrap_or(&decoded).to_owned()
}

fn of_site(edition: &Edition) -> impl Iterator<Item = Hunted> + '_ {
    let texts = edition.config.settings.withdrawn.texts.iter().zip(1..);
    texts.filter_map(|(redaction, number)| {
        Some(Hunted {
            file: Utf8PathBuf::from(crate::config::FILE),
            what: What::OfSite(number),
            words: redaction.pattern()?,
            own: Vec::new(),
            may_be_said: false,
            only: None,
        })
    })
}

/// Of each hidden record the address it would have, and its name where that is an entry.
fn of_records(edition: &Edition) -> Vec<Hunted> {
    let archive: &Archive = &edition.archive;
    let mut hunted = Vec::new();
    for term in archive
        .terms
        .iter()
        .filter(|term| term.is_left_out(archive))
    {
        let Some(record) = &term.record else { continue };
        let file = content::shown(&edition.config, &record.file);
        let path = archive
            .taxonomies
            .get(term.taxonomy)
            .map_or("", |t| &t.path);
        let address = format!("{path}/{}", term.slug);
        let mut put = |what: What, text: &str| {
            if let Some(words) = pattern(text) {
                hunted.push(Hunted {
                    file: file.clone(),
                    what,
                    words,
                    own: Vec::new(),
                    may_be_said: false,
                    only: None,
                });
            }
        };
        put(What::Address(address.clone()), &address);
        put(What::Entry, &record.name);
        if edition.config.settings.withdrawn.names_of_hidden {
            let names = record.aliases.iter().chain([&record.name]);
            names.for_each(|name| put(What::NameOfHidden, name));
        }
    }
    hunted
}
