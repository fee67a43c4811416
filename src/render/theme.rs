//! Themes: templates and files, the site's own first, then the theme's, its parents', and at
//! last the built-in `broadsheet`.

#[cfg(test)]
mod texts_test;

mod layers;
mod manifest;
mod mistakes;
mod parts;
mod voices;
mod wanted;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use tera::Tera;

use crate::config::Config;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::digest::{Digest, Digester};
use crate::language::{FALLBACK, Language, Texts};
use crate::render::map::Land;

pub use layers::{Known, known};
pub use mistakes::told_once;
pub use parts::Component;
pub use voices::Voice;

use mistakes::Sources;
use voices::{Library, Voices};
use wanted::Wanted;

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
    "redirect.html", "citation.html", "maps.html", "corrections.html", "data.html", "year.html",
    "month.html", "day.html", "years.html", "coverage.html", "intersection.html", "section.html",
    "tombstone.html",
);

const FILES: &[(&str, &str)] = built_in!("static": "style.css");

const TEXTS: &[(&str, &str)] = built_in!("i18n":
    "en.toml", "fr.toml", "es.toml", "de.toml", "pt.toml", "ru.toml", "uk.toml", "ar.toml",
    "he.toml", "fa.toml", "zh.toml", "ja.toml", "ko.toml", "hi.toml",
);

const WIRE_TEMPLATES: &[(&str, &str)] = &[
    (
        "base.html",
        include_str!("../../themes/wire/templates/base.html"),
    ),
    (
        "article.html",
        include_str!("../../themes/wire/templates/article.html"),
    ),
];

const WIRE_FILES: &[(&str, &str)] = &[(
    "style.css",
    include_str!("../../themes/wire/static/style.css"),
)];

/// A theme that is part of the program.
#[derive(Debug)]
pub struct BuiltIn {
    /// The name by which a site asks for it.
    pub name: &'static str,
    /// Its templates, each with its text.
    pub templates: &'static [(&'static str, &'static str)],
    /// Its style sheets and other files, each with its text.
    pub files: &'static [(&'static str, &'static str)],
    /// Its interface texts, a file for each language.
    pub texts: &'static [(&'static str, &'static str)],
    manifest: &'static str,
}

/// Every theme that is part of the program. All others stand in the end on the first.
pub const BUILT_IN_THEMES: &[BuiltIn] = &[
    BuiltIn {
        name: BUILT_IN,
        templates: TEMPLATES,
        files: FILES,
        texts: TEXTS,
        manifest: include_str!("../../themes/broadsheet/theme.toml"),
    },
    BuiltIn {
        name: "wire",
        templates: WIRE_TEMPLATES,
        files: WIRE_FILES,
        texts: &[],
        manifest: include_str!("../../themes/wire/theme.toml"),
    },
];

/// Templates ready to render, and the files that go with them.
#[derive(Debug)]
pub struct Theme {
    voices: Voices,
    files: BTreeMap<String, File>,
    /// What the templates were made from, to show the line of a mistake.
    sources: Sources,
    wanted: Wanted,
    /// The languages of the archive that lack texts, with the keys of those.
    untranslated: BTreeMap<String, Option<Vec<String>>>,
    pub(super) land: Land,
    fingerprint: Digest,
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
        let chain = layers::chain(config)?;
        let mut sources = Sources::default();
        let mut files = BTreeMap::new();
        let mut library = Library::default();
        let mut notes = Diagnostics::new();
        for layer in &chain {
            notes.extend(layer.templates(config, &mut sources));
            notes.extend(layer.texts(config, &mut library));
            layer.files(&mut files);
        }
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        super::view::set_site(&mut tera, config);
        // Templates are checked for filters when they are added, so the filters come first.
        voices::teach(&mut tera, &Language::new(FALLBACK, Texts::default()).into());
        let prefixes = chain.iter().map(|layer| format!("{}/", layer.name));
        let added = tera
            .set_fallback_prefixes(prefixes)
            .map_err(|error| Diagnostics::from(sources.tell(&error)))
            .and_then(|()| sources.add_to(&mut tera));
        if let Err(found) = added {
            notes.extend(found);
        }
        if !notes.is_empty() {
            return Err(notes);
        }
        let own = config.settings.language.as_str();
        let tags: BTreeSet<&str> = languages.iter().copied().chain([own]).collect();
        let lacking = tags
            .into_iter()
            .map(|tag| (tag.to_owned(), library.lacking(tag)));
        let untranslated = lacking.filter(|(_, keys)| keys.as_ref().is_none_or(|k| !k.is_empty()));
        let untranslated = untranslated.collect();
        let voices = Voices::new(&tera, &library, &config.settings.language, languages);
        let mut fingerprint = Digester::new();
        sources.take_into(&mut fingerprint);
        fingerprint.push_text(&format!("{library:?}"));
        Ok(Theme {
            fingerprint: fingerprint.finish(),
            voices,
            files,
            wanted: Wanted::new(sources.iter()),
            untranslated,
            sources,
            land: Land::built_in(),
        })
    }

    /// What its templates and texts are recognised by.
    pub fn fingerprint(&self) -> Digest {
        self.fingerprint
    }

    /// The templates for a page whose content is in a language; the site's own for `None`.
    pub fn voice(&self, tag: Option<&str>) -> &Voice {
        self.voices.of(tag)
    }

    /// The templates in every language that pages are made in.
    pub(super) fn voices(&self) -> impl Iterator<Item = &Voice> {
        self.voices.all().iter()
    }

    /// The languages of the archive that lack texts, each with the keys of those; `None` where it
    /// has none at all.
    pub fn untranslated(&self) -> &BTreeMap<String, Option<Vec<String>>> {
        &self.untranslated
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

    /// Whether a template can show a field of one of the values that it is given.
    pub(super) fn wants(&self, template: &str, value: &str, field: &str) -> bool {
        self.wanted.has(template, value, field)
    }

    /// Whether any page can show a field of `page`.
    pub(super) fn wants_of_page(&self, field: &str) -> bool {
        self.wanted.has_anywhere("page", field)
    }

    /// Fills a template in a language.
    ///
    /// # Errors
    /// What the template does wrong, with its place; `what` names the page it was filled for.
    pub(super) fn fill(
        &self,
        voice: &Voice,
        template: &str,
        context: &tera::Context,
        what: &str,
    ) -> Result<String, Diagnostic> {
        let filled = voice.tera.render(template, context);
        filled.map_err(|error| self.sources.tell_of(&error, what))
    }
}
