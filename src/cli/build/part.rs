//! `morgue build --shard`.

use camino::Utf8PathBuf;
use serde_json::json;

use super::{BuildArgs, counts, memory, peak_memory, refusal, size, table, told};
use crate::cli::Ending;
use crate::cli::screen::Screen;
use crate::config::Config;
use crate::diagnostics::Severity;
use crate::diagnostics::report::Format;
use crate::output::pack::is_standard_output;
use crate::output::parts::Shard;
use crate::{PartBuilt, PartMade, PartOptions, PartPlace, build_part};

pub(super) fn run(config: Config, args: &BuildArgs, shard: Shard, screen: &Screen) -> Ending {
    if !args.choice.is_fixed() {
        screen.fail(
            "all shards must be built for the same time\nhelp: give each the same `--now`, as in `--now 2019-04-25`, or set SOURCE_DATE_EPOCH",
        );
        return Ending::Failed;
    }
    let place = match (&args.pack, &args.output) {
        (Some(file), _) if is_standard_output(file) => {
            screen.fail("a part cannot go to standard output\nhelp: `morgue merge` reads files");
            return Ending::Failed;
        }
        (Some(file), _) => PartPlace::Pack(file.clone()),
        (None, Some(folder)) => PartPlace::Folder(folder.clone()),
        (None, None) => PartPlace::Folder(default_place(&config, shard)),
    };
    let started = std::time::Instant::now();
    let folder = config.folder.clone();
    let options = PartOptions {
        shard,
        place,
        selection: args.choice.selection(),
        cache: !args.no_cache,
        ledger: !args.no_ledger,
        timings: args.timings,
    };
    let bar = screen.bar();
    let (built, notes) = build_part(config, &options, &bar);
    bar.finish();
    let warnings = notes.count(Severity::Warning);
    let refused = crate::cli::refused(&notes);
    let refusal = refusal(&notes, "The part");
    screen.report(notes, &folder);
    let Ok(built) = built else {
        screen.say(&refusal);
        return refused;
    };
    let seconds = started.elapsed().as_secs_f64();
    match screen.format {
        Format::Json => screen.print(&format!("{}\n", summary(&built, shard, warnings, seconds))),
        _ => screen.say(&text(&built, shard, warnings, seconds, args.timings)),
    }
    Ending::Done
}

fn default_place(config: &Config, shard: Shard) -> Utf8PathBuf {
    config.folder.join(format!("part-{}", shard.number))
}

fn text(built: &PartBuilt, shard: Shard, warnings: usize, seconds: f64, timings: bool) -> String {
    let PartBuilt {
        pages, of, place, ..
    } = built;
    let made = match &built.made {
        PartMade::Folder(published) => format!(
            "{} written, {} unchanged, {} deleted",
            published.written, published.unchanged, published.deleted
        ),
        PartMade::Pack(packed) => size(packed.bytes),
    };
    let mut text = format!(
        "Shard {shard}: {pages} of {of} pages in {place}: {made}. {warnings} warnings, {seconds:.2} s{}.",
        memory(),
    );
    text.push_str(&told(&built.left_out));
    if timings {
        text.push_str(&table(&built.timings));
    }
    text
}

fn summary(built: &PartBuilt, shard: Shard, warnings: usize, seconds: f64) -> serde_json::Value {
    let mut summary = json!({
        "shard": shard.to_string(),
        "articles": built.articles,
        "pages": built.pages,
        "of": built.of,
        "part": built.place.as_str(),
        "warnings": warnings,
        "seconds": seconds,
        "peak_memory": peak_memory(),
        "left_out": counts(&built.left_out),
    });
    match &built.made {
        PartMade::Folder(published) => {
            summary["written"] = published.written.into();
            summary["unchanged"] = published.unchanged.into();
            summary["deleted"] = published.deleted.into();
        }
        PartMade::Pack(packed) => summary["bytes"] = packed.bytes.into(),
    }
    json!({ "summary": summary })
}
