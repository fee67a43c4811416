//! `morgue build`.

mod pack;
mod part;

use camino::Utf8PathBuf;
use clap::Args;
use serde_json::json;

use super::screen::Screen;
use super::{Choice, Ending, Global, load};
use crate::archive::LeftOut;
use crate::diagnostics::report::Format;
use crate::diagnostics::{Diagnostics, Severity};
use crate::output::parts::Shard;
use crate::{BuildOptions, Built, Timings, build};

/// Write the site into a folder that any static host can serve.
///
/// Only what changed since the last build is written, and only what a build wrote is ever
/// deleted. With an error in the content nothing is written at all: the old site stays.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue build                          the site in public/
  morgue build --now 2019-04-25         as it would have been on that day
  morgue build --pack site.tar          the site in one file, for hosts that take an archive
  morgue build --pack - | ssh SERVER tar -x -C /srv/archive
                                        straight to a server
  morgue build --shard 3/16 --now 2019-04-25 -o part-3
                                        a sixteenth of the pages, on one of several machines")]
pub(super) struct BuildArgs {
    /// Where to write (default: `output` in site.toml, else `public`)
    #[arg(long, short, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    /// Write the site into one file instead: .tar, .tar.gz or .zip, or - for a tar on standard
    /// output
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    pack: Option<Utf8PathBuf>,
    /// Make only a share of the pages, the K-th of N, in DIR (default: part-K) or FILE; `morgue
    /// merge` joins them. All shares need the same --now
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,
    #[command(flatten)]
    choice: Choice,
    /// Read and make everything anew, as if there were no `.morgue/`
    #[arg(long)]
    no_cache: bool,
    /// Neither look into permalinks.tsv, where every address stands that was ever published, nor
    /// write there
    #[arg(long)]
    no_ledger: bool,
    /// Show how long each stage and each template took
    #[arg(long)]
    timings: bool,
}

pub(super) fn run(global: &Global, args: &BuildArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    if let Some(shard) = args.shard {
        return part::run(config, args, shard, screen);
    }
    if let Some(file) = &args.pack {
        return pack::run(global, config, args, file, screen);
    }
    let started = std::time::Instant::now();
    let folder = config.folder.clone();
    let options = BuildOptions {
        output: args.output.clone(),
        selection: args.choice.selection(),
        cache: !args.no_cache,
        ledger: !args.no_ledger,
        timings: args.timings,
    };
    let bar = screen.bar();
    let (built, notes) = build(config, &options, &bar);
    bar.finish();
    let warnings = notes.count(Severity::Warning);
    let refused = super::refused(&notes);
    let refusal = refusal(&notes, "The output");
    screen.report(notes, &folder);
    let Ok(built) = built else {
        screen.say(&refusal);
        return refused;
    };
    let summary = Summary {
        built: &built,
        warnings,
        seconds: started.elapsed().as_secs_f64(),
    };
    match screen.format {
        Format::Json => screen.print(&format!("{}\n", summary.json())),
        _ => screen.say(&summary.text(args.timings)),
    }
    // The process ends, and to take a large archive apart first would be felt.
    std::mem::forget(built);
    Ending::Done
}

struct Summary<'a> {
    built: &'a Built,
    warnings: usize,
    seconds: f64,
}

impl Summary<'_> {
    fn text(&self, timings: bool) -> String {
        let Built {
            articles,
            pages,
            output,
            published,
            left_out,
            ledger_begun,
            timings: times,
            ..
        } = self.built;
        let mut text = format!(
            "{articles} articles, {pages} pages in {output}: {} written, {} unchanged, {} deleted. {} warnings, {:.2} s{}.",
            published.written,
            published.unchanged,
            published.deleted,
            self.warnings,
            self.seconds,
            memory(),
        );
        text.push_str(begun(*ledger_begun));
        text.push_str(&told(left_out));
        if timings {
            text.push_str(&table(times));
        }
        text
    }

    fn json(&self) -> serde_json::Value {
        let Built {
            articles,
            pages,
            output,
            published,
            left_out,
            ..
        } = self.built;
        json!({
            "summary": {
                "articles": articles,
                "pages": pages,
                "output": output.as_str(),
                "written": published.written,
                "unchanged": published.unchanged,
                "deleted": published.deleted,
                "warnings": self.warnings,
                "seconds": self.seconds,
                "peak_memory": peak_memory(),
                "left_out": counts(left_out),
            }
        })
    }
}

/// That a build with errors wrote nothing; `kept` is what stayed as it was.
fn refusal(notes: &Diagnostics, kept: &str) -> String {
    let errors = notes.count(Severity::Error);
    let warnings = notes.count(Severity::Warning);
    let plural = if errors == 1 { "" } else { "s" };
    format!(
        "Nothing was written: {errors} error{plural}, {warnings} warnings. {kept} is as it was."
    )
}

/// That the site has a ledger from now on, in a line of its own.
fn begun(ledger: bool) -> &'static str {
    if ledger {
        "\nEvery address now stands in permalinks.tsv: keep it in version control, and none vanishes."
    } else {
        ""
    }
}

/// What was left out, in a line of its own; nothing if that is nothing.
pub(super) fn told(left_out: &LeftOut) -> String {
    let reasons = [
        (left_out.drafts, "drafts"),
        (left_out.future, "dated in the future"),
        (left_out.embargoed, "under embargo"),
        (left_out.removed, "removed"),
    ];
    let reasons: Vec<String> = reasons
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, why)| format!("{n} {why}"))
        .collect();
    if reasons.is_empty() {
        String::new()
    } else {
        format!("\nLeft out: {}.", reasons.join(", "))
    }
}

pub(super) fn counts(left_out: &LeftOut) -> serde_json::Value {
    json!({
        "drafts": left_out.drafts,
        "future": left_out.future,
        "embargoed": left_out.embargoed,
        "removed": left_out.removed,
    })
}

/// What each stage and each kind of page took, a line each.
fn table(timings: &Timings) -> String {
    let mut text = String::new();
    for (stage, time) in &timings.stages {
        text.push_str(&format!("\n{:>9.1} ms  {stage}", time.as_secs_f64() * 1e3));
    }
    text.push_str("\n    on all processors:");
    let mut pages: Vec<_> = timings.pages.iter().collect();
    pages.sort_by_key(|(_, (_, time))| std::cmp::Reverse(*time));
    for (kind, (count, time)) in pages {
        let all = time.as_secs_f64() * 1e3;
        let each = all * 1e3 / (*count).max(1) as f64;
        text.push_str(&format!(
            "\n{all:>9.1} ms  {kind}: {count} pages, {each:.0} µs each"
        ));
    }
    text
}

/// A size as people say it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

/// How much memory it took, after a comma; nothing where the system does not tell.
fn memory() -> String {
    peak_memory().map_or(String::new(), |bytes| format!(", {} MB", bytes / 1_000_000))
}

/// The most memory this process held, in bytes; only Linux tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}
