//! Bytes as an export of WordPress: read or refused, with every item made into a file; no panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(broken) = morgue::import::wordpress::try_out(bytes) {
        assert!(!broken.reason.is_empty());
        assert!(broken.offset <= 4 * bytes.len() as u64 + 4, "{broken:?}");
    }
});
