//! The cards of articles, kept for the next list that shows one: an article stands on a dozen.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use super::{Card, Shared, Stage};
use crate::archive::ArticleId;
use crate::config::Kind;
use crate::content::typography;

/// The most articles of which every card is kept, a kilobyte each and more where summaries are long.
/// The pages of large terms ask for cards of all times: where fewer were kept, a fifth of a build was
/// to make the same cards again.
const ALL: usize = 1 << 17;

/// How many cards are kept of a larger archive. Lists of neighbours in time, which most pages are,
/// find theirs among so many however large it is.
const KEPT: usize = 1 << 14;

/// Cards as all pages of one language show them, a bounded number at a time.
#[derive(Debug, Default)]
pub(in crate::render) struct Cards {
    /// Articles whose ids are alike modulo the number of places share one.
    places: Box<[Place]>,
}

type Place = Mutex<Option<(ArticleId, Shared<Card<'static>>)>>;

impl Cards {
    /// Room for the cards of this many articles, or of as many as are kept.
    pub(in crate::render) fn new(articles: usize) -> Cards {
        let kept = if articles > ALL { KEPT } else { articles };
        let places = (0..kept).map(|_| Mutex::new(None));
        Cards {
            places: places.collect(),
        }
    }

    /// The card of an article, made where it is not there.
    pub(super) fn get(
        &self,
        id: ArticleId,
        make: impl FnOnce() -> Shared<Card<'static>>,
    ) -> Shared<Card<'static>> {
        let Some(place) = self.place(id) else {
            return make();
        };
        let kept = place.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, card)) = kept.filter(|(of, _)| *of == id) {
            return card;
        }
        let card = make();
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some((id, card.clone()));
        card
    }

    /// Lets go of the card of an article that says something else by now.
    pub(in crate::render) fn forget(&self, id: ArticleId) {
        if let Some(place) = self.place(id) {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    fn place(&self, id: ArticleId) -> Option<&Place> {
        let index = (id.0 as usize).checked_rem(self.places.len())?;
        self.places.get(index)
    }
}

impl Stage<'_> {
    /// An article in a list on this page.
    pub(super) fn card(&self, id: ArticleId) -> Shared<Card<'static>> {
        match &self.frame.rooted {
            Some(rooted) => rooted.cards.get(id, || self.new_card(id)),
            None => self.new_card(id),
        }
    }

    fn new_card(&self, id: ArticleId) -> Shared<Card<'static>> {
        let archive = self.scene.archive;
        let settings = &self.scene.config.settings;
        let article = archive.article(id);
        let content = &article.content;
        let of_kind = |kind: Kind| {
            let terms = article
                .terms
                .iter()
                .filter(move |t| archive.taxonomy_of(**t).kind == kind);
            terms.map(|term| archive.term(*term).name.as_str())
        };
        let language = content.language.as_deref().unwrap_or(&settings.language);
        let set = |text| match settings.markdown.smart {
            true => typography::set(text, language),
            false => Cow::Borrowed(text),
        };
        Shared::of(&Card {
            title: set(&content.title),
            url: self.link.to(&self.scene.site.of_article(id).url),
            date: content.date.as_ref().map(|date| self.date(date)),
            deck: content.deck.as_deref().map(set),
            summary: set(content.summary()),
            kind: content.kind,
            byline: of_kind(Kind::Author).collect(),
            section: of_kind(Kind::Section).next(),
            direction: self.scene.theme.direction(language),
            language,
        })
    }

    pub(super) fn cards(
        &self,
        ids: impl IntoIterator<Item = ArticleId>,
    ) -> Vec<Shared<Card<'static>>> {
        ids.into_iter().map(|id| self.card(id)).collect()
    }
}
