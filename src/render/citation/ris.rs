//! RIS: one tag a line, CR LF, the type `NEWS` (a newspaper article in Zotero and EndNote).

use std::fmt::Write as _;

use super::Source;

pub(super) fn file(source: &Source<'_>) -> String {
    let mut file = String::with_capacity(512);
    let mut put = |tag: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = write!(file, "{tag}  - {value}\r\n");
    };
    put("TY", "NEWS");
    for author in &source.authors {
        put("AU", &author.filed());
    }
    put("TI", &source.title);
    put("T2", &source.paper);
    if let Some(date) = &source.date {
        put("PY", &format!("{:04}", date.year()));
        let part = |part: Option<i8>| part.map_or_else(String::new, |n| format!("{n:02}"));
        let (month, day) = (part(date.month()), part(date.day()));
        let sure = if date.is_uncertain() { "uncertain" } else { "" };
        put("DA", &format!("{:04}/{month}/{day}/{sure}", date.year()));
    }
    let mut known = |tag: &str, value: Option<&str>| {
        if let Some(value) = value {
            put(tag, value);
        }
    };
    known("SE", source.section.as_deref());
    known("ET", source.edition.as_deref());
    known("VL", source.volume.as_deref());
    known("IS", source.issue.as_deref());
    match source.page_range() {
        Some((first, last)) => {
            known("SP", Some(first));
            known("EP", Some(last));
        }
        None => known("SP", source.page.as_deref()),
    }
    known("SN", source.issn.as_deref());
    known("LA", Some(source.language));
    known("DB", source.archive.as_deref());
    known("N1", source.note().as_deref());
    known("UR", Some(&source.url));
    known("ER", Some(""));
    file
}
