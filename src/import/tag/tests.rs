use super::*;

fn names() -> Names {
    let mut russia = Entry::other("places", "Russia", vec![]);
    russia.demonyms = vec!["Russian".into()];
    russia.seats = vec!["Moscow".into()];
    Names::new(vec![
        Entry::person("Vladimir Putin", vec![], Some("Putin, Vladimir")),
        Entry::person("Kim Jong-un", vec!["金正恩".into()], Some("Kim, Jong-un")),
        Entry::person("Kim Jong-il", vec![], Some("Kim Jong-il")),
        russia,
        Entry::other("places", "Turkey", vec![]),
        Entry::other("places", "Vladivostok", vec![]),
        Entry::other("topics", "Diplomacy", vec![]),
    ])
    .unwrap()
}

fn read(title: &str, dateline: &str, text: &str) -> Vec<(String, bool, usize)> {
    let tags = tags(title, dateline, text, &names());
    tags.into_iter()
        .map(|tag| (tag.name, tag.about, tag.evidence.len()))
        .collect()
}

#[test]
fn a_later_family_name_is_the_person_named_before() {
    let text = "President Vladimir Putin met Kim Jong-un. Putin spoke first. Kim’s late father, Kim Jong-il, had come in 2011. Then Kim left.";
    let found = read("Putin meets Kim", "", text);
    assert_eq!(
        found,
        [
            ("Vladimir Putin".to_owned(), true, 3),
            ("Kim Jong-un".to_owned(), true, 4),
            ("Kim Jong-il".to_owned(), true, 1),
        ]
    );
}

#[test]
fn somebody_elses_first_name_is_somebody_else() {
    let found = read("", "", "Vladimir Putin spoke. Lyudmila Putin did not.");
    assert_eq!(found, [("Vladimir Putin".to_owned(), true, 1)]);
}

#[test]
fn words_have_borders_and_names_have_capitals() {
    assert_eq!(read("", "", "They ate turkey in Turkeyville."), []);
    assert_eq!(
        read("TURKEY VOTES", "", "Nothing more."),
        [("Turkey".to_owned(), true, 1)]
    );
    assert_eq!(
        read("", "", "昨天金正恩到达。"),
        [("Kim Jong-un".to_owned(), true, 1)]
    );
}

#[test]
fn a_dateline_is_evidence_of_a_place() {
    let tags = tags("", "MOSCOW, April 25", "The train left.", &names());
    assert_eq!(tags.len(), 1);
    assert_eq!((tags[0].name.as_str(), tags[0].about), ("Russia", false));
    assert_eq!(tags[0].evidence[0].rule, "dateline");
}

#[test]
fn what_is_named_in_passing_is_no_tag_of_a_place() {
    let text = format!(
        "{} Vladivostok was far.",
        "Nothing happened here. ".repeat(20)
    );
    assert_eq!(read("", "", &text), []);
    assert_eq!(read("", "", &format!("{text} {text}")).len(), 1);
}

proptest::proptest! {
    #[test]
    fn no_text_panics(title in "\\PC{0,40}", text in "[ A-Za-zİß金-]{0,200}") {
        for tag in tags(&title, &title, &text, &names()) {
            for evidence in tag.evidence {
                let whole = match evidence.part { Part::Text => &text, _ => &title };
                proptest::prop_assert!(whole[evidence.offset..].starts_with(&evidence.text));
            }
        }
    }

    #[test]
    fn no_table_panics(table in "(name|kind|aliases|[a-z\t,|\"]){0,20}\n[\\PC\n]{0,80}") {
        let _ = gazetteer(&table);
    }
}
