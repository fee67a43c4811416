//! `morgue permalinks import`.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use clap::Args;

use super::{edition, print};
use crate::Edition;
use crate::build::ledger::replace;
use crate::cli::list::table::{Cell, Table};
use crate::cli::screen::Screen;
use crate::cli::{Choice, Ending, Global, ending};
use crate::site::PageId;
use crate::site::ledger::{self, Answer, Decision, Ledger};

/// Hold a list of old addresses against the site, and show which of them find their page.
///
/// The list is a sitemap, the log of a web server (the common or combined form; what was asked for
/// and found counts), or any text with an address at the beginning of each line. Where no page is,
/// the one article whose address ends alike is named, if there is one: look at it before you
/// redirect there. Exit code 1 if any address finds nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue permalinks import old-sitemap.xml
  morgue permalinks import access.log --lost --csv > lost.csv
  morgue permalinks import old-sitemap.xml --remember
                                     no build succeeds until each of them is decided")]
pub(super) struct ImportArgs {
    /// The list
    #[arg(value_name = "FILE")]
    file: Utf8PathBuf,
    /// Show only addresses that find nothing
    #[arg(long)]
    lost: bool,
    /// Write what finds nothing into the ledger, so that builds fail until it is redirected or
    /// withdrawn
    #[arg(long)]
    remember: bool,
    /// Print CSV, its first row the names of the columns
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    choice: Choice,
}

pub(super) fn run(global: &Global, args: &ImportArgs, screen: &Screen) -> Ending {
    let bytes = match std::fs::read(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            screen.fail(&format!("{} cannot be read: {error}", args.file));
            return Ending::Failed;
        }
    };
    let (edition, notes) = match edition(global, &args.choice, screen) {
        Ok(ready) => ready,
        Err(ending) => return ending,
    };
    if ending(&notes) != Ending::Done {
        screen.say("The site has errors; what it would be without them may answer otherwise.");
    }
    let listed = listed(&edition, &bytes);
    if listed.is_empty() {
        screen.fail(&format!("{} names no address\nhelp: a sitemap, a log, or an address at the beginning of each line", args.file));
        return Ending::Failed;
    }
    let slugs = slugs(&edition);
    let columns = ["address", "count", "answer", "to", "perhaps"];
    let mut table = Table::new(&columns, 0);
    let mut lost = BTreeMap::new();
    for (address, count) in &listed {
        let (answer, to) = answer(&edition, address);
        let is_lost = answer == "nothing";
        if is_lost {
            lost.insert(address.clone(), Decision::Remember);
        }
        if is_lost || !args.lost {
            let near = is_lost.then(|| near(&edition, &slugs, address)).flatten();
            table.push(vec![
                Cell::text(address),
                Cell::Count(*count),
                Cell::text(answer),
                Cell::maybe(to),
                Cell::maybe(near),
            ]);
        }
    }
    print(&table, &columns, args.csv, screen);
    screen.say(&format!(
        "{} addresses: {} find their page, {} find nothing.",
        listed.len(),
        listed.len() - lost.len(),
        lost.len()
    ));
    if args.remember && !lost.is_empty() {
        return remember(&edition, &lost, screen);
    }
    if lost.is_empty() {
        Ending::Done
    } else {
        Ending::Problems
    }
}

/// The addresses of a list as the ledger has them. What cannot be an address of the site is left
/// out: logs are full of attempts.
fn listed(edition: &Edition, bytes: &[u8]) -> BTreeMap<String, usize> {
    let mut listed: BTreeMap<String, usize> = BTreeMap::new();
    for (text, count) in ledger::addresses(bytes) {
        if let Ok(address) = ledger::address(&edition.config, &text) {
            *listed.entry(address).or_default() += count;
        }
    }
    listed
}

/// What a reader finds at an address, and the address of the page it leads to.
fn answer(edition: &Edition, address: &str) -> (&'static str, Option<String>) {
    let url = |page: PageId| Some(edition.site.page(page).url.to_string());
    match edition.site.answer(address) {
        Answer::Here(_) => ("page", None),
        Answer::Redirect(to) => ("redirect", url(to)),
        Answer::Gone => ("gone", None),
        Answer::Nothing => ("nothing", None),
    }
}

/// The last parts of the addresses of all articles, sorted.
fn slugs(edition: &Edition) -> Vec<(&str, PageId)> {
    let site = &edition.site;
    let pages = edition
        .archive
        .ids()
        .filter_map(|id| site.page_of_article(id));
    let mut slugs: Vec<(&str, PageId)> = pages
        .map(|page| (last_part(&site.page(page).url), page))
        .collect();
    slugs.sort_unstable();
    slugs
}

/// `/2019/04/Story.html` → `Story`.
fn last_part(address: &str) -> &str {
    let path = address.split('?').next().unwrap_or_default();
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/index.html").unwrap_or(path);
    let last = path.rsplit('/').next().unwrap_or_default();
    last.split_once('.').map_or(last, |(stem, _)| stem)
}

/// The address of the only article that ends as an address does.
fn near(edition: &Edition, slugs: &[(&str, PageId)], address: &str) -> Option<String> {
    let part = last_part(address);
    let start = slugs.partition_point(|(slug, _)| *slug < part);
    let mut same = slugs
        .iter()
        .skip(start)
        .take_while(|(slug, _)| *slug == part);
    match (same.next(), same.next()) {
        (Some((_, page)), None) if !part.is_empty() => {
            Some(edition.site.page(*page).url.to_string())
        }
        _ => None,
    }
}

fn remember(edition: &Edition, lost: &BTreeMap<String, Decision>, screen: &Screen) -> Ending {
    let place = Ledger::of(&edition.config.folder);
    if let Err(notes) = ledger::each(&place, &mut |_, _| {}) {
        screen.report(notes, &edition.config.folder);
        return Ending::Problems;
    }
    match replace(place.path(), |file| ledger::decide(&place, lost, file)) {
        Ok(()) => {
            screen.say(&format!(
                "{} are in the ledger now: builds fail until each is redirected or withdrawn.",
                lost.len()
            ));
            Ending::Done
        }
        Err(error) => {
            screen.fail(&format!("{} could not be written: {error}", place.path()));
            Ending::Failed
        }
    }
}
