//! Items of ninjs: each is an article that the site reads, or refused with a reason; it lies
//! below the folder of articles, and a withheld one is a draft.
#![no_main]

use std::sync::LazyLock;

use camino::Utf8Path;
use libfuzzer_sys::fuzz_target;
use morgue::config::Config;
use morgue::content::fuzzed;
use morgue::import::ninjs::{Desk, article, read};

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let settings = "title = \"Fuzz\"\nbase_url = \"https://example.org\"\n";
    Config::parse(Utf8Path::new("."), settings).expect("the settings are right")
});

static DESK: LazyLock<Desk> = LazyLock::new(|| Desk::of(Some(&CONFIG)));

fuzz_target!(|bytes: &[u8]| {
    for by_line in [false, true] {
        read(bytes, by_line, |item| {
            let Ok((item, _)) = item else {
                return;
            };
            let Ok(made) = article(item, &DESK) else {
                return;
            };
            let source = made.draft.source();
            assert!(fuzzed::article(&CONFIG, source.as_bytes()), "{source}");
            let path = made.draft.path();
            assert!(!path.starts_with('/') && path.split('/').all(|part| part != ".."), "{path}");
            assert!(!made.withheld || source.contains("\nstatus: draft\n"), "{source}");
        });
    }
});
