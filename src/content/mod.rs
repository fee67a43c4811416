//! Stage 1: files become articles, authority records and pages.
//!
//! Takes the [`Config`], gives a [`Content`] with everything that was wrong in any file. Knows
//! files and Markdown; knows no address of a page and no template. Bodies are looked at once, for
//! their summary and links, and not kept: [`body`] reads one again when its page is made.

mod article;
mod authority;
mod date;
pub mod edit;
mod fields;
mod front_matter;
#[cfg(fuzzing)]
pub mod fuzzed;
pub mod markdown;
pub mod name;
mod nearest;
mod page;
mod revised;
mod roster;
pub mod schema;
pub mod slug;
mod source;
mod stored;
mod stored_value;
mod text;
pub mod typography;
mod value;
mod walk;
mod withheld;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;

pub use article::{Article, Body, Correction, Dateline, Picture, Print, Removed, Seldom, Status};
pub use authority::Authority;
pub use date::Date;
pub use fields::Name;
pub(crate) use nearest::nearest;
pub use page::TextPage;
pub use revised::{Revised, revise};
pub use source::{body, body_as_read, said};
pub use value::Value;
pub use withheld::{Item, Needle};

use roster::Roster;
use source::load;
use walk::Found;

/// Everything that a site's files say.
#[derive(Debug, Default)]
pub struct Content {
    /// The articles, by file.
    pub articles: Vec<Box<Article>>,
    /// The authority records, by file and line.
    pub records: Vec<Authority>,
    /// The pages, by file.
    pub pages: Vec<TextPage>,
    /// The static files, seen from their folder.
    pub statics: Vec<Utf8PathBuf>,
    /// All other files, seen from the content root, sorted: pictures beside articles.
    pub beside: Vec<Utf8PathBuf>,
    /// How many articles could not be read.
    pub broken: usize,
}

/// What one file gave.
#[derive(Debug, Serialize, Deserialize)]
enum Read {
    Article(Box<Article>),
    Records(Vec<Authority>),
    Page(Box<TextPage>),
    Broken,
    /// An article that withholds something: nothing of it is stored, it is read anew each time.
    Withheld,
}

/// Reads all content of a site, on all processors.
///
/// The findings name files as seen from the folder of `site.toml`; a file with an error is
/// reported and left out, so that all errors of all files come in one run. With a cache only what
/// changed since the last run is read.
pub fn read(config: &Config, cache: Option<&Cache>) -> (Content, Diagnostics) {
    let mut notes = Diagnostics::new();
    let files = walk::files(config, &mut notes);
    let roster = Roster::new();
    let read: Vec<(Read, Diagnostics)> = match cache {
        Some(cache) => {
            let taken = stored::read(config, cache, &roster, &files.read).into_iter();
            taken.map(|taken| (taken.read, taken.notes)).collect()
        }
        None => {
            let read = files.read.par_iter();
            let read = read.map(|found| read_one(config, &roster, found));
            read.map(|(read, notes, _)| (read, notes)).collect()
        }
    };
    let missing = not_there(config, &files.read);
    let mut content = Content {
        articles: Vec::with_capacity(read.len()),
        statics: files.statics,
        beside: files.beside,
        ..Content::default()
    };
    for (read, found) in read {
        notes.extend(found);
        match read {
            Read::Article(article) => content.articles.push(article),
            Read::Records(records) => content.records.extend(records),
            Read::Page(page) => content.pages.push(*page),
            Read::Broken | Read::Withheld => content.broken += 1,
        }
    }
    notes.extend(missing);
    if content.articles.is_empty() && content.broken == 0 {
        let folders = config.settings.content.articles.all().join(", ");
        let root = &config.settings.content.root;
        notes.push(
            Diagnostic::new(Code::NoArticles, format!("there is no article in {root}/{folders}"))
                .help("`[content] articles` in site.toml says where they are; `morgue new article \"Title\"` begins one"),
        );
    }
    (content, notes)
}

/// The files that `site.toml` corrects and that are not there.
fn not_there(config: &Config, found: &[Found]) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let corrected = [&config.settings.front_matter, &config.settings.records];
    for file in corrected.iter().flat_map(|keys| keys.files.keys()) {
        if found.iter().any(|found| found.file() == file) {
            continue;
        }
        notes.push(
            Diagnostic::new(Code::NoSuchFile, format!("there is no {file} to correct"))
                .file(crate::config::FILE)
                .help("name the file as it is seen from the content root"),
        );
    }
    notes
}

/// Reads one file; what its bytes are recognised by comes with it, where it could be read.
fn read_one(
    config: &Config,
    roster: &Roster,
    found: &Found,
) -> (Read, Diagnostics, Option<Digest>) {
    let file = found.file();
    let mut notes = Diagnostics::new();
    let loaded = load(config, file, &mut notes);
    let mark = loaded.as_ref().ok().map(|(_, mark)| *mark);
    let (read, more) = match loaded {
        Ok((source, mark)) => match found {
            Found::Article(_, folder) => {
                let (mut article, notes) = article::read(config, file, folder, &source);
                if let Some(article) = &mut article {
                    article.mark = mark;
                    article.filing = article.filing();
                    roster.enter(article);
                }
                (
                    article.map_or(Read::Broken, |article| Read::Article(Box::new(article))),
                    notes,
                )
            }
            Found::Record(taxonomy, _) => {
                let (mut record, notes) = authority::read(config, *taxonomy, file, &source);
                if let Some(record) = &mut record {
                    record.mark = mark;
                }
                (Read::Records(record.into_iter().collect()), notes)
            }
            Found::Table(taxonomy, _) => {
                let (records, notes) = authority::table(config, *taxonomy, file, &source);
                (Read::Records(records), notes)
            }
            Found::Page(_) => {
                let (page, notes) = page::read(config, file, &source);
                let page = page.map(|page| TextPage { mark, ..page });
                (
                    page.map_or(Read::Broken, |page| Read::Page(Box::new(page))),
                    notes,
                )
            }
        },
        Err(error) => (Read::Broken, error.into()),
    };
    notes.extend(more);
    let shown = shown(config, file);
    let notes = notes.into_iter().map(|note| note.file(&shown));
    let mut all = Diagnostics::new();
    notes.for_each(|note| all.push(note));
    (read, all, mark)
}

/// Reads an article once more, whose file is seen from the content root. `None` where it is no
/// article any more.
pub fn read_again(config: &Config, file: &Utf8Path) -> Option<(Article, Diagnostics)> {
    let found = walk::article(config, file)?;
    match read_one(config, &Roster::new(), &found) {
        (Read::Article(article), notes, _) => Some((*article, notes)),
        _ => None,
    }
}

/// A file of the content root as an editor sees it, from the folder of `site.toml`.
pub fn shown(config: &Config, file: &Utf8Path) -> Utf8PathBuf {
    let root = config.settings.content.root.trim_start_matches("./");
    if root.is_empty() || root == "." {
        file.to_owned()
    } else {
        Utf8Path::new(root).join(file)
    }
}

/// How bodies in this language are read; the site's language where none is given.
pub fn markdown_options(config: &Config, language: Option<&str>) -> markdown::Options {
    article::options(config, language.unwrap_or(&config.settings.language))
}

/// An address that a file sets for itself, as a path from the root of the site. The scheme and
/// host of an old address are dropped: it is kept on this site.
///
/// # Errors
/// Why it cannot be one.
pub fn address(text: &str) -> Result<String, &'static str> {
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None if text
            .split(['/', '?', '#'])
            .next()
            .is_some_and(|first| first.contains(':')) =>
        {
            return Err("it has a scheme that is not the web's");
        }
        None => text,
    };
    let path = path.split('#').next().unwrap_or_default();
    if path.contains('?') {
        return Err("a file cannot answer a query");
    }
    if path.contains('\\') || path.chars().any(char::is_control) {
        return Err("it has a sign that addresses do not have");
    }
    let decoded = percent_decoded(path).ok_or("its percent signs do not decode")?;
    let parts = decoded.trim_start_matches('/').split('/');
    let (mut count, mut blank) = (0, 0);
    for part in parts {
        if matches!(part, "." | "..") {
            return Err("it climbs out of its folder");
        }
        // Servers read `.htaccess` and its kin in every folder, and no host serves them.
        let lower = part.to_ascii_lowercase();
        if lower.starts_with(".ht") || lower == ".git" {
            return Err("servers keep names like this for themselves");
        }
        if part.len() > 255 {
            return Err("a part of it is longer than a file name can be");
        }
        count += 1;
        blank += usize::from(part.is_empty());
    }
    let trailing = usize::from(decoded.ends_with('/'));
    if blank > trailing || (count == 1 && blank == 1) {
        return Err("it is the front page or has an empty part");
    }
    Ok(format!("/{}", decoded.trim_start_matches('/')))
}

/// A web address with the signs encoded that none may hold (RFC 3986 §2).
pub fn web_address(text: &str) -> String {
    let forbidden = |c: char| c.is_control() || " \"<>\\^`{|}".contains(c);
    let mut address = String::with_capacity(text.len());
    for c in text.chars() {
        if forbidden(c) {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes)
                .bytes()
                .for_each(|b| address.push_str(&format!("%{b:02X}")));
        } else {
            address.push(c);
        }
    }
    address
}

/// `%E7%8E%8B` → `王`; `None` where the result would not be text or holds a control character.
pub fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            let digits = after.get(..2).and_then(|d| std::str::from_utf8(d).ok())?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.chars().any(char::is_control))
}
