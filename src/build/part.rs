//! `morgue build --shard`: a share of the pages.

use camino::Utf8PathBuf;

use super::press::{self, Press};
use super::{Progress, Timings, pack, refuse};
use crate::archive::{LeftOut, Selection};
use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::digest::Digester;
use crate::edition::{Clock, Edition};
use crate::output::pack::{Pack, Packed};
use crate::output::parts::{self, Plan, Shard};
use crate::output::{Folder, Published};

use crate::site::PageId;

/// Where a part is put.
#[derive(Debug, Clone)]
pub enum PartPlace {
    /// Into a folder of its own.
    Folder(Utf8PathBuf),
    /// Into one file.
    Pack(Utf8PathBuf),
}

/// How a part of a site is built.
#[derive(Debug, Clone)]
pub struct PartOptions {
    /// Which share of the pages.
    pub shard: Shard,
    /// Where it is put.
    pub place: PartPlace,
    /// What of the content is published.
    pub selection: Selection,
    /// Take what was read before from `.morgue/`, and leave there what was read now.
    pub cache: bool,
    /// Hold the addresses against `permalinks.tsv`; no part writes there.
    pub ledger: bool,
    /// Measure every page by its kind.
    pub timings: bool,
}

/// What was written of a part.
#[derive(Debug)]
pub enum PartMade {
    /// What changed in its folder.
    Folder(Published),
    /// What is in its pack.
    Pack(Packed),
}

/// What building a part did.
#[derive(Debug)]
pub struct PartBuilt {
    /// How many articles are published in the whole site.
    pub articles: usize,
    /// How many pages the whole site has.
    pub of: usize,
    /// How many of them the part has.
    pub pages: usize,
    /// Where they are.
    pub place: Utf8PathBuf,
    /// What was written there.
    pub made: PartMade,
    /// What was left out.
    pub left_out: LeftOut,
    /// How long it took.
    pub timings: Timings,
}

/// Builds a share of the pages. The findings come in any case; a build with an error among them
/// leaves an older part as it was.
///
/// # Errors
/// When anything in the content stops a build, be it in the share of another, or the part cannot
/// be written.
pub fn build_part(
    config: Config,
    options: &PartOptions,
    progress: &dyn Progress,
) -> (Result<PartBuilt, ()>, Diagnostics) {
    let (place, refusal) = match &options.place {
        PartPlace::Folder(folder) => (folder, refuse(&config, folder)),
        PartPlace::Pack(file) => (file, pack::refuse(&config, file)),
    };
    if let Some(refusal) = refusal {
        return (Err(()), refusal.into());
    }
    let cache = options.cache.then(|| Cache::open(&config.folder)).flatten();
    let ready = press::edition(config, &options.selection, cache.as_ref(), options.ledger);
    let (edition, mut notes) = match ready {
        Ok(ready) => ready,
        Err(notes) => return (Err(()), notes),
    };
    let mut clock = Clock::start();
    let plan = plan(&edition, &options.selection);
    let press = Press::new(&edition, share(&edition, options.shard), options.timings);
    let paths = press.paths();
    let pages = paths.len();
    progress.begin(pages);
    let made = make(options, &plan, &press, &paths, progress);
    clock.lap("render and write");
    match made {
        Ok(made) => {
            notes.extend(press.remarks());
            let built = PartBuilt {
                articles: edition.archive.articles.len(),
                of: edition.site.pages.len(),
                pages,
                place: place.clone(),
                made,
                left_out: edition.archive.left_out,
                timings: press.timings(&edition, clock),
            };
            (Ok(built), notes)
        }
        Err(found) => {
            notes.extend(press.told(found));
            (Err(()), notes)
        }
    }
}

fn make(
    options: &PartOptions,
    plan: &Plan,
    press: &Press<'_>,
    paths: &[&str],
    progress: &dyn Progress,
) -> Result<PartMade, Diagnostics> {
    let fill = |index| press.make(index);
    let progress = || progress.page();
    let of = (options.shard, plan);
    match &options.place {
        PartPlace::Folder(folder) => {
            let folder = Folder::open(folder)?;
            parts::publish(folder, of, paths, fill, &progress).map(PartMade::Folder)
        }
        PartPlace::Pack(file) => {
            let pack = Pack::open(file, options.selection.now)?;
            parts::pack(pack, of, paths, fill, &progress).map(PartMade::Pack)
        }
    }
}

/// The pages of a shard: every n-th of each kind, so that all shards get as much to do, in the
/// order of their paths.
fn share(edition: &Edition, shard: Shard) -> Vec<PageId> {
    let site = &edition.site;
    let mut pages: Vec<PageId> = site.ids().collect();
    pages.sort_by_cached_key(|page| {
        let page = site.page(*page);
        (super::kind_name(&page.kind), page.file())
    });
    shard.of_all(pages)
}

/// What the whole site is, so that parts of another are told apart: its program, settings, theme
/// and content, its time, and every path.
fn plan(edition: &Edition, selection: &Selection) -> Plan {
    let (archive, site) = (&edition.archive, &edition.site);
    let mut from = Digester::new()
        .digest(edition.config.fingerprint())
        .digest(edition.theme.fingerprint())
        .text(&selection.now.to_string())
        .number(usize::from(selection.drafts))
        .number(usize::from(selection.future));
    for article in &archive.articles {
        from.push(article.content.mark);
    }
    for page in &archive.pages {
        from.push(page.mark);
    }
    for record in archive.terms.iter().filter_map(|term| term.record.as_ref()) {
        from.push_value(record);
    }
    from.push_text(site.ledger.text());
    let mut files: Vec<String> = site.ids().map(|page| site.page(page).file()).collect();
    files.sort_unstable();
    let paths: Vec<&str> = files.iter().map(String::as_str).collect();
    let mut plan = Plan::new(from.finish().hex(), &paths, selection.now);
    plan.checksums = edition.config.settings.publish.checksums;
    plan
}
