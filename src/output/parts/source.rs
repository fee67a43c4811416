//! A part that is read: a folder, or a tar.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};

use camino::{Utf8Path, Utf8PathBuf};

use super::NAME;
use super::label::Label;
use crate::diagnostics::{Code, Diagnostic};
use crate::output::{manifest::Print, place};

/// A part with its label.
#[derive(Debug)]
pub(super) struct Source {
    /// As it was named.
    pub(super) shown: Utf8PathBuf,
    pub(super) label: Label,
    /// Where in the tar each file begins, and its size; `None` for a folder.
    within: Option<BTreeMap<String, (u64, u64)>>,
}

impl Source {
    pub(super) fn open(part: &Utf8Path) -> Result<Self, Diagnostic> {
        let refused = |error: io::Error| {
            let message = match error.kind() {
                io::ErrorKind::NotFound => format!("there is no part `{part}`"),
                _ => format!("`{part}` is no part of a site: {error}"),
            };
            again(Code::NotAPart, message)
        };
        let within = if fs::metadata(part).map_err(refused)?.is_dir() {
            None
        } else {
            Some(places(part).map_err(refused)?)
        };
        let text = bytes(part, within.as_ref(), NAME).and_then(|bytes| {
            String::from_utf8(bytes).map_err(|error| io::Error::other(error.utf8_error()))
        });
        let unfinished = |_| {
            let message =
                format!("`{part}` has no `{NAME}`: it was not finished, or not copied whole");
            again(Code::NotAPart, message)
        };
        let label = Label::parse(&text.map_err(unfinished)?).ok_or_else(|| {
            let message = format!("`{part}/{NAME}` is damaged, or of another version of morgue");
            again(Code::NotAPart, message)
        })?;
        Ok(Source {
            shown: part.to_owned(),
            label,
            within,
        })
    }

    /// The bytes of a file of the part, if they are those that its label tells.
    pub(super) fn read(&self, path: &str, print: Print) -> Result<Vec<u8>, Diagnostic> {
        let changed = |what: &str| {
            let message = format!("`{path}` in part `{}` {what}", self.shown);
            let shard = self.label.shard;
            let help = format!("copy the part again, or make shard {shard} again");
            Diagnostic::new(Code::PartChanged, message).help(help)
        };
        let bytes = bytes(&self.shown, self.within.as_ref(), path)
            .map_err(|error| changed(&format!("cannot be read: {error}")))?;
        if Print::of(&bytes) == print {
            Ok(bytes)
        } else {
            Err(changed("is not as it was made"))
        }
    }

    /// Whether an output folder is this part, or lies in it.
    pub(super) fn holds(&self, output: &Utf8Path) -> bool {
        let nearest = output
            .ancestors()
            .find_map(|folder| folder.canonicalize().ok());
        match (self.shown.canonicalize(), nearest) {
            (Ok(part), Some(output)) => output.starts_with(part),
            _ => false,
        }
    }
}

fn again(code: Code, message: String) -> Diagnostic {
    Diagnostic::new(code, message)
        .help("make the part with `morgue build --shard`, and copy all of it")
}

/// Where each file of a tar begins, and its size.
fn places(part: &Utf8Path) -> io::Result<BTreeMap<String, (u64, u64)>> {
    let mut places = BTreeMap::new();
    let mut tar = tar::Archive::new(File::open(part)?);
    for entry in tar.entries_with_seek()? {
        let entry = entry?;
        let path = String::from_utf8(entry.path_bytes().into_owned());
        if let Ok(path) = path {
            places.insert(path, (entry.raw_file_position(), entry.size()));
        }
    }
    Ok(places)
}

/// The bytes of a file of a part. A tar is opened anew for each, so that many can be read at once.
fn bytes(
    part: &Utf8Path,
    within: Option<&BTreeMap<String, (u64, u64)>>,
    path: &str,
) -> io::Result<Vec<u8>> {
    let Some(places) = within else {
        return fs::read(place(part.as_std_path(), path));
    };
    let (start, size) = places.get(path).ok_or(io::ErrorKind::NotFound)?;
    let mut file = File::open(part)?;
    file.seek(SeekFrom::Start(*start))?;
    let mut bytes = Vec::new();
    file.take(*size).read_to_end(&mut bytes)?;
    Ok(bytes)
}
