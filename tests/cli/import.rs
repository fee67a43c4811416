//! `morgue import wordpress` and `morgue import html`, as they are typed.

use crate::desk::Desk;

const EXPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">
<channel><title>Gazette</title><link>https://paper.example</link><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>
<item><title>Ferry stops</title><link>https://paper.example/2012/03/14/ferry/</link><dc:creator>ana</dc:creator>
<content:encoded><![CDATA[The ferry stops.

[booking id="3"]So it was said.]]></content:encoded>
<wp:post_id>1</wp:post_id><wp:post_date>2012-03-14 18:05:00</wp:post_date><wp:post_date_gmt>2012-03-14 17:05:00</wp:post_date_gmt>
<wp:post_name>ferry</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="sea"><![CDATA[Sea]]></category></item>
<item><title>Secret</title><link>https://paper.example/?p=2</link><content:encoded><![CDATA[Not yet.]]></content:encoded>
<wp:post_id>2</wp:post_id><wp:post_date>2012-03-15 18:05:00</wp:post_date><wp:post_name>secret</wp:post_name><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>
"#;

const SAID: &str = "\
warning[M0904]: [booking] was taken out, 1 times: content/articles/2012/2012-03-14-ferry.md
   = help: what it showed came from a plug-in; all files are listed in import-report.json
";

#[test]
fn an_export_becomes_a_site() {
    let desk = Desk::empty();
    desk.file("export.xml", EXPORT);
    let import = ["import", "wordpress", "export.xml", "--into", "archive"];
    let next =
        "All of it is in archive/import-report.json. Next:  morgue serve --site archive --open";
    let files = |files: &str, end: &str| {
        format!("{SAID}1 articles, 0 pages. Files: {files}.\nLeft out: 1 draft.\n{end}\n")
    };
    let dry = [&import[..], &["--dry-run"]].concat();
    desk.run(&dry)
        .success()
        .stdout_eq("")
        .stderr_eq(files("3 new", "Nothing was written."));
    assert!(!desk.path().join("archive").exists());
    desk.run(&import)
        .success()
        .stdout_eq("")
        .stderr_eq(files("3 new", next));
    desk.run(&import)
        .success()
        .stdout_eq("")
        .stderr_eq(files("2 unchanged", next));
    let article = desk.read("archive/content/articles/2012/2012-03-14-ferry.md");
    assert!(
        article.ends_with("---\n\nThe ferry stops.\n\nSo it was said.\n"),
        "{article}"
    );
    desk.run(&["--site", "archive", "build"]).success();
    assert!(
        desk.read("archive/public/2012/03/14/ferry/index.html")
            .contains("The ferry stops.")
    );
}

#[test]
fn an_export_that_breaks_off_leaves_nothing() {
    let desk = Desk::empty();
    let broken = EXPORT.split("<item><title>Secret").next().unwrap();
    desk.file("export.xml", broken);
    desk.file("other.xml", "<feed/>");
    desk.run(&["import", "wordpress", "export.xml", "other.xml", "--into", "archive"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(
            "\
error[M0901]: the file ends in the middle (at byte 1104)
  --> export.xml
   = help: export again, or copy the file again: nothing was written

error[M0900]: <feed> stands where <rss> and <channel> should (at byte 0)
  --> other.xml
   = help: make an export in WordPress under Tools → Export, and give its .xml file here, unpacked or as .gz
"
            .replace("1104", &broken.len().to_string()),
        );
    assert!(!desk.path().join("archive").exists());
}

#[test]
fn pages_become_a_site() {
    let desk = Desk::empty();
    desk.file(
        "mirror/www.paper.example/2012/03/14/ferry/index.html",
        "<html lang=fr><head><title>Ferry | Gazette</title><meta property=og:site_name content=Gazette><meta property=og:type content=article>\
         <link rel=canonical href=https://www.paper.example/2012/03/14/ferry/></head>\
         <body><h1>Le bac s’arrête</h1><div class=entry-content><p>Par Ana Berg</p><p>Le bac s’arrête en mai.</p><p>Partager sur Facebook</p></div></body></html>",
    );
    desk.file(
        "mirror/www.paper.example/index.html",
        "<html><head><meta property=og:type content=website></head><body><a href=2012/03/14/ferry/>Le bac</a></body></html>",
    );
    let import = ["import", "html", "mirror", "--into", "archive"];
    let said = |pages: &str| {
        format!(
            "2 pages: 1 left-out, 1 {pages}.\nLines that are not in the bodies: 1 byline, 1 furniture.\n\
             All of it is in archive/import-report.json. Next:  morgue serve --site archive --open\n"
        )
    };
    desk.run(&import)
        .success()
        .stdout_eq("")
        .stderr_eq(said("new"));
    desk.run(&import)
        .success()
        .stdout_eq("")
        .stderr_eq(said("unchanged"));
    assert!(desk.read("archive/site.toml").starts_with(
        "title = \"Gazette\"\nbase_url = \"https://www.paper.example\"\nlanguage = \"fr\"\ntimezone = \"UTC\"\n"
    ));
    let article = desk.read("archive/content/articles/2012/03/14/ferry.md");
    assert!(
        article.starts_with(
            "---\ntitle: \"Le bac s’arrête\"\ndate: 2012-03-14\nurl: \"/2012/03/14/ferry/\"\nauthors: [\"Ana Berg\"]\n"
        ) && article.ends_with("\n---\n\nLe bac s’arrête en mai.\n"),
        "{article}"
    );
    desk.run(&["--site", "archive", "build"]).success();
}
