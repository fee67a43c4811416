//! The leak scan: looks for what was withdrawn in everything that a build makes.
//!
//! A consumer of the line, as builds are: takes an [`Edition`], and is shown the bytes of each file
//! before any of them is published. An edition that withholds nothing has no scan at all.

mod compressed;
mod hunted;
mod said;
mod told;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

use camino::Utf8Path;

use crate::archive::ArticleId;
use crate::content;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::digest::{Digest, Digester};
use crate::edition::Edition;
use crate::wording::{Form, Patterns, Sieve, Words};
use hunted::{Hunted, What};
use said::{Said, Verdict};

pub(crate) use told::addresses;

/// How much of a file is looked through at once.
const PIECE: usize = 256 << 10;

/// What is looked for, and what was found so far.
pub(crate) struct Leaks<'e> {
    edition: &'e Edition,
    hunted: Vec<Hunted>,
    /// What is allowed, after all that is looked for.
    patterns: Patterns,
    /// Passes over what can hold none of them.
    sieve: Sieve,
    /// For each pattern, what is looked for with it; nothing for one that is allowed.
    of_pattern: Vec<Vec<usize>>,
    /// What was found, and in which files of the output.
    found: Mutex<BTreeMap<usize, BTreeSet<String>>>,
    /// What published articles say as well; read once something is found.
    said: OnceLock<Said>,
    /// What was found and is no leak, and the published articles that say it.
    passed: Mutex<BTreeMap<usize, BTreeSet<ArticleId>>>,
    /// Files that could not be looked through.
    unread: Mutex<BTreeSet<String>>,
    /// The files of the output that something is remarked of.
    remarked: Mutex<BTreeSet<String>>,
}

impl<'e> Leaks<'e> {
    /// The scan of an edition; `None` where nothing is withheld.
    ///
    /// # Errors
    /// When so much is withheld that it cannot be looked for at once.
    pub(crate) fn of(edition: &'e Edition) -> Result<Option<Leaks<'e>>, Diagnostic> {
        let hunted = hunted::all(edition);
        if hunted.is_empty() {
            return Ok(None);
        }
        let mut of_words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, one) in hunted.iter().enumerate() {
            of_words.entry(one.words.clone()).or_default().push(index);
        }
        for allowed in hunted::allowed(edition) {
            of_words.entry(allowed).or_default();
        }
        let (words, of_pattern): (Vec<String>, Vec<Vec<usize>>) = of_words.into_iter().unzip();
        let patterns = Patterns::new(&words).ok_or_else(|| {
            Diagnostic::new(
                Code::NotSearched,
                "more is withdrawn than can be looked for",
            )
            .help("delete drafts and removed articles that nobody will publish any more")
        })?;
        Ok(Some(Leaks {
            edition,
            hunted,
            patterns,
            sieve: Sieve::new(&words),
            of_pattern,
            found: Mutex::default(),
            said: OnceLock::new(),
            passed: Mutex::default(),
            unread: Mutex::default(),
            remarked: Mutex::default(),
        }))
    }

    /// What is looked for, by what it is recognised: what a scan for the same found clean needs
    /// no second look.
    pub(crate) fn digest(&self) -> Digest {
        let mut parts = Digester::new();
        for one in &self.hunted {
            one.push(&mut parts);
        }
        parts.push_number(self.of_pattern.iter().filter(|of| of.is_empty()).count());
        parts.finish()
    }

    /// Looks through a file of the output.
    ///
    /// # Errors
    /// When it holds what was withdrawn; [`Leaks::told`] says what, once all files are looked
    /// through.
    pub(crate) fn look(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let mut hits = BTreeSet::new();
        self.search(path, path.as_bytes(), &mut hits);
        let mut remarked = self.search_all(path, bytes, &mut hits) == compressed::Reached::Part;
        if remarked {
            let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
            unread.insert(path.to_owned());
        }
        hits.retain(|hit| match self.verdict(*hit) {
            Verdict::Leaked => true,
            Verdict::Common => false,
            Verdict::Said(sayers) => {
                let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
                passed.entry(*hit).or_default().extend(sayers);
                remarked = true;
                false
            }
        });
        if remarked {
            let mut files = self.remarked.lock().unwrap_or_else(PoisonError::into_inner);
            files.insert(path.to_owned());
        }
        if hits.is_empty() {
            return Ok(());
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for hit in hits {
            found.entry(hit).or_default().insert(path.to_owned());
        }
        Err(Diagnostic::new(Code::Leak, "withdrawn"))
    }

    /// What follows from a find: a text may be what a published article says of its own.
    fn verdict(&self, hit: usize) -> Verdict {
        if !self.is_of_text(hit) {
            return Verdict::Leaked;
        }
        let said = self.said.get_or_init(|| Said::of(self));
        said.verdict(self, hit)
    }

    /// Whether a file holds nothing that was withdrawn, nor seems to.
    pub(crate) fn is_clean(&self, path: &str, bytes: &[u8]) -> bool {
        let mut hits = BTreeSet::new();
        let reached = self.search_all(path, bytes, &mut hits);
        hits.is_empty() && reached == compressed::Reached::All
    }

    /// Looks through bytes that are no archive, of large files piece by piece: the places of all
    /// letters take many times as much memory as the letters.
    fn search(&self, path: &str, bytes: &[u8], hits: &mut BTreeSet<usize>) {
        let decoded = utf16(bytes);
        let bytes = decoded.as_deref().map_or(bytes, str::as_bytes);
        let mut rest = bytes;
        while rest.len() > PIECE {
            let (piece, _) = rest.split_at(PIECE);
            self.search_piece(path, piece, hits);
            rest = rest.get(PIECE - compressed::OVERLAP..).unwrap_or_default();
        }
        self.search_piece(path, rest, hits);
    }

    fn search_piece(&self, path: &str, bytes: &[u8], hits: &mut BTreeSet<usize>) {
        if !self.sieve.lets_through(bytes, Form::Page) {
            return;
        }
        let words = Words::of(bytes, Form::Page);
        if self.patterns.any(&words.text) || self.patterns.any(&words.aside) {
            self.judge(path, bytes, hits);
        }
    }

    /// What a scan found, in the place of what the files of an output reported one by one.
    pub(crate) fn told(&self, found: Diagnostics) -> Diagnostics {
        let mut notes = Diagnostics::new();
        let others = found.into_iter().filter(|note| note.code != Code::Leak);
        others.for_each(|note| notes.push(note));
        let leaks = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let mut of_file: BTreeMap<&Utf8Path, told::Leaked<'_>> = BTreeMap::new();
        for (hunted, paths) in &*leaks {
            if let Some(hunted) = self.hunted.get(*hunted) {
                let leaked = of_file.entry(&hunted.file).or_default();
                leaked.what.insert(&hunted.what);
                leaked.paths.extend(paths.iter().map(String::as_str));
            }
        }
        for (file, leaked) in of_file {
            notes.push(told::leak(file, &leaked));
        }
        notes.extend(self.remarks());
        notes
    }

    /// What is no leak and worth a look: files that could not be looked through, and published
    /// articles that say what was withdrawn.
    pub(crate) fn remarks(&self) -> Diagnostics {
        let mut notes = self.said_elsewhere();
        let unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        unread
            .iter()
            .for_each(|path| notes.push(told::unread(path)));
        notes
    }

    /// The files of the output that [`Leaks::remarks`] tells of.
    pub(crate) fn remarked(&self) -> BTreeSet<String> {
        let remarked = self.remarked.lock();
        remarked.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn said_elsewhere(&self) -> Diagnostics {
        let passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        let mut of_files: BTreeMap<(&Utf8Path, ArticleId), BTreeSet<&What>> = BTreeMap::new();
        for (hit, sayers) in &*passed {
            let Some(hunted) = self.hunted.get(*hit) else {
                continue;
            };
            for sayer in sayers {
                let what = of_files.entry((&hunted.file, *sayer)).or_default();
                what.insert(&hunted.what);
            }
        }
        let mut notes = Diagnostics::new();
        for ((file, sayer), what) in of_files {
            let sayer = &self.edition.archive.article(sayer).content.file;
            let sayer = content::shown(&self.edition.config, sayer);
            notes.push(told::said(file, &what, &sayer));
        }
        notes
    }
}

/// The text of a file in UTF-16, which says so by its first two bytes.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (little, rest) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (true, rest),
        [0xFE, 0xFF, rest @ ..] => (false, rest),
        _ => return None,
    };
    let (pairs, _) = rest.as_chunks::<2>();
    let units = pairs.iter().map(|pair| match little {
        true => u16::from_le_bytes(*pair),
        false => u16::from_be_bytes(*pair),
    });
    Some(
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(' '))
            .collect(),
    )
}
