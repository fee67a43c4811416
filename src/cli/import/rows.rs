//! `morgue import csv` and `morgue import jsonl`.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use clap::Args;

use super::into::{IntoArgs, unread};
use crate::cli::Ending;
use crate::cli::screen::Screen;
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::import::rows::{Columns, Form, Order, import};

/// Bring in a table or a file of JSON Lines, one row an article.
///
/// A column that is named as a field of front matter is that field; `--map` says it of the
/// others. `body` is the text in Markdown, `text` the same in plain. Several names in one cell are
/// parted by `|`, or are a list in JSON. Columns that nobody reads are counted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue import csv stories.csv --into my-archive --map Headline=title --map Tags=topics --map Story=text
  morgue import jsonl stories.jsonl --into my-archive --map body=text --dry-run
  morgue import jsonl stories.jsonl --into my-archive --tag --gazetteer countries.tsv --explain")]
pub(super) struct RowsArgs {
    /// The file
    #[arg(value_name = "FILE")]
    input: Utf8PathBuf,
    /// Which field a column is; again for each further one
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = pair)]
    map: Vec<(String, String)>,
    #[command(flatten)]
    into: IntoArgs,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (column, field) = text
        .split_once('=')
        .ok_or("write COLUMN=FIELD, as in Headline=title")?;
    Ok((column.trim().to_owned(), field.trim().to_owned()))
}

pub(super) fn run(args: &RowsArgs, json: bool, screen: &Screen) -> Ending {
    let config = Config::load(&args.into.into).ok();
    let map: BTreeMap<String, String> = args.map.iter().cloned().collect();
    let form = match (json, args.input.extension()) {
        (true, _) => Form::JsonLines,
        (false, Some("tsv" | "tab")) => Form::Tsv,
        (false, _) => Form::Csv,
    };
    let names = match args.into.names() {
        Ok(names) => names,
        Err(reason) => {
            screen.fail(&reason);
            return Ending::Failed;
        }
    };
    let order = Order {
        input: args.input.clone(),
        form,
        columns: Columns::of(config.as_ref(), map),
        place: args.into.place(),
        names,
    };
    let mut notes = Diagnostics::new();
    let imported = import(&order, &mut notes);
    let (ending, report) = args.into.tell(imported, notes, "rows", screen);
    if let Some(unread) = report.as_ref().and_then(unread) {
        screen.say(&format!("Columns that nobody reads: {unread}."));
    }
    ending
}
