//! Withdrawal on a real archive: fifty articles and ten people in each state, and not a word of
//! them left.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use morgue::archive::Selection;
use morgue::config::Config;
use morgue::diagnostics::{Code, Diagnostics};
use morgue::wording::{Form, Patterns, Words, pattern};
use morgue::{BuildOptions, Built, build};
use rayon::prelude::*;

use super::{Silent, reuters, unpack};

/// How many articles of each state, and how many people.
const ARTICLES: usize = 50;
const PEOPLE: usize = 10;

fn build_now(site: &Utf8Path, output: &Utf8Path, now: &str) -> (Result<Built, ()>, Diagnostics) {
    let config = Config::load(site).unwrap();
    let options = BuildOptions {
        output: Some(output.to_owned()),
        selection: Selection {
            now: now.parse().unwrap(),
            drafts: false,
            future: false,
        },
        ledger: false,
        timings: false,
        cache: true,
    };
    build(config, &options, &Silent)
}

/// Every file of an output by its path, as a digest of its bytes.
fn tree(output: &Utf8Path) -> BTreeMap<String, u64> {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let walk = walkdir::WalkDir::new(output).into_iter().flatten();
    let files: Vec<_> = walk.filter(|entry| entry.file_type().is_file()).collect();
    let digests = files.par_iter().map(|file| {
        let mut hasher = DefaultHasher::new();
        std::fs::read(file.path()).unwrap().hash(&mut hasher);
        let path = file.path().strip_prefix(output).unwrap();
        (path.to_str().unwrap().to_owned(), hasher.finish())
    });
    digests.collect()
}

/// The articles of a site with their texts, in order.
fn articles(site: &Utf8Path) -> Vec<(Utf8PathBuf, String)> {
    let walk = walkdir::WalkDir::new(site.join("content/articles")).sort_by_file_name();
    let files = walk
        .into_iter()
        .flatten()
        .filter(|f| f.file_type().is_file());
    files
        .map(|file| Utf8PathBuf::from_path_buf(file.into_path()).unwrap())
        .map(|file| (std::fs::read_to_string(&file).unwrap(), file))
        .map(|(text, file)| (file, text))
        .collect()
}

/// Puts lines into the front matter of an article.
fn with(file: &Utf8Path, text: &str, lines: &str) {
    std::fs::write(file, text.replacen("---\n", &format!("---\n{lines}\n"), 1)).unwrap();
}

/// The articles that hold each of these names, by their places.
fn holding(articles: &[(Utf8PathBuf, String)], names: &[String]) -> Vec<BTreeSet<usize>> {
    let patterns: Vec<String> = names.iter().map(|name| pattern(name).unwrap()).collect();
    let patterns = Patterns::new(&patterns).unwrap();
    let mut holding = vec![BTreeSet::new(); names.len()];
    for (place, (_, text)) in articles.iter().enumerate() {
        for (name, _) in patterns.find(&Words::of(text.as_bytes(), Form::Page).text) {
            holding[name].insert(place);
        }
    }
    holding
}

/// The people of the archive that few articles name.
fn people(articles: &[(Utf8PathBuf, String)]) -> Vec<String> {
    let lists = articles.iter().filter_map(|(_, text)| {
        let list = text.split("\npeople: [").nth(1)?.split(']').next()?;
        Some(
            list.split(", ")
                .map(|name| name.trim_matches('"').to_owned()),
        )
    });
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    lists
        .flatten()
        .for_each(|name| *counts.entry(name).or_default() += 1);
    let few = counts
        .into_iter()
        .filter(|(_, count)| (1..=12).contains(count));
    few.map(|(name, _)| name).collect()
}

#[test]
fn fifty_articles_and_ten_people_in_each_state_leave_nothing_behind() {
    let Some(corpus) = unpack("reuters21578-sgml.tar.gz") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let site = Utf8Path::from_path(folder.path()).unwrap();
    reuters::write(Utf8Path::from_path(corpus.path()).unwrap(), site);
    let articles = articles(site);
    let all = people(&articles);
    let everywhere = holding(&articles, &all);
    let rare = all.into_iter().zip(&everywhere);
    let rare = rare.filter(|(_, places)| places.len() <= 30);
    let people: Vec<String> = rare.map(|(name, _)| name).collect();
    let gone = &people[..PEOPLE];
    let (redacted, hidden) = (&people[PEOPLE..2 * PEOPLE], &people[2 * PEOPLE..3 * PEOPLE]);
    let holding = holding(&articles, &people);

    let mut taken: BTreeSet<usize> = holding[..3 * PEOPLE].iter().flatten().copied().collect();
    for (place, _) in articles.iter().enumerate() {
        let names: Vec<&String> = (0..PEOPLE)
            .filter(|name| holding[PEOPLE + *name].contains(&place))
            .map(|name| &redacted[name])
            .collect();
        if !names.is_empty() {
            let list = format!("status: redacted\nredact: {names:?}");
            with(&articles[place].0, &articles[place].1, &list);
        }
    }
    for place in holding[..PEOPLE].iter().flatten() {
        let list = format!(
            "status: removed\nremoved: {{date: 2030-01-01, reason: privacy, names: {gone:?}}}"
        );
        with(&articles[*place].0, &articles[*place].1, &list);
    }
    let mut records = "name,hidden\n".to_owned();
    hidden
        .iter()
        .for_each(|name| records.push_str(&format!("{name},true\n")));
    std::fs::write(site.join("content/people.csv"), records).unwrap();

    let states = [
        "status: noindex",
        "redact: [Zebulon Quist]",
        "status: removed\nremoved: {reason: legal}",
        "status: draft",
        "status: embargoed\nembargo_until: 2031-01-01T06:00:00Z",
    ];
    let mut waiting: Vec<Utf8PathBuf> = Vec::new();
    let mut free = (0..articles.len()).step_by(53);
    for state in states {
        for _ in 0..ARTICLES {
            let place = free.find(|place| taken.insert(*place)).unwrap();
            let (file, text) = &articles[place];
            let came = if state.contains("redact") {
                "\nZebulon Quist came.\n"
            } else {
                ""
            };
            with(file, &format!("{text}{came}"), state);
            if state.contains("embargo") {
                waiting.push(file.clone());
            }
        }
    }
    let output = site.join("public");
    let (built, notes) = build_now(site, &output, "2030-06-01T00:00:00Z");
    let leaks: Vec<_> = notes.iter().filter(|n| n.code == Code::Leak).collect();
    assert!(built.is_ok() && leaks.is_empty(), "{leaks:#?}");
    let left = built.unwrap().left_out;
    assert_eq!((left.drafts, left.embargoed), (ARTICLES, ARTICLES));
    let before = tree(&output);

    // A planted leak is found, and the output stays as it was.
    let name = &redacted[0];
    std::fs::create_dir_all(site.join("content/static")).unwrap();
    std::fs::write(site.join("content/static/note.txt"), name.to_uppercase()).unwrap();
    let (built, notes) = build_now(site, &output, "2030-06-01T00:00:00Z");
    assert!(built.is_err());
    assert!(
        notes
            .iter()
            .any(|n| n.code == Code::Leak && n.message.contains("note.txt"))
    );
    assert!(tree(&output) == before);
    std::fs::remove_file(site.join("content/static/note.txt")).unwrap();

    // Without the articles under embargo no byte is another.
    let texts: Vec<String> = waiting
        .iter()
        .map(|f| std::fs::read_to_string(f).unwrap())
        .collect();
    waiting
        .iter()
        .for_each(|file| std::fs::remove_file(file).unwrap());
    let without = site.join("without");
    assert!(build_now(site, &without, "2030-06-01T00:00:00Z").0.is_ok());
    assert!(tree(&without) == before);
    std::fs::remove_dir_all(&without).unwrap();

    // And when their time has come they are there.
    for (file, text) in waiting.iter().zip(texts) {
        std::fs::write(file, text).unwrap();
    }
    let (built, _) = build_now(site, &output, "2031-01-01T06:00:00Z");
    assert_eq!(built.unwrap().left_out.embargoed, 0);
}
