//! `morgue import text`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};

use super::into::IntoArgs;
use crate::cli::Ending;
use crate::cli::screen::Screen;
use crate::diagnostics::Diagnostics;
use crate::diagnostics::report::Format;
use crate::import::report::Report;
use crate::import::text_files::{BOILERPLATE, Boilerplate, Order, import};

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
    #[command(flatten)]
    into: IntoArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Mode {
    Review,
    Remove,
    Keep,
}

impl From<Mode> for Boilerplate {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Review => Boilerplate::Review,
            Mode::Remove => Boilerplate::Remove,
            Mode::Keep => Boilerplate::Keep,
        }
    }
}

pub(super) fn encoding(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
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
    let imported = import(&order, &mut notes);
    let (ending, report) = args.into.tell(imported, notes, "files", screen);
    if let Some(report) = report.filter(|_| screen.format != Format::Json) {
        tell(
            &report,
            order.place.dry,
            &order.place.site.join(BOILERPLATE),
            screen,
        );
    }
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
        place: args.into.place(),
        boilerplate: args.boilerplate.into(),
        source: args.source.clone(),
        encoding: args.encoding,
        places: places
            .lines()
            .map(|line| line.split('\t').next().unwrap_or_default().to_owned())
            .collect(),
        names: args.into.names()?,
    })
}

/// What was left out of the bodies, and what waits for a decision.
pub(super) fn tell(report: &Report, dry: bool, table: &Utf8Path, screen: &Screen) {
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
    if report.undecided > 0 && !dry {
        screen.say(&format!(
            "{} lines open or close many files of a source. Decide in {}, then import again.",
            report.undecided, table
        ));
    }
}
