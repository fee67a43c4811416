//! `morgue permalinks accept`.

use std::collections::BTreeSet;

use clap::Args;

use super::edition;
use crate::build::ledger::replace;
use crate::cli::screen::Screen;
use crate::cli::{Choice, Ending, Global};
use crate::site::PageId;
use crate::site::ledger::{self, Ledger};

/// Take texts that changed without a word to their readers as published.
///
/// A text that is not the one that was published is told at every build until the article has
/// `updated` or a correction. For a change of no weight, such as a slip of the pen, this is enough.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue permalinks accept /2019/04/25/story/   of this article
  morgue permalinks accept                      of all that are told")]
pub(super) struct AcceptArgs {
    /// The addresses of the articles (default: all that changed without a word)
    #[arg(value_name = "ADDRESS")]
    addresses: Vec<String>,
    #[command(flatten)]
    choice: Choice,
}

pub(super) fn run(global: &Global, args: &AcceptArgs, screen: &Screen) -> Ending {
    let (mut edition, _) = match edition(global, &args.choice, screen) {
        Ok(ready) => ready,
        Err(ending) => return ending,
    };
    let mut wanted = BTreeSet::new();
    for text in &args.addresses {
        match ledger::address(&edition.config, text) {
            Ok(address) => wanted.insert(address),
            Err(reason) => {
                screen.fail(&reason);
                return Ending::Failed;
            }
        };
    }
    let site = &edition.site;
    let is_wanted = |page: &PageId| wanted.is_empty() || wanted.contains(&*site.page(*page).url);
    let accepted: BTreeSet<PageId> = site.ledger.silent().filter(is_wanted).collect();
    let known: BTreeSet<&str> = accepted.iter().map(|page| &*site.page(*page).url).collect();
    if let Some(other) = wanted
        .iter()
        .find(|address| !known.contains(address.as_str()))
    {
        screen.fail(&format!("the text at {other} is the one that was published\nhelp: `morgue permalinks check` tells which changed"));
        return Ending::Failed;
    }
    let count = accepted.len();
    edition.site.ledger.accept(|page| accepted.contains(&page));
    let place = Ledger::of(&edition.config.folder);
    let written = replace(place.path(), |file| {
        ledger::write(&edition.site, &edition.archive, &edition.config, file)
    });
    if let Err(error) = written {
        screen.fail(&format!("{} could not be written: {error}", place.path()));
        return Ending::Failed;
    }
    screen.say(&format!("{count} texts are now taken as published."));
    Ending::Done
}
