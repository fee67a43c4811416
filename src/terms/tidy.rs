//! Writes every name as its term is called, and once in an article: what no build needs and no
//! person has to decide.

use rayon::prelude::*;

use super::article::Rewriting;
use super::desk::Desk;
use super::records::Records;
use super::{Edit, Refusal, Revision, Told};
use crate::content::edit::{Change, Entry};
use crate::content::name::fold;
use crate::content::{self, Article};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// What is put right in one article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tidied {
    /// Names that are written otherwise now.
    pub(super) spelled: bool,
    /// Names that stood there twice.
    pub(super) twice: bool,
}

impl Desk<'_> {
    /// The new texts of all articles with names to put right.
    ///
    /// # Errors
    /// As those of orders.
    pub(super) fn tidy(mut self) -> Result<Revision, Refusal> {
        let articles = self.content.articles.par_iter();
        let untidy = articles.filter(|article| self.tidied(article) != Tidied::default());
        let found: Vec<Result<(Tidied, Option<Edit>), Diagnostic>> = untidy
            .map(|article| Ok((self.tidied(article), self.tidy_one(article)?)))
            .collect();
        let (mut edits, mut notes) = (Vec::new(), Diagnostics::new());
        let (mut spelled, mut twice) = (0, 0);
        for found in found {
            match found {
                Ok((tidied, Some(edit))) => {
                    spelled += usize::from(tidied.spelled);
                    twice += usize::from(tidied.twice);
                    edits.push(edit);
                }
                Ok((_, None)) => {}
                Err(note) => notes.push(note),
            }
        }
        if notes.has_errors() {
            return Err(Refusal::Content(notes));
        }
        edits.sort_by(|a, b| a.file.cmp(&b.file));
        self.hold(&edits, &Records::default())?;
        let told = [
            ("Names are spelled as their terms are", spelled),
            ("Names that stood there twice stand once", twice),
        ];
        let told = told.into_iter().filter(|(_, articles)| *articles > 0);
        Ok(Revision {
            told: told
                .map(|(sentence, articles)| Told {
                    sentence: sentence.to_owned(),
                    articles,
                })
                .collect(),
            edits,
            folder: self.config.folder.clone(),
        })
    }

    /// What there is to put right, by the names that were read.
    fn tidied(&self, article: &Article) -> Tidied {
        let mut tidied = Tidied::default();
        for (taxonomy, names) in article.names.iter().enumerate() {
            let mut seen = Vec::new();
            for name in names {
                let Some(number) = self.register.find(taxonomy, &name.text) else {
                    continue;
                };
                tidied.twice |= seen.contains(&number);
                tidied.spelled |= !seen.contains(&number)
                    && spelled(self.name((taxonomy, number)), &name.text).is_some();
                seen.push(number);
            }
        }
        tidied
    }

    fn tidy_one(&self, article: &Article) -> Result<Option<Edit>, Diagnostic> {
        let file = content::shown(self.config, &article.file);
        let edit = self.edited(article, &file, Vec::new(), |of| of.tidied());
        edit.map_err(|note| note.file(&file))
    }
}

/// How a name is to be written where its term is called so; `None` where it is written so, or is
/// another name of the term.
fn spelled(term: &str, written: &str) -> Option<String> {
    (written != term && fold(written) == fold(term)).then(|| term.to_owned())
}

impl Rewriting<'_> {
    /// The changes that put the names of the file right.
    ///
    /// # Errors
    /// A field that stands in `site.toml`.
    fn tidied(&self) -> Result<Vec<Change>, Diagnostic> {
        let mut changes = Vec::new();
        for (index, taxonomy) in self.config.taxonomies.iter().enumerate() {
            let fields = self.listed(taxonomy)?;
            let mut seen = Vec::new();
            let lists = fields.iter().map(|field| {
                let mut entries = Vec::new();
                for (at, written) in field.names.iter().enumerate() {
                    let (name, lead) = super::article::bare_name(taxonomy, written);
                    let number = self.register.find(index, &name);
                    if number.is_some_and(|number| seen.contains(&number)) {
                        continue;
                    }
                    seen.extend(number);
                    let term = number.and_then(|number| self.register.term(index, number));
                    let entry = term.and_then(|term| spelled(term.name, &name));
                    entries.push(match entry {
                        Some(name) => Entry::Rewritten(at, format!("{lead}{name}")),
                        None => Entry::Kept(at),
                    });
                }
                entries
            });
            let lists = lists.collect();
            changes.extend(self.written(taxonomy, &fields, lists, Vec::new()));
        }
        Ok(changes)
    }
}
