//! Requests, honest and otherwise.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;
use morgue::serve::{NoPreview, PORT, Preview};
use morgue::{BuildOptions, Progress, build};
use walkdir::WalkDir;

use crate::browser::PATIENCE;
use crate::site::{ARTICLE, TestSite, demo, options, selection, serve};

struct Silent;

impl Progress for Silent {
    fn begin(&self, _pages: usize) {}
    fn page(&self) {}
}

/// Every file that a build writes, by its path.
pub(crate) fn built(config: morgue::config::Config) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let output = Utf8PathBuf::from_path_buf(folder.path().join("public")).unwrap();
    let options = BuildOptions {
        output: Some(output.clone()),
        selection: selection(),
        ledger: false,
        timings: false,
        cache: true,
    };
    let (built, notes) = build(config, &options, &Silent);
    assert!(built.is_ok(), "{notes:?}");
    let files = WalkDir::new(&output).into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&output).unwrap();
            (
                path.to_str().unwrap().to_owned(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .filter(|(path, _)| path != ".morgue-manifest")
        .collect()
}

#[test]
fn every_page_of_the_demo_is_what_a_build_writes() {
    let files = built(demo());
    assert!(files.len() > 100);
    let served = serve(demo(), true);
    let mut browser = served.browser();
    for (file, bytes) in &files {
        let path = format!("/{}", morgue::site::encode(file));
        let answer = browser.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.as_built() == *bytes, "{path} is not as built");
        let script = answer.body.len() > bytes.len();
        assert_eq!(script, file.ends_with(".html"), "{path}");
        if let Some(folder) = path.strip_suffix("index.html") {
            let answer = browser.get(folder);
            assert!(answer.as_built() == *bytes, "{folder} is not as built");
        }
    }
}

#[test]
fn without_reload_pages_are_exactly_those_of_a_build() {
    let site = TestSite::new();
    let served = site.serve_still();
    let page = &built(site.config())["index.html"];
    let mut browser = served.browser();
    assert!(browser.get("/").body == *page);
    assert_eq!(browser.get("/__morgue/reload.js").status, 404);
    assert_eq!(browser.get("/__morgue/events").status, 404);
}

#[test]
fn every_answer_says_what_it_is_and_that_it_will_change() {
    let site = TestSite::new();
    site.write("content/static/a.woff2", "font");
    site.write("content/static/b.unknown", "?");
    let served = site.serve();
    let mut browser = served.browser();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/theme/style.css", "text/css; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/a.woff2", "font/woff2"),
        ("/b.unknown", "application/octet-stream"),
        ("/__morgue/reload.js", "text/javascript; charset=utf-8"),
        ("/__morgue/problem.css", "text/css; charset=utf-8"),
    ] {
        let answer = browser.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            Some("same-origin")
        );
    }
}

#[test]
fn other_names_of_this_computer_are_not_answered_to() {
    let site = TestSite::new();
    let served = site.serve();
    let address = served.0.address();
    assert!(address.ip().is_loopback());
    let port = address.port();
    let ask = |request: String| served.browser().send(&request).status;
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(
            ask(format!("GET / HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n")),
            200
        );
    }
    for host in [
        format!("evil.example:{port}"),
        "evil.example".into(),
        "localhost".into(),
        format!("localhost:{}", port ^ 1),
        format!("127.0.0.1.evil.example:{port}"),
        String::new(),
    ] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        assert_eq!(ask(request), 421, "{host}");
    }
    let good = format!("Host: localhost:{port}\r\n");
    assert_eq!(ask("GET / HTTP/1.1\r\n\r\n".into()), 421);
    assert_eq!(
        ask(format!(
            "GET / HTTP/1.1\r\n{good}Host: evil.example\r\n\r\n"
        )),
        421
    );
    assert_eq!(
        ask(format!("GET http://evil.example/ HTTP/1.1\r\n{good}\r\n")),
        421
    );
    let events = "GET /__morgue/events HTTP/1.1\r\nHost: evil.example\r\n\r\n";
    assert_eq!(ask(events.into()), 421);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let site = TestSite::new();
    let served = site.serve();
    for path in [
        "/../site.toml",
        "/..%2fsite.toml",
        "/%2e%2e/site.toml",
        "/%2E./site.toml",
        "/people/../site.toml",
        "/./",
        "/a\\b",
        "/..%5csite.toml",
        "/site.toml%00.html",
        "/a%0d%0aX: y",
        "/%ff",
        "/%",
    ] {
        assert_eq!(served.browser().get(path).status, 400, "{path}");
    }
    for path in [
        "/site.toml",
        "/%252e%252e/site.toml",
        "/content/articles/summit.md",
        "//evil.example/",
        "//",
        "/index.html/",
    ] {
        assert_eq!(served.browser().get(path).status, 404, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_becomes_a_link_out_of_the_site_is_not_followed() {
    let site = TestSite::new();
    let elsewhere = TestSite::new();
    elsewhere.write("secret.txt", "a secret");
    for name in ["content/static/a.txt", "themes/paper/static/b.txt"] {
        site.write(name, "for all");
    }
    site.write(
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\ntheme = \"paper\"\n",
    );
    let served = site.serve_still();
    for (path, name) in [
        ("/a.txt", "content/static/a.txt"),
        ("/theme/b.txt", "themes/paper/static/b.txt"),
    ] {
        assert_eq!(served.text(path), "for all");
        let file = site.path.join(name);
        fs::remove_file(&file).unwrap();
        std::os::unix::fs::symlink(elsewhere.path.join("secret.txt"), &file).unwrap();
        let answer = served.browser().get(path);
        assert_eq!(answer.status, 500);
        assert!(!answer.text().contains("a secret"));
    }
}

#[test]
fn a_preview_can_only_be_read() {
    let site = TestSite::new();
    let served = site.serve();
    let mut browser = served.browser();
    let page = browser.get(ARTICLE);
    let head = browser.head(ARTICLE);
    assert_eq!(head.status, 200);
    assert_eq!(head.header("content-length"), page.header("content-length"));
    // Had a body followed, it would be taken for the next answer.
    assert_eq!(browser.get(ARTICLE).status, 200);
    assert_eq!(browser.head("/__morgue/events").status, 200);
    let host = served.0.address();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"] {
        let request = format!("{method} / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        let answer = served.browser().send(&request);
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("GET, HEAD"));
    }
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let site = TestSite::new();
    let served = site.serve();
    let host = served.0.address();
    let long = "x".repeat(70_000);
    let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {long}\r\n\r\n");
    assert_eq!(served.browser().send(&request).status, 431);
}

#[test]
fn a_folder_without_its_slash_leads_to_the_folder() {
    let site = TestSite::new();
    let served = site.serve();
    let mut browser = served.browser();
    let answer = browser.get("/people/kim-jong-un?a=b&c");
    assert_eq!(answer.status, 301);
    assert_eq!(
        answer.header("location"),
        Some("/people/kim-jong-un/?a=b&c")
    );
}

#[test]
fn an_unknown_address_shows_the_page_of_the_site_for_that() {
    let site = TestSite::new();
    let served = site.serve();
    let mut browser = served.browser();
    let unknown = browser.get("/nobody/");
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.body, browser.get("/404.html").body);
}

#[test]
fn a_site_under_a_path_is_served_there() {
    let site = TestSite::under("https://example.org/the/archive");
    let served = site.serve();
    assert!(served.0.url().ends_with("/the/archive/"));
    let mut browser = served.browser();
    for path in ["/", "/the/archive"] {
        let answer = browser.get(path);
        assert_eq!(answer.status, 301, "{path}");
        assert_eq!(answer.header("location"), Some("/the/archive/"), "{path}");
    }
    let page = browser.get(&format!("/the/archive{ARTICLE}"));
    assert_eq!(page.status, 200);
    assert!(
        page.text()
            .contains("<script src=\"/the/archive/__morgue/reload.js\"")
    );
    assert_eq!(browser.get("/the/archive/__morgue/reload.js").status, 200);
    let person = browser.get("/the/archive/people/kim-jong-un");
    assert_eq!(
        person.header("location"),
        Some("/the/archive/people/kim-jong-un/")
    );
    for path in [ARTICLE, "/the/archives/", "/__morgue/reload.js"] {
        assert_eq!(browser.get(path).status, 404, "{path}");
    }
}

#[test]
fn the_next_free_port_is_taken_unless_one_is_asked_for() {
    let site = TestSite::new();
    // Whether or not another program has it, after this it is in use.
    let _first = TcpListener::bind(("127.0.0.1", PORT));
    let preview = Preview::start(site.config(), &options(None, false)).unwrap();
    let port = preview.address().port();
    assert!((PORT + 1..=PORT + 100).contains(&port), "{port}");
    let again = Preview::start(site.config(), &options(Some(port), false));
    assert!(matches!(again, Err(NoPreview::Taken(taken)) if taken == port));
}

#[test]
fn a_preview_that_ends_gives_its_port_back() {
    let site = TestSite::new();
    let served = site.serve();
    let port = served.0.address().port();
    let _open = served.open("/");
    drop(served);
    let since = Instant::now();
    while Preview::start(site.config(), &options(Some(port), false)).is_err() {
        assert!(since.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    }
}
