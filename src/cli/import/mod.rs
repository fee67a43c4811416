//! `morgue import`.

mod text;
mod wordpress;

use clap::{Args, Subcommand};

use super::Ending;
use super::screen::Screen;

/// Bring in what is there already: an export of WordPress, or scraped text.
///
/// Every file of the input is accounted for in `import-report.json`. Running an import again
/// writes anew what nobody edited since, and keeps what somebody did.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    /// Files of plain text, one article each, scraped or exported
    Text(text::TextArgs),
    /// Exports of WordPress, with authors, terms, dates and addresses
    Wordpress(wordpress::WordpressArgs),
}

pub(super) fn run(args: &ImportArgs, screen: &Screen) -> Ending {
    match &args.from {
        From::Text(args) => text::run(args, screen),
        From::Wordpress(args) => wordpress::run(args, screen),
    }
}
