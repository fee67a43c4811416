//! `intersection.html`: what two people, places or topics share.

use schemars::JsonSchema;
use serde::Serialize;

use super::chart::ChartView;
use super::shelf::ShelfView;
use super::term::Companion;
use super::{Card, Shared, Stage, TermLink};
use crate::archive::{ArticleId, TermId};
use crate::diagnostics::Diagnostic;
use crate::render::json_ld;
use crate::site::{self, Shelf};

/// `intersection` in `intersection.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IntersectionView {
    /// Both by name: `Kim Jong-un and Hanoi`.
    pub title: String,
    /// The two. How many articles each has is not told: that changes without this page.
    pub pair: (Shared<TermLink>, Shared<TermLink>),
    /// How many articles they share.
    pub total: usize,
    /// The oldest dated article that they share.
    pub first: Option<Shared<Card<'static>>>,
    /// The newest.
    pub latest: Option<Shared<Card<'static>>>,
    /// Those articles by year or month; nothing where there would be one bar.
    pub chart: Option<ChartView>,
    /// What else appears with both, by taxonomy.
    pub companions: Vec<Companion>,
    /// The articles.
    pub shelf: ShelfView,
}

/// How many companions of both are named.
const COMPANIONS: usize = 12;

impl Stage<'_> {
    pub(super) fn intersection(
        &self,
        shelf: &Shelf,
        a: TermId,
        b: TermId,
    ) -> Result<String, Diagnostic> {
        let archive = self.scene.archive;
        let ids = site::articles(self.scene.site, archive, shelf.of);
        let root = site::root(archive, shelf.of);
        let wants = |field| {
            let theme = self.scene.theme;
            theme.wants("intersection.html", "intersection", field)
        };
        let met = match wants("companions") {
            true => archive.met_in(&ids, &[a, b], COMPANIONS),
            false => Vec::new(),
        };
        let is_dated = |id: &&ArticleId| archive.article(**id).content.date.is_some();
        let view = IntersectionView {
            title: self.pair_name(a, b),
            pair: (self.named(a), self.named(b)),
            first: ids.iter().find(is_dated).map(|id| self.card(*id)),
            latest: ids.iter().rev().find(is_dated).map(|id| self.card(*id)),
            total: ids.len(),
            chart: wants("chart").then(|| self.chart(&ids, &root)).flatten(),
            companions: self.by_taxonomy(&met, |_| None),
            shelf: self.shelf_view(shelf),
        };
        let title = view.title.clone();
        let description = self.labelled(&title, &self.articles(view.total));
        let mut head = self.head("intersection", title.clone(), description);
        head.json_ld = Some(json_ld::collection(self, &title, None));
        head.breadcrumbs = self.term_crumbs(a);
        self.fill("intersection.html", head, "intersection", &view)
    }

    /// Two terms in one breath.
    pub(super) fn pair_name(&self, a: TermId, b: TermId) -> String {
        let archive = self.scene.archive;
        let (a, b) = (self.name(archive.term(a)), self.name(archive.term(b)));
        format!("{a}{}{b}", self.words.joints().pair)
    }
}
