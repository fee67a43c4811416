//! Records of terms and authors as tables.

use std::collections::BTreeMap;

use super::people::Author;
use super::records::Record;
use crate::config::{Kind, Taxonomy};

/// The table of the terms of a taxonomy.
pub(super) fn records(records: &[Record], taxonomy: &Taxonomy) -> Option<Vec<u8>> {
    let wider = match taxonomy.kind {
        Kind::Topic => Some("broader"),
        Kind::Place => Some("parent"),
        _ => None,
    };
    let mut header = vec!["name", "slug", "aliases", "description"];
    header.extend(wider);
    let rows = records.iter().map(|record| {
        let aliases: Vec<&str> = record.aliases.iter().map(String::as_str).collect();
        let mut row = vec![
            record.name.clone(),
            record.slug.clone(),
            aliases.join("|"),
            record.description.clone(),
        ];
        row.extend(wider.map(|_| record.broader.clone()));
        row
    });
    table(&header, rows)
}

/// The table of the authors.
pub(super) fn authors(authors: &BTreeMap<String, Author>) -> Option<Vec<u8>> {
    let rows = authors.values().map(|author| {
        vec![
            author.name.clone(),
            author.sort_name.clone(),
            author.description.clone(),
        ]
    });
    table(&["name", "sort_name", "description"], rows)
}

/// `None` where there is no row.
fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Option<Vec<u8>> {
    let mut rows = rows.peekable();
    rows.peek()?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).ok()?;
    for row in rows {
        writer.write_record(&row).ok()?;
    }
    writer.into_inner().ok()
}
