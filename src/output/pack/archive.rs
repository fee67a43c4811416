//! The forms of a pack: what a worker makes of some pages, and how the writer joins that.

use std::fs::File;
use std::io::{self, BufWriter, Cursor, Write};

use camino::Utf8Path;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::gzip::{self, Deflated};

/// What a tar ends with: two empty blocks (POSIX.1-2017, pax, "ustar Interchange Format").
const END_OF_TAR: [u8; 1024] = [0; 1024];

/// What may be done with every file in a pack: its owner may write, and all may read.
const MODE: u32 = 0o644;

/// The form of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A tar.
    Tar,
    /// A tar, compressed.
    TarGz,
    /// A zip.
    Zip,
}

impl Form {
    /// What the ending of a name says.
    pub(super) fn of(path: &Utf8Path) -> Option<Form> {
        let name = path.file_name()?.to_ascii_lowercase();
        let endings = [
            (".tar", Form::Tar),
            (".tar.gz", Form::TarGz),
            (".tgz", Form::TarGz),
            (".zip", Form::Zip),
        ];
        let found = endings.iter().find(|(ending, _)| name.ends_with(ending));
        found.map(|(_, form)| *form)
    }
}

/// A part of a pack.
pub(super) enum Part {
    /// Of a tar, or a whole zip.
    Plain(Vec<u8>),
    /// Of a tar that is compressed.
    Deflated(Deflated),
}

/// Encodes pages, one part of the pack after the other.
pub(super) enum Encoder {
    Tar {
        tar: tar::Builder<Vec<u8>>,
        seconds: u64,
        compress: bool,
    },
    Zip {
        zip: Box<ZipWriter<Cursor<Vec<u8>>>>,
        options: SimpleFileOptions,
        size: usize,
    },
}

impl Encoder {
    pub(super) fn new(form: Form, moment: Timestamp) -> Self {
        match form {
            Form::Tar | Form::TarGz => Encoder::Tar {
                tar: tar::Builder::new(Vec::new()),
                seconds: u64::try_from(moment.as_second()).unwrap_or(0),
                compress: form == Form::TarGz,
            },
            Form::Zip => Encoder::Zip {
                zip: empty_zip(),
                options: SimpleFileOptions::default()
                    .unix_permissions(MODE)
                    .last_modified_time(in_zip(moment)),
                size: 0,
            },
        }
    }

    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        match self {
            Encoder::Tar { tar, seconds, .. } => {
                let mut header = tar::Header::new_gnu();
                header.set_size(bytes.len() as u64);
                header.set_mode(MODE);
                header.set_uid(0);
                header.set_gid(0);
                header.set_entry_type(tar::EntryType::Regular);
                header.set_mtime(*seconds);
                // A large page is then held twice, and not up to four times.
                tar.get_mut().reserve(bytes.len() + 4 * 512);
                tar.append_data(&mut header, path, bytes)
            }
            Encoder::Zip { zip, options, size } => {
                let is_large = bytes.len() >= u32::MAX as usize;
                zip.start_file(path, options.large_file(is_large))?;
                *size += bytes.len();
                zip.write_all(bytes)
            }
        }
    }

    /// How much has been added since the last part was taken.
    pub(super) fn size(&self) -> usize {
        match self {
            Encoder::Tar { tar, .. } => tar.get_ref().len(),
            Encoder::Zip { size, .. } => *size,
        }
    }

    /// What has been added since the last time, as [`Archive::add`] wants it.
    pub(super) fn take(&mut self) -> io::Result<Part> {
        match self {
            Encoder::Tar { tar, compress, .. } => {
                let bytes = std::mem::take(tar.get_mut());
                if *compress {
                    Ok(Part::Deflated(Deflated::of(&bytes)?))
                } else {
                    Ok(Part::Plain(bytes))
                }
            }
            Encoder::Zip { zip, size, .. } => {
                *size = 0;
                let full = std::mem::replace(zip, empty_zip());
                Ok(Part::Plain(full.finish()?.into_inner()))
            }
        }
    }
}

fn empty_zip() -> Box<ZipWriter<Cursor<Vec<u8>>>> {
    Box::new(ZipWriter::new(Cursor::default()))
}

/// A pack being written.
pub(super) enum Archive {
    Tar { to: File, bytes: u64 },
    TarGz(gzip::Writer<File>),
    Zip(Box<ZipWriter<BufWriter<File>>>),
}

impl Archive {
    pub(super) fn new(form: Form, to: File) -> Self {
        match form {
            Form::Tar => Archive::Tar { to, bytes: 0 },
            Form::TarGz => Archive::TarGz(gzip::Writer::new(to)),
            Form::Zip => Archive::Zip(Box::new(ZipWriter::new(BufWriter::new(to)))),
        }
    }

    /// Adds what [`Encoder::take`] gave.
    pub(super) fn add(&mut self, part: Part) -> io::Result<()> {
        match (self, part) {
            (Archive::Tar { to, bytes }, Part::Plain(part)) => {
                *bytes += part.len() as u64;
                to.write_all(&part)
            }
            (Archive::Zip(zip), Part::Plain(part)) => {
                Ok(zip.merge_archive(ZipArchive::new(Cursor::new(part))?)?)
            }
            (Archive::TarGz(gzip), Part::Plain(part)) => gzip.add(&Deflated::of(&part)?),
            (Archive::TarGz(gzip), Part::Deflated(part)) => gzip.add(&part),
            (Archive::Tar { .. } | Archive::Zip(_), Part::Deflated(_)) => {
                Err(io::Error::other("a part of another form of pack"))
            }
        }
    }

    /// Closes the pack; gives its size.
    pub(super) fn finish(self) -> io::Result<u64> {
        match self {
            Archive::Tar { mut to, bytes } => {
                to.write_all(&END_OF_TAR)?;
                Ok(bytes + END_OF_TAR.len() as u64)
            }
            Archive::TarGz(mut gzip) => {
                gzip.add(&Deflated::of(&END_OF_TAR)?)?;
                gzip.finish()
            }
            Archive::Zip(zip) => {
                let file = zip
                    .finish()?
                    .into_inner()
                    .map_err(io::IntoInnerError::into_error)?;
                Ok(file.metadata()?.len())
            }
        }
    }
}

/// A time as a zip can hold it: in UTC, to two seconds, from 1980 to 2107.
fn in_zip(moment: Timestamp) -> DateTime {
    let there = TimeZone::UTC.to_datetime(moment);
    let small = |number: i8| u8::try_from(number).unwrap_or(0);
    let date = u16::try_from(there.year()).ok().and_then(|year| {
        DateTime::from_date_and_time(
            year,
            small(there.month()),
            small(there.day()),
            small(there.hour()),
            small(there.minute()),
            small(there.second()),
        )
        .ok()
    });
    date.unwrap_or_default()
}
