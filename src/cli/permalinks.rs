//! `morgue permalinks`.

use clap::{Args, Subcommand};

use super::list::table::Table;
use super::screen::Screen;
use super::{Choice, Ending, Global, load};
use crate::Edition;
use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::diagnostics::report::Format;
use crate::site::ledger::Ledger;

mod accept;
mod check;
mod decide;
mod import;
mod list;

/// Every address that was ever published: what became of it, and what is to become of it.
///
/// `permalinks.tsv` beside site.toml is the ledger; each build holds the site against it and
/// refuses to let an address vanish. docs/permanence.md tells all of it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue permalinks check                          what would move or vanish, before a build
  morgue permalinks redirect /old/story/ /2019/04/25/story/
  morgue permalinks withdraw /2019/04/25/libel/
  morgue permalinks list --state gone              what was withdrawn
  morgue permalinks import old-sitemap.xml         which old addresses find their page
  morgue permalinks accept /2019/04/25/story/      a change of no weight needs no correction")]
pub(super) struct PermalinksArgs {
    #[command(subcommand)]
    command: PermalinksCommand,
}

#[derive(Debug, Subcommand)]
enum PermalinksCommand {
    List(list::ListArgs),
    Check(check::CheckArgs),
    Record(check::RecordArgs),
    Import(import::ImportArgs),
    Redirect(decide::RedirectArgs),
    Withdraw(decide::WithdrawArgs),
    Accept(accept::AcceptArgs),
}

pub(super) fn run(global: &Global, args: &PermalinksArgs, screen: &Screen) -> Ending {
    match &args.command {
        PermalinksCommand::List(args) => list::run(global, args, screen),
        PermalinksCommand::Check(args) => check::run(global, args, screen),
        PermalinksCommand::Record(args) => check::record(global, args, screen),
        PermalinksCommand::Import(args) => import::run(global, args, screen),
        PermalinksCommand::Redirect(args) => decide::redirect(global, args, screen),
        PermalinksCommand::Withdraw(args) => decide::withdraw(global, args, screen),
        PermalinksCommand::Accept(args) => accept::run(global, args, screen),
    }
}

/// The site as it is now, held against its ledger.
fn edition(
    global: &Global,
    choice: &Choice,
    screen: &Screen,
) -> Result<(Edition, Diagnostics), Ending> {
    let config: Config = load(global, screen)?;
    let folder = config.folder.clone();
    let cache = Cache::open(&folder);
    let ledger = Ledger::of(&folder);
    let selection = choice.selection();
    match Edition::prepare(config, &selection, cache.as_ref(), Some(&ledger)) {
        (Ok(edition), notes) => Ok((edition, notes)),
        (Err(()), notes) => {
            screen.report(notes, &folder);
            Err(Ending::Failed)
        }
    }
}

/// Prints a table in the form that was asked for.
fn print(table: &Table, columns: &[&str], csv: bool, screen: &Screen) {
    screen.print(&match screen.format {
        _ if csv => table.csv(),
        Format::Json => table.json(),
        _ => table.text(columns),
    });
}
