//! The one way in which commands make files.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use camino::Utf8Path;

/// Makes a file, and the folders it lies in. A file that is there stays as it is: the system
/// itself refuses, so that nothing can come in between.
///
/// # Errors
/// What was in the way, as a sentence.
pub(in crate::cli) fn create(path: &Utf8Path, bytes: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("the folder {folder} cannot be made: {error}"))?;
    }
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            format!("{path} is there already, and is left as it is")
        } else {
            format!("{path} cannot be made: {error}")
        }
    })?;
    file.write_all(bytes)
        .map_err(|error| format!("{path} cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap().join("a/b.md");
        create(&path, b"first").unwrap();
        let refusal = create(&path, b"second").unwrap_err();
        assert!(refusal.contains("left as it is"), "{refusal}");
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
    }
}
