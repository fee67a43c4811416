//! `shelf.html`: a stretch of time, of the whole archive or of a term.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Card, Link, Shared, Stage};
use crate::archive::{ArticleId, TermId};
use crate::diagnostics::Diagnostic;
use crate::render::head::Head;
use crate::render::json_ld;
use crate::site::{self, Place, Shelf, ShelfOf, divisions};

/// `shelf` in `shelf.html`, and `term.shelf` in `term.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShelfView {
    /// The stretch of time: `April 2019`; nothing on the first page of a term.
    pub title: String,
    /// The term, or the two, where it is their shelf.
    pub term: Option<String>,
    /// How many articles it holds.
    pub total: usize,
    /// The articles that are shown one by one.
    pub articles: Vec<Shared<Card<'static>>>,
    /// Whether only the newest are shown, and the rest stands under the divisions.
    pub newest_only: bool,
    /// The narrower stretches, with how many articles each holds.
    pub divisions: Vec<Division>,
    /// The numbered parts of the same stretch, where there are several.
    pub parts: Vec<Link>,
    /// The stretch before of the same width that holds anything.
    pub previous: Option<Link>,
    /// The stretch after.
    pub next: Option<Link>,
}

/// A narrower stretch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Division {
    /// Its name: `April`, `25 April 2019`.
    pub label: String,
    /// Its page.
    pub url: String,
    /// How many articles it holds.
    pub count: usize,
}

impl Stage<'_> {
    pub(super) fn shelf(&self, shelf: &Shelf) -> Result<String, Diagnostic> {
        let Place {
            year,
            month,
            day,
            part,
            ..
        } = shelf.place;
        match (shelf.of, year, month, day) {
            (ShelfOf::Term(term), ..) if shelf.place == Place::ALL => self.term(term, shelf),
            (ShelfOf::Pair(a, b), ..) if shelf.place == Place::ALL => {
                self.intersection(shelf, a, b)
            }
            (ShelfOf::Archive, Some(year), None, _) if part == 1 => self.year_page(shelf, year),
            (ShelfOf::Archive, Some(year), Some(month), None) if part == 1 => {
                self.month_page(shelf, year, month)
            }
            (ShelfOf::Archive, Some(year), Some(month), Some(day)) => {
                self.day_page(shelf, (year, month, day))
            }
            _ => {
                let view = self.shelf_view(shelf);
                let head = self.shelf_head("shelf", shelf, &view);
                self.fill("shelf.html", head, "shelf", &view)
            }
        }
    }

    /// The head of a stretch of time.
    pub(super) fn shelf_head(&self, kind: &'static str, shelf: &Shelf, view: &ShelfView) -> Head {
        let title = match &view.term {
            Some(name) => format!("{name}, {}", view.title),
            None => view.title.clone(),
        };
        let title = self.in_parts(title, shelf.place.part);
        let count = self.articles(view.total);
        let mut head = self.head(kind, title.clone(), self.labelled(&title, &count));
        head.json_ld = Some(json_ld::collection(self, &title, None));
        head.breadcrumbs = self.shelf_crumbs(shelf);
        head
    }

    pub(super) fn shelf_view(&self, shelf: &Shelf) -> ShelfView {
        let archive = self.scene.archive;
        let ids = site::articles(self.scene.site, archive, shelf.of);
        let root = site::root(archive, shelf.of);
        let first_page = shelf.place == Place::ALL;
        let shown = &ids[shelf.shows.clone()];
        // The first page of a term shows the latest first; a stretch of time is read forward.
        let articles = if first_page {
            self.cards(shown.iter().rev().copied())
        } else {
            self.cards(shown.iter().copied())
        };
        let always = shelf.of == ShelfOf::Archive && shelf.place.day.is_none();
        let divisions = if shelf.divided || always {
            self.divisions(&ids, shelf, &root)
        } else {
            Vec::new()
        };
        let (previous, next) = if first_page {
            (None, None)
        } else {
            self.stretches_beside(&ids, shelf, &root)
        };
        ShelfView {
            title: self.place_title(&shelf.place),
            term: match shelf.of {
                ShelfOf::Term(term) => Some(self.name(archive.term(term))),
                ShelfOf::Pair(a, b) => Some(self.pair_name(a, b)),
                ShelfOf::Archive => None,
            },
            total: shelf.holds.len(),
            articles,
            newest_only: first_page && shelf.divided,
            divisions,
            parts: self.parts(shelf, &root),
            previous,
            next,
        }
    }

    fn divisions(&self, ids: &[ArticleId], shelf: &Shelf, root: &str) -> Vec<Division> {
        let place = Place {
            part: 1,
            ..shelf.place
        };
        let mut divisions: Vec<Division> = divisions(self.scene.archive, ids, &place, &shelf.holds)
            .into_iter()
            .map(|(place, count)| Division {
                label: self.division_label(&place),
                url: self.link.to(&format!("{root}{}", place.path())),
                count,
            })
            .collect();
        if shelf.place == Place::ALL {
            divisions.reverse();
        }
        divisions
    }

    fn parts(&self, shelf: &Shelf, root: &str) -> Vec<Link> {
        if shelf.parts < 2 {
            return Vec::new();
        }
        let url = |part: usize| {
            format!(
                "{root}{}",
                Place {
                    part,
                    ..shelf.place
                }
                .path()
            )
        };
        (1..=shelf.parts)
            .map(|part| self.crumb(self.number(part), &url(part)))
            .collect()
    }

    /// The stretches of the same width on both sides that hold anything.
    fn stretches_beside(
        &self,
        ids: &[ArticleId],
        shelf: &Shelf,
        root: &str,
    ) -> (Option<Link>, Option<Link>) {
        let (before, after) = site::beside(self.scene.archive, ids, shelf);
        let link = |place: Option<Place>| {
            let place = place?;
            let url = format!("{root}{}", place.path());
            self.scene
                .site
                .has(&url)
                .then(|| self.crumb(self.place_title(&place), &url))
        };
        (link(before), link(after))
    }

    fn shelf_crumbs(&self, shelf: &Shelf) -> Vec<Link> {
        let root = site::root(self.scene.archive, shelf.of);
        let mut crumbs = Vec::new();
        match shelf.of {
            ShelfOf::Archive => crumbs.extend(self.years_crumb()),
            ShelfOf::Term(term) => crumbs.extend(self.term_crumbs(term)),
            ShelfOf::Pair(a, b) => {
                crumbs.extend(self.term_crumbs(a));
                crumbs.push(self.crumb(self.pair_name(a, b), &root));
            }
        }
        let mut above: Vec<Place> = std::iter::successors(shelf.place.parent(), Place::parent)
            .filter(|place| *place != Place::ALL)
            .collect();
        above.reverse();
        for place in above {
            let url = format!("{root}{}", place.path());
            if self.scene.site.has(&url) {
                crumbs.push(self.crumb(self.division_label(&place), &url));
            }
        }
        crumbs
    }

    /// The ways to the page of all years.
    pub(super) fn years_crumb(&self) -> Option<Link> {
        let years = self.scene.site.years()?;
        Some(self.crumb(self.words.text("years"), &years.url))
    }

    /// The ways to a term: its taxonomy and itself.
    pub(super) fn term_crumbs(&self, id: TermId) -> Vec<Link> {
        let archive = self.scene.archive;
        let taxonomy = archive.taxonomy_of(id);
        let root = site::root(archive, ShelfOf::Term(id));
        vec![
            self.crumb(self.label(taxonomy), &format!("/{}/", taxonomy.path)),
            self.crumb(self.name(archive.term(id)), &root),
        ]
    }

    /// A stretch by its whole name.
    pub(super) fn place_title(&self, place: &Place) -> String {
        match place.year {
            Some(year) => self.words.stretch(year, place.month, place.day),
            None if place.undated => self.words.text("undated").to_owned(),
            None => String::new(),
        }
    }

    /// A stretch as it is called below a wider one.
    pub(super) fn division_label(&self, place: &Place) -> String {
        match (place.year, place.month, place.day) {
            (_, Some(month), Some(day)) => self.words.day_of_year(month, day),
            (_, Some(month), None) => self.words.month(month).to_owned(),
            (Some(year), ..) => self.words.stretch(year, None, None),
            _ => self.words.text("undated").to_owned(),
        }
    }

    /// A title, with the number of its part where it has several.
    pub(super) fn in_parts(&self, title: String, part: usize) -> String {
        if part > 1 {
            self.words.say("title_part", part, &[("title", &title)])
        } else {
            title
        }
    }
}
