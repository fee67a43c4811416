//! `morgue merge`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use serde_json::json;

use super::Ending;
use super::screen::Screen;
use crate::Progress as _;
use crate::diagnostics::report::Format;
use crate::output::parts;

/// Join the parts that several machines made into one site.
///
/// The parts are those of `morgue build --shard`, all of them: folders, or tar files of --pack.
/// Every file is held against the hash that its part tells. As with a build, only what differs
/// from the last time is written, and nothing at all unless the site is whole.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue merge part-*                       the site in public/
  morgue merge parts/*.tar -o /srv/archive  from parts that were packed")]
pub(super) struct MergeArgs {
    /// The parts, in any order
    #[arg(value_name = "PART", required = true)]
    parts: Vec<Utf8PathBuf>,
    /// Where to write
    #[arg(long, short, value_name = "DIR", default_value = "public")]
    output: Utf8PathBuf,
}

pub(super) fn run(args: &MergeArgs, screen: &Screen) -> Ending {
    let MergeArgs { parts, output } = args;
    let started = std::time::Instant::now();
    let bar = screen.bar();
    let merged = parts::merge(parts, output, &|pages| bar.begin(pages), &|| bar.page());
    bar.finish();
    let published = match merged {
        Ok(published) => published,
        Err(notes) => {
            screen.report(notes, Utf8Path::new(""));
            screen.say("Nothing was written. The output is as it was.");
            return Ending::Problems;
        }
    };
    let pages = published.written + published.unchanged;
    let seconds = started.elapsed().as_secs_f64();
    match screen.format {
        Format::Json => screen.print(&format!(
            "{}\n",
            json!({
                "summary": {
                    "parts": parts.len(),
                    "pages": pages,
                    "output": output.as_str(),
                    "written": published.written,
                    "unchanged": published.unchanged,
                    "deleted": published.deleted,
                    "seconds": seconds,
                }
            })
        )),
        _ => screen.say(&format!(
            "{} parts, {pages} pages in {output}: {} written, {} unchanged, {} deleted. {seconds:.2} s.",
            parts.len(),
            published.written,
            published.unchanged,
            published.deleted,
        )),
    }
    Ending::Done
}
