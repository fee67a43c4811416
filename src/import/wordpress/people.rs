//! Who wrote: the authors of the channel, and those of the plug-in Co-Authors Plus, who need no
//! account. Their e-mail addresses go nowhere.

use std::collections::BTreeMap;

use super::element::Element;
use crate::content::name::tidy;

/// An author.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Author {
    pub(super) name: String,
    /// `Family, Given`, where both are known and make up the name.
    pub(super) sort_name: String,
    pub(super) description: String,
}

/// All authors, by the words that items know them by.
#[derive(Debug, Clone, Default)]
pub(super) struct Authors {
    by_login: BTreeMap<String, Author>,
    /// Guests by their slug without `cap-`, and the account a guest is linked with.
    guests: BTreeMap<String, Author>,
}

impl Authors {
    /// An author of the channel.
    pub(super) fn account(&mut self, element: &Element) {
        let login = element.text("wp:author_login").to_owned();
        let author = author(
            element.text("wp:author_display_name"),
            element.text("wp:author_first_name"),
            element.text("wp:author_last_name"),
            &login,
            "",
        );
        if !author.name.is_empty() {
            self.by_login.entry(login).or_insert(author);
        }
    }

    /// An item of type `guest-author`.
    pub(super) fn guest(&mut self, item: &Element) {
        let field = |key: &str| super::survey::meta(item, key).unwrap_or_default();
        let slug = item.text("wp:post_name").to_owned();
        let slug = slug.strip_prefix("cap-").unwrap_or(&slug).to_owned();
        let shown = field("cap-display_name");
        let shown = if shown.is_empty() {
            item.text("title").to_owned()
        } else {
            shown
        };
        let about = crate::import::html::plain(&field("cap-description"));
        let author = author(
            &shown,
            &field("cap-first_name"),
            &field("cap-last_name"),
            &slug,
            &about,
        );
        if author.name.is_empty() {
            return;
        }
        let login = field("cap-user_login");
        for key in [
            slug,
            login.strip_prefix("cap-").unwrap_or(&login).to_owned(),
        ] {
            if !key.is_empty() {
                self.guests.entry(key).or_insert_with(|| author.clone());
            }
        }
    }

    /// The name of the author with this login or slug; `text` is what stands beside it.
    pub(super) fn name(&self, login: &str, text: &str) -> String {
        // Some exports hold signs that slipped in before the name.
        let login = login.trim_start_matches(['<', '>', ' ']);
        let key = login.strip_prefix("cap-").unwrap_or(login);
        let found = self
            .guests
            .get(key)
            .or_else(|| self.by_login.get(key))
            .or_else(|| self.by_login.get(text));
        match found {
            Some(author) => author.name.clone(),
            None => without_address(&tidy(if text.is_empty() { key } else { text })),
        }
    }

    /// Every author once, by name.
    pub(super) fn all(&self) -> BTreeMap<String, Author> {
        let mut all = BTreeMap::new();
        for author in self.guests.values().chain(self.by_login.values()) {
            let known: &mut Author = all
                .entry(author.name.clone())
                .or_insert_with(|| author.clone());
            if known.sort_name.is_empty() {
                known.sort_name.clone_from(&author.sort_name);
            }
            if known.description.is_empty() {
                known.description.clone_from(&author.description);
            }
        }
        all
    }
}

fn author(shown: &str, first: &str, last: &str, login: &str, description: &str) -> Author {
    let plain = |text: &str| tidy(&crate::import::html::plain(text));
    let (first, last) = (plain(first), plain(last));
    let full = tidy(&format!("{first} {last}"));
    let name = [
        without_address(&plain(shown)),
        full.clone(),
        without_address(login),
    ]
    .into_iter()
    .find(|name| !name.is_empty())
    .unwrap_or_default();
    let sort_name = if !first.is_empty() && !last.is_empty() && name == full {
        format!("{last}, {first}")
    } else {
        String::new()
    };
    Author {
        name,
        sort_name,
        description: description.to_owned(),
    }
}

/// A name that is an e-mail address is what stands before the `@`.
pub(super) fn without_address(name: &str) -> String {
    match name.split_once('@') {
        Some((local, host)) if host.contains('.') && !host.contains(' ') => {
            local.replace(['.', '_'], " ")
        }
        _ => name.to_owned(),
    }
}
