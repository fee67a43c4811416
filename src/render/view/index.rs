//! `term-index.html`: the terms of a taxonomy, A–Z.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Branch, Link, Stage, TermLink, WorldMap};
use crate::archive::{SIGNS, TermId};
use crate::config::Kind;
use crate::diagnostics::Diagnostic;
use crate::render::json_ld;
use crate::site::{LONG_INDEX, letter_url, letters};

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
    /// The terms that have others within them, with those. Not on the pages of letters.
    pub tree: Vec<Branch>,
    /// Places: the map of all of them. Not on the pages of letters.
    pub map: Option<WorldMap>,
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
        let alphabet = &archive.alphabets[taxonomy];
        if view.letters.is_empty() {
            let letters = alphabet.letters.iter();
            view.groups = letters
                .map(|(letter, terms)| self.group(letter, terms))
                .collect();
        } else {
            let mut most: Vec<TermId> = alphabet.terms().collect();
            most.sort_by_key(|t| (std::cmp::Reverse(archive.term(*t).articles.len()), *t));
            view.most = most
                .into_iter()
                .take(MOST)
                .map(|t| self.counted(t))
                .collect();
        }
        view.tree = self.tree(taxonomy);
        view.map = self.world(alphabet.terms());
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
        let terms = archive.alphabets[taxonomy].letter(of);
        let parts = terms.len().div_ceil(LONG_INDEX);
        let from = (part - 1) * LONG_INDEX;
        let to = (from + LONG_INDEX).min(terms.len());
        view.groups = vec![self.group(of, terms.get(from..to).unwrap_or_default())];
        let root = format!("/{}/", archive.taxonomies[taxonomy].path);
        if parts > 1 {
            view.parts = (1..=parts)
                .map(|n| self.crumb(self.number(n), &letter_url(&root, of, n)))
                .collect();
        }
        let heading = self.heading(of);
        let title = self.in_parts(format!("{}: {heading}", view.label), part);
        view.letter = Some(heading);
        self.fill_index(view, title)
    }

    fn fill_index(&self, view: TermIndexView, title: String) -> Result<String, Diagnostic> {
        let archive = self.scene.config.settings.title.as_str();
        let parts = [("label", view.label.as_str()), ("archive", archive)];
        let description = self.words.say("index_description", view.total, &parts);
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
            label: self.label(taxonomy).to_owned(),
            taxonomy: taxonomy.name.clone(),
            singular: self.singular(taxonomy).to_owned(),
            total: archive.alphabets[index].len(),
            letter: None,
            letters: letters
                .map(|(l, _)| self.crumb(self.heading(l), &letter_url(&root, l, 1)))
                .collect(),
            parts: Vec::new(),
            most: Vec::new(),
            groups: Vec::new(),
            tree: Vec::new(),
            map: None,
        }
    }

    pub(super) fn counted(&self, id: TermId) -> TermLink {
        let archive = self.scene.archive;
        let mut link = self.term_link(id, Some(archive.term(id).articles.len()));
        if super::term::has_life(archive.taxonomy_of(id).kind)
            || archive.taxonomy_of(id).kind == Kind::Organization
        {
            link.name = archive.term(id).sort_name().to_owned();
        }
        link
    }

    /// A letter with its terms.
    fn group(&self, letter: &str, terms: &[TermId]) -> LetterGroup {
        LetterGroup {
            anchor: format!("letter-{letter}"),
            letter: self.heading(letter),
            terms: terms.iter().map(|term| self.counted(*term)).collect(),
        }
    }

    /// The letter as it stands in a heading.
    fn heading(&self, letter: &str) -> String {
        match letter {
            "0-9" => "0–9".to_owned(),
            SIGNS => self.words.text("other_letters").to_owned(),
            letter => letter.to_uppercase(),
        }
    }
}
