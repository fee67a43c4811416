//! Writes the ledger once a site is made.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};

use camino::Utf8Path;

use crate::archive::Selection;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;
use crate::site::ledger::{self, Ledger};

/// What was done about the ledger.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Whether there was none before.
    pub(crate) begun: bool,
    /// Why it could not be written.
    pub(crate) notes: Diagnostics,
}

/// Writes the addresses of an edition into its ledger, where they changed. What was made with
/// drafts or with the future is no edition that was published, so it leaves the ledger alone.
pub(crate) fn keep(edition: &Edition, selection: &Selection) -> Kept {
    let mut kept = Kept::default();
    let settled = &edition.site.ledger;
    if selection.drafts || selection.future || !settled.changed {
        return kept;
    }
    let place = Ledger::of(&edition.config.folder);
    match replace(place.path(), |file| {
        ledger::write(&edition.site, &edition.archive, &edition.config, file)
    }) {
        Ok(()) => kept.begun = !settled.was_there,
        Err(error) => {
            let message = format!("the addresses could not be written: {error}");
            let note = Diagnostic::new(Code::LedgerNotWritten, message).file(ledger::FILE);
            kept.notes.push(
                note.help("make the folder of site.toml writable, or build with `--no-ledger`"),
            );
        }
    }
    kept
}

/// Puts a new file in the place of an old one in one step, once all of it is on the disk.
///
/// # Errors
/// What the system says; the old file is then as it was.
pub(crate) fn replace(
    path: &Utf8Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    // Through a link it is the file it leads to that is replaced, or the link would be lost.
    let path = path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    let aside = path.with_extension("tsv.new");
    let write = || -> io::Result<()> {
        let mut file = BufWriter::with_capacity(1 << 16, File::create(&aside)?);
        fill(&mut file)?;
        file.flush()?;
        let file = file.into_inner()?;
        file.sync_all()?;
        if let Ok(found) = fs::metadata(&path) {
            file.set_permissions(found.permissions())?;
        }
        fs::rename(&aside, &path)
    };
    let written = write();
    if written.is_err() {
        let _ = fs::remove_file(&aside);
    }
    written
}
