//! Which term a name stands for: by slug, then name, then alias of a record; names without a
//! record are grouped by what makes two spellings the same.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::spellings::{Group, clash, merged_note, skeleton};
use crate::config::Config;
use crate::content::name::{fold, tidy};
use crate::content::slug::slug;
use crate::content::{self, Authority, Name};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// One spelling in use: where it first stands, and how often it is written.
pub(super) struct Use<'a> {
    pub(super) file: &'a camino::Utf8Path,
    pub(super) name: &'a Name,
    pub(super) count: usize,
}

/// A term in the making.
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) slug: String,
    pub(super) record: Option<Authority>,
    pub(super) former_slugs: Vec<String>,
}

/// The terms of one taxonomy, and the term that every folded name stands for.
pub(super) struct Names {
    pub(super) drafts: Vec<Draft>,
    /// Slugs of records as they stand.
    by_slug: HashMap<String, usize>,
    /// Folded names, of records and of names without one.
    by_name: HashMap<String, usize>,
    /// Folded slugs and aliases of records.
    by_alias: HashMap<String, usize>,
    /// Folded slugs of all drafts, each with the first that has it.
    holders: HashMap<String, usize>,
    /// Every spelling in use, so that each is worked out only once.
    by_spelling: HashMap<Arc<str>, Option<usize>>,
    /// The same by where the texts of `by_spelling` lie.
    by_address: hashbrown::HashMap<usize, Option<usize>>,
}

/// Where a text lies, which is the same for all names that share it.
pub(super) fn address(text: &Arc<str>) -> usize {
    Arc::as_ptr(text).cast::<u8>().addr()
}

impl Names {
    /// The term that a name stands for.
    pub(super) fn resolve(&self, name: &str) -> Option<usize> {
        if let Some(known) = self.by_spelling.get(name) {
            return *known;
        }
        if let Some(term) = self.by_slug.get(name) {
            return Some(*term);
        }
        let key = fold(name);
        let found = self.by_name.get(&key);
        found.or_else(|| self.by_alias.get(&key)).copied()
    }

    /// The term that a name in an article stands for.
    pub(super) fn resolve_use(&self, name: &Arc<str>) -> Option<usize> {
        let known = self.by_address.get(&address(name));
        known.copied().unwrap_or_else(|| self.resolve(name))
    }

    /// Works out the terms of one taxonomy from its records and from every
    /// spelling in use.
    pub(super) fn new(
        config: &Config,
        records: Vec<Authority>,
        uses: &[Use<'_>],
        notes: &mut Diagnostics,
    ) -> Names {
        let mut names = Names {
            drafts: Vec::new(),
            by_slug: HashMap::new(),
            by_name: HashMap::new(),
            by_alias: HashMap::new(),
            holders: HashMap::new(),
            by_spelling: HashMap::new(),
            by_address: hashbrown::HashMap::new(),
        };
        names.take_records(config, records, notes);
        names.take_uses(config, uses, notes);
        for usage in uses {
            let term = names.resolve(&usage.name.text);
            let text = Arc::clone(&usage.name.text);
            names.by_address.insert(address(&text), term);
            names.by_spelling.insert(text, term);
        }
        names
    }

    fn take_records(
        &mut self,
        config: &Config,
        mut records: Vec<Authority>,
        notes: &mut Diagnostics,
    ) {
        records.sort_by(|a, b| (&a.slug, &a.file, a.line).cmp(&(&b.slug, &b.file, b.line)));
        let merges = merges(config, &records, notes);
        let of_record = self.take_slugs(config, &records, &merges, notes);
        // Slugs first, then names, then aliases: a name never loses to somebody's alias.
        let home = |index: usize| merges[index].or(Some(index)).and_then(|to| of_record[to]);
        for (index, record) in records.iter().enumerate() {
            let Some(term) = home(index) else { continue };
            if merges[index].is_some() {
                self.by_slug.entry(record.slug.clone()).or_insert(term);
                self.drafts[term].former_slugs.push(record.slug.clone());
            }
            let holder = *self.by_name.entry(fold(&record.name)).or_insert(term);
            self.told(config, record, &record.name, (holder, term), notes);
        }
        // A slug is also found however it is spelled, where no name is spelled like it.
        for (index, record) in records.iter().enumerate() {
            if let Some(term) = home(index) {
                self.by_alias.entry(fold(&record.slug)).or_insert(term);
            }
        }
        for (index, record) in records.iter().enumerate() {
            let Some(term) = home(index) else { continue };
            for alias in &record.aliases {
                let key = fold(alias);
                let named = self.by_name.get(&key).copied();
                let holder = named.unwrap_or_else(|| *self.by_alias.entry(key).or_insert(term));
                self.told(config, record, alias, (holder, term), notes);
                let ascii = config.settings.permalinks.ascii;
                self.drafts[term].former_slugs.push(slug(alias, ascii));
            }
        }
    }

    /// Makes a term of every record that is not merged, and tells which term each record has.
    fn take_slugs(
        &mut self,
        config: &Config,
        records: &[Authority],
        merges: &[Option<usize>],
        notes: &mut Diagnostics,
    ) -> Vec<Option<usize>> {
        let mut of_record: Vec<Option<usize>> = Vec::with_capacity(records.len());
        for (record, merge) in records.iter().zip(merges) {
            if merge.is_some() {
                of_record.push(None);
                continue;
            }
            if let Some(index) = self.by_slug.get(&record.slug) {
                let other = self.drafts[*index].record.as_ref();
                let there = other.map_or(String::new(), |o| {
                    format!(" ({}:{})", content::shown(config, &o.file), o.line)
                });
                notes.push(
                    at_record(
                        config,
                        record,
                        Code::RecordClash,
                        format!(
                            "{:?} has the slug `{}` of {:?}{there}",
                            record.name, record.slug, self.drafts[*index].name
                        ),
                    )
                    .help("join the two records, or give one another `slug`"),
                );
                of_record.push(Some(*index));
                continue;
            }
            self.by_slug.insert(record.slug.clone(), self.drafts.len());
            of_record.push(Some(self.drafts.len()));
            self.drafts.push(Draft {
                name: record.name.clone(),
                slug: record.slug.clone(),
                record: Some(record.clone()),
                former_slugs: Vec::new(),
            });
        }
        of_record
    }

    /// Reports a name that another term has already.
    fn told(
        &self,
        config: &Config,
        record: &Authority,
        name: &str,
        (holder, term): (usize, usize),
        notes: &mut Diagnostics,
    ) {
        if holder != term {
            let message = format!("{name:?} already means {:?}", self.drafts[holder].name);
            notes.push(
                at_record(config, record, Code::AliasClash, message)
                    .help("use full names in the articles, or remove the alias from one record"),
            );
        }
    }

    fn take_uses(&mut self, config: &Config, uses: &[Use<'_>], notes: &mut Diagnostics) {
        let ascii = config.settings.permalinks.ascii;
        for (index, draft) in self.drafts.iter().enumerate() {
            self.holders.entry(fold(&draft.slug)).or_insert(index);
        }
        let groups = self.group(config, uses, notes);
        let slugs: BTreeMap<String, String> = groups
            .iter()
            .map(|(key, group)| (key.clone(), slug(group.label(), ascii)))
            .collect();
        let mut by_slug: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (key, slug) in &slugs {
            by_slug.entry(slug).or_default().push(key);
        }
        for (slug, keys) in by_slug {
            self.take_slug(config, slug, &keys, &groups, notes);
        }
    }

    /// The spellings without a record, by what makes two spellings the same.
    fn group<'a>(
        &self,
        config: &Config,
        uses: &'a [Use<'a>],
        notes: &mut Diagnostics,
    ) -> BTreeMap<String, Group<'a>> {
        let mut groups: BTreeMap<String, Group<'a>> = BTreeMap::new();
        let mut spelled: BTreeMap<(usize, &str), &Use<'_>> = BTreeMap::new();
        for usage in uses {
            let spelling = &*usage.name.text;
            match self.resolve(spelling) {
                Some(term) => {
                    spelled.insert((term, spelling), usage);
                }
                None => groups.entry(fold(spelling)).or_default().add(usage),
            }
        }
        self.report_spellings(config, &spelled, notes);
        groups
    }

    /// Makes one term of the names that share a slug, or tells which of them are rivals.
    ///
    /// What differs only in punctuation (`Chou-Wiest`, `Chou Wiest`, `chou-wiest`) is one name;
    /// what differs in a letter (`José`, `Jose`) may be two people, and only the editor knows.
    fn take_slug(
        &mut self,
        config: &Config,
        slug: &str,
        keys: &[&str],
        groups: &BTreeMap<String, Group<'_>>,
        notes: &mut Diagnostics,
    ) {
        let folded = fold(slug);
        let holder = self.holders.get(&folded).copied();
        let held = holder.map(|index| skeleton(&self.drafts[index].name));
        let first = held.unwrap_or_else(|| skeleton(keys[0]));
        let (same, rivals): (Vec<&str>, Vec<&str>) =
            keys.iter().copied().partition(|key| skeleton(key) == first);
        let mut whole = Group::default();
        for key in &same {
            whole.join(&groups[*key]);
        }
        let (term, label) = match holder {
            Some(index) => (index, self.drafts[index].name.clone()),
            None => (self.drafts.len(), whole.label().to_owned()),
        };
        whole.report(config, &label, notes);
        for key in &rivals {
            let there = holder.is_none().then_some(&whole);
            notes.push(clash(config, slug, &groups[*key], &label, there));
        }
        if holder.is_none() {
            self.holders.insert(folded, term);
            self.drafts.push(Draft {
                name: label,
                slug: slug.to_owned(),
                record: None,
                former_slugs: Vec::new(),
            });
        }
        for key in keys {
            self.by_name.insert((*key).to_owned(), term);
        }
    }

    /// Spellings of a record's name that are neither its name, its slug nor one of its aliases.
    fn report_spellings(
        &self,
        config: &Config,
        spelled: &BTreeMap<(usize, &str), &Use<'_>>,
        notes: &mut Diagnostics,
    ) {
        for ((term, spelling), usage) in spelled {
            let draft = &self.drafts[*term];
            let Some(record) = &draft.record else {
                continue;
            };
            let known = *spelling == tidy(&record.name)
                || *spelling == record.slug
                || draft.former_slugs.iter().any(|slug| slug == spelling)
                || record.aliases.iter().any(|alias| tidy(alias) == *spelling);
            // A name that came in with a merged record is known as well.
            let merged =
                fold(spelling) != fold(&record.name) && fold(spelling) != fold(&record.slug);
            if !known && !merged {
                notes.push(merged_note(config, usage, spelling, &record.name));
            }
        }
    }
}

fn at_record(config: &Config, record: &Authority, code: Code, message: String) -> Diagnostic {
    let span = crate::diagnostics::Span {
        line: record.line,
        column: 1,
        length: 1,
        text: String::new(),
    };
    Diagnostic::new(code, message)
        .file(content::shown(config, &record.file))
        .span(span)
}

/// For each record, the record that it became part of in the end.
fn merges(config: &Config, records: &[Authority], notes: &mut Diagnostics) -> Vec<Option<usize>> {
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for (index, record) in records.iter().enumerate() {
        by_key.entry(fold(&record.slug)).or_insert(index);
    }
    for (index, record) in records.iter().enumerate() {
        by_key.entry(fold(&record.name)).or_insert(index);
    }
    let step = |index: usize| {
        records[index]
            .merged_into
            .as_ref()
            .map(|name| by_key.get(&fold(&name.text)).copied())
    };
    let mut merges = Vec::with_capacity(records.len());
    for (index, record) in records.iter().enumerate() {
        let (mut at, mut steps, mut lost) = (index, 0, false);
        while let Some(next) = step(at) {
            steps += 1;
            match next {
                Some(next) if steps <= records.len() => at = next,
                _ => {
                    lost = true;
                    break;
                }
            }
        }
        if lost {
            let to = record.merged_into.as_ref().map_or("", |name| &name.text);
            let message = format!(
                "`merged_into` leads from {:?} to {to:?} and no further",
                record.name
            );
            notes.push(
                at_record(config, record, Code::BadMerge, message)
                    .help("name the slug of a record that is not merged itself"),
            );
            merges.push(None);
        } else {
            merges.push((at != index).then_some(at));
        }
    }
    merges
}
