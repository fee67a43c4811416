//! Where an export goes: a stream, a file or a new folder, the last two whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::{ExportOptions, Form};
use crate::diagnostics::{Code, Diagnostic};
use crate::output::pack::is_standard_output;

/// Longer parts of paths are shortened, in bytes: file systems take 255.
const LONGEST: usize = 200;

/// Takes records.
pub(super) struct Target<'o> {
    kind: Kind<'o>,
    /// What is there before the export is whole; it goes when the export fails.
    begun: Option<Utf8PathBuf>,
}

enum Kind<'o> {
    Stream(BufWriter<Box<dyn Write + 'o>>),
    File {
        place: Utf8PathBuf,
        writer: BufWriter<File>,
        /// Whether the records are the items of one JSON array, and whether one is written.
        array: Option<bool>,
    },
    Folder {
        place: Utf8PathBuf,
        names: BTreeSet<String>,
    },
}

impl<'o> Target<'o> {
    pub(super) fn open(
        options: &ExportOptions,
        stream: &'o mut dyn Write,
    ) -> Result<Target<'o>, Diagnostic> {
        let Some(place) = options
            .output
            .as_deref()
            .filter(|path| !is_standard_output(path))
        else {
            return Ok(Target::stream(Box::new(stream)));
        };
        // A device or a pipe is written to, and replaced by nothing.
        if fs::metadata(place).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            let opened = OpenOptions::new().write(true).open(place);
            let opened = opened.map_err(|error| cannot_write(place, &error))?;
            return Ok(Target::stream(Box::new(opened)));
        }
        if place.extension().is_none() && options.form == Form::Ninjs {
            return Target::folder(place);
        }
        if place.is_dir() {
            return Err(bad(
                place,
                "is a folder, and this form is one file",
                "name a file",
            ));
        }
        let beside = beside(place)?;
        let file = File::create(&beside).map_err(|error| cannot_write(place, &error))?;
        let array = place.extension() == Some("json") && options.form == Form::Ninjs;
        Ok(Target {
            kind: Kind::File {
                place: place.to_owned(),
                writer: BufWriter::new(file),
                array: array.then_some(false),
            },
            begun: Some(beside),
        })
    }

    fn stream(stream: Box<dyn Write + 'o>) -> Target<'o> {
        Target {
            kind: Kind::Stream(BufWriter::new(stream)),
            begun: None,
        }
    }

    /// A folder is made anew: in one that is there, articles that were withdrawn since would stay.
    fn folder(place: &Utf8Path) -> Result<Target<'o>, Diagnostic> {
        let used = match fs::read_dir(place) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) => error.kind() != ErrorKind::NotFound,
        };
        if used {
            let what = "is not empty, and what was withdrawn since would stay in it";
            return Err(bad(place, what, "name a new folder, or empty this one"));
        }
        let beside = beside(place)?;
        clear(&beside);
        fs::create_dir(&beside).map_err(|error| cannot_write(place, &error))?;
        Ok(Target {
            kind: Kind::Folder {
                place: place.to_owned(),
                names: BTreeSet::new(),
            },
            begun: Some(beside),
        })
    }

    /// Takes one record, with its line end. `url` is the address of its article, which a folder
    /// names its file by.
    pub(super) fn put(&mut self, url: &str, record: &[u8]) -> Result<(), Diagnostic> {
        let begun = self.begun.as_deref().unwrap_or(Utf8Path::new(""));
        match &mut self.kind {
            Kind::Stream(stream) => written(stream.write_all(record), Utf8Path::new("-")),
            Kind::File {
                place,
                writer,
                array,
            } => {
                let before: &[u8] = match array {
                    None => b"",
                    Some(false) => b"[\n",
                    Some(true) => b",\n",
                };
                let record = match array {
                    None => record,
                    Some(_) => record.trim_ascii_end(),
                };
                let result = writer
                    .write_all(before)
                    .and_then(|()| writer.write_all(record));
                if let Some(begun) = array {
                    *begun = true;
                }
                result.map_err(|error| cannot_write(place, &error))
            }
            Kind::Folder { place, names } => {
                let path = begun.join(free(names, url));
                let made = path.parent().map_or(Ok(()), fs::create_dir_all);
                let result = made
                    .and_then(|()| File::create(&path))
                    .and_then(|mut file| file.write_all(record));
                result.map_err(|error| cannot_write(place, &error))
            }
        }
    }

    /// The export is whole: it takes its place.
    pub(super) fn finish(mut self) -> Result<(), Diagnostic> {
        let begun = self.begun.clone().unwrap_or_default();
        match &mut self.kind {
            Kind::Stream(stream) => written(stream.flush(), Utf8Path::new("-")),
            Kind::File {
                place,
                writer,
                array,
            } => {
                let end: &[u8] = match array {
                    None => b"",
                    Some(false) => b"[]\n",
                    Some(true) => b"\n]\n",
                };
                let result = writer
                    .write_all(end)
                    .and_then(|()| writer.flush())
                    .and_then(|()| writer.get_ref().sync_all())
                    .and_then(|()| fs::rename(&begun, &*place));
                result.map_err(|error| cannot_write(place, &error))
            }
            Kind::Folder { place, .. } => {
                // An empty folder may be there, which not every system replaces.
                let _ = fs::remove_dir(&*place);
                fs::rename(&begun, &*place).map_err(|error| cannot_write(place, &error))
            }
        }?;
        self.begun = None;
        Ok(())
    }
}

impl Drop for Target<'_> {
    fn drop(&mut self) {
        if let Some(begun) = &self.begun {
            clear(begun);
        }
    }
}

/// A reader of standard output that has gone (`morgue export ninjs | head`) is no error.
fn written(result: io::Result<()>, place: &Utf8Path) -> Result<(), Diagnostic> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(cannot_write(place, &error)),
        _ => Ok(()),
    }
}

/// Where an export is written before it is whole.
fn beside(place: &Utf8Path) -> Result<Utf8PathBuf, Diagnostic> {
    let Some(name) = place.file_name() else {
        return Err(bad(place, "has no name", "name a file or a new folder"));
    };
    let folder = place.parent().filter(|folder| !folder.as_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder).map_err(|error| cannot_write(place, &error))?;
    }
    Ok(place.with_file_name(format!(".{name}.export-part")))
}

#[expect(
    clippy::disallowed_methods,
    reason = "what an export of ours began, under a name of its own"
)]
fn clear(begun: &Utf8Path) {
    let _ = fs::remove_file(begun);
    let _ = fs::remove_dir_all(begun);
}

/// A path for the record of an article: its address, or one with a number where a file system that
/// takes two names for one that differ only in case would mix it with another.
fn free(names: &mut BTreeSet<String>, url: &str) -> String {
    let parts = url.split('/').filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.map(short).collect();
    let stem = parts.join("/");
    let stem = stem.trim_end_matches(".html");
    let mut path = format!("{stem}.json");
    let mut number = 2;
    while !names.insert(path.to_lowercase()) {
        path = format!("{stem}~{number}.json");
        number += 1;
    }
    path
}

fn short(part: &str) -> &str {
    let mut end = part.len().min(LONGEST);
    while !part.is_char_boundary(end) {
        end -= 1;
    }
    part.get(..end).unwrap_or_default()
}

fn bad(place: &Utf8Path, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::ExportPlace, format!("{place} {what}")).help(help)
}

fn cannot_write(place: &Utf8Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::ExportCannotWrite,
        format!("{place} cannot be written: {error}"),
    )
    .help("whatever was there before is as it was; export again once the cause is gone")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_articles_have_one_file() {
        let mut names = BTreeSet::new();
        let mut path = |url: &str| free(&mut names, url);
        assert_eq!(path("/2019/04/25/summit/"), "2019/04/25/summit.json");
        assert_eq!(path("/2019/04/25/Summit.html"), "2019/04/25/Summit~2.json");
        assert_eq!(path("/2019/04/25/summit"), "2019/04/25/summit~3.json");
        let long = path(&format!("/{}/", "é".repeat(127)));
        assert!(long.len() <= 255, "{long}");
    }
}
