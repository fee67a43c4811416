//! A site made in parts on several machines, and made whole again.
//!
//! Every part lists its files with their hashes in a label that it is given last, so that a part
//! without one is known to be unfinished. The label says too which plan the part was made by:
//! only parts of one plan are joined, and only when every page of the plan is there.

mod label;
mod source;

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::OnceLock;

use camino::{Utf8Path, Utf8PathBuf};

use super::manifest::{Manifest, Print};
use super::pack::{self, Pack, Packed};
use super::{Folder, Published};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use label::Label;
use source::Source;

pub use label::{Plan, Shard};

/// The label's own name in a part.
pub(super) const NAME: &str = ".morgue-part";

/// Writes a part into a folder, as [`publish`](super::publish) writes a whole site.
///
/// # Errors
///
/// As [`publish`](super::publish).
pub fn publish<'a, F>(
    folder: Folder,
    (shard, plan): (Shard, &Plan),
    paths: &[&str],
    fill: F,
    progress: &(dyn Fn() + Sync),
) -> Result<Published, Diagnostics>
where
    F: Fn(usize) -> Result<Cow<'a, [u8]>, Diagnostic> + Sync,
{
    let (root, shown) = (folder.root().to_owned(), folder.shown(NAME));
    let published = super::publish(folder, paths, fill, None, progress)?;
    let label = Manifest::read(&root).and_then(|files| {
        let label = Label {
            shard,
            plan: plan.clone(),
            files,
        };
        write_label(&root, &label.to_text())
    });
    label.map_err(|error| cannot_write(&shown, &error))?;
    Ok(published)
}

fn write_label(root: &Path, text: &str) -> io::Result<()> {
    let (aside, place) = (root.join(format!("{NAME}.new")), root.join(NAME));
    // Nobody's hands are kept out of the folder here, so nothing is written through a link.
    let _ = fs::remove_file(&aside);
    File::create_new(&aside)?.write_all(text.as_bytes())?;
    fs::rename(aside, place)
}

/// Packs a part, as [`pack::write`] packs a whole site.
///
/// # Errors
///
/// As [`pack::write`].
pub fn pack<'a, F>(
    pack: Pack,
    (shard, plan): (Shard, &Plan),
    paths: &[&str],
    fill: F,
    progress: &(dyn Fn() + Sync),
) -> Result<Packed, Diagnostics>
where
    F: Fn(usize) -> Result<Cow<'a, [u8]>, Diagnostic> + Sync,
{
    let prints: Vec<OnceLock<Print>> = paths.iter().map(|_| OnceLock::new()).collect();
    let fill = |index: usize| {
        let bytes = fill(index)?;
        prints[index].get_or_init(|| Print::of(&bytes));
        Ok(bytes)
    };
    let label = || {
        let prints = prints.iter().map(|print| print.get().copied());
        let mut files: Vec<(&str, Print)> = paths
            .iter()
            .zip(prints)
            .filter_map(|(path, print)| Some((*path, print?)))
            .collect();
        files.sort_unstable_by_key(|(path, _)| *path);
        let label = Label {
            shard,
            plan: plan.clone(),
            files: Manifest::new(files.into_iter()),
        };
        Ok(vec![(NAME.to_owned(), label.to_text().into_bytes())])
    };
    pack::write_with(pack, paths, fill, progress, label)
}

/// All parts of one site, each of them whole.
#[derive(Debug)]
pub struct Parts(Vec<Source>);

impl Parts {
    /// Reads the labels of parts: folders, or tar files.
    ///
    /// # Errors
    ///
    /// Parts that are not whole, not of one site, or not all there.
    pub fn open(parts: &[Utf8PathBuf]) -> Result<Parts, Diagnostics> {
        let sources = open(parts)?;
        belong_together(&sources)?;
        Ok(Parts(sources))
    }

    /// How many files the site has.
    pub fn pages(&self) -> usize {
        self.0
            .iter()
            .map(|part| part.label.files.iter().count())
            .sum()
    }

    /// Joins them in a folder, which is then as a build of the whole would have left it.
    ///
    /// # Errors
    ///
    /// A file that is not as it was made, and all that [`publish`](super::publish) refuses. The
    /// folder is then as it was.
    pub fn publish(
        &self,
        output: &Utf8Path,
        progress: &(dyn Fn() + Sync),
    ) -> Result<Published, Diagnostics> {
        if let Some(part) = self.0.iter().find(|part| part.holds(output)) {
            let message = format!("{} is a part, and cannot be the output too", part.shown);
            let help = "choose another `--output`";
            return Err(Diagnostic::new(Code::BadOutput, message).help(help).into());
        }
        let files = self.files();
        let paths: Vec<&str> = files.iter().map(|(_, path, _)| *path).collect();
        let fill = |index| read(&files, index);
        let folder = Folder::open(output)?.with_checksums(self.checksums());
        super::publish(folder, &paths, fill, None, progress)
    }

    /// Joins them in one file, which is then as a build of the whole would have packed it.
    ///
    /// # Errors
    ///
    /// A file that is not as it was made, and all that [`pack::write`] refuses.
    pub fn pack(
        &self,
        file: &Utf8Path,
        progress: &(dyn Fn() + Sync),
    ) -> Result<Packed, Diagnostics> {
        let Some(first) = self.0.first() else {
            return Err(no_parts().into());
        };
        let files = self.files();
        let paths: Vec<&str> = files.iter().map(|(_, path, _)| *path).collect();
        let pack = Pack::open(file, first.label.plan.now)?.with_checksums(self.checksums());
        pack::write(pack, &paths, |index| read(&files, index), progress)
    }

    fn checksums(&self) -> bool {
        self.0.first().is_some_and(|part| part.label.plan.checksums)
    }

    fn files(&self) -> Vec<Listed<'_>> {
        let files = self.0.iter().flat_map(|part| {
            let files = part.label.files.iter();
            files.map(move |entry| (part, &*entry.path, entry.print))
        });
        files.collect()
    }
}

/// A file of a part, and what it is to hold.
type Listed<'p> = (&'p Source, &'p str, Print);

fn read<'a>(files: &[Listed<'_>], index: usize) -> Result<Cow<'a, [u8]>, Diagnostic> {
    let (part, path, print) = files[index];
    part.read(path, print).map(Cow::Owned)
}

fn open(parts: &[Utf8PathBuf]) -> Result<Vec<Source>, Diagnostics> {
    let mut found = Diagnostics::new();
    let mut sources = Vec::new();
    for part in parts {
        match Source::open(part) {
            Ok(source) => sources.push(source),
            Err(diagnostic) => found.push(diagnostic),
        }
    }
    sources.sort_by_key(|source| source.label.shard.number);
    if found.is_empty() {
        Ok(sources)
    } else {
        Err(found)
    }
}

/// Whether these are all parts of one site; they come sorted by their number.
fn belong_together(sources: &[Source]) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::new();
    let Some(first) = sources.first() else {
        return Err(no_parts().into());
    };
    for other in sources {
        if let Some(what) = first.label.difference(&other.label) {
            let message = format!("{} and {} {what}", first.shown, other.shown);
            found.push(Diagnostic::new(Code::PartsDiffer, message).help(
                "make all parts of one commit, with one version of morgue, the same `--now` and the same number of shards",
            ));
        }
    }
    for pair in sources.windows(2) {
        if let [one, other] = pair
            && one.label.shard == other.label.shard
        {
            let shard = one.label.shard;
            let message = format!("{} and {} are both shard {shard}", one.shown, other.shown);
            let help = "leave one of them out";
            found.push(Diagnostic::new(Code::PartsDiffer, message).help(help));
        }
    }
    if !found.is_empty() {
        return Err(found);
    }
    for number in 1..=first.label.shard.of {
        let is_there = |source: &Source| source.label.shard.number == number;
        if !sources.iter().any(is_there) {
            found.push(missing(&first.label, number));
        }
    }
    if !found.is_empty() {
        return Err(found);
    }
    covers_plan(sources, &first.label.plan)
}

fn no_parts() -> Diagnostic {
    Diagnostic::new(Code::PartMissing, "there are no parts".to_owned())
        .help("make them with `morgue build --shard`")
}

fn missing(label: &Label, number: u32) -> Diagnostic {
    let shard = Shard {
        number,
        of: label.shard.of,
    };
    let message = format!("shard {shard} is missing");
    let now = &label.plan.now;
    Diagnostic::new(Code::PartMissing, message).help(format!(
        "make it with `morgue build --shard {shard} --now {now} -o part-{number}`"
    ))
}

/// Whether the files of all parts are those of the plan.
fn covers_plan(sources: &[Source], plan: &Plan) -> Result<(), Diagnostics> {
    let entries = sources.iter().flat_map(|source| source.label.files.iter());
    let mut paths: Vec<&str> = entries.map(|entry| &*entry.path).collect();
    paths.sort_unstable();
    if label::digest_of(&paths) == plan.paths {
        return Ok(());
    }
    let (there, planned) = (paths.len(), plan.pages);
    let message =
        format!("the parts hold {there} files, and they are not the {planned} of the site");
    let diagnostic = Diagnostic::new(Code::PartsDiffer, message);
    Err(diagnostic.help("make all parts again").into())
}

fn cannot_write(shown: &Utf8Path, error: &io::Error) -> Diagnostic {
    let message = format!("`{shown}` cannot be written: {error}");
    Diagnostic::new(Code::CannotWrite, message)
        .help("check its permissions and the space left, and make the part again")
}
