//! How well tags are found: Reuters-21578 against its own labels.
//!
//! `cargo test --test archives tagged -- --nocapture` prints precision, recall and F1.

use std::collections::BTreeSet;
use std::path::Path;

use morgue::import::tag::{Entry, Names, tags};

use super::unpack;

/// Names, demonyms and capitals of the places in the corpus.
const PLACES: &str = include_str!("tagging/places.txt");

struct Story {
    test: bool,
    title: String,
    dateline: String,
    body: String,
    places: BTreeSet<String>,
    people: BTreeSet<String>,
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> &'t str {
    let Some((_, rest)) = text.split_once(open) else {
        return "";
    };
    rest.split_once(close).map_or(rest, |(inner, _)| inner)
}

/// The corpus has control characters and five entities.
fn plain(text: &str) -> String {
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let mut plain = String::new();
    for (index, piece) in text.split("&#").enumerate() {
        plain.push_str(if index == 0 {
            piece
        } else {
            piece.split_once(';').map_or("", |(_, rest)| rest)
        });
    }
    plain.retain(|c| !c.is_control() || c == '\n');
    plain.trim().to_owned()
}

fn labels(story: &str, field: &str) -> BTreeSet<String> {
    let inner = between(story, &format!("<{field}>"), &format!("</{field}>"));
    inner
        .split("<D>")
        .skip(1)
        .filter_map(|rest| Some(plain(rest.split_once("</D>")?.0)))
        .collect()
}

fn stories(folder: &Path) -> Vec<Story> {
    let mut stories = Vec::new();
    for number in 0..22 {
        let bytes = std::fs::read(folder.join(format!("reut2-{number:03}.sgm"))).unwrap();
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        for story in text.split("<REUTERS ").skip(1) {
            let inner = between(story, "<TEXT", "</TEXT>");
            let mut body = plain(between(inner, "<BODY>", "</BODY>"));
            let title = plain(between(inner, "<TITLE>", "</TITLE>"));
            if body.is_empty() && title.is_empty() {
                body = plain(inner.split_once('>').map_or("", |(_, rest)| rest));
            }
            stories.push(Story {
                test: between(story, "LEWISSPLIT=\"", "\"") == "TEST",
                dateline: plain(between(inner, "<DATELINE>", "</DATELINE>")),
                places: labels(story, "PLACES"),
                people: labels(story, "PEOPLE"),
                title,
                body,
            });
        }
    }
    stories
}

/// A word of a label with a capital.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

fn list(cell: Option<&str>) -> Vec<String> {
    let parts = cell.unwrap_or_default().split(',').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The records of the places, by label, with cities of a gazetteer as their seats.
fn places(folder: &Path) -> (Vec<String>, Vec<Entry>) {
    let mut labels = Vec::new();
    let mut entries = Vec::new();
    for line in PLACES.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('|');
        let label = cells.next().unwrap();
        let name = match label {
            "usa" | "uk" | "ussr" | "uae" => label.to_uppercase(),
            label => label.split('-').map(capital).collect::<Vec<_>>().join(" "),
        };
        let mut entry = Entry::other("places", &name, list(cells.next()));
        entry.demonyms = list(cells.next());
        entry.seats = list(cells.next());
        entry.seats.extend(list(cells.next()));
        labels.push(label.to_owned());
        entries.push(entry);
    }
    let listed = std::fs::read_to_string(folder.join("all-places-strings.lc.txt")).unwrap();
    for label in listed
        .lines()
        .map(str::trim)
        .filter(|label| !label.is_empty())
    {
        assert!(
            labels.iter().any(|known| known == label),
            "no record for {label}"
        );
    }
    (labels, entries)
}

/// The records of the people: the label is all there is, so its words are the name, and the last
/// is the family name but in names whose order is the other.
fn people(folder: &Path) -> (Vec<String>, Vec<Entry>) {
    const PARTICLES: [&str; 7] = ["de", "von", "van", "du", "del", "la", "di"];
    const FAMILY_FIRST: [&str; 12] = [
        "deng-xiaoping",
        "zhao-ziyang",
        "li-peng",
        "li-xiannian",
        "chen-muhua",
        "he-kang",
        "wang-bingqian",
        "zheng-tuobin",
        "lee-ta-hai",
        "lee-teng-hui",
        "yu-kuo-hua",
        "chiang-ching-kuo",
    ];
    let listed = std::fs::read_to_string(folder.join("all-people-strings.lc.txt")).unwrap();
    let labels: Vec<String> = listed
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|l| !l.is_empty())
        .collect();
    let entries = labels.iter().map(|label| {
        let words: Vec<String> = label.split('-').map(capital).collect();
        let name = words.join(" ");
        if label
            .split('-')
            .next()
            .is_some_and(|first| PARTICLES.contains(&first))
        {
            return Entry::person(&name, vec![], Some(&format!("{name},")));
        }
        let first = FAMILY_FIRST.contains(&label.as_str());
        Entry::person(&name, vec![], first.then_some(name.as_str()))
    });
    let entries = entries.collect();
    (labels, entries)
}

#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Score {
    fn add(&mut self, found: &BTreeSet<String>, labels: &BTreeSet<String>) {
        self.right += found.intersection(labels).count();
        self.wrong += found.difference(labels).count();
        self.missed += labels.difference(found).count();
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
    fn measures(&self) -> (f64, f64, f64) {
        let right = self.right as f64;
        let (precision, recall) = (
            right / (self.right + self.wrong) as f64,
            right / (self.right + self.missed) as f64,
        );
        (
            precision,
            recall,
            2.0 * precision * recall / (precision + recall),
        )
    }
}

#[test]
fn reuters_is_tagged_as_its_editors_did() {
    let Some(corpus) = unpack("reuters21578-sgml.tar.gz") else {
        return;
    };
    let folder = corpus.path().join("reuters21578");
    let stories = stories(&folder);
    assert_eq!(stories.len(), 21_578);
    let (place_labels, places) = places(&folder);
    let (people_labels, people) = people(&folder);
    let count = places.len();
    let labels: Vec<&String> = place_labels.iter().chain(&people_labels).collect();
    let entries: Vec<Entry> = places.into_iter().chain(people).collect();
    let key = |entry: &Entry| (entry.field.clone(), entry.name.clone());
    let by_name: std::collections::BTreeMap<_, _> = entries.iter().map(key).zip(labels).collect();
    let names = Names::new(entries.clone()).unwrap();
    assert_eq!(by_name.len(), count + people_labels.len());
    for test in [false, true] {
        let (mut where_, mut who) = (Score::default(), Score::default());
        for story in stories.iter().filter(|story| story.test == test) {
            let (mut places, mut people) = (BTreeSet::new(), BTreeSet::new());
            for tag in tags(&story.title, &story.dateline, &story.body, &names) {
                let label = by_name[&(tag.field.clone(), tag.name)].clone();
                if tag.field == "places" {
                    &mut places
                } else {
                    &mut people
                }
                .insert(label);
            }
            where_.add(&places, &story.places);
            who.add(&people, &story.people);
        }
        let (p, r, f) = where_.measures();
        let split = if test { "test" } else { "rest" };
        println!("PLACES {split}: precision {p:.3} recall {r:.3} F1 {f:.3}");
        let (pp, pr, pf) = who.measures();
        println!("PEOPLE {split}: precision {pp:.3} recall {pr:.3} F1 {pf:.3}");
        if test {
            assert!(p >= 0.85 && r >= 0.80 && f >= 0.85, "places");
            assert!(pp >= 0.72 && pr >= 0.67 && pf >= 0.75, "people");
        }
    }
}
