//! What every import of articles understands and tells.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use serde_json::json;

use crate::cli::Ending;
use crate::cli::screen::Screen;
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::diagnostics::report::Format;
use crate::import::report::{Place, Report};
use crate::import::tag::Names;
use crate::import::tagged;

/// Where articles go, and whether they are tagged on the way.
#[derive(Debug, Args)]
pub(super) struct IntoArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR")]
    pub(super) into: Utf8PathBuf,
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

impl IntoArgs {
    pub(super) fn place(&self) -> Place {
        Place {
            site: self.into.clone(),
            articles: articles(&self.into),
            dry: self.dry_run,
        }
    }

    /// The names to tag with, if that is asked for.
    pub(super) fn names(&self) -> Result<Option<Arc<Names>>, String> {
        if !self.tag {
            return Ok(None);
        }
        let config = Config::load(&self.into).ok();
        let names = tagged::names(config.as_ref(), &self.gazetteer)?;
        Ok(Some(Arc::new(names)))
    }

    /// Tells what an import found and did; `None` where it was stopped.
    pub(super) fn tell(
        &self,
        imported: Result<Report, Diagnostics>,
        mut notes: Diagnostics,
        pieces: &str,
        screen: &Screen,
    ) -> (Ending, Option<Report>) {
        let report = match imported {
            Ok(report) => report,
            Err(found) => {
                notes.extend(found);
                screen.report(notes, Utf8Path::new(""));
                return (Ending::Problems, None);
            }
        };
        let ending = crate::cli::ending(&notes);
        screen.report(notes, Utf8Path::new(""));
        if self.explain {
            for (article, tags) in &report.tags {
                screen.print(&tagged::explained(article, tags));
            }
        }
        if screen.format == Format::Json {
            screen.print(&format!("{}\n", json!({ "summary": report })));
            return (ending, Some(report));
        }
        let counts = report.counts.iter().filter(|(name, _)| **name != "files");
        let counts: Vec<String> = counts
            .map(|(name, count)| format!("{count} {name}"))
            .collect();
        let counts = match counts.is_empty() {
            true => String::new(),
            false => format!(": {}", counts.join(", ")),
        };
        let all = report.counts.get("files").copied().unwrap_or_default();
        let would = if self.dry_run {
            " Nothing was written."
        } else {
            ""
        };
        screen.say(&format!("{all} {pieces}{counts}.{would}"));
        (ending, Some(report))
    }
}

/// The folder of the articles, seen from that of the site: what its settings say, or the usual.
fn articles(site: &Utf8Path) -> Utf8PathBuf {
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

/// The properties or columns that no field takes, with how many pieces have each.
pub(super) fn unread(report: &Report) -> Option<String> {
    let unread: Vec<String> = report
        .unread
        .iter()
        .map(|(name, pieces)| format!("{name} ({pieces})"))
        .collect();
    (!unread.is_empty()).then(|| unread.join(", "))
}
