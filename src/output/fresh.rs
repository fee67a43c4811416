//! A folder that is made once, as a whole: there was none, and then there is all of it.

use std::borrow::Cow;
use std::fs;
use std::io;

use camino::Utf8Path;
use rayon::prelude::*;

use super::failures::Failures;
use super::pack::Named;
use super::{Folder, durable, paths};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// Makes a folder with just these files; `last` gives more of them, once all others are made.
///
/// # Errors
/// There is something of that name already, everything that `fill` reports, or the first refusal of
/// the system. Then there is no such folder.
pub(crate) fn make<'a, F>(
    path: &Utf8Path,
    paths: &[&str],
    fill: F,
    progress: &(dyn Fn() + Sync),
    last: impl FnOnce() -> Result<Named, Diagnostic>,
) -> Result<(), Diagnostics>
where
    F: Fn(usize) -> Result<Cow<'a, [u8]>, Diagnostic> + Sync,
{
    let folder = Folder::open(path)?;
    if folder.exists() {
        let message = format!("`{path}` is there already");
        let help = "choose another name, or move it away";
        return Err(Diagnostic::new(Code::BadOutput, message).help(help).into());
    }
    let failures = Failures::default();
    let put = |path: &str, bytes: &[u8]| {
        if !failures.any()
            && let Err(error) = folder.staging().write(path, bytes)
        {
            failures.refused(path, &error, &folder);
        }
    };
    paths::in_order(paths)?.into_par_iter().for_each(|index| {
        match fill(index) {
            Ok(bytes) => put(paths[index], &bytes),
            Err(diagnostic) => failures.found(diagnostic),
        }
        progress();
    });
    if !failures.any() {
        last()?.iter().for_each(|(path, bytes)| put(path, bytes));
    }
    failures.into_plain_result()?;
    land(&folder).map_err(|error| folder.cannot_write("", &error).into())
}

fn land(folder: &Folder) -> io::Result<()> {
    durable::tree(&folder.staging().tree())?;
    fs::rename(folder.staging().tree(), folder.root())
}
