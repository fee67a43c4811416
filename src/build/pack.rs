//! `morgue build --pack`: the same pages in one file.

use camino::{Utf8Path, Utf8PathBuf};

use super::press::{self, Press};
use super::{Progress, Timings, is_among_sources, ledger};
use crate::archive::{LeftOut, Selection};
use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Clock;
use crate::output::pack::{self, Pack, Packed, is_standard_output};

/// How a site is packed.
#[derive(Debug, Clone)]
pub struct PackOptions {
    /// The file; its ending says which form it gets, and `-` is standard output.
    pub pack: Utf8PathBuf,
    /// What of the content is published.
    pub selection: Selection,
    /// Take what was read before from `.morgue/`, and leave there what was read now.
    pub cache: bool,
    /// Hold the addresses against `permalinks.tsv`, and write them there once the site is made.
    pub ledger: bool,
    /// Measure every page by its kind.
    pub timings: bool,
}

/// What packing a site did.
#[derive(Debug)]
pub struct PackBuilt {
    /// How many articles are published.
    pub articles: usize,
    /// Where it was packed.
    pub pack: Utf8PathBuf,
    /// What is in it.
    pub packed: Packed,
    /// What was left out.
    pub left_out: LeftOut,
    /// Whether this build began the ledger of the site.
    pub ledger_begun: bool,
    /// How long it took.
    pub timings: Timings,
}

/// Builds a site into one file. The findings come in any case; a build with an error among them
/// leaves an older pack as it was.
///
/// # Errors
/// When anything in the content stops a build, or the pack cannot be written.
pub fn pack(
    config: Config,
    options: &PackOptions,
    progress: &dyn Progress,
) -> (Result<PackBuilt, ()>, Diagnostics) {
    if let Some(refusal) = refuse(&config, &options.pack) {
        return (Err(()), refusal.into());
    }
    let cache = options.cache.then(|| Cache::open(&config.folder)).flatten();
    let ready = press::edition(config, &options.selection, cache.as_ref(), options.ledger);
    let (edition, mut notes) = match ready {
        Ok(ready) => ready,
        Err(notes) => return (Err(()), notes),
    };
    let mut clock = Clock::start();
    let press = Press::new(&edition, edition.site.ids().collect(), options.timings);
    let paths = press.paths();
    progress.begin(paths.len());
    let packed = Pack::open(&options.pack, options.selection.now)
        .map(|pack| pack.with_checksums(edition.config.settings.publish.checksums))
        .map_err(Diagnostics::from)
        .and_then(|pack| pack::write(pack, &paths, |index| press.make(index), &|| progress.page()));
    clock.lap("render and pack");
    match packed {
        Ok(packed) => {
            notes.extend(press.remarks());
            let mut begun = false;
            if options.ledger {
                let kept = ledger::keep(&edition, &options.selection);
                notes.extend(kept.notes);
                begun = kept.begun;
            }
            let built = PackBuilt {
                articles: edition.archive.articles.len(),
                pack: options.pack.clone(),
                packed,
                left_out: edition.archive.left_out,
                ledger_begun: begun,
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

/// A pack that would lie among what it is made from: the next build would publish it.
pub(super) fn refuse(config: &Config, pack: &Utf8Path) -> Option<Diagnostic> {
    if is_standard_output(pack) {
        return None;
    }
    let folder = pack.parent().unwrap_or(Utf8Path::new(""));
    is_among_sources(config, folder).then(|| {
        let message = format!("the site cannot be packed into {pack}");
        Diagnostic::new(Code::BadOutput, message)
            .help("choose a place outside the content, as in `--pack site.tar`")
    })
}
