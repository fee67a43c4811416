//! The parts of the built-in themes by their names, to be listed, printed and put in other words.

use super::BuiltIn;

/// A component of a built-in theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Component {
    /// Its name.
    pub name: &'static str,
    /// Its name with what it takes: `when(date)`.
    pub signature: &'static str,
    /// The template that defines it.
    pub template: &'static str,
    /// The text of its definition, with the comment before it.
    pub text: &'static str,
}

impl BuiltIn {
    /// Its components in the order in which they are defined.
    pub fn components(&self) -> Vec<Component> {
        let templates = self.templates.iter();
        templates
            .flat_map(|(template, text)| components(template, text))
            .collect()
    }

    /// The blocks of a template that others can fill, in the order in which they stand.
    pub fn blocks(&self, template: &str) -> Vec<&'static str> {
        let found = self.templates.iter().find(|(name, _)| *name == template);
        let text = found.map_or("", |(_, text)| text);
        let pieces = text.split("block ").skip(1);
        let tags = pieces.filter_map(|piece| piece.split_once(" %}"));
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in tags {
            let plain = !name.contains(|c: char| !c.is_alphanumeric() && c != '_');
            if plain && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

fn components(template: &'static str, text: &'static str) -> Vec<Component> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("{% component ")) {
        let start = at + start;
        let rest = &text[start + "{% component ".len()..];
        let name = rest.split(['(', ' ']).next().unwrap_or_default();
        let signature = rest.find(')').map_or(rest, |end| &rest[..=end]);
        let end = rest
            .find("endcomponent")
            .and_then(|end| Some(end + rest.get(end..)?.find("%}")? + "%}".len()));
        let Some(end) = end.map(|end| text.len() - rest.len() + end) else {
            break;
        };
        // A comment belongs to what follows it directly.
        let before = text[at..start].trim_end();
        let comment = before.ends_with("#}").then(|| before.rfind("{#")).flatten();
        let from = comment.map_or(start, |comment| at + comment);
        all.push(Component {
            name,
            signature,
            template,
            text: &text[from..end],
        });
        at = end;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::BUILT_IN_THEMES;

    #[test]
    fn components_are_found_with_their_comments() {
        let broadsheet = &BUILT_IN_THEMES[0];
        let all = broadsheet.components();
        let when = all.iter().find(|c| c.name == "when").unwrap();
        assert_eq!(when.template, "components.html");
        assert_eq!(when.signature, "when(date)");
        assert!(when.text.starts_with("{#- A date"), "{}", when.text);
        assert!(
            when.text.ends_with("{%- endcomponent when %}"),
            "{}",
            when.text
        );
        assert!(!when.text.contains("component joint"));
        for component in &all {
            let opening = format!("{{% component {}(", component.name);
            assert_eq!(component.text.matches("{% component ").count(), 1);
            assert!(component.text.contains(&opening), "{}", component.text);
        }
    }

    #[test]
    fn blocks_are_found_once() {
        let blocks = BUILT_IN_THEMES[0].blocks("base.html");
        assert!(blocks.starts_with(&["metadata"]), "{blocks:?}");
        assert!(blocks.ends_with(&["content", "colophon"]), "{blocks:?}");
        assert_eq!(blocks.iter().filter(|b| **b == "nameplate").count(), 1);
    }
}
