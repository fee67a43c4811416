//! Pages of two terms at once.

use std::collections::{BTreeMap, BTreeSet};

use morgue::diagnostics::Code;

use crate::driver::{SETTINGS, SiteTest};

/// The people of each of forty articles: small numbers that make every sort of pair.
fn people(article: u32) -> Vec<&'static str> {
    let names = ["Ana", "Bo", "Cy", "Di", "Eve", "Fay"];
    let each = names.iter().enumerate();
    each.filter(|(n, _)| article.is_multiple_of(u32::try_from(*n).unwrap() + 2))
        .map(|(_, name)| *name)
        .collect()
}

fn crowd() -> SiteTest {
    (1..=40).fold(SiteTest::new(), |site, n| {
        let fields = format!(
            "date: 2019-{:02}-{:02}\npeople: [{}]",
            n % 12 + 1,
            n % 28 + 1,
            people(n).join(", ")
        );
        site.article(&format!("a{n}.md"), &fields)
    })
}

/// Which articles of the forty have both.
fn shared(a: &str, b: &str) -> BTreeSet<u32> {
    let has = |n: &u32| people(*n).contains(&a) && people(*n).contains(&b);
    (1..=40).filter(has).collect()
}

#[test]
fn a_pair_has_the_articles_that_both_have_and_none_below_the_minimum() {
    let outcome = crowd().build().ok();
    let names = ["Ana", "Bo", "Cy", "Di", "Eve", "Fay"];
    let mut pages = 0;
    for (i, a) in names.iter().enumerate() {
        for b in &names[i + 1..] {
            let both = shared(a, b);
            let url = format!("/people/{}/with/{}/", a.to_lowercase(), b.to_lowercase());
            let back = format!("/people/{}/with/{}/", b.to_lowercase(), a.to_lowercase());
            assert!(!outcome.has(&back), "{back}");
            assert_eq!(outcome.has(&url), both.len() >= 3, "{url}: {both:?}");
            if both.len() < 3 {
                continue;
            }
            pages += 1;
            let page = outcome.page(&url);
            let named = |n: &u32| {
                page.contains(&format!(">a{n} md<")) || page.contains(&format!(">a{n}.md<"))
            };
            let found: BTreeSet<u32> = (1..=40).filter(named).collect();
            assert_eq!(found, both, "{url}");
            for one in [a, b] {
                let term = outcome.page(&format!("/people/{}/", one.to_lowercase()));
                assert!(
                    term.contains(&format!("href=\"{url}\"")),
                    "{url} from {one}"
                );
            }
            let latest = both.iter().map(|n| (n % 12 + 1, n % 28 + 1)).max();
            let (month, day) = latest.unwrap_or_default();
            let entry = format!(
                "<loc>https://example.org{url}</loc>\n  <lastmod>2019-{month:02}-{day:02}</lastmod>"
            );
            assert_eq!(outcome.holding(&entry).len(), 1, "{entry}");
        }
    }
    assert!(pages > 5, "{pages}");
}

#[test]
fn settings_choose_how_many_and_none_at_all() {
    let pairs = |settings: &str| -> usize {
        let site = crowd().write(
            "site.toml",
            format!("{SETTINGS}[intersections]\n{settings}\n"),
        );
        let outcome = site.build().ok();
        let files = outcome.files.keys();
        files.filter(|file| file.contains("/with/")).count()
    };
    assert_eq!(pairs("most = 0"), 0);
    let few = pairs("most = 1\nminimum = 1");
    assert!((1..=6).contains(&few), "{few}");
    assert!(pairs("minimum = 1") > pairs("minimum = 6"));
}

#[test]
fn a_person_and_a_place_are_told_apart_and_the_hidden_have_no_pair() {
    let mut site = SiteTest::new().write(
        "content/people/secret.md",
        "---\nname: Secret\nhidden: true\n---\n",
    );
    for day in 1..=4 {
        site = site.article(
            &format!("{day}.md"),
            &format!(
                "date: 2019-01-{day:02}\npeople: [Washington, Ana, Secret]\nplaces: [Washington]"
            ),
        );
    }
    let outcome = site.build().ok();
    for url in [
        "/people/ana/with/washington/",
        "/people/ana/with/places/washington/",
        "/people/washington/with/places/washington/",
    ] {
        assert!(outcome.has(url), "{url}");
    }
    assert!(outcome.files.keys().all(|file| !file.contains("secret")));
}

#[test]
fn a_pair_changes_only_with_its_own_articles() {
    let site = crowd();
    let before = site.build().ok().files;
    let site = site.article("new.md", "date: 2019-06-15\npeople: [Ana, Bo]");
    let after = site.build().ok().files;
    let changed = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        let pairs = files.iter().filter(|(file, _)| file.contains("/with/"));
        pairs
            .filter(|(file, bytes)| before.get(*file) != Some(*bytes))
            .map(|(file, _)| file.clone())
            .collect()
    };
    assert_eq!(changed(&after), ["people/ana/with/bo/index.html"]);
}

#[test]
fn what_the_site_has_itself_is_never_taken() {
    let page = "---\ntitle: Ours\n---\n\nOurs.\n";
    let mut site = SiteTest::new()
        .write("content/pages/years.md", page)
        .write("content/static/coverage/index.html", "ours")
        .write(
            "content/pages/pair.md",
            "---\ntitle: Ours\nurl: /people/ana/with/bo/\n---\n\nOurs.\n",
        );
    for day in 1..=3 {
        site = site.article(
            &format!("{day}.md"),
            &format!("date: 2019-01-{day:02}\npeople: [Ana, Bo]"),
        );
    }
    let outcome = site.build().ok();
    assert_eq!(outcome.found(Code::GivesWay).len(), 3);
    assert!(outcome.page("/years/").contains("Ours."));
    assert_eq!(outcome.page("/coverage/"), "ours");
    assert!(outcome.page("/people/ana/with/bo/").contains("Ours."));
    assert!(!outcome.page("/people/ana/").contains("shared with"));
}
