//! The names of a site's records, and the tags they give to what comes in.

use camino::Utf8Path;

use super::draft::Draft;
use super::tag::{self, Entry, Names, Tag};
use crate::config::{Config, Kind};
use crate::content::{self, markdown};

/// The names to look for: those of the records of a site, where there is one, and of gazetteers.
///
/// # Errors
/// The file and line that cannot be read, as a sentence.
pub fn names(config: Option<&Config>, gazetteers: &[camino::Utf8PathBuf]) -> Result<Names, String> {
    let mut entries = config.map(records).unwrap_or_default();
    for file in gazetteers {
        let table = std::fs::read_to_string(file)
            .map_err(|error| format!("{file} cannot be read: {error}"))?;
        let read = tag::gazetteer(&table);
        entries.extend(read.map_err(|(line, reason)| format!("{file}, line {line}: {reason}"))?);
    }
    Names::new(entries)
}

/// The records of people, places and topics. What is merged or hidden names nobody.
fn records(config: &Config) -> Vec<Entry> {
    let (content, _) = content::read(config, None);
    let mut entries = Vec::new();
    for record in content.records {
        let Some(taxonomy) = config.taxonomies.get(record.taxonomy) else {
            continue;
        };
        if record.hidden || record.merged_into.is_some() {
            continue;
        }
        let Some(field) = taxonomy.keys.first() else {
            continue;
        };
        let mut entry = match taxonomy.kind {
            Kind::Person => {
                Entry::person(&record.name, record.aliases, record.sort_name.as_deref())
            }
            Kind::Place | Kind::Topic | Kind::Organization | Kind::Event => {
                Entry::other(field, &record.name, record.aliases)
            }
            Kind::Author | Kind::Work | Kind::Section | Kind::Series => continue,
        };
        entry.field.clone_from(field);
        entries.push(entry);
    }
    entries
}

/// Adds to an article what it names, and gives why.
pub fn add(draft: &mut Draft, dateline: &str, text: &str, names: &Names) -> Vec<Tag> {
    let tags = tag::tags(&draft.title, dateline, text, names);
    let mut lists: std::collections::BTreeMap<&str, Vec<String>> =
        std::collections::BTreeMap::new();
    for tag in &tags {
        lists.entry(&tag.field).or_default().push(tag.name.clone());
    }
    for (field, found) in lists {
        add_names(draft, field, found);
    }
    let about = tags.iter().filter(|tag| tag.about);
    let about: Vec<String> = about.map(|tag| tag.name.clone()).collect();
    add_names(draft, "about", about);
    tags
}

/// The same for an article whose body is Markdown and which has its dateline as a field.
pub fn add_to(draft: &mut Draft, names: &Names) -> Vec<Tag> {
    let text = markdown::text(&draft.body, &markdown::Options::default());
    let dateline = draft.text_of("dateline").unwrap_or_default().to_owned();
    add(draft, &dateline, &text, names)
}

fn add_names(draft: &mut Draft, field: &str, found: Vec<String>) {
    match draft.lists.iter_mut().find(|(key, _)| key == field) {
        Some((_, list)) => found.into_iter().for_each(|name| {
            if !list.contains(&name) {
                list.push(name);
            }
        }),
        None => draft.list(field, found),
    }
}

/// Why an article has its tags: file, part and byte, what stands there, whom it means, the rule.
pub fn explained(file: &Utf8Path, tags: &[Tag]) -> String {
    let mut lines = String::new();
    for tag in tags {
        for why in &tag.evidence {
            let about = if tag.about { "about" } else { "mentions" };
            let (part, offset, text, rule) = (why.part.name(), why.offset, &why.text, why.rule);
            let (field, name) = (&tag.field, &tag.name);
            lines.push_str(&format!(
                "{file}\t{part}\t{offset}\t{text:?}\t{field}\t{name}\t{about}\t{rule}\n"
            ));
        }
    }
    lines
}
