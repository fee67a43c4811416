use super::*;

fn read(text: &str, path: &str) -> Cleaned {
    let phrases = Phrases::built_in();
    let learned = Learned::default();
    let rules = Rules {
        phrases: &phrases,
        learned: &learned,
        source: "",
        keep: false,
    };
    clean(text, Utf8Path::new(path), &rules)
}

#[test]
fn a_scraped_page_gives_its_article() {
    let text = "\u{a0}\nShare this story\nFerry to stop in May | The Harbour Gazette\nFerry to stop in May\nBy Jane Doe\nPublished: 26 Feb 2019\n\nMoscow: The ferry stops, Efe reported.\n\nAdvertisement\n\nIt was old.\nAlso read: Another story\n";
    let article = read(text, "ferry.txt");
    assert_eq!(article.title, "Ferry to stop in May");
    assert_eq!(article.authors, ["Jane Doe"]);
    assert_eq!(article.agencies, ["Efe"]);
    assert_eq!(article.dateline.as_deref(), Some("Moscow"));
    assert_eq!(
        article.date.map(|d| d.iso_date()).as_deref(),
        Some("2019-02-26")
    );
    assert_eq!(
        markdown(&article.blocks),
        "The ferry stops, Efe reported.\n\nIt was old.\n"
    );
    let rules: Vec<&str> = article
        .removed
        .iter()
        .map(|removed| removed.rule.name())
        .collect();
    assert_eq!(
        rules,
        [
            "blank",
            "furniture",
            "headline",
            "repeated",
            "byline",
            "date",
            "dateline",
            "furniture",
            "furniture"
        ]
    );
}

#[test]
fn a_day_of_the_week_is_no_date() {
    let article = read(
        "Ferry stops\n\nThe ferry stopped on Thursday.\n",
        "ferry.txt",
    );
    assert_eq!(article.date, None);
    assert_eq!(
        article.doubts,
        [Doubt::NoDate(Some((3, "Thursday".into())))]
    );
}

proptest::proptest! {
    /// Every line of the file is in the body or among what was removed.
    #[test]
    fn no_word_is_lost(text in "([A-Za-zé0-9,.:|()«» -]{0,40}\n){0,12}") {
        let article = read(&text, "a.txt");
        let mut kept = article.removed.iter().map(|removed| removed.text.clone()).collect::<Vec<_>>();
        for block in &article.blocks {
            match block {
                Block::Paragraph(text) => kept.push(text.clone()),
                Block::Table(rows) | Block::List(rows) => kept.extend(rows.iter().cloned()),
            }
        }
        let words = |text: &str| {
            let mut words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
            words.sort();
            words
        };
        proptest::prop_assert_eq!(words(&kept.join(" ")), words(&text));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,200}", name in "\\PC{0,20}") {
        read(&text, &name);
    }
}
