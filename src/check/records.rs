//! Records: terms that have none, those that no article names, and identities given twice.

use std::collections::BTreeMap;

use super::at;
use crate::archive::Term;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;

/// How many terms a summed-up finding names.
const NAMED: usize = 5;

/// Looks at the records of all taxonomies.
pub(super) fn audit(edition: &Edition, all: bool) -> Diagnostics {
    let archive = &edition.archive;
    let mut notes = Diagnostics::new();
    for range in &archive.shelves {
        let terms = archive.terms.get(range.clone()).unwrap_or_default();
        missing(edition, terms, all, &mut notes);
    }
    for term in &archive.terms {
        if let Some(record) = &term.record
            && term.articles.is_empty()
            && term.children.is_empty()
            && term.former_slugs.is_empty()
        {
            let message = format!("no published article names {:?}", term.name);
            let note = Diagnostic::new(Code::IdleRecord, message)
                .help("if articles spell the name otherwise, add that spelling to its `aliases`");
            notes.push(at(&edition.config, note, &record.file, record.line));
        }
    }
    identities(edition, &mut notes);
    notes
}

/// Terms without a record, those first that most articles name.
fn missing(edition: &Edition, terms: &[Term], all: bool, notes: &mut Diagnostics) {
    let archive = &edition.archive;
    let mut bare: Vec<&Term> = terms.iter().filter(|term| term.record.is_none()).collect();
    let Some(taxonomy) = bare
        .first()
        .and_then(|t| archive.taxonomies.get(t.taxonomy))
    else {
        return;
    };
    bare.sort_by(|a, b| {
        let most = b.articles.len().cmp(&a.articles.len());
        most.then_with(|| a.slug.cmp(&b.slug))
    });
    let label = &taxonomy.label;
    let told = |term: &Term| format!("{} ({})", term.name, term.articles.len());
    let help = "`morgue new` begins a record; a table (`people.csv`) holds many at once";
    if all {
        for term in bare {
            let message = format!("{label}: {} has no record", told(term));
            let note = Diagnostic::new(Code::NoRecord, message).help(help);
            notes.push(match term.articles.first() {
                Some(first) => {
                    let file = &archive.article(*first).content.file;
                    at(&edition.config, note, file, 1)
                }
                None => note,
            });
        }
        return;
    }
    let first: Vec<String> = bare.iter().take(NAMED).map(|term| told(term)).collect();
    let more = if bare.len() > NAMED { " …" } else { "" };
    let message = format!(
        "{label}: {} of {} have no record: {}{more}",
        bare.len(),
        terms.len(),
        first.join(", ")
    );
    notes.push(
        Diagnostic::new(Code::NoRecord, message).help(format!("{help}; `--all` lists every one")),
    );
}

/// Two records of one taxonomy with one id.
fn identities(edition: &Edition, notes: &mut Diagnostics) {
    let mut known: BTreeMap<(usize, &str, &str), &Term> = BTreeMap::new();
    for term in &edition.archive.terms {
        let Some(record) = &term.record else {
            continue;
        };
        let ids = [
            ("wikidata", &record.wikidata),
            ("viaf", &record.viaf),
            ("geonames", &record.geonames),
        ];
        for (key, id) in ids {
            let Some(id) = id.as_deref() else {
                continue;
            };
            let Some(first) = known.get(&(term.taxonomy, key, id)) else {
                known.insert((term.taxonomy, key, id), term);
                continue;
            };
            let message = format!("{:?} has the {key} id of {:?}: {id}", term.name, first.name);
            let note = Diagnostic::new(Code::IdentityTwice, message).help(format!(
                "correct one of them, or write `merged_into: {}` into this record",
                first.slug
            ));
            notes.push(at(&edition.config, note, &record.file, record.line));
        }
    }
}
