//! The floor under every build: writes the files of a built site again, with the same bytes, and
//! does nothing else. `cargo run --release --example floor -- BUILT NEW`.
//!
//! All files are read into memory first; only making the folders and files is timed. Prints one
//! line of JSON.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// A file: where it lies in the site, and its bytes.
type File = (PathBuf, Vec<u8>);

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command that answers"
)]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [built, new] = arguments.as_slice() else {
        eprintln!("usage: floor BUILT NEW");
        return ExitCode::from(2);
    };
    match floor(Path::new(built), Path::new(new)) {
        Ok((files, bytes, seconds)) => {
            println!("{{\"files\": {files}, \"bytes\": {bytes}, \"wall\": {seconds:.3}}}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn floor(built: &Path, new: &Path) -> io::Result<(usize, usize, f64)> {
    let files = read(built)?;
    let bytes = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let folders: BTreeSet<PathBuf> = files
        .iter()
        .filter_map(|(path, _)| Some(new.join(path.parent()?)))
        .collect();
    let started = Instant::now();
    for folder in &folders {
        std::fs::create_dir_all(folder)?;
    }
    for (path, bytes) in &files {
        put(&new.join(path), bytes)?;
    }
    Ok((files.len(), bytes, started.elapsed().as_secs_f64()))
}

fn read(built: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(built).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(built).unwrap_or(entry.path());
            files.push((path.to_owned(), std::fs::read(entry.path())?));
        }
    }
    Ok(files)
}

#[expect(
    clippy::disallowed_methods,
    reason = "this measures what writing costs"
)]
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::write(path, bytes)
}
