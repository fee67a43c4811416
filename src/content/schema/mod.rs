//! The fields of front matter: their names, shapes and meanings, in one table.
//!
//! The readers take their keys from here, the nearest-name advice looks here, and the JSON
//! Schemas that editors check files with are made from it.

mod json;
mod mappings;
mod stored;

use crate::config::Kind;

pub use json::{article, page, record};
pub(super) use mappings::REDACT;
pub use mappings::{CORRECTION, IMAGE, PRINT};
use mappings::{DATELINE, REMOVED, RIGHTS};
pub(super) use stored::{correction_kind, kind, policy, reason};

/// What a field can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One text.
    Text,
    /// Several texts, or one.
    Texts,
    /// Several names, or one.
    Names,
    /// One name.
    Name,
    /// A date as far as it is known.
    Date,
    /// A path from the root of the site.
    Path,
    /// Several of them, or one.
    Paths,
    /// A web address.
    Address,
    /// A number.
    Number,
    /// Yes or no.
    Truth,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A mapping with these fields.
    Mapping(&'static [Field]),
    /// A text or such a mapping.
    TextOrMapping(&'static [Field]),
    /// A list of mappings with these fields.
    Mappings(&'static [Field]),
    /// Anything.
    Any,
}

/// One field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// What it means.
    pub doc: &'static str,
}

const fn field(key: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { key, shape, doc }
}

/// One of a fixed list of words.
pub type Listed = &'static str;

/// The kinds of journalism; what an opinion is must never look like news.
pub const KINDS: &[&str] = &[
    "report",
    "brief",
    "analysis",
    "opinion",
    "editorial",
    "interview",
    "review",
    "obituary",
    "letter",
    "photo",
];

/// The states of an article.
pub const STATUSES: &[&str] = &[
    "published",
    "draft",
    "noindex",
    "redacted",
    "removed",
    "embargoed",
];

/// The classes of reason for which an article is removed.
pub const REASONS: &[&str] = &[
    "legal",
    "privacy",
    "error",
    "source",
    "author",
    "rights",
    "duplicate",
    "other",
];

/// The kinds of correction.
pub const CORRECTION_KINDS: &[&str] = &["correction", "clarification", "update", "retraction"];

/// The policies that a page can be: schema.org has a property of the publisher for each.
pub const POLICIES: &[&str] = &[
    "corrections",
    "ethics",
    "ownership",
    "masthead",
    "priorities",
    "verification",
    "unnamed-sources",
    "feedback",
    "diversity",
    "no-bylines",
];

/// The fields of an article, taxonomies aside.
pub const ARTICLE: &[Field] = &[
    field("title", Shape::Text, "The headline."),
    field(
        "date",
        Shape::Date,
        "When it was published, as far as it is known, or `unknown`.",
    ),
    field("updated", Shape::Date, "When it was last changed."),
    field(
        "slug",
        Shape::Text,
        "The last part of its address; from the file name where not given.",
    ),
    field(
        "url",
        Shape::Path,
        "Its whole address, verbatim: an old permalink is kept with it.",
    ),
    field("aliases", Shape::Paths, "Old addresses that redirect here."),
    field(
        "id",
        Shape::Text,
        "Its stable identity, for links and records.",
    ),
    field("agencies", Shape::Texts, "The wire services credited."),
    field("deck", Shape::Text, "The line below the headline."),
    field(
        "summary",
        Shape::Text,
        "For lists and search engines; the first paragraph where not given.",
    ),
    field(
        "dateline",
        Shape::TextOrMapping(DATELINE),
        "Where it was filed from.",
    ),
    field(
        "kind",
        Shape::Choice(KINDS),
        "What sort of journalism it is.",
    ),
    field(
        "about",
        Shape::Names,
        "Those of its people, places and topics it is mainly about.",
    ),
    field(
        "language",
        Shape::Text,
        "The language it is in: a BCP 47 tag.",
    ),
    field("images", Shape::Mappings(IMAGE), "Its pictures."),
    field(
        "corrections",
        Shape::Mappings(CORRECTION),
        "What was corrected, and when.",
    ),
    field(
        "status",
        Shape::Choice(STATUSES),
        "Whether and how it is published.",
    ),
    field(
        "draft",
        Shape::Truth,
        "`true` is the same as `status: draft`.",
    ),
    field(
        "published",
        Shape::Truth,
        "`false` is the same as `status: draft`.",
    ),
    field("embargo_until", Shape::Date, "Not published before."),
    field(
        "removed",
        Shape::Mapping(REMOVED),
        "When and why it was removed.",
    ),
    field(
        "redact",
        Shape::Mappings(REDACT),
        "Names or passages that are taken out of everything the article says.",
    ),
    field("print", Shape::Mapping(PRINT), "Where it stood on paper."),
    field("source_url", Shape::Address, "Where it was first online."),
    field("archived_url", Shape::Address, "A snapshot of that page."),
    field(
        "rights",
        Shape::Mapping(RIGHTS),
        "Its rights, where they differ from the site's.",
    ),
    field(
        "duplicate_of",
        Shape::Text,
        "The id of the article this is a copy of.",
    ),
    field(
        "translation_of",
        Shape::Text,
        "The id or file of the article this is a translation of.",
    ),
    field(
        "related",
        Shape::Texts,
        "Ids of articles to name first among the related ones.",
    ),
    field(
        "provenance",
        Shape::Any,
        "Where an import found it, and what it left out; never published.",
    ),
    field(
        "extra",
        Shape::Any,
        "Anything for the theme: `article.extra`.",
    ),
];

/// The fields of every authority record.
pub const RECORD: &[Field] = &[
    field("name", Shape::Text, "The name under which it is shown."),
    field(
        "slug",
        Shape::Text,
        "The last part of its address; from the name where not given.",
    ),
    field(
        "sort_name",
        Shape::Text,
        "The name under which it is filed: `Putin, Vladimir`. The family name of an author in citations is the part before the comma.",
    ),
    field(
        "aliases",
        Shape::Texts,
        "Other names that mean the same, and old addresses.",
    ),
    field(
        "description",
        Shape::Text,
        "A few words that tell this one from its namesakes.",
    ),
    field("wikidata", Shape::Text, "Its Wikidata id: Q42."),
    field("viaf", Shape::Text, "Its VIAF id."),
    field("geonames", Shape::Text, "Its GeoNames id."),
    field("same_as", Shape::Texts, "Other addresses that identify it."),
    field(
        "merged_into",
        Shape::Text,
        "The slug of the record that this one became part of.",
    ),
    field(
        "hidden",
        Shape::Truth,
        "`true`: it has no page and no article lists it; the articles stay.",
    ),
    field(
        "image",
        Shape::TextOrMapping(IMAGE),
        "Its portrait, or another picture of it.",
    ),
    field("extra", Shape::Any, "Anything for the theme: `term.extra`."),
];

const PERSON: &[Field] = &[
    field("born", Shape::Date, "Date of birth, as far as it is known."),
    field("died", Shape::Date, "Date of death, as far as it is known."),
    field("roles", Shape::Texts, "Offices and professions."),
];

const PLACE: &[Field] = &[
    field("latitude", Shape::Number, "Degrees north, -90 to 90."),
    field("longitude", Shape::Number, "Degrees east, -180 to 180."),
    field("parent", Shape::Name, "The place it lies in."),
];

const TOPIC: &[Field] = &[field(
    "broader",
    Shape::Name,
    "The wider topic it belongs to.",
)];

/// The fields that records of this kind have beyond [`RECORD`].
pub fn of_kind(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Person | Kind::Author => PERSON,
        Kind::Place => PLACE,
        Kind::Topic => TOPIC,
        Kind::Organization | Kind::Event | Kind::Work | Kind::Section | Kind::Series => &[],
    }
}

/// The fields of a page.
pub const PAGE: &[Field] = &[
    field("title", Shape::Text, "Its heading."),
    field(
        "slug",
        Shape::Text,
        "The last part of its address; from the file name where not given.",
    ),
    field("url", Shape::Path, "Its whole address."),
    field("aliases", Shape::Paths, "Old addresses that redirect here."),
    field(
        "description",
        Shape::Text,
        "One sentence for search engines.",
    ),
    field(
        "policy",
        Shape::Choice(POLICIES),
        "Which policy of the publisher it states.",
    ),
    field("updated", Shape::Date, "When it was last changed."),
    field(
        "language",
        Shape::Text,
        "The language it is in: a BCP 47 tag.",
    ),
    field(
        "status",
        Shape::Choice(STATUSES),
        "Whether and how it is published.",
    ),
    field(
        "draft",
        Shape::Truth,
        "`true` is the same as `status: draft`.",
    ),
    field(
        "published",
        Shape::Truth,
        "`false` is the same as `status: draft`.",
    ),
    field("extra", Shape::Any, "Anything for the theme: `page.extra`."),
];
