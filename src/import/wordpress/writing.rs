//! The second reading: items become files.

use std::collections::BTreeSet;

use camino::Utf8Path;
use rayon::prelude::*;

use super::article::{Desk, Made};
use super::body::Old;
use super::element::{Element, Elements};
use super::fate::Fate;
use super::findings::told_broken;
use super::mapping::Target;
use super::media::Media;
use super::order::{Order, Summary};
use super::run::open;
use super::site::Site;
use super::survey::Survey;
use super::{account, comments};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::import::memory::{Memory, Outcome};

/// How many items are made at once, and how many bytes of them.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 8 << 20;

/// How many files the report names for one finding.
const NAMED: usize = 1000;

/// The second reading.
pub(super) struct Writing<'a> {
    order: &'a Order,
    survey: &'a Survey,
    media: &'a Media,
    site: &'a Site,
    memory: Memory,
    summary: Summary,
    /// The paths that are given, for file systems too to which capitals make no difference.
    taken: BTreeSet<[u8; 16]>,
    seen: BTreeSet<u64>,
    comments: Option<std::io::BufWriter<std::fs::File>>,
}

impl<'a> Writing<'a> {
    pub(super) fn new(
        order: &'a Order,
        survey: &'a Survey,
        media: &'a Media,
        site: &'a Site,
        memory: Memory,
        summary: Summary,
    ) -> Self {
        Writing {
            order,
            survey,
            media,
            site,
            memory,
            summary,
            taken: BTreeSet::new(),
            seen: BTreeSet::new(),
            comments: None,
        }
    }

    /// What is remembered now, and what was done.
    pub(super) fn done(self) -> (Memory, Summary) {
        (self.memory, self.summary)
    }

    pub(super) fn all(&mut self) -> Result<(), Diagnostics> {
        let failed =
            |reason: String| Diagnostics::from(Diagnostic::new(Code::ImportFailed, reason));
        let comments = self.order.comments.clone().filter(|_| !self.order.dry);
        let beside = comments.as_ref().map(|path| {
            path.with_file_name(format!(".{}.part", path.file_name().unwrap_or_default()))
        });
        if let Some(beside) = &beside {
            let file = std::fs::File::create(beside)
                .map_err(|error| failed(format!("{beside} cannot be made: {error}")))?;
            self.comments = Some(std::io::BufWriter::new(file));
        }
        for export in &self.order.exports.clone() {
            self.export(export)?;
        }
        if let (Some(path), Some(beside), Some(mut out)) = (comments, beside, self.comments.take())
        {
            std::io::Write::flush(&mut out)
                .and_then(|()| std::fs::rename(&beside, &path))
                .map_err(|error| failed(format!("{path} cannot be written: {error}")))?;
        }
        Ok(())
    }

    fn export(&mut self, export: &Utf8Path) -> Result<(), Diagnostics> {
        let mut elements = Elements::new(open(export)?);
        let mut batch = Vec::new();
        let mut bytes = 0;
        let mut before = 0;
        loop {
            let element = elements
                .next()
                .map_err(|broken| told_broken(export, &broken))?;
            let ended = element.is_none();
            if let Some(item) = element.filter(|element| element.name == "item") {
                bytes += usize::try_from(elements.offset().saturating_sub(before))
                    .unwrap_or(BATCH_BYTES);
                before = elements.offset();
                let fate = Fate::of(&item, self.order.unpublished, &self.order.types);
                batch.push((item, fate));
            }
            if ended || batch.len() >= BATCH || bytes >= BATCH_BYTES {
                self.batch(std::mem::take(&mut batch), export)?;
                bytes = 0;
            }
            if ended {
                return Ok(());
            }
        }
    }

    fn batch(&mut self, batch: Vec<(Element, Fate)>, export: &Utf8Path) -> Result<(), Diagnostics> {
        let desk = Desk {
            old: Old {
                survey: self.survey,
                media: self.media,
            },
            zone: self.order.zone.as_ref(),
            taxonomies: &self.site.taxonomies,
        };
        let source = export.file_name().unwrap_or_default();
        let made: Vec<Option<Made>> = batch
            .par_iter()
            .map(|(item, fate)| fate.state().map(|_| desk.make(item, *fate, source)))
            .collect();
        for ((item, fate), made) in batch.iter().zip(made) {
            let twice = made.as_ref().is_some_and(|made| !self.seen.insert(made.id));
            let (fate, made) = if twice {
                (&Fate::Dropped("twice in the exports"), None)
            } else {
                (fate, made)
            };
            account::item(
                &mut self.summary.elements,
                item,
                *fate,
                made.as_ref(),
                self.order.comments.is_some(),
            );
            match made {
                Some(made) => self.put(item, *fate, &made).map_err(|reason| {
                    Diagnostics::from(Diagnostic::new(Code::ImportFailed, reason))
                })?,
                None => self.left_out(item, *fate),
            }
        }
        Ok(())
    }

    fn left_out(&mut self, item: &Element, fate: Fate) {
        let Fate::Dropped(reason) = fate else { return };
        let id = item.number("wp:post_id").unwrap_or(0);
        let kind = item.text("wp:post_type");
        if reason == "of a type that was not asked for" {
            *self.summary.other_types.entry(kind.to_owned()).or_default() += 1;
        }
        self.summary.left_out.entry(reason).or_default().push(id);
        let source = self.source(id);
        if let Some(file) = self.memory.place(&source)
            && self.order.site.join(file).is_file()
        {
            self.summary.withdrawn.push(file.to_owned());
        }
    }

    /// By what a post is known in this site and the next import.
    fn source(&self, id: u64) -> String {
        format!("wp:{}:{id}", self.survey.places.host())
    }

    /// The file of an article: where it was before, else where its day and slug put it.
    fn place(&mut self, folder: &Utf8Path, made: &Made, source: &str) -> String {
        let path = match self.memory.place(source) {
            Some(path) => path.to_owned(),
            None => folder.join(format!("{}.md", made.path)).into_string(),
        };
        if self.taken.insert(mark(&path)) {
            return path;
        }
        let path = folder
            .join(format!("{}-{}.md", made.path, made.id))
            .into_string();
        self.taken.insert(mark(&path));
        path
    }

    fn put(&mut self, item: &Element, fate: Fate, made: &Made) -> Result<(), String> {
        let page = matches!(fate, Fate::Page(_));
        let folder = if page {
            &self.site.pages
        } else {
            &self.site.articles
        };
        let source = self.source(made.id);
        let path = self.place(folder, made, &source);
        let outcome = self.memory.put(
            &self.order.site,
            &path,
            made.text.as_bytes(),
            &source,
            self.order.dry,
        )?;
        note(&mut self.summary, outcome, &path);
        *(if page {
            &mut self.summary.pages
        } else {
            &mut self.summary.articles
        }) += 1;
        for (name, times) in &made.unknown {
            let unknown = self.summary.unknown.entry(name.clone()).or_default();
            unknown.count += times;
            named(&mut unknown.files, &path);
        }
        for (tells, list) in [
            (made.untitled, &mut self.summary.untitled),
            (made.undated, &mut self.summary.undated),
        ] {
            if tells {
                named(list, &path);
            }
        }
        self.summary.without_offset += u64::from(made.no_offset);
        for ((taxonomy, slug), reason) in &made.unfiled {
            if *reason == "the site has no such taxonomy"
                && let Target::Taxonomy(target) = self.survey.terms.target(taxonomy, slug)
            {
                self.summary.no_taxonomy.insert(target);
            }
        }
        if let Some(out) = &mut self.comments {
            self.summary.comments += comments::write(out, item, made)
                .map_err(|error| format!("the comments cannot be written: {error}"))?;
        }
        Ok(())
    }
}

fn mark(path: &str) -> [u8; 16] {
    Digest::of(path.to_lowercase().as_bytes()).bytes()
}

fn named(list: &mut Vec<String>, path: &str) {
    if list.len() < NAMED {
        list.push(path.to_owned());
    }
}

pub(super) fn note(summary: &mut Summary, outcome: Outcome, path: &str) {
    *summary.files.entry(outcome.name()).or_default() += 1;
    if outcome == Outcome::Deleted {
        summary.deleted.push(path.to_owned());
    }
    if outcome == Outcome::Kept {
        summary.kept.push(path.to_owned());
    }
}
