//! The templates in each language of the archive: one set of them, bound to one language's texts,
//! dates and numbers, for every language that a page is made in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{Kwargs, State, Tera, Value};

use crate::content::markdown::without_pictures;
use crate::language::{self, FALLBACK, Language, Texts};

/// The templates, speaking one language.
#[derive(Debug)]
pub struct Voice {
    /// The language.
    pub language: Arc<Language>,
    /// Its place among the voices of its theme.
    pub(in crate::render) place: usize,
    pub(super) tera: Tera,
}

/// The texts of all languages: those of the site before those of its theme, its parents and the
/// built-in one; every text that a language lacks in English.
#[derive(Debug, Default)]
pub(super) struct Library(BTreeMap<String, Texts>);

impl Library {
    /// Adds the texts of one layer, the outermost layer first.
    pub(super) fn add(&mut self, tag: &str, texts: &Texts) {
        self.0.entry(tag.to_lowercase()).or_default().or_else(texts);
    }

    /// The texts of a language: those of its whole tag before those of its primary part.
    fn of(&self, tag: &str) -> Option<Texts> {
        let tag = tag.to_lowercase();
        let (whole, primary) = (self.0.get(&tag), self.0.get(&*language::primary(&tag)));
        let mut texts = whole.or(primary)?.clone();
        for more in primary.into_iter().chain(self.0.get(FALLBACK)) {
            texts.or_else(more);
        }
        Some(texts)
    }

    /// The texts that are there in English and not in a language; `None` where it has no text at
    /// all.
    pub(super) fn lacking(&self, tag: &str) -> Option<Vec<String>> {
        let tag = tag.to_lowercase();
        let own = [self.0.get(&tag), self.0.get(&*language::primary(&tag))];
        if own.iter().all(Option::is_none) {
            return None;
        }
        let english = self.0.get(FALLBACK).into_iter().flat_map(Texts::iter);
        let has = |key: &str| own.iter().flatten().any(|texts| texts.get(key).is_some());
        let lacking = english.filter(|(key, _)| !has(key));
        Some(lacking.map(|(key, _)| key.to_owned()).collect())
    }
}

/// Every language that pages are made in.
#[derive(Debug)]
pub(super) struct Voices {
    voices: Vec<Voice>,
    /// The place of the voice for each tag, the site's own at 0.
    by_tag: BTreeMap<String, usize>,
    /// The direction of each language of the archive, with texts or without.
    directions: BTreeMap<String, &'static str>,
}

impl Voices {
    /// A voice for the site's language and for each language of its articles that there are texts
    /// of. Pages in other languages are framed in the site's, and a site whose language has no
    /// texts in English.
    pub(super) fn new(
        tera: &Tera,
        library: &Library,
        site: &str,
        others: &BTreeSet<&str>,
    ) -> Voices {
        let own = library.of(site).map(|texts| (site, texts));
        let (tag, texts) = own
            .or_else(|| library.of(FALLBACK).map(|texts| (FALLBACK, texts)))
            .unwrap_or_default();
        let mut voices = vec![voice(tera, tag, texts, 0)];
        let mut by_tag = BTreeMap::from([(site.to_owned(), 0)]);
        let mut directions = BTreeMap::from([(site.to_owned(), language::direction(site))]);
        for tag in others {
            directions.insert((*tag).to_owned(), language::direction(tag));
            if by_tag.contains_key(*tag) {
                continue;
            }
            let index = match library.of(tag) {
                Some(texts) => {
                    voices.push(voice(tera, tag, texts, voices.len()));
                    voices.len() - 1
                }
                None => 0,
            };
            by_tag.insert((*tag).to_owned(), index);
        }
        Voices {
            voices,
            by_tag,
            directions,
        }
    }

    /// The voice in which a page of a language is framed.
    pub(super) fn of(&self, tag: Option<&str>) -> &Voice {
        let index = tag
            .and_then(|tag| self.by_tag.get(tag))
            .copied()
            .unwrap_or(0);
        &self.voices[index]
    }

    /// Every voice, in the order of their places.
    pub(super) fn all(&self) -> &[Voice] {
        &self.voices
    }

    /// The direction of a language of the archive.
    pub(super) fn direction(&self, tag: &str) -> &'static str {
        let known = self.directions.get(tag).copied();
        known.unwrap_or_else(|| language::direction(tag))
    }
}

fn voice(tera: &Tera, tag: &str, texts: Texts, place: usize) -> Voice {
    let language = Arc::new(Language::new(tag, texts));
    let mut tera = tera.clone();
    teach(&mut tera, &language);
    Voice {
        language,
        place,
        tera,
    }
}

/// Gives templates the filters that speak: `{{ "filed_under" | t }}`,
/// `{{ "articles" | t(n=total) }}`, `{{ total | number }}`.
pub(super) fn teach(tera: &mut Tera, language: &Arc<Language>) {
    // Most texts need nothing filled in.
    let texts = language.plain_texts();
    let plain: BTreeMap<String, Value> = texts
        .map(|(key, text)| (key.to_owned(), Value::from(text)))
        .collect();
    let own = Arc::clone(language);
    tera.register_filter(
        "t",
        move |key: &str, parts: Kwargs, _: &State<'_>| match plain.get(key) {
            Some(text) if parts.iter().next().is_none() => Ok(text.clone()),
            _ => say(&own, key, &parts).map(Value::from),
        },
    );
    let own = Arc::clone(language);
    tera.register_filter(
        "number",
        move |number: i64, _: Kwargs, _: &State<'_>| match own.small_number(number) {
            Some(written) => Value::from(written),
            None => Value::from(own.number(number)),
        },
    );
    tera.register_filter(
        "without_pictures",
        |html: &str, _: Kwargs, _: &State<'_>| without_pictures(html),
    );
}

/// A text of the interface with its parts filled in.
fn say(language: &Language, key: &str, parts: &Kwargs) -> tera::TeraResult<String> {
    let mut count = None;
    let mut filled: Vec<(&str, String)> = Vec::new();
    for (name, value) in parts.iter() {
        let Some(name) = name.as_str() else { continue };
        if name == "n" {
            count = value.as_u64().and_then(|n| usize::try_from(n).ok());
        }
        filled.push((name, written(language, value)));
    }
    let parts: Vec<(&str, &str)> = filled.iter().map(|(k, v)| (*k, v.as_str())).collect();
    language
        .filled(key, count, &parts)
        .ok_or_else(|| tera::Error::message(format!("there is no interface text {key:?}")))
}

fn written(language: &Language, value: &Value) -> String {
    match (value.as_str(), value.as_i64()) {
        (Some(text), _) => text.to_owned(),
        (None, Some(number)) => language.number(number),
        _ => value.to_string(),
    }
}
