//! `page` in every template: what the head of the page needs, and the ways out of it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Link, Stage};
use crate::render::head::Head;
use crate::render::json_ld;
use crate::site::{PageKind, ShelfOf};

/// `page` in every template: what the head of the page needs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageView {
    /// What the page is: `article`, `front`, `term`, `section`, `intersection`, `shelf`, `year`,
    /// `month`, `day`, `years`, `coverage`, `term-index`, `on-this-day`, `on-this-day-index`,
    /// `corrections`, `data`, `page`, `404`, `redirect`.
    pub kind: String,
    /// Its heading, for `<title>`.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Its whole address; nothing on the 404 page.
    pub canonical: Option<String>,
    /// Whether search engines are asked to stay away.
    pub noindex: bool,
    /// The language of its frame and labels. That of an article is the article's, where there are
    /// interface texts of it, else the site's.
    pub language: String,
    /// The direction of that language: `ltr` or `rtl`.
    pub direction: String,
    /// What stands between the names of a list.
    pub joints: Joints,
    /// `<meta>` elements: attribute (`name` or `property`), key and content.
    pub meta: Vec<Meta>,
    /// Further `<link>` elements: relation and address.
    pub links: Vec<HeadLink>,
    /// `<link rel="alternate">` feeds.
    pub feeds: Vec<Feed>,
    /// JSON-LD, escaped for a script element.
    pub json_ld: Option<String>,
    /// The front page.
    pub home: String,
    /// The addresses of the theme's files by name: `page.theme["style.css"]`.
    pub theme: std::collections::BTreeMap<String, String>,
    /// The doors to people, places, topics and the rest.
    pub navigation: Vec<Link>,
    /// Links to the pages under `pages/`, to the corrections log and to the data.
    pub pages: Vec<Link>,
    /// Where this page stands: the pages above it, from the front page down.
    pub breadcrumbs: Vec<Link>,
    /// The address of the icon, where `static/` has one.
    pub icon: Option<String>,
}

/// What stands between the names of a list in the language of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Joints {
    /// Between the only two: ` and `.
    pub pair: String,
    /// Between those of several that are not the last two: `, `.
    pub middle: String,
    /// Before the last of several: ` and `.
    pub last: String,
}

/// A `<meta>` element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Meta {
    /// `name` or `property`.
    pub attribute: String,
    /// The key.
    pub key: String,
    /// The content.
    pub content: String,
}

/// A `<link>` element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HeadLink {
    /// What it leads to: `cite-as` (RFC 8574), `author`, `license`, `alternate`.
    pub rel: String,
    /// The address.
    pub url: String,
    /// The language of what it leads to, for `alternate`; `x-default` for the original.
    pub language: Option<String>,
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Feed {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Its media type.
    pub media_type: String,
}

impl Stage<'_> {
    pub(super) fn page_view(&self, head: Head) -> PageView {
        let scene = self.scene;
        let canonical = (self.page.kind != PageKind::NotFound).then(|| {
            let url = head.canonical.as_deref().unwrap_or(&self.page.url);
            self.link.absolute(url)
        });
        PageView {
            kind: head.kind.to_owned(),
            title: head.title,
            description: head.description,
            canonical,
            noindex: head.noindex,
            language: self.words.tag().to_owned(),
            direction: self.words.direction().to_owned(),
            joints: Joints {
                pair: self.words.joints().pair.clone(),
                middle: self.words.joints().middle.clone(),
                last: self.words.joints().last.clone(),
            },
            meta: head.meta,
            links: head.links,
            feeds: head.feeds,
            json_ld: head.json_ld.map(|value| json_ld::script(&value)),
            home: self.link.to("/"),
            theme: scene
                .theme
                .files()
                .into_iter()
                .map(|f| (f.clone(), self.link.to(&format!("/theme/{f}"))))
                .collect(),
            navigation: self.navigation(),
            pages: self.pages(),
            breadcrumbs: head.breadcrumbs,
            icon: scene.site.icon().map(|page| self.link.to(&page.url)),
        }
    }

    /// The pages about the archive: the site's own, then morgue's.
    fn pages(&self) -> Vec<Link> {
        let site = self.scene.site;
        let texts = self.scene.archive.pages.iter().enumerate();
        let mut pages: Vec<Link> = texts
            .map(|(index, text)| self.crumb(text.title.clone(), &site.of_text(index).url))
            .collect();
        let log = site.corrections_log();
        pages.extend(log.map(|log| self.crumb(self.words.text("corrections"), &log.url)));
        let data = site.data.page.map(|page| site.page(page));
        pages.extend(data.map(|data| self.crumb(self.words.text("data"), &data.url)));
        pages
    }

    /// The doors to every taxonomy that has terms, to all years, and to this day.
    fn navigation(&self) -> Vec<Link> {
        let archive = self.scene.archive;
        let mut doors: Vec<Link> = archive
            .taxonomies
            .iter()
            .zip(&archive.shelves)
            .filter(|(_, terms)| !terms.is_empty())
            .map(|(taxonomy, _)| {
                let url = format!("/{}/", taxonomy.path);
                let mut door = self.crumb(self.label(taxonomy), &url);
                door.current = self.page.url.starts_with(&url);
                door
            })
            .collect();
        if let Some(years) = self.scene.site.years() {
            let mut door = self.crumb(self.words.text("years"), &years.url);
            door.current |= match &self.page.kind {
                PageKind::Shelf(shelf) => shelf.of == ShelfOf::Archive,
                PageKind::Coverage => true,
                _ => false,
            };
            doors.push(door);
        }
        if !self.scene.site.days.is_empty() {
            doors.push(self.crumb(self.words.text("on_this_day"), "/on/"));
        }
        doors
    }
}
