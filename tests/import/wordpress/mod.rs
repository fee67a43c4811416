//! Exports of WordPress: each trap that real ones hold.

mod again;
mod bodies;
mod damage;

use std::fmt::Write as _;

use camino::{Utf8Path, Utf8PathBuf};
use morgue::diagnostics::Diagnostics;
use morgue::import::wordpress::{Mapping, Order, Summary, import};

/// An export, item by item.
struct Export {
    head: String,
    items: String,
}

impl Export {
    fn new() -> Export {
        Export {
            head: "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\"><channel><title>The Paper</title>\
                   <link>https://paper.example</link><description>News</description><language>fr-FR</language>\
                   <wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://paper.example</wp:base_blog_url>\
                   <wp:author><wp:author_login>anna</wp:author_login><wp:author_email>anna@mail.example</wp:author_email>\
                   <wp:author_display_name><![CDATA[Anna Berg]]></wp:author_display_name><wp:author_first_name>Anna</wp:author_first_name>\
                   <wp:author_last_name>Berg</wp:author_last_name></wp:author>"
                .into(),
            items: String::new(),
        }
    }

    fn head(mut self, xml: &str) -> Export {
        self.head.push_str(xml);
        self
    }

    /// A post, page or attachment; `more` comes last, and what comes first counts.
    fn item(mut self, id: u32, kind: &str, status: &str, body: &str, more: &str) -> Export {
        writeln!(
            self.items,
            "<item>{more}<title>Title {id}</title><link>https://paper.example/2012/03/14/title-{id}/</link>\
             <dc:creator><![CDATA[anna]]></dc:creator><guid isPermaLink=\"false\">https://paper.example/?p={id}</guid>\
             <content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>\
             <wp:post_id>{id}</wp:post_id><wp:post_date>2012-03-14 23:30:00</wp:post_date>\
             <wp:post_date_gmt>2012-03-14 22:30:00</wp:post_date_gmt><wp:post_name>title-{id}</wp:post_name>\
             <wp:status>{status}</wp:status><wp:post_parent>0</wp:post_parent><wp:post_type>{kind}</wp:post_type>\
             <wp:post_password></wp:post_password><wp:is_sticky>0</wp:is_sticky></item>"
        )
        .unwrap();
        self
    }

    fn post(self, id: u32, body: &str) -> Export {
        self.item(id, "post", "publish", body, "")
    }

    fn bytes(&self) -> Vec<u8> {
        format!("{}{}</channel></rss>", self.head, self.items).into_bytes()
    }
}

/// A folder with an export in it.
struct Desk {
    _folder: tempfile::TempDir,
    path: Utf8PathBuf,
}

impl Desk {
    fn new(bytes: &[u8]) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap().to_owned();
        std::fs::write(path.join("export.xml"), bytes).unwrap();
        Desk {
            _folder: folder,
            path,
        }
    }

    fn order(&self) -> Order {
        Order {
            exports: vec![self.path.join("export.xml")],
            site: self.path.join("site"),
            ..Order::default()
        }
    }

    fn import(&self) -> Summary {
        let summary = import(&self.order(), &mut Diagnostics::new()).unwrap();
        assert!(summary.elements.adds_up());
        summary
    }

    fn read(&self, path: &str) -> String {
        let path = self.path.join("site").join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn article(&self, id: u32) -> String {
        self.read(&format!("content/articles/2012/2012-03-14-title-{id}.md"))
    }

    /// All that the import wrote, in one.
    fn everything(&self) -> String {
        let walk = walkdir::WalkDir::new(self.path.join("site"))
            .into_iter()
            .map(Result::unwrap);
        let files = walk.filter(|entry| entry.file_type().is_file());
        files
            .map(|file| String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned())
            .collect()
    }
}

fn body(file: &str) -> &str {
    file.splitn(3, "---\n").nth(2).unwrap().trim()
}

fn meta(key: &str, value: &str) -> String {
    format!(
        "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )
}

#[test]
fn a_post_comes_in_with_everything() {
    let more = [
        meta("_wp_old_slug", "older-title"),
        meta("_yoast_wpseo_metadesc", "For search engines."),
        meta("_yoast_wpseo_title", "%%title%% - x"),
        meta("_yoast_wpseo_canonical", "https://elsewhere.example/first"),
        "<excerpt:encoded>The &lt;b&gt;deck&lt;/b&gt;.</excerpt:encoded><wp:is_sticky>1</wp:is_sticky>".into(),
        "<title>A &amp;amp; B: &lt;em&gt;\"C\"&lt;/em&gt;</title>".into(),
        "<category domain=\"category\" nicename=\"world\"><![CDATA[World]]></category>".into(),
        "<category domain=\"post_tag\" nicename=\"kim\"><![CDATA[Kim Jong-un]]></category>".into(),
        "<category domain=\"rivers\" nicename=\"rhine\"><![CDATA[Rhine]]></category>".into(),
        "<wp:post_modified>2012-04-01 10:00:00</wp:post_modified><wp:post_modified_gmt>2012-04-01 08:00:00</wp:post_modified_gmt>".into(),
    ]
    .concat();
    let desk = Desk::new(
        &Export::new()
            .item(7, "post", "publish", "One\n\nTwo", &more)
            .bytes(),
    );
    let order = Order {
        maps: ["category:world=section", "tag=people"]
            .map(|map| Mapping::parse(map).unwrap())
            .into(),
        ..desk.order()
    };
    let summary = import(&order, &mut Diagnostics::new()).unwrap();
    assert!(summary.elements.adds_up());
    let article = desk.article(7);
    let front = article.split("provenance:").next().unwrap();
    assert_eq!(
        front,
        "---\ntitle: \"A & B: \\\"C\\\"\"\ndate: 2012-03-14T23:30:00+01:00\nupdated: 2012-04-01T10:00:00+02:00\n\
         url: \"/2012/03/14/title-7/\"\naliases: [\"/2012/03/14/older-title/\"]\nid: wp-7\nauthors: [\"Anna Berg\"]\n\
         people: [\"Kim Jong-un\"]\nrivers: [\"Rhine\"]\nsection: [\"World\"]\ndeck: \"The deck.\"\nsummary: \"For search engines.\"\n\
         source_url: \"https://elsewhere.example/first\"\nextra:\n  sticky: true\n"
    );
    assert_eq!(body(&article), "One\n\nTwo");
    assert!(
        desk.read("content/authors.csv")
            .contains("Anna Berg,\"Berg, Anna\",")
    );
    assert!(
        desk.read("content/people.csv")
            .contains("Kim Jong-un,kim,/tag/kim/,")
    );
    let settings = desk.read("site.toml");
    assert!(
        settings.contains("language = \"fr\"") && settings.contains("timezone = \"Europe/Paris\""),
        "{settings}"
    );
    assert!(
        settings.contains("[taxonomies.rivers]")
            && settings.contains("article = \"/{year}/{month}/{day}/{slug}/\"")
    );
    assert!(!desk.everything().contains("mail.example"));
}

#[test]
fn what_is_not_published_stays_out_to_the_last_word() {
    let mut export = Export::new().post(1, "open");
    for (id, status, more) in [
        (2, "draft", ""),
        (3, "pending", ""),
        (4, "private", ""),
        (5, "future", ""),
        (6, "trash", ""),
        (7, "auto-draft", ""),
        (8, "publish", "<wp:post_password>enter</wp:post_password>"),
        (9, "something-new", ""),
        (10, "", ""),
    ] {
        let more = format!(
            "{more}{}<category domain=\"post_tag\" nicename=\"s{id}\">Hiddenterm{id}</category>",
            meta("_yoast_wpseo_metadesc", "Hiddenmeta")
        );
        export = export.item(
            id,
            "post",
            status,
            "Hiddenword",
            &format!("{more}<title>Hiddentitle</title>"),
        );
        export = export.item(
            id + 100,
            "page",
            status,
            "Hiddenword",
            &more.replace("Hiddenterm", "Hidden"),
        );
    }
    let attachment = "<wp:attachment_url>https://paper.example/wp-content/uploads/hiddenpicture.jpg</wp:attachment_url><wp:post_parent>2</wp:post_parent>";
    let export = export
        .item(
            200,
            "attachment",
            "inherit",
            "Hiddenword",
            &format!("{attachment}<title>Hiddentitle</title>"),
        )
        .item(201, "revision", "inherit", "Hiddenword", "")
        .item(202, "shop_order", "publish", "Hiddenword", "")
        .item(203, "wp_block", "draft", "Hiddenword", "")
        .item(
            204,
            "post",
            "publish",
            "<!-- wp:block {\"ref\":203} /-->[gallery id=\"2\"] shown",
            "",
        );
    let desk = Desk::new(&export.bytes());
    let uploads = desk.path.join("uploads");
    std::fs::create_dir(&uploads).unwrap();
    std::fs::write(uploads.join("hiddenpicture.jpg"), "x").unwrap();
    let order = Order {
        media: Some(uploads),
        ..desk.order()
    };
    let summary = import(&order, &mut Diagnostics::new()).unwrap();
    assert!(summary.elements.adds_up());
    assert_eq!((summary.articles, summary.pages), (2, 0));
    assert!(!desk.everything().to_lowercase().contains("hidden"));
    assert_eq!(summary.left_out["password-protected"], [8, 108]);
    assert_eq!(summary.other_types["shop_order"], 1);
    assert!(!desk.path.join("site/content/static").exists());

    let order = Order {
        unpublished: true,
        ..desk.order()
    };
    let summary = import(&order, &mut Diagnostics::new()).unwrap();
    assert!(summary.elements.adds_up());
    assert_eq!((summary.articles, summary.pages), (10, 8));
    for id in [2, 3, 4, 6, 8, 9, 10] {
        assert!(desk.article(id).contains("\nstatus: draft\n"), "{id}");
    }
    assert!(
        desk.article(5)
            .contains("status: embargoed\nembargo_until: 2012-03-14T23:30:00+01:00\n")
    );
}

#[test]
fn odd_dates_titles_and_addresses() {
    let zero = "<wp:post_date>0000-00-00 00:00:00</wp:post_date><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>";
    let query = "<link>https://paper.example/?p=3</link>";
    let export = Export::new()
        .item(1, "post", "publish", "x", zero)
        .item(2, "post", "publish", "<p>The first words <b>of a text</b> that goes on for quite a while and more</p>", "<title></title>")
        .item(3, "post", "publish", "x", query)
        .item(4, "page", "publish", "x", "<link>https://www.paper.example/about/us/</link>")
        .item(5, "post", "publish", "<a href='http://paper.example/?p=3'>a</a> <a href='/?page_id=4#x'>b</a> <a href='/?p=99'>c</a>", "")
        .item(6, "post", "publish", "x", "<wp:post_name>%d7%90%d7%91</wp:post_name><link>https://paper.example/%d7%90%d7%91/</link>");
    let desk = Desk::new(&export.bytes());
    let summary = desk.import();
    assert_eq!(summary.undated, ["content/articles/undated/title-1.md"]);
    assert!(desk.read(&summary.undated[0]).contains("date: unknown\n"));
    assert!(
        desk.article(2)
            .contains("title: \"The first words of a text that goes on for quite a while…\"")
    );
    assert!(
        desk.article(3).contains("aliases: [\"/?p=3\"]\n") && !desk.article(3).contains("\nurl:")
    );
    assert!(
        desk.read("content/pages/about/title-4.md")
            .contains("url: \"/about/us/\"")
    );
    assert_eq!(
        body(&desk.article(5)),
        "[a](id:wp-3) [b](/about/us/) [c](/?p=99)"
    );
    assert!(
        desk.read("content/articles/2012/2012-03-14-אב.md")
            .contains("url: \"/%d7%90%d7%91/\"")
    );
}

#[test]
fn guest_authors_are_authors() {
    let guest = [
        meta("cap-display_name", "Guest Writer"),
        meta("cap-user_login", "guest-writer"),
        meta("cap-user_email", "g@mail.example"),
        "<wp:post_name>cap-guest-writer</wp:post_name>".into(),
    ]
    .concat();
    let by = "<category domain=\"author\" nicename=\"cap-guest-writer\"><![CDATA[guest-writer]]></category>\
              <category domain=\"author\" nicename=\"cap-anna\"><![CDATA[anna]]></category>";
    let export = Export::new().item(1, "post", "publish", "x", by).item(
        2,
        "guest-author",
        "publish",
        "",
        &guest,
    );
    let desk = Desk::new(&export.bytes());
    desk.import();
    assert!(
        desk.article(1)
            .contains("authors: [\"Guest Writer\", \"Anna Berg\"]")
    );
    assert!(desk.read("content/authors.csv").contains("Guest Writer"));
    assert!(!desk.everything().contains("mail.example"));
}

#[test]
fn comments_come_without_what_is_personal() {
    let comment = |id: u32, approved: &str| {
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author><![CDATA[reader@mail.example]]></wp:comment_author>\
             <wp:comment_author_email>reader@mail.example</wp:comment_author_email><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>\
             <wp:comment_date>2012-03-15 10:00:00</wp:comment_date><wp:comment_date_gmt>2012-03-15 09:00:00</wp:comment_date_gmt>\
             <wp:comment_content><![CDATA[Write to reader@mail.example]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>\
             <wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>"
        )
    };
    let comments = [comment(1, "1"), comment(2, "0"), comment(3, "spam")].concat();
    let export = Export::new()
        .item(1, "post", "publish", "x", &comments)
        .item(2, "post", "draft", "x", &comments);
    let desk = Desk::new(&export.bytes());
    desk.import();
    assert!(!desk.everything().contains("Write to"));
    let file = desk.path.join("comments.jsonl");
    let order = Order {
        comments: Some(file.clone()),
        ..desk.order()
    };
    assert_eq!(import(&order, &mut Diagnostics::new()).unwrap().comments, 1);
    assert_eq!(
        std::fs::read_to_string(file).unwrap(),
        "{\"article\":\"wp-1\",\"url\":\"/2012/03/14/title-1/\",\"id\":1,\"parent\":null,\"type\":\"comment\",\"author\":\"[…]\",\
         \"author_url\":\"\",\"date\":\"2012-03-15T10:00:00+01:00\",\"text\":\"Write to […]\"}\n"
    );
}

#[test]
fn every_element_is_accounted_for() {
    let more = format!(
        "{}<odd:thing><odd:part>x</odd:part></odd:thing>",
        meta("anything", "x")
    );
    let export = Export::new()
        .head("<image><url>x</url></image><wp:term><wp:term_taxonomy>rivers</wp:term_taxonomy><wp:term_slug>r</wp:term_slug><wp:term_name>R</wp:term_name></wp:term>")
        .item(1, "post", "publish", "x", &more)
        .item(2, "page", "draft", "x", &more)
        .item(3, "attachment", "inherit", "x", &more)
        .item(4, "guest-author", "publish", "x", &more)
        .item(5, "nav_menu_item", "publish", "x", &more);
    let bytes = export.bytes();
    let summary = Desk::new(&bytes).import();
    let text = String::from_utf8(bytes).unwrap();
    let opened = |name: &str| {
        (text.matches(&format!("<{name}>")).count() + text.matches(&format!("<{name} ")).count())
            as u64
    };
    let mut all = 0;
    for (name, row) in &summary.elements.0 {
        assert_eq!(row.read, opened(name), "{name}");
        all += row.read;
    }
    let tags = text.matches('<').count()
        - text.matches("</").count()
        - text.matches("<!").count()
        - text.matches("<?").count();
    assert_eq!(all, tags as u64 - 2, "all but <rss> and <channel>");
}
