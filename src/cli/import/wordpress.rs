//! `morgue import wordpress`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::cli::Ending;
use crate::cli::screen::Screen;
use crate::diagnostics::Diagnostics;
use crate::diagnostics::report::Format;
use crate::import::wordpress::{Mapping, Order, Summary, import};

/// Bring in exports of WordPress: articles, pages, authors, categories, tags and files.
///
/// Every article keeps its old address, its date on the clock of its office, its authors and the
/// names of its terms. What is not published (drafts, private and scheduled posts, those with a
/// password) stays out and is counted. Where the folder has no site.toml, one is written, so
/// that `morgue serve` shows the site at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue import wordpress export.xml --into my-archive
  morgue import wordpress export.*.xml.gz --into my-archive --media wp-content/uploads
  morgue import wordpress export.xml --into my-archive --dry-run
  morgue import wordpress export.xml --into my-archive --map category:world=section \\
      --map tag=topics --map people=people")]
pub(super) struct WordpressArgs {
    /// Exports (WXR), as .xml or .xml.gz; several are one site
    #[arg(value_name = "EXPORT", required = true)]
    exports: Vec<Utf8PathBuf>,
    /// The folder of the site
    #[arg(long, value_name = "DIR")]
    into: Utf8PathBuf,
    /// The folder wp-content/uploads of the old site: the files that articles need are copied
    /// from it, and keep their addresses
    #[arg(long, value_name = "UPLOADS")]
    media: Option<Utf8PathBuf>,
    /// The time zone of the office, as in Europe/Paris, for dates that came without UTC
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    timezone: Option<String>,
    /// What becomes of a taxonomy or one of its terms, as in category:world=section, tag=topics,
    /// post_format=none; again for each
    #[arg(long, value_name = "FROM=TO", value_parser = Mapping::parse)]
    map: Vec<Mapping>,
    /// Bring in what is not published too, as drafts and embargoed articles
    #[arg(long)]
    include_unpublished: bool,
    /// A further type of posts that are articles; again for each
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// Write the approved comments into a file, as JSON Lines without e-mail and IP addresses
    #[arg(long, value_name = "FILE")]
    comments: Option<Utf8PathBuf>,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn zone(name: &str) -> Result<String, String> {
    TimeZone::get(name)
        .map(|_| name.to_owned())
        .map_err(|_| "there is no time zone of this name".to_owned())
}

pub(super) fn run(args: &WordpressArgs, screen: &Screen) -> Ending {
    if let Some(folder) = args.media.as_ref().filter(|folder| !folder.is_dir()) {
        screen.fail(&format!(
            "{folder} is no folder\nhelp: name the folder wp-content/uploads of the old site"
        ));
        return Ending::Failed;
    }
    let order = Order {
        exports: args.exports.clone(),
        site: args.into.clone(),
        media: args.media.clone(),
        zone: args
            .timezone
            .as_deref()
            .and_then(|name| TimeZone::get(name).ok()),
        zone_name: args.timezone.clone(),
        maps: args.map.clone(),
        unpublished: args.include_unpublished,
        types: args.types.clone(),
        comments: args.comments.clone(),
        dry: args.dry_run,
    };
    let mut notes = Diagnostics::new();
    match import(&order, &mut notes) {
        Ok(summary) => {
            screen.report(notes, Utf8Path::new(""));
            tell(&summary, &order, screen);
            Ending::Done
        }
        Err(found) => {
            screen.report(found, Utf8Path::new(""));
            Ending::Problems
        }
    }
}

/// What was done, in a few lines or as the report itself.
fn tell(summary: &Summary, order: &Order, screen: &Screen) {
    if screen.format == Format::Json {
        screen.print(&format!("{}\n", json!({ "summary": summary })));
        return;
    }
    let files: Vec<String> = summary
        .files
        .iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    screen.say(&format!(
        "{} articles, {} pages. Files: {}.",
        summary.articles,
        summary.pages,
        files.join(", ")
    ));
    if !summary.left_out.is_empty() {
        let reasons = summary
            .left_out
            .iter()
            .map(|(reason, ids)| format!("{} {reason}", ids.len()));
        screen.say(&format!(
            "Left out: {}.",
            reasons.collect::<Vec<_>>().join(", ")
        ));
    }
    for (kind, count) in &summary.other_types {
        screen.say(&format!(
            "  {count} of the type {kind}: if they are articles, give --type {kind}"
        ));
    }
    lists(summary, screen);
    media(summary, order, screen);
    if summary.comments > 0 {
        screen.say(&format!("{} comments.", summary.comments));
    }
    if !summary.zone_is_known {
        screen.say("The time zone of the site is not known; set `timezone` in site.toml.");
    }
    if order.dry {
        screen.say("Nothing was written.");
    } else {
        screen.say(&format!(
            "All of it is in {}. Next:  morgue serve --site {} --open",
            order.site.join("import-report.json"),
            order.site
        ));
    }
}

fn lists(summary: &Summary, screen: &Screen) {
    for (list, says) in [
        (&summary.kept, "edited by hand and kept as they are"),
        (
            &summary.deleted,
            "deleted or moved by hand, which stay away (.morgue-import.tsv knows them)",
        ),
        (
            &summary.untitled,
            "without a headline, which got one from their text",
        ),
        (&summary.undated, "without a date"),
    ] {
        if let Some(first) = list.first() {
            let more = if list.len() > 1 { ", …" } else { "" };
            screen.say(&format!("{} files {says}: {first}{more}", list.len()));
        }
    }
}

fn media(summary: &Summary, order: &Order, screen: &Screen) {
    let media = &summary.media;
    if order.media.is_some() {
        screen.say(&format!(
            "{} pictures and files, {} missing, {} needed by no article.",
            media.copied,
            media.missing.len(),
            media.unused
        ));
    } else if media.remote > 0 {
        screen.say(&format!(
            "{} pictures and files stay where they are, and pages link to them: give --media to bring them in.",
            media.remote
        ));
    }
}
