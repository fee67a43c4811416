use super::*;

fn holds(text: &str, name: &str, form: Form) -> bool {
    let patterns = Patterns::new(&[pattern(name).unwrap()]).unwrap();
    let words = Words::of(text.as_bytes(), form);
    let found = patterns.any(&words.text) || patterns.any(&words.aside);
    // Whatever is found is let through by the quick look.
    assert!(!found || Sieve::new(&[pattern(name).unwrap()]).lets_through(text.as_bytes(), form));
    found
}

#[test]
fn a_name_is_found_however_it_is_written() {
    for text in [
        "Kim Jong-un",
        "said kim jong un.",
        "KIM\nJONG-UN",
        "<b>Kim</b> Jong-<i>u</i>n",
        "Kim&nbsp;Jong&#8209;un",
        "K&#105;m &amp;#74;ong un",
        "href=\"/people/kim-jong-un/\"",
        "<img alt=\"Kim Jong-un\">",
        "Kim%20Jong%2Dun",
        "Kim%2520Jong%252Dun",
        "{\"name\":\"Kim\\u0020Jong-\\u0075n\"}",
        "Kim\\nJong-un",
        "Ki\u{AD}m Jong\u{2011}un",
        "Kim_Jong_un",
    ] {
        assert!(holds(text, "Kim Jong-un", Form::Page), "{text}");
    }
    for text in [
        "Kim Jongun",
        "Akim Jong-un",
        "Kim Jong-unit",
        "Kim and Jong-un",
    ] {
        assert!(!holds(text, "Kim Jong-un", Form::Page), "{text}");
    }
}

#[test]
fn accents_case_and_composition_are_folded() {
    for text in [
        "José Müller",
        "Jose\u{301} Mu\u{308}ller",
        "JOSE MULLER",
        "Jos&eacute; M&uuml;ller",
        "Jos%C3%A9+M%C3%BCller",
        "Jos\\u00e9 M\\u00fcller",
        "jose-muller",
    ] {
        assert!(holds(text, "José Müller", Form::Page), "{text}");
    }
    assert!(holds("STRASSE", "Straße", Form::Page));
    assert!(Words::of(b"Jos\xE9", Form::Page).text == b" jose ");
}

#[test]
fn scripts_without_spaces_are_looked_through_by_characters() {
    assert!(holds("昨日王芳说", "王芳", Form::Page));
    assert!(holds("%E7%8E%8B%E8%8A%B3", "王芳", Form::Page));
    assert!(!holds("王方", "王芳", Form::Page));
    assert!(holds("김정은이 말했다", "김정은", Form::Page));
    assert!(holds("وقال والبرادعي", "البرادعي", Form::Page));
}

#[test]
fn markdown_is_looked_through() {
    for text in [
        "**Kim** Jong-un",
        "*Kim Jong*-un",
        "[Kim](/x) Jong-un",
        "[x](/people/kim-jong-un/)",
        "![Kim Jong-un](a.jpg)",
        "K\\*im [Kim Jong-un][1]",
        "Kim\\\nJong-un",
    ] {
        assert!(holds(text, "Kim Jong-un", Form::Markdown), "{text}");
    }
}

#[test]
fn places_are_those_in_the_text() {
    let text = "Said **K&#105;m** [Jong](/kim-jong/)-un then";
    let patterns = Patterns::new(&[pattern("Kim Jong-un").unwrap()]).unwrap();
    let spots = Marked::spots(text.as_bytes(), Form::Markdown, &patterns);
    assert_eq!(spots.len(), 1, "{spots:?}");
    assert_eq!(
        &text[spots[0].at.clone()],
        "K&#105;m** [Jong](/kim-jong/)-un"
    );
    assert!(!spots[0].aside);
}

proptest::proptest! {
    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        for form in [Form::Page, Form::Markdown] {
            let words = Words::of(&bytes, form);
            proptest::prop_assert!(words.text.starts_with(b" ") && words.text.ends_with(b" "));
            let patterns = Patterns::new(&[" a ", " e "]).unwrap();
            for spot in Marked::spots(&bytes, form, &patterns) {
                proptest::prop_assert!(spot.at.start < spot.at.end && spot.at.end <= bytes.len());
            }
        }
    }

    /// Whichever way patterns are looked for, the same is found at the same places.
    #[test]
    fn many_patterns_are_found_as_few_are(
        patterns in proptest::collection::vec("( ?[ab]{1,2}){1,6} ?", 1..9),
        text in "( [ab]{1,3}){0,30} ",
    ) {
        let sorted = |patterns: &Patterns| {
            let found = patterns.find(text.as_bytes()).map(|(index, at)| (index, at.start, at.end));
            let mut found: Vec<(usize, usize, usize)> = found.collect();
            found.sort_unstable();
            found
        };
        let (few, many) = (Patterns::new(&patterns).unwrap(), Patterns::many(&patterns).unwrap());
        proptest::prop_assert_eq!(sorted(&few), sorted(&many));
        proptest::prop_assert_eq!(few.any(text.as_bytes()), many.any(text.as_bytes()));
    }

    #[test]
    fn a_text_is_found_in_itself(before in "[ -~]{0,20}", name in "[A-Za-zé-ü]{3,8} [A-Za-zé-ü]{3,8}", after in "[ .,]{0,9}") {
        let text = format!("{} {name} {after}", before.replace(['<', '&', '\\', '%'], " "));
        proptest::prop_assert!(holds(&text, &name, Form::Page), "{}", text);
    }
}
