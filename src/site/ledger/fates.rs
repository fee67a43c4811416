//! What becomes of addresses that are no page any more. Each leads to a page, or to another such
//! address; every path is followed to its end, so that no redirect leads to a redirect.

use super::owners::{Match, Owners};
use super::{FILE, Line, Settled, State, lines};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::site::{PageId, PageKind, Site};

/// What becomes of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Not worked out yet.
    Open,
    /// Being worked out: who comes here again walks in a circle.
    OnTheWay,
    /// It leads to this page.
    Page(PageId),
    /// What was there was withdrawn.
    Gone,
    /// Nobody decided, or what was decided leads nowhere.
    Lost,
}

/// One step from an address.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// To its end.
    End(Fate),
    /// To the place of another old address.
    To(usize),
    /// To where another old address leads that this one lies below, and from there on by the rest
    /// of it.
    Below(usize),
}

/// Works out the fate of every old address; reports what leads in a circle or nowhere.
pub(super) fn settle(site: &Site, settled: &mut Settled, owners: &Owners<'_>) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let steps: Vec<Step> = (0..settled.old.len())
        .map(|index| step(site, settled, owners, index, &mut notes))
        .collect();
    let mut path: Vec<usize> = Vec::new();
    for start in 0..steps.len() {
        let mut at = start;
        let mut end = loop {
            match settled.old.get(at).map_or(Fate::Lost, |old| old.fate) {
                Fate::Open => {}
                Fate::OnTheWay => {
                    notes.extend(circle(settled, &path, at).unwrap_or_default());
                    break Fate::Lost;
                }
                fate => break fate,
            }
            set(settled, at, Fate::OnTheWay);
            path.push(at);
            match steps.get(at) {
                Some(Step::To(next) | Step::Below(next)) => at = *next,
                Some(Step::End(fate)) => break *fate,
                None => break Fate::Lost,
            }
        };
        while let Some(index) = path.pop() {
            if let Some(Step::Below(above)) = steps.get(index) {
                end = below(site, settled, index, *above, end);
            }
            set(settled, index, end);
        }
    }
    settled.changed |= settled.old.iter().any(|old| {
        let line = settled.line(old);
        line.is_some_and(|line| match old.fate {
            Fate::Page(page) => line.state != State::Moved || line.to != &*site.page(page).url,
            Fate::Gone => line.state != State::Gone,
            _ => false,
        })
    });
    notes
}

fn set(settled: &mut Settled, index: usize, fate: Fate) {
    if let Some(old) = settled.old.get_mut(index) {
        old.fate = fate;
    }
}

/// Where an address leads that lies below one with this fate.
fn below(site: &Site, settled: &Settled, index: usize, above: usize, fate: Fate) -> Fate {
    let Fate::Page(page) = fate else { return fate };
    let address = |index: usize| {
        let old = settled.old.get(index)?;
        settled.line(old).map(|line| line.address)
    };
    let rest = address(index)
        .zip(address(above))
        .and_then(|(own, above)| own.strip_prefix(above));
    let there = rest.and_then(|rest| living(site, &format!("{}{rest}", site.page(page).url)));
    Fate::Page(there.unwrap_or(page))
}

/// The page that an address leads to today, redirects followed.
fn living(site: &Site, address: &str) -> Option<PageId> {
    let page = site.at(address)?;
    match site.page(page).kind {
        PageKind::Redirect(to) => Some(to),
        _ => Some(page),
    }
}

fn step(
    site: &Site,
    settled: &Settled,
    owners: &Owners<'_>,
    index: usize,
    notes: &mut Diagnostics,
) -> Step {
    let Some((old, line)) = settled.at(index) else {
        return Step::End(Fate::Lost);
    };
    match line.state {
        State::Gone => Step::End(Fate::Gone),
        State::Moved => {
            if let Some(page) = living(site, line.to) {
                return Step::End(Fate::Page(page));
            }
            settled.find(line.to).map_or_else(
                || {
                    notes.push(nowhere(old.number, &line));
                    Step::End(Fate::Lost)
                },
                Step::To,
            )
        }
        State::Live if line.is_owned() => match owners.of(&line) {
            Match::Page(page) => Step::End(Fate::Page(page)),
            Match::Withdrawn => Step::End(Fate::Gone),
            _ if line.id == "file" => with_article(site, settled, &line),
            _ => Step::End(Fate::Lost),
        },
        State::Live => around(site, settled, &line),
    }
}

/// A file beside an article goes where the article goes.
fn with_article(site: &Site, settled: &Settled, line: &Line<'_>) -> Step {
    for above in above(line).filter(|above| *above != "/") {
        if let Some(old) = settled.find(above) {
            return Step::Below(old);
        }
        let page = site.at(above).map(|page| &site.page(page).kind);
        if let Some(PageKind::Tombstone(_)) = page {
            return Step::End(Fate::Gone);
        }
    }
    Step::End(Fate::Lost)
}

/// The nearest page above an address that morgue derived, or what becomes of it.
fn around(site: &Site, settled: &Settled, line: &Line<'_>) -> Step {
    for above in above(line) {
        if let Some(old) = settled.find(above) {
            return Step::Below(old);
        }
        let Some(page) = site.at(above) else {
            continue;
        };
        let base = match site.page(page).kind {
            PageKind::Redirect(to) => to,
            _ => page,
        };
        let rest = line.address.get(above.len()..).unwrap_or_default();
        let there = format!("{}{rest}", site.page(base).url);
        let feed = (line.id == "feed").then(|| format!("{above}feed.xml"));
        let found = [Some(there), feed].into_iter().flatten();
        let found = found
            .filter(|url| url != line.address)
            .find_map(|url| living(site, &url));
        // A feed is read by programs, which a page does not help: the next feed above is better.
        if found.is_none() && line.id == "feed" && above != "/" {
            continue;
        }
        return Step::End(Fate::Page(found.unwrap_or(base)));
    }
    Step::End(Fate::Gone)
}

/// The folders that an address lies in, the innermost first.
fn above<'a>(line: &Line<'a>) -> impl Iterator<Item = &'a str> {
    let address = line.address;
    let bare = address.trim_end_matches('/');
    let slashes = bare.match_indices('/').map(|(at, _)| at);
    let ends: Vec<usize> = slashes.collect();
    ends.into_iter()
        .rev()
        .filter_map(move |end| address.get(..=end))
}

fn nowhere(number: u32, line: &Line<'_>) -> Diagnostic {
    let message = format!(
        "{} redirects to {}, where nothing ever was",
        line.address, line.to
    );
    let mut text = String::new();
    line.push(&mut text);
    Diagnostic::new(Code::NoTarget, message)
        .file(FILE)
        .span(lines::place(number, text.trim_end()))
        .help(format!(
            "name an address that is there: `morgue permalinks redirect {} NEW`",
            line.address
        ))
}

/// Addresses that lead to one another, told once, at the first of them in the ledger.
fn circle(settled: &Settled, path: &[usize], again: usize) -> Option<Diagnostics> {
    let start = path.iter().position(|index| *index == again)?;
    let mut round: Vec<usize> = path.get(start..)?.to_vec();
    let first = round.iter().min().copied()?;
    while round.first() != Some(&first) {
        round.rotate_left(1);
    }
    const TOLD: usize = 5;
    let mut lines = round.iter().filter_map(|index| settled.at(*index));
    let (old, line) = lines.next()?;
    let others: Vec<String> = lines
        .take(TOLD)
        .map(|(old, line)| format!("{} (line {})", line.address, old.number))
        .collect();
    let way = match others.len() {
        0 => "to itself".to_owned(),
        _ => format!("over {} back to itself", others.join(", ")),
    };
    let mut text = String::new();
    line.push(&mut text);
    let note = Diagnostic::new(
        Code::RedirectLoop,
        format!("{} redirects {way}", line.address),
    );
    let note = note
        .file(FILE)
        .span(lines::place(old.number, text.trim_end()))
        .help("let one of them lead to a page that is there: `morgue permalinks redirect OLD NEW`");
    Some(note.into())
}
