//! `term.html`: the page of a person, place, topic, author, series; `section.html`: the front of a
//! section.

use schemars::JsonSchema;
use serde::Serialize;

use super::article::json;
use super::chart::ChartView;
use super::shelf::ShelfView;
use super::{Card, LocatorMap, NearbyPlace, PictureView, Shared, Stage, TermLink};
use crate::archive::{ArticleId, Term, TermId};
use crate::config::Kind;
use crate::content::markdown::Surroundings;
use crate::diagnostics::Diagnostic;
use crate::render::date_text::DateView;
use crate::render::json_ld;
use crate::site::Shelf;

/// `term` in `term.html` and `section.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TermView {
    /// Its name.
    pub name: String,
    /// What it is called: `person`.
    pub singular: String,
    /// The name of its taxonomy.
    pub taxonomy: String,
    /// A few words that tell it from its namesakes.
    pub description: Option<String>,
    /// Its portrait, or another picture of it.
    pub portrait: Option<PictureView>,
    /// People: date of birth.
    pub born: Option<Shared<DateView>>,
    /// People: date of death.
    pub died: Option<Shared<DateView>>,
    /// People: offices and professions.
    pub roles: Vec<String>,
    /// Places: degrees north and east.
    pub coordinates: Option<(f64, f64)>,
    /// The places it lies in or the wider topics, widest first.
    pub ancestors: Vec<Shared<TermLink>>,
    /// The places in it, or the narrower topics, with how many articles each has.
    pub children: Vec<TermLink>,
    /// Places: where it is.
    pub map: Option<LocatorMap>,
    /// Places: those that lie near it, the nearest first.
    pub nearby: Vec<NearbyPlace>,
    /// Other names that mean the same.
    pub aliases: Vec<String>,
    /// The addresses that identify it elsewhere.
    pub identifiers: Vec<Identifier>,
    /// Its biography or scope note as HTML.
    pub body: String,
    /// How many articles it has.
    pub total: usize,
    /// Its oldest dated article.
    pub first: Option<Shared<Card<'static>>>,
    /// Its newest dated article.
    pub latest: Option<Shared<Card<'static>>>,
    /// Its articles by year or month; nothing where there would be one bar.
    pub chart: Option<ChartView>,
    /// The terms that stand most often beside it, by taxonomy.
    pub companions: Vec<Companion>,
    /// Its feed, where it has one.
    pub feed: Option<String>,
    /// The table of its articles, where it has one.
    pub table: Option<String>,
    /// Its articles.
    pub shelf: ShelfView,
    /// `extra` of its record.
    pub extra: serde_json::Value,
}

/// An address that identifies a term elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Identifier {
    /// Who keeps it: `Wikidata`.
    pub authority: String,
    /// The identifier.
    pub value: String,
    /// Its address.
    pub url: String,
}

/// How many articles a year has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct YearCount {
    /// The year.
    pub year: i16,
    /// The year as the language writes it.
    pub label: String,
    /// How many articles.
    pub count: usize,
    /// The page of that year, where there is one.
    pub url: Option<String>,
}

/// The terms of one taxonomy that stand most often beside a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Companion {
    /// The name of the taxonomy in headings.
    pub label: String,
    /// The terms, with how many articles they share.
    pub terms: Vec<TermLink>,
}

/// How many companions are shown.
const COMPANIONS: usize = 24;
/// How many nearby places are shown, and from how far away in kilometres.
pub(in crate::render) const NEARBY: usize = 8;
pub(in crate::render) const WITHIN: f64 = 1500.0;

impl Stage<'_> {
    pub(super) fn term(&self, id: TermId, shelf: &Shelf) -> Result<String, Diagnostic> {
        let archive = self.scene.archive;
        let term = archive.term(id);
        let taxonomy = archive.taxonomy_of(id);
        let front = taxonomy.kind == Kind::Section;
        let (kind, template) = match front {
            true => ("section", "section.html"),
            false => ("term", "term.html"),
        };
        let view = self.term_view(template, id, shelf)?;
        let count = self.articles(view.total);
        let description = match &view.description {
            Some(description) => self.labelled(&format!("{}, {description}", term.name), &count),
            None => self.labelled(&term.name, &count),
        };
        let mut head = self.head(kind, term.name.clone(), description);
        head.json_ld = Some(json_ld::collection(self, &term.name, Some(id)));
        if let Some(portrait) = self.portrait_address(id) {
            head.picture(portrait);
        }
        if let Some(feed) = self.scene.site.feed_of(id) {
            head.feeds
                .insert(0, self.feed(term.name.clone(), &feed.url));
        }
        head.breadcrumbs = vec![self.crumb(self.label(taxonomy), &format!("/{}/", taxonomy.path))];
        self.fill(template, head, "term", &view)
    }

    fn term_view(&self, template: &str, id: TermId, shelf: &Shelf) -> Result<TermView, Diagnostic> {
        let archive = self.scene.archive;
        let wants = |field: &str| self.scene.theme.wants(template, "term", field);
        let term = archive.term(id);
        let record = term.record.as_ref();
        let is_dated = |id: &&ArticleId| archive.article(**id).content.date.is_some();
        let view = |date: Option<crate::content::Date>| date.as_ref().map(|date| self.date(date));
        let body = match record.filter(|record| record.has_text) {
            Some(record) => {
                let page = Surroundings {
                    pictures_above: record.portrait.is_some(),
                    ..Surroundings::default()
                };
                self.body((&record.file, record.mark), None, &[], page)?
            }
            None => String::new(),
        };
        let nearby = match wants("map") || wants("nearby") {
            true => archive.nearby(id, NEARBY, WITHIN),
            false => Vec::new(),
        };
        Ok(TermView {
            name: self.name(term),
            singular: self.singular(archive.taxonomy_of(id)).to_owned(),
            taxonomy: archive.taxonomy_of(id).name.clone(),
            description: record.and_then(|r| r.description.clone()),
            portrait: self.portrait(id),
            born: view(record.and_then(|r| r.born)),
            died: view(record.and_then(|r| r.died)),
            roles: record.map(|r| r.roles.clone()).unwrap_or_default(),
            coordinates: record.and_then(|r| r.coordinates),
            ancestors: self.ancestors(term),
            children: self.children(term),
            map: wants("map").then(|| self.locator(id, &nearby)).flatten(),
            nearby: self.nearby(&nearby),
            aliases: record.map(|r| r.aliases.clone()).unwrap_or_default(),
            identifiers: identifiers(term),
            body,
            total: term.articles.len(),
            first: term.articles.iter().find(is_dated).map(|a| self.card(*a)),
            latest: term
                .articles
                .iter()
                .rev()
                .find(is_dated)
                .map(|a| self.card(*a)),
            chart: wants("chart")
                .then(|| self.chart(&term.articles, &self.page.url))
                .flatten(),
            companions: match wants("companions") {
                true => self.companions(id),
                false => Vec::new(),
            },
            feed: self
                .scene
                .site
                .feed_of(id)
                .map(|page| self.link.to(&page.url)),
            table: self
                .scene
                .site
                .table_of(id)
                .map(|page| self.link.to(&page.url)),
            shelf: self.shelf_view(shelf),
            extra: record.map(|r| json(&r.extra)).unwrap_or_default(),
        })
    }

    fn portrait(&self, id: TermId) -> Option<PictureView> {
        let record = self.scene.archive.term(id).record.as_ref()?;
        let owner = self.owner(&record.file, &[])?;
        self.picture(&owner, record.portrait.as_ref()?)
    }

    fn ancestors(&self, term: &Term) -> Vec<Shared<TermLink>> {
        let archive = self.scene.archive;
        let mut above: Vec<Shared<TermLink>> =
            std::iter::successors(term.parent, |id| archive.term(*id).parent)
                .map(|id| self.named(id))
                .collect();
        above.reverse();
        above
    }

    fn children(&self, term: &Term) -> Vec<TermLink> {
        let archive = self.scene.archive;
        let shown = term
            .children
            .iter()
            .filter(|child| !archive.term(**child).is_hidden());
        shown
            .map(|child| self.term_link(*child, Some(archive.term(*child).articles.len())))
            .collect()
    }

    fn companions(&self, id: TermId) -> Vec<Companion> {
        let site = self.scene.site;
        let all = self.scene.archive.companions(id, COMPANIONS);
        self.by_taxonomy(&all, |other| {
            site.of_pair(id, other).map(|page| self.link.to(&page.url))
        })
    }

    /// Counted subjects by taxonomy; `with` is the page that a term shares with that of this page.
    pub(super) fn by_taxonomy(
        &self,
        counted: &[(TermId, usize)],
        with: impl Fn(TermId) -> Option<String>,
    ) -> Vec<Companion> {
        let archive = self.scene.archive;
        let taxonomies = archive.taxonomies.iter().enumerate();
        let companion = |(index, taxonomy)| {
            let of_this = counted.iter();
            let of_this = of_this.filter(|(term, _)| archive.term(*term).taxonomy == index);
            let terms: Vec<TermLink> = of_this
                .map(|(term, count)| TermLink {
                    with: with(*term),
                    ..self.term_link(*term, Some(*count))
                })
                .collect();
            (!terms.is_empty()).then(|| Companion {
                label: self.label(taxonomy).to_owned(),
                terms,
            })
        };
        taxonomies.filter_map(companion).collect()
    }
}

/// The addresses that identify a term elsewhere, as its record gives them.
pub(in crate::render) fn identifiers(term: &Term) -> Vec<Identifier> {
    let Some(record) = &term.record else {
        return Vec::new();
    };
    let plain = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
    let known = [
        (
            "Wikidata",
            &record.wikidata,
            "https://www.wikidata.org/entity/",
        ),
        ("VIAF", &record.viaf, "https://viaf.org/viaf/"),
        ("GeoNames", &record.geonames, "https://sws.geonames.org/"),
    ];
    let mut identifiers: Vec<Identifier> = known
        .into_iter()
        .filter_map(|(authority, id, base)| {
            let value = id.as_deref().filter(|id| plain(id))?.to_owned();
            Some(Identifier {
                authority: authority.to_owned(),
                url: format!("{base}{value}"),
                value,
            })
        })
        .collect();
    for url in record
        .same_as
        .iter()
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
    {
        let url = &crate::content::web_address(url);
        let host = url.split('/').nth(2).unwrap_or(url).to_owned();
        identifiers.push(Identifier {
            authority: host,
            value: url.clone(),
            url: url.clone(),
        });
    }
    identifiers
}

/// Whether the records of a kind tell of a life.
pub(super) fn has_life(kind: Kind) -> bool {
    matches!(kind, Kind::Person | Kind::Author)
}
