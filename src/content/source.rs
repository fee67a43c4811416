//! The files of articles, records and pages as they lie on the disk, and what of them is shown.

use std::fs::File;
use std::io::Read as _;

use camino::Utf8Path;

use super::{front_matter, shown, text, withheld};
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::digest::Digest;

/// The text of a file, and what its bytes are recognised by.
pub(super) fn load(
    config: &Config,
    file: &Utf8Path,
    notes: &mut Diagnostics,
) -> Result<(String, Digest), Diagnostic> {
    let path = config.content_root().join(file);
    let unreadable = |error| Diagnostic::new(Code::Unreadable, format!("cannot be read: {error}"));
    let is_table = file.extension().is_some_and(|e| e == "csv");
    let limits = &config.settings.limits;
    let (limit, setting, what) = if is_table {
        (limits.table_bytes, "table_bytes", "a table")
    } else {
        (limits.article_bytes, "article_bytes", "an article")
    };
    let mut opened = File::open(&path).map_err(unreadable)?;
    let size = opened.metadata().map_err(unreadable)?.len();
    if size > limit {
        return Err(Diagnostic::new(
            Code::TooLarge,
            format!("the file has {size} bytes, {what} at most {limit}"),
        )
        .span(Span {
            line: 1,
            column: 1,
            length: 1,
            text: String::new(),
        })
        .help(format!(
            "split it, or raise `[limits] {setting}` in site.toml"
        )));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    opened.read_to_end(&mut bytes).map_err(unreadable)?;
    let mark = Digest::of(&bytes);
    Ok((text::decode(bytes, notes)?, mark))
}

/// The body of a file, without its front matter and without what it withholds.
///
/// # Errors
/// When the file has gone, or is no longer one that was read before.
pub fn body(config: &Config, file: &Utf8Path) -> Result<String, Diagnostic> {
    let source = load(config, file, &mut Diagnostics::new());
    source
        .and_then(|(source, _)| body_of(config, file, source))
        .map_err(|error| error.file(shown(config, file)))
}

/// As [`body`], of a file that had this mark when it was read: what else a page tells of it holds
/// for no other.
///
/// # Errors
/// When the file has gone or changed since.
pub fn body_as_read(config: &Config, file: &Utf8Path, mark: Digest) -> Result<String, Diagnostic> {
    let meanwhile = |what: &str| {
        let message = format!("the file {what} while the site was built");
        Diagnostic::new(Code::ChangedMeanwhile, message).help("build again")
    };
    let body = match load(config, file, &mut Diagnostics::new()) {
        Ok((source, found)) if found == mark => body_of(config, file, source),
        Ok(_) => Err(meanwhile("changed")),
        Err(_) if !config.content_root().join(file).exists() => Err(meanwhile("was deleted")),
        Err(error) => Err(error),
    };
    body.map_err(|error| error.file(shown(config, file)))
}

fn body_of(config: &Config, file: &Utf8Path, mut source: String) -> Result<String, Diagnostic> {
    let start = front_matter::body_start(&source)?;
    if let Some(redacted) = withheld::redacted_body(config, file.as_str(), &source, start) {
        return Ok(redacted);
    }
    source.drain(..start);
    Ok(source)
}

/// What the file of a published article says: all of it, or, where something was taken out of its
/// body, the rest of the body.
///
/// # Errors
/// As [`body`].
pub fn said(config: &Config, file: &Utf8Path) -> Result<String, Diagnostic> {
    let read = || {
        let (source, _) = load(config, file, &mut Diagnostics::new())?;
        let start = front_matter::body_start(&source)?;
        let redacted = withheld::redacted_body(config, file.as_str(), &source, start);
        Ok(redacted.unwrap_or(source))
    };
    read().map_err(|error: Diagnostic| error.file(shown(config, file)))
}
