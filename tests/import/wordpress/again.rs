//! Several exports, and the same one again.

use morgue::diagnostics::{Code, Diagnostics};
use morgue::import::wordpress::{Order, import};

use super::{Desk, Export, body};

#[test]
fn importing_again_keeps_what_was_edited() {
    let desk = Desk::new(
        &Export::new()
            .post(1, "one")
            .post(2, "two")
            .post(3, "three")
            .bytes(),
    );
    desk.import();
    let edited = "content/articles/2012/2012-03-14-title-1.md";
    let mine = desk.read(edited).replace("one", "by hand");
    std::fs::write(desk.path.join("site").join(edited), &mine).unwrap();
    let export = Export::new()
        .post(1, "uno")
        .item(
            2,
            "post",
            "publish",
            "dos",
            "<wp:post_name>renamed</wp:post_name>",
        )
        .item(3, "post", "private", "three", "");
    std::fs::write(desk.path.join("export.xml"), export.bytes()).unwrap();
    let mut notes = Diagnostics::new();
    let summary = import(&desk.order(), &mut notes).unwrap();
    assert_eq!(summary.kept, [edited]);
    assert_eq!(desk.read(edited), mine);
    assert_eq!(body(&desk.article(2)), "dos");
    assert_eq!(
        summary.withdrawn,
        ["content/articles/2012/2012-03-14-title-3.md"]
    );
    assert!(
        notes
            .iter()
            .any(|note| note.code == Code::NoLongerPublished)
    );
    let before = desk.everything();
    let summary = import(
        &Order {
            dry: true,
            ..desk.order()
        },
        &mut Diagnostics::new(),
    )
    .unwrap();
    assert_eq!((summary.files["unchanged"], summary.kept.len()), (2, 1));
    assert_eq!(desk.everything(), before);
}

#[test]
fn what_was_edited_or_deleted_is_known_in_every_later_run() {
    let export = |text: &str| {
        let export = Export::new().post(1, text).post(2, text).post(3, text);
        export.bytes()
    };
    let desk = Desk::new(&export("first"));
    desk.import();
    let path = |id: u32| format!("content/articles/2012/2012-03-14-title-{id}.md");
    let mine = desk.read(&path(1)).replace("first", "by hand");
    std::fs::write(desk.path.join("site").join(path(1)), &mine).unwrap();
    std::fs::remove_file(desk.path.join("site").join(path(2))).unwrap();
    for text in ["second", "third"] {
        std::fs::write(desk.path.join("export.xml"), export(text)).unwrap();
        let summary = desk.import();
        assert_eq!(summary.kept, [path(1)]);
        assert_eq!(summary.deleted, [path(2)]);
        assert_eq!(summary.files["updated"], 1);
        assert_eq!(desk.read(&path(1)), mine);
        assert!(!desk.path.join("site").join(path(2)).exists());
        assert_eq!(body(&desk.article(3)), text);
    }
}

#[test]
fn several_exports_and_compressed_ones_are_one_site() {
    let one = Export::new().post(1, "<a href=\"/?p=2\">x</a>");
    let two = Export::new().head("<wp:category><wp:category_nicename>a</wp:category_nicename><wp:cat_name>Alpha</wp:cat_name></wp:category>").post(2, "y").post(1, "twice");
    let desk = Desk::new(&one.bytes());
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &two.bytes()).unwrap();
    let packed = packed.finish().unwrap();
    std::fs::write(desk.path.join("two.xml.gz"), &packed).unwrap();
    let order = Order {
        exports: vec![desk.path.join("export.xml"), desk.path.join("two.xml.gz")],
        ..desk.order()
    };
    let summary = import(&order, &mut Diagnostics::new()).unwrap();
    assert!(summary.elements.adds_up());
    assert_eq!(body(&desk.article(1)), "[x](id:wp-2)");
    assert_eq!(summary.left_out["twice in the exports"], [1]);
    assert!(
        desk.read("content/topics.csv")
            .contains("Alpha,a,/category/a/")
    );
    std::fs::write(desk.path.join("two.xml.gz"), &packed[..packed.len() / 2]).unwrap();
    let found = import(&order, &mut Diagnostics::new()).unwrap_err();
    assert!(
        found
            .iter()
            .next()
            .unwrap()
            .message
            .contains("ends in the middle"),
        "{found:?}"
    );
}
