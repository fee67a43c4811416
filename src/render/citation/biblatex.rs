//! BibLaTeX: `@article` with `entrysubtype = {newspaper}`, the form its manual gives for
//! newspapers (§2.3.4), in UTF-8.

use std::borrow::Cow;

use super::Source;
use super::name::Name;
use crate::language;

pub(super) fn file(source: &Source<'_>) -> String {
    let mut file = String::with_capacity(768);
    file.push_str("@article{");
    file.push_str(&source.key());
    file.push_str(",\n");
    let mut put = |key: &str, value: &str| {
        for piece in ["  ", key, " = {", value, "},\n"] {
            file.push_str(piece);
        }
    };
    put("entrysubtype", "newspaper");
    if !source.authors.is_empty() {
        let authors: Vec<String> = source.authors.iter().map(name).collect();
        put("author", &authors.join(" and "));
    }
    // Braces keep a style from changing the capitals of a headline.
    put("title", &format!("{{{}}}", escaped(&source.title)));
    put("journaltitle", &escaped(&source.paper));
    if let Some(date) = &source.date {
        let sure = if date.is_uncertain() { "?" } else { "" };
        put("date", &format!("{}{sure}", date.iso_date()));
    }
    let mut known = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            put(key, &escaped(value));
        }
    };
    known("edition", source.edition.as_deref());
    known("chapter", source.section.as_deref());
    known("volume", source.volume.as_deref());
    known("number", source.issue.as_deref());
    match source.page_range() {
        Some((first, last)) => known("pages", Some(&format!("{first}--{last}"))),
        None => known("pages", source.page.as_deref()),
    }
    known("issn", source.issn.as_deref());
    known("langid", langid(source.language));
    known("library", source.archive.as_deref());
    known("note", source.note().as_deref());
    known("rights", source.rights.as_deref());
    // The address is verbatim: an escape would become a part of it. It holds no braces, as it
    // is percent-encoded.
    put("url", &source.url);
    file.push_str("}\n");
    file
}

/// A name in the order that BibTeX reads; one that must not be taken apart, in braces.
fn name(name: &Name<'_>) -> String {
    let Some(parts) = &name.parts else {
        return format!("{{{}}}", escaped(&name.whole));
    };
    let part = |text: &str| {
        if text.contains(" and ") {
            format!("{{{}}}", escaped(text))
        } else {
            escaped(text).into_owned()
        }
    };
    let (family, given) = (part(&parts.family), part(&parts.given));
    match &parts.suffix {
        Some(suffix) => format!("{family}, {}, {given}", part(suffix)),
        None => format!("{family}, {given}"),
    }
}

/// A text with TeX's own signs escaped. Braces are spelled out, for BibTeX counts even escaped
/// ones when it looks for the end of a field.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '{', '}', '%', '&', '#', '$', '_', '~', '^']) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\\' => safe.push_str("\\textbackslash{}"),
            '{' => safe.push_str("\\textbraceleft{}"),
            '}' => safe.push_str("\\textbraceright{}"),
            '~' => safe.push_str("\\textasciitilde{}"),
            '^' => safe.push_str("\\textasciicircum{}"),
            '%' | '&' | '#' | '$' | '_' => {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// What babel and polyglossia call a language.
fn langid(tag: &str) -> Option<&'static str> {
    Some(match &*language::primary(tag) {
        "ar" => "arabic",
        "de" => "german",
        "en" => "english",
        "es" => "spanish",
        "fa" => "persian",
        "fr" => "french",
        "he" => "hebrew",
        "hi" => "hindi",
        "it" => "italian",
        "ja" => "japanese",
        "ko" => "korean",
        "nl" => "dutch",
        "pl" => "polish",
        "pt" => "portuguese",
        "ru" => "russian",
        "tr" => "turkish",
        "uk" => "ukrainian",
        "zh" => "chinese",
        _ => return None,
    })
}
