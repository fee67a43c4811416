//! An item becomes the file of an article or page.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use super::address::path;
use super::body::{Body, Old, body};
use super::dates::{Moment, moment};
use super::element::Element;
use super::fate::{Fate, State};
use super::file::FrontMatter;
use super::mapping::Target;
use super::survey::{meta, metas};
use crate::import::draft::{quoted, sha256};
use crate::import::html::{Addresses, Picture, plain};

/// How long a title may be that is made from the text.
const TITLE: usize = 60;

/// What an import knows when it makes an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) old: Old<'a>,
    pub(super) zone: Option<&'a TimeZone>,
    /// The taxonomies of the site with their keys, and whether an article has one term of each.
    pub(super) taxonomies: &'a BTreeMap<String, (String, bool)>,
}

/// An article or page, and what its maker has to tell.
#[derive(Debug, Clone, Default)]
pub(super) struct Made {
    pub(super) id: u64,
    /// Its file, seen from the folder of articles or pages, without the ending.
    pub(super) path: String,
    pub(super) text: String,
    pub(super) unknown: BTreeMap<String, u64>,
    /// What of the item stands in the file: the names of its elements and custom fields.
    pub(super) used: BTreeSet<&'static str>,
    /// Categories that stand nowhere, with the reason.
    pub(super) unfiled: BTreeMap<(String, String), &'static str>,
    pub(super) untitled: bool,
    pub(super) undated: bool,
    pub(super) no_offset: bool,
    /// Its address in the archive, where it has an own one.
    pub(super) url: String,
}

impl Desk<'_> {
    /// The file of an item; `source` names the export.
    pub(super) fn make(&self, item: &Element, fate: Fate, source: &str) -> Made {
        let id = item.number("wp:post_id").unwrap_or(0);
        let mut made = Made {
            id,
            ..Made::default()
        };
        let all: Vec<(&str, &str)> = metas(item).collect();
        let content = item.raw("content:encoded");
        let body = body(content, id, &all, self.old);
        let date = moment(item, "wp:post_date", "wp:post_date_gmt", self.zone);
        let page = matches!(fate, Fate::Page(_));
        let title = self.title(item, &mut made);
        let mut front = FrontMatter::default();
        front.text("title", &title);
        if !page {
            front.bare(
                "date",
                &date
                    .as_ref()
                    .map_or_else(|| "unknown".to_owned(), Moment::written),
            );
            made.undated = date.is_none();
            made.no_offset = date.as_ref().is_some_and(|date| date.offset.is_none());
        }
        self.updated(item, date.as_ref(), page, &mut front, &mut made);
        self.addresses(item, fate, &mut front, &mut made);
        if page {
            self.page(item, &mut front, &mut made);
        } else {
            front.bare("id", &format!("wp-{id}"));
            self.filing(item, &mut front, &mut made);
            self.summaries(item, &mut front, &mut made);
            self.featured(item, &mut front, &mut made);
        }
        status(fate, date.as_ref(), &mut front);
        self.rest(item, page, &mut front, &mut made);
        if !page {
            let from = format!("{source}#{id}");
            front.mapping(
                "provenance",
                &[
                    ("source", quoted(&from)),
                    ("sha256", quoted(&sha256(content.as_bytes()))),
                ],
            );
        }
        made.path = path(item, date.as_ref(), page, id, &made.url);
        let Body { markdown, unknown } = body;
        made.unknown = unknown;
        made.text = front.file(&markdown);
        made
    }

    /// The headline without its tags. A post may have none; then the first words of its text
    /// stand for it.
    fn title(&self, item: &Element, made: &mut Made) -> String {
        let title = plain(item.text("title"));
        if !title.is_empty() {
            return title;
        }
        made.untitled = true;
        let text = plain(item.raw("content:encoded"));
        let short: String = text.chars().take(TITLE).collect();
        if short.trim().is_empty() {
            let slug = item.text("wp:post_name");
            return if slug.is_empty() {
                format!("#{}", made.id)
            } else {
                slug.replace('-', " ")
            };
        }
        match short.rsplit_once(' ').filter(|_| short.len() < text.len()) {
            Some((words, _)) => format!("{words}…"),
            None => short,
        }
    }

    /// When it was changed, if that was on a later day than it was published.
    fn updated(
        &self,
        item: &Element,
        date: Option<&Moment>,
        page: bool,
        front: &mut FrontMatter,
        made: &mut Made,
    ) {
        let changed = moment(item, "wp:post_modified", "wp:post_modified_gmt", self.zone);
        let Some(changed) = changed else { return };
        if page || date.is_some_and(|date| changed.local.date() > date.local.date()) {
            front.bare("updated", &changed.written());
            made.used
                .extend(["wp:post_modified", "wp:post_modified_gmt"]);
        }
    }

    fn page(&self, item: &Element, front: &mut FrontMatter, made: &mut Made) {
        let description = meta(item, "_yoast_wpseo_metadesc")
            .map(|text| plain(&text))
            .unwrap_or_default();
        let excerpt = plain(item.raw("excerpt:encoded"));
        if !description.is_empty() {
            made.used.insert("_yoast_wpseo_metadesc");
            front.text("description", &description);
        } else if !excerpt.is_empty() {
            made.used.insert("excerpt:encoded");
            front.text("description", &excerpt);
        }
    }

    /// Who wrote it, and its terms.
    fn filing(&self, item: &Element, front: &mut FrontMatter, made: &mut Made) {
        let authors = &self.old.survey.authors;
        let categories = || {
            item.children
                .iter()
                .filter(|child| child.name == "category")
        };
        let mut names: Vec<String> = Vec::new();
        for author in categories().filter(|category| category.attribute("domain") == "author") {
            push(
                &mut names,
                authors.name(author.attribute("nicename"), author.text.trim()),
            );
        }
        if names.is_empty() {
            push(&mut names, authors.name(item.text("dc:creator"), ""));
            made.used.insert("dc:creator");
        }
        front.list("authors", &names);
        let mut filed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for category in categories() {
            let (taxonomy, slug) = (category.attribute("domain"), category.attribute("nicename"));
            if taxonomy == "author" || taxonomy == "post_format" {
                continue;
            }
            let name = self.old.survey.terms.name(taxonomy, slug, &category.text);
            let place = match self.old.survey.terms.target(taxonomy, slug) {
                Target::Taxonomy(target) => self
                    .taxonomies
                    .get(&target)
                    .ok_or("the site has no such taxonomy"),
                Target::Nothing => Err("it was mapped to nothing, or is about layout and menus"),
            };
            let result = place.and_then(|(key, single)| {
                let names = filed.entry(key).or_default();
                if *single && !names.is_empty() && !names.contains(&name) {
                    return Err("an article has one of them at most");
                }
                push(names, name);
                Ok(())
            });
            if let Err(reason) = result {
                made.unfiled
                    .insert((taxonomy.to_owned(), slug.to_owned()), reason);
            }
        }
        for (key, names) in filed {
            front.list(key, &names);
        }
    }

    /// The description for search engines is the summary, the excerpt the line below the
    /// headline; one alone is the summary.
    fn summaries(&self, item: &Element, front: &mut FrontMatter, made: &mut Made) {
        let excerpt = plain(item.raw("excerpt:encoded"));
        let described = [
            "_yoast_wpseo_metadesc",
            "rank_math_description",
            "_aioseo_description",
        ]
        .into_iter()
        .find_map(|key| {
            Some((
                key,
                meta(item, key)
                    .map(|text| plain(&text))
                    .filter(|text| usable(text))?,
            ))
        });
        if !excerpt.is_empty() {
            made.used.insert("excerpt:encoded");
        }
        match described {
            Some((key, description)) => {
                made.used.insert(key);
                front.text("deck", &excerpt);
                front.text("summary", &description);
            }
            None => front.text("summary", &excerpt),
        }
    }

    /// The featured image, where its file came along.
    fn featured(&self, item: &Element, front: &mut FrontMatter, made: &mut Made) {
        let number = meta(item, "_thumbnail_id").and_then(|id| id.trim().parse().ok());
        let Some(file) = number.and_then(|id: u64| self.old.survey.attachments.get(&id)) else {
            return;
        };
        let picture = self.old.picture(Picture {
            src: file.url.to_string(),
            alt: None,
            number,
        });
        if !picture.src.starts_with('/') {
            return;
        }
        made.used.insert("_thumbnail_id");
        let alt = if file.alt.is_empty() {
            &file.title
        } else {
            &file.alt
        };
        let mut fields = vec![("src", picture.src), ("alt", alt.to_string())];
        for (key, text) in [
            ("caption", plain(&file.caption)),
            ("credit", file.credit.to_string()),
        ] {
            if !text.is_empty() {
                fields.push((key, text));
            }
        }
        front.one("images", &fields);
    }

    /// What has no field of its own.
    fn rest(&self, item: &Element, page: bool, front: &mut FrontMatter, made: &mut Made) {
        let canonical = meta(item, "_yoast_wpseo_canonical").filter(|url| url.starts_with("http"));
        let elsewhere = canonical.filter(|url| self.old.survey.places.path(url).is_none());
        if let Some(canonical) = elsewhere.filter(|_| !page) {
            front.text("source_url", &canonical);
            made.used.insert("_yoast_wpseo_canonical");
        }
        let mut extra = Vec::new();
        if item.text("wp:is_sticky") == "1" {
            extra.push(("sticky", "true".to_owned()));
            made.used.insert("wp:is_sticky");
        }
        if let Some(title) = meta(item, "_yoast_wpseo_title")
            .map(|text| plain(&text))
            .filter(|text| usable(text))
        {
            extra.push(("seo_title", quoted(&title)));
            made.used.insert("_yoast_wpseo_title");
        }
        let format = item
            .children
            .iter()
            .find(|c| c.name == "category" && c.attribute("domain") == "post_format");
        if let Some(format) = format
            .map(|format| format.attribute("nicename"))
            .and_then(|name| name.strip_prefix("post-format-"))
        {
            extra.push(("format", quoted(format)));
            made.used.insert("post_format");
        }
        let thumbnail = meta(item, "_thumbnail_id").and_then(|id| id.trim().parse().ok());
        if let Some(file) = thumbnail.and_then(|id: u64| self.old.survey.attachments.get(&id))
            && !made.used.contains("_thumbnail_id")
        {
            extra.push(("featured_image", quoted(&file.url)));
            made.used.insert("_thumbnail_id");
        }
        front.mapping("extra", &extra);
    }
}

fn push(names: &mut Vec<String>, name: String) {
    if !name.is_empty() && !names.contains(&name) {
        names.push(name);
    }
}

/// A text of a plug-in without the marks it fills in itself.
fn usable(text: &str) -> bool {
    !text.is_empty() && !text.contains("%%") && !text.contains("%title%") && !text.contains("%sep%")
}

fn status(fate: Fate, date: Option<&Moment>, front: &mut FrontMatter) {
    match (fate, fate.state()) {
        (Fate::Article(_), Some(State::Scheduled)) if date.is_some() => {
            front.bare("status", "embargoed");
            front.bare(
                "embargo_until",
                &date.map(Moment::written).unwrap_or_default(),
            );
        }
        (_, Some(State::Draft | State::Scheduled)) => front.bare("status", "draft"),
        _ => {}
    }
}
