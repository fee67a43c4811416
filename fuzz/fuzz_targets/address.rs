//! Addresses that a file sets for itself: inside the site, and the same when encoded and read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::content::{address, web_address};
use morgue::site::{encode, file_of, relative};

fuzz_target!(|text: &str| {
    let _ = web_address(text);
    let Ok(path) = address(text) else {
        return;
    };
    let file = file_of(&path);
    assert!(!file.starts_with('/'), "{file:?}");
    assert!(file.split('/').all(|part| part != ".." && part != "."), "{file:?}");
    assert_eq!(address(&encode(&path)).as_deref(), Ok(path.as_str()));
    let _ = relative(&path, "/2019/04/25/summit/");
});
