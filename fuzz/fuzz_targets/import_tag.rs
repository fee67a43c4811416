//! A gazetteer and a text: every tag has a name of the table, and its evidence stands in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::import::tag::{Names, Part, gazetteer, tags};

const TABLE: &str = "name\tkind\taliases\tsort_name\n\
    Vladimir Putin\tperson\tPutin\tPutin, Vladimir\n\
    Kim Jong-un\tperson\t\tKim Jong-un\nMoscow\tplace\tМосква\t\n";

fuzz_target!(|text: &str| {
    let entries = match gazetteer(text) {
        Ok(entries) if !entries.is_empty() => entries,
        _ => gazetteer(TABLE).expect("the table is right"),
    };
    let Ok(names) = Names::new(entries) else {
        return;
    };
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    let found = tags(title, "MOSCOW, Feb 26", body, &names);
    for why in found.iter().flat_map(|tag| &tag.evidence) {
        let part = match why.part {
            Part::Headline => title,
            Part::Text => body,
            Part::Dateline => continue,
        };
        assert!(part.get(why.offset..).is_some_and(|rest| rest.starts_with(&why.text)));
    }
    assert_eq!(tags(title, "MOSCOW, Feb 26", body, &names), found);
});
