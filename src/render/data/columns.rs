//! The columns of the data files: their names, what they hold and what they mean.

use std::borrow::Cow;

use crate::archive::Archive;
use crate::config::Taxonomy;

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

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Column {
    /// Its name in the header.
    pub(in crate::render) name: Cow<'static, str>,
    /// What it holds.
    pub(in crate::render) kind: Kind,
    /// Its meaning.
    pub(in crate::render) meaning: Cow<'static, str>,
}

const fn column(name: &'static str, kind: Kind, meaning: &'static str) -> Column {
    Column {
        name: Cow::Borrowed(name),
        kind,
        meaning: Cow::Borrowed(meaning),
    }
}

/// What stands before the terms of an article.
const BEFORE: [Column; 9] = [
    column(
        "id",
        Kind::Text,
        "Identity: its id, else its address below the root of the site.",
    ),
    column("url", Kind::Address, "Its page."),
    column("title", Kind::Text, "Headline."),
    column(
        "date",
        Kind::Date,
        "When it was published, as far as that is known.",
    ),
    column("updated", Kind::Date, "When it was last changed."),
    column("kind", Kind::Text, "Kind of journalism."),
    column("language", Kind::Text, "Language, as a BCP 47 tag."),
    column(
        "dateline",
        Kind::Text,
        "Where it was filed from, as printed.",
    ),
    column("agencies", Kind::List, "Wire services credited."),
];

/// What stands after them.
const AFTER: [Column; 10] = [
    column(
        "about",
        Kind::List,
        "Those of its subjects that it is mainly about.",
    ),
    column("words", Kind::Count, "Words of its text."),
    column("summary", Kind::Text, "Its summary, or its beginning."),
    column("print_publication", Kind::Text, "The paper it stood in."),
    column("print_page", Kind::Text, "The page of that paper."),
    column("corrections", Kind::Count, "How often it was corrected."),
    column("source_url", Kind::Address, "Where it was first online."),
    column("archived_url", Kind::Address, "A snapshot of that page."),
    column("license", Kind::Text, "Address or name of its licence."),
    column(
        "rights",
        Kind::Text,
        "Its own notice of rights, where it has one.",
    ),
];

const MENTIONS: [Column; 4] = [
    column("article", Kind::Text, "The id of the article."),
    column("taxonomy", Kind::Text, "The taxonomy of the term."),
    column("term", Kind::Text, "The slug of the term."),
    column(
        "about",
        Kind::Truth,
        "Whether the article is mainly about it.",
    ),
];

const TERMS: [Column; 17] = [
    column("taxonomy", Kind::Text, "The taxonomy of the term."),
    column("slug", Kind::Text, "The last part of its address."),
    column("name", Kind::Text, "Name."),
    column("sort_name", Kind::Text, "The name under which it is filed."),
    column("url", Kind::Address, "Its page."),
    column("articles", Kind::Count, "How many articles it has."),
    column("first", Kind::Date, "The date of the first of them."),
    column("last", Kind::Date, "The date of the last of them."),
    column(
        "parent",
        Kind::Text,
        "The slug of the place it lies in, or of the wider topic.",
    ),
    column(
        "description",
        Kind::Text,
        "What tells it from its namesakes.",
    ),
    column("wikidata", Kind::Text, "Wikidata id."),
    column("viaf", Kind::Text, "VIAF id."),
    column("geonames", Kind::Text, "GeoNames id."),
    column("latitude", Kind::Number, "Degrees north."),
    column("longitude", Kind::Number, "Degrees east."),
    column("born", Kind::Date, "Date of birth."),
    column("died", Kind::Date, "Date of death."),
];

/// The columns of articles, with one for each taxonomy of the site.
pub(in crate::render) fn articles(archive: &Archive) -> Vec<Column> {
    let own = archive.taxonomies.iter().map(|taxonomy| Column {
        name: Cow::Owned(of_taxonomy(taxonomy)),
        kind: if taxonomy.single {
            Kind::Text
        } else {
            Kind::List
        },
        meaning: Cow::Owned(taxonomy.label.clone()),
    });
    BEFORE.into_iter().chain(own).chain(AFTER).collect()
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
