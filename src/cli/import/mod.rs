//! `morgue import`.

mod html;
mod into;
mod ninjs;
mod rows;
mod text;
mod wordpress;

use clap::{Args, Subcommand};

use super::Ending;
use super::screen::Screen;

/// Bring in what is there already: an export of WordPress, saved pages, text, tables, JSON Lines,
/// ninjs.
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
    /// Saved pages, or the mirror of a site
    Html(html::HtmlArgs),
    /// A table, one row an article
    Csv(rows::RowsArgs),
    /// JSON Lines, one object an article
    Jsonl(rows::RowsArgs),
    /// Items of ninjs, the IPTC's News in JSON
    Ninjs(ninjs::NinjsArgs),
}

pub(super) fn run(args: &ImportArgs, screen: &Screen) -> Ending {
    match &args.from {
        From::Text(args) => text::run(args, screen),
        From::Html(args) => html::run(args, screen),
        From::Wordpress(args) => wordpress::run(args, screen),
        From::Csv(args) => rows::run(args, false, screen),
        From::Jsonl(args) => rows::run(args, true, screen),
        From::Ninjs(args) => ninjs::run(args, screen),
    }
}
