//! Holds the plan of a build against the ledger: two sorted lists, walked once side by side.

use std::cmp::Ordering;

use super::fates::{self, Fate};
use super::owners::Owners;
use super::{Condition, FILE, Ledger, Line, Old, Settled, State, behind, findings, lines};
use crate::archive::{Archive, ArticleId};
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ordered::by_text;
use crate::site::{Page, PageId, PageKind, Site};

/// Holds the plan against the ledger. What moved is redirected from its old address, which adds
/// pages to the plan; what vanished, changed without a word, or cannot be followed is reported.
///
/// Without a ledger there is only what the plan says itself.
pub fn follow(
    site: &mut Site,
    archive: &Archive,
    config: &Config,
    ledger: Option<&Ledger>,
) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let order = match ledger {
        Some(_) => in_order(site),
        None => Vec::new(),
    };
    let joined = match ledger.map(|ledger| walk(site, archive, config, ledger, &order)) {
        Some(Ok(joined)) => joined,
        Some(Err(found)) => return found,
        None => Joined::default(),
    };
    notes.extend(joined.notes);
    let mut settled = joined.settled;
    settled.order = order;
    add_queries(site, &mut settled);
    if !settled.old.is_empty() {
        let owners = Owners::new(site, archive, config, &settled, joined.fresh);
        notes.extend(fates::settle(site, &mut settled, &owners));
        notes.extend(findings::lost(archive, config, &settled, &owners));
        notes.extend(moved_silently(site, archive, config, &mut settled));
    }
    let hidden = archive.terms.iter().filter(|term| term.is_hidden());
    settled.hidden = hidden.map(|term| term.slug.as_str().into()).collect();
    settled.hidden.sort_unstable();
    add_redirects(site, &settled);
    site.ledger = settled;
    notes
}

/// Walks through the ledger and the plan.
///
/// # Errors
/// A ledger that the system does not let be read.
fn walk(
    site: &Site,
    archive: &Archive,
    config: &Config,
    ledger: &Ledger,
    order: &[PageId],
) -> Result<Joined, Diagnostics> {
    let open = || {
        ledger.open().map_err(|error| {
            let message = format!("cannot be read: {error}");
            Diagnostics::from(Diagnostic::new(Code::Unreadable, message).file(FILE))
        })
    };
    let mut join = Join::new(site, archive, config, order);
    let Some(mut reader) = open()? else {
        join.rest();
        return Ok(join.done(false));
    };
    let mut condition = lines::stream(&mut *reader, &mut |n, line| join.line(n, line));
    if condition.unsorted {
        join = Join::new(site, archive, config, order);
        let mut again = open()?.unwrap_or_else(|| Box::new(std::io::empty()));
        condition = lines::sorted(&mut *again, &mut |n, line| join.line(n, line));
    }
    join.condition = condition;
    join.rest();
    Ok(join.done(true))
}

/// Old addresses with a query are no pages, so they are taken in among those that are none.
fn add_queries(site: &Site, settled: &mut Settled) {
    if site.queries.is_empty() {
        return;
    }
    let mut added: Vec<Old> = Vec::new();
    for (address, page) in &site.queries {
        let url = &site.page(*page).url;
        let known = settled.old_line(address);
        let line = Line {
            address,
            state: State::Moved,
            to: url,
            id: known.as_ref().map_or("alias", |(_, line)| line.id),
            file: "",
            text: 0,
            notice: 0,
        };
        if known.as_ref().is_some_and(|(_, old)| *old == line) {
            continue;
        }
        let place = known.map(|(place, _)| place);
        let mut text = String::new();
        line.push(&mut text);
        let start = settled.text.len();
        settled.text.push_str(text.trim_end_matches('\n'));
        let mut old = Old {
            start,
            end: settled.text.len(),
            number: 0,
            fate: Fate::Open,
        };
        settled.changed = true;
        match place.and_then(|place| settled.old.get_mut(place)) {
            Some(known) => {
                old.number = known.number;
                *known = old;
            }
            None => added.push(old),
        }
    }
    if added.is_empty() {
        return;
    }
    settled.old.append(&mut added);
    let text = &settled.text;
    let address = |old: &Old| {
        let line = text.get(old.start..old.end).unwrap_or_default();
        line.split('\t').next().unwrap_or_default()
    };
    settled.old.sort_by(|a, b| address(a).cmp(address(b)));
    settled.old.dedup_by(|a, b| address(a) == address(b));
}

/// Every page that has a line, by its address.
fn in_order(site: &Site) -> Vec<PageId> {
    let ids = site.ids().filter(|id| behind::has_line(site.page(*id)));
    by_text(ids.collect(), |id| &*site.page(*id).url)
}

/// Both lists, as far as they are walked.
struct Join<'a> {
    site: &'a Site,
    archive: &'a Archive,
    config: &'a Config,
    order: &'a [PageId],
    at: usize,
    settled: Settled,
    /// Articles at addresses that the ledger does not know.
    fresh: Vec<ArticleId>,
    notes: Diagnostics,
    condition: Condition,
}

/// What came of it.
#[derive(Default)]
struct Joined {
    settled: Settled,
    fresh: Vec<ArticleId>,
    notes: Diagnostics,
}

impl<'a> Join<'a> {
    fn new(site: &'a Site, archive: &'a Archive, config: &'a Config, order: &'a [PageId]) -> Self {
        Join {
            site,
            archive,
            config,
            order,
            at: 0,
            settled: Settled::default(),
            fresh: Vec::new(),
            notes: Diagnostics::new(),
            condition: Condition::default(),
        }
    }

    /// The next line of the ledger.
    fn line(&mut self, number: u32, line: &Line<'_>) {
        while let Some(page) = self.order.get(self.at).copied() {
            match (*self.site.page(page).url).cmp(line.address) {
                Ordering::Less => self.fresh(page),
                Ordering::Equal => {
                    self.at += 1;
                    return self.both(page, number, line);
                }
                Ordering::Greater => break,
            }
        }
        let start = self.settled.text.len();
        line.push(&mut self.settled.text);
        self.settled.text.pop();
        self.settled.old.push(Old {
            start,
            end: self.settled.text.len(),
            number,
            fate: Fate::Open,
        });
        // A page that was there is one no more.
        self.settled.changed |= line.state == State::Live;
    }

    /// What the ledger has no line of yet.
    fn rest(&mut self) {
        while let Some(page) = self.order.get(self.at).copied() {
            self.fresh(page);
        }
    }

    fn fresh(&mut self, page: PageId) {
        self.at += 1;
        self.settled.changed = true;
        self.settled.added += 1;
        if let PageKind::Article(article) = self.site.page(page).kind {
            self.fresh.push(article);
        }
    }

    /// A page that the ledger knows.
    fn both(&mut self, page: PageId, number: u32, line: &Line<'_>) {
        let behind = behind::of(self.site, self.archive, self.config, page);
        let mut now = behind.line(line.address);
        if let PageKind::Article(article) = self.site.page(page).kind
            && line.state == State::Live
        {
            if line.text != now.text {
                self.settled.unpublished.push(article);
            }
            if is_silent(line, &now) {
                now.text = line.text;
                self.settled.silent.push((page, line.text));
                let content = &self.archive.article(article).content;
                let note = findings::silent(self.config, content, number, line);
                self.notes.push(note);
            }
        }
        self.settled.changed |= now != *line;
    }

    fn done(self, was_there: bool) -> Joined {
        let mut settled = self.settled;
        settled.was_there = was_there;
        settled.changed |= !was_there || self.condition.untidy;
        settled.silent.sort_unstable();
        if was_there {
            settled.unpublished.extend(&self.fresh);
            settled.unpublished.sort_unstable();
        }
        let mut notes = self.notes;
        notes.extend(self.condition.notes);
        Joined {
            settled,
            fresh: self.fresh,
            notes,
        }
    }
}

/// Whether the text of an article is another than was published, and nothing tells its readers.
pub(super) fn is_silent(line: &Line<'_>, now: &Line<'_>) -> bool {
    line.text != 0 && line.text != now.text && line.notice == now.notice
}

/// Articles that moved and whose text changed on the way, and nothing tells readers.
fn moved_silently(
    site: &Site,
    archive: &Archive,
    config: &Config,
    settled: &mut Settled,
) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let (mut silent, mut same) = (Vec::new(), Vec::new());
    for old in &settled.old {
        let (Fate::Page(page), Some(line)) = (old.fate, settled.line(old)) else {
            continue;
        };
        let PageKind::Article(article) = site.page(page).kind else {
            continue;
        };
        let behind = behind::of(site, archive, config, page);
        let now = behind.line(line.address);
        let is_article = line.id.split(':').next() == Some("article");
        if is_article && line.text == now.text {
            same.push(article);
        }
        if line.state == State::Live && is_article && is_silent(&line, &now) {
            let content = &archive.article(article).content;
            notes.push(findings::silent(config, content, old.number, &line));
            silent.push((page, line.text));
        }
    }
    same.sort_unstable();
    let is_new = |article: &ArticleId| same.binary_search(article).is_err();
    settled.unpublished.retain(is_new);
    settled.silent.extend(silent);
    settled.silent.sort_unstable();
    settled.silent.dedup_by_key(|(page, _)| *page);
    notes
}

/// The pages that redirect from old addresses to where their page is now. An address that only a
/// server can redirect, because no page can stand there, has none.
fn add_redirects(site: &mut Site, settled: &Settled) {
    for (_, old) in settled.old_addresses() {
        if let Some(to) = old.to
            && site.can_redirect(old.from)
        {
            // That there is none at its address was asked a line above.
            let _ = site.add_page(Page {
                url: old.from.into(),
                kind: PageKind::Redirect(to),
            });
        }
    }
}
