//! Damaged, foreign and hostile files.

use morgue::diagnostics::{Code, Diagnostics};
use morgue::import::wordpress::import;

use super::{Desk, Export, body};

#[test]
fn broken_exports_are_refused_with_their_place_and_nothing_is_written() {
    let good = Export::new().post(1, "one").post(2, "two").bytes();
    let at = |text: &str| std::str::from_utf8(&good).unwrap().find(text).unwrap();
    let bomb = [b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>".as_slice(), &good[at("<rss")..]].concat();
    let huge = format!("<rss><channel><title a=\"{}\">", "x".repeat(70 << 20));
    for (name, bytes, code) in [
        ("cut in a text", &good[..at("two") + 1], Code::BrokenExport),
        (
            "cut between items",
            &good[..at("<item>")],
            Code::BrokenExport,
        ),
        (
            "cut in a tag",
            &good[..at("<wp:post_id>2") + 5],
            Code::BrokenExport,
        ),
        ("an entity bomb", &bomb, Code::BrokenExport),
        ("an endless attribute", huge.as_bytes(), Code::BrokenExport),
        ("empty", b"", Code::NoExport),
        (
            "a page",
            b"<!DOCTYPE html><html><body>no</body></html>",
            Code::NoExport,
        ),
        (
            "a feed",
            b"<rss><channel><title>x</title></channel></rss>",
            Code::NoExport,
        ),
        ("bytes", b"\x00\x01\xFF\xFE rubbish", Code::NoExport),
    ] {
        let desk = Desk::new(bytes);
        let found = import(&desk.order(), &mut Diagnostics::new()).unwrap_err();
        let note = found.iter().next().unwrap();
        assert_eq!(note.code, code, "{name}: {note:?}");
        assert!(note.message.contains("at byte"), "{name}: {note:?}");
        assert!(!desk.path.join("site").exists(), "{name}");
    }
    let cut = import(
        &Desk::new(&good[..at("two") + 1]).order(),
        &mut Diagnostics::new(),
    )
    .unwrap_err();
    let message = &cut.iter().next().unwrap().message;
    assert!(
        message.starts_with("the file ends in the middle (at byte "),
        "{message}"
    );
}

#[test]
fn damaged_texts_are_put_right_and_told() {
    let bytes = Export::new()
        .post(1, "caf@ and con#trol &bogus; ok")
        .bytes();
    let bytes: Vec<u8> = bytes
        .into_iter()
        .map(|byte| match byte {
            b'@' => 0xE9,
            b'#' => 0x08,
            byte => byte,
        })
        .collect();
    let bytes = [b"\xEF\xBB\xBF".as_slice(), &bytes].concat();
    let place = bytes.iter().position(|byte| *byte == 0xE9).unwrap() as u64;
    let desk = Desk::new(&bytes);
    let mut notes = Diagnostics::new();
    let summary = import(&desk.order(), &mut notes).unwrap();
    assert_eq!(
        body(&desk.article(1)),
        "café and control &bogus; ok".replace('&', "\\&")
    );
    let export = &summary.exports[0];
    // The display of anna@… in the channel has an @ too.
    assert!(
        export.foreign >= 1 && export.forbidden == 1 && export.places.contains(&place),
        "{export:?}"
    );
    assert_eq!(notes.iter().next().unwrap().code, Code::RepairedExport);
}

proptest::proptest! {
    #[test]
    fn no_bytes_bring_it_down(text in "(<[a-z:/!\\[\\]-]{0,8}>|[ -~]|&[a-z#0-9]{0,4};|\\PC){0,60}", cut in 0..4000_usize) {
        let _ = morgue::import::wordpress::try_out(text.as_bytes());
        let bytes = Export::new().post(1, &text.replace("]]>", "")).bytes();
        morgue::import::wordpress::try_out(&bytes).unwrap();
        let _ = morgue::import::wordpress::try_out(bytes.get(..cut).unwrap_or(&bytes));
    }
}
