//! The phrases that tell what a line is, in ten languages: `phrases.tsv`.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::fold;

/// What is known of the phrases of news sites before any archive was looked at.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    /// Lines that are no part of an article, folded.
    lines: BTreeSet<String>,
    /// Beginnings of such lines, lower-case.
    starts: Vec<String>,
    /// What opens a byline, lower-case, the longest first.
    pub(super) bylines: Vec<String>,
    /// What opens a line with a date, lower-case, the longest first.
    pub(super) published: Vec<String>,
    /// Those of them that tell of a later change.
    pub(super) updated: BTreeSet<String>,
    /// Words before a colon that no place is, folded.
    pub(super) labels: BTreeSet<String>,
    /// Words that join an agency to its news, lower-case.
    pub(super) says: Vec<String>,
    /// Months by their folded names, 1 to 12.
    pub(super) months: BTreeMap<String, i8>,
    /// Days of the week and the like, folded.
    pub(super) weekdays: BTreeSet<String>,
    /// Forms of the names of agencies, the longest first, with the name each stands for.
    pub(super) agencies: Vec<(String, String)>,
    /// Places that articles are filed from, folded.
    places: BTreeSet<String>,
}

impl Phrases {
    /// Those that the program brings along.
    pub fn built_in() -> Self {
        let mut all = Phrases::default();
        for line in include_str!("phrases.tsv").lines() {
            let mut cells = line.split('\t');
            if let (Some(kind), Some(_), Some(text)) = (cells.next(), cells.next(), cells.next()) {
                all.enter(kind, text);
            }
        }
        let length = |text: &String| std::cmp::Reverse(text.len());
        all.bylines.sort_by_key(length);
        all.published.sort_by_key(length);
        all.says.sort_by_key(length);
        all.agencies.sort_by_key(|(form, _)| length(form));
        all
    }

    fn enter(&mut self, kind: &str, text: &str) {
        match kind.split_once(' ').unwrap_or((kind, "")) {
            ("line", _) => drop(self.lines.insert(fold(text))),
            ("start", _) => self.starts.push(text.to_lowercase()),
            ("by", _) => self.bylines.push(text.to_lowercase()),
            ("published", _) => self.published.push(text.to_lowercase()),
            ("updated", _) => drop(self.updated.insert(text.to_lowercase())),
            ("label", _) => drop(self.labels.insert(fold(text))),
            ("says", _) => self.says.push(text.to_lowercase()),
            ("month", number) => {
                if let Ok(number) = number.parse() {
                    self.months.insert(fold(text), number);
                }
            }
            ("weekday", _) => drop(self.weekdays.insert(fold(text))),
            ("agency", name) => self.agencies.push((text.to_owned(), name.to_owned())),
            ("place", _) => drop(self.places.insert(fold(text))),
            _ => {}
        }
    }

    /// Knows this place too, as those that an editor's gazetteer lists.
    pub fn add_place(&mut self, name: &str) {
        let folded = fold(name);
        if !folded.is_empty() {
            self.places.insert(folded);
        }
    }

    /// Whether articles are filed from a place of this name.
    pub(super) fn is_place(&self, name: &str) -> bool {
        self.places.contains(&fold(name))
    }

    /// Whether a line is a share button, an advertisement or the like.
    pub(super) fn is_furniture(&self, line: &str, folded: &str) -> bool {
        /// A longer line is a sentence that happens to begin so.
        const LONGEST: usize = 200;
        if self.lines.contains(folded) {
            return true;
        }
        // Several buttons on one line.
        let buttons: Vec<&str> = line
            .split(['|', '·', '•', '\t'])
            .map(str::trim)
            .filter(|button| !button.is_empty())
            .collect();
        if buttons.len() > 1 && buttons.iter().all(|button| self.is_button(&fold(button))) {
            return true;
        }
        let lower = line
            .trim_start_matches(|c: char| !c.is_alphanumeric() && !"©(（".contains(c))
            .to_lowercase();
        line.chars().count() <= LONGEST && self.starts.iter().any(|start| lower.starts_with(start))
    }

    /// Whether a text is one of several buttons in a row: there the bare names of networks are.
    fn is_button(&self, folded: &str) -> bool {
        const NETWORKS: [&str; 15] = [
            "facebook",
            "twitter",
            "whatsapp",
            "linkedin",
            "pinterest",
            "telegram",
            "email",
            "e-mail",
            "reddit",
            "tumblr",
            "print",
            "x",
            "vk",
            "微信",
            "微博",
        ];
        self.lines.contains(folded) || NETWORKS.contains(&folded)
    }

    /// The agency that a whole text names.
    pub(super) fn agency(&self, text: &str) -> Option<&str> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || ".,:;/()（）-–—".contains(c));
        let found = self.agencies.iter().find(|(form, _)| form == text);
        found.map(|(_, name)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_known_in_every_language() {
        let phrases = Phrases::built_in();
        for line in [
            "Advertisement",
            "» Share this story",
            "Lea también: Otra nota",
            "À lire aussi : Autre chose",
            "Lesen Sie auch: Noch etwas",
            "Leia também: Outra",
            "Leggi anche: Altro",
            "Lees ook: Iets anders",
            "Читайте также: другое",
            "اقرأ أيضا: خبر آخر",
            "相关阅读：其他",
            "Facebook | Twitter | WhatsApp",
        ] {
            assert!(phrases.is_furniture(line, &fold(line)), "{line}");
        }
        for line in [
            "The advertisement was withdrawn.",
            "Facebook",
            "He said: read more books.",
        ] {
            assert!(!phrases.is_furniture(line, &fold(line)), "{line}");
        }
    }
}
