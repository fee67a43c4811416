//! What a site is made from, and its list beside `site.toml`.

use std::fs::File;
use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::hold;
use super::verify::read_list;
use super::walk::Walked;
use super::{List, Verified};
use crate::Progress;
use crate::build::ledger::replace;
use crate::checksum::{self, NAME, Sum};
use crate::config::{self, Config};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use crate::output;
use crate::site::ledger;

/// Every file that a build reads: the settings, the ledger, the content and the site's own themes
/// and templates. Hidden files are none of them, and nothing that a build wrote.
pub(super) fn files(config: &Config) -> Walked {
    let folder = &config.folder;
    let mut walked = Walked::default();
    for name in [config::FILE, ledger::FILE] {
        if folder.join(name).is_file() {
            walked.files.insert(name.to_owned());
        }
    }
    let outputs = [config.output()];
    let enters = |path: &str| {
        let place = folder.join(path);
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_output = || outputs.contains(&place) || output::is_output(&place);
        !name.starts_with('.') && path != NAME && !is_output()
    };
    let content = normal(&config.settings.content.root);
    let Some(content) = content else {
        let message = "the content lies outside of the folder of site.toml";
        let help = "set `[content] root` to a folder below that of site.toml: only then can one list tell of all";
        walked
            .odd
            .push(Diagnostic::new(Code::NoList, message).help(help));
        return walked;
    };
    for below in [content.as_str(), "themes", "templates"] {
        if folder.join(below).is_dir() {
            walked.add(folder, below, &enters);
        }
    }
    walked
}

/// A path below the folder it is seen from, without detours; `None` if it leads out.
fn normal(path: &str) -> Option<Utf8PathBuf> {
    let mut normal = Utf8PathBuf::new();
    for part in Utf8Path::new(path).components() {
        match part {
            camino::Utf8Component::Normal(name) => normal.push(name),
            camino::Utf8Component::CurDir => {}
            _ => return None,
        }
    }
    Some(normal)
}

/// Holds what a site is made from against the list beside `site.toml`.
///
/// # Errors
/// There is no such list, or it cannot be read.
pub fn verify_sources(
    config: &Config,
    progress: &dyn Progress,
) -> (Result<Verified, ()>, Diagnostics) {
    let listed = match read_list(&config.folder, NAME) {
        Ok(Some(listed)) => listed,
        Ok(None) => {
            let message = format!("there is no `{NAME}` beside site.toml");
            let help = "write it with `morgue verify --source --write`";
            let none = Diagnostic::new(Code::NoList, message).help(help);
            return (Err(()), none.into());
        }
        Err(found) => return (Err(()), found),
    };
    let walked = files(config);
    let mut found = walked.odd;
    found.extend(hold::changes(
        &config.folder,
        &listed,
        &walked.files,
        progress,
    ));
    found.extend(hold::extras(&listed, &walked.files, Severity::Error));
    found.sort();
    let files = listed.len();
    let list = List::Checksums;
    (Ok(Verified { list, files }), found)
}

/// Writes the list of what a site is made from, beside `site.toml`; gives how many files it tells
/// of. The same files give the same list on every machine.
///
/// # Errors
/// A file that cannot be listed, or a list that cannot be written: then the old one stays.
pub fn write_sources(config: &Config, progress: &dyn Progress) -> Result<usize, Diagnostics> {
    let walked = files(config);
    if walked.odd.has_errors() {
        return Err(walked.odd);
    }
    progress.begin(walked.files.len());
    let paths: Vec<&String> = walked.files.iter().collect();
    let sums: Result<Vec<(&str, Sum)>, Diagnostic> = paths
        .into_par_iter()
        .map(|path| {
            let sum =
                File::open(config.folder.join(path)).and_then(|mut file| Sum::of_all(&mut file));
            progress.page();
            match sum {
                Ok((sum, _)) => Ok((path.as_str(), sum)),
                Err(error) => Err(unreadable(path, &error)),
            }
        })
        .collect();
    let text = checksum::list(sums?.into_iter());
    let written = replace(&config.folder.join(NAME), |file| {
        file.write_all(text.as_bytes())
    });
    written.map_err(|error| {
        let message = format!("`{NAME}` cannot be written: {error}");
        Diagnostic::new(Code::CannotWrite, message)
            .help("check the permissions of the folder of site.toml and the space left")
    })?;
    Ok(walked.files.len())
}

pub(super) fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::Unreadable, format!("cannot be read: {error}")).file(path)
}
