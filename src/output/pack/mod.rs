//! The whole site as one file: a tar, a compressed tar or a zip, streamed without a folder.
//!
//! Takes what [`publish`](super::publish) takes, and gives the same pages in one file instead, in
//! the order of their paths. Every worker makes, encodes and compresses runs of pages; one
//! writer takes them in order. Pages are made while others are written, and no more of them are
//! held than the belt between workers and writer takes, so that a site of any size needs the
//! same memory. (A zip has a directory of its files at its end, which grows with them.)
//!
//! What is cut where depends on the pages alone, never on the number of workers: the same site
//! gives the same bytes.

mod archive;
mod belt;
mod gzip;
mod target;

use std::borrow::Cow;
use std::io;
use std::thread;

use camino::Utf8Path;
use jiff::Timestamp;

use super::failures::Failures;
use super::paths;
use super::sums::{self, Sums};
use crate::checksum;
use crate::diagnostics::{Diagnostic, Diagnostics};
use archive::{Archive, Encoder, Form, Part};
use belt::{Belt, Worker};
use target::Target;

/// How many pages a worker makes in one go.
const RUN: usize = 64;

/// From this size on, a part of a run is handed over before the run is whole.
const PART: usize = 1 << 20;

/// A file that a site is packed into, claimed for this run.
///
/// Dropped without [`write`], it leaves no trace.
#[derive(Debug)]
pub struct Pack {
    form: Form,
    moment: Timestamp,
    target: Target,
    checksums: bool,
}

/// Whether a path is that of standard output.
pub fn is_standard_output(path: &Utf8Path) -> bool {
    // What stands behind the second may be a regular file, which is to be written to, not replaced.
    path == "-" || path == "/dev/stdout"
}

/// Whether the ending of a path is that of a pack.
pub(crate) fn is_pack(path: &Utf8Path) -> bool {
    Form::of(path).is_some()
}

/// The name of a pack without the ending that says what it is.
pub(crate) fn stem(path: &Utf8Path) -> &str {
    let name = path.file_name().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_tar = stem.len() > 4 && stem.to_ascii_lowercase().ends_with(".tar");
    match stem.rsplit_once('.') {
        Some((stem, _)) if is_tar => stem,
        _ => stem,
    }
}

/// What packing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    /// How many files are in the pack.
    pub files: usize,
    /// The size of the pack.
    pub bytes: u64,
}

impl Pack {
    /// Claims the file at `path`, whose ending says what it becomes: `.tar`, `.tar.gz`, `.tgz`
    /// or `.zip`. Standard output (`-`) and what is there and is no regular file are written to as
    /// they are, and given a tar unless the ending says otherwise. `moment` is the time
    /// that every file in the pack carries.
    ///
    /// # Errors
    ///
    /// Another ending, a folder of that name, another build that is packing into it, or a place
    /// that cannot be written.
    pub fn open(path: &Utf8Path, moment: Timestamp) -> Result<Self, Diagnostic> {
        let form = Form::of(path);
        let target = Target::open(path, form)?;
        let form = form.unwrap_or(Form::Tar);
        Ok(Pack {
            form,
            moment,
            target,
            checksums: false,
        })
    }

    /// As [`Folder::with_checksums`](super::Folder::with_checksums); the list comes last.
    #[must_use]
    pub fn with_checksums(mut self, checksums: bool) -> Self {
        self.checksums = checksums;
        self
    }
}

/// Packs these files; the arguments are those of [`publish`](super::publish).
///
/// # Errors
///
/// Everything that `fill` reports, or the first refusal of the system. What was there under the
/// name of the pack is then as it was, unless it is no regular file.
pub fn write<'a, F>(
    pack: Pack,
    paths: &[&str],
    fill: F,
    progress: &(dyn Fn() + Sync),
) -> Result<Packed, Diagnostics>
where
    F: Fn(usize) -> Result<Cow<'a, [u8]>, Diagnostic> + Sync,
{
    if !pack.checksums {
        return write_with(pack, paths, fill, progress, || Ok(Vec::new()));
    }
    let order = sums::in_order(paths, true)?;
    let sums = Sums::new(true, paths.len());
    let fill = |index: usize| {
        let bytes = fill(index)?;
        sums.note(index, &bytes);
        Ok(bytes)
    };
    let list = || {
        let list = sums.list(paths, &order).into_bytes();
        Ok(vec![(checksum::NAME.into(), list)])
    };
    write_with(pack, paths, fill, progress, list)
}

/// Files with their paths.
pub(crate) type Named = Vec<(String, Vec<u8>)>;

/// As [`write`], without a list of checksums; `last` gives files that stand behind all others, once
/// these are made.
pub(crate) fn write_with<'a, F>(
    pack: Pack,
    paths: &[&str],
    fill: F,
    progress: &(dyn Fn() + Sync),
    last: impl FnOnce() -> Result<Named, Diagnostic>,
) -> Result<Packed, Diagnostics>
where
    F: Fn(usize) -> Result<Cow<'a, [u8]>, Diagnostic> + Sync,
{
    let Pack {
        form,
        moment,
        target,
        checksums: _,
    } = pack;
    let order = paths::in_order(paths)?;
    let failures = Failures::default();
    let refused = |error: io::Error| target.cannot_write(&error);
    let mut archive = Archive::new(form, target.create().map_err(refused)?);
    let desk = Desk {
        paths,
        fill: &fill,
        progress,
        failures: &failures,
        form,
        moment,
    };
    desk.stream(&order, &mut archive, &target);
    failures.into_plain_result()?;
    let last = last()?;
    for (path, bytes) in &last {
        let mut encoder = Encoder::new(form, moment);
        encoder.add(path, bytes).map_err(refused)?;
        let part = encoder.take();
        part.and_then(|part| archive.add(part)).map_err(refused)?;
    }
    let bytes = archive.finish().map_err(refused)?;
    target.land().map_err(refused)?;
    Ok(Packed {
        files: order.len() + last.len(),
        bytes,
    })
}

/// What every worker works with.
struct Desk<'d, F> {
    paths: &'d [&'d str],
    fill: &'d F,
    progress: &'d (dyn Fn() + Sync),
    failures: &'d Failures,
    form: Form,
    moment: Timestamp,
}

impl<'a, F> Desk<'_, F>
where
    F: Fn(usize) -> Result<Cow<'a, [u8]>, Diagnostic> + Sync,
{
    /// Makes all pages and adds them to the archive in order. After a refusal every page is made all
    /// the same, so that all findings come in one go.
    fn stream(&self, order: &[usize], archive: &mut Archive, target: &Target) {
        let runs: Vec<&[usize]> = order.chunks(RUN).collect();
        let workers = rayon::current_num_threads().min(runs.len());
        let belt = Belt::new(runs.len(), workers);
        thread::scope(|scope| {
            for _ in 0..workers {
                let (worker, runs) = (belt.worker(), &runs);
                scope.spawn(move || {
                    while let Some(run) = worker.take() {
                        self.make(run, runs.get(run).unwrap_or(&&[][..]), &worker);
                    }
                });
            }
            while let Some(part) = belt.next() {
                if !self.failures.any()
                    && let Err(error) = part.and_then(|part| archive.add(part))
                {
                    self.failures.told("", target.cannot_write(&error));
                }
            }
        });
    }

    /// Makes one run of pages, part by part.
    fn make(&self, run: usize, pages: &[usize], worker: &Worker<'_, io::Result<Part>>) {
        let mut encoder = Encoder::new(self.form, self.moment);
        let mut count = 0;
        let mut give = |part, bytes, last| {
            worker.give((run, count), part, bytes, last);
            count += 1;
        };
        for index in pages {
            match (self.fill)(*index) {
                // Nothing will be packed any more; the rest is made for its findings.
                Ok(_) if self.failures.any() => {}
                Ok(bytes) => {
                    if let Err(error) = encoder.add(self.paths[*index], &bytes) {
                        give(Err(error), 0, false);
                    }
                }
                Err(diagnostic) => self.failures.found(diagnostic),
            }
            (self.progress)();
            if encoder.size() >= PART {
                let size = encoder.size();
                give(encoder.take(), size, false);
            }
        }
        let size = encoder.size();
        give(encoder.take(), size, true);
    }
}
