//! The names that articles are searched for: those of authority records and of a gazetteer.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::folded::fold;

/// What a form of a name is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// The name itself, or another that means the same.
    Full,
    /// A family name, which means somebody only where more tells who.
    Family,
    /// What people or things of a place are called: `Russian`.
    Demonym,
    /// A place that stands for another in a dateline: `TOKYO` for Japan.
    Seat,
}

/// Who or what can be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The field of front matter it belongs to: `people`, `places`, `topics`.
    pub field: String,
    /// Its name, as the article will have it.
    pub name: String,
    /// Other names that mean the same.
    pub aliases: Vec<String>,
    /// The family name, of people: the part of `sort_name` before the comma, or else the last
    /// word of the name.
    pub family: Option<String>,
    /// What people and things of it are called.
    pub demonyms: Vec<String>,
    /// Places within it whose datelines are its.
    pub seats: Vec<String>,
}

impl Entry {
    /// The entry of a person of this name, who is filed under `sort_name`.
    pub fn person(name: &str, aliases: Vec<String>, sort_name: Option<&str>) -> Self {
        let filed = sort_name.map(|sort| match sort.split_once(',') {
            Some((family, _)) => family.trim(),
            // `Kim Jong-un` filed as it stands: the family name comes first.
            None => sort.split_whitespace().next().unwrap_or_default(),
        });
        let last = name.split_whitespace().next_back().unwrap_or_default();
        Entry {
            field: "people".into(),
            name: name.to_owned(),
            aliases,
            family: Some(filed.unwrap_or(last).to_owned()).filter(|family| !family.is_empty()),
            ..Entry::default()
        }
    }

    /// The entry of a place or topic.
    pub fn other(field: &str, name: &str, aliases: Vec<String>) -> Self {
        Entry {
            field: field.to_owned(),
            name: name.to_owned(),
            aliases,
            ..Entry::default()
        }
    }

    /// Whether it is a person whose name is one word: then the name says little.
    pub(super) fn is_bare(&self) -> bool {
        self.field == "people" && self.family.as_deref() == Some(self.name.as_str())
    }
}

/// Names, ready to be found in any text at once.
#[derive(Debug)]
pub struct Names {
    pub(super) entries: Vec<Entry>,
    /// For each pattern whom it can mean, and how.
    pub(super) meanings: Vec<Vec<(usize, Strength)>>,
    pub(super) automaton: AhoCorasick,
    /// Names of places by their folded forms, for datelines.
    pub(super) places: BTreeMap<String, usize>,
}

impl Names {
    /// Makes ready to search for these.
    ///
    /// # Errors
    /// Why that cannot be, as a sentence: more names than memory holds.
    pub fn new(entries: Vec<Entry>) -> Result<Self, String> {
        let mut forms: BTreeMap<String, Vec<(usize, Strength)>> = BTreeMap::new();
        let mut places = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let own = if entry.is_bare() {
                Strength::Family
            } else {
                Strength::Full
            };
            let mut add = |text: &str, strength: Strength| {
                let form = fold(text).text;
                // One letter names nobody.
                if form.chars().count() > 1 || form.chars().any(|c| u32::from(c) > 0x2E80) {
                    let meanings = forms.entry(form).or_default();
                    if !meanings.iter().any(|(other, _)| *other == index) {
                        meanings.push((index, strength));
                    }
                }
            };
            add(&entry.name, own);
            entry
                .aliases
                .iter()
                .for_each(|alias| add(alias, Strength::Full));
            entry
                .family
                .iter()
                .for_each(|family| add(family, Strength::Family));
            entry
                .demonyms
                .iter()
                .for_each(|demonym| add(demonym, Strength::Demonym));
            if entry.field == "places" {
                let names = std::iter::once(&entry.name)
                    .chain(&entry.aliases)
                    .chain(&entry.seats);
                for name in names {
                    places.entry(fold(name).text).or_insert(index);
                }
            }
        }
        let (patterns, meanings): (Vec<String>, Vec<_>) = forms.into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .map_err(|error| format!("the names cannot be searched for: {error}"))?;
        Ok(Names {
            entries,
            meanings,
            automaton,
            places,
        })
    }
}

/// Reads a gazetteer: a table parted by tabs or commas whose first row names its columns: `name`,
/// and where there are any `kind` (person, place, topic), `aliases`, `sort_name`, `demonyms`,
/// `seats`; texts within a cell are parted by `|`.
///
/// # Errors
/// The line that cannot be read, from 1, and why.
pub fn gazetteer(table: &str) -> Result<Vec<Entry>, (u64, String)> {
    let first = table.lines().next().unwrap_or_default();
    let tabs = first.contains('\t');
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .quoting(!tabs)
        .flexible(true)
        .from_reader(table.trim_start_matches('\u{FEFF}').as_bytes());
    let header = rows
        .headers()
        .map_err(|error| (1, error.to_string()))?
        .clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|head| head.trim().eq_ignore_ascii_case(name))
    };
    let Some(name) = column("name") else {
        return Err((1, "the first row names no column `name`".into()));
    };
    let mut entries = Vec::new();
    for row in rows.records() {
        let row = row.map_err(|error| {
            (
                error.position().map_or(0, csv::Position::line),
                error.to_string(),
            )
        })?;
        let cell = |name: &str| {
            column(name)
                .and_then(|at| row.get(at))
                .unwrap_or_default()
                .trim()
        };
        let list = |name: &str| {
            let parts = cell(name).split('|').map(str::trim);
            parts
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let name = row.get(name).unwrap_or_default().trim();
        if name.is_empty() {
            continue;
        }
        let mut entry = match cell("kind") {
            "person" | "people" => Entry::person(
                name,
                list("aliases"),
                Some(cell("sort_name")).filter(|s| !s.is_empty()),
            ),
            "topic" | "topics" => Entry::other("topics", name, list("aliases")),
            "" | "place" | "places" => Entry::other("places", name, list("aliases")),
            other => {
                let line = row.position().map_or(0, csv::Position::line);
                return Err((
                    line,
                    format!("{other:?} is no kind: person, place or topic"),
                ));
            }
        };
        entry.demonyms = list("demonyms");
        entry.seats = list("seats");
        entries.push(entry);
    }
    Ok(entries)
}
