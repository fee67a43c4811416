//! `theme.toml`: what a theme builds on, and which versions of the interface it was written for.

use camino::Utf8Path;
use serde::Deserialize;
use toml::Spanned;

use super::API;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Span};

/// The name of the file.
pub(super) const FILE: &str = "theme.toml";

/// `theme.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// The theme it builds on; `broadsheet` where not given.
    pub(super) extends: Option<Spanned<String>>,
    /// The versions of the theme interface it was written for; this one where not given.
    api: Option<Api>,
    /// Its name for people.
    #[serde(default, rename = "name")]
    _name: String,
    /// What it is, in one sentence.
    #[serde(default)]
    pub(super) description: String,
    /// What others may do with it.
    #[serde(default, rename = "license")]
    _license: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Api {
    min: Spanned<u32>,
    max: Spanned<u32>,
}

/// A manifest with the text it was read from.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) manifest: Manifest,
    pub(super) source: String,
}

/// Reads the manifest of a theme in a folder of the site; a theme without one has no wishes.
///
/// # Errors
/// A file that cannot be read, or is no manifest.
pub(super) fn read(config: &Config, folder: &Utf8Path) -> Result<Read, Diagnostic> {
    let path = folder.join(FILE);
    let shown = path.strip_prefix(&config.folder).unwrap_or(&path);
    let source = match std::fs::read_to_string(&path) {
        Ok(source) => source,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(
                Diagnostic::new(Code::Unreadable, format!("cannot be read: {error}")).file(shown),
            );
        }
    };
    match parse(&source) {
        Ok(manifest) => Ok(Read { manifest, source }),
        Err(error) => {
            let message = error.message().lines().next().unwrap_or_default();
            let span = error.span().map_or_else(
                || Span::line(&source, 1),
                |s| Span::at(&source, s.start, s.len()),
            );
            Err(Diagnostic::new(Code::BadTemplate, message)
                .file(shown)
                .span(span)
                .help("docs/themes.md lists the keys of theme.toml"))
        }
    }
}

/// Reads a manifest that is in memory.
pub(super) fn parse(source: &str) -> Result<Manifest, toml::de::Error> {
    toml::from_str(source)
}

impl Read {
    /// Refuses a theme that was written for another version of the interface.
    pub(super) fn check(&self, name: &str, shown: &Utf8Path) -> Result<(), Diagnostic> {
        let Some(api) = &self.manifest.api else {
            return Ok(());
        };
        let (min, max) = (*api.min.get_ref(), *api.max.get_ref());
        if (min..=max).contains(&API) {
            return Ok(());
        }
        let versions = if min == max {
            min.to_string()
        } else {
            format!("{min} to {max}")
        };
        let (place, help) = if min > API {
            let help = "a newer morgue has that interface";
            (api.min.span(), help.to_owned())
        } else {
            let help = format!(
                "look for a newer version of the theme; or compare it with docs/theme-reference.md, then write `max = {API}`"
            );
            (api.max.span(), help)
        };
        let message = format!(
            "the theme `{name}` was written for the theme interface {versions}, and this is {API}"
        );
        Err(Diagnostic::new(Code::OtherApi, message)
            .file(shown.join(FILE))
            .span(Span::at(&self.source, place.start, place.len()))
            .help(help))
    }
}
