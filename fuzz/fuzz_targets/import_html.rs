//! Bytes as a saved page: an article or none, and the same one again.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert_eq!(morgue::import::saved::try_out(bytes), morgue::import::saved::try_out(bytes));
});
