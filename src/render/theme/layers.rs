//! Where templates, files and texts come from: the site's own, its theme, the themes that one
//! builds on, and at last `broadsheet`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use toml::Spanned;
use walkdir::WalkDir;

use super::manifest::{self, Manifest};
use super::mistakes::Sources;
use super::voices::Library;
use super::{BUILT_IN, BUILT_IN_THEMES, BuiltIn, File};
use crate::config::Config;
use crate::content::nearest;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::language::Texts;

/// The name of the layer of the site's own templates.
const SITE: &str = "site";

/// One source of templates and files.
pub(super) struct Layer {
    /// What stands before the names of its templates.
    pub(super) name: String,
    home: Home,
}

enum Home {
    /// Its own templates lie in `templates/` of the site itself.
    Site(Utf8PathBuf),
    Theme(Utf8PathBuf),
    BuiltIn(&'static BuiltIn),
}

impl Layer {
    /// Adds the templates of this layer.
    pub(super) fn templates(&self, config: &Config, sources: &mut Sources) -> Diagnostics {
        let mut notes = Diagnostics::new();
        let home = match &self.home {
            Home::Site(folder) | Home::Theme(folder) => folder.join("templates"),
            Home::BuiltIn(theme) => {
                for (name, text) in theme.templates {
                    sources.put(format!("{}/{name}", self.name), None, Cow::Borrowed(text));
                }
                return notes;
            }
        };
        for (name, path) in tree(&home) {
            let shown = path.strip_prefix(&config.folder).unwrap_or(&path);
            match std::fs::read_to_string(&path) {
                Ok(text) => sources.put(
                    format!("{}/{name}", self.name),
                    Some(shown.to_owned()),
                    Cow::Owned(text),
                ),
                Err(error) => {
                    let message = format!("cannot be read: {error}");
                    notes.push(Diagnostic::new(Code::BadTemplate, message).file(shown));
                }
            }
        }
        notes
    }

    /// Adds the files of this layer that no layer before it has. Those of the site itself lie
    /// with its content.
    pub(super) fn files(&self, files: &mut BTreeMap<String, File>) {
        match &self.home {
            Home::Site(_) => {}
            Home::Theme(folder) => {
                for (name, path) in tree(&folder.join("static")) {
                    files.entry(name).or_insert(File::OnDisk(path));
                }
            }
            Home::BuiltIn(theme) => {
                for (name, text) in theme.files {
                    let name = (*name).to_owned();
                    files.entry(name).or_insert(File::BuiltIn(text));
                }
            }
        }
    }

    /// Adds the interface texts of this layer: `i18n/fr.toml`.
    pub(super) fn texts(&self, config: &Config, library: &mut Library) -> Diagnostics {
        let mut notes = Diagnostics::new();
        let home = match &self.home {
            Home::Site(folder) | Home::Theme(folder) => folder.join("i18n"),
            Home::BuiltIn(theme) => {
                for (name, source) in theme.texts {
                    // The built-in texts are held to their form by a test.
                    if let Ok(texts) = Texts::parse(source) {
                        library.add(name.trim_end_matches(".toml"), &texts);
                    }
                }
                return notes;
            }
        };
        for (name, path) in tree(&home) {
            let Some(tag) = name.strip_suffix(".toml") else {
                continue;
            };
            let shown = path.strip_prefix(&config.folder).unwrap_or(&path);
            let bad = |message: String| Diagnostic::new(Code::BadTemplate, message).file(shown);
            match std::fs::read_to_string(&path) {
                Err(error) => notes.push(bad(format!("cannot be read: {error}"))),
                Ok(source) => match Texts::parse(&source) {
                    Ok(texts) => library.add(tag, &texts),
                    Err((message, place)) => {
                        let span = place.map_or_else(
                            || Span::line(&source, 1),
                            |s| Span::at(&source, s.start, s.len()),
                        );
                        notes.push(bad(message).span(span).help(
                            "write `key = \"text\"`, or a table with the forms `one`, `few`, `many`, `other`",
                        ));
                    }
                },
            }
        }
        notes
    }
}

/// The files below a folder by their path in it; none where there is no such folder.
fn tree(folder: &Utf8Path) -> Vec<(String, Utf8PathBuf)> {
    let entries = WalkDir::new(folder)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter();
    let files = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok())
        .filter_map(|path| {
            let parts = path.strip_prefix(folder).ok()?.components();
            let parts: Vec<&str> = parts.map(|part| part.as_str()).collect();
            let hidden = parts.iter().any(|part| part.starts_with('.'));
            let name = (!hidden).then(|| parts.join("/"))?;
            Some((name, path))
        })
        .collect()
}

fn built_in(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN_THEMES.iter().find(|theme| theme.name == name)
}

/// The manifest of a theme that is part of the program; a test holds it to its form.
fn manifest_of(theme: &BuiltIn) -> Manifest {
    manifest::parse(theme.manifest).unwrap_or_default()
}

/// A theme that is asked for, and where.
struct Wish {
    name: String,
    file: Utf8PathBuf,
    span: Option<Span>,
}

/// The site's own layer, its theme, the themes that one builds on, and `broadsheet`.
///
/// # Errors
/// A theme that is not there, builds on itself, or was written for another version.
pub(super) fn chain(config: &Config) -> Result<Vec<Layer>, Diagnostic> {
    let mut chain = vec![Layer {
        name: SITE.into(),
        home: Home::Site(config.folder.clone()),
    }];
    let mut names: Vec<String> = Vec::new();
    let mut next = Some(first(config));
    while let Some(wish) = next.take() {
        if names.contains(&wish.name) {
            return Err(loops(&names, wish));
        }
        names.push(wish.name.clone());
        next = add(config, wish, &mut chain)?;
        let grounded = names.iter().any(|name| name == BUILT_IN);
        if next.is_none() && !grounded {
            next = Some(Wish {
                name: BUILT_IN.to_owned(),
                file: crate::config::FILE.into(),
                span: None,
            });
        }
    }
    Ok(chain)
}

/// Adds the theme that is asked for, and gives the one that it asks for.
fn add(config: &Config, wish: Wish, chain: &mut Vec<Layer>) -> Result<Option<Wish>, Diagnostic> {
    let folder = config.folder.join("themes").join(&wish.name);
    let own = is_plain(&wish.name) && folder.is_dir();
    let built_in = built_in(&wish.name);
    let mut parent = built_in
        .and_then(|theme| manifest_of(theme).extends)
        .map(|name| Wish {
            name: name.into_inner(),
            file: wish.file.clone(),
            span: wish.span.clone(),
        });
    if own {
        let read = manifest::read(config, &folder)?;
        let shown = folder.strip_prefix(&config.folder).unwrap_or(&folder);
        read.check(&wish.name, shown)?;
        let extends = read.manifest.extends;
        // A copy of a built-in theme stands before it, also where it says so itself.
        let extends = extends.filter(|e| built_in.is_none() || *e.get_ref() != wish.name);
        if let Some(name) = extends {
            let place = name.span();
            parent = Some(Wish {
                name: name.into_inner(),
                file: shown.join(manifest::FILE),
                span: Some(Span::at(&read.source, place.start, place.len())),
            });
        }
        chain.push(Layer {
            // No folder can have a name with a dot before it.
            name: match built_in {
                Some(_) => format!(".{}", wish.name),
                None => wish.name.clone(),
            },
            home: Home::Theme(folder),
        });
    } else if built_in.is_none() {
        return Err(missing(config, wish));
    }
    if let Some(theme) = built_in {
        let (name, home) = (theme.name.to_owned(), Home::BuiltIn(theme));
        chain.push(Layer { name, home });
    }
    Ok(parent)
}

/// The theme that the settings ask for.
fn first(config: &Config) -> Wish {
    #[derive(Deserialize)]
    struct Settings {
        theme: Option<Spanned<String>>,
    }
    let source = std::fs::read_to_string(config.folder.join(crate::config::FILE));
    let source = source.unwrap_or_default();
    let named = toml::from_str::<Settings>(&source).ok();
    let place = named.and_then(|settings| settings.theme).map(|t| t.span());
    Wish {
        name: config.settings.theme.clone(),
        file: crate::config::FILE.into(),
        span: place.map(|p| Span::at(&source, p.start, p.len())),
    }
}

/// Whether a name can be that of a folder in `themes/`, and of nothing else.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.') && name != SITE
}

fn at(diagnostic: Diagnostic, wish: Wish) -> Diagnostic {
    let diagnostic = diagnostic.file(wish.file);
    match wish.span {
        Some(span) => diagnostic.span(span),
        None => diagnostic,
    }
}

fn loops(names: &[String], wish: Wish) -> Diagnostic {
    let from = names.iter().skip_while(|name| **name != wish.name);
    let round: Vec<String> = from
        .chain([&wish.name])
        .map(|name| format!("`{name}`"))
        .collect();
    let message = format!("a theme builds on itself: {}", round.join(" extends "));
    let help = format!("take this `extends` out, or write `extends = \"{BUILT_IN}\"`");
    at(Diagnostic::new(Code::NoTheme, message), wish).help(help)
}

fn missing(config: &Config, wish: Wish) -> Diagnostic {
    let known = known(config);
    let names = || known.iter().map(|theme| theme.name.as_str());
    let message = format!("the theme `{}` is not there", wish.name);
    let help = match nearest(&wish.name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let names: Vec<String> = names().map(|name| format!("`{name}`")).collect();
            let make = if is_plain(&wish.name) {
                format!("; `morgue theme new {}` begins a new one", wish.name)
            } else {
                String::new()
            };
            format!("there are {}{make}", names.join(", "))
        }
    };
    at(Diagnostic::new(Code::NoTheme, message), wish).help(help)
}

/// A theme that a site can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// What it is, in one sentence.
    pub description: String,
    /// The theme it builds on; nothing for `broadsheet`.
    pub extends: Option<String>,
    /// Its folder in the site; nothing for one that is part of the program.
    pub folder: Option<Utf8PathBuf>,
}

/// Every theme that a site can ask for: those of its `themes/`, and those of the program.
pub fn known(config: &Config) -> Vec<Known> {
    let home = config.folder.join("themes");
    let folders = home.read_dir_utf8().into_iter().flatten();
    let folders: BTreeSet<Utf8PathBuf> = folders
        .filter_map(Result::ok)
        .map(camino::Utf8DirEntry::into_path)
        .filter(|path| path.is_dir() && path.file_name().is_some_and(is_plain))
        .collect();
    let own = folders.into_iter().map(|folder| {
        let manifest = manifest::read(config, &folder).unwrap_or_default().manifest;
        let shown = folder.strip_prefix(&config.folder).unwrap_or(&folder);
        let name = folder.file_name().unwrap_or_default();
        entry(name, manifest, Some(shown.to_owned()))
    });
    let own: Vec<Known> = own.collect();
    let built_in = BUILT_IN_THEMES
        .iter()
        .filter(|theme| own.iter().all(|o| o.name != theme.name));
    let built_in = built_in.map(|theme| entry(theme.name, manifest_of(theme), None));
    built_in.chain(own.iter().cloned()).collect()
}

fn entry(name: &str, manifest: Manifest, folder: Option<Utf8PathBuf>) -> Known {
    let extends = manifest.extends.map(Spanned::into_inner);
    Known {
        name: name.to_owned(),
        description: manifest.description,
        extends: extends.or_else(|| (name != BUILT_IN).then(|| BUILT_IN.to_owned())),
        folder,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_themes_say_what_they_are_and_build_on_one_another() {
        for theme in BUILT_IN_THEMES {
            let manifest = manifest::parse(theme.manifest).unwrap();
            assert!(!manifest.description.is_empty(), "{}", theme.name);
            match manifest.extends {
                Some(parent) => assert!(built_in(parent.get_ref()).is_some(), "{}", theme.name),
                None => assert_eq!(theme.name, BUILT_IN),
            }
        }
    }
}
