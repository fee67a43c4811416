//! The first reading: what items may refer to, and whether the whole export can be read.

use std::collections::BTreeMap;
use std::io::Read;

use jiff::tz::TimeZone;

use super::element::{Broken, Element, Elements};
use super::fate::Fate;
use super::order::Order;
use super::people::Authors;
use super::places::Places;
use super::tally::{Became, Tally};
use super::terms::Terms;
use super::{dates, media, settings};
use crate::import::html::plain;
use crate::import::input::{Clean, Repairs};

/// What of an author and of a term stands in a record.
const AUTHOR: [&str; 4] = [
    "wp:author_display_name",
    "wp:author_first_name",
    "wp:author_last_name",
    "wp:author_login",
];
const TERM: [&str; 12] = [
    "wp:cat_name",
    "wp:category_nicename",
    "wp:category_parent",
    "wp:category_description",
    "wp:tag_name",
    "wp:tag_slug",
    "wp:tag_description",
    "wp:term_name",
    "wp:term_slug",
    "wp:term_parent",
    "wp:term_taxonomy",
    "wp:term_description",
];

/// A file of the collection of the old site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attachment {
    pub(super) url: Box<str>,
    pub(super) title: Box<str>,
    pub(super) alt: Box<str>,
    pub(super) caption: Box<str>,
    pub(super) credit: Box<str>,
}

/// What is known after the first reading.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) language: String,
    pub(super) base: String,
    pub(super) places: Places,
    pub(super) authors: Authors,
    pub(super) terms: Terms,
    pub(super) attachments: BTreeMap<u64, Attachment>,
    /// The addresses of the pages that WordPress makes for attachments.
    pub(super) pages: BTreeMap<Box<str>, u64>,
    /// The attachments of each post, in their order.
    pub(super) children: BTreeMap<u64, Vec<(i64, u64)>>,
    /// Reusable pieces of blocks.
    pub(super) blocks: BTreeMap<u64, String>,
    /// The posts and pages that come in; pages with their addresses, for they have no id.
    pub(super) included: BTreeMap<u64, Option<Box<str>>>,
    pub(super) patterns: settings::Patterns,
    pub(super) zones: settings::Zones,
    pub(super) tally: Tally,
    pub(super) repairs: Vec<Repairs>,
    version: bool,
}

/// The first value of a custom field.
pub(super) fn meta(item: &Element, key: &str) -> Option<String> {
    metas(item)
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value.to_owned())
}

/// All custom fields.
pub(super) fn metas(item: &Element) -> impl Iterator<Item = (&str, &str)> {
    let all = item
        .children
        .iter()
        .filter(|child| child.name == "wp:postmeta");
    all.map(|meta| (meta.text("wp:meta_key"), meta.raw("wp:meta_value")))
}

impl Survey {
    pub(super) fn new(order: &Order) -> Self {
        Survey {
            title: String::new(),
            description: String::new(),
            language: String::new(),
            base: String::new(),
            places: Places::default(),
            authors: Authors::default(),
            terms: Terms::new(&order.maps),
            attachments: BTreeMap::new(),
            pages: BTreeMap::new(),
            children: BTreeMap::new(),
            blocks: BTreeMap::new(),
            included: BTreeMap::new(),
            patterns: settings::Patterns::default(),
            zones: settings::Zones::default(),
            tally: Tally::default(),
            repairs: Vec::new(),
            version: false,
        }
    }

    /// Reads one export to its end.
    pub(super) fn read<R: Read>(&mut self, input: Clean<R>, order: &Order) -> Result<(), Broken> {
        let mut elements = Elements::new(input);
        self.version = false;
        let mut links = Vec::new();
        while let Some(element) = elements.next()? {
            match element.name.as_str() {
                "item" => {
                    self.site(&mut links);
                    self.item(&element, order);
                }
                _ => self.of_channel(&element, &mut links),
            }
        }
        self.site(&mut links);
        if !self.version {
            let reason =
                "it is a feed, but no export: there is no <wp:wxr_version> in it".to_owned();
            return Err(Broken {
                reason,
                offset: elements.offset(),
                other: true,
            });
        }
        self.repairs.push(elements.repairs().clone());
        Ok(())
    }

    /// The addresses of the site: that of its items, then that of the channel, which may be new.
    fn site(&mut self, links: &mut Vec<(String, String)>) {
        for key in ["wp:base_blog_url", "link"] {
            for (_, url) in links.iter().filter(|(name, _)| name == key) {
                self.places.site(url);
                if self.base.is_empty() {
                    self.base.clone_from(url);
                }
            }
        }
        links.clear();
    }

    fn of_channel(&mut self, element: &Element, links: &mut Vec<(String, String)>) {
        let text = element.text.trim();
        let first = |known: &mut String, text: String| {
            if known.is_empty() {
                *known = text;
            }
            Became::Emitted
        };
        let became = match element.name.as_str() {
            "title" => first(&mut self.title, plain(text)),
            "description" => first(&mut self.description, plain(text)),
            "language" => first(&mut self.language, text.to_owned()),
            "link" | "wp:base_blog_url" => {
                links.push((element.name.clone(), text.to_owned()));
                Became::Converted
            }
            "wp:wxr_version" => {
                self.version = true;
                Became::Dropped("about the export itself")
            }
            "wp:author" => {
                self.authors.account(element);
                return self.parts(element, &AUTHOR);
            }
            "wp:category" | "wp:tag" | "wp:term" => {
                self.terms.of_channel(element);
                return self.parts(element, &TERM);
            }
            "pubDate" | "generator" | "wp:base_site_url" | "lastBuildDate" => {
                Became::Dropped("about the export itself")
            }
            _ => Became::Dropped("of a kind with no place in an archive"),
        };
        self.tally.whole(element, became);
    }

    /// An element that becomes a record, with the parts of it that do.
    fn parts(&mut self, element: &Element, kept: &[&str]) {
        self.tally.count(&element.name, Became::Converted);
        for child in &element.children {
            let became = match child.name.as_str() {
                name if kept.contains(&name) => Became::Converted,
                "wp:author_email" => Became::Dropped("personal: an e-mail address"),
                "wp:author_id" | "wp:term_id" => Became::Dropped("a number of the database"),
                _ => Became::Dropped("of a kind with no place in an archive"),
            };
            self.tally.whole(child, became);
        }
    }

    fn item(&mut self, item: &Element, order: &Order) {
        let id = item.number("wp:post_id").unwrap_or(0);
        let fate = Fate::of(item, order.unpublished, &order.types);
        match fate {
            Fate::Attachment => self.attachment(item, id),
            Fate::Guest => self.authors.guest(item),
            Fate::Reusable => {
                self.blocks
                    .insert(id, item.raw("content:encoded").to_owned());
            }
            Fate::Article(_) | Fate::Page(_) => {
                let path = self
                    .places
                    .path(item.text("link"))
                    .filter(|_| matches!(fate, Fate::Page(_)));
                self.included.insert(id, path.map(Into::into));
                for category in item
                    .children
                    .iter()
                    .filter(|child| child.name == "category")
                {
                    self.terms.of_item(category);
                }
                let zone: Option<&TimeZone> = order.zone.as_ref();
                if let (Fate::Article(_), Some(moment)) = (
                    fate,
                    dates::moment(item, "wp:post_date", "wp:post_date_gmt", zone),
                ) {
                    self.zones.seen(&moment);
                    if let Some(path) = self.places.path(item.text("link")) {
                        self.patterns.seen(path, &moment, item.text("wp:post_name"));
                    }
                }
            }
            Fate::Dropped(_) => {}
        }
    }

    fn attachment(&mut self, item: &Element, id: u64) {
        let url = item.text("wp:attachment_url");
        let url = if url.is_empty() {
            item.text("guid")
        } else {
            url
        };
        self.places.file(url);
        if let Some(page) = self
            .places
            .path(item.text("link"))
            .filter(|path| !path.contains('?'))
        {
            self.pages.insert(page.trim_end_matches('/').into(), id);
        }
        let parent = item.number("wp:post_parent").unwrap_or(0);
        if parent > 0 {
            let order = item.text("wp:menu_order").parse().unwrap_or(0);
            self.children.entry(parent).or_default().push((order, id));
        }
        let field = |key: &str| meta(item, key);
        self.attachments.insert(
            id,
            Attachment {
                url: url.into(),
                title: plain(item.text("title")).into(),
                alt: plain(&field("_wp_attachment_image_alt").unwrap_or_default()).into(),
                caption: item.text("excerpt:encoded").into(),
                credit: plain(&media::credit(&field)).into(),
            },
        );
    }

    /// What can only be said when everything was read.
    pub(super) fn settle(&mut self) {
        self.terms.settle();
        for children in self.children.values_mut() {
            children.sort_unstable();
        }
    }
}
