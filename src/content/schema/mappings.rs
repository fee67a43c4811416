//! The fields of the mappings inside a front matter.

use super::{CORRECTION_KINDS, Field, REASONS, Shape, field};

/// A picture of an article or record.
pub const IMAGE: &[Field] = &[
    field(
        "src",
        Shape::Text,
        "The file, seen from the article, or a path from the root of the site.",
    ),
    field(
        "alt",
        Shape::Text,
        "What it shows, for readers who cannot see it.",
    ),
    field("caption", Shape::Text, "The line below it."),
    field("credit", Shape::Text, "Who made it."),
];

/// A correction.
pub const CORRECTION: &[Field] = &[
    field("date", Shape::Date, "When it was made."),
    field("text", Shape::Text, "What was wrong and what is right."),
    field(
        "kind",
        Shape::Choice(CORRECTION_KINDS),
        "What sort; a correction where not given.",
    ),
];

/// Where an article stood on paper.
pub const PRINT: &[Field] = &[
    field("publication", Shape::Text, "The paper."),
    field("issn", Shape::Text, "Its ISSN."),
    field(
        "edition",
        Shape::Text,
        "The edition: Late, Five Star Final.",
    ),
    field("volume", Shape::Text, "The volume."),
    field("issue", Shape::Text, "The issue."),
    field("page", Shape::Text, "The page as it is numbered: A5."),
    field("section", Shape::Text, "The section of the paper."),
    field("column", Shape::Text, "The column."),
];

pub(super) const DATELINE: &[Field] = &[
    field(
        "place",
        Shape::Name,
        "The place it was filed from, by name or slug.",
    ),
    field("text", Shape::Text, "The dateline as it was printed."),
];

pub(super) const REMOVED: &[Field] = &[
    field("date", Shape::Date, "When it was removed."),
    field(
        "reason",
        Shape::Choice(REASONS),
        "The class of reason; `other` where not given.",
    ),
    field("note", Shape::Text, "A note for readers."),
    field(
        "contact",
        Shape::Text,
        "Whom to ask: a web address, a mail address or a text.",
    ),
    field(
        "names",
        Shape::Texts,
        "Names that no page may hold any more.",
    ),
];

/// A name or passage to take out.
pub(in crate::content) const REDACT: &[Field] = &[
    field("text", Shape::Text, "The name or passage."),
    field("with", Shape::Text, "What takes its place."),
    field(
        "only_here",
        Shape::Truth,
        "`true`: it may stand on other pages.",
    ),
];

pub(super) const RIGHTS: &[Field] = &[
    field("license", Shape::Text, "The address or name of a licence."),
    field("holder", Shape::Text, "Who holds the rights."),
    field("statement", Shape::Text, "The notice to print."),
];
