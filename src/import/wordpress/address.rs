//! The old addresses of an item, and the place of its file.

use std::collections::BTreeSet;

use super::article::{Desk, Made};
use super::dates::Moment;
use super::element::Element;
use super::fate::{Fate, State};
use super::file::FrontMatter;
use super::survey::metas;
use crate::content::slug;

impl Desk<'_> {
    /// The old address verbatim, and those it had before.
    pub(super) fn addresses(
        &self,
        item: &Element,
        fate: Fate,
        front: &mut FrontMatter,
        made: &mut Made,
    ) {
        let places = &self.old.survey.places;
        let link = places.path(item.text("link")).unwrap_or_default();
        let link = link.split('#').next().unwrap_or_default();
        let public = fate.state() == Some(State::Published);
        let mut aliases = BTreeSet::new();
        if link.contains('?') {
            // A file cannot answer it; a host can send it on.
            if public {
                aliases.insert(if link.starts_with('?') {
                    format!("/{link}")
                } else {
                    link.to_owned()
                });
            }
        } else if link.len() > 1 && crate::content::address(link).is_ok() {
            front.text("url", link);
            link.clone_into(&mut made.url);
        }
        let guid = places
            .path(item.text("guid"))
            .filter(|path| !path.contains(['?', '#']) && path.len() > 1);
        if let Some(guid) =
            guid.filter(|guid| *guid != link && crate::content::address(guid).is_ok())
        {
            aliases.insert(guid.to_owned());
            made.used.insert("guid");
        }
        if let Some((before, end)) = split(&made.url) {
            for (key, slug) in metas(item) {
                let plain = !slug.trim().is_empty() && !slug.contains(['/', '?', '#']);
                if key == "_wp_old_slug" && plain {
                    aliases.insert(format!("{before}{}{end}", slug.trim()));
                    made.used.insert("_wp_old_slug");
                }
            }
        }
        aliases.remove(&made.url);
        front.list("aliases", &aliases.into_iter().collect::<Vec<_>>());
    }
}

/// An address around its last part.
fn split(url: &str) -> Option<(&str, &str)> {
    let (stem, end) = match url.strip_suffix('/') {
        Some(stem) => (stem, "/"),
        None => (url, ""),
    };
    let (before, last) = stem.rsplit_once('/')?;
    let ending = last.rfind('.').map_or("", |at| &last[at..]);
    let end = if end.is_empty() { ending } else { end };
    Some((url.get(..before.len() + 1)?, end))
}

/// Where its file lies: articles by year and day, pages as their addresses.
pub(super) fn path(
    item: &Element,
    date: Option<&Moment>,
    page: bool,
    id: u64,
    url: &str,
) -> String {
    let name = crate::content::percent_decoded(item.text("wp:post_name")).unwrap_or_default();
    let name = slug::slug(&name, false);
    let name = if item.text("wp:post_name").is_empty() || name.is_empty() {
        format!("wp-{id}")
    } else {
        name
    };
    if page {
        let above = split(url).map_or("", |(before, _)| before.trim_matches('/'));
        let above: Vec<String> = above
            .split('/')
            .filter(|part| !part.is_empty())
            .take(20)
            .map(|part| {
                slug::slug(
                    &crate::content::percent_decoded(part).unwrap_or_default(),
                    false,
                )
            })
            .collect();
        return above
            .into_iter()
            .chain([name])
            .collect::<Vec<_>>()
            .join("/");
    }
    match date {
        Some(date) => format!("{:04}/{}-{name}", date.local.year(), date.local.date()),
        None => format!("undated/{name}"),
    }
}
