//! `morgue import ninjs`.

use camino::Utf8PathBuf;
use clap::Args;

use super::into::{IntoArgs, unread};
use crate::cli::Ending;
use crate::cli::screen::Screen;
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::import::ninjs::{Desk, Order, import};

/// Bring in items of ninjs, the IPTC's News in JSON: versions 1, 2 and 3.
///
/// A file is one item, an array of items, or one item a line (.jsonl, .ndjson). What `morgue
/// export ninjs` wrote becomes the same articles. Of items of others, headline, dates, byline,
/// body, people, places, subjects, pictures, rights and language become fields; what no field
/// takes stays in the article's `provenance`, which is never published. Withheld items come in as
/// drafts, cancelled ones not at all.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue import ninjs wire.json --into my-archive
  morgue import ninjs items --into my-archive --dry-run     a folder of .json and .jsonl files
  morgue import ninjs wire.jsonl --into my-archive --tag --explain")]
pub(super) struct NinjsArgs {
    /// Files, and folders of .json, .jsonl and .ndjson files
    #[arg(value_name = "PATH", required = true)]
    inputs: Vec<Utf8PathBuf>,
    #[command(flatten)]
    into: IntoArgs,
}

pub(super) fn run(args: &NinjsArgs, screen: &Screen) -> Ending {
    let names = match args.into.names() {
        Ok(names) => names,
        Err(reason) => {
            screen.fail(&reason);
            return Ending::Failed;
        }
    };
    let config = Config::load(&args.into.into).ok();
    let order = Order {
        inputs: args.inputs.clone(),
        place: args.into.place(),
        desk: Desk::of(config.as_ref()),
        names,
    };
    let mut notes = Diagnostics::new();
    let imported = import(&order, &mut notes);
    let (ending, report) = args.into.tell(imported, notes, "items", screen);
    if let Some(unread) = report.as_ref().and_then(unread) {
        screen.say(&format!(
            "Properties that no field takes; where they are not another form of the text, they stay in `provenance`: {unread}."
        ));
    }
    ending
}
