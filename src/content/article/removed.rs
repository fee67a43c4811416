//! What is left of an article that was removed: where it stood, and what readers are told there.

use serde::{Deserialize, Serialize};

use super::{Article, Reader, Seldom, Status};
use crate::config::{Config, Kind};
use crate::content::date::Date;
use crate::content::schema::{self, REASONS};
use crate::diagnostics::{Code, Diagnostic, Span};

/// What readers are told in the place of a removed article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// When it was removed.
    pub date: Option<Date>,
    /// One of [`REASONS`].
    #[serde(deserialize_with = "schema::reason")]
    pub reason: schema::Listed,
    /// A note for readers.
    pub note: Option<String>,
    /// Whom to ask: an address of the web or of mail, or a text.
    pub contact: Option<String>,
}

impl Default for Removed {
    fn default() -> Self {
        Removed {
            date: None,
            reason: "other",
            note: None,
            contact: None,
        }
    }
}

impl Reader<'_> {
    /// What is told of a removed article, and the names in it that no page may hold any more.
    pub(super) fn removed(&mut self, status: Status) -> (Option<Removed>, Vec<String>) {
        let place = self.fields.place("removed");
        let mapping = self.fields.mapping("removed", Some("reason"));
        let Some(mapping) = mapping else {
            return match status {
                Status::Removed => (Some(Removed::default()), Vec::new()),
                _ => (None, Vec::new()),
            };
        };
        let told = self.inner(mapping, "removed", |fields| {
            let removed = Removed {
                date: fields.date("date").flatten(),
                reason: fields.choice("reason", REASONS).unwrap_or("other"),
                note: fields.text("note"),
                contact: fields.text("contact"),
            };
            (removed, fields.texts("names"))
        });
        if status == Status::Removed {
            return (Some(told.0), told.1);
        }
        let place = place.unwrap_or_else(|| Span::line(self.source, 1));
        self.fields.notes.push(
            Diagnostic::new(
                Code::RemovedInName,
                "`removed` says why the article is gone, and `status` that it is not",
            )
            .span(place)
            .help("write `status: removed` to remove it, or take `removed` out"),
        );
        (None, Vec::new())
    }
}

impl Article {
    /// The same without anything it said: only where it stood, and what is told of its removal.
    pub(super) fn emptied(self, config: &Config) -> Article {
        let section = config.taxonomy_of_kind(Kind::Section);
        let keep = |index: usize| Some(index) == section;
        let names = self.names.into_iter().enumerate();
        let seldom = self.seldom.map(|seldom| *seldom).unwrap_or_default();
        let seldom = Seldom {
            url: seldom.url,
            aliases: seldom.aliases,
            id: seldom.id,
            removed: seldom.removed,
            withheld: seldom.withheld,
            ..Seldom::default()
        };
        Article {
            title: Box::default(),
            // The address may be made with the section.
            names: names
                .map(|(index, names)| if keep(index) { names } else { Box::default() })
                .collect(),
            about: Box::default(),
            deck: None,
            summary: None,
            kind: None,
            seldom: seldom.apart(),
            body: super::Body::default(),
            ..self
        }
    }
}
