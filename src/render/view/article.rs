//! `article.html` and `page.html`.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Card, CitationView, Link, PictureView, Shared, Stage, TermLink, TranslationView};
use crate::archive::{ArticleId, TermId};
use crate::config::Kind;
use crate::content::markdown::Surroundings;
use crate::content::{Print, Value};
use crate::diagnostics::Diagnostic;
use crate::digest::Digest;
use crate::render::body;
use crate::render::citation::Source;
use crate::render::date_text::DateView;
use crate::site::anchor;

/// `article` in `article.html`, and in `page.html` with only a title, a body and `extra`.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct ArticleView {
    /// The headline.
    pub title: String,
    /// The line below it.
    pub deck: Option<String>,
    /// The authors.
    pub byline: Vec<Shared<TermLink>>,
    /// The wire services credited.
    pub agencies: Vec<String>,
    /// Where it was filed from, as it was printed.
    pub dateline: Option<String>,
    /// The place it was filed from.
    pub filed_from: Option<Shared<TermLink>>,
    /// When it was published, as far as that is known.
    pub date: Option<Shared<DateView>>,
    /// The pages of its year, month and day, widest first.
    pub date_links: Vec<Link>,
    /// When it was last changed.
    pub updated: Option<Shared<DateView>>,
    /// Its section.
    pub section: Option<Shared<TermLink>>,
    /// Its series.
    pub series: Option<Shared<TermLink>>,
    /// Its kind, where it has one: `opinion`.
    pub kind: Option<String>,
    /// Its language.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// The article in other languages.
    pub translations: Vec<TranslationView>,
    /// Its text as HTML.
    pub body: String,
    /// Its words.
    pub words: u32,
    /// Its pictures.
    pub pictures: Vec<PictureView>,
    /// Whether names or passages were taken out of it, so that readers are told.
    pub redacted: bool,
    /// What was corrected, latest first.
    pub corrections: Vec<CorrectionView>,
    /// The corrections log, where this article has corrections and the log is there.
    pub corrections_log: Option<String>,
    /// Where it stood on paper.
    pub print: Option<Print>,
    /// Where it was first online.
    pub source_url: Option<String>,
    /// A snapshot of that page.
    pub archived_url: Option<String>,
    /// The notice of rights.
    pub rights: Option<String>,
    /// Its people, places, topics and further subjects.
    pub terms: Vec<TermGroup>,
    /// Related articles with the reason.
    pub related: Vec<RelatedView>,
    /// The article before it in time.
    pub previous: Option<Shared<Card<'static>>>,
    /// The article after it in time.
    pub next: Option<Shared<Card<'static>>>,
    /// The article before it in its series.
    pub previous_in_series: Option<Shared<Card<'static>>>,
    /// The article after it in its series.
    pub next_in_series: Option<Shared<Card<'static>>>,
    /// How to cite it.
    pub citation: CitationView,
    /// Its whole address.
    pub permalink: String,
    /// `extra` of its front matter.
    pub extra: serde_json::Value,
}

/// A correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CorrectionView {
    /// Its anchor on the page.
    pub anchor: String,
    /// When it was made.
    pub date: Option<Shared<DateView>>,
    /// What was wrong and what is right.
    pub text: String,
    /// `correction`, `clarification`, `update` or `retraction`.
    pub kind: String,
}

/// The terms of an article in one taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TermGroup {
    /// The name of the taxonomy.
    pub taxonomy: String,
    /// Its name in headings.
    pub label: String,
    /// What the article is mainly about.
    pub about: Vec<Shared<TermLink>>,
    /// What it mentions besides.
    pub mentions: Vec<Shared<TermLink>>,
}

/// A related article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RelatedView {
    /// The article.
    pub article: Shared<Card<'static>>,
    /// The terms both have, rarest first; none where the editor named it.
    pub shared: Vec<Shared<TermLink>>,
}

impl Stage<'_> {
    pub(super) fn article(&self, id: ArticleId) -> Result<String, Diagnostic> {
        let source = self.source(id);
        let view = self.article_view(id, &source)?;
        let mut head = self.article_head(id, &source);
        head.breadcrumbs = view.date_links.clone();
        self.fill("article.html", head, "article", &view)
    }

    fn article_view(&self, id: ArticleId, source: &Source<'_>) -> Result<ArticleView, Diagnostic> {
        let scene = self.scene;
        let archive = scene.archive;
        let article = archive.article(id);
        let content = &article.content;
        let language = self.language(content.language.as_deref());
        let of_kind = |kind: Kind| {
            article
                .terms
                .iter()
                .copied()
                .filter(move |t| archive.taxonomy_of(*t).kind == kind)
        };
        let wants = |field: &str| scene.theme.wants("article.html", "article", field);
        let links = |kind: Kind| of_kind(kind).map(|term| self.named(term));
        let (previous, next) = archive.neighbours(id);
        let beside = wants("previous_in_series") || wants("next_in_series");
        let series = of_kind(Kind::Series).next().filter(|_| beside);
        let (previous_in_series, next_in_series) =
            series.map_or((None, None), |term| self.beside(term, id));
        Ok(ArticleView {
            title: self.set(&content.title, &language),
            deck: content
                .deck
                .as_deref()
                .map(|deck| self.set(deck, &language)),
            byline: links(Kind::Author).collect(),
            agencies: content.agencies.to_vec(),
            dateline: content
                .dateline
                .as_ref()
                .map(|dateline| dateline.text.clone()),
            filed_from: article.filed_from.map(|place| self.named(place)),
            date: content.date.as_ref().map(|date| self.date(date)),
            date_links: self.date_links(id),
            updated: content.updated.as_ref().map(|date| self.date(date)),
            section: links(Kind::Section).next(),
            series: links(Kind::Series).next(),
            kind: content.kind.map(str::to_owned),
            direction: self.scene.theme.direction(&language).to_owned(),
            language,
            translations: self.translations(id),
            body: self.body(
                (&content.file, content.mark),
                content.language.as_deref(),
                &content.body.headings,
                body::surroundings(scene, id, &self.link),
            )?,
            words: content.body.words,
            pictures: self.pictures(id),
            redacted: content.redacted,
            corrections: self.corrections(id),
            corrections_log: self.log_of(id),
            print: content.print.as_deref().cloned(),
            source_url: content.source_url.as_deref().map(str::to_owned),
            archived_url: content.archived_url.as_deref().map(str::to_owned),
            rights: self.rights(article).map(str::to_owned),
            terms: if_wanted(wants("terms"), || self.term_groups(id)),
            related: if_wanted(wants("related"), || self.related(id)),
            previous: previous
                .filter(|_| wants("previous"))
                .map(|id| self.card(id)),
            next: next.filter(|_| wants("next")).map(|id| self.card(id)),
            previous_in_series,
            next_in_series,
            citation: if_wanted(wants("citation"), || source.view()),
            permalink: self.link.absolute(&self.page.url),
            extra: json(content.extra.as_deref().unwrap_or(&Value::Null)),
        })
    }

    pub(super) fn body(
        &self,
        (file, mark): (&camino::Utf8Path, Digest),
        language: Option<&str>,
        headings: &[Box<str>],
        page: Surroundings,
    ) -> Result<String, Diagnostic> {
        match self.owner(file, headings) {
            Some(owner) => body::html(self.scene, (&owner, mark), language, page, &self.link),
            None => Ok(String::new()),
        }
    }

    /// The neighbours of an article on the shelf of a term.
    fn beside(
        &self,
        term: TermId,
        id: ArticleId,
    ) -> (Option<Shared<Card<'static>>>, Option<Shared<Card<'static>>>) {
        let shelf = &self.scene.archive.term(term).articles;
        let at = shelf.partition_point(|other| *other < id);
        let before = at.checked_sub(1).and_then(|index| shelf.get(index));
        (
            before.map(|id| self.card(*id)),
            shelf.get(at + 1).map(|id| self.card(*id)),
        )
    }

    /// The shelves of its date, widest first.
    fn date_links(&self, id: ArticleId) -> Vec<Link> {
        let Some(date) = self.scene.archive.article(id).content.date else {
            return vec![self.crumb(self.words.text("undated"), "/undated/")];
        };
        let mut url = format!("/{:04}/", date.year());
        let mut links = vec![self.crumb(self.words.stretch(date.year(), None, None), &url)];
        if let Some(month) = date.month() {
            url.push_str(&format!("{month:02}/"));
            links.push(self.crumb(self.words.month(month), &url));
            if let Some(day) = date.day() {
                url.push_str(&format!("{day:02}/"));
                links.push(self.crumb(self.words.number(day.into()), &url));
            }
        }
        links
    }

    fn corrections(&self, id: ArticleId) -> Vec<CorrectionView> {
        let content = &self.scene.archive.article(id).content;
        let language = self.language(content.language.as_deref());
        let latest_first = content.corrections.iter().enumerate().rev();
        latest_first
            .map(|(index, correction)| CorrectionView {
                anchor: anchor(index),
                date: correction.date.as_ref().map(|date| self.date(date)),
                text: self.set(&correction.text, &language),
                kind: correction.kind.to_owned(),
            })
            .collect()
    }

    fn log_of(&self, id: ArticleId) -> Option<String> {
        let content = &self.scene.archive.article(id).content;
        if content.corrections.is_empty() {
            return None;
        }
        let log = self.scene.site.corrections_log()?;
        Some(self.link.to(&log.url))
    }

    fn term_groups(&self, id: ArticleId) -> Vec<TermGroup> {
        let archive = self.scene.archive;
        let article = archive.article(id);
        let mut groups = Vec::new();
        for (index, taxonomy) in archive
            .taxonomies
            .iter()
            .enumerate()
            .filter(|(_, t)| t.subject)
        {
            let (about, mentions): (Vec<TermId>, Vec<TermId>) = archive
                .terms_in(id, index)
                .partition(|term| article.about.contains(term));
            if about.is_empty() && mentions.is_empty() {
                continue;
            }
            let links = |terms: Vec<TermId>| terms.into_iter().map(|t| self.named(t)).collect();
            groups.push(TermGroup {
                taxonomy: taxonomy.name.clone(),
                label: self.label(taxonomy).to_owned(),
                about: links(about),
                mentions: links(mentions),
            });
        }
        groups
    }

    fn related(&self, id: ArticleId) -> Vec<RelatedView> {
        let most = self.scene.config.settings.related.count;
        let archive = self.scene.archive;
        let known = self.scene.frames.related(id).map(Cow::Borrowed);
        let related = known.unwrap_or_else(|| archive.related(id, most).into());
        let related = archive.reasons(id, &related).into_iter();
        related
            .map(|related| RelatedView {
                article: self.card(related.article),
                shared: related
                    .shared
                    .into_iter()
                    .take(4)
                    .map(|t| self.named(t))
                    .collect(),
            })
            .collect()
    }

    pub(super) fn text_page(&self, index: usize) -> Result<String, Diagnostic> {
        let text = &self.scene.archive.pages[index];
        let language = self.language(text.language.as_deref());
        let view = ArticleView {
            title: self.set(&text.title, &language),
            direction: self.scene.theme.direction(&language).to_owned(),
            body: self.body(
                (&text.file, text.mark),
                text.language.as_deref(),
                &text.headings,
                Surroundings {
                    title_is_heading: text.title_is_heading,
                    ..Surroundings::default()
                },
            )?,
            updated: text.updated.as_ref().map(|date| self.date(date)),
            permalink: self.link.absolute(&self.page.url),
            extra: json(&text.extra),
            language,
            ..ArticleView::default()
        };
        let description = text
            .description
            .clone()
            .unwrap_or_else(|| text.summary.clone());
        let mut head = self.head("page", text.title.clone(), description);
        head.noindex = text.noindex;
        self.fill("page.html", head, "article", &view)
    }
}

/// What a template has a place for; nothing where it has none.
fn if_wanted<T: Default>(wanted: bool, make: impl FnOnce() -> T) -> T {
    if wanted { make() } else { T::default() }
}

/// A front matter value for a template.
pub(super) fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(text) => text
            .parse::<serde_json::Number>()
            .map_or_else(|_| text.as_str().into(), Into::into),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| (key.clone(), json(value)));
            serde_json::Value::Object(entries.collect())
        }
    }
}
