//! Citations as the manuals print them, and what tries to break the files.

use std::borrow::Cow;

use super::name::{Name, Parts};
use super::{Source, apa, biblatex, chicago, csl, data_uri, mla, ris};
use crate::content::Date;

fn person<'a>(whole: &'a str, family: &'a str, given: &'a str) -> Name<'a> {
    Name {
        whole: Cow::Borrowed(whole),
        parts: Some(Parts {
            family: Cow::Borrowed(family),
            given: Cow::Borrowed(given),
            suffix: None,
            family_first: whole.starts_with(family),
        }),
    }
}

fn body(name: &str) -> Name<'_> {
    Name::whole(Cow::Borrowed(name))
}

fn some(text: &str) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(text))
}

fn source<'a>(authors: Vec<Name<'a>>, title: &'a str, date: &str) -> Source<'a> {
    Source {
        authors,
        title: Cow::Borrowed(title),
        headline: Cow::Borrowed(title),
        paper: Cow::Borrowed("The Morning Post"),
        date: Date::parse(date).ok(),
        language: "en",
        url: "https://example.org/a/".into(),
        slug: "a",
        ..Source::default()
    }
}

/// The three styles as text.
fn styles(source: &Source<'_>) -> [String; 3] {
    [
        chicago::style(source).into_text(),
        apa::style(source).into_text(),
        mla::style(source).into_text(),
    ]
}

#[test]
fn one_author_with_everything_in_print() {
    let mut source = source(
        vec![person("Jane Q. Doe", "Doe", "Jane Q.")],
        "Talks end",
        "2019-02-28",
    );
    source.edition = some("Late");
    source.printed_section = some("B");
    source.page = some("A1–A4");
    source.volume = some("13");
    source.issue = some("40");
    source.archive = some("The Archive");
    assert_eq!(
        styles(&source),
        [
            "Doe, Jane Q. “Talks end.” The Morning Post, February 28, 2019, Late edition, sec. B, A1–A4. https://example.org/a/.",
            "Doe, J. Q. (2019, February 28). Talks end. The Morning Post, 13(40), A1–A4. https://example.org/a/",
            "Doe, Jane Q. “Talks end.” The Morning Post, Late ed., 28 Feb. 2019, sec. B, pp. A1–A4. The Archive, https://example.org/a/.",
        ]
    );
    let html = apa::style(&source).html("en");
    assert!(
        html.contains("<cite>The Morning Post</cite>, <i>13</i>(40)"),
        "{html}"
    );
}

#[test]
fn nobody_signed() {
    assert_eq!(
        styles(&source(vec![], "Is it over?", "1936-07")),
        [
            "The Morning Post. “Is it over?” July 1936. https://example.org/a/.",
            "Is it over? (1936, July). The Morning Post. https://example.org/a/",
            "“Is it over?” The Morning Post, July 1936, https://example.org/a/.",
        ]
    );
}

#[test]
fn a_body_is_never_taken_apart() {
    let source = source(vec![body("Foreign Desk")], "It is over!", "1936");
    assert_eq!(
        styles(&source),
        [
            "Foreign Desk. “It is over!” The Morning Post, 1936. https://example.org/a/.",
            "Foreign Desk. (1936). It is over! The Morning Post. https://example.org/a/",
            "Foreign Desk. “It is over!” The Morning Post, 1936, https://example.org/a/.",
        ]
    );
    assert!(ris::file(&source).contains("\r\nAU  - Foreign Desk\r\n"));
    assert!(biblatex::file(&source).contains("author = {{Foreign Desk}},"));
    assert!(csl::file(&source).contains("\"author\":[{\"literal\":\"Foreign Desk\"}]"));
}

#[test]
fn dates_that_are_doubted_or_not_known() {
    let doubted = source(vec![body("A")], "T", "1936-07-18?");
    assert_eq!(
        styles(&doubted),
        [
            "A. “T.” The Morning Post, [July 18, 1936?]. https://example.org/a/.",
            "A. (ca. 1936, July 18). T. The Morning Post. https://example.org/a/",
            "A. “T.” The Morning Post, [18 July 1936?], https://example.org/a/.",
        ]
    );
    assert!(ris::file(&doubted).contains("DA  - 1936/07/18/uncertain\r\n"));
    assert!(biblatex::file(&doubted).contains("date = {1936-07-18?},"));
    assert!(
        csl::file(&doubted).contains("\"issued\":{\"date-parts\":[[1936,7,18]],\"circa\":true}")
    );
    let undated = source(vec![body("A")], "T", "unknown");
    assert_eq!(
        styles(&undated),
        [
            "A. “T.” The Morning Post, n.d. https://example.org/a/.",
            "A. (n.d.). T. The Morning Post. https://example.org/a/",
            "A. “T.” The Morning Post, https://example.org/a/.",
        ]
    );
    for file in [
        ris::file(&undated),
        biblatex::file(&undated),
        csl::file(&undated),
    ] {
        for date in ["PY  -", "DA  -", "date =", "issued"] {
            assert!(!file.contains(date), "{file}");
        }
    }
    let month = source(vec![], "T", "1936-07");
    assert!(ris::file(&month).contains("DA  - 1936/07//\r\n"));
    assert!(csl::file(&month).contains("\"date-parts\":[[1936,7]]"));
    assert!(biblatex::file(&month).contains("@article{a-1936-07,\n"));
}

#[test]
fn several_authors() {
    let doe = person("Jane Doe", "Doe", "Jane");
    let kim = person("Kim Jong-un", "Kim", "Jong-un");
    let two = source(vec![doe.clone(), kim.clone()], "T", "1936");
    let begin = |source: &Source<'_>| {
        styles(source).map(|style| {
            let end = style.find(['“', '(']).unwrap_or(style.len());
            style.get(..end).unwrap_or_default().trim_end().to_owned()
        })
    };
    assert_eq!(
        begin(&two),
        [
            "Doe, Jane, and Kim Jong-un.",
            "Doe, J., & Kim, J.-u.",
            "Doe, Jane, and Kim Jong-un."
        ]
    );
    let first = source(vec![kim, body("Reuters"), doe], "T", "1936");
    assert_eq!(
        begin(&first),
        [
            "Kim Jong-un, Reuters, and Jane Doe.",
            "Kim, J.-u., Reuters, & Doe, J.",
            "Kim Jong-un, et al."
        ]
    );
    let bodies = source(vec![body("Efe"), body("Reuters")], "T", "1936");
    assert_eq!(
        begin(&bodies),
        ["Efe and Reuters.", "Efe & Reuters.", "Efe and Reuters."]
    );
    let names: Vec<String> = (1..=22).map(|n| format!("N{n}")).collect();
    let many = source(names.iter().map(|name| body(name)).collect(), "T", "1936");
    let [chicago, apa, mla] = begin(&many);
    assert_eq!(chicago, "N1, N2, N3, N4, N5, N6, N7, et al.");
    assert!(apa.ends_with("N18, N19, . . . N22."), "{apa}");
    assert_eq!(mla, "N1, et al.");
    assert_eq!(ris::file(&many).matches("\r\nAU  - ").count(), 22);
}

#[test]
fn names_with_suffixes_particles_and_other_scripts() {
    let mut king = person("Martin Luther King Jr.", "King", "Martin Luther");
    if let Some(parts) = &mut king.parts {
        parts.suffix = some("Jr.");
    }
    assert_eq!(king.inverted(), "King, Martin Luther, Jr.");
    assert_eq!(king.initialled(), "King, M. L., Jr.");
    let king = source(vec![king], "T", "1963");
    assert!(biblatex::file(&king).contains("author = {King, Jr., Martin Luther},"));
    assert!(csl::file(&king).contains("\"suffix\":\"Jr.\""));
    assert!(
        chicago::style(&king)
            .into_text()
            .starts_with("King, Martin Luther, Jr. “")
    );
    let sartre = person("Jean-Paul Sartre", "Sartre", "Jean-Paul");
    assert_eq!(sartre.initialled(), "Sartre, J.-P.");
    let beethoven = person("Ludwig van Beethoven", "Beethoven", "Ludwig van");
    assert_eq!(beethoven.initialled(), "Beethoven, L. van");
    let rowling = person("J.K. Rowling", "Rowling", "J.K.");
    assert_eq!(rowling.initialled(), "Rowling, J. K.");
    assert_eq!(person("王芳", "王", "芳").initialled(), "王芳");
    let odd = person("Dots", "Dots", "...");
    assert_eq!(odd.initialled(), "Dots");
}

#[test]
fn headlines_with_signs_of_every_format() {
    let title = "“Yes”, says \"R&D\": 100% of {x} \\ <b>_#$~^";
    let source = source(vec![body("A & B")], title, "1936");
    let [chicago, apa, _] = styles(&source);
    assert!(
        chicago.contains("“‘Yes’, says ‘R&D’: 100% of {x} \\ <b>_#$~^.”"),
        "{chicago}"
    );
    assert!(apa.contains("“Yes”, says \"R&D\""), "{apa}");
    let html = chicago::style(&source).html("en");
    assert!(
        html.contains("A &amp; B. “‘Yes’") && html.contains("&lt;b&gt;"),
        "{html}"
    );
    let bib = biblatex::file(&source);
    assert!(
        bib.contains("R\\&D\": 100\\% of \\textbraceleft{}x\\textbraceright{} \\textbackslash{} <b>\\_\\#\\$\\textasciitilde{}\\textasciicircum{}}},"),
        "{bib}"
    );
    let json: serde_json::Value = serde_json::from_str(&csl::file(&source)).unwrap_or_default();
    assert_eq!(json[0]["title"], title);
}

#[test]
fn a_text_of_several_lines_is_one_line() {
    assert_eq!(
        super::line(" a\r\nTY  - BOOK\u{0}\u{2028}b ").as_deref(),
        Some("a TY - BOOK b")
    );
    assert_eq!(super::line("a b").as_deref(), Some("a b"));
    assert_eq!(super::line(" \n "), None);
    assert_eq!(super::line("\u{1}"), None);
}

#[test]
fn what_runs_from_right_to_left_stays_in_one_piece() {
    let mut arabic = source(vec![body("جين دو")], "هل انتهت الحرب؟", "1936-07-18");
    arabic.language = "ar";
    arabic.paper = Cow::Borrowed("الأهرام");
    assert_eq!(
        chicago::style(&arabic).html("ar"),
        "<bdi>جين دو</bdi>. “<bdi lang=\"ar\">هل انتهت الحرب؟</bdi>” <cite dir=\"auto\">الأهرام</cite>, July 18, 1936. https://example.org/a/."
    );
    assert!(biblatex::file(&arabic).contains("langid = {arabic},"));
    let french = source(vec![], "L’été", "1936");
    assert!(
        mla::style(&french)
            .html("fr")
            .starts_with("“<bdi lang=\"fr\">L’été</bdi>.”")
    );
}

#[test]
fn pages_and_ranges_of_pages() {
    let mut source = source(vec![], "T", "1936");
    for (page, range) in [
        ("A1–A4", Some(("A1", "A4"))),
        ("5-6", Some(("5", "6"))),
        ("A-5", None),
        ("A1, A4", None),
        ("1-2-3", None),
        ("12", None),
    ] {
        source.page = some(page);
        assert_eq!(source.page_range(), range, "{page}");
    }
    source.page = some("5-6");
    assert!(biblatex::file(&source).contains("pages = {5--6},"));
    assert!(ris::file(&source).contains("SP  - 5\r\nEP  - 6\r\n"));
}

#[test]
fn keys_are_ascii_and_hold_the_date() {
    let mut source = source(vec![], "T", "2019-04-25");
    for (slug, key) in [
        ("putin-kim", "putin-kim-2019-04-25"),
        ("été_%{}", "ete-2019-04-25"),
        ("%", "article-2019-04-25"),
    ] {
        source.slug = slug;
        assert_eq!(source.key(), key);
    }
    source.slug = "会谈";
    assert!(
        source.key().is_ascii() && source.key().len() > 11,
        "{}",
        source.key()
    );
}

#[test]
fn a_data_address_holds_any_text() {
    assert_eq!(
        data_uri::data_uri("text/plain", "a b\r\n\"<é>&'%#/?:,王"),
        "data:text/plain;charset=utf-8,a%20b%0D%0A%22%3C%C3%A9%3E%26%27%25%23/?:,%E7%8E%8B"
    );
}
