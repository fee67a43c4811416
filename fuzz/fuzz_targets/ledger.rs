//! A ledger that somebody else wrote, and lists of addresses for one: whatever their bytes, each
//! line is read or told.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::site::ledger::{addresses, check, is_address, parse};

fuzz_target!(|bytes: &[u8]| {
    let findings = check(bytes);
    for note in findings.iter() {
        assert!(note.span.as_ref().is_none_or(|span| span.line > 0));
    }
    let _ = addresses(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = is_address(text);
        for line in text.lines() {
            let _ = parse(line);
        }
    }
});
