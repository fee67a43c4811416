//! Reads the mappings inside the front matter of an article: pictures, corrections and the rest.

use super::{Correction, Dateline, Picture, Print, Reader};
use crate::config::{Config, Rights};
use crate::content::fields::Fields;
use crate::content::schema::{self, CORRECTION_KINDS};
use crate::diagnostics::{Code, Diagnostic, Span};

impl Picture {
    /// The picture that a mapping names, which begins on this line.
    pub(in crate::content) fn read(
        fields: &mut Fields<'_>,
        config: &Config,
        line: u32,
    ) -> Option<Picture> {
        let src = fields.picture("src");
        // One of the site's own is a file of it, however whole its address is.
        let src = src.map(|src| config.base_url.within(&src).unwrap_or(src));
        let (alt, caption, credit) = (
            fields.text("alt").unwrap_or_default(),
            fields.text("caption"),
            fields.text("credit"),
        );
        Some(Picture {
            src: src?,
            alt,
            caption,
            credit,
            line,
        })
    }
}

impl Reader<'_> {
    pub(super) fn dateline(&mut self) -> Option<Dateline> {
        let inner = self.fields.mapping("dateline", Some("text"))?;
        let (place, text) = self.inner(inner, "dateline", |f| (f.name("place"), f.text("text")));
        let text = text.or_else(|| place.as_ref().map(|p| p.text.as_ref().to_owned()))?;
        Some(Dateline { place, text })
    }

    pub(super) fn pictures(&mut self) -> Vec<Picture> {
        let mut pictures = Vec::new();
        for inner in self.fields.mappings("images", "src") {
            let line = inner.place("src").map_or(1, |s| s.line);
            let place = inner
                .place("src")
                .unwrap_or_else(|| Span::line(self.source, 1));
            let config = self.config;
            let picture = self.inner(inner, "images", |fields| {
                Picture::read(fields, config, line)
            });
            let Some(picture) = picture else { continue };
            if picture.alt.is_empty() {
                let message = format!("the picture {:?} has no `alt`", picture.src);
                self.fields.notes.push(
                    Diagnostic::new(Code::NoAltText, message)
                        .span(place)
                        .help("say what it shows: `alt: The two leaders at the table`"),
                );
            }
            pictures.push(picture);
        }
        pictures
    }

    /// The corrections, oldest first: their anchors are numbered in this order.
    pub(super) fn corrections(&mut self) -> Vec<Correction> {
        let mut corrections = Vec::new();
        for inner in self.fields.mappings("corrections", "text") {
            let (date, text, kind) = self.inner(inner, "corrections", |f| {
                (
                    f.date("date").flatten(),
                    f.text("text"),
                    f.choice("kind", CORRECTION_KINDS),
                )
            });
            if let Some(text) = text {
                corrections.push(Correction {
                    date,
                    text,
                    kind: kind.unwrap_or("correction"),
                });
            }
        }
        corrections.sort_by_key(|correction| correction.date.map(|date| date.sort_key()));
        corrections
    }

    pub(super) fn print(&mut self) -> Option<Print> {
        let inner = self.fields.mapping("print", Some("publication"))?;
        Some(self.inner(inner, "print", |f| Print {
            publication: f.text("publication"),
            issn: f.text("issn"),
            edition: f.text("edition"),
            volume: f.text("volume"),
            issue: f.text("issue"),
            page: f.text("page"),
            section: f.text("section"),
            column: f.text("column"),
        }))
    }

    pub(super) fn rights(&mut self) -> Option<Rights> {
        let inner = self.fields.mapping("rights", Some("statement"))?;
        Some(self.inner(inner, "rights", |f| Rights {
            license: f.harmless("license"),
            holder: f.text("holder"),
            statement: f.text("statement"),
        }))
    }

    /// Reads an inner mapping, and keeps what it had to report.
    pub(super) fn inner<'s, T>(
        &mut self,
        mut fields: Fields<'s>,
        of: &str,
        read: impl FnOnce(&mut Fields<'s>) -> T,
    ) -> T {
        let value = read(&mut fields);
        let known = schema::ARTICLE
            .iter()
            .find(|f| f.key == of)
            .map_or(&[][..], |f| match f.shape {
                schema::Shape::Mapping(inner)
                | schema::Shape::TextOrMapping(inner)
                | schema::Shape::Mappings(inner) => inner,
                _ => &[],
            });
        self.fields
            .notes
            .extend(fields.finish(known.iter().map(|f| f.key)));
        value
    }
}
