//! What hosts are told, and what they take.

use morgue::diagnostics::{Code, Severity};

use crate::driver::{Outcome, SETTINGS, SiteTest};

fn on(hosts: &str) -> SiteTest {
    SiteTest::new().write(
        "site.toml",
        format!("{SETTINGS}[publish]\nhost = {hosts}\n"),
    )
}

fn text<'a>(outcome: &'a Outcome, file: &str) -> &'a str {
    let bytes = outcome.files.get(file);
    std::str::from_utf8(bytes.unwrap_or_else(|| panic!("no {file}"))).unwrap()
}

#[test]
fn nothing_is_written_for_hosts_that_nobody_named() {
    let outcome = SiteTest::new()
        .article("a.md", "date: 2019-01-01\naliases: [/old/]")
        .build()
        .ok();
    let told = ["_redirects", "_headers", ".htaccess"];
    assert!(told.iter().all(|file| !outcome.files.contains_key(*file)));
    assert_eq!(outcome.holding("_hosting").len(), 0);
}

#[test]
fn netlify_follows_rules_where_pages_are_and_the_others_know_no_such_sign() {
    let article = "date: 2019-01-01\naliases: [/old/, /é/, \"/?p=8\", \"/x.php?a=1&b=%C3%A9\"]";
    let outcome = on("\"netlify\"").article("a b.md", article).build().ok();
    assert_eq!(
        text(&outcome, "_redirects"),
        "/ p=8 /2019/01/01/a-b/ 301!\n/old/ /2019/01/01/a-b/ 301!\n\
         /x.php a=1 b=%C3%A9 /2019/01/01/a-b/ 301!\n/%C3%A9/ /2019/01/01/a-b/ 301!\n"
    );
    assert_eq!(outcome.found(Code::ForgottenAlias).len(), 0);
    let headers = text(&outcome, "_headers");
    assert!(headers.starts_with("/*\n  Content-Security-Policy: default-src 'none';"));
    assert!(headers.contains("\n/people/:term/feed.xml\n  Content-Type: application/atom+xml"));

    let outcome = on("[\"netlify\", \"cloudflare-pages\"]")
        .article("a b.md", article)
        .build()
        .ok();
    assert!(text(&outcome, "_redirects").contains("/old/ /2019/01/01/a-b/ 301\n"));
    let told = outcome.found(Code::ForgottenAlias);
    assert_eq!(told.len(), 2);
    assert!(
        told[0]
            .message
            .contains("cloudflare-pages cannot answer a query")
    );
}

#[test]
fn a_page_redirects_at_once_without_a_script_and_stays_out_of_search_engines() {
    let outcome = SiteTest::new()
        .article("a.md", "date: 2019-01-01\naliases: [/old/]")
        .build()
        .ok();
    let page = outcome.page("/old/");
    let to = "https://example.org/2019/01/01/a/";
    assert!(
        page.contains(&format!("<link rel=\"canonical\" href=\"{to}\">")),
        "{page}"
    );
    assert!(
        page.contains("<meta name=\"robots\" content=\"noindex"),
        "{page}"
    );
    assert!(page.contains("<meta http-equiv=\"refresh\" content=\"0; url=/2019/01/01/a/\">"));
    assert!(page.contains("<a href=\"/2019/01/01/a/\">"), "{page}");
    assert!(!page.contains("<script>"), "{page}");
    let listed = outcome.holding("/old/");
    assert!(
        listed.iter().all(|file| !file.contains("sitemap")),
        "{listed:?}"
    );
}

#[test]
fn a_file_of_the_site_itself_stays() {
    let outcome = on("\"cloudflare-pages\"")
        .article("a.md", "date: 2019-01-01\naliases: [/old/]")
        .write("content/static/_redirects", "/x /y 302\n")
        .build()
        .ok();
    assert_eq!(text(&outcome, "_redirects"), "/x /y 302\n");
    assert_eq!(outcome.found(Code::GivesWay).len(), 1);
}

#[test]
fn a_policy_of_the_site_takes_the_place_of_the_strict_one() {
    let site =
        on("\"nginx\"\ncontent_security_policy = \"default-src 'self'; x \\\"; return 200\"")
            .article("a.md", "date: 2019-01-01");
    let outcome = site.build().ok();
    let server = text(&outcome, "_hosting/nginx-server.conf");
    assert!(server.contains(
        "add_header Content-Security-Policy \"default-src 'self'; x ; return 200\" always;"
    ));
}

#[test]
fn what_a_host_would_refuse_stops_the_build_and_the_rest_is_a_warning() {
    let site = on("\"netlify\"")
        .article("a.md", "date: 2019-01-01")
        .write("content/static/c#.pdf", "x");
    let outcome = site.build().failed();
    let found = outcome.found(Code::HostLimit);
    assert_eq!(
        found[0].message,
        "netlify takes no name with one of #?: /c#.pdf"
    );
    let site = on("\"plain\"")
        .article("a.md", "date: 2019-01-01")
        .write("content/static/Logo.svg", "x")
        .write("content/static/logo.svg", "x")
        .write("content/static/what?.pdf", "x");
    let outcome = site.build().ok();
    let said: Vec<&str> = outcome
        .found(Code::HostLimit)
        .iter()
        .filter(|note| note.severity == Severity::Warning)
        .map(|note| note.message.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "/Logo.svg and /logo.svg are one file on disks of Windows and macOS",
            "plain takes no name with one of <>:\"|?*: /what?.pdf",
        ]
    );
    let large = vec![0; 26 * 1024 * 1024 + 1];
    let site = on("\"cloudflare-pages\"")
        .article("a.md", "date: 2019-01-01")
        .write("content/static/film.mp4", large);
    let outcome = site.build().ok();
    let found = outcome.found(Code::HostLimit);
    assert_eq!(
        found[0].message,
        "cloudflare-pages takes files of 26.2 MB, and /film.mp4 has 27.3 MB"
    );
}

#[test]
fn an_address_that_hosts_take_for_its_page_is_sent_nowhere() {
    let mut site =
        on("[\"nginx\", \"apache\", \"caddy\"]").article("a.md", "date: 2019-01-01\nurl: /story");
    site.ledger = true;
    site.build().ok();
    let site = site.article("a.md", "date: 2019-01-01\nurl: /story/");
    let outcome = site.build().ok();
    for file in [
        "_hosting/nginx-http.conf",
        "_hosting/Caddyfile",
        ".htaccess",
    ] {
        assert!(!text(&outcome, file).contains("story"), "{file}");
    }
}

#[test]
fn rules_for_what_is_withdrawn_are_no_leak() {
    let mut site = on("[\"nginx\", \"apache\", \"caddy\", \"netlify\", \"s3\"]");
    site.ledger = true;
    let fields = "date: 2019-01-01\npeople: [Zebulon Quist]";
    let site = site
        .article("a.md", fields)
        .article("b.md", "date: 2019-01-02\npeople: [Ana]");
    site.build().ok();
    let site = site
        .article("a.md", &format!("{fields}\nstatus: removed"))
        .write(
            "content/people/zq.md",
            "---\nname: Zebulon Quist\nslug: zebulon-quist\nhidden: true\n---\n",
        );
    let outcome = site.build().ok();
    let gone = text(&outcome, "_redirects");
    assert!(
        gone.contains("/2019/01/01/a/ /2019/01/01/a/ 410!\n"),
        "{gone}"
    );
}
