//! Exported items, held against what the JSON Schema of ninjs 3.0 says of the properties we write.

use morgue::ExportForm;
use serde_json::Value;

use crate::driver::SiteTest;
use crate::export::streamed;

/// The properties that the JSON Schema of ninjs 3.0 has, by the object they stand in. It allows no
/// other (`unevaluatedProperties: false`).
const PROPERTIES: [(&str, &[&str]); 12] = [
    (
        "",
        &[
            "uri",
            "type",
            "representationType",
            "profile",
            "version",
            "firstCreated",
            "versionCreated",
            "contentCreated",
            "embargoed",
            "pubStatus",
            "urgency",
            "copyrightHolder",
            "copyrightNotice",
            "usageTerms",
            "edNote",
            "language",
            "descriptions",
            "bodies",
            "headlines",
            "people",
            "organisations",
            "places",
            "subjects",
            "events",
            "objects",
            "infoSources",
            "title",
            "by",
            "slugline",
            "located",
            "renditions",
            "associations",
            "altIds",
            "trustIndicators",
            "standard",
            "genres",
            "expires",
            "rightsInfo",
        ],
    ),
    ("descriptions", &["role", "contentType", "value"]),
    ("headlines", &["role", "contentType", "value"]),
    (
        "bodies",
        &["role", "contentType", "charCount", "wordCount", "value"],
    ),
    ("people", &["name", "rel", "uri", "literal", "contactInfo"]),
    (
        "organisations",
        &["name", "rel", "uri", "literal", "symbols", "contactInfo"],
    ),
    (
        "places",
        &["name", "rel", "uri", "literal", "contactInfo", "geojson"],
    ),
    (
        "subjects",
        &[
            "name",
            "rel",
            "uri",
            "literal",
            "creator",
            "relevance",
            "confidence",
        ],
    ),
    (
        "infoSources",
        &["name", "role", "uri", "literal", "contactInfo"],
    ),
    ("altIds", &["role", "value"]),
    ("standard", &["name", "version", "schema"]),
    ("genres", &["name", "uri", "literal"]),
];

/// Holds an item against what the schema of 3.0 says of the properties we write.
fn hold(item: &Value, inside: &str) {
    let allowed = PROPERTIES
        .iter()
        .find(|(name, _)| *name == inside)
        .unwrap()
        .1;
    for (key, value) in item.as_object().unwrap() {
        let association = inside.is_empty() && key == "name";
        assert!(
            allowed.contains(&key.as_str()) || association,
            "{inside}/{key}"
        );
        match (key.as_str(), value) {
            ("associations", Value::Array(items)) => {
                for item in items {
                    assert!(item["name"].is_string() && item["uri"].is_string());
                    hold(item, "");
                }
            }
            ("renditions", Value::Array(items)) => {
                items
                    .iter()
                    .for_each(|item| assert!(item["name"].is_string()));
            }
            ("rightsInfo", info) => assert!(info["linkedRights"].is_string()),
            ("charCount" | "wordCount", count) => assert!(count.is_u64()),
            ("uri" | "href" | "schema", Value::String(uri)) => {
                assert!(
                    uri.starts_with("http") && !uri.contains([' ', '"', '<']),
                    "{uri}"
                );
            }
            ("firstCreated" | "versionCreated" | "embargoed", Value::String(date)) => {
                assert!(date.parse::<jiff::Timestamp>().is_ok(), "{date}");
            }
            ("standard", inner) => hold(inner, "standard"),
            (_, Value::Array(items)) => items.iter().for_each(|item| hold(item, key)),
            (_, value) => assert!(value.is_string(), "{inside}/{key}: {value}"),
        }
    }
}

#[test]
fn items_have_no_property_that_ninjs_has_not() {
    let site = SiteTest::new()
        .write(
            "site.toml",
            "title = \"T\"\nbase_url = \"https://example.org\"\n[rights]\nlicense = \"CC BY 4.0\"\n\
             [taxonomies.organisations]\nkind = \"organization\"\n",
        )
        .write("content/people/ana.md", "---\nname: Ana Open\nwikidata: Q42\n---\n")
        .write(
            "content/articles/a.md",
            "---\ntitle: Ana\ndate: 1936?\nupdated: 1937\nkind: opinion\nid: a-1\naliases: [/a b/]\n\
             people: [Ana Open]\nplaces: [Hanoi]\norganisations: [UNO]\ntopics: [Sea]\n\
             section: World\nseries: Road\nauthors: [Bo Writer, Cy Writer]\nagencies: [EFE]\n\
             about: [Ana Open]\ndeck: D\nsummary: S\ndateline: Hanoi\nstatus: embargoed\n\
             embargo_until: 2001-01-01\nrights: {license: \"https://example.org/l\", holder: H, statement: N}\n\
             images: [{src: p q.jpg, alt: A, caption: C, credit: Bo}]\n\
             corrections: [{date: 1938, text: Wrong}]\n---\n\nText.\n",
        )
        .write("content/articles/p q.jpg", b"JPEG");
    let item: Value = serde_json::from_str(&streamed(&site, ExportForm::Ninjs)).unwrap();
    hold(&item, "");
    assert_eq!(item["by"], "Bo Writer and Cy Writer");
    assert_eq!(
        item["people"][0]["uri"],
        "http://www.wikidata.org/entity/Q42"
    );
    assert_eq!(item["people"][0]["rel"], "about");
    assert_eq!(item["places"][0]["rel"], "mentions");
    assert_eq!(item["subjects"][1]["literal"], "sections/world");
    assert_eq!(item["firstCreated"], "1936-01-01T00:00:00Z");
    assert_eq!(item["versionCreated"], "1938-01-01T00:00:00Z");
    assert_eq!(item["edNote"], "correction, 1938: Wrong");
    assert_eq!(
        item["associations"][0]["uri"],
        "https://example.org/1936/a/p%20q.jpg"
    );
    let written: Vec<&str> = item
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert!(written.len() > 20, "{written:?}");
}
