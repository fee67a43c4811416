//! Pictures, sounds and films that a text names by their numbers.

use std::collections::BTreeMap;

use super::embeds::{is_film, is_sound};
use super::survey::{Attachment, Survey};
use crate::import::html::plain;

/// The files a text can name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Files<'a> {
    pub(super) survey: &'a Survey,
    /// The post that the text is of.
    pub(super) post: u64,
}

/// A text in an attribute or between tags.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

impl<'a> Files<'a> {
    fn file(&self, id: u64) -> Option<&'a Attachment> {
        self.survey.attachments.get(&id)
    }

    fn of_post(&self, post: u64, fits: &dyn Fn(&str) -> bool) -> Vec<u64> {
        let children = self
            .survey
            .children
            .get(&post)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let files = children.iter().map(|(_, id)| *id);
        files
            .filter(|id| self.file(*id).is_some_and(|file| fits(&file.url)))
            .collect()
    }

    /// The numbers an attribute lists.
    fn listed(text: &str) -> Vec<u64> {
        text.split([',', ' '])
            .filter_map(|id| id.trim().parse().ok())
            .collect()
    }

    /// Which files a gallery or playlist shows.
    fn chosen(
        &self,
        attributes: &BTreeMap<String, String>,
        fits: &dyn Fn(&str) -> bool,
    ) -> Vec<u64> {
        for key in ["ids", "include"] {
            if let Some(ids) = attributes.get(key).filter(|ids| !ids.trim().is_empty()) {
                return Self::listed(ids);
            }
        }
        let post = attributes
            .get("id")
            .and_then(|id| id.parse().ok())
            .unwrap_or(self.post);
        // The attachments of another post may be those of one that is not published.
        if post != self.post && !self.survey.included.contains_key(&post) {
            return Vec::new();
        }
        let without = attributes
            .get("exclude")
            .map(|ids| Self::listed(ids))
            .unwrap_or_default();
        let mut all = self.of_post(post, fits);
        all.retain(|id| !without.contains(id));
        self.sort(&mut all, attributes);
        all
    }

    /// Puts the files of a post in the order that a gallery wants. That by chance has none, and
    /// that by date is nearly always that of the numbers.
    fn sort(&self, ids: &mut [u64], attributes: &BTreeMap<String, String>) {
        let says = |key: &str, value: &str| {
            let given = attributes.get(key).map(String::as_str).unwrap_or_default();
            let first = given.split_whitespace().next().unwrap_or_default();
            first.eq_ignore_ascii_case(value)
        };
        if says("orderby", "title") {
            ids.sort_by_key(|id| self.file(*id).map(|file| file.title.to_lowercase()));
        } else if says("orderby", "id") || says("orderby", "post_date") || says("orderby", "date") {
            ids.sort_unstable();
        }
        if says("order", "desc") {
            ids.reverse();
        }
    }

    /// `[gallery]`.
    pub(super) fn gallery(&self, attributes: &BTreeMap<String, String>) -> String {
        let ids = self.chosen(attributes, &|url| {
            !is_sound(url) && !is_film(url) && is_picture(url)
        });
        let pictures = ids.into_iter().filter_map(|id| Some((id, self.file(id)?)));
        let figures = pictures.map(|(id, file)| {
            let caption = plain(&file.caption);
            let caption = if caption.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>", escaped(&caption)) };
            let (src, alt) = (escaped(&file.url), escaped(&file.alt));
            format!("<figure><img class=\"wp-image-{id}\" src=\"{src}\" alt=\"{alt}\">{caption}</figure>")
        });
        format!(
            "\n\n<div class=\"gallery\">{}</div>\n\n",
            figures.collect::<String>()
        )
    }

    /// `[playlist]`.
    pub(super) fn playlist(&self, attributes: &BTreeMap<String, String>) -> String {
        let films = attributes.get("type").is_some_and(|kind| kind == "video");
        let fits: &dyn Fn(&str) -> bool = if films { &is_film } else { &is_sound };
        let ids = self.chosen(attributes, fits);
        let element = if films { "video" } else { "audio" };
        let players = ids.into_iter().filter_map(|id| self.file(id)).map(|file| {
            let title = if file.title.is_empty() {
                &file.caption
            } else {
                &file.title
            };
            player(element, &file.url, "", &plain(title))
        });
        format!("\n\n<div>{}</div>\n\n", players.collect::<String>())
    }

    /// `[audio]` and `[video]`: what the attributes name, else what belongs to the post.
    pub(super) fn player(
        &self,
        element: &str,
        attributes: &BTreeMap<String, String>,
        given: &[String],
    ) -> String {
        const KEYS: [&str; 12] = [
            "src", "mp3", "m4a", "ogg", "wav", "wma", "flac", "mp4", "m4v", "webm", "ogv", "wmv",
        ];
        let named = KEYS.iter().find_map(|key| attributes.get(*key));
        let given = given
            .iter()
            .find(|text| text.contains("//") || text.starts_with('/'));
        let fits: &dyn Fn(&str) -> bool = if element == "video" {
            &is_film
        } else {
            &is_sound
        };
        let own = || {
            self.of_post(self.post, fits)
                .first()
                .and_then(|id| self.file(*id))
                .map(|file| file.url.to_string())
        };
        let Some(src) = named.or(given).cloned().or_else(own) else {
            return String::new();
        };
        // The old player took further settings after a bar.
        let src = src.split('|').next().unwrap_or_default();
        let poster = attributes.get("poster").map_or("", String::as_str);
        format!("\n\n{}\n\n", player(element, src, poster, ""))
    }
}

fn player(element: &str, src: &str, poster: &str, title: &str) -> String {
    let poster = if poster.is_empty() {
        String::new()
    } else {
        format!(" poster=\"{}\"", escaped(poster))
    };
    let title = if title.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{}</figcaption>", escaped(title))
    };
    format!(
        "<figure><{element} src=\"{}\"{poster}></{element}>{title}</figure>",
        escaped(src)
    )
}

fn is_picture(address: &str) -> bool {
    matches!(
        super::embeds::ending(address).as_str(),
        "jpg"
            | "jpeg"
            | "png"
            | "gif"
            | "webp"
            | "avif"
            | "svg"
            | "bmp"
            | "tif"
            | "tiff"
            | "heic"
            | "jpe"
    )
}
