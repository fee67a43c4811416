//! What an order changes in the authority records.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use crate::archive::Register;
use crate::config::{Config, Kind};
use crate::content::edit::{Cell, Change, Entry, Sheet, Table, yaml_text};
use crate::content::name::fold;
use crate::content::{Authority, Content};
use crate::diagnostics::{Code, Diagnostic};

use super::swap::{Known, Swap, Target};

/// A record to be made.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) taxonomy: usize,
    pub(super) name: String,
    aliases: Vec<String>,
}

/// What is to change in a record that there is.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) taxonomy: usize,
    /// Fields with their new texts; an empty one takes the field out.
    texts: BTreeMap<&'static str, String>,
    aliases: Vec<String>,
}

/// All changes of records: of those that there are by file and line, of new ones by file.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) wanted: BTreeMap<Utf8PathBuf, BTreeMap<u32, Wanted>>,
    pub(super) made: BTreeMap<Utf8PathBuf, Made>,
}

impl Records {
    fn wanted(&mut self, record: &Authority) -> &mut Wanted {
        let of_file = self.wanted.entry(record.file.clone()).or_default();
        let wanted = of_file.entry(record.line).or_default();
        wanted.taxonomy = record.taxonomy;
        wanted
    }

    /// Sets a field of a record; an empty text takes it out.
    pub(super) fn set(&mut self, record: &Authority, key: &'static str, text: &str) {
        self.wanted(record).texts.insert(key, text.to_owned());
    }

    /// Makes a name, or an old address, an alias of a term; makes its record where it has none.
    pub(super) fn alias(
        &mut self,
        config: &Config,
        register: &Register,
        target: &Target,
        alias: &str,
    ) {
        let term = target
            .number
            .and_then(|n| register.term(target.taxonomy, n));
        match term.and_then(|term| term.record) {
            Some(record) => {
                let known = record.aliases.iter().chain(&record.old_addresses);
                let is_known = known.into_iter().any(|known| fold(known) == fold(alias));
                let wanted = self.wanted(record);
                if !is_known && !wanted.aliases.iter().any(|a| fold(a) == fold(alias)) {
                    wanted.aliases.push(alias.to_owned());
                }
            }
            None => {
                let made = self.make(config, target);
                if !made.aliases.iter().any(|a| fold(a) == fold(alias)) {
                    made.aliases.push(alias.to_owned());
                }
            }
        }
    }

    fn make(&mut self, config: &Config, target: &Target) -> &mut Made {
        let folder = config
            .taxonomies
            .get(target.taxonomy)
            .map_or("", |t| &t.folder);
        let file = Utf8Path::new(folder).join(format!("{}.md", target.slug));
        self.made.entry(file).or_insert_with(|| Made {
            taxonomy: target.taxonomy,
            name: target.name.clone(),
            aliases: Vec::new(),
        })
    }

    /// Records that name a term which gives way, as what they lie in or became part of.
    pub(super) fn references(
        &mut self,
        config: &Config,
        content: &Content,
        register: &Register,
        swaps: &[Swap],
    ) {
        for record in &content.records {
            let taxonomy = record.taxonomy;
            let kind = config.taxonomies.get(taxonomy).map(|t| t.kind);
            let parent_key = if kind == Some(Kind::Place) {
                "parent"
            } else {
                "broader"
            };
            let fields = [
                (parent_key, &record.parent),
                ("merged_into", &record.merged_into),
            ];
            for (key, name) in fields {
                let Some(name) = name else { continue };
                let number = register.find(taxonomy, &name.text);
                let known = number.map(|number| (taxonomy, number));
                let swap = swaps
                    .iter()
                    .find(|swap| known.is_some() && swap.from == known);
                let Some((swap, to)) = swap.and_then(|swap| Some((swap, swap.to.as_ref()?))) else {
                    continue;
                };
                if to.taxonomy != taxonomy || !swap.choice.is_everything() {
                    continue;
                }
                let own = register.find(taxonomy, &record.slug);
                if key == parent_key && own.is_some() && own == to.number && swap.is_merge() {
                    let next = grandparent(register, known, own);
                    self.set(record, key, &next);
                } else if let Some(text) = reference(register, swap, to, &name.text) {
                    self.set(record, key, &text);
                }
            }
        }
    }
}

/// Where a term lies once the one it lay in became part of it: in what that lay in.
fn grandparent(register: &Register, from: Option<Known>, own: Option<usize>) -> String {
    let from = from.and_then(|(taxonomy, number)| {
        let record = register.term(taxonomy, number)?.record?;
        let parent = record.parent.as_ref()?;
        (register.find(taxonomy, &parent.text) != own).then(|| parent.text.to_string())
    });
    from.unwrap_or_default()
}

/// How a record names the term that came; `None` where it may stay as it is.
fn reference(register: &Register, swap: &Swap, to: &Target, written: &str) -> Option<String> {
    let from = swap.from.and_then(|from| register.term(from.0, from.1))?;
    let is_name = fold(from.name) == fold(written);
    let is_slug = from.slug == written && !is_name;
    if swap
        .spelling
        .as_ref()
        .is_some_and(|spelling| *spelling != fold(written))
    {
        return None;
    }
    if swap.is_rename && !is_name && !is_slug {
        return None;
    }
    let new = if is_slug { &to.slug } else { &to.name };
    (new != written).then(|| new.clone())
}

impl Made {
    /// The file.
    pub(super) fn text(&self) -> String {
        let name = yaml_text::name(&self.name);
        let aliases = yaml_text::list(&self.aliases);
        format!("---\nname: {name}\naliases: {aliases}\n---\n")
    }
}

/// The key under which a file gives a field of a record.
fn key_in(config: &Config, keys: &[String], field: &str) -> String {
    let foreign = &config.settings.records;
    let means = |key: &&String| {
        let ignored = foreign.ignore.iter().any(|ignored| ignored == *key);
        !ignored && (*key == field || foreign.map.get(*key).is_some_and(|to| to == field))
    };
    let found = keys
        .iter()
        .find(|key| *key == field)
        .or_else(|| keys.iter().find(means));
    // Hugo and Jekyll call the name of a term page its title.
    let title = || keys.iter().find(|key| field == "name" && *key == "title");
    found
        .or_else(title)
        .cloned()
        .unwrap_or_else(|| field.to_owned())
}

/// Records are corrected in `site.toml` too, where a change of the file would have no effect.
fn settled(config: &Config, file: &Utf8Path, field: &str) -> Option<Diagnostic> {
    let foreign = &config.settings.records;
    let mut given = foreign.files.get(file.as_str())?.keys();
    given.find(|key| *key == field || foreign.map.get(*key).is_some_and(|to| to == field))?;
    let message = format!("`{field}` of this record stands in site.toml");
    Some(
        Diagnostic::new(Code::InSettings, message).help("change it there, under `[records.files]`"),
    )
}

/// The new text of the file of a record.
///
/// # Errors
/// What cannot be edited safely.
pub(super) fn page(
    config: &Config,
    file: &Utf8Path,
    source: &str,
    wanted: &Wanted,
) -> Result<String, Diagnostic> {
    let foreign = &config.settings.records;
    let sheet = Sheet::open(source, foreign)?;
    let keys: Vec<String> = sheet.keys().map(str::to_owned).collect();
    let mut changes = Vec::new();
    for (field, text) in &wanted.texts {
        if let Some(settled) = settled(config, file, field) {
            return Err(settled);
        }
        let key = key_in(config, &keys, field);
        changes.push(if text.is_empty() {
            Change::Names {
                key,
                entries: Vec::new(),
            }
        } else {
            Change::Text {
                path: vec![key],
                text: text.clone(),
            }
        });
    }
    if !wanted.aliases.is_empty() {
        if let Some(settled) = settled(config, file, "aliases") {
            return Err(settled);
        }
        let key = key_in(config, &keys, "aliases");
        let old = sheet.names(&key).len();
        let new = wanted.aliases.iter().cloned().map(Entry::New);
        let entries = (0..old).map(Entry::Kept).chain(new).collect();
        changes.push(Change::Names { key, entries });
    }
    sheet.edit(&changes)
}

/// The new text of a table of records.
///
/// # Errors
/// What cannot be edited safely.
pub(super) fn table(
    config: &Config,
    file: &Utf8Path,
    source: &str,
    rows: &BTreeMap<u32, Wanted>,
) -> Result<String, Diagnostic> {
    let table = Table::open(source);
    let keys = table.columns();
    let mut cells = Vec::new();
    for (line, wanted) in rows {
        for (field, text) in &wanted.texts {
            if let Some(settled) = settled(config, file, field) {
                return Err(settled);
            }
            let column = key_in(config, &keys, field);
            if table.cell(*line, &column).as_ref() != Some(text) {
                cells.push(Cell {
                    line: *line,
                    column,
                    text: text.clone(),
                });
            }
        }
        if wanted.aliases.is_empty() {
            continue;
        }
        if let Some(name) = wanted.aliases.iter().find(|name| name.contains('|')) {
            let message = format!("a cell cannot hold the alias {name:?}: `|` parts names there");
            return Err(Diagnostic::new(Code::CannotEdit, message)
                .help("make the record a file of its own, then try again"));
        }
        let column = key_in(config, &keys, "aliases");
        let mut text = table.cell(*line, &column).unwrap_or_default();
        for alias in &wanted.aliases {
            if !text.trim().is_empty() {
                text.push('|');
            }
            text.push_str(alias);
        }
        cells.push(Cell {
            line: *line,
            column,
            text,
        });
    }
    table.edit(&cells)
}
