//! What stands in the rows of the data files.

use super::columns::of_taxonomy;
use super::csv::Table;
use super::identity;
use crate::archive::{ArticleId, TermId};
use crate::content::Date;
use crate::render::Scene;
use crate::render::link::Linker;
use crate::site::{in_data, term_in_data};

/// What takes the fields of one row after another: a line of CSV, or an object of JSON.
pub(super) trait Row {
    /// A text, where there is one.
    fn text(&mut self, column: &str, text: Option<&str>);
    /// A whole number.
    fn count(&mut self, column: &str, count: usize);
    /// Several texts.
    fn list(&mut self, column: &str, items: &[&str]);
}

/// What the rows of one file have in common.
pub(super) struct Rows<'a> {
    scene: &'a Scene<'a>,
    linker: Linker<'a>,
    /// The column of each taxonomy.
    taxonomies: Vec<String>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(scene: &'a Scene<'a>) -> Self {
        Rows {
            scene,
            linker: Linker::whole(&scene.config.base_url),
            taxonomies: scene.archive.taxonomies.iter().map(of_taxonomy).collect(),
        }
    }

    /// The fields of an article, in the order of [`columns::articles`](super::articles).
    pub(super) fn article(&mut self, id: ArticleId, row: &mut impl Row) {
        let scene = self.scene;
        let archive = scene.archive;
        let content = &archive.article(id).content;
        let settings = &scene.config.settings;
        let date = |date: &Option<Date>| date.as_ref().map(|date| date_text(scene, date));
        row.text("id", Some(identity(scene, id)));
        row.text("url", Some(&self.linker.to(&scene.site.of_article(id).url)));
        row.text("title", Some(&content.title));
        row.text("date", date(&content.date).as_deref());
        row.text("updated", date(&content.updated).as_deref());
        row.text("kind", content.kind);
        let language = content.language.as_deref().unwrap_or(&settings.language);
        row.text("language", Some(language));
        let dateline = content.dateline.as_ref();
        row.text("dateline", dateline.map(|line| line.text.as_str()));
        let agencies: Vec<&str> = content.agencies.iter().map(String::as_str).collect();
        row.list("agencies", &agencies);
        self.terms(id, row);
        row.count("words", usize::try_from(content.body.words).unwrap_or(0));
        row.text("summary", Some(content.summary()));
        let print = content.print.as_ref();
        let publication = print.and_then(|print| print.publication.as_deref());
        row.text("print_publication", publication);
        row.text("print_page", print.and_then(|print| print.page.as_deref()));
        row.count("corrections", content.corrections.len());
        row.text("source_url", content.source_url.as_deref());
        row.text("archived_url", content.archived_url.as_deref());
        let own = content.rights.as_deref();
        let license = own.unwrap_or(&settings.rights).license.as_deref();
        row.text("license", license);
        let notice = own.and_then(|rights| rights.statement.as_ref().or(rights.holder.as_ref()));
        row.text("rights", notice.map(String::as_str));
    }

    /// The names of an article's terms in each taxonomy, then of those it is mainly about.
    fn terms(&self, id: ArticleId, row: &mut impl Row) {
        let archive = self.scene.archive;
        let article = archive.article(id);
        let mut names: Vec<&str> = Vec::new();
        for (index, column) in self.taxonomies.iter().enumerate() {
            names.clear();
            let terms = article.terms.iter().map(|term| archive.term(*term));
            names.extend(
                terms
                    .filter(|t| t.taxonomy == index)
                    .map(|t| t.name.as_str()),
            );
            if archive.taxonomies[index].single {
                row.text(column, names.first().copied());
            } else {
                row.list(column, &names);
            }
        }
        names.clear();
        names.extend(article.about.iter().map(|t| archive.term(*t).name.as_str()));
        row.list("about", &names);
    }
}

/// One row for each term of an article.
pub(super) fn mentions(scene: &Scene<'_>, id: ArticleId, table: &mut Table) {
    let archive = scene.archive;
    let article = archive.article(id);
    let shown = article.terms.iter().filter(|t| term_in_data(archive, **t));
    for term in shown {
        table.cell(identity(scene, id));
        table.cell(&archive.taxonomy_of(*term).name);
        table.cell(&archive.term(*term).slug);
        let about = article.about.contains(term);
        table.bare(if about { "true" } else { "false" });
        table.end();
    }
}

/// The row of a term.
pub(super) fn term(scene: &Scene<'_>, id: TermId, table: &mut Table) {
    let archive = scene.archive;
    let term = archive.term(id);
    let record = term.record.as_ref();
    let linker = Linker::whole(&scene.config.base_url);
    let date = |date: Option<Date>| date.map_or(String::new(), |date| date_text(scene, &date));
    let page = scene.site.of_term(id);
    let listed = || term.articles.iter().filter(|a| in_data(archive, **a));
    let dated = || listed().filter_map(|a| archive.article(*a).content.date);
    let parent = term.parent.filter(|parent| term_in_data(archive, *parent));
    table.cell(&archive.taxonomy_of(id).name);
    table.cell(&term.slug);
    table.cell(&term.name);
    table.cell(term.sort_name());
    table.cell(&page.map_or(String::new(), |page| linker.to(&page.url)));
    table.bare(&listed().count().to_string());
    table.bare(&date(dated().next()));
    table.bare(&date(dated().next_back()));
    table.cell(parent.map_or("", |parent| archive.term(parent).slug.as_str()));
    let texts = record.map(|r| [&r.description, &r.wikidata, &r.viaf, &r.geonames]);
    for index in 0..4 {
        let text = texts.and_then(|texts| texts[index].as_deref());
        table.cell(text.unwrap_or_default());
    }
    let coordinates = record.and_then(|record| record.coordinates);
    table.decimal(coordinates.map(|(north, _)| north));
    table.decimal(coordinates.map(|(_, east)| east));
    table.bare(&date(record.and_then(|record| record.born)));
    table.bare(&date(record.and_then(|record| record.died)));
    table.end();
}

/// A date as far as it is known, with `?` where its source was not sure of it (EDTF).
fn date_text(scene: &Scene<'_>, date: &Date) -> String {
    let mut text = date.iso(&scene.config.timezone);
    if date.is_uncertain() {
        text.push('?');
    }
    text
}
