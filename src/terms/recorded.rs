//! What an order changes in the authority records: which aliases, which redirects, which files.

use super::Edit;
use super::desk::{Desk, read, split_mark};
use super::records::{self, Records};
use super::swap::{Known, Swap};
use crate::content::{self, Authority};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

impl Desk<'_> {
    /// What changes in the records: old names become aliases, records that became part of others
    /// say so, and those that name them follow.
    pub(super) fn records(&self, swaps: &[Swap]) -> Records {
        let mut records = Records::default();
        for swap in swaps {
            let (Some(from), Some(to)) = (swap.from, &swap.to) else {
                continue;
            };
            let Some(term) = self.register.term(from.0, from.1) else {
                continue;
            };
            let of_one = to.taxonomy == from.0 && swap.choice.is_everything();
            if of_one {
                let old = match swap.spelling {
                    Some(_) => self.old_name(swap, from),
                    None => Some(term.name),
                };
                let Some(old) = old else { continue };
                records.alias(self.config, &self.register, to, old);
                if let Some(record) = term.record {
                    if swap.is_rename {
                        self.rename_record(&mut records, swap, record);
                    } else if swap.is_merge() {
                        records.set(record, "merged_into", &to.slug);
                    }
                }
            } else if term.record.is_none() && self.is_emptied(swaps, swap, from) {
                let path = self.config.taxonomies.get(from.0).map_or("", |t| &t.path);
                let old = format!("/{path}/{}/", term.slug);
                records.alias(self.config, &self.register, to, &old);
            }
        }
        records.references(self.config, &self.content, &self.register, swaps);
        records
    }

    /// The spelling that gives way, as an article writes it.
    fn old_name(&self, swap: &Swap, from: Known) -> Option<&str> {
        let spelling = swap.spelling.as_ref()?;
        let articles = self.content.articles.iter();
        let mut names =
            articles.flat_map(|article| article.names.get(from.0).into_iter().flatten());
        let found = names.find(|name| content::name::fold(&name.text) == *spelling);
        found.map(|name| &*name.text)
    }

    fn rename_record(&self, records: &mut Records, swap: &Swap, record: &Authority) {
        let Some(to) = &swap.to else { return };
        records.set(record, "name", &to.name);
        if to.slug == record.slug {
            return;
        }
        let follows = record.file.extension() == Some("csv") && !self.sets_slug(record);
        if !follows {
            records.set(record, "slug", &to.slug);
        }
        let ascii = self.config.settings.permalinks.ascii;
        if content::slug::slug(&record.name, ascii) != record.slug {
            let path = self
                .config
                .taxonomies
                .get(to.taxonomy)
                .map_or("", |t| &t.path);
            let old = format!("/{path}/{}/", record.slug);
            records.alias(self.config, &self.register, to, &old);
        }
    }

    /// Whether no article keeps a term, so that it loses its page.
    fn is_emptied(&self, swaps: &[Swap], swap: &Swap, from: Known) -> bool {
        if swap.choice.is_everything() {
            return true;
        }
        let mut articles = self.content.articles.iter();
        !articles.any(|article| {
            let names = article.names.get(from.0).into_iter().flatten();
            let mut terms = names.map(|name| self.register.find(from.0, &name.text));
            let goes = |swap: &Swap| {
                swap.from == Some(from) && swap.choice.takes(self.config, &self.register, article)
            };
            terms.any(|term| term == Some(from.1)) && !swaps.iter().any(goes)
        })
    }

    /// The new texts of all files of records.
    pub(super) fn record_edits(&self, records: &Records, notes: &mut Diagnostics) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (file, rows) in &records.wanted {
            let shown = content::shown(self.config, file);
            let edited = read(&self.config.folder.join(&shown)).and_then(|before| {
                let (mark, source) = split_mark(&before);
                let after = if file.extension() == Some("csv") {
                    records::table(self.config, file, source, rows)?
                } else {
                    let wanted = rows.values().next();
                    match wanted {
                        Some(wanted) => records::page(self.config, file, source, wanted)?,
                        None => source.to_owned(),
                    }
                };
                let after = format!("{mark}{after}");
                Ok(Edit {
                    file: shown.clone(),
                    before: Some(before),
                    after,
                })
            });
            match edited {
                Ok(edit) => edits.push(edit),
                Err(note) => notes.push(note.file(&shown)),
            }
        }
        for (file, made) in &records.made {
            let shown = content::shown(self.config, file);
            let there = self.config.folder.join(&shown).symlink_metadata().is_ok();
            if there || self.config.ignored.is_match(file) {
                let message = format!("the record of {:?} cannot be made here", made.name);
                notes.push(
                    Diagnostic::new(Code::CannotEdit, message)
                        .file(&shown)
                        .help("make it by hand with `morgue new`, then run the command again"),
                );
                continue;
            }
            edits.push(Edit {
                file: shown,
                before: None,
                after: made.text(),
            });
        }
        edits
    }
}
