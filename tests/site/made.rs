//! Which pages a build makes that finds what an earlier one left: no more than may show what
//! changed.

use crate::driver::{Outcome, SiteTest};

const ARTICLES: usize = 60;

/// An archive whose articles are all about one person, so that each could be related to any other.
fn about_one_person(articles: usize) -> SiteTest {
    let articles = (0..articles).map(|n| (n, "An old headline"));
    let site = SiteTest::new();
    articles.fold(site, |site, (n, title)| {
        site.write(&file(n), story(n, title))
    })
}

fn file(n: usize) -> String {
    format!("content/articles/{n:02}.md")
}

fn story(n: usize, title: &str) -> String {
    let (month, day) = (n / 28 + 1, n % 28 + 1);
    format!(
        "---\ntitle: {title}\ndate: 2019-{month:02}-{day:02}\npeople: [Ada Low]\n---\n\nText.\n"
    )
}

fn pages_of_articles(outcome: &Outcome) -> usize {
    let pages = &outcome.built.as_ref().unwrap().timings.pages;
    pages.get("article.html").map_or(0, |(count, _)| *count)
}

#[test]
fn a_headline_is_written_where_it_stands_and_nowhere_else_is_looked() {
    let site = about_one_person(ARTICLES);
    assert_eq!(pages_of_articles(&site.build().ok()), ARTICLES);
    assert_eq!(pages_of_articles(&site.build().ok()), 0);
    let site = site.write(&file(30), story(30, "A new headline"));
    let warm = site.build().ok();
    let shown = warm.files.iter().filter(|(path, bytes)| {
        let text = String::from_utf8_lossy(bytes);
        path.starts_with("2019/")
            && path.matches('/').count() == 4
            && text.contains("A new headline")
    });
    let shown = shown.count();
    // Its own, that before and that after it, and those to which it is related.
    assert!((4..20).contains(&shown), "{shown}");
    assert_eq!(pages_of_articles(&warm), shown);
    let clean = site.build_anew(&site.path().join("clean"));
    assert_eq!(warm.files, clean.ok().files);
}

#[test]
fn an_article_more_moves_what_is_related_to_few_others() {
    let site = about_one_person(ARTICLES);
    site.build().ok();
    let site = site.write("content/articles/more.md", story(30, "One more"));
    let warm = site.build().ok();
    let made = pages_of_articles(&warm);
    assert!((3..20).contains(&made), "{made}");
    let clean = site.build_anew(&site.path().join("clean"));
    assert_eq!(warm.files, clean.ok().files);
}

/// What is remembered may be old, cut, overwritten or gone: that costs time and no page.
#[test]
fn whatever_becomes_of_what_is_remembered_the_pages_are_right() {
    let (old, new) = (story(3, "An old headline"), story(3, "A new headline"));
    let site = about_one_person(8).write(&file(3), &new);
    let right = site.build_anew(&site.path().join("clean")).ok().files;
    let site = site.write(&file(3), &old);
    site.build().ok();
    let remembered = site.path().join(".morgue");
    let names = std::fs::read_dir(&remembered).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().any(|name| name == "related"), "{names:?}");
    let damages: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes.clear(),
        |bytes| bytes.truncate(bytes.len() / 2),
        |bytes| {
            bytes
                .iter_mut()
                .skip(20)
                .step_by(64)
                .for_each(|byte| *byte ^= 1)
        },
        |bytes| bytes.extend(b"more"),
    ];
    let mut site = site;
    for name in names {
        for (number, damage) in damages.iter().enumerate() {
            let path = remembered.join(name.to_str().unwrap());
            let mut bytes = std::fs::read(&path).unwrap();
            damage(&mut bytes);
            std::fs::write(&path, bytes).unwrap();
            site = site.write(&file(3), &new);
            let outcome = site.build().ok();
            assert_eq!(outcome.files, right, "{name:?}, damage {number}");
            site = site.write(&file(3), &old);
            site.build().ok();
        }
    }
}
