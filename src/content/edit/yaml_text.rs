//! Values as YAML that reads back as the same text.

/// A text in quotation marks. JSON's escapes are YAML's (YAML 1.2 §5.7); what YAML may not hold
/// as it is, the names and titles given here have lost before.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for sign in text.chars() {
        match sign {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // Line ends of Unicode and the byte order mark mean something else to YAML.
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(sign)));
            }
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

/// A name bare where nothing can misread it, else in quotation marks.
pub(crate) fn name(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '’' | '\'');
    let bare = text.starts_with(char::is_alphabetic)
        && text.ends_with(char::is_alphanumeric)
        && text.chars().all(plain)
        && !is_word(text);
    if bare { text.to_owned() } else { quoted(text) }
}

/// Whether some reader of YAML takes the text for something else than a text.
pub(crate) fn is_word(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf", "unknown",
    ];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A list on one line.
pub(crate) fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|text| name(text)).collect();
    format!("[{}]", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::name::tidy;

    proptest::proptest! {
        #[test]
        fn texts_read_back(text in ".{0,40}") {
            let text = tidy(&text);
            for yaml in [quoted(&text), name(&text)] {
                let source = format!("key: {yaml}\n");
                let read: serde_yaml::Value = serde_yaml::from_str(&source).unwrap();
                proptest::prop_assert_eq!(read["key"].as_str(), Some(text.as_str()));
            }
        }
    }

    #[test]
    fn names_are_bare_where_they_can_be() {
        let names = [
            "Kim Jong-un",
            "O'Brien",
            "王芳",
            "No",
            "Reuters: live",
            "[x]",
            "U.S.",
        ];
        assert_eq!(
            list(&names.map(str::to_owned)),
            r#"[Kim Jong-un, O'Brien, 王芳, "No", "Reuters: live", "[x]", "U.S."]"#
        );
    }
}
