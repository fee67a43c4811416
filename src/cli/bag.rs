//! `morgue bag`.

use camino::Utf8PathBuf;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::build::size;
use super::screen::Screen;
use super::{Choice, Ending, Global, load};
use crate::diagnostics::report::Format;
use crate::fixity::{self, BagOptions};

/// Put what the site is made from into a bag, the form in which repositories take in files.
///
/// A bag (BagIt, RFC 8493) holds the files with their SHA-256 checksums and a few words about
/// them. The same files with the same --now give the same bag on every machine. docs/fixity.md
/// tells more.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue bag deposit                                a folder
  morgue bag deposit-2026.tar --now 2026-01-01      one file, to send
  morgue build && morgue bag deposit.zip --with-site
                                                    with the site as readers see it
  morgue verify deposit                             whether a bag is whole")]
pub(super) struct BagArgs {
    /// A folder that is not there yet, or a file: .tar, .tar.gz or .zip
    #[arg(value_name = "DIR")]
    bag: Utf8PathBuf,
    /// Put in the site too, as it was last built
    #[arg(long)]
    with_site: bool,
    /// The date of the bag, as in 2026-01-01 (default: SOURCE_DATE_EPOCH if it is set, else today)
    #[arg(long, value_name = "TIME", value_parser = super::moment)]
    now: Option<Timestamp>,
}

pub(super) fn run(global: &Global, args: &BagArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let choice = Choice {
        now: args.now,
        drafts: false,
        future: false,
    };
    let options = BagOptions {
        bag: args.bag.clone(),
        with_site: args.with_site,
        now: choice.selection().now,
    };
    let bar = screen.bar().of("Packing", "files");
    let bagged = fixity::bag(&config, &options, &bar);
    bar.finish();
    match bagged {
        Ok(bagged) => {
            let (files, bytes) = (bagged.files, bagged.bytes);
            match screen.format {
                Format::Json => screen.print(&format!(
                    "{}\n",
                    json!({ "summary": { "bag": args.bag.as_str(), "files": files, "bytes": bytes } })
                )),
                _ => screen.say(&format!(
                    "{files} files in the bag {}: {}.",
                    args.bag,
                    size(bytes)
                )),
            }
            Ending::Done
        }
        Err(notes) => {
            let refused = super::refused(&notes);
            screen.report(notes, &config.folder);
            screen.say("No bag was made.");
            refused
        }
    }
}
