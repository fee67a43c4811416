//! What a page says of itself: JSON-LD first, then the `meta` elements of Open Graph, of citations
//! (Highwire Press, Dublin Core) and of old, then marks on the text.

use std::collections::BTreeMap;

use scraper::{Html, Node};

use super::linked;
use crate::content::Date;
use crate::import::html::{self, plain};

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Nature {
    /// It says that it is an article.
    Article,
    /// It says that it leads to articles, or is about the site.
    List,
    /// It says neither.
    #[default]
    Unsaid,
}

/// A picture that stands for the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) src: String,
    pub(super) alt: String,
    pub(super) caption: String,
    pub(super) credit: String,
}

/// What a page says. Empty is unsaid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) nature: Nature,
    pub(super) title: String,
    pub(super) deck: String,
    pub(super) summary: String,
    pub(super) kind: &'static str,
    pub(super) published: String,
    pub(super) modified: String,
    pub(super) language: String,
    pub(super) dateline: String,
    pub(super) section: Vec<String>,
    pub(super) authors: Vec<String>,
    pub(super) people: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) about: Vec<String>,
    pub(super) picture: Option<Picture>,
    /// The name of the site.
    pub(super) site: String,
    /// The address that the page asks to be known by.
    pub(super) canonical: String,
    /// Its other addresses.
    pub(super) addresses: Vec<String>,
}

/// The `meta` elements of a page by their names in small letters.
type Metas = BTreeMap<String, Vec<String>>;

impl Told {
    pub(super) fn of(tree: &Html) -> Told {
        let mut told = Told::default();
        linked::read(tree, &mut told);
        let metas = metas(tree);
        told.take_metas(&metas);
        told.take_marks(tree);
        told.title = title(tree, &told.title, &told.site);
        told
    }

    fn take_metas(&mut self, metas: &Metas) {
        let all = |key: &str| metas.get(key).map(Vec::as_slice).unwrap_or_default();
        let one = |keys: &[&str]| {
            let found = keys.iter().find_map(|key| all(key).first());
            found.cloned().unwrap_or_default()
        };
        let kind = one(&["og:type"]).to_lowercase();
        if self.nature == Nature::Unsaid {
            let cited = metas.contains_key("citation_title");
            self.nature = match kind.as_str() {
                "article" | "blog" | "news" => Nature::Article,
                _ if cited => Nature::Article,
                "website" | "profile" => Nature::List,
                _ => Nature::Unsaid,
            };
        }
        fill(&mut self.title, || {
            one(&["og:title", "citation_title", "dc.title", "twitter:title"])
        });
        fill(&mut self.summary, || {
            one(&["og:description", "description", "dc.description"])
        });
        fill(&mut self.published, || {
            one(&[
                "article:published_time",
                "citation_publication_date",
                "citation_online_date",
                "citation_date",
                "dc.date.issued",
                "dc.date",
                "dcterms.created",
                "parsely-pub-date",
                "sailthru.date",
                "pubdate",
                "date",
            ])
        });
        fill(&mut self.modified, || {
            one(&["article:modified_time", "og:updated_time", "last-modified"])
        });
        fill(&mut self.language, || {
            one(&["citation_language", "dc.language", "og:locale"])
        });
        fill(&mut self.site, || {
            one(&["og:site_name", "citation_journal_title"])
        });
        if self.section.is_empty() {
            self.section = all("article:section").to_vec();
        }
        if self.authors.is_empty() {
            let keys = [
                "citation_author",
                "article:author",
                "dc.creator",
                "author",
                "parsely-author",
                "byl",
            ];
            let named = |key: &&str| {
                let names = all(key).iter().filter(|name| !name.contains("://"));
                let names: Vec<String> = names.cloned().collect();
                (!names.is_empty()).then_some(names)
            };
            self.authors = keys.iter().find_map(named).unwrap_or_default();
        }
        if self.topics.is_empty() && self.people.is_empty() && self.places.is_empty() {
            let tags = all("article:tag").iter();
            let words = all("citation_keywords")
                .iter()
                .flat_map(|words| words.split([',', ';']));
            let words = tags.map(String::as_str).chain(words).map(str::trim);
            self.topics = words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect();
        }
        if self.picture.is_none() {
            let src = one(&["og:image", "og:image:url", "twitter:image"]);
            let alt = one(&["og:image:alt", "twitter:image:alt"]);
            self.picture = (!src.is_empty()).then(|| Picture {
                src,
                alt,
                ..Picture::default()
            });
        }
        self.addresses.extend_from_slice(all("og:url"));
        self.addresses.extend_from_slice(all("citation_public_url"));
    }

    /// What elements of the page say: links, microdata and `<time>`.
    fn take_marks(&mut self, tree: &Html) {
        let (mut marked, mut first) = (String::new(), String::new());
        let mut authors = Vec::new();
        let mut entries = 0;
        for node in tree.tree.nodes() {
            let Node::Element(element) = node.value() else {
                continue;
            };
            let attr = |name: &str| element.attr(name).unwrap_or_default().trim();
            let has = |name: &str, word: &str| {
                let words = attr(name).split_ascii_whitespace();
                words.into_iter().any(|one| one.eq_ignore_ascii_case(word))
            };
            match element.name() {
                "html" => fill(&mut self.language, || attr("lang").to_owned()),
                "link" if has("rel", "canonical") => {
                    fill(&mut self.canonical, || attr("href").to_owned());
                }
                "link" if has("rel", "shortlink") || has("rel", "amphtml") => {
                    self.addresses.push(attr("href").to_owned());
                }
                "time" if !attr("datetime").is_empty() => {
                    let when = attr("datetime").to_owned();
                    let published = has("itemprop", "datePublished")
                        || has("class", "dt-published")
                        || has("class", "published")
                        || element.attr("pubdate").is_some();
                    match (published, has("itemprop", "dateModified")) {
                        (_, true) => fill(&mut self.modified, || when),
                        (true, _) => fill(&mut marked, || when),
                        _ => fill(&mut first, || when),
                    }
                }
                _ => {}
            }
            let is_entry = has("class", "h-entry") || has("class", "hentry");
            if is_entry || element.attr("itemtype").is_some_and(linked::is_article) {
                entries += 1;
            }
            let author = has("itemprop", "author")
                || has("class", "p-author")
                || (has("rel", "author") && element.name() == "a");
            if author && authors.len() < 20 {
                let name = plain_text(&html::shown(tree, node.id()));
                if !name.is_empty() && name.chars().count() < 80 && !authors.contains(&name) {
                    authors.push(name);
                }
            }
        }
        // Where there are several, each is the beginning of one that is elsewhere.
        if self.nature == Nature::Unsaid && entries > 0 {
            self.nature = if entries == 1 {
                Nature::Article
            } else {
                Nature::List
            };
        }
        fill(&mut self.published, || marked);
        fill(&mut self.published, || first);
        if self.authors.is_empty() {
            self.authors = authors;
        }
        if self.canonical.is_empty() {
            self.canonical = self.addresses.first().cloned().unwrap_or_default();
        }
    }

    /// When it was published, in one of the forms that can be read only one way.
    pub(super) fn date(&self) -> Option<Date> {
        when(&self.published)
    }

    /// When it was changed last.
    pub(super) fn updated(&self) -> Option<Date> {
        when(&self.modified)
    }
}

/// A date as machines write it: ISO 8601, or that of a mail (RFC 5322 §3.3).
fn when(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = Date::parse(text) {
        return Some(date);
    }
    if let Ok(date) = jiff::fmt::rfc2822::DateTimeParser::new().parse_zoned_datetime(text) {
        return Date::parse(&date.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()).ok();
    }
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let parts = digits.then(|| Some((text.get(..4)?, text.get(4..6)?, text.get(6..)?)))??;
    Date::parse(&format!("{}-{}-{}", parts.0, parts.1, parts.2)).ok()
}

fn fill(field: &mut String, text: impl FnOnce() -> String) {
    if field.is_empty() {
        *field = text();
    }
}

/// A text in the data of a page. Though tags mean nothing there, some sites write them; `<ARBR>`
/// is the sign of a company.
pub(super) fn data(text: &str) -> String {
    match text.contains("</") || text.contains("<br") {
        true => plain(text),
        false => plain(&text.replace('<', "&lt;")),
    }
}

fn metas(tree: &Html) -> Metas {
    let mut metas = Metas::new();
    for node in tree.tree.nodes() {
        let Node::Element(element) = node.value() else {
            continue;
        };
        let content = element.attr("content").unwrap_or_default();
        if element.name() != "meta" || content.trim().is_empty() {
            continue;
        }
        let names = ["property", "name", "itemprop"].iter();
        for name in names.filter_map(|key| element.attr(key)) {
            // Some write Dublin Core as `dc:date`, some as `DC.date`.
            let name = name.trim().to_lowercase();
            let name = match name.strip_prefix("dc:") {
                Some(rest) => format!("dc.{rest}"),
                None => name,
            };
            metas.entry(name).or_default().push(data(content));
        }
    }
    metas
}

/// The headline: what the page says, else its one heading of the first rank, else its `title`
/// without the name of the site. Where the heading is the beginning of what the page says, the
/// rest of that is the site's.
fn title(tree: &Html, said: &str, site: &str) -> String {
    let of = |name: &str| -> Vec<String> {
        let nodes = tree.tree.nodes().filter(
            |node| matches!(node.value(), Node::Element(element) if element.name() == name),
        );
        let texts = nodes.map(|node| plain_text(&html::shown(tree, node.id())));
        texts.filter(|text| !text.is_empty()).collect()
    };
    let headings = of("h1");
    let whole = match of("title").into_iter().next() {
        Some(title) if said.is_empty() => title,
        _ => said.to_owned(),
    };
    let heading = match &headings[..] {
        [heading] => Some(heading),
        several => several.iter().find(|heading| fits(heading, &whole)),
    };
    match heading {
        // They differ in signs alone: what is meant for machines has those of the author.
        Some(heading) if letters(heading) == letters(&whole) => whole,
        Some(heading) if whole.is_empty() || fits(heading, &whole) => heading.clone(),
        Some(heading) if said.is_empty() => heading.clone(),
        _ => without_site(&whole, site),
    }
}

fn plain_text(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether one headline is the other, or its beginning with something after it.
fn fits(heading: &str, whole: &str) -> bool {
    let heading = letters(heading);
    !heading.is_empty() && letters(whole).starts_with(&heading)
}

fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// `Headline | Site`, `Headline - Site`: without the site, where that is known by its name.
fn without_site(title: &str, site: &str) -> String {
    let cut = [" | ", " – ", " — ", " - ", " · ", " :: "]
        .iter()
        .find_map(|mark| {
            let (before, after) = title.rsplit_once(mark)?;
            (!site.is_empty() && after.trim().eq_ignore_ascii_case(site.trim())).then_some(before)
        });
    cut.unwrap_or(title).trim().to_owned()
}
