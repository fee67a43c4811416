//! Whether a change to the files of a site could be taken back.

use std::process::{Command, Stdio};

use camino::Utf8Path;

use crate::config::Config;
use crate::content;

/// What git says of the content of a site.
pub(super) enum State {
    /// Everything is committed.
    Clean,
    /// Some files are not, the first of which are named.
    Changed(String),
    /// There is no git here, or it does not keep this folder.
    None,
}

/// Asks git. It is run without hooks or monitors: a folder's own settings start no program.
pub(super) fn state(config: &Config) -> State {
    let folder = if config.folder.as_str().is_empty() {
        Utf8Path::new(".")
    } else {
        &config.folder
    };
    let root = content::shown(config, Utf8Path::new(""));
    let root = if root.as_str().is_empty() {
        ".".into()
    } else {
        root
    };
    let output = Command::new("git")
        .args([
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
        ])
        .args(["status", "--porcelain", "-z", "--"])
        .args([root.as_str(), crate::config::FILE])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    let Ok(output) = output else {
        return State::None;
    };
    if !output.status.success() {
        return State::None;
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let files: Vec<&str> = text
        .split('\0')
        .filter_map(|line| line.get(3..))
        .filter(|file| !file.is_empty())
        .collect();
    match files.len() {
        0 => State::Clean,
        count @ 1..=3 => State::Changed(files.get(..count).unwrap_or_default().join(", ")),
        count => State::Changed(format!(
            "{} and {} more",
            files.get(..3).unwrap_or_default().join(", "),
            count - 3
        )),
    }
}
