//! Front matter in YAML and TOML, and all that an article makes of it.
#![no_main]

use std::sync::LazyLock;

use camino::Utf8Path;
use libfuzzer_sys::fuzz_target;
use morgue::config::Config;
use morgue::content::fuzzed;

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let settings = "title = \"Fuzz\"\nbase_url = \"https://example.org\"\n\
        [front_matter]\nmap = { tags = \"topics\" }\nsplit = { people = \",\" }\n";
    Config::parse(Utf8Path::new("."), settings).expect("the settings are right")
});

fuzz_target!(|bytes: &[u8]| {
    fuzzed::article(&CONFIG, bytes);
});
