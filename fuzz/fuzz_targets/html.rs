//! HTML to Markdown as every import does it: its words stay, none comes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::import::html::{Addresses, Picture, Reading, markdown, plain};

struct AsTheyAre;

impl Addresses for AsTheyAre {
    fn link(&self, href: &str) -> String {
        href.to_owned()
    }
    fn picture(&self, picture: Picture) -> Picture {
        picture
    }
    fn file(&self, src: &str) -> String {
        src.to_owned()
    }
}

fuzz_target!(|html: &str| {
    for lines in [false, true] {
        let reading = Reading { lines, addresses: &AsTheyAre, notes: &[], below: false };
        let made = markdown(html, &reading);
        assert_eq!(made, markdown(html, &reading));
    }
    let _ = plain(html);
});
