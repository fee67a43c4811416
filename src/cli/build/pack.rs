//! `morgue build --pack`.

use camino::Utf8Path;
use serde_json::json;

use super::{BuildArgs, begun, counts, memory, peak_memory, refusal, size, table, told};
use crate::cli::screen::Screen;
use crate::cli::{Ending, Global};
use crate::config::Config;
use crate::diagnostics::Severity;
use crate::diagnostics::report::Format;
use crate::output::pack::is_standard_output;
use crate::{PackBuilt, PackOptions, pack};

pub(super) fn run(
    global: &Global,
    config: Config,
    args: &BuildArgs,
    file: &Utf8Path,
    screen: &Screen,
) -> Ending {
    // Standard output is the pack's alone, if it goes there.
    let beside = Screen::new(&Global {
        format: Format::Text,
        ..global.clone()
    });
    let screen = if is_standard_output(file) {
        &beside
    } else {
        screen
    };
    let started = std::time::Instant::now();
    let folder = config.folder.clone();
    let options = PackOptions {
        pack: file.to_owned(),
        selection: args.choice.selection(),
        cache: !args.no_cache,
        ledger: !args.no_ledger,
        timings: args.timings,
    };
    let bar = screen.bar();
    let (built, notes) = pack(config, &options, &bar);
    bar.finish();
    let warnings = notes.count(Severity::Warning);
    let refused = crate::cli::refused(&notes);
    let refusal = refusal(&notes, &format!("`{file}`"));
    screen.report(notes, &folder);
    let Ok(built) = built else {
        screen.say(&refusal);
        return refused;
    };
    let seconds = started.elapsed().as_secs_f64();
    match screen.format {
        Format::Json => screen.print(&format!("{}\n", summary(&built, warnings, seconds))),
        _ => {
            let mut text = format!(
                "{} articles, {} pages packed into {}: {}. {warnings} warnings, {seconds:.2} s{}.",
                built.articles,
                built.packed.files,
                built.pack,
                size(built.packed.bytes),
                memory(),
            );
            text.push_str(begun(built.ledger_begun));
            text.push_str(&told(&built.left_out));
            if args.timings {
                text.push_str(&table(&built.timings));
            }
            screen.say(&text);
        }
    }
    Ending::Done
}

fn summary(built: &PackBuilt, warnings: usize, seconds: f64) -> serde_json::Value {
    json!({
        "summary": {
            "articles": built.articles,
            "pages": built.packed.files,
            "pack": built.pack.as_str(),
            "bytes": built.packed.bytes,
            "warnings": warnings,
            "seconds": seconds,
            "peak_memory": peak_memory(),
            "left_out": counts(&built.left_out),
        }
    })
}
