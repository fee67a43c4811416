//! The columns of the data files: their names, what they hold and what they mean.

use std::borrow::Cow;

use crate::archive::Archive;
use crate::config::Taxonomy;
use crate::language::Language;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Kind {
    /// A text.
    Text,
    /// A web address.
    Address,
    /// A date as far as it is known.
    Date,
    /// Several texts: parted by `|` in CSV, a list in JSON Lines.
    List,
    /// A whole number.
    Count,
    /// A number.
    Number,
    /// `true` or `false`.
    Truth,
}

/// Where the meaning of a column is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// In a text of the interface.
    Text(&'static str),
    /// It is the name of a taxonomy: its index.
    Taxonomy(usize),
    /// It is a name of its own in every language.
    Name(&'static str),
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Column {
    /// Its name in the header.
    pub(in crate::render) name: Cow<'static, str>,
    /// What it holds.
    pub(in crate::render) kind: Kind,
    meaning: Meaning,
}

impl Column {
    /// What it means, in the words of a language.
    pub(in crate::render) fn meaning(&self, archive: &Archive, words: &Language) -> String {
        let text = match self.meaning {
            Meaning::Text(key) => words.text(key),
            Meaning::Name(name) => name,
            Meaning::Taxonomy(index) => match archive.taxonomies.get(index) {
                Some(taxonomy) if taxonomy.own_label => &taxonomy.label,
                Some(taxonomy) => words.text(&taxonomy.name),
                None => "",
            },
        };
        text.to_owned()
    }
}

const fn column(name: &'static str, kind: Kind, key: &'static str) -> Column {
    Column {
        name: Cow::Borrowed(name),
        kind,
        meaning: Meaning::Text(key),
    }
}

const fn identifier(name: &'static str, authority: &'static str) -> Column {
    Column {
        name: Cow::Borrowed(name),
        kind: Kind::Text,
        meaning: Meaning::Name(authority),
    }
}

/// What stands before the terms of an article.
static BEFORE: [Column; 9] = [
    column("id", Kind::Text, "column_id"),
    column("url", Kind::Address, "column_url"),
    column("title", Kind::Text, "column_title"),
    column("date", Kind::Date, "column_date"),
    column("updated", Kind::Date, "column_updated"),
    column("kind", Kind::Text, "column_kind"),
    column("language", Kind::Text, "column_language"),
    column("dateline", Kind::Text, "column_dateline"),
    column("agencies", Kind::List, "column_agencies"),
];

/// What stands after them.
static AFTER: [Column; 10] = [
    column("about", Kind::List, "column_about"),
    column("words", Kind::Count, "column_words"),
    column("summary", Kind::Text, "column_summary"),
    column("print_publication", Kind::Text, "column_print_publication"),
    column("print_page", Kind::Text, "column_print_page"),
    column("corrections", Kind::Count, "column_corrections"),
    column("source_url", Kind::Address, "original_page"),
    column("archived_url", Kind::Address, "snapshot"),
    column("license", Kind::Text, "column_license"),
    column("rights", Kind::Text, "column_rights"),
];

static MENTIONS: [Column; 4] = [
    column("article", Kind::Text, "column_article"),
    column("taxonomy", Kind::Text, "column_taxonomy"),
    column("term", Kind::Text, "column_term"),
    column("about", Kind::Truth, "column_is_about"),
];

static TERMS: [Column; 17] = [
    column("taxonomy", Kind::Text, "column_taxonomy"),
    column("slug", Kind::Text, "column_slug"),
    column("name", Kind::Text, "column_name"),
    column("sort_name", Kind::Text, "column_sort_name"),
    column("url", Kind::Address, "column_url"),
    column("articles", Kind::Count, "column_articles"),
    column("first", Kind::Date, "column_first"),
    column("last", Kind::Date, "column_last"),
    column("parent", Kind::Text, "column_parent"),
    column("description", Kind::Text, "column_description"),
    identifier("wikidata", "Wikidata"),
    identifier("viaf", "VIAF"),
    identifier("geonames", "GeoNames"),
    column("latitude", Kind::Number, "column_latitude"),
    column("longitude", Kind::Number, "column_longitude"),
    column("born", Kind::Date, "column_born"),
    column("died", Kind::Date, "column_died"),
];

/// The columns of articles, with one for each taxonomy of the site.
pub(in crate::render) fn articles(archive: &Archive) -> Vec<Column> {
    let taxonomies = archive.taxonomies.iter().enumerate();
    let own = taxonomies.map(|(index, taxonomy)| Column {
        name: Cow::Owned(of_taxonomy(taxonomy)),
        kind: if taxonomy.single {
            Kind::Text
        } else {
            Kind::List
        },
        meaning: Meaning::Taxonomy(index),
    });
    let (before, after) = (BEFORE.iter().cloned(), AFTER.iter().cloned());
    before.chain(own).chain(after).collect()
}

/// The columns of mentions.
pub(in crate::render) fn mentions() -> Vec<Column> {
    MENTIONS.to_vec()
}

/// The columns of terms.
pub(in crate::render) fn terms() -> Vec<Column> {
    TERMS.to_vec()
}

/// The column of a taxonomy: its name, told apart from a column that has the name already.
pub(super) fn of_taxonomy(taxonomy: &Taxonomy) -> String {
    let name = match taxonomy.name.as_str() {
        // As the field of the front matter: an article has one at most.
        "sections" => "section",
        name => name,
    };
    let taken = BEFORE
        .iter()
        .chain(&AFTER)
        .any(|column| column.name == name);
    if taken || taxonomy.name == "section" {
        format!("{name}_terms")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{FALLBACK, Texts};

    #[test]
    fn every_column_is_explained() {
        let source = include_str!("../../../themes/broadsheet/i18n/en.toml");
        let texts = Texts::parse(source).unwrap_or_default();
        let words = Language::new(FALLBACK, texts);
        let columns = BEFORE.iter().chain(&AFTER).chain(&MENTIONS).chain(&TERMS);
        for column in columns {
            if let Meaning::Text(key) = column.meaning {
                assert!(words.knows(key), "{key}");
            }
        }
        for kind in [
            "text", "address", "date", "list", "count", "number", "truth",
        ] {
            assert!(words.knows(&format!("holds_{kind}")), "{kind}");
        }
    }
}
