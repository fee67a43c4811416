//! `morgue export`.

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde_json::json;

use super::build::{counts, told};
use super::screen::Screen;
use super::{Choice, Ending, Global, load, moment};
use crate::diagnostics::report::Format;
use crate::output::pack::is_standard_output;
use crate::{ExportForm, ExportOptions, export};

/// Hand out the published archive for other systems: ninjs, JSON Lines, CSV.
///
/// Writes what a build would publish and nothing else: no draft, no embargoed or removed article,
/// no redacted word, and nothing of articles that ask to stay out of search engines. Every record
/// is looked through for what was withdrawn before it is written. ninjs (IPTC News in JSON 3.0)
/// holds every field, so that `morgue import ninjs` makes the same article of it; JSON Lines and
/// CSV have the columns of the site's data files and the body in Markdown.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue export ninjs --output archive.jsonl   one item a line
  morgue export ninjs --output items           a new folder, one .json file an article
  morgue export ninjs --output items.json      one JSON array
  morgue export jsonl | jq -r .title           to another program
  morgue export csv --output articles.csv      for a spreadsheet")]
pub(super) struct ExportArgs {
    /// ninjs, jsonl or csv
    #[arg(value_name = "FORM", hide_possible_values = true)]
    form: Form,
    /// A file; for ninjs also a new folder (default: standard output)
    #[arg(long, short, value_name = "FILE|DIR")]
    output: Option<Utf8PathBuf>,
    /// Neither take what was read before from .morgue/ nor leave anything there
    #[arg(long)]
    no_cache: bool,
    /// The time that counts as now, as in 2019-04-25 (default: SOURCE_DATE_EPOCH, else the clock)
    #[arg(long, value_name = "TIME", value_parser = moment)]
    now: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Ninjs,
    Jsonl,
    Csv,
}

pub(super) fn run(global: &Global, args: &ExportArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let folder = config.folder.clone();
    let choice = Choice {
        now: args.now,
        drafts: false,
        future: false,
    };
    let options = ExportOptions {
        form: match args.form {
            Form::Ninjs => ExportForm::Ninjs,
            Form::Jsonl => ExportForm::JsonLines,
            Form::Csv => ExportForm::Csv,
        },
        output: args.output.clone(),
        selection: choice.selection(),
        cache: !args.no_cache,
    };
    let (exported, notes) = export(config, &options, &mut std::io::stdout().lock());
    let streamed = args.output.as_deref().is_none_or(is_standard_output);
    // Standard output is the archive's alone, whatever the form of findings.
    let format = if streamed {
        Format::Text
    } else {
        global.format
    };
    let screen = &Screen::new(&Global {
        format,
        ..global.clone()
    });
    screen.report(notes, &folder);
    let Ok(exported) = exported else {
        return Ending::Problems;
    };
    let noindex = exported.noindex;
    if screen.format == Format::Json {
        let mut left_out = counts(&exported.left_out);
        left_out["noindex"] = noindex.into();
        let summary = json!({ "summary": { "articles": exported.articles, "left_out": left_out } });
        screen.print(&format!("{summary}\n"));
        return Ending::Done;
    }
    let quiet = match noindex {
        0 => String::new(),
        some => format!("\nLeft out too, for they ask to stay out of search engines: {some}."),
    };
    let told = told(&exported.left_out);
    let (articles, plural) = match exported.articles {
        1 => (1, ""),
        several => (several, "s"),
    };
    screen.say(&format!(
        "{articles} article{plural} exported.{told}{quiet}"
    ));
    Ending::Done
}
