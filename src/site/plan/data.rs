//! The pages that morgue adds of its own accord, and that give way to what the site has there:
//! the data page with its files, and the corrections log.

use super::Planner;
use crate::archive::TermId;
use crate::diagnostics::{Code, Diagnostic};
use crate::site::data::{DataFile, DataTerms, DataYear, in_data, of_taxonomy, term_in_data};
use crate::site::{PageId, PageKind, Place, corrections};

impl Planner<'_> {
    /// Adds a page unless the site has something else at its address or a file above it.
    pub(super) fn give_way(&mut self, url: impl Into<Box<str>>, kind: PageKind) -> Option<PageId> {
        let url = url.into();
        let file = kind.file_parts(&url);
        let above = self.clear.above(&self.site, file).pop();
        let Some(other) = above.or_else(|| self.site.at_parts(file)) else {
            return Some(self.add(url, kind));
        };
        let other = &self.site.page(other).kind;
        let message = format!(
            "{} stands at {url}, so morgue's own page is left out",
            self.describe(other)
        );
        let mut note = Diagnostic::new(Code::GivesWay, message);
        if let Some(file) = self.file(other) {
            note = note.file(file);
        }
        self.notes.push(note);
        None
    }

    /// The data page and its files.
    pub(super) fn data(&mut self) {
        if !self.config.settings.data.enabled {
            return;
        }
        let years = self.data_years();
        if years.is_empty() {
            return;
        }
        for mut year in years {
            let name = year
                .year
                .map_or("undated".to_owned(), |y| format!("{y:04}"));
            let mut file = |folder: &str, ending: &str, file: DataFile| {
                let url = format!("/data/{folder}/{name}.{ending}");
                self.give_way(url, PageKind::DataFile(file))
            };
            year.csv = file("articles", "csv", DataFile::Articles(year.year));
            year.jsonl = file("articles", "jsonl", DataFile::ArticlesJsonl(year.year));
            if year.mentions > 0 {
                year.mentions_csv = file("mentions", "csv", DataFile::Mentions(year.year));
            }
            self.site.data.years.push(year);
        }
        for (index, taxonomy) in self.archive.taxonomies.iter().enumerate() {
            let terms = of_taxonomy(self.archive, index).count();
            if terms > 0 {
                let url = format!("/data/terms/{}.csv", taxonomy.name);
                let csv = self.give_way(url, PageKind::DataFile(DataFile::Terms(index)));
                self.site.data.terms.push(DataTerms {
                    taxonomy: index,
                    terms,
                    csv,
                });
            }
        }
        let package = PageKind::DataFile(DataFile::Package);
        self.site.data.package = self.give_way("/data/datapackage.json".to_owned(), package);
        self.site.data.page = self.give_way("/data/".to_owned(), PageKind::Data);
        self.term_tables();
    }

    /// The years with what is in the data of each.
    fn data_years(&self) -> Vec<DataYear> {
        let archive = self.archive;
        let mut years: Vec<DataYear> = Vec::new();
        for id in archive.ids().filter(|id| in_data(archive, *id)) {
            let article = archive.article(id);
            let shown = article.terms.iter().filter(|t| term_in_data(archive, **t));
            let mentions = shown.count();
            let year = article.content.date.map(|date| date.year());
            match years.last_mut() {
                Some(last) if last.year == year => {
                    last.articles += 1;
                    last.mentions += mentions;
                }
                _ => years.push(DataYear {
                    year,
                    articles: 1,
                    mentions,
                    csv: None,
                    jsonl: None,
                    mentions_csv: None,
                }),
            }
        }
        years
    }

    /// A table of its articles for each term with as many as a feed takes.
    fn term_tables(&mut self) {
        let minimum = self.config.settings.feeds.minimum;
        if minimum == 0 {
            return;
        }
        for index in 0..self.archive.terms.len() {
            let id = TermId(u32::try_from(index).unwrap_or(u32::MAX));
            let Some(page) = self.site.of_term(id) else {
                continue;
            };
            let url = format!("{}articles.csv", page.url);
            let articles = self.archive.term(id).articles.iter();
            let listed = articles.filter(|a| in_data(self.archive, **a));
            if listed.take(minimum).count() == minimum {
                let kind = PageKind::DataFile(DataFile::TermArticles(id));
                if let Some(table) = self.give_way(url, kind) {
                    self.site.tables.insert(id, table);
                }
            }
        }
    }

    /// The corrections log with its feed, where anything was corrected.
    pub(super) fn corrections(&mut self) {
        let log = corrections::log(self.archive);
        if log.is_empty() {
            return;
        }
        let root = "/corrections/";
        self.site.corrections_page =
            self.give_way(root.to_owned(), PageKind::Corrections(Place::ALL));
        if self.site.corrections_page.is_some() {
            let feed = PageKind::CorrectionsFeed;
            self.site.corrections_feed = self.give_way(format!("{root}feed.xml"), feed);
            if log.len() > corrections::WHOLE_LOG {
                let most = self.config.settings.shelves.most.max(1);
                for (place, range) in corrections::years(self.archive, &log) {
                    for part in 1..=range.len().div_ceil(most) {
                        let place = Place { part, ..place };
                        let url = format!("{root}{}", place.path());
                        self.give_way(url, PageKind::Corrections(place));
                    }
                }
            }
        }
        self.site.corrections = log;
    }
}
