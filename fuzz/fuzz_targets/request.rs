//! What a browser, or somebody else, asks the preview for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::serve::fuzzed;

fuzz_target!(|text: &str| {
    let (target, host) = text.split_once('\n').unwrap_or((text, "localhost:8000"));
    fuzzed::request(target, host);
});
