//! The data files: the archive as CSV and JSON Lines, and the Data Package that lists them.
//!
//! Each file is written into one buffer, row by row, and depends on nothing but its own articles
//! or terms, so that a new article changes the files of its year and of its terms alone.

mod columns;
mod csv;
mod json_lines;
mod package;
mod rows;
mod whole;

use super::Scene;
use crate::archive::ArticleId;
use crate::site::{DataFile, in_data, of_taxonomy, of_year};

pub(super) use columns::{Column, Kind, articles, mentions, terms};
use csv::Table;
use json_lines::Lines;
use rows::Rows;
pub(crate) use whole::{header, jsonl, row};

/// The bytes of a data file.
pub(super) fn file(scene: &Scene<'_>, file: DataFile) -> Vec<u8> {
    let archive = scene.archive;
    match file {
        DataFile::Package => package::package(scene),
        DataFile::Articles(year) => articles_csv(scene, of_year(archive, year)),
        DataFile::ArticlesJsonl(year) => {
            let mut lines = Lines::default();
            let mut rows = Rows::new(scene);
            for id in of_year(archive, year) {
                rows.article(id, &mut lines);
                lines.end();
            }
            lines.finish()
        }
        DataFile::Mentions(year) => {
            let mut table = Table::new(&mentions());
            for id in of_year(archive, year) {
                rows::mentions(scene, id, &mut table);
            }
            table.finish()
        }
        DataFile::Terms(taxonomy) => {
            let mut table = Table::new(&terms());
            for id in of_taxonomy(archive, taxonomy) {
                rows::term(scene, id, &mut table);
            }
            table.finish()
        }
        DataFile::TermArticles(term) => {
            let listed = archive.term(term).articles.iter().copied();
            articles_csv(scene, listed.filter(|id| in_data(archive, *id)))
        }
    }
}

fn articles_csv(scene: &Scene<'_>, ids: impl Iterator<Item = ArticleId>) -> Vec<u8> {
    let mut table = Table::new(&articles(scene.archive));
    let mut rows = Rows::new(scene);
    for id in ids {
        rows.article(id, &mut table);
        table.end();
    }
    table.finish()
}

/// How articles and mentions name an article: by its own id, else by its address.
fn identity<'a>(scene: &Scene<'a>, id: ArticleId) -> &'a str {
    let own = scene.archive.article(id).content.id.as_deref();
    own.unwrap_or(&scene.site.of_article(id).url)
}
