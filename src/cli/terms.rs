//! `morgue terms`.

use std::io::{BufRead as _, IsTerminal as _};

use camino::Utf8PathBuf;
use clap::{Args, Subcommand};

use super::list::taxonomy;
use super::screen::Screen;
use super::{Ending, Global, load};
use crate::config::Config;
use crate::diagnostics::report::Format;
use crate::terms::{self, Order, Refusal, Revision};

mod conditions;
mod git;
mod paint;
mod report;

use conditions::Conditions;
use report::{files, report, show, summary};

/// Merge, rename, split and move people, places and topics, in all articles at once.
///
/// Rewrites the front matter of every article concerned: only the bytes of the names change, and
/// every file is read again before anything is written. Old names become aliases in the records,
/// so that old addresses lead to the new pages. The change is shown first and wants a yes; a
/// folder under git must have no other changes in it. docs/terms.md tells more.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue terms merge people \"Kim Jong-un\" \"Kim Jong Un\" \"Kim Jung-un\"
  morgue terms rename places Swaziland Eswatini
  morgue terms split places Georgia --into \"Georgia (U.S. state)\" --section \"U.S. News\"
  morgue terms retag --from topics/Reuters --to agencies/Reuters
  morgue terms retag --to topics/Elections --section Politics --since 2019-04 --until 2019-05
  morgue terms merge --list merges.tsv --dry-run")]
pub(super) struct TermsArgs {
    #[command(subcommand)]
    command: TermsCommand,
}

#[derive(Debug, Subcommand)]
enum TermsCommand {
    /// Make one term of several: the first stays, the others become part of it
    #[command(after_help = "\
Examples:
  morgue terms merge people \"Kim Jong-un\" \"Kim Jong Un\"   the first name stays
  morgue terms merge --list merges.tsv --yes             many at once

Each line of a list holds, parted by tabs: the taxonomy, the term that stays, the others.")]
    Merge(MergeArgs),
    /// Give a term another name; the old one stays an alias
    Rename(RenameArgs),
    /// Give some articles of a term another term instead
    #[command(after_help = "\
Examples:
  morgue terms split places Georgia --into \"Georgia (U.S. state)\" --section \"U.S. News\"
  morgue terms split people \"George Bush\" --into \"George W. Bush\" --since 1999
  morgue list articles --place Georgia --year 2008 --csv   shows what there is to split")]
    Split(SplitArgs),
    /// Move a term to another taxonomy, or put one in, or take one away
    #[command(after_help = "\
Examples:
  morgue terms retag --from topics/Reuters --to agencies/Reuters    in all articles
  morgue terms retag --to topics/Elections --section Politics --year 2019
  morgue terms retag --from topics/Misc                             take it away")]
    Retag(RetagArgs),
}

#[derive(Debug, Args)]
struct MergeArgs {
    /// people, places, topics… or a taxonomy of the site
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    taxonomy: Option<String>,
    /// The term that stays, by name, slug or alias
    #[arg(
        value_name = "STAYS",
        required_unless_present = "list",
        conflicts_with = "list"
    )]
    kept: Option<String>,
    /// Those that become part of it
    #[arg(
        value_name = "GOES",
        required_unless_present = "list",
        conflicts_with = "list"
    )]
    others: Vec<String>,
    /// Merge what a file lists, one merge a line; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    list: Option<Utf8PathBuf>,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Debug, Args)]
struct RenameArgs {
    /// people, places, topics… or a taxonomy of the site
    taxonomy: String,
    /// The term, by its name, slug or an alias
    old: String,
    /// Its name from now on
    new: String,
    /// Let its address follow the name, even where the record or its file name sets it; the old
    /// address leads to the new one
    #[arg(long)]
    address: bool,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Debug, Args)]
struct SplitArgs {
    /// people, places, topics… or a taxonomy of the site
    taxonomy: String,
    /// The term that some articles lose
    term: String,
    /// The term they get instead; it may be a new one
    #[arg(long, value_name = "NAME")]
    into: String,
    #[command(flatten)]
    conditions: Conditions,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Debug, Args)]
struct RetagArgs {
    /// The term that articles lose
    #[arg(long, value_name = "TAXONOMY/NAME", required_unless_present = "to")]
    from: Option<String>,
    /// The term that they get; it may be a new one
    #[arg(long, value_name = "TAXONOMY/NAME")]
    to: Option<String>,
    #[command(flatten)]
    conditions: Conditions,
    #[command(flatten)]
    consent: Consent,
}

/// Whether anything is written.
#[derive(Debug, Args)]
pub(super) struct Consent {
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write without asking
    #[arg(long, short, conflicts_with = "dry_run")]
    yes: bool,
    /// Write although git has changes that are not committed
    #[arg(long)]
    allow_dirty: bool,
    /// Print what was done as JSON, for the records
    #[arg(long)]
    json: bool,
}

impl Consent {
    /// Whether anything is said at all.
    pub(super) fn is_given(&self) -> bool {
        self.dry_run || self.yes || self.allow_dirty || self.json
    }
}

pub(super) fn run(global: &Global, args: &TermsArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let consent = match &args.command {
        TermsCommand::Merge(args) => &args.consent,
        TermsCommand::Rename(args) => &args.consent,
        TermsCommand::Split(args) => &args.consent,
        TermsCommand::Retag(args) => &args.consent,
    };
    let plan = orders(&config, &args.command).map_err(Refusal::Order);
    let plan = plan.and_then(|orders| terms::plan(&config, &orders));
    settle(&config, plan, consent, screen)
}

/// Carries out what was worked out, or tells why it cannot be.
pub(super) fn settle(
    config: &Config,
    plan: Result<Revision, Refusal>,
    consent: &Consent,
    screen: &Screen,
) -> Ending {
    match plan {
        Ok(revision) => carry_out(config, &revision, consent, screen),
        Err(Refusal::Order(reason)) => {
            screen.fail(&reason);
            Ending::Failed
        }
        Err(Refusal::Content(notes)) => {
            screen.report(notes, &config.folder);
            screen.say("Nothing was written.");
            Ending::Problems
        }
    }
}

fn orders(config: &Config, command: &TermsCommand) -> Result<Vec<Order>, String> {
    match command {
        TermsCommand::Merge(args) => merges(config, args),
        TermsCommand::Rename(args) => Ok(vec![Order::Rename {
            taxonomy: taxonomy(config, &args.taxonomy, &[])?,
            old: args.old.clone(),
            new: args.new.clone(),
            address: args.address,
        }]),
        TermsCommand::Split(args) => {
            let index = taxonomy(config, &args.taxonomy, &[])?;
            let choice = args.conditions.choice(config)?;
            if choice.is_everything() {
                return Err("a split needs to know which articles it is about\n\
                     help: say so, as in `--since 1999`, `--section World` or `--file 'content/articles/2019/**'`; `morgue terms rename` is for all of them".into());
            }
            Ok(vec![Order::Move {
                from: Some((index, args.term.clone())),
                to: Some((index, args.into.clone())),
                choice,
            }])
        }
        TermsCommand::Retag(args) => {
            let end = |text: &Option<String>| match text {
                Some(text) => conditions::term(config, text, '/').map(Some),
                None => Ok(None),
            };
            Ok(vec![Order::Move {
                from: end(&args.from)?,
                to: end(&args.to)?,
                choice: args.conditions.choice(config)?,
            }])
        }
    }
}

fn merges(config: &Config, args: &MergeArgs) -> Result<Vec<Order>, String> {
    if let (Some(word), Some(kept)) = (&args.taxonomy, &args.kept) {
        return Ok(vec![Order::Merge {
            taxonomy: taxonomy(config, word, &[])?,
            kept: kept.clone(),
            others: args.others.clone(),
        }]);
    }
    let Some(list) = &args.list else {
        return Ok(Vec::new());
    };
    let mut orders = Vec::new();
    for (number, line) in conditions::lines(list)?.iter().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut cells = line.split('\t').map(str::trim);
        let word = cells.next().unwrap_or_default();
        let kept = cells.next().unwrap_or_default();
        let others: Vec<String> = cells.map(str::to_owned).filter(|c| !c.is_empty()).collect();
        if others.is_empty() {
            return Err(format!(
                "line {} of {list} is no merge: {line:?}\n\
                 help: write the taxonomy, the term that stays and those that go, parted by tabs",
                number + 1
            ));
        }
        orders.push(Order::Merge {
            taxonomy: taxonomy(config, word, &[])?,
            kept: kept.to_owned(),
            others,
        });
    }
    Ok(orders)
}

/// Shows the change and, with consent, writes it.
fn carry_out(config: &Config, revision: &Revision, consent: &Consent, screen: &Screen) -> Ending {
    let as_json = consent.json || screen.format == Format::Json;
    let count = revision.edits.len();
    let told = summary(revision);
    if !as_json {
        show(revision, consent.dry_run, screen);
    }
    if count == 0 || consent.dry_run {
        let end = if count == 0 {
            "Nothing to change."
        } else {
            "Nothing was written."
        };
        screen.say(&format!("{told}{end}"));
        report(as_json, revision, &[], None, screen);
        return Ending::Done;
    }
    screen.say(&told);
    if let Err(reason) = allowed(config, consent) {
        screen.fail(&reason);
        return Ending::Failed;
    }
    if !consent.yes && !asked(count, as_json, screen) {
        screen.fail(
            "nothing was written\nhelp: `--yes` writes without asking, `--dry-run` only shows",
        );
        return Ending::Failed;
    }
    let written = revision.write();
    report(
        as_json,
        revision,
        &written.done,
        written.failed.as_deref(),
        screen,
    );
    match written.failed {
        None => {
            screen.say(&format!("{} written.", files(count)));
            Ending::Done
        }
        Some(reason) => {
            screen.fail(&reason);
            for file in &written.done {
                screen.say(&format!("  has its new text: {file}"));
            }
            let done = written.done.len();
            screen.say(&format!("{done} of {} written.", files(count)));
            Ending::Failed
        }
    }
}

/// Whether the folder is in a state in which a change can be taken back.
fn allowed(config: &Config, consent: &Consent) -> Result<(), String> {
    match git::state(config) {
        git::State::Clean => Ok(()),
        git::State::Changed(_) if consent.allow_dirty => Ok(()),
        git::State::Changed(files) => Err(format!(
            "git has changes here that are not committed: {files}\n\
             help: commit them first, so that this change stands alone and can be taken back; or say `--allow-dirty`"
        )),
        git::State::None if consent.yes => Ok(()),
        git::State::None => Err(
            "this folder is not under git, so a change could not be taken back\n\
             help: make a copy first, then say `--yes`"
                .into(),
        ),
    }
}

fn asked(count: usize, as_json: bool, screen: &Screen) -> bool {
    if as_json || !std::io::stdin().is_terminal() {
        return false;
    }
    screen.ask(&format!("Write {}? [y/N] ", files(count)));
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}
