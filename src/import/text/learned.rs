//! What an archive teaches about its sources: a line that opens or closes many files of one
//! source is no part of any.

use std::collections::BTreeMap;

use super::fold::fold;
use super::top;
use super::wrap::Line;
use super::{Phrases, Removed, Rule, Rules};

/// How many lines at the beginning of a file can be furniture, empty ones aside.
const TOP: usize = 6;
/// How many at its end.
const BOTTOM: usize = 10;
/// Longer lines are text, in characters.
const LONGEST: usize = 200;
/// In fewer files a line is a coincidence.
const FEWEST: u32 = 3;

/// What an editor says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// Nothing yet.
    Review,
    /// It is furniture.
    Remove,
    /// It is text.
    Keep,
}

impl Decision {
    /// Its name in `boilerplate.tsv`.
    pub fn name(self) -> &'static str {
        match self {
            Decision::Review => "review",
            Decision::Remove => "remove",
            Decision::Keep => "keep",
        }
    }

    /// The decision of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Decision::Review, Decision::Remove, Decision::Keep]
            .into_iter()
            .find(|decision| decision.name() == name.trim().to_lowercase())
    }
}

/// A line that came often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What is to become of it.
    pub decision: Decision,
    /// In how many files of the source it opens or closes the text.
    pub files: u32,
    /// How many files of the source there are.
    pub of: u32,
    /// The line as its first file has it.
    pub text: String,
    /// That file.
    pub example: String,
}

/// The lines that came often, by source and folded text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learned(pub BTreeMap<(String, String), Entry>);

/// Counts the lines at the edges of files, source by source.
///
/// Of each line only a number of eight bytes is kept, so that an archive of any size can be
/// counted; the texts of those that came often are found in a second look.
#[derive(Debug, Default)]
pub struct Count {
    lines: BTreeMap<u64, u32>,
    files: BTreeMap<String, u32>,
}

impl Count {
    /// Counts the edges of one file.
    pub fn add(&mut self, source: &str, text: &str) {
        *self.files.entry(source.to_owned()).or_default() += 1;
        let keys: std::collections::BTreeSet<u64> = edges(text)
            .map(|line| number(source, &fold(line)))
            .collect();
        for key in keys {
            *self.lines.entry(key).or_default() += 1;
        }
    }

    /// Enters the lines of one file that came often enough, with this decision.
    pub fn learn(
        &self,
        source: &str,
        path: &str,
        text: &str,
        phrases: &Phrases,
        learned: &mut Learned,
    ) {
        let of = self.files.get(source).copied().unwrap_or_default();
        let empty = Learned::default();
        let rules = Rules {
            phrases,
            learned: &empty,
            source,
            keep: false,
        };
        for line in edges(text) {
            let folded = fold(line);
            let files = self
                .lines
                .get(&number(source, &folded))
                .copied()
                .unwrap_or_default();
            let often = files >= FEWEST && files.saturating_mul(20) >= of;
            if !often || phrases.is_furniture(line, &folded) || top::tells(line, &rules) {
                continue;
            }
            let entry = learned
                .0
                .entry((source.to_owned(), folded))
                .or_insert_with(|| Entry {
                    decision: Decision::Review,
                    files,
                    of,
                    text: line.to_owned(),
                    example: path.to_owned(),
                });
            (entry.files, entry.of) = (files, of);
        }
    }
}

/// The lines with which a file begins and ends.
fn edges(text: &str) -> impl Iterator<Item = &str> {
    let lines: Vec<&str> = text
        .split('\n')
        .map(super::fold::trim)
        .filter(|line| !fold(line).is_empty())
        .collect();
    let places = zones(lines.len());
    lines
        .into_iter()
        .zip(places)
        .filter(|(line, edge)| *edge && line.chars().count() <= LONGEST)
        .map(|(line, _)| line)
}

/// For each of so many lines whether it lies at an edge.
fn zones(count: usize) -> impl Iterator<Item = bool> {
    (0..count).map(move |at| at < TOP || at + BOTTOM >= count)
}

/// A source and a line as a number.
fn number(source: &str, folded: &str) -> u64 {
    let mut hash = blake3::Hasher::new();
    hash.update(source.as_bytes())
        .update(&[0])
        .update(folded.as_bytes());
    let bytes = *hash.finalize().as_bytes();
    let first = bytes.first_chunk::<8>().copied().unwrap_or_default();
    u64::from_le_bytes(first)
}

/// Takes the lines off a text that its source is known to put around texts.
pub(super) fn take(lines: &mut Vec<Line>, rules: &Rules<'_>, removed: &mut Vec<Removed>) {
    if rules.keep || rules.learned.0.is_empty() {
        return;
    }
    let count = lines
        .iter()
        .filter(|line| !fold(&line.text).is_empty())
        .count();
    let mut places = zones(count);
    lines.retain(|line| {
        let folded = fold(&line.text);
        if folded.is_empty() || !places.next().unwrap_or_default() {
            return true;
        }
        let entry = rules.learned.0.get(&(rules.source.to_owned(), folded));
        let furniture = entry.is_some_and(|entry| entry.decision == Decision::Remove);
        if furniture {
            removed.push(Removed {
                line: line.number,
                text: line.text.trim().to_owned(),
                rule: Rule::Learned,
            });
        }
        !furniture
    });
}

impl Learned {
    /// Decides what is undecided.
    pub fn decide(&mut self, decision: Decision) {
        for entry in self.0.values_mut() {
            if entry.decision == Decision::Review {
                entry.decision = decision;
            }
        }
    }

    /// As `boilerplate.tsv`, which an editor decides in.
    pub fn table(&self) -> String {
        let mut table = String::from("decision\tsource\tfiles\tof\ttext\texample\n");
        let cell = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        for ((source, _), entry) in &self.0 {
            let Entry {
                decision,
                files,
                of,
                text,
                example,
            } = entry;
            let decision = decision.name();
            let (source, text, example) = (cell(source), cell(text), cell(example));
            table.push_str(&format!(
                "{decision}\t{source}\t{files}\t{of}\t{text}\t{example}\n"
            ));
        }
        table
    }

    /// Reads such a table.
    ///
    /// # Errors
    /// The number of the first line that is none of it, from 1, and why.
    pub fn read(table: &str) -> Result<Self, (u32, String)> {
        let mut learned = Learned::default();
        let table = table.trim_start_matches('\u{FEFF}');
        for (line, number) in table.lines().zip(1..) {
            if number == 1 || line.trim().is_empty() {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            let [decision, source, files, of, text, rest @ ..] = &cells[..] else {
                return Err((number, "the row has fewer than five cells".into()));
            };
            let decision = Decision::named(decision).ok_or_else(|| {
                (
                    number,
                    format!("{decision:?} is none of review, remove, keep"),
                )
            })?;
            let entry = Entry {
                decision,
                files: files.trim().parse().unwrap_or_default(),
                of: of.trim().parse().unwrap_or_default(),
                text: (*text).to_owned(),
                example: rest.first().copied().unwrap_or_default().to_owned(),
            };
            learned.0.insert(((*source).to_owned(), fold(text)), entry);
        }
        Ok(learned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_closes_many_files_of_one_source_is_learned() {
        let phrases = Phrases::built_in();
        let texts: Vec<String> = (0..8)
            .map(|n| {
                format!(
                    "Headline {n}\n\nText {n}.\n\nThe Harbour Gazette is made by its readers.\n"
                )
            })
            .collect();
        let mut count = Count::default();
        texts.iter().for_each(|text| count.add("gazette", text));
        let mut learned = Learned::default();
        texts
            .iter()
            .for_each(|text| count.learn("gazette", "a.txt", text, &phrases, &mut learned));
        let lines: Vec<&str> = learned
            .0
            .values()
            .map(|entry| entry.text.as_str())
            .collect();
        assert_eq!(lines, ["The Harbour Gazette is made by its readers."]);
        assert_eq!(Learned::read(&learned.table()), Ok(learned));
    }

    #[test]
    fn a_wrong_decision_is_told_with_its_line() {
        let error =
            Learned::read("decision\tsource\tfiles\tof\ttext\nperhaps\ta\t1\t2\tx\n").unwrap_err();
        assert_eq!(error.0, 2);
    }
}
