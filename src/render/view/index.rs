//! `term-index.html`: the terms of a taxonomy, A–Z.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Link, Stage, TermLink};
use crate::archive::TermId;
use crate::config::Kind;
use crate::content::name::fold;
use crate::diagnostics::Diagnostic;
use crate::render::json_ld;
use crate::site::{LONG_INDEX, letter, letter_url, letters};

/// `index` in `term-index.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TermIndexView {
    /// The taxonomy in headings.
    pub label: String,
    /// The name of the taxonomy.
    pub taxonomy: String,
    /// What one of its terms is called.
    pub singular: String,
    /// How many terms there are.
    pub total: usize,
    /// The letter of this page, where the index is divided by letters.
    pub letter: Option<String>,
    /// The letters that have pages of their own.
    pub letters: Vec<Link>,
    /// The numbered parts of the letter, where there are several.
    pub parts: Vec<Link>,
    /// The terms most written about, where the index is divided.
    pub most: Vec<TermLink>,
    /// The terms of this page, by letter.
    pub groups: Vec<LetterGroup>,
}

/// The terms under one letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LetterGroup {
    /// The letter.
    pub letter: String,
    /// Its anchor on the page.
    pub anchor: String,
    /// Its terms, with how many articles each has.
    pub terms: Vec<TermLink>,
}

/// How many of the most written about are named where the index is divided.
const MOST: usize = 60;

impl Stage<'_> {
    pub(super) fn term_index(&self, taxonomy: usize) -> Result<String, Diagnostic> {
        let archive = self.scene.archive;
        let mut view = self.index_view(taxonomy);
        let terms = self.shown(taxonomy);
        if view.letters.is_empty() {
            view.groups = self.groups(&terms);
        } else {
            let mut most = terms;
            most.sort_by_key(|t| (std::cmp::Reverse(archive.term(*t).articles.len()), *t));
            view.most = most
                .into_iter()
                .take(MOST)
                .map(|t| self.counted(t))
                .collect();
        }
        let title = view.label.clone();
        self.fill_index(view, title)
    }

    pub(super) fn term_letter(
        &self,
        taxonomy: usize,
        of: &str,
        part: usize,
    ) -> Result<String, Diagnostic> {
        let archive = self.scene.archive;
        let mut view = self.index_view(taxonomy);
        let mut terms = self.shown(taxonomy);
        terms.retain(|term| letter(archive.term(*term).sort_name()) == of);
        self.sort(&mut terms);
        let parts = terms.len().div_ceil(LONG_INDEX);
        let from = (part - 1) * LONG_INDEX;
        let here: Vec<TermId> = terms.into_iter().skip(from).take(LONG_INDEX).collect();
        view.groups = self.groups(&here);
        let root = format!("/{}/", archive.taxonomies[taxonomy].path);
        if parts > 1 {
            view.parts = (1..=parts)
                .map(|n| self.crumb(n.to_string(), &letter_url(&root, of, n)))
                .collect();
        }
        let shown = shown(of);
        let title = format!("{}: {shown}", view.label);
        let title = if part > 1 {
            format!("{title}, part {part}")
        } else {
            title
        };
        view.letter = Some(shown);
        self.fill_index(view, title)
    }

    fn fill_index(&self, view: TermIndexView, title: String) -> Result<String, Diagnostic> {
        let description = format!(
            "{} in {}: {}",
            view.label, self.scene.config.settings.title, view.total
        );
        let mut head = self.head("term-index", title.clone(), description);
        head.json_ld = Some(json_ld::collection(self, &title, None));
        self.fill("term-index.html", head, "index", &view)
    }

    fn index_view(&self, index: usize) -> TermIndexView {
        let archive = self.scene.archive;
        let taxonomy = &archive.taxonomies[index];
        let root = format!("/{}/", taxonomy.path);
        let letters = letters(archive, index).into_iter();
        TermIndexView {
            label: taxonomy.label.clone(),
            taxonomy: taxonomy.name.clone(),
            singular: taxonomy.singular.clone(),
            total: self.shown(index).len(),
            letter: None,
            letters: letters
                .map(|(l, _)| self.crumb(shown(&l), &letter_url(&root, &l, 1)))
                .collect(),
            parts: Vec::new(),
            most: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// The terms of a taxonomy that have pages.
    fn shown(&self, taxonomy: usize) -> Vec<TermId> {
        let archive = self.scene.archive;
        let ids = archive.shelves[taxonomy]
            .clone()
            .map(|i| TermId(u32::try_from(i).unwrap_or(u32::MAX)));
        ids.filter(|id| !archive.term(*id).is_hidden()).collect()
    }

    fn sort(&self, terms: &mut [TermId]) {
        let archive = self.scene.archive;
        terms.sort_by_cached_key(|id| (sort_key(archive.term(*id).sort_name()), *id));
    }

    fn counted(&self, id: TermId) -> TermLink {
        let archive = self.scene.archive;
        let mut link = self.term_link(id, Some(archive.term(id).articles.len()));
        if super::term::has_life(archive.taxonomy_of(id).kind)
            || archive.taxonomy_of(id).kind == Kind::Organization
        {
            link.name = archive.term(id).sort_name().to_owned();
        }
        link
    }

    fn groups(&self, terms: &[TermId]) -> Vec<LetterGroup> {
        let archive = self.scene.archive;
        let mut groups: BTreeMap<String, Vec<TermId>> = BTreeMap::new();
        for term in terms {
            groups
                .entry(letter(archive.term(*term).sort_name()))
                .or_default()
                .push(*term);
        }
        groups
            .into_iter()
            .map(|(letter, mut terms)| {
                self.sort(&mut terms);
                LetterGroup {
                    anchor: format!("letter-{letter}"),
                    letter: shown(&letter),
                    terms: terms.into_iter().map(|term| self.counted(term)).collect(),
                }
            })
            .collect()
    }
}

/// The letter as it stands in a heading.
fn shown(letter: &str) -> String {
    match letter {
        "0-9" => "0–9".to_owned(),
        "signs" => "Other".to_owned(),
        letter => letter.to_uppercase(),
    }
}

/// Sorts as a reader of an index expects: accents and case only break ties.
fn sort_key(name: &str) -> (String, String) {
    (crate::content::slug::slug(name, false), fold(name))
}
