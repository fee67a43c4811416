//! `morgue verify`.

use camino::Utf8PathBuf;
use clap::Args;
use serde_json::json;

use super::screen::Screen;
use super::{Ending, Global, ending, load};
use crate::diagnostics::report::Format;
use crate::diagnostics::{Diagnostics, Severity};
use crate::fixity::{self, List, Verified};

/// Hold files against their checksums: which are missing, changed or not listed.
///
/// A folder is held against `manifest-sha256.txt` in it, as a bag if it is one, or else against
/// what the last build remembered there. Every file is read. docs/fixity.md tells more.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue verify                    the site in public/, as it was built
  morgue verify /mnt/copy          a copy of it, or a bag, or any folder with manifest-sha256.txt
  morgue verify --source --write   list what the site is made from, beside site.toml
  morgue verify --source           whether all of that is still as it was listed

Exit codes: 0 all is as listed, 1 something is not, 2 there is no list.")]
pub(super) struct VerifyArgs {
    /// The folder (default: the output of the site)
    #[arg(value_name = "DIR", conflicts_with = "source")]
    folder: Option<Utf8PathBuf>,
    /// What the site is made from instead, by `manifest-sha256.txt` beside site.toml
    #[arg(long)]
    source: bool,
    /// Write that list
    #[arg(long, requires = "source")]
    write: bool,
}

pub(super) fn run(global: &Global, args: &VerifyArgs, screen: &Screen) -> Ending {
    let started = std::time::Instant::now();
    let bar = screen.bar().of("Reading", "files");
    let (verified, notes) = match &args.folder {
        Some(folder) => fixity::verify(folder, &bar),
        None => {
            let config = match load(global, screen) {
                Ok(config) => config,
                Err(ending) => return ending,
            };
            if args.write {
                let written = fixity::write_sources(&config, &bar);
                bar.finish();
                return told(written, &config.folder, screen);
            }
            if args.source {
                fixity::verify_sources(&config, &bar)
            } else {
                fixity::verify(&config.output(), &bar)
            }
        }
    };
    bar.finish();
    let wrong = (notes.count(Severity::Error), notes.count(Severity::Warning));
    let ending = ending(&notes);
    screen.report(notes, camino::Utf8Path::new(""));
    let Ok(verified) = verified else {
        return Ending::Failed;
    };
    summary(verified, wrong, started.elapsed().as_secs_f64(), screen);
    ending
}

fn told(written: Result<usize, Diagnostics>, folder: &camino::Utf8Path, screen: &Screen) -> Ending {
    match written {
        Ok(files) => {
            screen.say(&format!("{files} files listed in manifest-sha256.txt."));
            Ending::Done
        }
        Err(notes) => {
            screen.report(notes, folder);
            screen.say("Nothing was written.");
            Ending::Failed
        }
    }
}

fn summary(verified: Verified, (errors, warnings): (usize, usize), seconds: f64, screen: &Screen) {
    let Verified { list, files } = verified;
    let (word, by) = match list {
        List::Checksums => ("checksums", "SHA-256"),
        List::Build => ("build", "what the build remembered"),
        List::Bag => ("bag", "SHA-256, as a bag"),
    };
    match screen.format {
        Format::Json => screen.print(&format!(
            "{}\n",
            json!({
                "summary": {
                    "list": word,
                    "files": files,
                    "errors": errors,
                    "warnings": warnings,
                    "seconds": seconds,
                }
            })
        )),
        _ => screen.say(&format!(
            "{files} files held against {by}: {errors} errors, {warnings} warnings. {seconds:.2} s."
        )),
    }
}
