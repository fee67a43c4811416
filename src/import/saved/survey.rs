//! The first reading: which pages are articles, where each was, which lines are furniture.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::old_addresses::{self, Address, Mirror};
use super::page::{self, Page};
use super::{OldSite, Order};
use crate::diagnostics::Diagnostics;
use crate::import::text::learned::{Count, Decision};
use crate::import::text::{Learned, Phrases, Rules};
use crate::import::text_files::{self, Boilerplate};
use crate::import::text_input::below;

/// How many pages are in memory at once.
pub(super) const AT_ONCE: usize = 64;

/// A file that may hold an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) path: Utf8PathBuf,
    /// Seen from the folder that was named.
    pub(super) inside: Utf8PathBuf,
    pub(super) root: Utf8PathBuf,
    /// Whether it was named itself, and so is an article in any case.
    pub(super) named: bool,
}

/// What is known of a file after the first reading.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// The address that its file has in a mirror.
    pub(super) file: Address,
    /// Its address, as well as that is known.
    pub(super) address: Option<Address>,
    /// Why it is no article, where it is none.
    pub(super) none: Option<String>,
    /// By what its furniture is known.
    pub(super) source: String,
}

/// What the first reading found.
pub(super) struct Survey {
    pub(super) files: Vec<(Found, Seen)>,
    pub(super) mirror: Mirror,
    pub(super) learned: Learned,
    pub(super) phrases: Phrases,
    /// In how many pages each picture stands for the page.
    pub(super) everywhere: BTreeMap<String, u32>,
    pub(super) site: OldSite,
}

/// What one page tells of itself, before the others are known.
struct Look {
    written: String,
    canonical: Option<Address>,
    none: Option<&'static str>,
    picture: String,
    site: String,
    language: String,
}

impl Survey {
    pub(super) fn of(order: &Order, notes: &mut Diagnostics) -> Result<Survey, Diagnostics> {
        let files = files(order, notes);
        let phrases = Phrases::built_in();
        let mut learned = text_files::decided(&order.place.site)?;
        let mut everywhere: BTreeMap<String, u32> = BTreeMap::new();
        let (mut names, mut languages) = (BTreeMap::new(), BTreeMap::new());
        let mut written = BTreeMap::new();
        let mut looks = Vec::with_capacity(files.len());
        for chunk in files.chunks(AT_ONCE) {
            let read: Vec<Option<Look>> = chunk
                .par_iter()
                .map(|file| look(file, order, &phrases))
                .collect();
            for look in read {
                if let Some(look) = &look {
                    *everywhere.entry(look.picture.clone()).or_default() += 1;
                    *written.entry(look.written.clone()).or_default() += 1;
                    *names.entry(look.site.clone()).or_default() += 1;
                    *languages.entry(look.language.clone()).or_default() += 1;
                }
                looks.push(look);
            }
        }
        let mirror = Mirror {
            hosts: hosts(&files, &looks),
            written: most(&written),
            pages: BTreeMap::new(),
        };
        let site = OldSite {
            host: match mirror.written.is_empty() {
                true => mirror.hosts.first().cloned().unwrap_or_default(),
                false => mirror.written.clone(),
            },
            name: most(&names),
            language: most(&languages),
        };
        let seen = looks.into_iter().zip(&files);
        let seen: Vec<Seen> = seen
            .map(|(look, file)| see(look, file, order, &mirror))
            .collect();
        let mut survey = Survey {
            files: files.into_iter().zip(seen).collect(),
            mirror,
            learned: Learned::default(),
            phrases,
            everywhere,
            site,
        };
        survey.one_of_each();
        if order.boilerplate != Boilerplate::Keep {
            survey.learn(order, &mut learned);
        }
        survey.learned = learned;
        Ok(survey)
    }

    /// Of several copies of a page one is the article: the one whose file is where the page was.
    fn one_of_each(&mut self) {
        let mut chosen: BTreeMap<Address, usize> = BTreeMap::new();
        for (index, (_, seen)) in self.files.iter().enumerate() {
            let Some(address) = seen.address.as_ref().filter(|_| seen.none.is_none()) else {
                continue;
            };
            let at_home = seen.file.path == address.path;
            if at_home || !chosen.contains_key(address) {
                chosen.insert(address.clone(), index);
            }
        }
        for index in 0..self.files.len() {
            let Some((_, seen)) = self.files.get(index) else {
                continue;
            };
            let Some(address) = seen.address.clone().filter(|_| seen.none.is_none()) else {
                continue;
            };
            let first = chosen.get(&address).copied().unwrap_or(index);
            let other = self
                .files
                .get(first)
                .map(|(file, _)| file.inside.to_string());
            let url = (self.mirror.is_own(&address) && !address.path.contains('?'))
                .then(|| address.path.clone());
            if let (Some((_, seen)), Some(other)) = (self.files.get_mut(index), other)
                && first != index
            {
                seen.none = Some(format!("a copy of {other}"));
            }
            if let (Some(url), Some((_, seen))) = (url, self.files.get(index)) {
                self.mirror
                    .pages
                    .insert(seen.file.path.clone(), url.clone());
                self.mirror.pages.insert(address.path, url);
            }
        }
    }

    /// Learns which lines open or close many pages of one source.
    fn learn(&self, order: &Order, learned: &mut Learned) {
        let articles: Vec<&(Found, Seen)> = self
            .files
            .iter()
            .filter(|(_, seen)| seen.none.is_none())
            .collect();
        if articles.len() < 3 {
            return;
        }
        let mut count = Count::default();
        each(&articles, order, |_, seen, lines| {
            count.add(&seen.source, lines)
        });
        each(&articles, order, |file, seen, lines| {
            let path = file.path.as_str();
            count.learn(&seen.source, path, lines, &self.phrases, learned);
        });
        if order.boilerplate == Boilerplate::Remove {
            learned.decide(Decision::Remove);
        }
    }
}

/// The lines of all pages that are articles, some at a time.
fn each(articles: &[&(Found, Seen)], order: &Order, mut each: impl FnMut(&Found, &Seen, &str)) {
    for chunk in articles.chunks(AT_ONCE) {
        let lines: Vec<Option<String>> = chunk
            .par_iter()
            .map(|(file, _)| Some(open(file, order)?.lines()))
            .collect();
        for ((file, seen), lines) in chunk.iter().zip(lines) {
            if let Some(lines) = lines {
                each(file, seen, &lines);
            }
        }
    }
}

fn open(file: &Found, order: &Order) -> Option<Page> {
    let bytes = text_files::bytes(&file.path).ok()?;
    page::read(&bytes, order.encoding).ok()
}

fn look(file: &Found, order: &Order, phrases: &Phrases) -> Option<Look> {
    let page = open(file, order)?;
    let learned = Learned::default();
    let rules = Rules {
        phrases,
        learned: &learned,
        source: "",
        keep: false,
    };
    let at = old_addresses::of_file(&file.inside);
    Some(Look {
        written: old_addresses::written_host(&page.told.canonical)
            .or_else(|| old_addresses::host_of_file(&file.inside))
            .unwrap_or_default(),
        canonical: page.canonical(&at),
        none: if file.named || order.all {
            None
        } else {
            page.is_none(&file.inside, &rules)
        },
        picture: page
            .told
            .picture
            .as_ref()
            .map(|picture| picture.src.clone())
            .unwrap_or_default(),
        site: page.told.site.clone(),
        language: page.told.language.clone(),
    })
}

/// The hosts of the site: the one that most pages name as theirs, and those of the folders of a
/// mirror. Pages of many sites together have none.
fn hosts(files: &[Found], looks: &[Option<Look>]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = 0;
    for (file, look) in files.iter().zip(looks) {
        let named = look.as_ref().and_then(|look| look.canonical.as_ref());
        let host = named
            .map(|address| address.host.clone())
            .filter(|host| !host.is_empty());
        let host = host.unwrap_or_else(|| old_addresses::of_file(&file.inside).host);
        if !host.is_empty() {
            *counts.entry(host).or_default() += 1;
            all += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.filter(|(_, count)| count * 2 > all)
        .map(|(host, _)| host)
        .into_iter()
        .collect()
}

fn most(counts: &BTreeMap<String, u32>) -> String {
    let named = counts.iter().filter(|(name, _)| !name.is_empty());
    named
        .max_by_key(|(_, count)| **count)
        .map(|(name, _)| name.clone())
        .unwrap_or_default()
}

fn see(look: Option<Look>, file: &Found, order: &Order, mirror: &Mirror) -> Seen {
    let at = old_addresses::of_file(&file.inside);
    let canonical = look.as_ref().and_then(|look| look.canonical.clone());
    let own = canonical
        .clone()
        .filter(|address| !address.host.is_empty() || !file.named);
    // The place of a file that was named alone says nothing.
    let address = own.or_else(|| (!file.named).then(|| at.clone()));
    let host = canonical.map(|address| address.host).unwrap_or_default();
    let source = if host.is_empty() {
        mirror.hosts.first().cloned().unwrap_or_default()
    } else {
        host
    };
    let none = look.and_then(|look| look.none).filter(|_| !order.all);
    Seen {
        file: at,
        address,
        none: none.map(str::to_owned),
        source,
    }
}

/// Every page below what was named, by path.
fn files(order: &Order, notes: &mut Diagnostics) -> Vec<Found> {
    let mut found = Vec::new();
    for input in &order.inputs {
        for (path, inside) in below(input, &is_page, notes) {
            let named = path == *input;
            let root = if named {
                input.parent().unwrap_or(Utf8Path::new(""))
            } else {
                input
            };
            let root = if root.as_str().is_empty() {
                Utf8Path::new(".")
            } else {
                root
            };
            found.push(Found {
                path,
                inside,
                root: root.to_owned(),
                named,
            });
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether a file of a mirror is a page, by its name or, where that says nothing, its beginning.
fn is_page(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_lowercase();
    let plain = name.split('?').next().unwrap_or_default();
    match plain.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html" | "htm" | "xhtml" | "shtml") => true,
        Some("php" | "asp" | "aspx" | "jsp" | "cfm") | None => begins_as_page(path),
        _ => false,
    }
}

fn begins_as_page(path: &Utf8Path) -> bool {
    use std::io::Read;
    let mut start = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(1024).read_to_end(&mut start));
    let start = String::from_utf8_lossy(&start).to_lowercase();
    read.is_ok() && (start.contains("<html") || start.contains("<!doctype html"))
}
