//! Themes: templates and files, the site's own first, then the theme's, its parents', and at
//! last the built-in `broadsheet`.

#[cfg(test)]
mod texts_test;
mod voices;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use tera::Tera;
use walkdir::WalkDir;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::language::{FALLBACK, Language, Texts};

pub use voices::Voice;
use voices::{Library, Voices};

/// The version of what templates are given. A theme says which versions it was written for.
pub const API: u32 = 1;

/// The name of the built-in theme.
pub const BUILT_IN: &str = "broadsheet";

/// Names a template or file of the built-in theme with its text.
macro_rules! built_in {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../themes/broadsheet/", $folder, "/", $name)))),*]
    };
}

const TEMPLATES: &[(&str, &str)] = built_in!("templates":
    "base.html", "components.html", "article.html", "front.html", "term.html", "shelf.html",
    "term-index.html", "on-this-day.html", "on-this-day-index.html", "page.html", "404.html",
    "redirect.html",
);

const FILES: &[(&str, &str)] = built_in!("static": "style.css");

const TEXTS: &[(&str, &str)] = built_in!("i18n":
    "en.toml", "fr.toml", "es.toml", "de.toml", "pt.toml", "ru.toml", "uk.toml", "ar.toml",
    "he.toml", "fa.toml", "zh.toml", "ja.toml", "ko.toml", "hi.toml",
);

/// `theme.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// The theme it builds on; `broadsheet` where not given.
    extends: Option<String>,
    /// The versions of the theme interface it was written for.
    #[serde(default)]
    api: Api,
    /// For people.
    #[serde(default, rename = "name")]
    _name: String,
    #[serde(default, rename = "description")]
    _description: String,
    #[serde(default, rename = "license")]
    _license: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Api {
    min: u32,
    max: u32,
}

impl Default for Api {
    fn default() -> Self {
        Api { min: API, max: API }
    }
}

/// Templates ready to render, and the files that go with them.
#[derive(Debug)]
pub struct Theme {
    voices: Voices,
    files: BTreeMap<String, File>,
}

#[derive(Debug)]
enum File {
    BuiltIn(&'static str),
    OnDisk(Utf8PathBuf),
}

impl Theme {
    /// Loads the theme of a site, for pages in its language and in those that its articles name.
    ///
    /// # Errors
    /// A theme that is not there or was written for another version, and every template or file
    /// of interface texts with a mistake.
    pub fn load(config: &Config, languages: &BTreeSet<&str>) -> Result<Theme, Diagnostics> {
        let chain = chain(config)?;
        let mut tera = Tera::new();
        let prefixes: Vec<String> = chain
            .iter()
            .map(|layer| format!("{}/", layer.name))
            .collect();
        tera.autoescape_on(vec![".html"]);
        super::view::set_site(&mut tera, config);
        // Templates are checked for filters when they are added, so the filters come first.
        voices::teach(&mut tera, &Language::new(FALLBACK, Texts::default()).into());
        let prepared = tera.set_fallback_prefixes(prefixes);
        prepared.map_err(|error| broken(config, &chain, &error))?;
        let mut templates: Vec<(String, Cow<'static, str>)> = Vec::new();
        let mut files = BTreeMap::new();
        let mut library = Library::default();
        for layer in &chain {
            layer.collect(config, &mut templates, &mut files)?;
            layer.texts(config, &mut library)?;
        }
        tera.add_raw_templates(templates)
            .map_err(|error| broken(config, &chain, &error))?;
        let voices = Voices::new(&tera, &library, &config.settings.language, languages);
        Ok(Theme { voices, files })
    }

    /// The templates for a page whose content is in a language; the site's own for `None`.
    pub fn voice(&self, tag: Option<&str>) -> &Voice {
        self.voices.of(tag)
    }

    /// The direction of a language of the archive: `ltr` or `rtl`.
    pub fn direction(&self, tag: &str) -> &'static str {
        self.voices.direction(tag)
    }

    /// The files that the theme brings, sorted.
    pub fn files(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    /// The bytes of one of them.
    pub fn file(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        match self.files.get(name)? {
            File::BuiltIn(text) => Some(Cow::Borrowed(text.as_bytes())),
            File::OnDisk(path) => std::fs::read(path).ok().map(Cow::Owned),
        }
    }
}

impl Voice {
    /// Fills a template.
    ///
    /// # Errors
    /// What the template does wrong, with its place; `what` names the page it was filled for.
    pub(super) fn fill(
        &self,
        template: &str,
        context: &tera::Context,
        what: &str,
    ) -> Result<String, Diagnostic> {
        self.tera.render(template, context).map_err(|error| {
            Diagnostic::new(
                Code::BadTemplate,
                format!("the page of {what} cannot be made\n{error}"),
            )
            .help("docs/themes.md lists what each template is given")
        })
    }
}

/// One source of templates and files.
struct Layer {
    name: String,
    folder: Option<Utf8PathBuf>,
}

impl Layer {
    fn collect(
        &self,
        config: &Config,
        templates: &mut Vec<(String, Cow<'static, str>)>,
        files: &mut BTreeMap<String, File>,
    ) -> Result<(), Diagnostics> {
        let Some(folder) = &self.folder else {
            for (name, text) in TEMPLATES {
                templates.push((format!("{}/{name}", self.name), Cow::Borrowed(text)));
            }
            for (name, text) in FILES {
                files
                    .entry((*name).to_owned())
                    .or_insert(File::BuiltIn(text));
            }
            return Ok(());
        };
        // The site's own templates lie in `templates/` itself, those of a theme one step lower.
        let own = self.name == "site";
        let home = if own {
            folder.clone()
        } else {
            folder.join("templates")
        };
        for (name, path) in tree(&home) {
            let text = std::fs::read_to_string(&path).map_err(|error| {
                let shown = path.strip_prefix(&config.folder).unwrap_or(&path);
                Diagnostic::new(Code::BadTemplate, format!("cannot be read: {error}")).file(shown)
            })?;
            templates.push((format!("{}/{name}", self.name), Cow::Owned(text)));
        }
        if !own {
            for (name, path) in tree(&folder.join("static")) {
                files.entry(name).or_insert(File::OnDisk(path));
            }
        }
        Ok(())
    }
}

impl Layer {
    /// Adds the interface texts of this layer: `i18n/fr.toml`.
    fn texts(&self, config: &Config, library: &mut Library) -> Result<(), Diagnostics> {
        let Some(folder) = &self.folder else {
            for (name, source) in TEXTS {
                // The built-in texts are held to their form by a test.
                if let Ok(texts) = Texts::parse(source) {
                    library.add(name.trim_end_matches(".toml"), &texts);
                }
            }
            return Ok(());
        };
        // Those of the site stand beside its own templates.
        let home = if self.name == "site" {
            folder.with_file_name("i18n")
        } else {
            folder.join("i18n")
        };
        let mut notes = Diagnostics::new();
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
        if notes.is_empty() { Ok(()) } else { Err(notes) }
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
            let name = path.strip_prefix(folder).ok()?.as_str().to_owned();
            let hidden = name.split('/').any(|part| part.starts_with('.'));
            (!hidden).then_some((name, path))
        })
        .collect()
}

/// The site's own templates, its theme, the themes that builds on, and the built-in one.
fn chain(config: &Config) -> Result<Vec<Layer>, Diagnostic> {
    let mut chain = vec![Layer {
        name: "site".into(),
        folder: Some(config.folder.join("templates")),
    }];
    let mut next = Some(config.settings.theme.clone());
    while let Some(name) = next.take() {
        let folder = config.folder.join("themes").join(&name);
        let plain = !name.is_empty()
            && !name.contains(['/', '\\'])
            && !name.starts_with('.')
            && name != "site";
        if plain && folder.is_dir() && !chain.iter().any(|layer| layer.name == name) {
            let manifest = manifest(config, &folder)?;
            if !(manifest.api.min..=manifest.api.max).contains(&API) {
                let shown = folder.strip_prefix(&config.folder).unwrap_or(&folder);
                let message = format!(
                    "the theme `{name}` was written for the theme interface {} to {}, this is {API}",
                    manifest.api.min, manifest.api.max
                );
                return Err(Diagnostic::new(Code::OtherApi, message).file(shown.join("theme.toml")));
            }
            next = manifest.extends.filter(|parent| parent != &name);
            let built_in = name == BUILT_IN;
            chain.push(Layer {
                name,
                folder: Some(folder),
            });
            if built_in {
                // A copy in the site stands before the built-in theme of the same name.
                if let Some(layer) = chain.last_mut() {
                    layer.name = "broadsheet-copy".into();
                }
            }
        } else if name != BUILT_IN {
            let known = if folder.is_dir() {
                "builds on itself"
            } else {
                "is not there"
            };
            return Err(
                Diagnostic::new(Code::NoTheme, format!("the theme `{name}` {known}"))
                    .file(crate::config::FILE)
                    .help(format!(
                        "put it into `themes/{name}/`, or use `theme = \"{BUILT_IN}\"`"
                    )),
            );
        }
    }
    chain.push(Layer {
        name: BUILT_IN.into(),
        folder: None,
    });
    Ok(chain)
}

fn manifest(config: &Config, folder: &Utf8Path) -> Result<Manifest, Diagnostic> {
    let path = folder.join("theme.toml");
    let shown = path
        .strip_prefix(&config.folder)
        .unwrap_or(&path)
        .to_owned();
    let source = match std::fs::read_to_string(&path) {
        Ok(source) => source,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(
                Diagnostic::new(Code::Unreadable, format!("cannot be read: {error}")).file(shown),
            );
        }
    };
    toml::from_str(&source).map_err(|error| {
        let message = error
            .message()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        let span = error.span().map_or_else(
            || Span::line(&source, 1),
            |s| Span::at(&source, s.start, s.len()),
        );
        Diagnostic::new(Code::BadTemplate, message)
            .file(shown)
            .span(span)
    })
}

/// What Tera says of templates that it cannot take, with the file where it is one of the site's.
fn broken(config: &Config, chain: &[Layer], error: &tera::Error) -> Diagnostic {
    let text = error.to_string();
    let mut diagnostic = Diagnostic::new(
        Code::BadTemplate,
        format!("the templates cannot be used\n{text}"),
    );
    for layer in chain {
        let Some(folder) = &layer.folder else {
            continue;
        };
        let home = if layer.name == "site" {
            folder.clone()
        } else {
            folder.join("templates")
        };
        let named = tree(&home)
            .into_iter()
            .find(|(name, _)| text.contains(&format!("{}/{name}", layer.name)));
        if let Some((_, path)) = named {
            diagnostic = diagnostic.file(path.strip_prefix(&config.folder).unwrap_or(&path));
            break;
        }
    }
    diagnostic.help("docs/themes.md lists what each template is given")
}
