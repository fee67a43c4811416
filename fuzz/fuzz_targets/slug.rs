//! Slugs: one part of an address, of any name, and the same when it is made of itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::content::slug::{is_usable, set, slug};

fuzz_target!(|name: &str| {
    for ascii in [false, true] {
        let made = slug(name, ascii);
        assert!(is_usable(&made), "{name:?} gives {made:?}");
        assert!(made.len() <= 100, "{made:?}");
        assert!(!made.contains(['/', '\\', '?', '#', '%']), "{made:?}");
        assert_eq!(slug(&made, ascii), made, "{name:?}");
        if let Ok(own) = set(name, ascii) {
            assert!(is_usable(&own), "{name:?} gives {own:?}");
        }
    }
});
