//! `page` in every template: what the head of the page needs, and the ways out of it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Link, Shared, Stage};
use crate::render::frames::{Behind, Way, theme_files};
use crate::render::head::Head;
use crate::render::json_ld;
use crate::site::{PageKind, ShelfOf};

/// `page` in every template: what the head of the page needs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageView<'a> {
    /// What the page is: `article`, `front`, `term`, `section`, `intersection`, `shelf`, `year`,
    /// `month`, `day`, `years`, `coverage`, `term-index`, `on-this-day`, `on-this-day-index`,
    /// `corrections`, `data`, `page`, `404`, `redirect`, `tombstone`.
    pub kind: &'static str,
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
    pub language: &'a str,
    /// The direction of that language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// What stands between the names of a list.
    pub joints: Shared<Joints>,
    /// All of `meta` and `links` as HTML, each on a line of its own.
    pub head: String,
    /// `<meta>` elements: attribute (`name` or `property`), key and content.
    pub meta: Vec<Meta>,
    /// Further `<link>` elements: relation and address.
    pub links: Vec<HeadLink>,
    /// `<link rel="alternate">` feeds.
    pub feeds: Vec<Shared<Feed>>,
    /// JSON-LD, escaped for a script element.
    pub json_ld: Option<String>,
    /// The front page.
    pub home: String,
    /// The addresses of the theme's files by name: `page.theme["style.css"]`.
    pub theme: Shared<std::collections::BTreeMap<String, String>>,
    /// The doors to people, places, topics and the rest.
    pub navigation: Vec<Shared<Link>>,
    /// Links to the pages under `pages/`, to the corrections log and to the data.
    pub pages: Vec<Shared<Link>>,
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
    pub attribute: &'static str,
    /// The key.
    pub key: &'static str,
    /// The content.
    pub content: String,
}

/// A `<link>` element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HeadLink {
    /// What it leads to: `cite-as` (RFC 8574), `author`, `license`, `alternate`.
    pub rel: &'static str,
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
    pub media_type: &'static str,
}

impl Stage<'_> {
    pub(super) fn page_view(&self, head: Head) -> PageView<'_> {
        let scene = self.scene;
        let canonical = (self.page.kind != PageKind::NotFound).then(|| {
            let url = head.canonical.as_deref().unwrap_or(&self.page.url);
            self.link.absolute(url)
        });
        let (frame, theme) = (self.frame, scene.theme);
        let ways = |field: &str, ways| match theme.wants_of_page(field) {
            true => self.ways(ways),
            false => Vec::new(),
        };
        PageView {
            kind: head.kind,
            title: head.title,
            description: head.description,
            canonical,
            noindex: head.noindex,
            language: self.words.tag(),
            direction: self.words.direction(),
            joints: frame.joints.clone(),
            head: match theme.wants_of_page("head") {
                true => in_html(&head.meta, &head.links),
                false => String::new(),
            },
            meta: kept(head.meta, theme.wants_of_page("meta")),
            links: kept(head.links, theme.wants_of_page("links")),
            feeds: head.feeds,
            json_ld: head
                .json_ld
                .filter(|_| theme.wants_of_page("json_ld"))
                .map(|value| json_ld::script(&value)),
            home: self.link.to("/"),
            theme: match &frame.rooted {
                Some(rooted) => rooted.theme.clone(),
                None => Shared::new(&theme_files(scene.theme, &self.link)),
            },
            navigation: ways("navigation", &frame.doors),
            pages: ways("pages", &frame.pages),
            breadcrumbs: kept(head.breadcrumbs, theme.wants_of_page("breadcrumbs")),
            icon: scene.site.icon().map(|page| self.link.to(&page.url)),
        }
    }

    /// The links of ways that stand on every page, as this one has them.
    fn ways(&self, ways: &[Way]) -> Vec<Shared<Link>> {
        let link = |way: &Way| {
            let current = self.is_behind(way);
            match &way.links {
                Some([elsewhere, here]) => if current { here } else { elsewhere }.clone(),
                None => Shared::new(&way.link(&self.link, current)),
            }
        };
        ways.iter().map(link).collect()
    }

    fn is_behind(&self, way: &Way) -> bool {
        let told_by_dates = || match &self.page.kind {
            PageKind::Shelf(shelf) => shelf.of == ShelfOf::Archive,
            PageKind::Coverage => true,
            _ => false,
        };
        match way.of {
            Behind::Page => *self.page.url == *way.url,
            Behind::Below => self.page.url.starts_with(&way.url),
            Behind::Dates => *self.page.url == *way.url || told_by_dates(),
        }
    }
}

/// A list that a theme has a place for.
fn kept<T>(list: Vec<T>, wanted: bool) -> Vec<T> {
    if wanted { list } else { Vec::new() }
}

/// Elements of the head, each on a line of its own.
fn in_html(meta: &[Meta], links: &[HeadLink]) -> String {
    let mut html: Vec<u8> = Vec::with_capacity(256 + 128 * meta.len());
    for meta in meta {
        for part in ["<meta ", meta.attribute, "=\"", meta.key, "\" content=\""] {
            html.extend(part.as_bytes());
        }
        escaped(&meta.content, &mut html);
        html.extend(b"\">\n");
    }
    for link in links {
        for part in ["<link rel=\"", link.rel, "\""] {
            html.extend(part.as_bytes());
        }
        if let Some(language) = &link.language {
            html.extend(b" hreflang=\"");
            escaped(language, &mut html);
            html.extend(b"\"");
        }
        html.extend(b" href=\"");
        escaped(&link.url, &mut html);
        html.extend(b"\">\n");
    }
    html.pop();
    String::from_utf8(html).unwrap_or_default()
}

/// A text as templates escape it. Memory takes every write.
fn escaped(text: &str, html: &mut Vec<u8>) {
    let _ = tera::escape_html(text, html);
}
