//! The command line: the arguments, and one thin file for each command.

mod bag;
mod build;
mod check;
mod completions;
mod explain;
mod export;
mod import;
mod index;
mod init;
mod list;
mod merge;
mod new;
mod permalinks;
mod schema;
mod screen;
mod serve;
mod terms;
mod theme;
mod verify;

use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;

use crate::archive::Selection;
use crate::config::Config;
use crate::content::Date;
use crate::diagnostics::report::Format;
use crate::diagnostics::{Code, Diagnostics, Severity};

use screen::Screen;

/// Turns article files into a published archive: a website whose shelves are people, places,
/// topics and dates.
#[derive(Debug, Parser)]
#[command(
    name = "morgue",
    version,
    max_term_width = 100,
    after_help = "\
Start here:  morgue init my-archive && cd my-archive && morgue serve --open
Every code that a report shows is explained by:  morgue explain M0104

Exit codes: 0 done, 1 problems found in the content, 2 could not run."
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options that every command understands.
#[derive(Debug, Clone, Args)]
struct Global {
    /// The folder that holds site.toml
    #[arg(
        long,
        value_name = "DIR",
        default_value = ".",
        global = true,
        hide_default_value = true
    )]
    site: Utf8PathBuf,
    /// How findings are shown: for people, one JSON object a line, GitHub annotations, or SARIF
    #[arg(long, value_enum, default_value_t = Format::Text, global = true, hide_default_value = true)]
    format: Format,
    /// Say nothing but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Show every finding, notes included
    #[arg(long, short, global = true)]
    verbose: bool,
}

/// What counts as published.
#[derive(Debug, Clone, Args)]
struct Choice {
    /// The time that counts as now, as in 2019-04-25 or 2019-04-25T10:30:00Z (default:
    /// SOURCE_DATE_EPOCH if it is set, else the current time)
    #[arg(long, value_name = "TIME", value_parser = moment)]
    now: Option<Timestamp>,
    /// Publish drafts too
    #[arg(long)]
    drafts: bool,
    /// Publish articles dated in the future too
    #[arg(long)]
    future: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the site into a folder that any static host can serve
    Build(build::BuildArgs),
    /// Join the parts that several machines made into one site
    Merge(merge::MergeArgs),
    /// Read everything, report what a build would, and make no page
    Index(index::IndexArgs),
    /// Say what is wrong with the archive, and how to put it right
    Check(check::CheckArgs),
    /// Preview the site on this computer; pages reload as files change
    Serve(serve::ServeArgs),
    /// Make a small working site in a new folder
    Init(init::InitArgs),
    /// Begin an article, or the record of a person, place or topic
    New(new::NewArgs),
    /// Bring in what is there already: scraped or exported text, tables, JSON Lines
    Import(import::ImportArgs),
    /// Hand out the published archive for other systems: ninjs, JSON Lines, CSV
    Export(export::ExportArgs),
    /// List the articles, people, places, topics… of the archive
    List(list::ListArgs),
    /// Merge, rename, split and move people, places and topics, in all articles at once
    Terms(terms::TermsArgs),
    /// Every address that was ever published: what became of it, and what is to become of it
    Permalinks(permalinks::PermalinksArgs),
    /// Hold files against their checksums: a built site, its sources, or a bag
    Verify(verify::VerifyArgs),
    /// Put the archive into a bag for a repository (BagIt)
    Bag(bag::BagArgs),
    /// Explain a code that a report shows, such as M0104
    Explain(explain::ExplainArgs),
    /// Print the completions of a shell
    Completions(completions::CompletionsArgs),
    /// Print a JSON Schema with which editors check front matter and site.toml
    Schema(schema::SchemaArgs),
    /// Begin a theme, list the themes there are, or print a part of a built-in one
    Theme(theme::ThemeArgs),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Done.
    Done,
    /// Problems found in the content.
    Problems,
    /// Could not run.
    Failed,
}

/// Reads the arguments, runs the command, and gives the exit code.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let screen = Screen::new(&cli.global);
    let ending = match &cli.command {
        Command::Build(args) => build::run(&cli.global, args, &screen),
        Command::Merge(args) => merge::run(args, &screen),
        Command::Index(args) => index::run(&cli.global, args, &screen),
        Command::Check(args) => check::run(&cli.global, args, &screen),
        Command::Serve(args) => serve::run(&cli.global, args, &screen),
        Command::Init(args) => init::run(&cli.global, args, &screen),
        Command::New(args) => new::run(&cli.global, args, &screen),
        Command::Import(args) => import::run(args, &screen),
        Command::Export(args) => export::run(&cli.global, args, &screen),
        Command::List(args) => list::run(&cli.global, args, &screen),
        Command::Terms(args) => terms::run(&cli.global, args, &screen),
        Command::Permalinks(args) => permalinks::run(&cli.global, args, &screen),
        Command::Verify(args) => verify::run(&cli.global, args, &screen),
        Command::Bag(args) => bag::run(&cli.global, args, &screen),
        Command::Explain(args) => explain::run(&cli.global, args, &screen),
        Command::Completions(args) => completions::run(&cli.global, args, &screen),
        Command::Schema(args) => schema::run(&cli.global, args, &screen),
        Command::Theme(args) => theme::run(&cli.global, args, &screen),
    };
    match ending {
        Ending::Done => ExitCode::SUCCESS,
        Ending::Problems => ExitCode::from(1),
        Ending::Failed => ExitCode::from(2),
    }
}

/// The settings of the site, or `Err` once the reason was shown.
fn load(global: &Global, screen: &Screen) -> Result<Config, Ending> {
    // An empty path would make every file of the site look absolute to an editor.
    let folder = if global.site == "." {
        Utf8Path::new("")
    } else {
        &global.site
    };
    Config::load(folder).map_err(|notes| {
        screen.report(notes, folder);
        Ending::Failed
    })
}

impl Choice {
    /// Whether two runs with the same arguments, one after the other, are at the same time.
    fn is_fixed(&self) -> bool {
        self.now.is_some() || source_date_epoch().is_some()
    }

    /// Reads the clock, the only place that does.
    fn selection(&self) -> Selection {
        let now = self.now.or_else(source_date_epoch).unwrap_or_else(clock);
        Selection {
            now,
            drafts: self.drafts,
            future: self.future,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}

/// The time that a reproducible build is given (reproducible-builds.org/specs/source-date-epoch).
fn source_date_epoch() -> Option<Timestamp> {
    let seconds = std::env::var("SOURCE_DATE_EPOCH").ok()?;
    Timestamp::from_second(seconds.trim().parse().ok()?).ok()
}

fn moment(text: &str) -> Result<Timestamp, String> {
    let date = Date::parse(text)?;
    Ok(date.instant(&jiff::tz::TimeZone::UTC))
}

/// How a command ends that wrote nothing: it could not run where the place to write is all that
/// is wrong.
fn refused(notes: &Diagnostics) -> Ending {
    let errors = notes.iter().filter(|note| note.severity == Severity::Error);
    let of_place = [Code::CannotWrite, Code::OutputBusy, Code::UnfinishedBuild];
    if errors
        .map(|note| note.code)
        .all(|code| of_place.contains(&code))
    {
        Ending::Failed
    } else {
        Ending::Problems
    }
}

/// Whether anything in some findings stops a build.
fn ending(notes: &Diagnostics) -> Ending {
    if notes.has_errors() {
        Ending::Problems
    } else {
        Ending::Done
    }
}
