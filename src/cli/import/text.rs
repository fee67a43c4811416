//! `morgue import text`.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::cli::Ending;
use crate::cli::screen::Screen;
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::diagnostics::report::Format;
use crate::import::tag::Names;
use crate::import::tagged;
use crate::import::text_files::{BOILERPLATE, Boilerplate, Order, Report, import};

/// Bring in files of plain text, one article each, scraped or exported.
///
/// Finds the headline, the date where it is certain, the byline, the dateline and the agencies
/// credited, joins lines that were wrapped, and takes out what is no part of the article: share
/// buttons, advertisements, the headline said twice. What it took out stands in the article's
/// `provenance`, line by line. Lines that open or close many files of one source are listed in
/// boilerplate.tsv; write `remove` or `keep` there and import again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue import text scraped --into my-archive            a folder with a folder for each source
  morgue import text story.txt --into my-archive          one file
  morgue import text scraped --into my-archive --boilerplate remove --dry-run
  morgue import text scraped --into my-archive --tag --gazetteer countries.tsv --explain")]
pub(super) struct TextArgs {
    /// Files, and folders of .txt files
    #[arg(value_name = "PATH", required = true)]
    inputs: Vec<Utf8PathBuf>,
    /// The folder of the site
    #[arg(long, value_name = "DIR")]
    into: Utf8PathBuf,
    /// What becomes of lines that open or close many files of one source: listed for your
    /// decision, removed at once, or kept, with all buttons and advertisements
    #[arg(long, value_enum, default_value_t = Mode::Review, value_name = "WHAT", hide_possible_values = true)]
    boilerplate: Mode,
    /// The source of all files (default: their top folder, or the host their names begin with)
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Their encoding, as in windows-1251 (default: recognised)
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<&'static encoding_rs::Encoding>,
    /// A file with more places that articles are filed from, one a line
    #[arg(long, value_name = "FILE")]
    places: Option<Utf8PathBuf>,
    /// Tag each article with the people, places and topics of the site's records that it names
    #[arg(long)]
    tag: bool,
    /// A table with more names, by tabs or commas: name, kind, aliases, sort_name, demonyms, seats
    #[arg(long, value_name = "FILE", requires = "tag")]
    gazetteer: Vec<Utf8PathBuf>,
    /// Print why: article, part, byte, what stands there, field, name, about or mentions, rule
    #[arg(long, requires = "tag")]
    explain: bool,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Mode {
    Review,
    Remove,
    Keep,
}

fn encoding(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(name.as_bytes())
        .ok_or_else(|| "there is no encoding of this name".to_owned())
}

pub(super) fn run(args: &TextArgs, screen: &Screen) -> Ending {
    let order = match order(args) {
        Ok(order) => order,
        Err(reason) => {
            screen.fail(&reason);
            return Ending::Failed;
        }
    };
    let mut notes = Diagnostics::new();
    let report = match import(&order, &mut notes) {
        Ok(report) => report,
        Err(found) => {
            notes.extend(found);
            screen.report(notes, Utf8Path::new(""));
            return Ending::Problems;
        }
    };
    let ending = crate::cli::ending(&notes);
    screen.report(notes, Utf8Path::new(""));
    if args.explain {
        for (article, tags) in &report.tags {
            screen.print(&tagged::explained(article, tags));
        }
    }
    tell(&report, &order, screen);
    ending
}

fn order(args: &TextArgs) -> Result<Order, String> {
    for input in &args.inputs {
        std::fs::metadata(input).map_err(|error| format!("{input} cannot be read: {error}"))?;
    }
    let places = match &args.places {
        Some(file) => std::fs::read_to_string(file)
            .map_err(|error| format!("{file} cannot be read: {error}"))?,
        None => String::new(),
    };
    Ok(Order {
        inputs: args.inputs.clone(),
        site: args.into.clone(),
        articles: articles(&args.into),
        boilerplate: match args.boilerplate {
            Mode::Review => Boilerplate::Review,
            Mode::Remove => Boilerplate::Remove,
            Mode::Keep => Boilerplate::Keep,
        },
        source: args.source.clone(),
        encoding: args.encoding,
        places: places
            .lines()
            .map(|line| line.split('\t').next().unwrap_or_default().to_owned())
            .collect(),
        names: names(args)?,
        dry: args.dry_run,
    })
}

/// The names to tag with, if that is asked for.
fn names(args: &TextArgs) -> Result<Option<Arc<Names>>, String> {
    if !args.tag {
        return Ok(None);
    }
    let config = Config::load(&args.into).ok();
    let names = tagged::names(config.as_ref(), &args.gazetteer)?;
    Ok(Some(Arc::new(names)))
}

/// The folder of the articles, seen from that of the site: what its settings say, or the usual.
pub(super) fn articles(site: &Utf8Path) -> Utf8PathBuf {
    let usual = Utf8PathBuf::from("content/articles");
    let Ok(config) = Config::load(site) else {
        return usual;
    };
    let folders = config.settings.content.articles.all();
    let plain = folders
        .iter()
        .find(|folder| !folder.contains(['*', '?', '[', '{']));
    plain.map_or(usual, |folder| {
        Utf8Path::new(&config.settings.content.root).join(folder.trim_start_matches("./"))
    })
}

/// How many pieces of the input there were, and what became of them.
pub(super) fn tell_counts(report: &Report, pieces: &str, dry: bool, screen: &Screen) {
    if screen.format == Format::Json {
        screen.print(&format!("{}\n", json!({ "summary": report })));
        return;
    }
    let counts = report.counts.iter().filter(|(name, _)| **name != "files");
    let counts: Vec<String> = counts
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    let all = report.counts.get("files").copied().unwrap_or_default();
    let would = if dry { " Nothing was written." } else { "" };
    screen.say(&format!("{all} {pieces}: {}.{would}", counts.join(", ")));
}

/// What was done, in a few lines or as the report itself.
fn tell(report: &Report, order: &Order, screen: &Screen) {
    tell_counts(report, "files", order.dry, screen);
    let removed: Vec<String> = report
        .removed
        .iter()
        .map(|(rule, lines)| format!("{lines} {rule}"))
        .collect();
    if !removed.is_empty() {
        screen.say(&format!(
            "Lines that are not in the bodies: {}.",
            removed.join(", ")
        ));
    }
    if report.undecided > 0 && !order.dry {
        screen.say(&format!(
            "{} lines open or close many files of a source. Decide in {}, then import again.",
            report.undecided,
            order.site.join(BOILERPLATE)
        ));
    }
}
