//! What the last run stored: any bytes are read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::content::fuzzed;

fuzz_target!(|bytes: &[u8]| {
    let _ = fuzzed::stored(bytes);
});
