//! `tombstone.html`: what stands in the place of an article that was removed.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Shared, Stage};
use crate::diagnostics::Diagnostic;
use crate::render::date_text::DateView;
use crate::render::head::Head;

/// `tombstone` in `tombstone.html`. Nothing in it tells what the article said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TombstoneView {
    /// When the article was removed.
    pub removed: Option<Shared<DateView>>,
    /// The class of reason: `legal`, `privacy`, `error`, `source`, `author`, `rights`,
    /// `duplicate` or `other`.
    pub reason: &'static str,
    /// A note for readers.
    pub note: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The language of the note.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Contact {
    /// As it is written.
    pub text: String,
    /// Where a link leads, where it is an address of the web or of mail.
    pub url: Option<String>,
}

impl Stage<'_> {
    pub(super) fn tombstone(&self, index: usize) -> Result<String, Diagnostic> {
        let found = self.scene.archive.removed.get(index);
        let removed = found.and_then(|found| found.content.removed.as_deref());
        let removed = removed.cloned().unwrap_or_default();
        let head = Head {
            kind: "tombstone",
            title: self.words.text("removed").to_owned(),
            noindex: true,
            ..Head::default()
        };
        let own = found.and_then(|found| found.content.language.as_deref());
        let language = self.language(own);
        let view = TombstoneView {
            removed: removed.date.map(|date| self.date(&date)),
            reason: removed.reason,
            note: removed.note.map(|note| self.set(&note, &language)),
            contact: removed.contact.map(Contact::of),
            direction: self.scene.theme.direction(&language).to_owned(),
            language,
        };
        self.fill("tombstone.html", head, "tombstone", &view)
    }
}

impl Contact {
    /// A text as a link, where it is an address.
    fn of(text: String) -> Contact {
        let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
        let web = text.starts_with("https://") || text.starts_with("http://");
        let mail = text
            .split_once('@')
            .is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
        let url = match (plain, web, mail) {
            (true, true, _) => Some(crate::content::web_address(&text)),
            (true, false, true) => {
                let address = text.strip_prefix("mailto:").unwrap_or(&text);
                Some(format!("mailto:{}", crate::content::web_address(address)))
            }
            _ => None,
        };
        Contact { text, url }
    }
}
