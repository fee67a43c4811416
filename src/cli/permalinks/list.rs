//! `morgue permalinks list`.

use clap::{Args, ValueEnum};

use super::print;
use crate::cli::list::table::{Cell, Table};
use crate::cli::screen::Screen;
use crate::cli::{Ending, Global, load};
use crate::site::ledger::{self, Ledger, Line, State};

/// List the addresses of the ledger.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue permalinks list                          everything
  morgue permalinks list /2019/04/ --state moved  what moved away from there
  morgue permalinks list --kind article --csv     for a spreadsheet")]
pub(super) struct ListArgs {
    /// Only addresses that begin with this
    #[arg(
        value_name = "BEGINNING",
        default_value = "/",
        hide_default_value = true
    )]
    beginning: String,
    /// Only addresses in this state
    #[arg(long, value_enum)]
    state: Option<Word>,
    /// Only what is of this kind: article, term, page, file, date, shelf, pair, feed, data…
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Print CSV, its first row the names of the columns
    #[arg(long)]
    csv: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Word {
    /// A page or file is there
    Live,
    /// It redirects
    Moved,
    /// What was there was withdrawn
    Gone,
}

impl Word {
    fn state(self) -> State {
        match self {
            Word::Live => State::Live,
            Word::Moved => State::Moved,
            Word::Gone => State::Gone,
        }
    }
}

pub(super) fn run(global: &Global, args: &ListArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let mut table = Table::new(&["address", "state", "to", "id", "file"], 0);
    let read = ledger::each(&Ledger::of(&config.folder), &mut |_, line| {
        if is_listed(line, args) {
            let maybe = |text: &str| Cell::maybe((!text.is_empty()).then(|| text.to_owned()));
            table.push(vec![
                Cell::text(line.address),
                Cell::text(line.state.word()),
                maybe(line.to),
                maybe(line.id),
                maybe(line.file),
            ]);
        }
    });
    if let Err(notes) = read {
        screen.report(notes, &config.folder);
        return Ending::Problems;
    }
    print(
        &table,
        &["address", "state", "to", "id", "file"],
        args.csv,
        screen,
    );
    Ending::Done
}

fn is_listed(line: &Line<'_>, args: &ListArgs) -> bool {
    let kind = line.id.split(':').next();
    line.address.starts_with(&args.beginning)
        && args.state.is_none_or(|state| state.state() == line.state)
        && args
            .kind
            .as_deref()
            .is_none_or(|wanted| kind == Some(wanted))
}
