//! What articles lack: a byline, a summary, a section.

use super::at;
use crate::archive::{Article, ArticleId};
use crate::config::Kind;
use crate::content;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;

/// How many files a summed-up finding names.
const NAMED: usize = 3;

/// What an article may lack.
struct Lack {
    code: Code,
    /// What is lacking, with its article.
    what: &'static str,
    help: &'static str,
    articles: Vec<ArticleId>,
}

/// Counts what is lacking, or tells it article by article.
pub(super) fn audit(edition: &Edition, all: bool) -> Diagnostics {
    let archive = &edition.archive;
    let lacks = |has: &dyn Fn(ArticleId, &Article) -> bool| -> Vec<ArticleId> {
        let ids = archive.ids();
        ids.filter(|id| !has(*id, archive.article(*id))).collect()
    };
    let filed = |id: ArticleId, kind: Kind| {
        let taxonomies = archive.taxonomies.iter().enumerate();
        let mut of_kind = taxonomies.filter(|(_, taxonomy)| taxonomy.kind == kind);
        of_kind.any(|(index, _)| archive.terms_in(id, index).next().is_some())
    };
    let mut found = vec![
        Lack {
            code: Code::NoByline,
            what: "a byline",
            help: "write `authors: [Name]`, or `agencies: [Name]` for what came by wire",
            articles: lacks(&|id, article| {
                filed(id, Kind::Author) || !article.content.agencies.is_empty()
            }),
        },
        Lack {
            code: Code::NoSummary,
            what: "a summary",
            help: "write `summary: …`, one or two sentences for lists and search engines",
            articles: lacks(&|_, article| article.content.summary.is_some()),
        },
    ];
    let uses_sections = archive.terms.iter().any(|term| {
        let taxonomy = archive.taxonomies.get(term.taxonomy);
        taxonomy.is_some_and(|taxonomy| taxonomy.kind == Kind::Section)
    });
    if uses_sections {
        found.push(Lack {
            code: Code::NoSection,
            what: "a section",
            help: "write `section: Name`",
            articles: lacks(&|id, _| filed(id, Kind::Section)),
        });
    }
    let mut notes = Diagnostics::new();
    for lack in &found {
        if all {
            for id in &lack.articles {
                let note = Diagnostic::new(lack.code, format!("the article has no {}", bare(lack)));
                let file = &archive.article(*id).content.file;
                notes.push(at(&edition.config, note.help(lack.help), file, 1));
            }
        } else if !lack.articles.is_empty() {
            notes.push(summed_up(edition, lack));
        }
    }
    notes
}

fn bare(lack: &Lack) -> &str {
    lack.what.trim_start_matches("a ")
}

fn summed_up(edition: &Edition, lack: &Lack) -> Diagnostic {
    let archive = &edition.archive;
    let files = lack.articles.iter().take(NAMED).map(|id| {
        let file = &archive.article(*id).content.file;
        content::shown(&edition.config, file).to_string()
    });
    let files: Vec<String> = files.collect();
    let (count, total) = (lack.articles.len(), archive.articles.len());
    let more = if count > files.len() { " …" } else { "" };
    let message = format!(
        "{count} of {total} articles are without {}: {}{more}",
        lack.what,
        files.join(", ")
    );
    Diagnostic::new(lack.code, message).help(format!("{}; `--all` lists every one", lack.help))
}
