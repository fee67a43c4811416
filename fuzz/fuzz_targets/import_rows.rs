//! Tables and JSON Lines: each row is an article that the site reads, or told with its line.
#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use camino::Utf8Path;
use libfuzzer_sys::fuzz_target;
use morgue::config::Config;
use morgue::content::fuzzed;
use morgue::import::row_reader::read;
use morgue::import::rows::{Columns, Form, article};

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let settings = "title = \"Fuzz\"\nbase_url = \"https://example.org\"\n";
    Config::parse(Utf8Path::new("."), settings).expect("the settings are right")
});

fuzz_target!(|bytes: &[u8]| {
    let columns = Columns::of(Some(&CONFIG), BTreeMap::new());
    for form in [Form::Csv, Form::Tsv, Form::JsonLines] {
        read(bytes, form, |row| {
            let Ok((draft, _)) = row.map(|row| article(&row, &columns)).unwrap_or(Err(String::new()))
            else {
                return;
            };
            let source = draft.source();
            assert!(fuzzed::article(&CONFIG, source.as_bytes()), "{source}");
            assert!(draft.path().ends_with(".md") && !draft.path().contains(".."));
        });
    }
});
