//! How an import writes a file: whole or not at all.

use std::io::Write;

use camino::Utf8Path;

/// Writes a file beside its place and then puts it there.
///
/// # Errors
/// What the system said, as a sentence.
pub fn write(path: &Utf8Path, bytes: &[u8]) -> Result<(), String> {
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty());
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("the folder {folder} cannot be made: {error}"))?;
    }
    let name = path.file_name().unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.part"));
    let written = std::fs::File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        format!("{path} cannot be written: {error}")
    })
}

/// Writes one of very many files beside its place and then puts it there. The system may keep
/// it in memory for a while: an import that was cut off is run again.
///
/// # Errors
/// What the system said, as a sentence.
pub fn write_many(path: &Utf8Path, bytes: &[u8]) -> Result<(), String> {
    let name = path.file_name().unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.part"));
    let write = || std::fs::File::create(&beside).and_then(|mut file| file.write_all(bytes));
    let written = write().or_else(|error| match path.parent() {
        Some(folder) if error.kind() == std::io::ErrorKind::NotFound => {
            std::fs::create_dir_all(folder)?;
            write()
        }
        _ => Err(error),
    });
    written
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|error| {
            let _ = std::fs::remove_file(&beside);
            format!("{path} cannot be written: {error}")
        })
}

/// Copies a file beside its place and then puts it there.
///
/// # Errors
/// What the system said, as a sentence.
pub fn copy(from: &Utf8Path, to: &Utf8Path) -> Result<(), String> {
    let name = to.file_name().unwrap_or_default();
    let beside = to.with_file_name(format!(".{name}.part"));
    let folder = to.parent().map_or(Ok(()), std::fs::create_dir_all);
    let copied = folder
        .and_then(|()| std::fs::copy(from, &beside))
        .and_then(|_| std::fs::rename(&beside, to));
    copied.map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        format!("{from} cannot be copied to {to}: {error}")
    })
}
