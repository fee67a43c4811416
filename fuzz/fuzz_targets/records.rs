//! Authority records, their tables in CSV, and pages.
#![no_main]

use std::sync::LazyLock;

use camino::Utf8Path;
use libfuzzer_sys::fuzz_target;
use morgue::config::Config;
use morgue::content::fuzzed;

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let settings = "title = \"Fuzz\"\nbase_url = \"https://example.org\"\n";
    Config::parse(Utf8Path::new("."), settings).expect("the settings are right")
});

fuzz_target!(|source: &str| fuzzed::records(&CONFIG, source));
