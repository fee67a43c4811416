//! `morgue permalinks check` and `record`.

use clap::Args;

use super::{edition, print};
use crate::Edition;
use crate::build::ledger::keep;
use crate::cli::list::table::{Cell, Table};
use crate::cli::screen::Screen;
use crate::cli::{Choice, Ending, Global, ending};
use crate::diagnostics::report::Format;
use crate::site::ledger::Leaving;

/// Tell what would move or vanish if the site were built now. No page is made.
///
/// Exit code 1 if a build would be refused.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Print CSV, its first row the names of the columns
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    choice: Choice,
}

/// Write the addresses of the site into the ledger without building it.
///
/// A build does this by itself. It is for sites that several machines build in shards, once the
/// parts are merged and published.
#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    #[command(flatten)]
    choice: Choice,
}

pub(super) fn run(global: &Global, args: &CheckArgs, screen: &Screen) -> Ending {
    let (edition, notes) = match edition(global, &args.choice, screen) {
        Ok(ready) => ready,
        Err(ending) => return ending,
    };
    let ending = ending(&notes);
    // Standard output is the table's alone, whatever its form.
    let beside = Screen::new(&Global {
        format: Format::Text,
        ..global.clone()
    });
    beside.report(notes, &edition.config.folder);
    let mut table = Table::new(&["address", "becomes", "to", "id"], 0);
    for (line, what) in edition.site.ledger.leaving() {
        let (word, to) = match what {
            Leaving::Moves(page) => ("moved", Some(edition.site.page(page).url.to_string())),
            Leaving::Goes => ("gone", None),
            Leaving::Vanishes => ("undecided", None),
        };
        table.push(vec![
            Cell::text(line.address),
            Cell::text(word),
            Cell::maybe(to),
            Cell::text(line.id),
        ]);
    }
    print(&table, &["address", "becomes", "to"], args.csv, screen);
    beside.say(&counted(&edition));
    ending
}

fn counted(edition: &Edition) -> String {
    let settled = &edition.site.ledger;
    let (mut moved, mut gone, mut lost) = (0, 0, 0);
    for (_, what) in settled.leaving() {
        match what {
            Leaving::Moves(_) => moved += 1,
            Leaving::Goes => gone += 1,
            Leaving::Vanishes => lost += 1,
        }
    }
    format!(
        "{} addresses: {} new, {moved} redirect from now on, {gone} withdrawn, {lost} undecided.",
        settled.len(),
        settled.added
    )
}

pub(super) fn record(global: &Global, args: &RecordArgs, screen: &Screen) -> Ending {
    let (edition, mut notes) = match edition(global, &args.choice, screen) {
        Ok(ready) => ready,
        Err(ending) => return ending,
    };
    let may = ending(&notes);
    if may == Ending::Done {
        notes.extend(keep(&edition, &args.choice.selection()).notes);
    }
    screen.report(notes, &edition.config.folder);
    if may == Ending::Done {
        screen.say(&counted(&edition));
    } else {
        screen.say("Nothing was written. The ledger is as it was.");
    }
    may
}
