//! Scraped text: decoded, cleaned, and an article that the site reads; and the table in which an
//! editor decides what is furniture, which reads back as it is written.
#![no_main]

use std::sync::LazyLock;

use camino::Utf8Path;
use libfuzzer_sys::fuzz_target;
use morgue::config::Config;
use morgue::content::fuzzed;
use morgue::import::text::{Learned, Phrases, Rules, clean, decode};
use morgue::import::text_files::draft;

static PHRASES: LazyLock<Phrases> = LazyLock::new(Phrases::built_in);

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let settings = "title = \"Fuzz\"\nbase_url = \"https://example.org\"\n";
    Config::parse(Utf8Path::new("."), settings).expect("the settings are right")
});

fuzz_target!(|bytes: &[u8]| {
    let learned = std::str::from_utf8(bytes)
        .ok()
        .and_then(|table| Learned::read(table).ok());
    if let Some(learned) = &learned {
        let again = Learned::read(&learned.table()).expect("a table that was written is one");
        assert_eq!(again.table(), learned.table());
    }
    let Ok(decoded) = decode(bytes, None) else {
        return;
    };
    let learned = learned.unwrap_or_default();
    for keep in [false, true] {
        let rules = Rules { phrases: &PHRASES, learned: &learned, source: "gazette", keep };
        let file = Utf8Path::new("gazette/2019-02-26-talks.txt");
        let cleaned = clean(&decoded.text, file, &rules);
        if cleaned.blocks.is_empty() {
            continue;
        }
        let source = draft(&cleaned).source();
        assert!(fuzzed::article(&CONFIG, source.as_bytes()), "{source}");
    }
});
