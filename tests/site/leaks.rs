//! The search before publishing: what was withdrawn is found wherever it lies.

use morgue::diagnostics::Code;

use crate::withdrawn::{LONG, archive};

fn zip_of(name: &str, text: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.write_all(text.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

fn gzip_of(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn a_planted_leak_is_found_wherever_it_lies() {
    let closed = |status: &str| {
        format!(
            "---\ntitle: Zebulon caught with ledger of harbour\nslug: gone\ndate: 2019-01-03\n{status}\n---\n{LONG} And more.\n"
        )
    };
    let states = [
        "status: removed\nremoved: {names: [Zebulon Quist]}",
        "status: draft",
        "status: embargoed\nembargo_until: 2027-01-01",
        "embargo_until: 2027-01-01",
    ];
    let nested = gzip_of(&zip_of("a.txt", &zip_text(LONG)));
    fn zip_text(text: &str) -> String {
        format!("<p>{}</p>", text.replace(' ', "\n"))
    }
    let plants: Vec<(&str, Vec<u8>, &str)> = vec![
        ("content/static/note.txt", LONG.to_uppercase().into_bytes(), "note.txt"),
        ("content/static/a.zip", zip_of("a.txt", LONG), "a.zip"),
        ("content/static/deep.gz", nested, "deep.gz"),
        (
            "content/articles/q.md",
            "---\ntitle: Q\ndate: 2019-01-09\n---\n> Zebulon said in the *harbour* that nothing of this whole story would ever stay\n> in any archive.\n".into(),
            "2019/01/09/q/index.html",
        ),
        ("content/static/list.csv", b"x,ZEBULON caught with ledger of harbour,y".to_vec(), "list.csv"),
        (
            "templates/404.html",
            b"{% extends \"broadsheet/404.html\" %}{% block content %}<p>Zebulon caught with <b>ledger</b> of harbour</p>{% endblock content %}".to_vec(),
            "404.html",
        ),
    ];
    for status in states {
        for (file, bytes, path) in &plants {
            // What an article says of its own, a draft may say too.
            if status == "status: draft" && file.ends_with("q.md") {
                continue;
            }
            let mut site = archive().write("content/articles/gone.md", closed(status));
            site.ledger = true;
            let clean = site.build().ok();
            let site = site.write(file, bytes);
            let outcome = site.build().failed();
            let leaks = outcome.found(Code::Leak);
            assert!(!leaks.is_empty(), "{status} {file}");
            assert!(
                leaks.iter().all(|leak| leak.message.contains(path)),
                "{leaks:#?}"
            );
            assert!(
                leaks
                    .iter()
                    .all(|leak| leak.file.as_ref().unwrap() == "content/articles/gone.md")
            );
            assert!(
                !format!("{leaks:?}").to_lowercase().contains("zebulon"),
                "{leaks:#?}"
            );
            assert!(outcome.files == clean.files, "the output is as it was");
        }
    }
    let site = archive()
        .write("content/articles/gone.md", closed(states[0]))
        .write("content/static/x.txt", "Zebulon\u{A0}Quist");
    assert_eq!(site.build().failed().found(Code::Leak).len(), 1);
}

#[test]
fn what_is_withdrawn_later_is_looked_for_in_what_is_there_already() {
    let site = archive().write("content/static/note.txt", LONG);
    site.build().ok();
    let site = site.write(
        "content/articles/gone.md",
        format!("---\ntitle: Gone\ndate: 2019-01-03\nstatus: removed\n---\n{LONG}\n"),
    );
    let outcome = site.build().failed();
    assert_eq!(outcome.found(Code::Leak).len(), 1);
    // And once more: a failed build remembers nothing.
    assert_eq!(site.build().failed().found(Code::Leak).len(), 1);
    let site = site.write(
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\n[withdrawn]\nallow = [\"Zebulon said in the harbour that nothing of this whole story would ever stay\"]\n",
    );
    site.build().ok();
    let cached = walkdir::WalkDir::new(site.path().join(".morgue"));
    for file in cached
        .into_iter()
        .flatten()
        .filter(|f| f.file_type().is_file())
    {
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(
            !bytes.windows(7).any(|w| w == b"Zebulon"),
            "{:?}",
            file.path()
        );
    }
}

#[test]
fn a_page_of_a_hidden_person_is_a_leak() {
    let site = archive()
        .write(
            "content/people.csv",
            "name,slug,hidden\nZebulon Quist,,true\n",
        )
        .write(
            "content/static/a.html",
            "<a href=\"/people/zebulon-quist/\">x</a>",
        )
        .write(
            "content/static/b.html",
            "people Zebulon Quist met, and /people/zebulon-quist-junior/",
        )
        .write("content/static/c.json", "{\"name\":\"Zebulon Quist\"}");
    let outcome = site.build().failed();
    let leaks = outcome.found(Code::Leak);
    let named: Vec<bool> = ["a.html", "b.html", "c.json"]
        .iter()
        .map(|file| leaks.iter().any(|leak| leak.message.contains(file)))
        .collect();
    assert_eq!(named, [true, false, true], "{leaks:#?}");
    let site = site
        .write("content/static/a.html", "")
        .write("content/static/c.json", "")
        .write("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n[withdrawn]\nnames_of_hidden = true\n");
    assert_eq!(site.build().failed().found(Code::Leak).len(), 1);
}

#[test]
fn a_pack_with_a_leak_is_not_written() {
    use morgue::{PackOptions, pack};
    let site = archive().write("content/static/note.txt", LONG).write(
        "content/articles/gone.md",
        format!("---\ntitle: Gone\ndate: 2019-01-03\nstatus: draft\n---\n{LONG}\n"),
    );
    let file = site.path().join("site.tar");
    let options = PackOptions {
        pack: file.clone(),
        selection: morgue::archive::Selection {
            now: site.now.parse().unwrap(),
            drafts: false,
            future: false,
        },
        cache: false,
        ledger: false,
        timings: false,
    };
    let config = morgue::config::Config::load(site.path()).unwrap();
    let (built, notes) = pack(config, &options, &crate::driver::Silent);
    assert!(built.is_err());
    assert_eq!(
        notes.iter().filter(|note| note.code == Code::Leak).count(),
        1
    );
    assert!(!file.exists());
}

#[test]
fn what_cannot_be_searched_is_told() {
    let site = archive()
        .write(
            "content/articles/gone.md",
            format!("---\ntitle: Gone\ndate: 2019-01-03\nstatus: draft\n---\n{LONG}\n"),
        )
        .write("content/static/a.zip", b"PK\x03\x04 this is none")
        .write("content/static/a.zst", [0x28, 0xB5, 0x2F, 0xFD, 0]);
    assert_eq!(site.build().ok().found(Code::NotSearched).len(), 2);
    // Where nothing is withheld, nothing is searched.
    let site = archive().write("content/static/a.zip", b"PK\x03\x04 this is none");
    assert_eq!(site.build().ok().found(Code::NotSearched).len(), 0);
}

/// What a picture shows and the line below it are words of the article, and so is its HTML.
#[test]
fn what_pictures_and_html_say_is_found() {
    const SAYS: &str = "Two clerks of the old harbour carry the ledger past a grey van at dawn";
    let closed = |front: &str, body: &str| {
        format!(
            "---\ntitle: Gone\nslug: gone\ndate: 2019-01-03\nstatus: removed\n{front}---\n{body}\n"
        )
    };
    let image = |key: &str| {
        closed(
            &format!("images:\n  - src: /a.jpg\n    {key}: {SAYS}.\n"),
            "Text.",
        )
    };
    let html = format!(
        "<figure><img src=\"/a.jpg\"\nalt=\"A van\"><figcaption>{SAYS}.</figcaption></figure>"
    );
    let alone = format!("Before ![a van](/a.jpg) {SAYS}.");
    for (article, what) in [
        (closed("", &format!("![{SAYS}](/a.jpg)")), "picture 1"),
        (
            closed("", &format!("Text ![a](/b.jpg) ![*b*](/a.jpg \"{SAYS}.\")")),
            "picture 2",
        ),
        (
            closed("", &format!("Text <img src=/a.jpg alt='{SAYS}'>")),
            "picture 1",
        ),
        (image("alt"), "picture 1"),
        (image("caption"), "picture 1"),
        (closed("", &html), "sentence 1"),
        (
            closed("", &format!("<div>\n<p>Text.</p>\n<p>{SAYS}.</p>\n</div>")),
            "sentence 2",
        ),
        (closed("", &alone), "sentence 1"),
    ] {
        let site = archive().write("content/articles/gone.md", &article);
        site.build().ok();
        let page = match what {
            "sentence 1" if article.contains("Before") => format!("Before <img src=/b.jpg> {SAYS}"),
            _ => format!("<img src=/a.jpg alt=\"{SAYS}.\">"),
        };
        let outcome = site.write("content/static/old.html", page).build().failed();
        let leaks = outcome.found(Code::Leak);
        assert_eq!(leaks.len(), 1, "{article}");
        assert!(
            leaks[0].message.contains(what),
            "{}: {article}",
            leaks[0].message
        );
        assert!(
            !leaks[0].message.contains("harbour"),
            "{}",
            leaks[0].message
        );
    }
}
