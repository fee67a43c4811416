//! Texts: shortcodes, blocks, embeds.

use morgue::diagnostics::{Code, Diagnostics};
use morgue::import::wordpress::{Order, import};

use super::{Desk, Export, body, meta};

#[test]
fn shortcodes_become_figures_or_go() {
    let picture = |id: u32, caption: &str| {
        format!(
            "<wp:attachment_url>https://paper.example/wp-content/uploads/{id}.jpg</wp:attachment_url><wp:post_parent>1</wp:post_parent>\
             <excerpt:encoded>{caption}</excerpt:encoded>{}",
            meta("_wp_attachment_image_alt", "alt")
        )
    };
    let text = "[caption id=\"a\" width=\"300\"]<a href=\"https://paper.example/wp-content/uploads/11.jpg\"><img class=\"wp-image-11\" \
                src=\"https://paper.example/wp-content/uploads/11-300x200.jpg\" /></a> The line[/caption]\n\n[gallery ids=\"12,11\"]\n\n\
                [sic] and [[gallery]] [1] [contact-form-7 id=\"3\"] [su_box title=\"x\"]kept[/su_box]\n\n\
                [audio mp3=\"/wp-content/uploads/a.mp3\"][/audio]\n\nhttps://www.youtube.com/watch?v=abcDEF12345\n\n\
                [footnote]A note.[/footnote]\n<!--more-->\n<!--nextpage-->after";
    let oembed = meta(
        "_oembed_1",
        "<iframe title=\"The film\" src=\"https://www.youtube.com/embed/abcDEF12345\"></iframe>",
    );
    let export = Export::new()
        .item(1, "post", "publish", text, &oembed)
        .item(11, "attachment", "inherit", "", &picture(11, ""))
        .item(12, "attachment", "inherit", "", &picture(12, "Twelve"));
    let desk = Desk::new(&export.bytes());
    let uploads = desk.path.join("uploads");
    std::fs::create_dir(&uploads).unwrap();
    for file in ["11.jpg", "12.jpg", "other.jpg"] {
        std::fs::write(uploads.join(file), file).unwrap();
    }
    let order = Order {
        media: Some(uploads),
        ..desk.order()
    };
    let mut notes = Diagnostics::new();
    let summary = import(&order, &mut notes).unwrap();
    assert!(summary.elements.adds_up());
    assert_eq!(
        body(&desk.article(1)),
        "![alt](/wp-content/uploads/11.jpg \"The line\")\n\n![alt](/wp-content/uploads/12.jpg \"Twelve\")\n![alt](/wp-content/uploads/11.jpg)\n\n\
         \\[sic\\] and \\[gallery\\] \\[1\\] kept\n\n<figure>\n<audio src=\"https://paper.example/wp-content/uploads/a.mp3\"></audio>\n</figure>\n\n\
         [The film](https://www.youtube.com/watch?v=abcDEF12345)\n\n[^1]\n\nafter\n\n[^1]: A note."
    );
    let unknown: Vec<&String> = summary.unknown.keys().collect();
    assert_eq!(unknown, ["[contact-form-7]", "[su_box]"]);
    assert_eq!(
        summary.unknown["[su_box]"].files,
        ["content/articles/2012/2012-03-14-title-1.md"]
    );
    assert_eq!(
        (summary.media.copied, &summary.media.missing[..]),
        (2, &["a.mp3".to_owned()][..])
    );
    assert!(
        desk.path
            .join("site/content/static/wp-content/uploads/11.jpg")
            .is_file()
    );
    assert!(notes.iter().any(|note| note.code == Code::MissingUpload));
}

#[test]
fn a_gallery_shows_its_pictures_in_their_order() {
    let picture = |id: u32, order: u32| {
        format!(
            "<wp:attachment_url>https://paper.example/wp-content/uploads/{id}.jpg</wp:attachment_url>\
             <wp:post_parent>1</wp:post_parent><wp:menu_order>{order}</wp:menu_order><excerpt:encoded>No {id}</excerpt:encoded>"
        )
    };
    let text = "[gallery columns=\"2\" link=\"file\"]\n\n[gallery order=\"DESC\" exclude=\"12\"]\n\n[gallery orderby=\"ID\"]\n\n\
                [gallery orderby=\"title\" order=\"desc\"]\n\n[gallery include=\"13\"]\n\n[gallery id=\"9\"]after";
    let export = Export::new()
        .item(1, "post", "publish", text, "")
        .item(11, "attachment", "inherit", "", &picture(11, 3))
        .item(12, "attachment", "inherit", "", &picture(12, 1))
        .item(13, "attachment", "inherit", "", &picture(13, 2));
    let desk = Desk::new(&export.bytes());
    desk.import();
    let article = desk.article(1);
    let body = body(&article);
    let galleries: Vec<Vec<&str>> = body
        .split("\n\n")
        .map(|block| block.split('"').skip(1).step_by(2).collect())
        .collect();
    assert_eq!(
        galleries,
        [
            vec!["No 12", "No 13", "No 11"],
            vec!["No 11", "No 13"],
            vec!["No 11", "No 12", "No 13"],
            vec!["No 13", "No 12", "No 11"],
            vec!["No 13"],
            vec![],
        ],
        "{body}"
    );
}

#[test]
fn blocks_lose_their_comments_and_keep_their_meaning() {
    let text = "<!-- wp:paragraph -->\n<p>One\nline.<sup data-fn=\"n1\" class=\"fn\"><a href=\"#n1\" id=\"n1-link\">1</a></sup></p>\n<!-- /wp:paragraph -->\n\n\
                <!-- wp:pullquote -->\n<figure class=\"wp-block-pullquote\"><blockquote><p>Big</p><cite>Who</cite></blockquote></figure>\n<!-- /wp:pullquote -->\n\n\
                classic one\n\nclassic two\n\n\
                <!-- wp:core-embed/vimeo {\"url\":\"https://vimeo.com/123456789\"} -->\n<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\n\
                https://vimeo.com/123456789\n</div><figcaption>Film</figcaption></figure>\n<!-- /wp:core-embed/vimeo -->\n\
                <!-- wp:columns --><div><!-- wp:column --><div><!-- wp:block {\"ref\":2} /--></div><!-- /wp:column --></div><!-- /wp:columns -->\
                <!-- wp:latest-posts /--><!-- wp:footnotes /-->";
    let export = Export::new()
        .item(
            1,
            "post",
            "publish",
            text,
            &meta(
                "footnotes",
                "[{\"id\":\"n1\",\"content\":\"The <em>note</em>\"}]",
            ),
        )
        .item(
            2,
            "wp_block",
            "publish",
            "<!-- wp:paragraph --><p>Again</p><!-- /wp:paragraph -->",
            "",
        );
    let desk = Desk::new(&export.bytes());
    let summary = desk.import();
    assert_eq!(
        body(&desk.article(1)),
        "One line.[^1]\n\n> [!pullquote]\n> Big\n>\n> <cite>Who</cite>\n\nclassic one\n\nclassic two\n\n\
         <figure>\n\n[vimeo.com/123456789](https://vimeo.com/123456789)\n\n<figcaption>Film</figcaption>\n</figure>\n\nAgain\n\n[^1]: The *note*"
    );
    assert_eq!(summary.unknown.keys().collect::<Vec<_>>(), ["latest-posts"]);
}
