//! `day.html`: a day as the front page of its paper might have been.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::shelf::ShelfView;
use super::{Card, Shared, Stage, TermLink};
use crate::archive::{ArticleId, TermId};
use crate::config::Kind;
use crate::diagnostics::Diagnostic;
use crate::site::Shelf;

/// `day` in `day.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DayView {
    /// The day with its weekday: `Thursday, 25 April 2019`.
    pub title: String,
    /// Its shelf, with the days before and after; its articles in the order of their times.
    pub shelf: ShelfView,
    /// The story to begin with.
    pub lead: Option<Shared<Card<'static>>>,
    /// The three next in weight.
    pub seconds: Vec<Shared<Card<'static>>>,
    /// All others by section, those without one last.
    pub sections: Vec<DaySection>,
}

/// The further articles of a day in one section.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DaySection {
    /// The section; nothing for articles without one.
    pub section: Option<Shared<TermLink>>,
    /// Its articles.
    pub articles: Vec<Shared<Card<'static>>>,
}

/// How many stories stand below the lead.
const SECONDS: usize = 3;
/// A picture weighs as much as so many words.
const PICTURE: usize = 300;

impl Stage<'_> {
    pub(super) fn day_page(
        &self,
        shelf: &Shelf,
        (year, month, day): (i16, i8, i8),
    ) -> Result<String, Diagnostic> {
        let view = self.shelf_view(shelf);
        let every = self.scene.site.every();
        let ids = every.get(shelf.shows.clone()).unwrap_or_default();
        let mut heaviest = ids.to_vec();
        heaviest.sort_by_key(|id| Reverse(self.weight(*id)));
        heaviest.truncate(1 + SECONDS);
        let mut rest: BTreeMap<(bool, Option<TermId>), Vec<Shared<Card<'static>>>> =
            BTreeMap::new();
        for id in ids.iter().filter(|id| !heaviest.contains(id)) {
            let section = self.section_of(*id);
            let cards = rest.entry((section.is_none(), section)).or_default();
            cards.push(self.card(*id));
        }
        let weekday = self.words.weekday(year, month, day);
        let parts = [("weekday", weekday.as_str()), ("date", view.title.as_str())];
        let title = self.words.say("weekday_date", 0, &parts);
        let mut head = self.shelf_head("day", shelf, &view);
        head.title = self.in_parts(title.clone(), shelf.place.part);
        let mut heaviest = self.cards(heaviest).into_iter();
        let view = DayView {
            title,
            shelf: view,
            lead: heaviest.next(),
            seconds: heaviest.collect(),
            sections: rest
                .into_iter()
                .map(|((_, section), articles)| DaySection {
                    section: section.map(|term| self.named(term)),
                    articles,
                })
                .collect(),
        };
        self.fill("day.html", head, "day", &view)
    }

    fn section_of(&self, id: ArticleId) -> Option<TermId> {
        let archive = self.scene.archive;
        let mut terms = archive.article(id).terms.iter().copied();
        terms.find(|term| archive.taxonomy_of(*term).kind == Kind::Section)
    }

    /// How much an article weighs on its day: a story before a brief, a letter or a picture with
    /// its caption, then by its length and pictures. What weighs the same keeps its order.
    pub(super) fn weight(&self, id: ArticleId) -> (bool, usize) {
        let content = &self.scene.archive.article(id).content;
        let story = !matches!(content.kind, Some("brief" | "letter" | "photo"));
        let pictures = if content.pictures.is_empty() {
            0
        } else {
            PICTURE
        };
        let words = usize::try_from(content.body.words).unwrap_or(usize::MAX);
        (story, words.saturating_add(pictures))
    }
}
