//! `morgue index`.

use clap::Args;
use serde_json::json;

use super::build::{counts, told};
use super::screen::Screen;
use super::{Choice, Ending, Global, load};
use crate::diagnostics::Severity;
use crate::diagnostics::report::Format;
use crate::index;

/// Read everything, report what a build would, and make no page.
///
/// What was read is kept in `.morgue/` beside site.toml, so that builds which follow need not read
/// the articles again: before many shards that share a folder, or as a quick check.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue index                   is anything wrong with the archive?
  morgue index --format github   the same, marked at the lines of a commit")]
pub(super) struct IndexArgs {
    #[command(flatten)]
    choice: Choice,
}

pub(super) fn run(global: &Global, args: &IndexArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let started = std::time::Instant::now();
    let folder = config.folder.clone();
    let (indexed, notes) = index(config, &args.choice.selection());
    let warnings = notes.count(Severity::Warning);
    let errors = notes.count(Severity::Error);
    screen.report(notes, &folder);
    let Ok(indexed) = indexed else {
        let plural = if errors == 1 { "" } else { "s" };
        screen.say(&format!(
            "This site cannot be built: {errors} error{plural}, {warnings} warnings."
        ));
        return Ending::Problems;
    };
    let seconds = started.elapsed().as_secs_f64();
    match screen.format {
        Format::Json => screen.print(&format!(
            "{}\n",
            json!({
                "summary": {
                    "articles": indexed.articles,
                    "terms": indexed.terms,
                    "pages": indexed.pages,
                    "kept": indexed.is_kept,
                    "warnings": warnings,
                    "seconds": seconds,
                    "left_out": counts(&indexed.left_out),
                }
            })
        )),
        _ => screen.say(&format!(
            "{} articles, {} terms, {} pages to make{}. {warnings} warnings, {seconds:.2} s.{}",
            indexed.articles,
            indexed.terms,
            indexed.pages,
            if indexed.is_kept {
                ""
            } else {
                "; .morgue/ cannot be written, so nothing was kept"
            },
            told(&indexed.left_out),
        )),
    }
    Ending::Done
}
