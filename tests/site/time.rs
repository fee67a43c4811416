//! Years, months, days, and what is missing among them.

use std::collections::BTreeMap;

use morgue::archive::{Archive, Selection};
use morgue::config::Config;

use crate::driver::{Outcome, SiteTest};

/// Articles on uneven days of three years, with a gap of a whole year, some partly dated.
fn uneven() -> SiteTest {
    let mut site = SiteTest::new();
    for n in 1..=60_u32 {
        let year = if n % 3 == 0 { 2016 } else { 2018 };
        let byline = if n % 4 == 0 { "\nauthors: [Desk]" } else { "" };
        let topic = if n % 5 == 0 { "\ntopics: [Rain]" } else { "" };
        let language = if n % 10 == 0 { "\nlanguage: fr" } else { "" };
        let fields = format!(
            "date: {year}-{:02}-{:02}{byline}{topic}{language}",
            n % 4 * 2 + 1,
            n * n % 17 + 1
        );
        site = site.article(&format!("{n}.md"), &fields);
    }
    site.article("partly.md", "date: 2018-04")
        .article("hardly.md", "date: 2016?")
        .article("never.md", "date: unknown")
}

fn archive(site: &SiteTest) -> Archive {
    let config = Config::load(site.path()).unwrap();
    let selection = Selection {
        now: site.now.parse().unwrap(),
        drafts: false,
        future: false,
    };
    let (content, _) = morgue::content::read(&config, None);
    Archive::new(content, &config, &selection).0
}

/// The days of an archive with how many articles each has.
fn days(archive: &Archive) -> BTreeMap<(i16, i8, i8), usize> {
    let mut days = BTreeMap::new();
    for article in &archive.articles {
        let Some(date) = article.content.date else {
            continue;
        };
        if let (Some(month), Some(day)) = (date.month(), date.day()) {
            *days.entry((date.year(), month, day)).or_default() += 1;
        }
    }
    days
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let parts = text.split(from).skip(1);
    parts
        .filter_map(|part| part.split_once(to).map(|(found, _)| found))
        .collect()
}

#[test]
fn the_days_of_a_calendar_are_those_of_the_archive() {
    let site = uneven();
    let archive = archive(&site);
    let outcome = site.build().ok();
    let days = days(&archive);
    let mut found = BTreeMap::new();
    let months: std::collections::BTreeSet<(i16, i8)> = days.keys().map(|d| (d.0, d.1)).collect();
    for (year, month) in months {
        let page = outcome.page(&format!("/{year}/{month:02}/"));
        for cell in between(page, &format!("<a href=\"/{year}/{month:02}/"), "</a>") {
            let Some((day, rest)) = cell.split_once("/\">") else {
                continue;
            };
            let count = between(rest, "<span class=\"n\" aria-hidden=\"true\">", "</span>");
            if let (Ok(day), [count]) = (day.parse::<i8>(), count.as_slice()) {
                found.insert((year, month, day), count.parse::<usize>().unwrap());
            }
        }
        // Seven days to a week, and every day of the month once.
        assert_eq!(page.matches("<th scope=\"col\"><abbr").count(), 7);
    }
    assert_eq!(found, days);
    for (year, month, day) in days.keys() {
        assert!(outcome.has(&format!("/{year}/{month:02}/{day:02}/")));
        let url = format!("href=\"/{year}/{month:02}/{day:02}/\" tabindex=\"-1\"");
        assert!(outcome.page(&format!("/{year}/")).contains(&url), "{url}");
    }
}

#[test]
fn all_years_count_every_month_and_show_the_gap() {
    let site = uneven();
    let archive = archive(&site);
    let page = site.build().ok();
    let page = page.page("/years/");
    for ((year, month), count) in archive.by_month(archive.dated()) {
        let url = format!("href=\"/{year}/{month:02}/\"");
        let cell = between(page, &url, "</a>");
        assert!(
            cell[0].ends_with(&format!(": {count}</span>")),
            "{}",
            cell[0]
        );
    }
    assert!(page.contains("<th scope=\"row\">2017</th>"), "{page}");
}

#[test]
fn coverage_is_what_a_recount_finds() {
    let site = uneven();
    let archive = archive(&site);
    let coverage = archive.coverage("en");
    let count = |lacks: &dyn Fn(&morgue::archive::Article) -> bool| {
        archive.articles.iter().filter(|a| lacks(a)).count()
    };
    let has = |article: &morgue::archive::Article, taxonomy: &str| {
        article
            .terms
            .iter()
            .any(|t| archive.taxonomy_of(*t).name == taxonomy)
    };
    let total = coverage.total;
    assert_eq!(total.articles, 63);
    assert_eq!(coverage.undated.articles, 1);
    assert_eq!((total.partly_dated, total.uncertain), (2, 1));
    assert_eq!(total.without_byline, count(&|a| !has(a, "authors")));
    assert_eq!(total.untagged, count(&|a| !has(a, "topics")));
    assert_eq!(total.without_section, 63);
    assert_eq!(
        total.other_languages,
        count(&|a| a.content.language.is_some())
    );
    let by_year: usize = coverage.years.iter().map(|y| y.lacks.articles).sum();
    assert_eq!(by_year + 1, total.articles);
    // Every day of 2016 may be that of the article dated to the year, and April 2018 is not empty.
    let gaps: Vec<_> = coverage.gaps.iter().map(|gap| (gap.from, gap.to)).collect();
    assert_eq!(
        gaps,
        [
            ((2017, 1), (2017, 12)),
            ((2018, 2), (2018, 2)),
            ((2018, 6), (2018, 6))
        ]
    );
    let silence = coverage.silence.unwrap();
    assert_eq!(silence.from.to_string(), "2017-01-01");
    let first = days(&archive)
        .keys()
        .find(|d| d.0 == 2018)
        .copied()
        .unwrap();
    assert_eq!(
        silence.to,
        jiff::civil::date(first.0, first.1, first.2)
            .yesterday()
            .unwrap()
    );
    let page = site.build().ok();
    let page = page.page("/coverage/");
    assert!(
        page.contains(&format!(">{}</td>", total.without_byline)),
        "{page}"
    );
}

/// The numbers of the chart of a page, by the label of each bar; those drawn and those written
/// are held against each other.
fn chart(outcome: &Outcome, url: &str) -> Vec<(String, usize)> {
    let page = outcome.page(url);
    let svg = between(page, "<svg class=\"chart\"", "</svg>")[0];
    let drawn: Vec<(String, usize)> = between(svg, "<title>", "</title>")
        .into_iter()
        .filter_map(|title| title.rsplit_once(": "))
        .map(|(label, count)| (label.to_owned(), count.parse().unwrap()))
        .collect();
    let table = between(page, "<div class=\"year-table\">", "</table>")[0];
    let rows = between(table, "<tr><th scope=\"row\">", "</tr>");
    let written: Vec<(String, usize)> = rows
        .into_iter()
        .map(|row| {
            let (label, rest) = row.split_once("</th><td>").unwrap();
            let label = label.trim_end_matches("</a>");
            let label = label.rsplit('>').next().unwrap().to_owned();
            (label, rest.trim_end_matches("</td>").parse().unwrap())
        })
        .collect();
    assert_eq!(drawn, written);
    written
}

#[test]
fn charts_say_what_the_shelves_hold() {
    let mut site = SiteTest::new();
    for n in 0..30_u32 {
        let years = format!("date: {}-05-01\npeople: [Long]", 1990 + n % 7 * 2);
        let months = format!("date: 2019-{:02}-02\npeople: [Short]", n % 5 * 2 + 1);
        site = site
            .article(&format!("l{n}.md"), &years)
            .article(&format!("s{n}.md"), &months);
    }
    let archive = archive(&site);
    let outcome = site.build().ok();
    let term = |name: &str| archive.terms.iter().find(|t| t.name == name).unwrap();
    let by_year = archive.by_year(term("Long").articles.iter().copied());
    let by_year: Vec<(String, usize)> = by_year
        .into_iter()
        .map(|(y, n)| (y.to_string(), n))
        .collect();
    assert_eq!(chart(&outcome, "/people/long/"), by_year);
    let months = ["January", "March", "May", "July", "September"];
    let by_month: Vec<(String, usize)> = months.iter().map(|m| (format!("{m} 2019"), 6)).collect();
    assert_eq!(chart(&outcome, "/people/short/"), by_month);
}

#[test]
fn a_day_leads_with_its_longest_story_and_keeps_its_sections() {
    let long = |title: &str, words: usize, fields: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2019-04-25\n{fields}\n---\n\n{}\n",
            "word ".repeat(words)
        )
    };
    let site = SiteTest::new()
        .write(
            "content/articles/a.md",
            long("Brief", 900, "kind: brief\nsection: Sport"),
        )
        .write("content/articles/b.md", long("Lead", 300, "section: World"))
        .write(
            "content/articles/c.md",
            long("Second", 200, "section: World"),
        )
        .write(
            "content/articles/d.md",
            long("Third", 100, "section: World"),
        )
        .write(
            "content/articles/e.md",
            long("Fourth", 90, "section: World"),
        )
        .write("content/articles/f.md", long("Fifth", 80, "section: World"));
    let outcome = site.build().ok();
    let page = outcome.page("/2019/04/25/");
    assert!(page.contains("<h1>Thursday, April 25, 2019</h1>"), "{page}");
    let at = |text: &str| page.find(&format!(">{text}</a>")).unwrap();
    let order = [
        "Lead", "Second", "Third", "Fourth", "World", "Fifth", "Sport", "Brief",
    ];
    let places: Vec<usize> = order.iter().map(|text| at(text)).collect();
    // The sections stand in the order of their names; the doors above are no stories.
    assert!(
        places[..4].is_sorted() && places[4..6].is_sorted() && places[6..].is_sorted(),
        "{places:?}"
    );
    let lead = between(page, "<div class=\"lead\">", "<div class=\"seconds\">")[0];
    assert!(lead.contains(">Lead</a>"), "{lead}");
    assert!(
        outcome
            .page("/sections/world/")
            .contains("<div class=\"lead\">")
    );
}

#[test]
fn only_the_front_page_knows_which_day_it_is() {
    let mut site = SiteTest::new()
        .article("a.md", "date: 1999-01-01")
        .article("b.md", "date: 2009-01-01")
        .article("c.md", "date: 2009-03-05");
    let first = site.build().ok();
    let today = between(first.page("/"), "<ol class=\"anniversaries\">", "</ol>")[0];
    assert!(
        today.contains(">2009</a>") && today.contains(">1999</a>"),
        "{today}"
    );
    site.now = "2026-01-02T00:00:00Z";
    let second = site.build().ok();
    let today = between(second.page("/"), "<ol class=\"anniversaries\">", "</ol>")[0];
    assert!(today.contains("/2009/03/05/"), "{today}");
    let differs = |file: &&String| {
        first.files.get(*file) != second.files.get(*file) && file.ends_with(".html")
    };
    let changed: Vec<&String> = first.files.keys().filter(differs).collect();
    assert_eq!(changed, ["index.html"]);
}
