//! What published articles say of their own: that one says the same as another that was withdrawn
//! is nothing that the site leaked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::thread;

use super::Leaks;
use super::hunted::What;
use crate::archive::ArticleId;
use crate::content::{self, Item};
use crate::wording::{Form, Words};

/// As many published articles as say a thing make it everybody's: a notice, a line that stands
/// below each story.
const COMMON: usize = 3;

/// Who else says what is looked for.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// For each headline and sentence that a published article has, which they are: the first few.
    sayers: BTreeMap<usize, BTreeSet<ArticleId>>,
}

/// What follows from a headline or a sentence of a withdrawn article in the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Leaked,
    /// Nobody can tell from it that there was such an article.
    Common,
    /// These articles say it, and did so before it was withdrawn, or may.
    Said(BTreeSet<ArticleId>),
}

impl Said {
    /// Reads every published article once more. Only needed where something was found.
    pub(super) fn of(leaks: &Leaks<'_>) -> Said {
        let articles = leaks.edition.archive.articles.len();
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let share = articles.div_ceil(threads).max(1);
        // Threads of its own: those that make pages may be waiting for what is found here.
        let found: Vec<Said> = thread::scope(|scope| {
            let parts = (0..articles).step_by(share);
            let parts = parts.map(|from| from..articles.min(from + share));
            let running: Vec<_> = parts
                .map(|part| scope.spawn(|| Said::within(leaks, part)))
                .collect();
            let ended = running.into_iter().map(|part| part.join());
            ended.map(Result::unwrap_or_default).collect()
        });
        let mut all = Said::default();
        for (hunted, sayers) in found.into_iter().flat_map(|said| said.sayers) {
            all.sayers.entry(hunted).or_default().extend(sayers);
        }
        all
    }

    fn within(leaks: &Leaks<'_>, part: Range<usize>) -> Said {
        let mut said = Said::default();
        let edition = leaks.edition;
        for id in edition.archive.ids().take(part.end).skip(part.start) {
            let file = &edition.archive.article(id).content.file;
            // One that has gone since is told where its page is made.
            let Ok(text) = content::said(&edition.config, file) else {
                continue;
            };
            if !leaks.sieve.lets_through(text.as_bytes(), Form::Markdown) {
                continue;
            }
            let words = Words::of(text.as_bytes(), Form::Markdown);
            let found = leaks.patterns.find(&words.text);
            for (pattern, _) in found.chain(leaks.patterns.find(&words.aside)) {
                let hunted = leaks.of_pattern.get(pattern).into_iter().flatten();
                for one in hunted.filter(|one| leaks.is_of_text(**one)) {
                    let sayers = said.sayers.entry(*one).or_default();
                    if sayers.len() < COMMON {
                        sayers.insert(id);
                    }
                }
            }
        }
        said
    }

    /// What follows from having found this in the output.
    pub(super) fn verdict(&self, leaks: &Leaks<'_>, hunted: usize) -> Verdict {
        let Some(sayers) = self.sayers.get(&hunted) else {
            return Verdict::Leaked;
        };
        if sayers.len() >= COMMON {
            return Verdict::Common;
        }
        let edition = leaks.edition;
        let may_be_said = leaks.hunted.get(hunted).is_some_and(|h| h.may_be_said);
        let may = |sayer: &ArticleId| may_be_said || edition.site.ledger.was_published(*sayer);
        let sayers: BTreeSet<ArticleId> = sayers.iter().copied().filter(may).collect();
        match sayers.is_empty() {
            true => Verdict::Leaked,
            false => Verdict::Said(sayers),
        }
    }
}

impl Leaks<'_> {
    /// Whether this is a headline or a sentence, of a picture too, and not a name or passage that
    /// was taken out by itself.
    pub(super) fn is_of_text(&self, hunted: usize) -> bool {
        let what = self.hunted.get(hunted).map(|hunted| &hunted.what);
        matches!(
            what,
            Some(What::Article(
                Item::Title | Item::Sentence(_) | Item::Picture(_)
            ))
        )
    }
}
