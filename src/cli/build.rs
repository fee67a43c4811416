//! `morgue build`.

use camino::Utf8PathBuf;
use clap::Args;
use serde_json::json;

use super::screen::Screen;
use super::{Choice, Ending, Global, load};
use crate::diagnostics::Severity;
use crate::diagnostics::report::Format;
use crate::{BuildOptions, Built, build};

/// What `morgue build` understands.
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    /// Where to write (default: `output` in site.toml, else `public`)
    #[arg(long, short, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    #[command(flatten)]
    choice: Choice,
    /// Read and make everything anew, as if there were no `.morgue/`
    #[arg(long)]
    no_cache: bool,
    /// Show how long each stage and each template took
    #[arg(long)]
    timings: bool,
}

pub(super) fn run(global: &Global, args: &BuildArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let started = std::time::Instant::now();
    let folder = config.folder.clone();
    let options = BuildOptions {
        output: args.output.clone(),
        selection: args.choice.selection(),
        cache: !args.no_cache,
        timings: args.timings,
    };
    let bar = screen.bar();
    let (built, notes) = build(config, &options, &bar);
    bar.finish();
    let warnings = notes.count(Severity::Warning);
    let errors = notes.count(Severity::Error);
    screen.report(notes, &folder);
    let Ok(built) = built else {
        let many = if errors == 1 {
            "1 error".to_owned()
        } else {
            format!("{errors} errors")
        };
        screen.say(&format!(
            "Nothing was written: {many}, {warnings} warnings. The output is as it was."
        ));
        return Ending::Problems;
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
            timings: times,
        } = self.built;
        let mut text = format!(
            "{articles} articles, {pages} pages in {output}: {} written, {} unchanged, {} deleted. {} warnings, {:.2} s{}.",
            published.written,
            published.unchanged,
            published.deleted,
            self.warnings,
            self.seconds,
            peak_memory().map_or(String::new(), |bytes| format!(", {} MB", bytes / 1_000_000)),
        );
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
        if !reasons.is_empty() {
            text.push_str(&format!("\nLeft out: {}.", reasons.join(", ")));
        }
        if timings {
            for (stage, time) in &times.stages {
                text.push_str(&format!("\n{:>9.1} ms  {stage}", time.as_secs_f64() * 1e3));
            }
            text.push_str("\n    on all processors:");
            let mut pages: Vec<_> = times.pages.iter().collect();
            pages.sort_by_key(|(_, (_, time))| std::cmp::Reverse(*time));
            for (kind, (count, time)) in pages {
                let all = time.as_secs_f64() * 1e3;
                let each = all * 1e3 / (*count).max(1) as f64;
                text.push_str(&format!(
                    "\n{all:>9.1} ms  {kind}: {count} pages, {each:.0} µs each"
                ));
            }
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
                "left_out": {
                    "drafts": left_out.drafts,
                    "future": left_out.future,
                    "embargoed": left_out.embargoed,
                    "removed": left_out.removed,
                },
            }
        })
    }
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
