//! What writing and reading of ninjs (IPTC News in JSON) agree on.

/// The version that is written; 1.x, 2.x and 3.x are read.
pub(crate) const VERSION: &str = "3.0";
/// The JSON Schema of that version.
pub(crate) const SCHEMA: &str = "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json";

/// The role of the description that holds, as a JSON object, the fields of front matter that
/// ninjs has no property for. The schemas allow no property of one's own, and any description.
pub(crate) const FRONT_MATTER: &str = "morgue:front-matter";
/// The field of that object that is none of front matter: where the article lies, seen from the
/// folder of articles.
pub(crate) const FILE: &str = "file";

/// The role of the body in Markdown, and its media type (RFC 7763).
pub(crate) const MARKDOWN: (&str, &str) = ("markdown", "text/markdown");

/// The roles of headlines: the headline and the deck.
pub(crate) const HEADLINES: (&str, &str) = ("main", "deck");
/// The role of the description that is the summary.
pub(crate) const SUMMARY: &str = "summary";
/// The roles of descriptions of pictures.
pub(crate) const ALT: &str = "alt";
/// The line below a picture.
pub(crate) const CAPTION: &str = "caption";
/// The role of the alternative id that names a picture's file.
pub(crate) const SRC: &str = "src";
/// The role of the alternative id that is the article's `id`.
pub(crate) const ID: &str = "id";
/// The role of the alternative id that is an old address.
pub(crate) const ALIAS: &str = "alias";

/// The roles of sources of information: authors and wire services.
pub(crate) const AUTHOR: &str = "author";
/// A wire service credited.
pub(crate) const AGENCY: &str = "agency";

/// What an article is mainly about, as `rel` tells it.
pub(crate) const ABOUT: &str = "about";
/// What it mentions.
pub(crate) const MENTIONS: &str = "mentions";

/// Where the address of a Wikidata entity begins.
pub(crate) const WIKIDATA: &str = "http://www.wikidata.org/entity/";
