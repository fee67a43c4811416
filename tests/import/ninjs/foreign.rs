//! Items of others, in each version of ninjs.

use std::fs;

use camino::Utf8Path;
use morgue::diagnostics::Diagnostics;
use morgue::import::ninjs::{Desk, Order, import};
use morgue::import::report::{Place, Report};

/// The article that one foreign item becomes, and what was told.
fn foreign(item: &str) -> (Option<String>, Report, Diagnostics) {
    let folder = tempfile::tempdir().unwrap();
    let site = Utf8Path::from_path(folder.path()).unwrap();
    let items = site.join("wire.json");
    fs::write(&items, item).unwrap();
    let order = Order {
        inputs: vec![items],
        place: Place {
            site: site.to_owned(),
            articles: "articles".into(),
            dry: false,
        },
        desk: Desk::of(None),
        names: None,
    };
    let mut notes = Diagnostics::new();
    let report = import(&order, &mut notes).unwrap();
    let article = report.files.first().and_then(|entry| entry.article.clone());
    let article = article.map(|article| fs::read_to_string(site.join(article)).unwrap());
    // Where it came from is told in every other test.
    let article = article.map(|article| {
        let lines = article.lines().filter(|line| !line.contains("sha256: "));
        lines.map(|line| format!("{line}\n")).collect()
    });
    (article, report, notes)
}

#[test]
fn an_item_of_version_1() {
    let item = r#"{
        "uri": "http://wire.example/items/1", "type": "text", "version": "3", "urgency": 4,
        "versioncreated": "2013-07-09T10:37:00Z", "firstcreated": "2013-07-09T09:00:00Z",
        "pubstatus": "usable", "ednote": "Adds quote", "profile": "text-only",
        "language": "en", "slugline": "halm-ferry",
        "headline": "Ferry to Halm stops", "headline_sub": "After <b>90</b> years</b>",
        "byline": "By Ana Writer and Bo d'Scribe", "located": "Halm",
        "copyrightholder": "The Wire", "copyrightnotice": "(c) 2013 The Wire", "usageterms": "Not for print.",
        "person": [{"name": "Cy Mayor", "rel": "about", "scheme": "http://ids.example/", "code": "77"}],
        "place": [{"name": "Halm", "rel": "mentions"}, {"name": "Sea", "geometry_point": {"type": "Point"}}],
        "organisation": [{"name": "Halm Lines", "symbols": [{"ticker": "HLM"}]}],
        "subject": [{"name": "transport", "code": "t1"}, "weather"],
        "genre": [{"name": "Analysis"}, {"name": "Feature"}],
        "description_text": "The ferry stops.",
        "body_text": "It stops. It was old.",
        "body_html": "<html><head><title>Not this</title></head><body><p>It <em>stops</em>.</p><p>It was <a href=\"http://halm.example/\">old</a>.</p></body></html>",
        "associations": {"main": {
            "uri": "http://wire.example/items/2", "type": "picture", "headline": "The ferry",
            "description_text": "The ferry in 2012.", "byline": "Di Camera",
            "renditions": {
                "small": {"href": "http://wire.example/s.jpg", "mimetype": "image/jpeg", "width": 100},
                "large": {"href": "http://wire.example/l.jpg", "mimetype": "image/jpeg", "width": 900},
                "raw": {"href": "http://wire.example/r.psd", "mimetype": "application/psd", "width": 9000}
            }
        }}
    }"#;
    let (article, report, notes) = foreign(item);
    assert_eq!(notes.iter().count(), 0, "{notes:#?}");
    let expected = r#"---
title: "Ferry to Halm stops"
date: 2013-07-09T09:00:00+00:00
deck: "After 90 years"
updated: 2013-07-09T10:37:00+00:00
summary: "The ferry stops."
id: "http://wire.example/items/1"
slug: "halm-ferry"
language: en
kind: analysis
dateline: "Halm"
authors: ["Ana Writer", "Bo d'Scribe"]
people: ["Cy Mayor"]
topics: ["Halm Lines", "transport", "weather"]
places: ["Halm", "Sea"]
about: ["Cy Mayor"]
rights: {"holder": "The Wire", "statement": "(c) 2013 The Wire Not for print."}
images:
  - src: "http://wire.example/l.jpg"
    alt: "The ferry"
    caption: "The ferry in 2012."
    credit: "Di Camera"
provenance:
  source: "wire.json:1"
  kept:
    "people": [{"name": "Cy Mayor", "scheme": "http://ids.example/", "code": "77"}]
    "organisations": [{"name": "Halm Lines", "symbols": [{"ticker": "HLM"}]}]
    "places": [{"name": "Sea", "geometry_point": {"type": "Point"}}]
    "subjects": [{"name": "transport", "code": "t1"}]
    "genre": "Feature"
    "version": "3"
    "urgency": 4
    "ednote": "Adds quote"
    "profile": "text-only"
---

It *stops*.

It was [old](http://halm.example/).
"#;
    assert_eq!(article.unwrap(), expected);
    assert_eq!(report.unread["body_text"], 1);
    assert_eq!(report.unread["urgency"], 1);
}

#[test]
fn an_item_of_version_2() {
    let item = r#"[{
        "uri": "urn:wire:5", "type": "text", "versioncreated": "2021-05-26T13:40:18+02:00",
        "representationtype": "full", "language": "sv",
        "headlines": [{"role": "short", "value": "Kort"}, {"role": "main", "value": "Lång rubrik"}],
        "descriptions": [{"role": "text", "value": "Ingress."}],
        "bodies": [
            {"role": "text", "contenttype": "text/plain", "charcount": 10, "value": "Ett.\nTvå."},
            {"role": "nitf", "contenttype": "application/xml", "value": "<X>Ett.</X>"}
        ],
        "by": "NTB", "people": [{"name": "Jo", "contactinfo": [{"value": "1"}]}],
        "subjects": [{"name": "Krig", "literal": "16", "uri": "http://s.example/16", "rel": "classifies"}],
        "associations": [{"name": "a", "type": "picture", "uri": "http://wire.example/p",
            "descriptions": [{"value": "Bild."}], "by": "Di",
            "renditions": [{"name": "r", "contenttype": "image/jpeg", "href": "https://wire.example/p.jpg"}]},
            {"name": "v", "type": "video", "uri": "http://wire.example/v"}],
        "standard": {"name": "ninjs", "version": "2.1"}
    }]"#;
    let (article, ..) = foreign(item);
    let expected = r#"---
title: "Lång rubrik"
date: 2021-05-26T13:40:18+02:00
summary: "Ingress."
id: "urn:wire:5"
language: sv
authors: ["NTB"]
people: ["Jo"]
topics: ["Krig"]
images:
  - src: "https://wire.example/p.jpg"
    alt: ""
    caption: "Bild."
    credit: "Di"
provenance:
  source: "wire.json:1"
  kept:
    "headline_short": "Kort"
    "people": [{"name": "Jo", "contactinfo": [{"value": "1"}]}]
    "subjects": [{"name": "Krig", "uri": "http://s.example/16", "literal": "16", "rel": "classifies"}]
    "associations": [{"name": "v"}]
    "representationtype": "full"
---

Ett.

Två.
"#;
    assert_eq!(article.unwrap(), expected);
}

#[test]
fn an_item_of_version_3_is_withheld_until_it_is_released() {
    let item = r#"{"uri": "urn:wire:6", "pubStatus": "withheld", "firstCreated": "2024-01-02T03:04:05Z",
        "versionCreated": "2024-01-02T03:04:05Z", "embargoed": "2030-01-01T00:00:00Z",
        "headlines": [{"value": "Released later"}], "infoSources": [{"name": "EFE"}],
        "bodies": [{"contentType": "text/html", "value": "<ul><li>One</li></ul>"}],
        "rightsInfo": {"linkedRights": "https://rights.example/1"}}"#;
    let (article, _, notes) = foreign(item);
    let expected = r#"---
title: "Released later"
date: 2024-01-02T03:04:05+00:00
status: draft
embargo_until: 2030-01-01T00:00:00+00:00
id: "urn:wire:6"
agencies: ["EFE"]
rights: {"license": "https://rights.example/1"}
provenance:
  source: "wire.json:1"
---

- One
"#;
    assert_eq!(article.unwrap(), expected);
    assert_eq!(notes.iter().count(), 1);
    let killed = item.replace("withheld", "canceled");
    let (article, report, _) = foreign(&killed);
    assert_eq!(article, None);
    assert_eq!(report.counts["left-out"], 1);
}
