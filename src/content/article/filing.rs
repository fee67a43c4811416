//! What of an article decides where it stands: on which shelves, at which address, beside what.

use super::{Article, Body, Seldom};
use crate::content::fields::Name;
use crate::digest::{Digest, Digester};

impl Article {
    /// What everything is recognised by that other pages than its own, or their addresses, can
    /// depend on beyond its headline and its words. While it is the same, a change of the article
    /// moves nothing.
    pub(in crate::content) fn filing(&self) -> Digest {
        // Every field is named, so that a new one is not forgotten here.
        let Article {
            file,
            mark: _,
            filing: _,
            text: _,
            folder,
            title: _,
            date,
            date_line: _,
            slug,
            names,
            about,
            deck: _,
            summary: _,
            kind,
            language,
            status,
            seldom: _,
            body,
        } = self;
        let Seldom {
            url,
            aliases,
            id,
            agencies: _,
            dateline,
            pictures,
            corrections,
            embargo_until,
            removed,
            redacted,
            withheld,
            print: _,
            source_url: _,
            archived_url: _,
            rights: _,
            duplicate_of,
            translation_of,
            related,
            extra: _,
            updated,
        } = &**self;
        let Body {
            line: _,
            words: _,
            summary: _,
            references,
            headings,
            title_is_heading: _,
        } = body;
        let mut parts = Digester::new().text(file.as_str()).text(folder);
        parts.push_value(&(date, updated, slug, url, aliases, id));
        for taxonomy in names {
            push_names(taxonomy, &mut parts);
        }
        push_names(about, &mut parts);
        let place = dateline.as_ref().map(|line| line.place.as_slice());
        push_names(place.unwrap_or_default(), &mut parts);
        parts.push_value(&(kind, language, corrections, status, embargo_until));
        parts.push_value(&(removed, redacted, withheld));
        parts.push_value(&(duplicate_of, translation_of, related, headings));
        for picture in pictures {
            parts.push_text(&picture.src);
        }
        for reference in references {
            parts.push_text(&reference.target);
        }
        parts.finish()
    }
}

/// Names without the places where they are written.
fn push_names(names: &[Name], parts: &mut Digester) {
    parts.push_number(names.len());
    for name in names {
        parts.push_text(&name.text);
    }
}
