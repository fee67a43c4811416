//! `morgue check`.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::screen::{Bar, Screen};
use super::terms::{Consent, settle};
use super::{Choice, Ending, Global, load};
use crate::check::{CheckOptions, Checked, check_online};
use crate::config::Config;
use crate::diagnostics::report::Format;
use crate::diagnostics::{Code, Diagnostics, Severity};
use crate::terms;
use crate::{Online, Told};

/// Say what is wrong with the archive, and how to put it right.
///
/// Reads everything as a build does and reports what a build would; then it looks for what no
/// build has to know: articles that are nearly the same, names that look alike, dates that can
/// hardly be right, records that contradict the articles, pictures that are too large, and what is
/// lacking. Nothing is changed without `--fix`, and no other host is asked without `--external`.
///
/// What should not be reported again is written into `[check]` of site.toml; docs/check.md tells
/// for each finding how.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue check                            what is wrong with the archive?
  morgue check --level warning            without notes, such as how many articles lack a summary
  morgue check --only M0700,M0710         names that look alike and articles that are nearly the same
  morgue check --only M0731 --all         every article without a summary
  morgue check --format sarif > out.sarif for code hosts and editors
  morgue check --format github            marked at the lines of a commit
  morgue check --fix --dry-run            what would be put right by itself?
  morgue check --external                 are the pages of others still there that the archive links to?
  morgue check --external --external-age 0 --only M0680,M0681
                                          ask for all of them again, and tell of dead ones alone
  morgue check --external --external-snapshots
                                          and where does the Internet Archive keep what is gone?

With --external, each host is asked for one address at a time, with a pause of a second in between.
What was found out is kept in external-links.tsv beside site.toml, which belongs into version
control: what was good is not asked again for 30 days, and a run that was broken off goes on.

Exit codes: 0 nothing but notes, 1 errors or warnings, 2 could not run.")]
pub(super) struct CheckArgs {
    /// Report only these codes
    #[arg(long, value_name = "CODE", value_delimiter = ',', num_args = 1.., value_parser = code)]
    only: Vec<Code>,
    /// Do not report these codes, nor those of `[check] ignore` in site.toml
    #[arg(long, value_name = "CODE", value_delimiter = ',', num_args = 1.., value_parser = code)]
    ignore: Vec<Code>,
    /// Report nothing that weighs less
    #[arg(long, value_enum, default_value_t = Level::Note)]
    level: Level,
    /// List every article and term that lacks something, not only how many do; show all findings
    /// of a code, not only the first ten
    #[arg(long)]
    all: bool,
    /// Put right what nobody has to decide: names spelled otherwise than their term, and names that
    /// an article lists twice. The change is shown first and wants a yes
    #[arg(long, conflicts_with_all = ["only", "ignore", "level", "all"])]
    fix: bool,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    consent: Consent,
    #[command(flatten)]
    choice: Choice,
}

/// Whether other hosts are asked.
#[derive(Debug, Clone, Args)]
struct Asking {
    /// Ask other hosts whether what the archive links to is still there
    #[arg(long, conflicts_with = "fix")]
    external: bool,
    /// Take an answer that is so many days old for true (`[check] external_age`, 30 days)
    #[arg(long, value_name = "DAYS", requires = "external")]
    external_age: Option<u32>,
    /// Ask computers of private networks too (localhost, 10.0.0.1). Only for an archive whose every
    /// author is trusted
    #[arg(long, requires = "external")]
    external_private: bool,
    /// Ask the Wayback Machine for copies of what is gone (`[check] external_snapshots`)
    #[arg(long, requires = "external")]
    external_snapshots: bool,
}

impl Asking {
    fn online<'a>(&self, bar: &'a Bar) -> Option<Online<'a>> {
        self.external.then_some(Online {
            private: self.external_private,
            snapshots: self.external_snapshots,
            age: self.external_age,
            progress: bar,
        })
    }
}

/// The least that is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Everything
    Note,
    /// Warnings and errors
    Warning,
    /// Errors alone
    Error,
}

impl Level {
    fn takes(self, severity: Severity) -> bool {
        match self {
            Level::Note => true,
            Level::Warning => severity != Severity::Note,
            Level::Error => severity == Severity::Error,
        }
    }
}

fn code(text: &str) -> Result<Code, String> {
    Code::parse(text).ok_or_else(|| "no such code; `morgue explain` lists every code".to_owned())
}

pub(super) fn run(global: &Global, args: &CheckArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    if !args.fix && args.consent.is_given() {
        screen.fail("`--dry-run`, `--yes`, `--allow-dirty` and `--json` are about what `--fix` writes\nhelp: `--format json` gives the findings as JSON");
        return Ending::Failed;
    }
    if args.fix {
        return settle(&config, terms::tidy(&config), &args.consent, screen);
    }
    let started = std::time::Instant::now();
    let folder = config.folder.clone();
    let silenced = silenced(&config, args);
    let options = CheckOptions {
        selection: args.choice.selection(),
        all: args.all,
    };
    let bar = screen.bar().of("Asking other hosts", "addresses");
    let online = args.asking.online(&bar);
    let (checked, notes) = check_online(config, &options, online.as_ref());
    bar.finish();
    let mut kept = Diagnostics::new();
    for note in notes {
        let is_wanted = args.only.is_empty() || args.only.contains(&note.code);
        if is_wanted && !silenced.contains(&note.code) && args.level.takes(note.severity) {
            kept.push(note);
        }
    }
    kept.sort();
    let counts = counts(&kept);
    let is_fine = kept.count(Severity::Error) + kept.count(Severity::Warning) == 0;
    screen.findings(kept, &folder, args.all);
    let Ok(checked) = checked else {
        screen.say("This site cannot be checked further: its theme cannot be used.");
        return Ending::Problems;
    };
    sum_up(&counts, &checked, started.elapsed().as_secs_f64(), screen);
    if is_fine {
        Ending::Done
    } else {
        Ending::Problems
    }
}

/// What was looked at and how often each code was found.
fn sum_up(counts: &Counts, checked: &Checked, seconds: f64, screen: &Screen) {
    match screen.format {
        Format::Json => screen.print(&format!("{}\n", summary(counts, checked, seconds))),
        Format::Text => {
            screen.print(&table(counts));
            screen.say(&format!(
                "{} articles and {} terms checked in {seconds:.2} s.",
                checked.articles, checked.terms
            ));
            if let Some(told) = &checked.external {
                screen.say(&of_others(told));
            }
        }
        _ => {}
    }
}

/// The codes that the settings or the command line silence. The settings were checked when they
/// were read.
fn silenced(config: &Config, args: &CheckArgs) -> Vec<Code> {
    let settings = config.settings.check.ignore.iter();
    let settings = settings.filter_map(|code| Code::parse(code));
    settings.chain(args.ignore.iter().copied()).collect()
}

type Counts = BTreeMap<(Severity, Code), usize>;

fn counts(notes: &Diagnostics) -> Counts {
    let mut counts = Counts::new();
    for note in notes {
        *counts.entry((note.severity, note.code)).or_default() += 1;
    }
    counts
}

/// How often each code was found, the heaviest first.
fn table(counts: &Counts) -> String {
    if counts.is_empty() {
        return "Nothing was found.\n".to_owned();
    }
    let mut text = "\n".to_owned();
    for ((severity, code), count) in counts {
        let weight = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        text.push_str(&format!(
            "{count:>7}  {code}  {weight:<7}  {}\n",
            code.title()
        ));
    }
    text
}

/// What became of the links to other hosts.
fn of_others(told: &Told) -> String {
    let also = |count: usize, what: &str| match count {
        0 => String::new(),
        count => format!(", {count} {what}"),
    };
    format!(
        "{} addresses of other hosts: {} asked for, {} known from external-links.tsv{}{}.\n\
         {} good ({} of them moved), {} dead, {} unreachable now, {} let no program in{}.",
        told.addresses,
        told.asked,
        told.known,
        also(told.left, "left for another run"),
        also(told.private, "in private networks"),
        told.good,
        told.moved,
        told.dead,
        told.unreachable,
        told.shut,
        also(told.snapshots, "snapshots found"),
    )
}

fn summary(counts: &Counts, checked: &Checked, seconds: f64) -> serde_json::Value {
    let codes: serde_json::Map<_, _> = counts
        .iter()
        .map(|((_, code), count)| (code.to_string(), json!(count)))
        .collect();
    let mut summary = json!({
        "articles": checked.articles,
        "terms": checked.terms,
        "near_duplicates": checked.near_duplicates,
        "codes": codes,
        "seconds": seconds,
    });
    if let Some(told) = &checked.external {
        summary["external"] = json!({
            "addresses": told.addresses,
            "asked": told.asked,
            "known": told.known,
            "left": told.left,
            "good": told.good,
            "moved": told.moved,
            "dead": told.dead,
            "unreachable": told.unreachable,
            "shut": told.shut,
            "private": told.private,
            "snapshots": told.snapshots,
        });
    }
    json!({ "summary": summary })
}
