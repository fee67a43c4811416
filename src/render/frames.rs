//! What is the same on all pages of one language, made once: the ways out of a page, and the
//! dates and terms that pages name again and again.

use std::sync::OnceLock;

use super::Scene;
use super::date_text::{self, DateView};
use super::link::Linker;
use super::sitemap::Changes;
use super::theme::{Theme, Voice};
use super::view::{Cards, Feed, Joints, Link, Shared, TermLink};
use crate::archive::{Archive, ArticleId, Coverage, TermId};
use crate::config::{Config, Taxonomy};
use crate::content::Date;
use crate::language::Language;
use crate::site::Site;

/// What is the same on all pages, for each language that pages are made in.
#[derive(Debug)]
pub struct Frames {
    frames: Vec<Frame>,
    /// Every date of an article up to its day, sorted.
    dates: Vec<Known>,
    /// When the articles last changed, for the sitemaps. What moves that files the archive anew.
    changes: OnceLock<Changes>,
    /// What the archive lacks, which moves with the filing of articles alone too.
    coverage: OnceLock<Coverage>,
    /// The articles related to each, where they were found before its page is made; none where no
    /// page tells of them.
    related: Vec<OnceLock<Box<[ArticleId]>>>,
}

/// A date as far as it is known, and whether that is sure: the year, the month, the day.
type Known = (i16, i8, i8, bool);

/// What is the same on all pages in one language.
#[derive(Debug)]
pub(super) struct Frame {
    /// The doors to every taxonomy that has terms, to all years, and to this day.
    pub(super) doors: Vec<Way>,
    /// The pages about the archive: the site's own, then morgue's.
    pub(super) pages: Vec<Way>,
    pub(super) joints: Shared<Joints>,
    /// What only pages with links from the root of the host have in common.
    pub(super) rooted: Option<Rooted>,
    dates: Vec<OnceLock<Shared<DateView>>>,
}

/// What pages with links from the root of the host have in common.
#[derive(Debug)]
pub(super) struct Rooted {
    /// The files of the theme by name, each with its address.
    pub(super) theme: Shared<std::collections::BTreeMap<String, String>>,
    /// The feeds of the whole site.
    pub(super) feeds: [Shared<Feed>; 2],
    terms: Vec<OnceLock<Shared<TermLink>>>,
    /// Articles in lists.
    pub(super) cards: Cards,
}

/// A way out that stands on every page.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) label: String,
    /// Where it leads, seen from the root of the site.
    pub(super) url: String,
    pub(super) of: Behind,
    /// The link elsewhere, and the link on the pages that are behind it, where all pages write it
    /// alike.
    pub(super) links: Option<[Shared<Link>; 2]>,
}

/// Which pages a way leads to: on them it is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    /// One page.
    Page,
    /// The page and all below it.
    Below,
    /// All that is told by dates.
    Dates,
}

impl Frames {
    /// What the pages of a site have in common.
    pub fn new(config: &Config, archive: &Archive, site: &Site, theme: &Theme) -> Frames {
        let dated = archive.articles.iter().filter_map(|a| a.content.date);
        let mut dates: Vec<Known> = dated.map(|date| known(&date)).collect();
        dates.sort_unstable();
        dates.dedup();
        let rooted = !config.settings.relative_urls;
        let linker = Linker::new(&config.base_url, "/", false);
        let frame = |voice: &Voice| {
            let words = &voice.language;
            let linked = |mut ways: Vec<Way>| {
                for way in ways.iter_mut().filter(|_| rooted) {
                    let link = |current| Shared::new(&way.link(&linker, current));
                    way.links = Some([link(false), link(true)]);
                }
                ways
            };
            Frame {
                doors: linked(doors(archive, site, words)),
                pages: linked(pages(archive, site, words)),
                joints: Shared::new(&Joints {
                    pair: words.joints().pair.clone(),
                    middle: words.joints().middle.clone(),
                    last: words.joints().last.clone(),
                }),
                rooted: rooted.then(|| Rooted {
                    theme: Shared::new(&theme_files(theme, &linker)),
                    feeds: feeds(config, &linker),
                    terms: archive.terms.iter().map(|_| OnceLock::new()).collect(),
                    cards: Cards::new(archive.articles.len()),
                }),
                dates: dates.iter().map(|_| OnceLock::new()).collect(),
            }
        };
        Frames {
            frames: theme.voices().map(frame).collect(),
            dates,
            changes: OnceLock::new(),
            coverage: OnceLock::new(),
            related: match config.settings.related.count > 0
                && theme.wants("article.html", "article", "related")
            {
                true => archive.articles.iter().map(|_| OnceLock::new()).collect(),
                false => Vec::new(),
            },
        }
    }

    /// Whether the pages of articles tell of related ones.
    pub(super) fn has_related(&self) -> bool {
        !self.related.is_empty()
    }

    /// The articles related to one, which `find` finds and which its page then shows.
    pub(super) fn note_related(
        &self,
        id: ArticleId,
        find: impl FnOnce() -> Vec<ArticleId>,
    ) -> &[ArticleId] {
        let place = self.related.get(id.0 as usize);
        place.map_or(&[], |place| place.get_or_init(|| find().into()))
    }

    /// The articles related to one, if they were found before.
    pub(super) fn related(&self, id: ArticleId) -> Option<&[ArticleId]> {
        self.related.get(id.0 as usize)?.get().map(|ids| &**ids)
    }

    /// When the articles of the archive last changed.
    pub(super) fn changes(&self, scene: &Scene<'_>) -> &Changes {
        self.changes.get_or_init(|| Changes::new(scene))
    }

    /// What the archive holds and lacks.
    pub(super) fn coverage(&self, scene: &Scene<'_>) -> &Coverage {
        if let Some(known) = self.coverage.get() {
            return known;
        }
        // Found on all processors, which others may use who come here too: nobody waits.
        let found = scene.archive.coverage(&scene.config.settings.language);
        self.coverage.get_or_init(|| found)
    }

    /// Takes in that an article says something else by now.
    pub fn forget(&self, id: ArticleId) {
        let rooted = self.frames.iter().filter_map(|f| f.rooted.as_ref());
        rooted.for_each(|rooted| rooted.cards.forget(id));
    }

    /// What the pages in a language have in common.
    pub(super) fn of(&self, voice: &Voice) -> &Frame {
        &self.frames[voice.place]
    }

    /// A date as pages of a language write it.
    pub(super) fn date(&self, date: &Date, voice: &Voice) -> Shared<DateView> {
        let make = || Shared::new(&date_text::view(date, &voice.language));
        let at = self.dates.binary_search(&known(date)).ok();
        let kept = at.and_then(|at| self.of(voice).dates.get(at));
        kept.map_or_else(make, |kept| kept.get_or_init(make).clone())
    }
}

impl Frame {
    /// A term as every page in this language names it, where all pages write its address alike.
    pub(super) fn term(
        &self,
        id: TermId,
        make: impl Fn() -> Shared<TermLink>,
    ) -> Option<Shared<TermLink>> {
        let kept = self.rooted.as_ref()?.terms.get(id.0 as usize)?;
        Some(kept.get_or_init(make).clone())
    }
}

impl Way {
    fn new(label: &str, url: &str, of: Behind) -> Way {
        Way {
            label: label.to_owned(),
            url: url.to_owned(),
            of,
            links: None,
        }
    }

    /// The link on a page.
    pub(super) fn link(&self, linker: &Linker<'_>, current: bool) -> Link {
        Link {
            label: self.label.clone(),
            url: linker.to(&self.url),
            current,
        }
    }
}

fn known(date: &Date) -> Known {
    let (month, day) = (date.month().unwrap_or(0), date.day().unwrap_or(0));
    (date.year(), month, day, date.is_uncertain())
}

fn doors(archive: &Archive, site: &Site, words: &Language) -> Vec<Way> {
    let taxonomies = archive.taxonomies.iter().zip(&archive.shelves);
    let taxonomies = taxonomies.filter(|(_, terms)| !terms.is_empty());
    let mut doors: Vec<Way> = taxonomies
        .map(|(taxonomy, _)| {
            let url = format!("/{}/", taxonomy.path);
            Way::new(label(taxonomy, words), &url, Behind::Below)
        })
        .collect();
    let years = site.years();
    doors.extend(years.map(|years| Way::new(words.text("years"), &years.url, Behind::Dates)));
    if !site.days.is_empty() {
        doors.push(Way::new(words.text("on_this_day"), "/on/", Behind::Page));
    }
    doors
}

fn pages(archive: &Archive, site: &Site, words: &Language) -> Vec<Way> {
    let texts = archive.pages.iter().enumerate();
    let mut pages: Vec<Way> = texts
        .map(|(index, text)| Way::new(&text.title, &site.of_text(index).url, Behind::Page))
        .collect();
    let log = site.corrections_log();
    pages.extend(log.map(|log| Way::new(words.text("corrections"), &log.url, Behind::Page)));
    let data = site.data.page.map(|page| site.page(page));
    pages.extend(data.map(|data| Way::new(words.text("data"), &data.url, Behind::Page)));
    pages
}

/// The name of a taxonomy in headings: the site's own, else that of the language.
pub(super) fn label<'a>(taxonomy: &'a Taxonomy, words: &'a Language) -> &'a str {
    if taxonomy.own_label {
        &taxonomy.label
    } else {
        words.text(&taxonomy.name)
    }
}

/// The addresses of the files that a theme brings, as a page writes them.
pub(super) fn theme_files(
    theme: &Theme,
    linker: &Linker<'_>,
) -> std::collections::BTreeMap<String, String> {
    let files = theme.files().into_iter();
    files
        .map(|file| (file.clone(), linker.to(&format!("/theme/{file}"))))
        .collect()
}

/// The feeds of the whole site, as a page names them.
pub(super) fn feeds(config: &Config, linker: &Linker<'_>) -> [Shared<Feed>; 2] {
    let feed = |url: &str, media_type: &'static str| {
        Shared::new(&Feed {
            title: config.settings.title.clone(),
            url: linker.to(url),
            media_type,
        })
    };
    [
        feed("/feed.xml", "application/atom+xml"),
        feed("/feed.json", "application/feed+json"),
    ]
}
