//! Where that is now which was at an address: the same article, page, term or file at another one.
//!
//! Nothing is guessed. An article is the same by its `id`, by its file, or by its text if only one
//! article that is new has it.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::behind::{self, read};
use super::{Line, Settled, State};
use crate::archive::{Archive, ArticleId, TermId};
use crate::config::Config;
use crate::content;
use crate::site::{PageId, PageKind, Site};

/// What was found of what was at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// It is at this page now.
    Page(PageId),
    /// An editor withdrew it.
    Withdrawn,
    /// Its file is there and is not published.
    Unpublished,
    /// Several could be it.
    Several(Vec<Utf8PathBuf>),
    /// Nothing of it is there.
    Nothing,
}

/// Everything that something can be found again by.
pub(super) struct Owners<'a> {
    site: &'a Site,
    archive: &'a Archive,
    config: &'a Config,
    /// New articles by their texts.
    by_text: Vec<(u64, ArticleId)>,
    /// How many articles that vanished had each text.
    vanished: HashMap<u64, usize>,
    /// Pages of files that are copied, by file.
    files: Vec<(String, PageId)>,
}

impl<'a> Owners<'a> {
    pub(super) fn new(
        site: &'a Site,
        archive: &'a Archive,
        config: &'a Config,
        settled: &Settled,
        fresh: Vec<ArticleId>,
    ) -> Self {
        let mut owners = Owners {
            site,
            archive,
            config,
            by_text: Vec::new(),
            vanished: HashMap::new(),
            files: Vec::new(),
        };
        let (mut articles, mut files) = (false, false);
        for line in settled.old.iter().filter_map(|old| settled.line(old)) {
            if line.state == State::Live && line.id.starts_with("article") {
                articles = true;
                *owners.vanished.entry(line.text).or_default() += 1;
            }
            files |= line.state == State::Live && line.id == "file";
        }
        if articles {
            let text = |id: ArticleId| archive.article(id).content.text;
            owners.by_text = fresh.into_iter().map(|id| (text(id), id)).collect();
            owners.by_text.sort_unstable();
        }
        if files {
            owners.files = owners.copied();
        }
        owners
    }

    /// The pages of files that are copied, by file.
    fn copied(&self) -> Vec<(String, PageId)> {
        let ids = self.site.ids();
        let copied = ids.filter(|id| {
            let kind = &self.site.page(*id).kind;
            matches!(kind, PageKind::Static(_) | PageKind::Asset(_))
        });
        let mut files: Vec<(String, PageId)> = copied
            .map(|id| {
                let behind = behind::of(self.site, self.archive, self.config, id);
                (behind.file.into_owned(), id)
            })
            .collect();
        files.sort_unstable();
        files
    }

    /// Where that is now which was at an address.
    pub(super) fn of(&self, line: &Line<'_>) -> Match {
        match line.id.split_once(':').unwrap_or((line.id, "")) {
            ("article", id) => self.article(line, id),
            ("term", name) => self.term(line, name),
            ("page", _) => self.page(line),
            _ => self.file(line),
        }
    }

    fn article(&self, line: &Line<'_>, id: &str) -> Match {
        if !id.is_empty()
            && let Some(found) = self.archive.article_named(&read(id))
        {
            return self.at(found);
        }
        let file = read(line.file);
        if let Some(found) = self.archive.article_in(Utf8Path::new(&file)) {
            let own = self.archive.article(found).content.id.as_deref();
            // Another article was given the file of this one.
            if id.is_empty() || own.is_none() {
                return self.at(found);
            }
        }
        if let Some(tombstone) = self.site.of_file(&file) {
            return Match::Page(tombstone);
        }
        let same = self.with_text(line.text);
        match same {
            [(_, found)] if self.vanished.get(&line.text) == Some(&1) => self.at(*found),
            [] if self.is_unpublished(&file) => Match::Unpublished,
            [] => Match::Nothing,
            several => Match::Several(several.iter().map(|(_, id)| self.shown(*id)).collect()),
        }
    }

    fn at(&self, article: ArticleId) -> Match {
        let page = self.site.page_of_article(article);
        page.map_or(Match::Nothing, Match::Page)
    }

    fn shown(&self, article: ArticleId) -> Utf8PathBuf {
        content::shown(self.config, &self.archive.article(article).content.file)
    }

    fn with_text(&self, text: u64) -> &[(u64, ArticleId)] {
        if text == 0 {
            return &[];
        }
        let start = self.by_text.partition_point(|(other, _)| *other < text);
        let end = self.by_text.partition_point(|(other, _)| *other <= text);
        self.by_text.get(start..end).unwrap_or_default()
    }

    fn is_unpublished(&self, file: &str) -> bool {
        let files = &self.archive.unpublished;
        files.binary_search(&Utf8PathBuf::from(file)).is_ok()
    }

    /// A term whose name in addresses changed, or that is kept without a page.
    fn term(&self, line: &Line<'_>, name: &str) -> Match {
        let (root, slug) = name.rsplit_once('/').unwrap_or(("", name));
        let taxonomies = self.archive.taxonomies.iter();
        let taxonomy = taxonomies.into_iter().position(|t| t.path == root);
        let Some(taxonomy) = taxonomy else {
            return Match::Nothing;
        };
        let terms = self.archive.shelves.get(taxonomy).cloned().unwrap_or(0..0);
        let all = self.archive.terms.get(terms.clone()).unwrap_or_default();
        if let Ok(at) = all.binary_search_by(|term| term.slug.as_str().cmp(slug)) {
            let id = TermId(u32::try_from(terms.start + at).unwrap_or(u32::MAX));
            return match self.site.page_of_term(id) {
                Some(page) => Match::Page(page),
                None if self.archive.term(id).is_hidden() => Match::Withdrawn,
                None => Match::Nothing,
            };
        }
        let page = self.site.of_file(&read(line.file));
        page.map_or(Match::Nothing, Match::Page)
    }

    fn page(&self, line: &Line<'_>) -> Match {
        let file = read(line.file);
        match self.site.of_file(&file) {
            Some(page) => Match::Page(page),
            None if self.is_unpublished(&file) => Match::Unpublished,
            None => Match::Nothing,
        }
    }

    fn file(&self, line: &Line<'_>) -> Match {
        let file = line.file;
        let start = self
            .files
            .partition_point(|(other, _)| other.as_str() < file);
        let same = self.files.iter().skip(start);
        let mut same = same.take_while(|(other, _)| other == file);
        match (same.next(), same.next()) {
            // A file that several articles show is at several addresses.
            (Some((_, page)), None) if !file.is_empty() => Match::Page(*page),
            _ => Match::Nothing,
        }
    }
}
