//! One page: what it is, and the article in it.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use encoding_rs::Encoding;
use jiff::tz::TimeZone;
use scraper::Html;

use super::links::Old;
use super::old_addresses::{Address, Mirror, Needed};
use super::told::{Nature, Told};
use super::{fields, main_text};
use crate::content::{Date, slug};
use crate::import::draft::{Draft, Image};
use crate::import::html::{self, Addresses};
use crate::import::report::Letters;
use crate::import::text::{self, Cleaned, Decoded, NotText, Rules};

/// A page as it was read.
pub(super) struct Page {
    pub(super) tree: Html,
    pub(super) source: Decoded,
    pub(super) told: Told,
}

/// Reads the bytes of a page, in the encoding it says it is in.
///
/// # Errors
/// The first byte that is no text.
pub(super) fn read(bytes: &[u8], named: Option<&'static Encoding>) -> Result<Page, NotText> {
    let source = text::decode(bytes, named.or_else(|| declared(bytes)))?;
    let tree = Html::parse_document(&source.text);
    let told = Told::of(&tree);
    Ok(Page { tree, source, told })
}

/// The encoding that a page names near its beginning (HTML §13.2.3.2), if its bytes agree.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048))?).to_ascii_lowercase();
    let at = head.find("charset")?;
    let rest = head.get(at + "charset".len()..)?.trim_start();
    let label = rest.strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let label = label
        .split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))
        .next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // What can be read byte by byte is not UTF-16, and not every page is what it says.
    let agrees = encoding.is_ascii_compatible()
        && encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some();
    agrees.then_some(encoding)
}

impl Page {
    /// The address it asks to be known by, seen from the one its file has.
    pub(super) fn canonical(&self, file: &Address) -> Option<Address> {
        let canonical = self.told.canonical.trim();
        if canonical.is_empty() {
            return None;
        }
        file.join(canonical).map(|(address, _)| address)
    }

    /// Why it is no article; `None` if it is one. A page that says nothing of itself is one if it
    /// has text and a date: in its data, its text, or the path of its file.
    pub(super) fn is_none(&self, inside: &Utf8Path, rules: &Rules<'_>) -> Option<&'static str> {
        match self.told.nature {
            Nature::Article => None,
            Nature::List => Some("the page says that it leads to others or is about the site"),
            Nature::Unsaid => {
                /// Shorter texts are those of menus and notices, in letters and digits.
                const SHORTEST: u64 = 140;
                let lines = self.lines();
                let dated = || {
                    self.told.date().is_some() || text::clean(&lines, inside, rules).date.is_some()
                };
                if Letters::of(&lines) < SHORTEST {
                    Some("there is hardly any text on the page")
                } else if !dated() {
                    Some("nothing on the page says that it is an article, and it has no date")
                } else {
                    None
                }
            }
        }
    }

    /// Its main text in lines, as [`main_text::clean`] reads them.
    pub(super) fn lines(&self) -> String {
        let main = main_text::find(&self.tree);
        main_text::lines(
            &self.told.title,
            &main_text::blocks(&main, &html::AsTheyAre),
        )
    }
}

/// What a page is read with.
pub(super) struct Desk<'d> {
    pub(super) mirror: &'d Mirror,
    /// The clock of the office, for dates that are told in UTC.
    pub(super) zone: Option<&'d TimeZone>,
    /// The language of the site.
    pub(super) language: &'d str,
    /// Pictures that stand for many pages, and so for none.
    pub(super) everywhere: &'d BTreeMap<String, u32>,
}

/// Where a page was.
pub(super) struct Spot<'s> {
    /// The folder that was given.
    pub(super) root: &'s Utf8Path,
    /// Its file, seen from there.
    pub(super) inside: &'s Utf8Path,
    /// The address that its file has in a mirror.
    pub(super) file: &'s Address,
    /// Its address, as well as that is known.
    pub(super) address: Option<&'s Address>,
}

/// The article of a page.
pub(super) struct Made {
    pub(super) draft: Draft,
    pub(super) cleaned: Cleaned,
    pub(super) letters: Letters,
    pub(super) needed: BTreeSet<Needed>,
}

impl Desk<'_> {
    /// Makes an article of a page; `None` where there is no text in it.
    pub(super) fn make(&self, page: &Page, spot: &Spot<'_>, rules: &Rules<'_>) -> Option<Made> {
        let old = Old::new(self.mirror, spot);
        let told = &page.told;
        let main = main_text::find(&page.tree);
        let mut blocks = main_text::blocks(&main, &old);
        let cleaned = main_text::clean(&told.title, &mut blocks, spot.inside, rules);
        // A brief may be a headline alone.
        let brief = told.nature == Nature::Article && !told.title.is_empty();
        if blocks.is_empty() && !brief {
            return None;
        }
        let all = Letters::of(&html::all_shown(&page.tree));
        let body: u64 = blocks.iter().map(|(_, line)| Letters::of(line)).sum();
        let body = body.min(all);
        let letters = Letters {
            read: all,
            body,
            removed: all - body,
        };
        let opening: String = blocks
            .iter()
            .map(|(_, line)| line.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let body: Vec<String> = blocks.into_iter().map(|(block, _)| block).collect();
        let mut draft = Draft {
            title: if told.title.is_empty() {
                cleaned.title.clone()
            } else {
                told.title.clone()
            },
            body: body.join("\n\n"),
            file: Some(place(spot)),
            ..Draft::default()
        };
        self.dates(told, &cleaned, &mut draft);
        fields::texts(told, &cleaned, &opening, self.language, &mut draft);
        fields::names(told, &cleaned, rules.phrases, &mut draft);
        self.addresses(told, spot, &mut draft);
        self.picture(told, &old, &mut draft);
        Some(Made {
            draft,
            cleaned,
            letters,
            needed: old.needed(),
        })
    }

    fn dates(&self, told: &Told, cleaned: &Cleaned, draft: &mut Draft) {
        let date = told.date().or(cleaned.date);
        draft.date = date.map(|date| self.local(date));
        let updated = told.updated().or(cleaned.updated);
        if let (Some(date), Some(updated)) = (date, updated)
            && self.local(updated).get(..10) > self.local(date).get(..10)
        {
            draft.text("updated", self.local(updated));
        }
    }

    /// A date on the clock of the office: pages tell theirs in UTC, and so often the wrong day.
    fn local(&self, date: Date) -> String {
        let written = date.iso(&TimeZone::UTC);
        let utc = date.has_time() && (written.ends_with('Z') || written.ends_with("+00:00"));
        match self.zone.filter(|_| utc) {
            Some(zone) => {
                let there = date.instant(&TimeZone::UTC).to_zoned_datetime(zone.clone());
                there.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
            }
            None => written,
        }
    }

    fn addresses(&self, told: &Told, spot: &Spot<'_>, draft: &mut Draft) {
        let Some(address) = spot.address else { return };
        if !self.mirror.is_own(address) {
            let whole = format!("https://{}{}", address.host, address.path);
            let told = told.canonical.trim();
            draft.text(
                "source_url",
                if told.starts_with("http") {
                    told
                } else {
                    &whole
                },
            );
            return;
        }
        let mut aliases = BTreeSet::new();
        let path = address.path.as_str();
        if path.contains('?') {
            aliases.insert(path.to_owned());
        } else if path.len() > 1 && crate::content::address(path).is_ok() {
            draft.text("url", path);
        }
        for other in &told.addresses {
            let Some((other, _)) = address.join(other) else {
                continue;
            };
            let good = other.path.len() > 1 && crate::content::address(&other.path).is_ok();
            if self.mirror.is_own(&other) && good && other.path != path {
                aliases.insert(other.path);
            }
        }
        draft.list("aliases", aliases.into_iter().collect());
    }

    /// The picture that stands for the page, unless the text shows it or every page has it.
    fn picture(&self, told: &Told, old: &Old<'_>, draft: &mut Draft) {
        /// On more pages it is a mark of the site.
        const MOST: u32 = 2;
        let Some(picture) = &told.picture else { return };
        if self
            .everywhere
            .get(&picture.src)
            .copied()
            .unwrap_or_default()
            > MOST
        {
            return;
        }
        let src = old.file(&picture.src);
        let name = src.rsplit('/').next().unwrap_or_default();
        if name.is_empty() || draft.body.contains(name) {
            return;
        }
        draft.images.push(Image {
            src,
            alt: picture.alt.clone(),
            caption: picture.caption.clone(),
            credit: picture.credit.clone(),
        });
    }
}

/// Where the article goes, below the folder of articles: as its old address, else as its file.
fn place(spot: &Spot<'_>) -> String {
    let path = match spot.address {
        Some(address) if !address.path.contains('?') && address.path.len() > 1 => {
            let path = address.path.trim_matches('/');
            Utf8PathBuf::from(
                crate::content::percent_decoded(path).unwrap_or_else(|| path.to_owned()),
            )
        }
        _ => Utf8PathBuf::from(spot.inside.as_str().replace('\\', "/")),
    };
    let stem = match path.extension() {
        Some("html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx" | "jsp") => {
            path.file_stem()
        }
        _ => path.file_name(),
    };
    let folders = path.parent().into_iter().flat_map(Utf8Path::components);
    let mut parts: Vec<String> = folders
        .map(|part| slug::slug(part.as_str(), false))
        .filter(|part| !part.is_empty())
        .collect();
    parts.push(format!("{}.md", slug::slug(stem.unwrap_or("page"), false)));
    parts.join("/")
}
