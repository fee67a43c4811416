//! HTML to Markdown as every import does it: its words stay, none comes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::import::html::{AsTheyAre, Reading, markdown, plain};

fuzz_target!(|html: &str| {
    for lines in [false, true] {
        let reading = Reading { lines, addresses: &AsTheyAre, notes: &[], below: false };
        let made = markdown(html, &reading);
        assert_eq!(made, markdown(html, &reading));
    }
    let _ = plain(html);
});
