//! The mirror of a site in many shapes, each page with the article it must become beside it; and a
//! site of morgue's own, built and brought in again.
//!
//! `SNAPSHOTS=overwrite` writes the expected articles anew; read the difference before you keep it.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use morgue::archive::Selection;
use morgue::config::Config;
use morgue::diagnostics::{Code, Diagnostics};
use morgue::import::html::words;
use morgue::import::report::{Place, Report};
use morgue::import::saved::{Order, import, try_out};
use morgue::import::text_files::Boilerplate;
use morgue::{BuildOptions, Progress, build};

const MIRROR: &str = "tests/import/html";

const PAGES: [&str; 4] = [
    "2012/03/14/summit/index.html",
    "2012/03/15/ferry/index.html",
    "1999/03/12/bridge.html",
    "es/2013/05/02/pesca.html",
];

fn order(inputs: &[&Utf8Path], site: &Utf8Path) -> Order {
    Order {
        inputs: inputs.iter().map(|path| path.to_path_buf()).collect(),
        place: Place {
            site: site.to_owned(),
            articles: "content/articles".into(),
            dry: false,
        },
        statics: "content/static".into(),
        boilerplate: Boilerplate::Remove,
        zone: Some(jiff::tz::TimeZone::get("Europe/Madrid").unwrap()),
        language: "en".into(),
        ..Order::default()
    }
}

fn temporary() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8Path::from_path(folder.path()).unwrap().to_owned();
    (folder, path)
}

fn reasons(report: &Report) -> BTreeMap<&str, &str> {
    let files = report.files.iter();
    files
        .filter_map(|entry| Some((entry.source.as_str(), entry.reason.as_deref()?)))
        .collect()
}

#[test]
fn a_mirror_comes_in_exactly() {
    let (_folder, site) = temporary();
    let mut notes = Diagnostics::new();
    let imported = import(&order(&[Utf8Path::new(MIRROR)], &site), &mut notes).unwrap();
    let report = &imported.report;
    assert_eq!(
        report.counts,
        BTreeMap::from([("files", 8), ("new", 5), ("left-out", 3)])
    );
    assert_eq!(
        reasons(report),
        BTreeMap::from([
            (
                "www.paper.example/2012/03/15/ferry/print.html",
                "a copy of www.paper.example/2012/03/15/ferry/index.html"
            ),
            (
                "www.paper.example/about.html",
                "nothing on the page says that it is an article, and it has no date"
            ),
            (
                "www.paper.example/category/world/index.html",
                "the page says that it leads to others or is about the site"
            ),
        ])
    );
    for entry in &report.files {
        assert_eq!(
            entry.letters,
            entry.body + entry.removed,
            "{}",
            entry.source
        );
        let Some(article) = &entry.article else {
            continue;
        };
        let made = std::fs::read_to_string(site.join(article)).unwrap();
        let expected = Utf8Path::new(MIRROR)
            .join(&entry.source)
            .with_extension("md");
        if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
            std::fs::write(&expected, &made).unwrap();
        }
        let expected = std::fs::read_to_string(&expected).unwrap();
        assert_eq!(made, expected, "{}", entry.source);
    }
    for file in [
        "wp-content/uploads/2012/03/summit hall.png",
        "1999/03/12/napkin.gif",
    ] {
        assert!(site.join("content/static").join(file).is_file(), "{file}");
    }
    assert!(!notes.has_errors(), "{notes:#?}");
}

#[test]
fn a_page_that_is_named_is_an_article_whatever_it_says() {
    let (_folder, site) = temporary();
    let page = Utf8Path::new(MIRROR).join("www.paper.example/about.html");
    let mut notes = Diagnostics::new();
    let imported = import(&order(&[&page], &site), &mut notes).unwrap();
    assert_eq!(imported.report.counts["new"], 1);
    assert!(notes.iter().any(|note| note.code == Code::ImportNoDate));
    let article = std::fs::read_to_string(site.join("content/articles/about.md")).unwrap();
    // Where a file lies on somebody's computer is no address.
    assert!(!article.contains("\nurl:"), "{article}");
}

#[test]
fn three_runs_keep_what_was_edited_and_what_was_deleted() {
    let (_folder, site) = temporary();
    let mirror = site.join("mirror");
    let page = |name: &str, text: &str| {
        let html = format!(
            "<html><head><meta property=og:type content=article><meta name=date content=2012-03-14></head>\
             <body><h1>{name}</h1><div class=entry-content><p>{name}: {text}</p></div></body></html>"
        );
        std::fs::create_dir_all(&mirror).unwrap();
        std::fs::write(mirror.join(format!("{name}.html")), html).unwrap();
    };
    let run = || {
        let order = order(&[&mirror], &site);
        import(&order, &mut Diagnostics::new())
            .unwrap()
            .report
            .counts
    };
    for name in ["a", "b", "c"] {
        page(name, "first");
    }
    assert_eq!(run(), BTreeMap::from([("files", 3), ("new", 3)]));
    let of = |name: &str| site.join(format!("content/articles/{name}.md"));
    let edited = std::fs::read_to_string(of("a"))
        .unwrap()
        .replace("first", "by hand");
    std::fs::write(of("a"), &edited).unwrap();
    std::fs::remove_file(of("b")).unwrap();
    // Another import between does not make this one forget.
    let other = site.join("other.html");
    std::fs::write(
        &other,
        "<article class=entry-content><p>Other</p></article>",
    )
    .unwrap();
    import(&order(&[&other], &site), &mut Diagnostics::new()).unwrap();
    for round in ["second", "third"] {
        for name in ["a", "b", "c"] {
            page(name, round);
        }
        let counts = [("files", 3), ("kept", 1), ("deleted", 1), ("updated", 1)];
        assert_eq!(run(), BTreeMap::from(counts), "{round}");
        assert_eq!(std::fs::read_to_string(of("a")).unwrap(), edited);
        assert!(!of("b").exists());
        assert!(
            std::fs::read_to_string(of("c"))
                .unwrap()
                .ends_with(&format!("\n\nc: {round}\n"))
        );
    }
}

#[test]
fn pages_that_nobody_would_write_are_refused_or_read() {
    let (_folder, folder) = temporary();
    let mirror = folder.join("mirror");
    std::fs::create_dir_all(&mirror).unwrap();
    let boats = (0..20).map(|n| format!("<p>Boat {n} of the line to Halm stops in May.</p>"));
    let text = format!("<h1>Ferry</h1>{}", boats.collect::<String>());
    let bomb = format!(
        "<!DOCTYPE html [<!ENTITY a \"{0}\"><!ENTITY b \"{1}\">]><html><body><article class=hentry>{text}&b;</article>",
        "lol".repeat(100),
        "&a;".repeat(1000)
    );
    let pages: [(&str, Vec<u8>); 8] = [
        (
            "attribute",
            format!(
                "<article class=hentry data-x=\"{}\">{text}",
                "y".repeat(4 << 20)
            )
            .into_bytes(),
        ),
        (
            "binary",
            [b"<html><body><p>a".as_slice(), &[0, 1, 2, 3]].concat(),
        ),
        ("bomb", bomb.into_bytes()),
        (
            "deep",
            format!("<article class=hentry>{}x", "<div><p>".repeat(3_000)).into_bytes(),
        ),
        ("empty", Vec::new()),
        (
            "truncated",
            format!("<html><head><meta property=og:type content=article></head><body>{text}<p cla")
                .into_bytes(),
        ),
        (
            "wrong",
            [
                b"<meta charset=utf-8><article class=hentry><p>caf\xe9 ".as_slice(),
                text.as_bytes(),
            ]
            .concat(),
        ),
        (
            "utf16",
            [0xFF, 0xFE]
                .into_iter()
                .chain(
                    format!("<article class=hentry>{text}")
                        .encode_utf16()
                        .flat_map(u16::to_le_bytes),
                )
                .collect(),
        ),
    ];
    for (name, bytes) in pages {
        std::fs::write(mirror.join(name).with_extension("html"), bytes).unwrap();
    }
    let site = folder.join("site");
    let mut notes = Diagnostics::new();
    let order = Order {
        boilerplate: Boilerplate::Review,
        ..order(&[&mirror], &site)
    };
    let imported = import(&order, &mut notes).unwrap();
    let outcome = |name: &str| {
        let mut files = imported.report.files.iter();
        let entry = files
            .find(|entry| entry.source == format!("{name}.html"))
            .unwrap();
        (
            entry.outcome.name(),
            entry.reason.clone().unwrap_or_default(),
        )
    };
    for name in ["attribute", "bomb", "truncated", "wrong", "utf16"] {
        assert_eq!(outcome(name), ("new", String::new()), "{name}");
    }
    assert_eq!(
        outcome("binary"),
        (
            "refused",
            "byte 16 of the file is not text (a zero byte, as only programs and pictures have)"
                .into()
        )
    );
    assert_eq!(
        outcome("deep"),
        ("refused", "no main text was found on the page".into())
    );
    assert_eq!(
        outcome("empty"),
        ("left-out", "there is hardly any text on the page".into())
    );
    let read = |name: &str| {
        std::fs::read_to_string(site.join(format!("content/articles/{name}.md"))).unwrap()
    };
    assert!(read("wrong").contains("café"));
    assert!(
        !read("bomb").contains("lol"),
        "an entity of the page's own means nothing in HTML"
    );
    let parts = walkdir::WalkDir::new(&site).into_iter().map(Result::unwrap);
    let parts = parts.filter(|file| file.file_name().to_string_lossy().ends_with(".part"));
    assert_eq!(parts.count(), 0);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]

    /// Pages that were cut, doubled and written over are read or refused.
    #[test]
    fn no_page_panics(
        page in 0..PAGES.len(),
        cuts in proptest::collection::vec((0usize..4096, 0usize..600, ".{0,12}"), 1..6),
    ) {
        let mut bytes = std::fs::read(Utf8Path::new(MIRROR).join("www.paper.example").join(PAGES[page])).unwrap();
        for (at, length, instead) in cuts {
            let start = at.min(bytes.len());
            let end = (start + length).min(bytes.len());
            let cut: Vec<u8> = bytes.splice(start..end, instead.into_bytes()).collect();
            bytes.extend(cut);
        }
        let read = try_out(&bytes);
        proptest::prop_assert_eq!(read, try_out(&bytes));
    }
}

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn page(&self) {}
}

/// Builds a site into its folder `public`.
fn built(site: &Utf8Path) -> Utf8PathBuf {
    let config = Config::load(site).unwrap_or_else(|notes| panic!("{notes:#?}"));
    let output = site.join("public");
    let options = BuildOptions {
        output: Some(output.clone()),
        selection: Selection {
            now: "2030-01-01T00:00:00Z".parse().unwrap(),
            drafts: false,
            future: false,
        },
        ledger: false,
        timings: false,
        cache: false,
    };
    let (made, notes) = build(config, &options, &Silent);
    assert!(made.is_ok(), "{notes:#?}");
    output
}

const SITE: &str = "title = \"Gazette\"\nbase_url = \"https://paper.example\"\nlanguage = \"en\"\n\n[links]\ndead = \"warn\"\n";

const STORIES: [(&str, &str); 3] = [
    (
        "2012/summit.md",
        "---\ntitle: Summit ends \"without\" a deal\ndate: 2012-03-14T18:05:00+01:00\ndeck: Both sides blame the clock\nsummary: Nobody signed.\n\
         dateline: HANOI\nauthors: [Ann Lee, Bo Chen]\nsection: World\npeople: [Kim Jong-un]\nplaces: [Hanoi]\ntopics: [Trade]\nabout: [Hanoi]\n---\n\n\
         The talks ended & nobody *signed*. The [ferry](ferry.md) waited.\n\n## Next\n\n1. A meeting\n2. A list\n\n> We tried.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
    ),
    (
        "2012/ferry.md",
        "---\ntitle: Ferry stops\ndate: 2012-03\nauthors: [Carla Ruiz]\nkind: opinion\n---\n\n![The pier](/pier.png \"The pier at night\")\n\nNo boat, no school.\n\n```\ncode  stays\n```\n",
    ),
    (
        "2013/arabic.md",
        "---\ntitle: عودة العبارة\ndate: 2013-05-02\nlanguage: ar\n---\n\nعادت العبارة إلى الجزيرة بعد سنة.\n",
    ),
];

#[test]
fn a_site_that_was_built_comes_in_as_it_was() {
    let (_folder, folder) = temporary();
    let (old, new) = (folder.join("old"), folder.join("new"));
    for site in [&old, &new] {
        std::fs::create_dir_all(site.join("content/static")).unwrap();
        std::fs::write(site.join("site.toml"), SITE).unwrap();
    }
    std::fs::copy(
        Utf8Path::new(MIRROR).join("www.paper.example/wp-content/uploads/2012/03/summit hall.png"),
        old.join("content/static/pier.png"),
    )
    .unwrap();
    for (path, source) in STORIES {
        let path = old.join("content/articles").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, source).unwrap();
    }
    let before = built(&old);
    let imported = import(&order(&[&before], &new), &mut Diagnostics::new()).unwrap();
    assert_eq!(imported.report.counts["new"], STORIES.len());
    let after = built(&new);
    for path in ["2012/03/14/summit", "2012/03/ferry", "2013/05/02/arabic"] {
        let page = |output: &Utf8Path| {
            let file = output.join(path).join("index.html");
            let html =
                std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
            html.split("<article")
                .nth(1)
                .unwrap()
                .split("</article>")
                .next()
                .unwrap()
                .to_owned()
        };
        // Headline, deck, byline, date, dateline, body, pictures, and all that it is filed under.
        assert_eq!(words(&page(&before)), words(&page(&after)), "{path}");
        let data = |output: &Utf8Path| {
            let html = std::fs::read_to_string(output.join(path).join("index.html")).unwrap();
            let json = html.split("application/ld+json\">").nth(1).unwrap();
            json.split("</script>").next().unwrap().to_owned()
        };
        assert_eq!(data(&before), data(&after), "{path}");
    }
}
