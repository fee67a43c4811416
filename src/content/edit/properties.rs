//! Whatever a front matter looks like: an edit changes what it says, and no other byte.

use proptest::prelude::*;

use super::*;

/// Names that are awkward in some style.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{1,6}( [A-Z][a-z]{1,6})?",
        "[A-ZÄ王é&'\"#:,\\[\\]{}|>*!%@` -]{1,10}",
        Just("No".to_owned()),
        Just("2019".to_owned()),
        Just("O'Brien: a \"b\" # c".to_owned()),
        Just("null".to_owned()),
        Just("- x".to_owned()),
    ]
    .prop_map(|name| crate::content::name::tidy(&name))
    .prop_filter("a name says something", |name| !name.is_empty())
}

/// A text in one of the styles of YAML.
fn yaml_text(text: &str, style: u8, flow: bool) -> String {
    match style {
        0 if write::is_plain(text, flow) => text.to_owned(),
        1 => format!("'{}'", text.replace('\'', "''")),
        _ => super::yaml_text::quoted(text),
    }
}

fn toml_text(text: &str, style: u8) -> String {
    match style {
        1 if !text.contains('\'') => format!("'{text}'"),
        _ => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// One file: how its names are laid out, their styles, and the comments around them.
#[derive(Debug, Clone)]
struct Layout {
    names: Vec<(String, u8)>,
    form: u8,
    indent: usize,
    comments: bool,
    windows: bool,
}

impl Layout {
    fn comment(&self, index: usize) -> String {
        let comment = self.comments && index.is_multiple_of(2);
        if comment {
            format!("  # on {index}, 'it'")
        } else {
            String::new()
        }
    }

    fn source(&self) -> String {
        let indent = " ".repeat(self.indent);
        let mut text = String::new();
        let toml = self.form >= 4;
        let (fence, sign) = if toml { ("+++", " =") } else { ("---", ":") };
        text.push_str(&format!("{fence}\ntitle{sign} \"It: # 1\" # t\n"));
        if self.comments {
            text.push_str("# people follow\n");
        }
        let write = |(name, style): &(String, u8), flow: bool| {
            if toml {
                toml_text(name, *style)
            } else {
                yaml_text(name, *style, flow)
            }
        };
        match self.form {
            0 | 4 => {
                let names: Vec<String> = self.names.iter().map(|n| write(n, true)).collect();
                let gap = " ".repeat(self.indent);
                text.push_str(&format!(
                    "people{sign} [{gap}{}]{}\n",
                    names.join(&format!(",{gap} ")),
                    self.comment(0)
                ));
            }
            1 => {
                text.push_str("people:\n");
                for (index, name) in self.names.iter().enumerate() {
                    if self.comments && index == 1 {
                        text.push_str(&format!("{indent}# between\n"));
                    }
                    text.push_str(&format!(
                        "{indent}- {}{}\n",
                        write(name, false),
                        self.comment(index)
                    ));
                }
            }
            _ => {
                let last = self.names.len().saturating_sub(1);
                text.push_str(&format!("people{sign} [\n"));
                for (index, name) in self.names.iter().enumerate() {
                    let comma = if index < last || self.form % 2 == 1 {
                        ","
                    } else {
                        ""
                    };
                    text.push_str(&format!(
                        " {indent}{}{comma}{}\n",
                        write(name, true),
                        self.comment(index)
                    ));
                }
                text.push_str(" ]\n");
            }
        }
        text.push_str(&format!("deck{sign} 'x: [y]'\n"));
        text.push_str(&format!("{fence}\n\nBody [a], 'b'.\n"));
        if self.windows {
            text.replace('\n', "\r\n")
        } else {
            text
        }
    }
}

fn layout() -> impl Strategy<Value = Layout> {
    let names = proptest::collection::vec((name(), 0..3_u8), 1..6);
    (names, 0..6_u8, 0..4_usize, any::<bool>(), any::<bool>()).prop_map(
        |(names, form, indent, comments, windows)| Layout {
            names,
            form,
            indent,
            comments,
            windows,
        },
    )
}

/// What becomes of each name, and the names that come.
fn fate() -> impl Strategy<Value = (Vec<(u8, String)>, Vec<String>)> {
    let fates = proptest::collection::vec((0..4_u8, name()), 6);
    (fates, proptest::collection::vec(name(), 0..3))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_are_changed_and_nothing_else(layout in layout(), (fates, new) in fate()) {
        let source = layout.source();
        let foreign = ForeignKeys::default();
        let sheet = Sheet::open(&source, &foreign).unwrap();
        let old = sheet.names("people");
        let names: Vec<String> = layout.names.iter().map(|(name, _)| name.clone()).collect();
        prop_assert_eq!(&old, &names, "{}", source);
        let mut entries = Vec::new();
        let mut wanted = Vec::new();
        for (index, (name, (fate, other))) in old.iter().zip(&fates).enumerate() {
            match fate {
                0 => {}
                1 => {
                    entries.push(Entry::Rewritten(index, other.clone()));
                    wanted.push(other.clone());
                }
                _ => {
                    entries.push(Entry::Kept(index));
                    wanted.push(name.clone());
                }
            }
        }
        for name in &new {
            entries.push(Entry::New(name.clone()));
            wanted.push(name.clone());
        }
        let change = Change::Names { key: "people".into(), entries };
        let edited = sheet.edit(&[change]).map_err(|error| {
            TestCaseError::fail(format!("{error:?}\n{source}"))
        })?;
        let again = Sheet::open(&edited, &foreign).unwrap();
        prop_assert_eq!(again.names("people"), wanted, "{}", edited);
        // Every line without a name of the list is there still, in its order.
        let of_list = |line: &&str| line.contains("people") || layout.names.iter().any(|(n, s)| {
            line.contains(&yaml_text(n, *s, true)) || line.contains(&toml_text(n, *s)) || line.contains(n)
        }) && !line.contains("Body") && !line.contains("deck") && !line.contains("title");
        let mut lines = edited.split_inclusive('\n');
        for line in source.split_inclusive('\n').filter(|line| !of_list(line)) {
            prop_assert!(lines.any(|found| found == line), "{line:?} is gone from\n{edited}");
        }
    }

    #[test]
    fn nothing_to_do_does_nothing(layout in layout()) {
        let source = layout.source();
        let foreign = ForeignKeys::default();
        let sheet = Sheet::open(&source, &foreign).unwrap();
        let entries = (0..sheet.names("people").len()).map(Entry::Kept).collect();
        let edited = sheet.edit(&[Change::Names { key: "people".into(), entries }]);
        prop_assert_eq!(edited.unwrap(), source);
    }

    #[test]
    fn whatever_is_there_is_edited_or_refused(text in "[ -~\n\u{e9}]{0,120}", name in name()) {
        let source = format!("---\npeople: [A]\n{text}\n---\nBody\n");
        let foreign = ForeignKeys::default();
        if let Ok(sheet) = Sheet::open(&source, &foreign) {
            let entries = vec![Entry::New(name.clone())];
            if let Ok(edited) = sheet.edit(&[Change::Names { key: "people".into(), entries }]) {
                let again = Sheet::open(&edited, &foreign).unwrap();
                prop_assert_eq!(again.names("people"), vec![name]);
                prop_assert!(edited.ends_with(source.get(sheet.body..).unwrap()));
            }
        }
    }
}
