//! `data.html`: what data files there are, what stands in them, and on what terms.

use schemars::JsonSchema;
use serde::Serialize;

use super::Stage;
use crate::diagnostics::Diagnostic;
use crate::render::data::{self, Column, Kind};
use crate::render::json_ld;
use crate::site::PageId;

/// `data` in `data.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DataView {
    /// How many articles the data holds.
    pub articles: usize,
    /// How many terms.
    pub terms: usize,
    /// How many times an article names a term.
    pub mentions: usize,
    /// The years it spans, where any article is dated: `1911–2024`.
    pub span: Option<String>,
    /// The Data Package.
    pub package: Option<String>,
    /// The files of each year, newest first, undated articles last.
    pub years: Vec<DataYearView>,
    /// The files of each taxonomy.
    pub taxonomies: Vec<DataTermsView>,
    /// What stands in the columns of each sort of file: articles, mentions, terms.
    pub tables: Vec<DataTable>,
    /// The licence of the site: an address or a name.
    pub license: Option<String>,
    /// Whether the licence is an address.
    pub license_is_address: bool,
    /// How to cite the archive as a whole.
    pub citation: String,
    /// Its whole address.
    pub permalink: String,
}

/// The files of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DataYearView {
    /// The year as the page writes it, or what articles without a date are called.
    pub label: String,
    /// How many articles.
    pub articles: usize,
    /// How many times they name a term.
    pub mentions: usize,
    /// The articles as CSV.
    pub csv: Option<String>,
    /// The articles as JSON Lines.
    pub jsonl: Option<String>,
    /// Their terms as CSV.
    pub mentions_csv: Option<String>,
}

/// The file of one taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DataTermsView {
    /// The taxonomy in headings.
    pub label: String,
    /// How many terms it has.
    pub terms: usize,
    /// The terms as CSV.
    pub csv: Option<String>,
}

/// The columns of one sort of file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DataTable {
    /// `articles`, `mentions` or `terms`.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<DataColumn>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DataColumn {
    /// Its name in the first row.
    pub name: String,
    /// What it holds: `text`, `address`, `date`, `list`, `count`, `number` or `truth`.
    pub kind: String,
    /// What it means.
    pub meaning: String,
}

impl Stage<'_> {
    pub(super) fn data(&self) -> Result<String, Diagnostic> {
        let view = self.data_view();
        let title = self.words.text("data").to_owned();
        let settings = &self.scene.config.settings;
        let description = self.labelled(&title, &settings.title);
        let mut head = self.head("data", title, description);
        head.json_ld = Some(json_ld::dataset(self));
        self.fill("data.html", head, "data", &view)
    }

    fn data_view(&self) -> DataView {
        let archive = self.scene.archive;
        let plan = &self.scene.site.data;
        let license = self.scene.config.settings.rights.license.clone();
        let table = |name: &str, columns: Vec<Column>| DataTable {
            name: name.to_owned(),
            columns: columns.iter().map(|column| self.column(column)).collect(),
        };
        let years = plan.years.iter().rev().map(|year| {
            let label = match year.year {
                Some(year) => self.words.stretch(year, None, None),
                None => self.words.text("undated").to_owned(),
            };
            DataYearView {
                label,
                articles: year.articles,
                mentions: year.mentions,
                csv: self.data_link(year.csv),
                jsonl: self.data_link(year.jsonl),
                mentions_csv: self.data_link(year.mentions_csv),
            }
        });
        let taxonomies = plan.terms.iter().filter_map(|file| {
            Some(DataTermsView {
                label: self
                    .label(archive.taxonomies.get(file.taxonomy)?)
                    .to_owned(),
                terms: file.terms,
                csv: self.data_link(file.csv),
            })
        });
        DataView {
            articles: plan.articles(),
            terms: plan.terms.iter().map(|file| file.terms).sum(),
            mentions: plan.years.iter().map(|year| year.mentions).sum(),
            span: self.data_span(),
            package: self.data_link(plan.package),
            years: years.collect(),
            taxonomies: taxonomies.collect(),
            tables: vec![
                table("articles", data::articles(archive)),
                table("mentions", data::mentions()),
                table("terms", data::terms()),
            ],
            license_is_address: license.as_ref().is_some_and(|l| l.contains("://")),
            license,
            citation: self.archive_citation(),
            permalink: self.link.absolute(&self.page.url),
        }
    }

    fn data_link(&self, page: Option<PageId>) -> Option<String> {
        page.map(|page| self.link.to(&self.scene.site.page(page).url))
    }

    /// The years of the data, as the page writes them.
    fn data_span(&self) -> Option<String> {
        let (first, last) = self.scene.site.data.span()?;
        let year = |year: i16| self.words.stretch(year, None, None);
        Some(if first == last {
            year(first)
        } else {
            format!("{}–{}", year(first), year(last))
        })
    }

    /// A plain citation of the archive as a whole: its name, publisher, years and address.
    fn archive_citation(&self) -> String {
        let settings = &self.scene.config.settings;
        let publisher = settings.publisher.clone();
        let publisher = publisher.filter(|publisher| *publisher != settings.title);
        let named: Vec<String> = publisher.into_iter().chain(self.data_span()).collect();
        let mut parts = vec![settings.title.clone()];
        if !named.is_empty() {
            parts.push(named.join(", "));
        }
        parts.push(self.link.absolute("/"));
        parts.join(". ") + "."
    }

    fn column(&self, column: &Column) -> DataColumn {
        let kind = match column.kind {
            Kind::Text => "text",
            Kind::Address => "address",
            Kind::Date => "date",
            Kind::List => "list",
            Kind::Count => "count",
            Kind::Number => "number",
            Kind::Truth => "truth",
        };
        DataColumn {
            name: column.name.to_string(),
            kind: kind.to_owned(),
            meaning: column.meaning(self.scene.archive, self.words),
        }
    }
}
