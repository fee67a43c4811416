//! Gives the program a mark of the sources it is made from, so that what one build of it
//! remembered is never taken for what another would make.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for source in ["src", "themes", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={source}");
        take_in(Path::new(source), &mut hasher)?;
    }
    println!("cargo::rustc-env=MORGUE_SOURCES={:016x}", hasher.finish());
    Ok(())
}

fn take_in(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path)?.collect::<Result<_, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        return entries
            .iter()
            .try_for_each(|entry| take_in(&entry.path(), hasher));
    }
    // A package that is built as a dependency may come without a lock file.
    if path.exists() {
        path.to_string_lossy().replace('\\', "/").hash(hasher);
        fs::read(path)?.hash(hasher);
    }
    Ok(())
}
