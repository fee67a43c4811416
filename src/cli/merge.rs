//! `morgue merge`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use serde_json::json;

use super::Ending;
use super::build::size;
use super::screen::{Bar, Screen};
use crate::Progress as _;
use crate::diagnostics::Diagnostics;
use crate::diagnostics::report::Format;
use crate::output::Published;
use crate::output::parts::Parts;

/// Join the parts that several machines made into one site.
///
/// The parts are those of `morgue build --shard`, all of them: folders, or tar files of --pack.
/// Every file is held against the hash that its part tells. As with a build, only what differs
/// from the last time is written, and nothing at all unless the site is whole.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue merge part-*                       the site in public/
  morgue merge parts/*.tar -o /srv/archive  from parts that were packed
  morgue merge part-* --pack site.tar       the site in one file")]
pub(super) struct MergeArgs {
    /// The parts, in any order
    #[arg(value_name = "PART", required = true)]
    parts: Vec<Utf8PathBuf>,
    /// Where to write
    #[arg(long, short, value_name = "DIR", default_value = "public")]
    output: Utf8PathBuf,
    /// Write the site into one file instead: .tar, .tar.gz or .zip
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    pack: Option<Utf8PathBuf>,
}

pub(super) fn run(args: &MergeArgs, screen: &Screen) -> Ending {
    let started = std::time::Instant::now();
    let bar = screen.bar();
    let joined = join(args, &bar);
    bar.finish();
    match joined {
        Ok((text, mut summary)) => {
            let seconds = started.elapsed().as_secs_f64();
            let parts = args.parts.len();
            summary["parts"] = parts.into();
            summary["seconds"] = seconds.into();
            match screen.format {
                Format::Json => screen.print(&format!("{}\n", json!({ "summary": summary }))),
                _ => screen.say(&format!("{parts} parts, {text}. {seconds:.2} s.")),
            }
            Ending::Done
        }
        Err(notes) => {
            let refused = super::refused(&notes);
            screen.report(notes, Utf8Path::new(""));
            screen.say("Nothing was written. The output is as it was.");
            refused
        }
    }
}

/// What was joined, in words and for programs.
fn join(args: &MergeArgs, bar: &Bar) -> Result<(String, serde_json::Value), Diagnostics> {
    let parts = Parts::open(&args.parts)?;
    let pages = parts.pages();
    bar.begin(pages);
    if let Some(file) = &args.pack {
        let packed = parts.pack(file, &|| bar.page())?;
        let text = format!("{pages} pages packed into {file}: {}", size(packed.bytes));
        let summary = json!({ "pages": pages, "pack": file.as_str(), "bytes": packed.bytes });
        return Ok((text, summary));
    }
    let output = &args.output;
    let Published {
        written,
        unchanged,
        deleted,
        ..
    } = parts.publish(output, &|| bar.page())?;
    let text = format!(
        "{pages} pages in {output}: {written} written, {unchanged} unchanged, {deleted} deleted"
    );
    let summary = json!({
        "pages": pages,
        "output": output.as_str(),
        "written": written,
        "unchanged": unchanged,
        "deleted": deleted,
    });
    Ok((text, summary))
}
