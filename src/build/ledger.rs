//! Writes the ledger once a site is made.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};

use camino::Utf8Path;

use crate::archive::Selection;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;
use crate::site::ledger::{self, Ledger};

/// Writes the addresses of an edition into its ledger, where they changed. What was made with
/// drafts or with the future is no edition that was published, so it leaves the ledger alone.
pub(crate) fn keep(edition: &Edition, selection: &Selection) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let settled = &edition.site.ledger;
    if selection.drafts || selection.future || !settled.changed {
        return notes;
    }
    let place = Ledger::of(&edition.config.folder);
    match replace(place.path(), |file| {
        ledger::write(&edition.site, &edition.archive, &edition.config, file)
    }) {
        Ok(()) if settled.was_there => {}
        Ok(()) => {
            let message = format!("the addresses of the site are now in {}", ledger::FILE);
            let note = Diagnostic::new(Code::LedgerBegun, message);
            notes.push(note.help("keep it in version control: no address vanishes from now on"));
        }
        Err(error) => {
            let message = format!("the addresses could not be written: {error}");
            let note = Diagnostic::new(Code::LedgerNotWritten, message).file(ledger::FILE);
            notes.push(
                note.help("make the folder of site.toml writable, or build with `--no-ledger`"),
            );
        }
    }
    notes
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
