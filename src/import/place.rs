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
