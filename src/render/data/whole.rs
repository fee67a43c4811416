//! Articles with their bodies, in the columns of the data files: what an export hands out.

use super::articles;
use super::csv::Table;
use super::json_lines::Lines;
use super::rows::{Row, Rows};
use crate::archive::{Archive, ArticleId};
use crate::content;
use crate::diagnostics::Diagnostic;
use crate::render::Scene;

/// The columns that the data files of a site do without. `body` is Markdown.
const FURTHER: [&str; 3] = ["slug", "deck", "body"];

/// The first row of a table of whole articles.
pub(crate) fn header(archive: &Archive) -> Vec<u8> {
    let mut table = Table::continued();
    for column in articles(archive) {
        table.bare(&column.name);
    }
    FURTHER.iter().for_each(|column| table.bare(column));
    table.end();
    table.finish()
}

/// An article as one row of CSV, in the columns of [`header`], with its body in Markdown.
///
/// # Errors
/// A file that has gone since it was read.
pub(crate) fn row(scene: &Scene<'_>, id: ArticleId) -> Result<Vec<u8>, Diagnostic> {
    let mut table = Table::continued();
    fill(scene, id, &mut table)?;
    table.end();
    Ok(table.finish())
}

/// The same as one line of JSON.
///
/// # Errors
/// A file that has gone since it was read.
pub(crate) fn jsonl(scene: &Scene<'_>, id: ArticleId) -> Result<Vec<u8>, Diagnostic> {
    let mut lines = Lines::default();
    fill(scene, id, &mut lines)?;
    lines.end();
    Ok(lines.finish())
}

fn fill(scene: &Scene<'_>, id: ArticleId, row: &mut impl Row) -> Result<(), Diagnostic> {
    let article = &scene.archive.article(id).content;
    let body = content::body(scene.config, &article.file)?;
    Rows::new(scene).article(id, row);
    row.text("slug", Some(&article.slug));
    row.text("deck", article.deck.as_deref());
    row.text("body", Some(body.trim_matches('\n')));
    Ok(())
}
