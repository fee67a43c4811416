//! Two real exports of WordPress: the official test export of its themes, and a French one.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};
use morgue::diagnostics::Diagnostics;
use morgue::import::html::{plain, words};
use morgue::import::wordpress::{Order, Summary, import};

use super::{build_into, html_files, kept};

/// One item of an export, read in another way than morgue reads it.
struct Item(String);

impl Item {
    fn text(&self, name: &str) -> &str {
        let opened = self
            .0
            .split_once(&format!("<{name}>"))
            .or_else(|| self.0.split_once(&format!("<{name} ")));
        let Some((_, rest)) = opened else { return "" };
        let text = rest.split(&format!("</{name}>")).next().unwrap();
        let text = text.trim_start_matches('>');
        text.strip_prefix("<![CDATA[")
            .and_then(|text| text.strip_suffix("]]>"))
            .unwrap_or(text)
    }

    fn is_public(&self) -> bool {
        self.text("wp:status") == "publish" && self.text("wp:post_password").is_empty()
    }

    fn is_text(&self) -> bool {
        matches!(self.text("wp:post_type"), "post" | "page")
    }
}

pub(super) struct Imported {
    _folder: tempfile::TempDir,
    site: Utf8PathBuf,
    pub(super) output: Utf8PathBuf,
    summary: Summary,
    xml: String,
    items: Vec<Item>,
}

fn imported(name: &str) -> Option<Imported> {
    imported_with(name, None)
}

/// An export brought in and built, with the files that `uploads` makes of its text.
pub(super) fn imported_with(name: &str, uploads: Option<fn(&str, &Utf8Path)>) -> Option<Imported> {
    let Some(corpora) = std::env::var_os("MORGUE_CORPORA") else {
        println!("skipped: MORGUE_CORPORA is not set");
        return None;
    };
    let export =
        Utf8PathBuf::from_path_buf(PathBuf::from(corpora).join("wordpress").join(name)).unwrap();
    if !export.is_file() {
        println!("skipped: there is no {export}");
        return None;
    }
    let mut xml = String::new();
    let bytes = std::fs::read(&export).unwrap();
    match export.extension() {
        Some("gz") => flate2::read::GzDecoder::new(&bytes[..])
            .read_to_string(&mut xml)
            .map(drop)
            .unwrap(),
        _ => xml = String::from_utf8(bytes).unwrap(),
    }
    let folder = tempfile::tempdir().unwrap();
    let site = Utf8Path::from_path(folder.path()).unwrap().join("site");
    let media = uploads.map(|uploads| {
        let folder = site.with_file_name("uploads");
        uploads(&xml, &folder);
        folder
    });
    let order = Order {
        exports: vec![export],
        site: site.clone(),
        media,
        ..Order::default()
    };
    let summary =
        import(&order, &mut Diagnostics::new()).unwrap_or_else(|found| panic!("{found:#?}"));
    assert!(summary.elements.adds_up());
    let kept = kept(name.split('.').next().unwrap()).filter(|_| uploads.is_none());
    let output = kept.unwrap_or_else(|| site.join("public"));
    build_into(&site, &output);
    let items = xml
        .split("<item>")
        .skip(1)
        .map(|item| Item(item.split("</item>").next().unwrap().to_owned()))
        .collect();
    Some(Imported {
        _folder: folder,
        site,
        output,
        summary,
        xml,
        items,
    })
}

impl Imported {
    /// The page at an address of the old site.
    pub(super) fn page(&self, link: &str) -> String {
        let path = link
            .splitn(4, '/')
            .nth(3)
            .unwrap_or_default()
            .trim_start_matches('/');
        let file = self.output.join(decoded(path));
        let file = if file.is_dir() {
            file.join("index.html")
        } else {
            file
        };
        std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{link}: {file}: {error}"))
    }

    /// Everything that was written, sources and site.
    pub(super) fn everything(&self) -> String {
        let walk = walkdir::WalkDir::new(&self.site)
            .into_iter()
            .chain(walkdir::WalkDir::new(&self.output));
        let files = walk
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file());
        files
            .map(|file| String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned())
            .collect()
    }

    fn published(&self) -> impl Iterator<Item = &Item> {
        self.items
            .iter()
            .filter(|item| item.is_text() && item.is_public())
    }

    fn check_dates(&self) {
        for item in self
            .published()
            .filter(|item| item.text("wp:post_type") == "post")
        {
            let day = &item.text("wp:post_date")[..10];
            let page = self.page(item.text("link"));
            let date = page.split("datetime=\"").nth(1).unwrap();
            assert!(
                date.starts_with(day),
                "{}: {}",
                item.text("link"),
                &date[..30]
            );
        }
    }

    fn check_terms(&self) {
        let mut names = BTreeSet::new();
        for (open, close) in [
            ("<wp:cat_name>", "</wp:cat_name>"),
            ("<wp:tag_name>", "</wp:tag_name>"),
        ] {
            for part in self.xml.split(open).skip(1) {
                let name = part.split(close).next().unwrap();
                let name = name.trim_start_matches("<![CDATA[").trim_end_matches("]]>");
                names.insert(plain(name).to_lowercase());
            }
        }
        let records = std::fs::read_to_string(self.site.join("content/topics.csv"))
            .unwrap()
            .to_lowercase();
        assert!(names.len() > 50);
        for name in &names {
            let quoted = format!("\"{}\"", name.replace('"', "\"\""));
            let there = records.lines().any(|line| {
                line.starts_with(&format!("{name},"))
                    || line.starts_with(&quoted)
                    || line.starts_with(&format!("{name} ("))
            });
            assert!(there, "{name}");
        }
    }

    /// Every word of every text stands on its page, in order.
    fn check_words(&self) -> usize {
        let mut count = 0;
        for item in self.published() {
            let wanted = words(&without_shortcodes(item.text("content:encoded")));
            let page = self.page(item.text("link"));
            let found = words(page.split_once("<main").unwrap().1);
            let mut found = found.iter();
            for (index, word) in wanted.iter().enumerate() {
                let there = found.any(|other| other == word);
                assert!(
                    there,
                    "{}: {:?}",
                    item.text("link"),
                    &wanted[index.saturating_sub(5)..(index + 3).min(wanted.len())]
                );
            }
            count += wanted.len();
        }
        count
    }

    /// No sentence, no title of what is not published stands anywhere.
    fn check_leaks(&self) -> usize {
        let everything = words(&self.everything().replace('\n', " ")).join(" ");
        let mut open = String::new();
        for item in self.published() {
            open.push_str(&words(item.text("content:encoded")).join(" "));
        }
        let mut count = 0;
        for item in self
            .items
            .iter()
            .filter(|item| item.is_text() && !item.is_public())
        {
            let text = plain(item.text("content:encoded"));
            let mut sentences: Vec<&str> = text.split(['.', '!', '?']).collect();
            let title = plain(item.text("title"));
            sentences.push(&title);
            for sentence in sentences {
                let sentence = words(&sentence.replace('<', " ")).join(" ");
                if sentence.len() > 20 && !open.contains(&sentence) {
                    assert!(
                        !everything.contains(&sentence),
                        "{}: {sentence}",
                        item.text("wp:post_id")
                    );
                    count += 1;
                }
            }
        }
        count
    }
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// A text without what WordPress puts something else in the place of: shortcodes, and addresses
/// alone on their lines. A caption that stands in a shortcode is text.
fn without_shortcodes(text: &str) -> String {
    let mut out = String::new();
    for line in text
        .lines()
        .filter(|line| !line.trim().starts_with("http") || line.trim().contains(' '))
    {
        let mut rest = line;
        let mut after = String::new();
        while let Some(at) = rest.find('[') {
            out.push_str(&rest[..at]);
            let code = &rest[at + 1..];
            let known = [
                "caption",
                "/caption",
                "gallery",
                "audio",
                "video",
                "playlist",
                "d3-source",
            ];
            let end = code
                .find(']')
                .filter(|_| known.iter().any(|name| code.starts_with(name)));
            let Some(end) = end else {
                out.push('[');
                rest = code;
                continue;
            };
            if let Some((_, caption)) = code[..end].split_once(" caption=\"") {
                after = caption.trim_end_matches('"').to_owned();
            }
            if code.starts_with("/caption") {
                out.push_str(&std::mem::take(&mut after));
            }
            rest = &code[end + 1..];
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

#[test]
fn the_official_test_export() {
    let Some(archive) = imported("theme-unit-test.xml") else {
        return;
    };
    assert_eq!((archive.summary.articles, archive.summary.pages), (48, 21));
    let left_out: BTreeMap<&str, usize> = archive
        .summary
        .left_out
        .iter()
        .map(|(reason, ids)| (*reason, ids.len()))
        .collect();
    assert_eq!(
        left_out,
        BTreeMap::from([
            ("draft", 1),
            ("password-protected", 1),
            ("scheduled", 1),
            ("part of a menu", 70)
        ])
    );
    let elements = &archive.summary.elements.0;
    assert_eq!(
        [
            elements["item"].read,
            elements["wp:postmeta"].read,
            elements["wp:comment"].read
        ],
        [180, 723, 32]
    );
    archive.check_dates();
    archive.check_terms();
    println!(
        "theme-unit-test: {} words on their pages",
        archive.check_words()
    );
    assert!(archive.check_leaks() >= 5);
    let everything = archive.everything();
    for sentence in [
        "This post is drafted and not published yet",
        "scheduled to be published in the future",
        "should not be visible until the password",
        "themereviewteam@gmail.com",
        "themeshaperwp",
    ] {
        assert!(!everything.contains(sentence), "{sentence}");
    }
    let gallery =
        archive.page("https://wpthemetestdata.wordpress.com/2010/09/10/post-format-gallery/");
    assert!(
        gallery.matches("files.wordpress.com/2008/06/").count() >= 10,
        "a gallery of the post's own pictures"
    );
}

#[test]
fn a_french_export() {
    let Some(archive) = imported("bitcoinfrance.xml.gz") else {
        return;
    };
    assert_eq!((archive.summary.articles, archive.summary.pages), (78, 10));
    assert_eq!(archive.summary.left_out["draft"].len(), 24);
    archive.check_dates();
    archive.check_terms();
    println!(
        "bitcoinfrance: {} words on their pages",
        archive.check_words()
    );
    assert!(archive.check_leaks() > 100);
    for file in html_files(&archive.output) {
        let page = std::fs::read_to_string(&file).unwrap();
        assert!(!page.contains("example.invalid"), "{file}");
    }
    assert!(
        !archive.everything().contains("example.invalid"),
        "an e-mail address of a commenter"
    );
}
