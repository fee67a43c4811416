//! Reuters-21578: stories of the newswire of 1987, with one label on more than half of them.

use std::collections::HashMap;
use std::fmt::Write as _;

use camino::Utf8Path;
use morgue::content::typography;
use rayon::prelude::*;

use super::{build_into, checked, html_files, kept, listed, unpack};

const SETTINGS: &str = r#"
title = "Reuters-21578"
base_url = "https://example.org"
[taxonomies.orgs]
kind = "organization"
[taxonomies.exchanges]
kind = "organization"
[taxonomies.companies]
kind = "organization"
"#;

const LISTS: [&str; 6] = [
    "TOPICS",
    "PLACES",
    "PEOPLE",
    "ORGS",
    "EXCHANGES",
    "COMPANIES",
];

/// What stands between `<TAG …>` and `</TAG>`.
fn inside<'a>(text: &'a str, tag: &str) -> Option<&'a str> {
    let start = text.find(&format!("<{tag}>"))? + tag.len() + 2;
    Some(&text[start..start + text[start..].find(&format!("</{tag}>"))?])
}

/// SGML character references, and without the control characters of the newswire.
fn clean(text: &str) -> String {
    let mut clean = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        clean.push_str(&rest[..at]);
        rest = rest[at..].split_once(';').map_or("", |(_, after)| after);
    }
    clean.push_str(rest);
    let clean = clean
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    clean
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect()
}

fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", line.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `26-FEB-1987 15:01:01.79` as a date of front matter.
fn date(text: &str) -> Option<String> {
    let month = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut parts = words.first()?.split('-');
    let day: u8 = parts.next()?.parse().ok()?;
    let month = month.find(parts.next()?)? / 3 + 1;
    let clock = words.get(1)?.split('.').next()?;
    let clock = clock.get(clock.len().checked_sub(8)?..)?;
    Some(format!("{}-{month:02}-{day:02}T{clock}", parts.next()?))
}

/// All of a text without its tags.
fn unprocessed(text: &str) -> String {
    let text = text.split_once('>').map_or("", |(_, text)| text);
    let text = text.split("</TEXT>").next().unwrap_or_default();
    let parts = text.split('<').enumerate();
    let texts = parts.map(|(part, text)| match part {
        0 => text,
        _ => text.split_once('>').map_or("", |(_, text)| text),
    });
    clean(&texts.collect::<String>()).trim().to_owned()
}

/// Writes one story as an article.
fn convert(head: &str, story: &str, folder: &Utf8Path) -> String {
    let id = head
        .split("NEWID=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let text = story.split_once("<TEXT").map_or("", |(_, text)| text);
    let field = |tag: &str| {
        inside(text, tag)
            .map(clean)
            .filter(|t| !t.trim().is_empty())
    };
    let title = field("TITLE").unwrap_or_else(|| format!("untitled {id}"));
    let mut article = format!("---\ntitle: {}\nslug: reuters-{id}\n", quoted(&title));
    if let Some(date) = inside(story, "DATE").and_then(|text| date(text.trim())) {
        let _ = writeln!(article, "date: {date}");
    }
    for (key, tag) in [("author", "AUTHOR"), ("dateline", "DATELINE")] {
        if let Some(value) = field(tag) {
            let _ = writeln!(article, "{key}: {}", quoted(&value));
        }
    }
    for list in LISTS {
        let labels = inside(story, list).unwrap_or_default();
        let labels = labels
            .split("<D>")
            .skip(1)
            .filter_map(|rest| rest.split("</D>").next());
        let labels: Vec<String> = labels.map(|label| quoted(&clean(label))).collect();
        if !labels.is_empty() {
            let _ = writeln!(article, "{}: [{}]", list.to_lowercase(), labels.join(", "));
        }
    }
    // Stories in another form have no element for their body.
    let body = match text.starts_with(" TYPE=\"UNPROC\"") {
        true => unprocessed(text),
        false => field("BODY").unwrap_or_default(),
    };
    let body = body.replace("\n    ", "\n\n");
    let _ = write!(article, "---\n\n{body}\n");
    std::fs::write(folder.join(format!("{id}.md")), article).unwrap();
    title
}

/// Writes all stories as the articles of a site; gives the title of each, and how many carry the
/// label of the United States.
pub(super) fn write(unpacked: &Utf8Path, site: &Utf8Path) -> (HashMap<String, String>, usize) {
    let articles = site.join("content/articles");
    std::fs::create_dir_all(&articles).unwrap();
    std::fs::write(site.join("site.toml"), SETTINGS).unwrap();
    let mut titles: HashMap<String, String> = HashMap::new();
    let mut in_usa = 0;
    for file in 0..22 {
        let bytes =
            std::fs::read(unpacked.join(format!("reuters21578/reut2-{file:03}.sgm"))).unwrap();
        let text: String = bytes.into_iter().map(char::from).collect();
        for story in text.split("<REUTERS ").skip(1) {
            let (head, story) = story.split_once('>').unwrap();
            in_usa +=
                usize::from(inside(story, "PLACES").is_some_and(|p| p.contains("<D>usa</D>")));
            let title = convert(head, story, &articles);
            let id = head
                .split("NEWID=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .unwrap();
            titles.insert(format!("reuters-{id}"), title);
        }
    }
    (titles, in_usa)
}

#[test]
fn twenty_thousand_stories() {
    let Some(unpacked) = unpack("reuters21578-sgml.tar.gz") else {
        return;
    };
    let site = Utf8Path::from_path(unpacked.path()).unwrap();
    let (titles, in_usa) = write(site, site);
    assert_eq!(titles.len(), 21_578);
    let output = kept("reuters").unwrap_or_else(|| site.join("public"));
    let (built, notes) = build_into(site, &output);
    println!(
        "reuters21578: {} articles, {} files, {} warnings",
        built.articles,
        built.pages,
        notes.len()
    );
    assert_eq!(built.articles, 21_578);
    stories_that_are_nearly_the_same(site);
    every_story_has_its_page(&output, &titles);
    // One story carries the label twice, so there is one fewer than there are labels (12,542).
    assert_eq!(in_usa, 12_541);
    let (different, most) = listed(&output, "places/usa", |link| link.contains("/reuters-"));
    assert_eq!(different, in_usa);
    assert!(most <= 600, "{most} on one page");
    one_story_more(site, &output);
}

/// Counted with another program: 481 pairs share at least 80 % of their runs of five words, among
/// the stories of thirty words or more.
fn stories_that_are_nearly_the_same(site: &Utf8Path) {
    let started = std::time::Instant::now();
    let checked = checked(site, |_| true).0;
    println!("reuters21578: checked in {:.1?}", started.elapsed());
    let found = checked.near_duplicates;
    assert_eq!(found, 481);
}

/// Titles that repeat and titles with `<TICKER>` are each on a page of their own, as text.
fn every_story_has_its_page(output: &Utf8Path, titles: &HashMap<String, String>) {
    let pages: Vec<_> = html_files(output)
        .into_iter()
        .filter(|file| file.as_str().contains("/reuters-"))
        .collect();
    assert_eq!(pages.len(), 21_578);
    pages.par_iter().for_each(|file| {
        let slug = file.parent().unwrap().file_name().unwrap();
        let page = std::fs::read_to_string(file).unwrap();
        let title = titles[slug]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        // Headlines are set with typographic marks.
        let escaped = typography::set(&title, "en")
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let heading = page
            .split("<h1")
            .nth(1)
            .and_then(|rest| rest.split("</h1>").next())
            .unwrap();
        let heading = heading
            .replace("&#39;", "'")
            .replace("&#x27;", "'")
            .replace("&quot;", "\"")
            .replace("&#x2F;", "/");
        assert!(heading.contains(&escaped), "{slug}: {heading}");
        let json = page
            .split("application/ld+json\">")
            .nth(1)
            .and_then(|rest| rest.split("</script>").next());
        let data: serde_json::Value = serde_json::from_str(json.unwrap()).unwrap();
        assert_eq!(data["headline"], title.as_str());
    });
}

/// One article more writes few files, and the result is that of a clean build.
fn one_story_more(site: &Utf8Path, output: &Utf8Path) {
    let story = "---\ntitle: NEW <NEW> STORY\ndate: 1987-03-17T12:00:00\nslug: reuters-new\n\
                 topics: [cocoa, trade]\nplaces: [usa, uk, ghana]\npeople: [reagan]\n---\n\nText.\n";
    std::fs::write(site.join("content/articles/new.md"), story).unwrap();
    let (built, _) = build_into(site, output);
    println!(
        "one article more: {} files written",
        built.published.written
    );
    // Six terms make fifteen pairs; eight data files and a table for each term list it as well.
    assert!(
        built.published.written < 80,
        "{:#?}",
        built.published.written_paths
    );
    let clean = site.join("clean");
    build_into(site, &clean);
    let tree = |folder: &Utf8Path| -> Vec<(String, blake3::Hash)> {
        let walk = walkdir::WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok);
        let files = walk.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let path = Utf8Path::from_path(entry.path()).unwrap();
                let name = path.strip_prefix(folder).unwrap().to_string();
                (name, blake3::hash(&std::fs::read(path).unwrap()))
            })
            .collect()
    };
    assert_eq!(tree(output), tree(&clean));
}
