//! What reference managers take from the page of an article: the tags in its head, and the files
//! that lie in the page.

use std::collections::BTreeMap;

use crate::driver::{Outcome, SiteTest};

const SETTINGS: &str = "title = \"The Archive\"\nbase_url = \"https://example.org/arch\"\n\
    [rights]\nlicense = \"https://creativecommons.org/licenses/by/4.0/\"\nholder = \"The Post\"\n";

const FIELDS: &str = "title: \"“Peace” & war: 100% {sure}?\"
date: 2019-02-28T10:30:00+07:00
authors: [Jane van der Doe, Kim Jong-un, Foreign Desk]
agencies: [Reuters, Efe]
section: World
people: [Ana]
language: fr
print: {publication: \"Le Matin\", issn: 1234-5678, edition: Late, volume: 13, issue: 40, page: A5-A7, section: B}
source_url: https://lematin.example/a?b=c&d=%20e
rights: {statement: \"© 2019 Le Matin\", license: \"https://creativecommons.org/licenses/by-sa/4.0/\"}";

const URL: &str = "/2019/02/28/paix/";
const WHOLE: &str = "https://example.org/arch/2019/02/28/paix/";

fn whole_site() -> Outcome {
    SiteTest::new()
        .write("site.toml", SETTINGS)
        .write(
            "content/authors/jane.md",
            "---\nname: Jane van der Doe\nsort_name: van der Doe, Jane\n---\n",
        )
        .write(
            "content/authors/kim.md",
            "---\nname: Kim Jong-un\nsort_name: Kim, Jong-un\nroles: [leader]\n---\n",
        )
        .write(
            "content/authors/desk.md",
            "---\nname: Foreign Desk\nsort_name: Desk, Foreign\n---\n",
        )
        .write(
            "content/articles/paix.md",
            format!("---\n{FIELDS}\n---\n\nTexte.\n"),
        )
        .article("bare.md", "date: unknown")
        .article("wire.md", "date: 1936-07\nagencies: [Reuters]")
        .build()
        .ok()
}

fn unescaped(html: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    signs
        .iter()
        .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| unescaped(value))
}

/// The `<meta>` elements of a page: every content of each key.
fn tags(page: &str) -> BTreeMap<String, Vec<String>> {
    let mut tags: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for tag in page.split("<meta").skip(1) {
        let key = attribute(tag, "name").or_else(|| attribute(tag, "property"));
        if let (Some(key), Some(content)) = (key, attribute(tag, "content")) {
            tags.entry(key).or_default().push(content);
        }
    }
    tags
}

/// The files that lie in a page, by the name under which they are saved.
fn files(page: &str) -> BTreeMap<String, (String, String)> {
    let links = page.split("<a href=\"data:").skip(1);
    links
        .map(|link| {
            let (uri, _) = link.split_once('"').unwrap();
            let (media_type, data) = uri.split_once(',').unwrap();
            let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~!$()*+,;=:@/?%".contains(c);
            assert!(data.chars().all(allowed), "{data}");
            let name = attribute(link, "download").unwrap();
            (name, (media_type.to_owned(), decoded(data)))
        })
        .collect()
}

fn decoded(data: &str) -> String {
    let mut pieces = data.split('%');
    let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        bytes.extend(piece[2..].bytes());
    }
    String::from_utf8(bytes).unwrap()
}

/// The rules by which Zotero's translators read a page (Embedded Metadata, RDF): which tag gives
/// which field, and which would spoil it.
#[test]
fn zotero_files_the_page_as_a_newspaper_article_with_its_fields() {
    let outcome = whole_site();
    let tags = tags(outcome.page(URL));
    let all = |key: &str| tags.get(key).cloned().unwrap_or_default();
    for (field, key, value) in [
        ("itemType", "z:itemType", "newspaperArticle"),
        ("type", "DC.type", "newsItem"),
        ("title", "DC.title", "“Peace” & war: 100% {sure}?"),
        ("publicationTitle", "prism.publicationName", "Le Matin"),
        ("date", "citation_publication_date", "2019/02/28"),
        ("date", "DC.date", "2019-02-28"),
        ("section", "article:section", "B"),
        ("edition", "prism.edition", "Late"),
        ("pages", "citation_firstpage", "A5"),
        ("pages", "citation_lastpage", "A7"),
        ("volume", "citation_volume", "13"),
        ("issue", "citation_issue", "40"),
        ("ISSN", "citation_issn", "1234-5678"),
        ("language", "citation_language", "fr"),
        ("language", "DC.language", "fr"),
        ("rights", "DC.rights", "© 2019 Le Matin"),
        ("url", "citation_public_url", WHOLE),
        ("url", "og:url", WHOLE),
        ("url", "DC.identifier", WHOLE),
        ("abstract", "og:description", "Texte."),
        ("libraryCatalog", "og:site_name", "The Archive"),
    ] {
        assert_eq!(all(key), [value], "{field} is read from {key}");
    }
    // One tag for each author, in the order of the byline. A name is parted at its comma; where
    // both sides hold a space it would become two authors, and where it is a body, none is.
    let authors = ["van der Doe, Jane", "Kim, Jong-un", "Foreign Desk"];
    assert_eq!(all("DC.creator"), authors);
    assert_eq!(all("citation_author"), authors);
    assert_eq!(all("DC.contributor"), ["Reuters", "Efe"]);
    assert_eq!(all("DC.subject"), ["Ana"]);
    // These would make another kind of item of it, or another paper.
    for spoils in [
        "citation_journal_title",
        "citation_conference_title",
        "citation_book_title",
        "citation_technical_report_institution",
        "citation_dissertation_institution",
        "citation_title",
        "citation_isbn",
        "DC.source",
        "dcterms.source",
    ] {
        assert_eq!(all(spoils), Vec::<String>::new(), "{spoils}");
    }
    for key in tags.keys() {
        let prefix = key.to_lowercase();
        assert!(
            !prefix.starts_with("bib") && !prefix.starts_with("eprint"),
            "{key}"
        );
    }
}

#[test]
fn what_is_not_known_has_no_tag_and_a_wire_service_signs_where_nobody_did() {
    let outcome = whole_site();
    let bare = tags(outcome.page("/undated/bare/"));
    for key in [
        "DC.creator",
        "citation_author",
        "DC.date",
        "citation_publication_date",
        "citation_firstpage",
        "citation_issn",
        "prism.edition",
        "article:section",
    ] {
        assert!(!bare.contains_key(key), "{key}");
    }
    assert_eq!(bare["prism.publicationName"], ["The Archive"]);
    assert_eq!(
        bare["DC.rights"],
        ["https://creativecommons.org/licenses/by/4.0/"]
    );
    let wire = tags(outcome.page("/1936/07/wire/"));
    assert_eq!(wire["citation_author"], ["Reuters"]);
    assert_eq!(wire["citation_publication_date"], ["1936/07"]);
    assert!(!wire.contains_key("DC.contributor"));
}

#[test]
fn the_head_says_what_to_cite_who_wrote_it_and_under_what_licence() {
    let outcome = whole_site();
    let page = outcome.page(URL);
    for link in [
        format!("<link rel=\"cite-as\" href=\"{WHOLE}\">"),
        "<link rel=\"author\" href=\"/arch/authors/kim/\">".into(),
        "<link rel=\"license\" href=\"https://creativecommons.org/licenses/by-sa/4.0/\">".into(),
    ] {
        assert!(page.contains(&link), "{link}");
    }
}

#[test]
fn the_files_in_the_page_hold_every_field() {
    let outcome = whole_site();
    let files = files(outcome.page(URL));
    let (media_type, ris) = &files["paix.ris"];
    assert_eq!(
        media_type,
        "application/x-research-info-systems;charset=utf-8"
    );
    assert!(ris.ends_with("\r\nER  - \r\n") && ris.starts_with("TY  - NEWS\r\n"));
    assert_eq!(ris.matches('\n').count(), ris.matches("\r\n").count());
    let fields: Vec<(&str, &str)> = ris.lines().map(|l| l.split_once("  - ").unwrap()).collect();
    assert_eq!(
        fields,
        [
            ("TY", "NEWS"),
            ("AU", "van der Doe, Jane"),
            ("AU", "Kim, Jong-un"),
            ("AU", "Foreign Desk"),
            ("TI", "“Peace” & war: 100% {sure}?"),
            ("T2", "Le Matin"),
            ("PY", "2019"),
            ("DA", "2019/02/28/"),
            ("SE", "B"),
            ("ET", "Late"),
            ("VL", "13"),
            ("IS", "40"),
            ("SP", "A5"),
            ("EP", "A7"),
            ("SN", "1234-5678"),
            ("LA", "fr"),
            ("DB", "The Archive"),
            (
                "N1",
                "News agency: Reuters, Efe. First online: https://lematin.example/a?b=c&d=%20e"
            ),
            ("UR", WHOLE),
            ("ER", ""),
        ]
    );
    let (media_type, bib) = &files["paix.bib"];
    assert_eq!(media_type, "application/x-bibtex;charset=utf-8");
    let lines: Vec<&str> = bib
        .lines()
        .map(|line| line.trim().trim_end_matches(','))
        .collect();
    assert_eq!(
        lines,
        [
            "@article{paix-2019-02-28",
            "entrysubtype = {newspaper}",
            "author = {van der Doe, Jane and Kim, Jong-un and {Foreign Desk}}",
            "title = {{“Peace” \\& war: 100\\% \\textbraceleft{}sure\\textbraceright{}?}}",
            "journaltitle = {Le Matin}",
            "date = {2019-02-28}",
            "edition = {Late}",
            "chapter = {B}",
            "volume = {13}",
            "number = {40}",
            "pages = {A5--A7}",
            "issn = {1234-5678}",
            "langid = {french}",
            "library = {The Archive}",
            "note = {News agency: Reuters, Efe. First online: https://lematin.example/a?b=c\\&d=\\%20e}",
            "rights = {© 2019 Le Matin}",
            "url = {https://example.org/arch/2019/02/28/paix/}",
            "}",
        ]
    );
    let (media_type, json) = &files["paix.json"];
    assert_eq!(
        media_type,
        "application/vnd.citationstyles.csl+json;charset=utf-8"
    );
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(
        json,
        serde_json::json!([{
            "id": "paix-2019-02-28",
            "type": "article-newspaper",
            "title": "“Peace” & war: 100% {sure}?",
            "author": [
                {"family": "van der Doe", "given": "Jane"},
                {"family": "Kim", "given": "Jong-un"},
                {"literal": "Foreign Desk"},
            ],
            "container-title": "Le Matin",
            "issued": {"date-parts": [[2019, 2, 28]]},
            "section": "B",
            "edition": "Late",
            "volume": "13",
            "issue": "40",
            "page": "A5-A7",
            "ISSN": "1234-5678",
            "language": "fr",
            "archive": "The Archive",
            "note": "News agency: Reuters, Efe. First online: https://lematin.example/a?b=c&d=%20e",
            "URL": WHOLE,
        }])
    );
}

#[test]
fn the_panel_shows_three_styles_the_address_and_the_files() {
    let outcome = whole_site();
    let page = outcome.page(URL);
    let (_, panel) = page.split_once("<details class=\"cite\">").unwrap();
    let (panel, _) = panel.split_once("</details>").unwrap();
    for text in [
        "van der Doe, Jane, Kim Jong-un, and Foreign Desk. “<bdi lang=\"fr\">‘Peace’ &amp; war: 100% {sure}?</bdi>” <cite>Le Matin</cite>, February 28, 2019, Late edition, sec. B, A5-A7. https://example.org/arch/2019/02/28/paix/.",
        "van der Doe, J., Kim, J.-u., &amp; Foreign Desk. (2019, February 28). <bdi lang=\"fr\">“Peace” &amp; war: 100% {sure}?</bdi> <cite>Le Matin</cite>, <i>13</i>(40), A5-A7. https://example.org/arch/2019/02/28/paix/",
        "van der Doe, Jane, et al. “<bdi lang=\"fr\">‘Peace’ &amp; war: 100% {sure}?</bdi>” <cite>Le Matin</cite>, Late ed., 28 Feb. 2019, sec. B, pp. A5-A7. <cite>The Archive</cite>, https://example.org/arch/2019/02/28/paix/.",
        "<a href=\"https://example.org/arch/2019/02/28/paix/\" dir=\"ltr\">",
    ] {
        assert!(panel.contains(text), "{text}\n{panel}");
    }
    assert_eq!(panel.matches("href=\"data:").count(), 3);
    assert_eq!(
        page.matches("“‘Peace’ &amp; war: 100% {sure}?” Le Matin, ")
            .count(),
        1
    );
}
