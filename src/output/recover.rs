//! Finishes what a run began and did not end: it was killed, the power went, or the system
//! refused half-way.
//!
//! The journal says that every new file lies in the staging folder or in its place already. So
//! the same steps are taken again, each where it is not done yet; a run that ends on the way here
//! leaves the same to the next.

use std::fs;
use std::path::Path;

use super::exchange::exchange;
use super::folder::Folder;
use super::journal::Reading;
use super::manifest::{Manifest, Print};
use super::survey::survey;
use super::{Fate, Page, place};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// Brings the folder to where the last run wanted it; whether there was anything to do.
///
/// # Errors
///
/// A file of somebody else's that stands in the way by now, a refusal of the system, or a journal
/// of another version of this program. The next run tries again.
pub(super) fn finish(folder: &Folder) -> Result<bool, Diagnostic> {
    let journal = match folder.staging().found() {
        Reading::NotBegun => return Ok(false),
        Reading::OfAnotherVersion => return Err(of_another_version(folder)),
        Reading::Begun(journal) => journal,
    };
    let next = folder.staging().manifest();
    let next = next.filter(|next| folder.exists() && journal.leads(folder.manifest(), next));
    let Some(next) = next else {
        // It is done but for the clearing, or the output is another by now.
        let cleared = folder.staging().end();
        return cleared
            .map(|()| false)
            .map_err(|error| folder.cannot_write("", &error));
    };
    roll_forward(folder, &next)
        .map(|()| true)
        .map_err(|found| refused(folder, found))
}

fn roll_forward(folder: &Folder, next: &Manifest) -> Result<(), Diagnostics> {
    let tree = folder.staging().tree();
    let pages: Vec<Page<'_>> = next
        .files()
        .filter_map(|(path, print)| page(folder, &tree, path, print))
        .collect();
    let survey = survey(folder, &pages)?;
    let staged = folder.staging().manifest_of(next, super::prints(&pages));
    let manifest = staged.map_err(|error| folder.cannot_write("", &error))?;
    exchange(folder, &pages, &survey, &manifest)?;
    Ok(())
}

/// How far the exchange of this page came. What is in place was maybe changed since, or
/// deleted, and what is staged cut short by a disk that lost what it had acknowledged: the page is
/// listed as it is in its place now, so that the next build writes it again.
fn page<'a>(folder: &Folder, tree: &Path, path: &'a str, print: Print) -> Option<Page<'a>> {
    let with = |print, fate| Page {
        path,
        print,
        fate,
        made_from: None,
    };
    let staged = place(tree, path);
    match fs::read(&staged) {
        Ok(bytes) if Print::of(&bytes) == print => return Some(with(print, Fate::Staged)),
        // It must not move in with its folder.
        Ok(_) => fs::remove_file(&staged).ok()?,
        Err(_) => {}
    }
    if folder.manifest().get(path) == Some(&print) {
        return Some(with(print, Fate::Unchanged));
    }
    let there = fs::read(folder.place(path)).ok()?;
    Some(with(Print::of(&there), Fate::Unchanged))
}

/// Of all that stands in the way the first is told: each is found again with the next run.
fn refused(folder: &Folder, found: Diagnostics) -> Diagnostic {
    let first = found.into_iter().next();
    let mut diagnostic = first.unwrap_or_else(|| of_another_version(folder));
    let output = folder.shown("");
    let before = format!(
        "the last build into `{}` was broken off and cannot be finished: ",
        output.as_str().trim_end_matches('/')
    );
    diagnostic.message.insert_str(0, &before);
    diagnostic
}

fn of_another_version(folder: &Folder) -> Diagnostic {
    let output = folder.shown("");
    let message = format!(
        "a build into `{}` by another version of morgue was broken off",
        output.as_str().trim_end_matches('/')
    );
    Diagnostic::new(Code::UnfinishedBuild, message).help(
        "run that version once more, or delete the output and the folder beside it that ends in `.staging`",
    )
}
