//! Articles with any fields and any text.

use proptest::prelude::*;
use serde_json::{Value, json};

fn text() -> impl Strategy<Value = String> {
    "[A-Za-zé王م:#\"'\\\\{}&*!|>%@`, .-]{1,30}".prop_map(|text| format!("x{}", text.trim_end()))
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{1,6} [A-Z][a-zé]{1,8}",
        Just("Ann Alias".to_owned()),
        Just("Ann Record".to_owned()),
        Just("jo-one".to_owned()),
        Just("jo-two".to_owned()),
        Just("O'Neil: \"Tip\"".to_owned()),
    ]
}

fn date() -> impl Strategy<Value = String> {
    prop_oneof![
        "(1[0-9]|20)[0-2][0-9]-0[1-9]-[12][0-8]",
        "19[0-9][0-9]-1[0-2]",
        "18[0-9][0-9]",
        "191[0-9]-0[1-9]-1[0-9]\\?",
        "20[01][0-9]-0[1-9]-1[0-9]T1[0-9]:[0-5][0-9]:[0-5][0-9](Z|\\+0[0-9]:30|-11:00|)",
    ]
}

fn names() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(name(), 0..4)
}

fn field(key: &'static str, value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    let set = value.prop_map(move |value| json!({ key: value }));
    prop_oneof![2 => set, 3 => Just(json!({}))].boxed()
}

fn extra() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        text().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(json!(0.25)),
        Just(json!("2019-01-01")),
        Just(json!("null")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z: ]{1,8}", inner, 1..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// The front matter of an article with any of its fields.
pub(super) fn front_matter() -> impl Strategy<Value = Value> {
    let texts = |list: Vec<String>| Value::from(list);
    let image =
        (text(), text(), proptest::option::of(text())).prop_map(|(alt, caption, credit)| {
            let mut image = json!({ "src": "picture.jpg", "alt": alt, "caption": caption });
            if let Some(credit) = credit {
                image["credit"] = credit.into();
            }
            image
        });
    let correction = (date(), text())
        .prop_map(|(date, text)| json!({ "date": date, "text": text, "kind": "clarification" }));
    let dateline = prop_oneof![
        text().prop_map(Value::from),
        (name(), text()).prop_map(|(place, text)| json!({ "place": place, "text": text })),
    ];
    let rights = prop_oneof![
        Just(json!({ "license": "https://example.org/l", "holder": "H" })),
        Just(json!({ "license": "CC BY 4.0" })),
        Just(json!({ "statement": "All \"rights\" reserved." })),
    ];
    let fields = vec![
        text().prop_map(|title| json!({ "title": title })).boxed(),
        prop_oneof![
            date().prop_map(|date| json!({ "date": date })),
            Just(json!({ "date": "unknown" })),
        ]
        .boxed(),
        field("updated", date().prop_map(Value::from)),
        field("slug", "[a-z]{1,6}(-[a-z]{1,6})?".prop_map(Value::from)),
        field("url", "/old/[a-z]{1,6}\\.html".prop_map(Value::from)),
        field("aliases", Just(json!(["/was/here/", "/and/there.html"]))),
        field("id", text().prop_map(Value::from)),
        field("agencies", names().prop_map(texts)),
        field("deck", text().prop_map(Value::from)),
        field("summary", text().prop_map(Value::from)),
        field("kind", Just(json!("opinion"))),
        field(
            "language",
            prop_oneof![Just(json!("fr")), Just(json!("en"))],
        ),
        field("dateline", dateline),
        field("people", names().prop_map(texts)),
        field("places", names().prop_map(texts)),
        field("topics", names().prop_map(texts)),
        field("authors", names().prop_map(texts)),
        field("section", name().prop_map(Value::from)),
        field("series", name().prop_map(Value::from)),
        field(
            "images",
            proptest::collection::vec(image, 1..3).prop_map(Value::from),
        ),
        field(
            "corrections",
            proptest::collection::vec(correction, 1..3).prop_map(Value::from),
        ),
        field("rights", rights),
        field(
            "print",
            Just(json!({ "publication": "The Paper", "page": "A5" })),
        ),
        field("source_url", Just(json!("https://example.com/a?b=c"))),
        field("archived_url", Just(json!("https://web.example/1"))),
        field("duplicate_of", text().prop_map(Value::from)),
        field("translation_of", text().prop_map(Value::from)),
        field("related", names().prop_map(texts)),
        field("extra", extra()),
        prop_oneof![
            4 => Just(json!({})),
            1 => Just(json!({ "status": "redacted" })),
            1 => Just(json!({ "status": "embargoed", "embargo_until": "2001-02-03" })),
            1 => Just(json!({ "embargo_until": "2001-02-03T04:05:06Z" })),
        ]
        .boxed(),
    ];
    let merged = fields.prop_map(|fields| {
        let mut all = json!({});
        for field in fields {
            all.as_object_mut()
                .unwrap()
                .extend(field.as_object().unwrap().clone());
        }
        all
    });
    (merged, any::<u8>()).prop_map(|(mut all, pick)| {
        let people = all["people"].as_array().cloned().unwrap_or_default();
        let places = all["places"].as_array().cloned().unwrap_or_default();
        let all_names: Vec<Value> = places.into_iter().chain(people).collect();
        let about: Vec<Value> = all_names
            .into_iter()
            .enumerate()
            .filter(|(index, _)| pick >> (index % 8) & 1 == 1)
            .map(|(_, name)| name)
            .collect();
        let all_fields = all.as_object_mut().unwrap();
        all_fields.retain(|_, value| !value.is_null());
        if !about.is_empty() {
            all_fields.insert("about".into(), about.into());
        }
        all
    })
}

pub(super) fn body() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[A-Za-zé王 *_\\[\\]`<>&\\\\#.!-]{0,40}",
        Just("# Heading".to_owned()),
        Just("    code".to_owned()),
        Just("![picture](picture.jpg)".to_owned()),
        Just("| a | b |\n| - | - |\n| c | d |".to_owned()),
        Just("<div>raw</div>".to_owned()),
        Just(String::new()),
    ];
    proptest::collection::vec(line, 0..8).prop_map(|lines| lines.join("\n"))
}
