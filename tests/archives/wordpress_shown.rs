//! What the official test export of WordPress shows: galleries, lines below pictures, players.

use camino::Utf8Path;

use super::html_files;
use super::wordpress::{Imported, imported_with};

/// The attachments of an export, as a folder of uploads: pictures of one size, and files that only
/// have the right names.
fn uploads(xml: &str, folder: &Utf8Path) {
    let urls = xml.split("<wp:attachment_url>").skip(1);
    let urls = urls.filter_map(|rest| rest.split("</wp:attachment_url>").next());
    for url in urls {
        let url = url.trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        let parts: Vec<&str> = url.rsplitn(4, '/').collect();
        let file = folder.join(parts[2]).join(parts[1]).join(parts[0]);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, b"GIF89a\x03\0\x02\0\x80\0\0").unwrap();
    }
}

/// The page at an address of the old site.
fn page(archive: &Imported, path: &str) -> String {
    archive.page(&format!("https://wpthemetestdata.wordpress.com{path}"))
}

#[test]
fn all_pictures_sounds_and_films_of_the_official_test_export() {
    let Some(archive) = imported_with("theme-unit-test.xml", Some(uploads)) else {
        return;
    };
    let everything = archive.everything();
    assert!(
        !everything.contains("class=\"distant-picture\""),
        "all pictures are there"
    );
    for file in html_files(&archive.output) {
        let page = std::fs::read_to_string(&file).unwrap();
        for part in page.split("<img ").skip(1) {
            let tag = part.split('>').next().unwrap();
            assert!(tag.contains(" width=\"3\" height=\"2\""), "{file}: {tag}");
        }
    }
    galleries(&archive);
    lines_and_players(&archive);
}

/// Galleries by shortcode, in nine numbers of columns and without one; by block; tiled.
fn galleries(archive: &Imported) {
    let galleries = page(archive, "/2010/09/10/post-format-gallery/");
    let pictures: Vec<usize> = galleries
        .split("<ul class=\"gallery\">")
        .skip(1)
        .map(|rest| rest.split("</ul>").next().unwrap().matches("<li>").count())
        .collect();
    assert_eq!(pictures, [24; 10]);
    let blocks = page(archive, "/2018/11/02/block-gallery/");
    assert_eq!(blocks.matches("<ul class=\"gallery\">").count(), 8);
    let tiled = page(archive, "/2010/09/09/post-format-gallery-tiled/");
    assert_eq!(tiled.matches("<li><figure><img ").count(), 6);
}

/// Lines below pictures, films and what is shown of other pages; players.
fn lines_and_players(archive: &Imported) {
    for (path, lines) in [
        ("/2013/01/10/markup-image-alignment/", 5),
        ("/2010/08/07/post-format-image-caption/", 2),
        ("/2018/11/02/block-category-embeds/", 3),
    ] {
        assert_eq!(
            page(archive, path).matches("<figcaption>").count(),
            lines,
            "{path}"
        );
    }
    let uploads = "/wp-content/uploads";
    for (path, player) in [
        (
            "/2010/07/02/post-format-audio/",
            format!("<audio controls preload=\"none\" src=\"{uploads}/2008/06/originaldixieland"),
        ),
        (
            "/2018/11/02/block-category-common/",
            format!("<audio controls preload=\"none\" src=\"{uploads}/2008/06/originaldixieland"),
        ),
        (
            "/2018/11/02/block-category-common/",
            format!(
                "<video controls preload=\"none\" src=\"{uploads}/2013/12/2014-slider-mobile-behavior.mov\""
            ),
        ),
    ] {
        assert!(
            page(archive, path).contains(&player),
            "{player} in {}",
            page(archive, path)
        );
    }
}
