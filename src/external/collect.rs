//! Everything on other hosts that the published archive links to, with its places.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::address::{self, Read};
use crate::archive::Archive;
use crate::config::{self, Config};
use crate::content::{self, markdown};
use crate::diagnostics::Span;
use crate::edition::Edition;
use crate::site::ledger::{self, Answer};
use crate::site::{Owner, PageKind, Resolved, body_line, link_span};

/// Where in a file an address stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// In a text: line, column and length, as in a [`Span`].
    Text(u32, u32, u32),
    /// In a field of this name, from this line on.
    Field(&'static str, u32),
}

/// A place where an address stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The file, as an editor sees it.
    pub(super) file: Arc<Utf8Path>,
    pub(super) spot: Spot,
    /// The date of the article around it, as digits of a snapshot's address: `20190228`. Empty
    /// where there is none.
    pub(super) day: String,
    /// Whether a snapshot of it stands beside it.
    pub(super) is_kept: bool,
}

/// All addresses, each in the form in which it is asked for.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// Those that can be asked for, with every place.
    pub(super) places: BTreeMap<String, Vec<Place>>,
    /// Those that are none, as they are written.
    pub(super) broken: Vec<(String, Place)>,
}

/// Finds every address of the web that an edition publishes in a text or a field and that leads to
/// no page of its own. What is not published is not looked at, so that no host learns of it.
pub(super) fn collect(edition: &Edition) -> Linked {
    let (site, archive) = (&edition.site, &edition.archive);
    let bodies: Vec<(Owner<'_>, _)> = site.bodies(archive).collect();
    let found: Vec<Vec<(String, Place)>> = bodies
        .par_iter()
        .map(|(owner, references)| body(edition, owner, references))
        .collect();
    let mut all = Gathering {
        edition,
        linked: Linked::default(),
    };
    for (text, place) in found.into_iter().flatten() {
        all.add(&text, place);
    }
    all.articles(archive);
    all.records(archive);
    if let Some(license) = &edition.config.settings.rights.license {
        let file = Arc::from(Utf8Path::new(config::FILE));
        all.add(license, field(file, "license", 1));
    }
    all.linked
}

/// The destinations of a text that lead out.
fn body(
    edition: &Edition,
    owner: &Owner<'_>,
    references: &[markdown::Reference],
) -> Vec<(String, Place)> {
    let Edition {
        config,
        archive,
        site,
        ..
    } = edition;
    // A row of a table has no text.
    if owner.file.extension() == Some("csv") {
        return Vec::new();
    }
    let Ok(text) = content::body(config, owner.file) else {
        return Vec::new();
    };
    let file: Arc<Utf8Path> = Arc::from(content::shown(config, owner.file).as_path());
    let day = match &site.page(owner.page).kind {
        PageKind::Article(id) => day(&archive.article(*id).content),
        _ => String::new(),
    };
    let line = body_line(site, archive, owner);
    let place = |reference: &markdown::Reference| {
        let Span {
            line,
            column,
            length,
            ..
        } = link_span(&text, line, reference);
        Place {
            file: Arc::clone(&file),
            spot: Spot::Text(line, column, length),
            day: day.clone(),
            is_kept: false,
        }
    };
    let outward = markdown::outward(&text, &content::markdown_options(config, None));
    let mut found: Vec<(String, Place)> = outward
        .iter()
        .map(|reference| (reference.target.clone(), place(reference)))
        .collect();
    // What was left behind where the archive was moved from.
    if config.settings.links.origin.is_some() {
        for reference in references {
            let target = site.resolve(archive, config, owner, &reference.target);
            if let Resolved::Elsewhere(address) = target {
                found.push((address, place(reference)));
            }
        }
    }
    found
}

/// The day of an article, as digits.
fn day(article: &content::Article) -> String {
    let date = article.date.map_or_else(String::new, |d| d.iso_date());
    date.chars().filter(char::is_ascii_digit).collect()
}

fn field(file: Arc<Utf8Path>, key: &'static str, line: u32) -> Place {
    Place {
        file,
        spot: Spot::Field(key, line),
        day: String::new(),
        is_kept: false,
    }
}

struct Gathering<'e> {
    edition: &'e Edition,
    linked: Linked,
}

impl Gathering<'_> {
    fn add(&mut self, text: &str, place: Place) {
        match address::read(text) {
            Read::Other => {}
            Read::Broken => self.linked.broken.push((text.to_owned(), place)),
            Read::Web(url) => {
                if self.is_asked_for(url.as_str()) {
                    self.linked
                        .places
                        .entry(url.into())
                        .or_default()
                        .push(place);
                }
            }
        }
    }

    fn is_asked_for(&self, address: &str) -> bool {
        let config = &self.edition.config;
        let ignored = &config.settings.check.external_ignore;
        if ignored
            .iter()
            .any(|start| address.starts_with(start.as_str()))
        {
            return false;
        }
        // A page that is planned is there, even if it is not online yet.
        let own = config.base_url.within(address);
        let own = own.and_then(|_| ledger::address(config, address).ok());
        own.is_none_or(|own| matches!(self.edition.site.answer(&own), Answer::Nothing))
    }

    fn articles(&mut self, archive: &Archive) {
        for article in &archive.articles {
            let article = &*article.content;
            let fields = [
                ("source_url", article.source_url.as_deref()),
                ("archived_url", article.archived_url.as_deref()),
                (
                    "license",
                    article.rights.as_ref().and_then(|r| r.license.as_deref()),
                ),
            ];
            if fields.iter().all(|(_, address)| address.is_none()) {
                continue;
            }
            let file = shown(&self.edition.config, &article.file);
            for (key, address) in fields {
                let Some(address) = address else { continue };
                let place = Place {
                    day: day(article),
                    is_kept: key == "source_url" && article.archived_url.is_some(),
                    ..field(Arc::clone(&file), key, 1)
                };
                self.add(address, place);
            }
        }
    }

    fn records(&mut self, archive: &Archive) {
        for record in archive.terms.iter().filter_map(|t| t.record.as_ref()) {
            if record.hidden || record.same_as.is_empty() {
                continue;
            }
            let file = shown(&self.edition.config, &record.file);
            for address in &record.same_as {
                self.add(address, field(Arc::clone(&file), "same_as", record.line));
            }
        }
    }
}

fn shown(config: &Config, file: &Utf8Path) -> Arc<Utf8Path> {
    let shown: Utf8PathBuf = content::shown(config, file);
    Arc::from(shown.as_path())
}
