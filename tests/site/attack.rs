//! An archive written to do harm: every field of articles, records, pages and settings holds
//! markup, scripts, the syntax of templates, signs that turn text around, and huge values.
//!
//! `MORGUE_ATTACK=DIR` leaves the site there, for a real browser to look at
//! (`tests/browser/attack.mjs`).

mod archive;
mod look;

use std::collections::BTreeMap;

use camino::Utf8Path;
use morgue::diagnostics::Code;

use crate::driver::{Outcome, SiteTest, tree};

/// Builds the archive; both themes are attacked.
fn built(theme: &str) -> (SiteTest, Outcome) {
    let site = archive::site(theme);
    let outcome = site.build().ok();
    (site, outcome)
}

#[test]
fn nothing_of_a_hostile_archive_acts_on_a_page() {
    for theme in ["broadsheet", "wire"] {
        let (_site, outcome) = built(theme);
        let mut problems = Vec::new();
        let mut pages = 0;
        for (file, bytes) in &outcome.files {
            let text = String::from_utf8_lossy(bytes);
            if file.ends_with(".html") {
                pages += 1;
                problems.extend(
                    look::page(&text)
                        .into_iter()
                        .map(|p| format!("{file}: {p}")),
                );
            } else {
                problems.extend(
                    look::file(file, bytes)
                        .into_iter()
                        .map(|p| format!("{file}: {p}")),
                );
            }
            if text.contains("1343434337") {
                problems.push(format!("{file}: a template of the content was carried out"));
            }
        }
        assert!(pages > 60, "{pages} pages");
        problems.truncate(40);
        assert!(problems.is_empty(), "{theme}:\n{}", problems.join("\n"));
        // The payload did reach the pages: as text.
        assert!(outcome.holding("x-pwn").len() > 30);
    }
}

/// What a browser is given to look at.
#[test]
fn the_site_can_be_left_for_a_browser() {
    let Ok(folder) = std::env::var("MORGUE_ATTACK") else {
        return;
    };
    for theme in ["broadsheet", "wire"] {
        let (_site, outcome) = built(theme);
        for (file, bytes) in &outcome.files {
            let path = Utf8Path::new(&folder).join(theme).join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
}

#[test]
fn nothing_lands_outside_the_output() {
    let site = archive::site("broadsheet");
    let outside = |site: &SiteTest| -> BTreeMap<String, Vec<u8>> {
        let files = tree(site.path()).into_iter();
        files
            .filter(|(file, _)| !file.starts_with("public/") && !file.starts_with(".morgue/"))
            .collect()
    };
    let before = outside(&site);
    site.build().ok();
    assert_eq!(outside(&site), before);
}

#[test]
fn no_address_climbs_out() {
    let tricks = [
        "../../evil",
        "/../evil",
        "/a/../../evil/",
        "..",
        ".",
        "/",
        "//evil.example/x/",
        "\\..\\evil",
        "/%2e%2e/evil/",
        "/..%2fevil",
        "/a%00b/",
        "/a\u{0}b/",
        "/.morgue-manifest",
        "C:\\evil",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/a\nb/",
        "https://e.org/../../x",
        "/\u{202e}dlive/",
        "~/evil",
        "/con",
        "/.htaccess",
        "/.git/config",
        "/_redirects",
    ];
    for field in ["slug", "url", "aliases"] {
        for trick in tricks {
            let value = serde_json::to_string(trick).unwrap();
            let fields = format!("date: 2019-01-01\n{field}: {value}");
            let site = SiteTest::new().article("2019/a.md", &fields);
            let outcome = site.build();
            let all = tree(site.path());
            for file in all.keys() {
                let own = ["public/", ".morgue/", "content/", "site.toml"];
                assert!(
                    own.iter().any(|home| file.starts_with(home)),
                    "{field} {trick:?}: {file}"
                );
                assert!(
                    !file.contains("..") || file.contains("u2e"),
                    "{field} {trick:?}: {file}"
                );
                let bare = file.strip_prefix("public/").unwrap_or(file);
                let hidden = bare.starts_with(".ht") || bare.starts_with(".git/");
                assert!(!hidden, "{field} {trick:?}: {file}");
            }
            // It was taken, or told; a refusal is no silence.
            let told = !outcome.notes.is_empty();
            assert!(outcome.built.is_some() || told, "{field} {trick:?}");
        }
    }
}

#[test]
fn addresses_that_run_a_script_are_refused() {
    let schemes = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "javascript://%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "view-source:javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "https://x.example/\u{202e}",
        "http:javascript:alert(1)",
    ];
    for scheme in schemes {
        let value = serde_json::to_string(scheme).unwrap();
        let plain = scheme.starts_with("https://");
        let fields = [
            format!("source_url: {value}"),
            format!("archived_url: {value}"),
            format!("images: [{{src: {value}, alt: x}}]"),
        ];
        let mut site = SiteTest::new();
        for (index, fields) in fields.iter().enumerate() {
            site = site.article(
                &format!("{index}.md"),
                &format!("date: 2019-01-01\n{fields}"),
            );
        }
        let outcome = site.build();
        for (index, fields) in fields.iter().enumerate() {
            let file = format!("content/articles/{index}.md");
            let told = |error: &&morgue::diagnostics::Diagnostic| {
                error.file.as_ref().is_some_and(|named| *named == file)
            };
            let refused = outcome.errors().iter().any(told);
            assert!(refused || plain, "{fields}: {:?}", outcome.notes);
        }
        let record =
            format!("---\nname: A\nsame_as: [{value}]\nimage: {{src: {value}, alt: x}}\n---\n");
        let site = SiteTest::new()
            .article(
                "a.md",
                &format!("date: 2019-01-01\npeople: [A]\nrights: {{license: {value}}}"),
            )
            .write("content/people/a.md", record);
        let outcome = site.build();
        assert!(outcome.built.is_none() || plain, "{value}");
        let body = format!(
            "---\ntitle: A\ndate: 2019-01-01\n---\n\n[a]({scheme}) <a href=\"{scheme}\">b</a> ![c](<{scheme}>)\n\n[d]: {scheme}\n"
        );
        let settings = format!("{}[links]\ndead = \"warn\"\n", crate::driver::SETTINGS);
        let site = SiteTest::new()
            .write("site.toml", settings)
            .write("content/articles/a.md", body);
        let outcome = site.build().ok();
        for (file, bytes) in &outcome.files {
            if file.ends_with(".html") {
                let found = look::page(&String::from_utf8_lossy(bytes));
                assert!(found.is_empty(), "{scheme:?} {file}: {found:?}");
            }
        }
    }
}

#[test]
fn signs_that_turn_text_around_end_where_their_text_ends() {
    let (_site, outcome) = built("broadsheet");
    let mut problems = Vec::new();
    for (file, bytes) in outcome
        .files
        .iter()
        .filter(|(file, _)| file.ends_with(".html"))
    {
        let found = look::turned(&String::from_utf8_lossy(bytes));
        problems.extend(found.into_iter().map(|text| format!("{file}: {text}")));
    }
    problems.truncate(20);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(outcome.holding("\u{202e}").len() > 10);
}

#[test]
fn what_is_nested_or_multiplied_without_end_is_refused() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(50_000), close.repeat(50_000));
    let mut bomb = String::from("extra:\n  a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for i in 1..12 {
        let references = vec![format!("*a{}", i - 1); 9].join(",");
        bomb.push_str(&format!("  a{i}: &a{i} [{references}]\n"));
    }
    for fields in [
        format!("extra: {}", deep("[", "]")),
        format!("extra: {}", deep("{a: ", "}")),
        bomb,
    ] {
        let outcome = SiteTest::new()
            .article("a.md", &format!("date: 2019-01-01\n{fields}"))
            .build()
            .failed();
        assert_eq!(outcome.errors()[0].code, Code::BadFrontMatter);
    }
    let toml = format!(
        "+++\ntitle = \"A\"\ndate = 2019-01-01\nextra = {}\n+++\nText.\n",
        deep("[", "]")
    );
    let outcome = SiteTest::new()
        .write("content/articles/a.md", toml)
        .build()
        .failed();
    assert_eq!(outcome.errors()[0].code, Code::BadFrontMatter);
    for line in ["> ", "- ", "* "] {
        let body = format!(
            "---\ntitle: A\ndate: 2019-01-01\n---\n{}x\n",
            line.repeat(20_000)
        );
        let outcome = SiteTest::new()
            .write("content/articles/a.md", body)
            .build()
            .failed();
        assert_eq!(outcome.errors()[0].code, Code::TooDeep);
    }
}

#[test]
fn what_is_too_much_is_told_at_its_place() {
    let names: Vec<String> = (0..5000).map(|n| format!("N{n}")).collect();
    let many = format!("date: 2019-01-01\npeople: [{}]", names.join(", "));
    let long = format!("date: 2019-01-01\npeople: [{}]", "x".repeat(100_000));
    for fields in [many, long] {
        let outcome = SiteTest::new().article("a.md", &fields).build().failed();
        let error = outcome.errors()[0];
        assert_eq!(
            (error.code, error.span.as_ref().unwrap().line),
            (Code::TooMuch, 4)
        );
    }
    let article = "date: 2019-01-01\npeople: [A]";
    for row in ["x".repeat(3_000_000), "a|".repeat(20_000)] {
        let site = SiteTest::new().article("a.md", article).write(
            "content/people.csv",
            format!("name,description,aliases\nA,,\nB,,{row}\n"),
        );
        let outcome = site.build().failed();
        assert_eq!(outcome.errors()[0].code, Code::TooMuch);
    }
}

#[test]
fn a_template_reaches_nothing_but_templates() {
    for source in [
        "{% include \"/etc/passwd\" %}",
        "{% include \"../../site.toml\" %}",
        "{% extends \"../site.toml\" %}",
        "{{ get_env(name=\"PATH\") }}",
        "{{ load_data(path=\"/etc/passwd\") }}",
        "{{ get_file(path=\"/etc/passwd\") }}",
        "{{ now() }}",
    ] {
        let site = SiteTest::new()
            .article("a.md", "date: 2019-01-01")
            .write("templates/404.html", source);
        let outcome = site.build().failed();
        assert_eq!(outcome.errors()[0].code, Code::BadTemplate, "{source}");
    }
}
