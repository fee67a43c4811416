//! Carries out orders in memory: what every file concerned would say.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::article::{Rewriting, place};
use super::swap::{Known, Swap};
use super::{Edit, Order, Refusal, Revision, Told};
use crate::archive::Register;
use crate::config::{Config, Kind};
use crate::content::edit::{Change, Sheet, Table};
use crate::content::{self, Article, Authority, Content};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// The content of a site, and which terms its names stand for.
pub(super) struct Desk<'a> {
    pub(super) config: &'a Config,
    pub(super) register: Register,
    pub(super) content: Content,
}

/// What became of one article: the swaps it takes part in, and its new text.
struct Rewritten {
    swaps: Vec<usize>,
    edit: Option<Edit>,
}

impl<'a> Desk<'a> {
    /// Reads all content. What is wrong with other files does not matter here.
    pub(super) fn open(config: &'a Config) -> Self {
        let (content, _) = content::read(config, None);
        Desk {
            config,
            register: Register::new(&content, config),
            content,
        }
    }

    /// The name of a term.
    pub(super) fn name(&self, known: Known) -> &str {
        self.register
            .term(known.0, known.1)
            .map_or("", |term| term.name)
    }

    /// Whether the row of a record sets its slug itself.
    pub(super) fn sets_slug(&self, record: &Authority) -> bool {
        let path = self.config.content_root().join(&record.file);
        let source = std::fs::read_to_string(path).unwrap_or_default();
        let cell = Table::open(source.trim_start_matches('\u{FEFF}')).cell(record.line, "slug");
        cell.is_some_and(|slug| !slug.trim().is_empty())
    }

    pub(super) fn plan(mut self, orders: &[Order]) -> Result<Revision, Refusal> {
        let mut swaps = Vec::new();
        let mut sentences = Vec::new();
        for order in orders {
            for (swap, sentence) in self.swaps(order)? {
                swaps.push(swap);
                sentences.push(sentence);
            }
        }
        self.follow(&mut swaps)?;
        let (rewritten, mut notes) = self.articles(&swaps);
        let mut edits = Vec::new();
        for article in rewritten {
            for index in article.swaps.iter().filter(|_| article.edit.is_some()) {
                if let Some(swap) = swaps.get_mut(*index) {
                    swap.articles += 1;
                }
            }
            edits.extend(article.edit);
        }
        let records = self.records(&swaps);
        edits.extend(self.record_edits(&records, &mut notes));
        if notes.has_errors() {
            return Err(Refusal::Content(notes));
        }
        edits.retain(|edit| edit.before.as_ref() != Some(&edit.after));
        edits.sort_by(|a, b| a.file.cmp(&b.file));
        self.hold(&edits, &records)?;
        let told = sentences.into_iter().zip(&swaps);
        Ok(Revision {
            told: told
                .map(|(sentence, swap)| Told {
                    sentence,
                    articles: swap.articles,
                })
                .collect(),
            edits,
            folder: self.config.folder.clone(),
        })
    }

    /// What becomes part of a term that becomes part of another goes there at once.
    fn follow(&self, swaps: &mut [Swap]) -> Result<(), String> {
        let mut homes: BTreeMap<Known, usize> = BTreeMap::new();
        for (index, swap) in swaps.iter().enumerate() {
            let from = swap.from.filter(|_| swap.spelling.is_none());
            let Some(from) = from else { continue };
            let whole = swap.choice.is_everything();
            if homes.insert(from, index).is_some() && whole {
                return Err(format!(
                    "{:?} is told to become two things",
                    self.name(from)
                ));
            }
        }
        for index in 0..swaps.len() {
            let mut steps = 0;
            while let Some(next) = swaps.get(index).and_then(|swap| {
                let to = swap.to.as_ref()?;
                let next = *homes.get(&(to.taxonomy, to.number?))?;
                (next != index && swaps.get(next)?.choice.is_everything()).then_some(next)
            }) {
                steps += 1;
                if steps > swaps.len() {
                    return Err("the terms would become part of one another in a circle".into());
                }
                let to = swaps.get(next).and_then(|swap| swap.to.clone());
                if let Some(swap) = swaps.get_mut(index) {
                    swap.to = to;
                }
            }
        }
        Ok(())
    }

    /// The new texts of all articles concerned.
    fn articles(&self, swaps: &[Swap]) -> (Vec<Rewritten>, Diagnostics) {
        let found: Vec<Result<Rewritten, Diagnostic>> = self
            .content
            .articles
            .par_iter()
            .filter_map(|article| {
                let concerned = self.concerned(swaps, article);
                (!concerned.is_empty()).then(|| self.rewrite(swaps, concerned, article))
            })
            .collect();
        let mut notes = Diagnostics::new();
        let mut rewritten = Vec::with_capacity(found.len());
        for found in found {
            match found {
                Ok(article) => rewritten.push(article),
                Err(note) => notes.push(note),
            }
        }
        (rewritten, notes)
    }

    /// The swaps that an article takes part in.
    fn concerned(&self, swaps: &[Swap], article: &Article) -> Vec<usize> {
        let places = self.config.taxonomy_of_kind(Kind::Place);
        let lists = article.names.iter().enumerate();
        let names = lists.flat_map(|(taxonomy, names)| names.iter().map(move |n| (taxonomy, n)));
        let dateline = article.dateline.as_ref();
        let from = places.zip(dateline.and_then(|dateline| dateline.place.as_ref()));
        let terms: BTreeSet<Known> = names
            .chain(from)
            .filter_map(|(taxonomy, name)| {
                Some((taxonomy, self.register.find(taxonomy, &name.text)?))
            })
            .collect();
        let all = swaps.iter().enumerate();
        all.filter(|(_, swap)| swap.from.is_none_or(|from| terms.contains(&from)))
            .filter(|(_, swap)| swap.choice.takes(self.config, &self.register, article))
            .map(|(index, _)| index)
            .collect()
    }

    fn rewrite(
        &self,
        swaps: &[Swap],
        concerned: Vec<usize>,
        article: &Article,
    ) -> Result<Rewritten, Diagnostic> {
        let file = content::shown(self.config, &article.file);
        let edit = self.rewrite_text(swaps, &concerned, article, &file);
        let edit = edit.map_err(|note| {
            let taxonomy = swaps
                .iter()
                .find_map(|swap| Some(swap.from?.0))
                .unwrap_or(0);
            let span = note.span.clone().or_else(|| place(article, taxonomy));
            let mut note = note.file(&file);
            note.span = span;
            note
        })?;
        Ok(Rewritten {
            swaps: concerned,
            edit,
        })
    }

    fn rewrite_text(
        &self,
        swaps: &[Swap],
        concerned: &[usize],
        article: &Article,
        file: &Utf8Path,
    ) -> Result<Option<Edit>, Diagnostic> {
        let swaps = concerned.iter().filter_map(|index| swaps.get(*index));
        self.edited(article, file, swaps.collect(), |of| of.changes())
    }

    /// The file of an article after what is to change in it.
    ///
    /// # Errors
    /// A file that cannot be read or not be edited safely.
    pub(super) fn edited(
        &self,
        article: &Article,
        file: &Utf8Path,
        swaps: Vec<&Swap>,
        changes: impl Fn(&Rewriting<'_>) -> Result<Vec<Change>, Diagnostic>,
    ) -> Result<Option<Edit>, Diagnostic> {
        let before = read(&self.config.folder.join(file))?;
        let (mark, source) = split_mark(&before);
        let sheet = Sheet::open(source, &self.config.settings.front_matter)?;
        let rewriting = Rewriting {
            config: self.config,
            register: &self.register,
            article,
            swaps,
            sheet: &sheet,
        };
        let changes = changes(&rewriting)?;
        if changes.is_empty() {
            return Ok(None);
        }
        let after = format!("{mark}{}", sheet.edit(&changes)?);
        Ok(Some(Edit {
            file: file.to_owned(),
            before: Some(before),
            after,
        }))
    }
}

/// The text of a file as it is, with its byte order mark.
pub(super) fn read(path: &Utf8PathBuf) -> Result<String, Diagnostic> {
    let bytes = std::fs::read(path)
        .map_err(|error| Diagnostic::new(Code::Unreadable, format!("cannot be read: {error}")))?;
    String::from_utf8(bytes).map_err(|_| {
        Diagnostic::new(Code::CannotEdit, "only files in UTF-8 can be edited")
            .span(Span {
                line: 1,
                column: 1,
                length: 1,
                text: String::new(),
            })
            .help("save it as UTF-8 first")
    })
}

/// The byte order mark of a text, and the rest.
pub(super) fn split_mark(text: &str) -> (&str, &str) {
    let bare = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.split_at(text.len() - bare.len())
}
