//! Holds the built-in interface texts to the templates and to one another.

use std::collections::BTreeSet;

use icu::plurals::{PluralCategory, PluralRules};

use super::{TEMPLATES, TEXTS};
use crate::language::{Text, Texts};

fn texts(name: &str) -> Texts {
    let source = TEXTS.iter().find(|(file, _)| *file == name).unwrap().1;
    Texts::parse(source).unwrap_or_else(|(message, place)| panic!("{name} {place:?}: {message}"))
}

/// The parts of a text: `{n}`, `{name}`.
fn parts(text: &str) -> BTreeSet<&str> {
    let pieces = text.split('{').skip(1);
    pieces
        .filter_map(|piece| piece.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn forms(text: &Text) -> Vec<(&'static str, &str)> {
    match text {
        Text::Plain(text) => vec![("other", text)],
        Text::Counted(forms) => {
            let all = [
                ("zero", &forms.zero),
                ("one", &forms.one),
                ("two", &forms.two),
                ("few", &forms.few),
                ("many", &forms.many),
            ];
            let given = all
                .into_iter()
                .filter_map(|(name, form)| Some((name, form.as_deref()?)));
            given.chain([("other", forms.other.as_str())]).collect()
        }
    }
}

/// The keys that follow `before` in a source: `"filed_under" | t`.
fn keys<'a>(source: &'a str, before: &str, after: &str) -> impl Iterator<Item = &'a str> {
    let pieces: Vec<&str> = source.split(before).skip(1).collect();
    let after = after.to_owned();
    pieces.into_iter().filter_map(move |piece| {
        let (key, rest) = piece.split_once('"')?;
        let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        (plain && rest.trim_start().starts_with(after.as_str())).then_some(key)
    })
}

fn used() -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (_, template) in TEMPLATES {
        let single = template.replace(['\n', '\r'], " ");
        let named = keys(&single, "\"", "| t");
        used.extend(named.filter(|key| !key.ends_with('_')).map(str::to_owned));
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/render");
    for entry in walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
    {
        if entry.path().extension().is_some_and(|e| e == "rs") {
            let source = std::fs::read_to_string(entry.path()).unwrap();
            for call in [
                "words.text(\"",
                "words.say(\"",
                "words\n.text(\"",
                "words\n.say(\"",
            ] {
                let tidy = source.split_whitespace().collect::<Vec<_>>().join(" ");
                let call = call.replace('\n', " ");
                used.extend(keys(&tidy, &call, "").map(str::to_owned));
            }
        }
    }
    used
}

#[test]
fn every_text_that_pages_use_is_there() {
    let english = texts("en.toml");
    let missing: Vec<String> = used()
        .into_iter()
        .filter(|key| english.get(key).is_none())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let kinds = crate::content::schema::KINDS
        .iter()
        .map(|kind| format!("kind_{kind}"));
    let corrections = crate::content::schema::CORRECTION_KINDS
        .iter()
        .map(|kind| format!("correction_{kind}"));
    for key in kinds.chain(corrections) {
        assert!(english.get(&key).is_some(), "{key}");
    }
}

#[test]
fn every_language_says_everything_with_the_same_parts() {
    let english = texts("en.toml");
    for (file, _) in TEXTS {
        let own = texts(file);
        for (key, text) in english.iter() {
            let Some(other) = own.get(key) else {
                panic!("{file} lacks {key}");
            };
            let mut expected = parts(text.form(PluralCategory::Other));
            for (form, words) in forms(other) {
                assert!(!words.trim().is_empty(), "{file} {key} {form}");
                let found = parts(words);
                // One, two or none may be said in a word, without the number.
                if !matches!(form, "other" | "few" | "many") && !found.contains("n") {
                    expected.remove("n");
                }
                assert_eq!(found, expected, "{file} {key} {form}");
                expected = parts(text.form(PluralCategory::Other));
            }
        }
        for (key, _) in own.iter() {
            assert!(
                english.get(key).is_some(),
                "{file} has {key}, which nobody uses"
            );
        }
    }
}

#[test]
fn every_language_has_the_forms_it_counts_with() {
    for (file, _) in TEXTS {
        let tag = file.trim_end_matches(".toml");
        let locale: icu::locale::Locale = tag.parse().unwrap();
        let rules = PluralRules::try_new_cardinal((&locale).into()).unwrap();
        let own = texts(file);
        let counted = texts("en.toml");
        let counted = counted.iter().filter(|(_, text)| forms(text).len() > 1);
        for (key, _) in counted {
            let given: Vec<&str> = forms(own.get(key).unwrap())
                .into_iter()
                .map(|f| f.0)
                .collect();
            for n in 0..1_000_usize {
                let needed = match rules.category_for(n) {
                    PluralCategory::Zero => "zero",
                    PluralCategory::One => "one",
                    PluralCategory::Two => "two",
                    PluralCategory::Few => "few",
                    PluralCategory::Many => "many",
                    PluralCategory::Other => "other",
                };
                assert!(given.contains(&needed), "{file} {key} lacks `{needed}`");
            }
        }
    }
}
