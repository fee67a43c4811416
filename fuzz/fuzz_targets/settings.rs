//! `site.toml`.
#![no_main]

use camino::Utf8Path;
use libfuzzer_sys::fuzz_target;
use morgue::config::Config;

fuzz_target!(|text: &str| {
    let _ = Config::parse(Utf8Path::new("."), text);
});
