//! Addresses: how they are formed, encoded, and written from one page to another.

use std::borrow::Cow;

use crate::archive::{Archive, Article, Tombstone};
use crate::config::Config;
use crate::content;

/// The file of an address below the output folder. An address without an ending that hosts know
/// is a folder with an `index.html`, so that every host serves it as a page.
pub fn file_of(url: &str) -> String {
    file_parts(url).concat()
}

/// The same in two parts: what stands in the address, and what is added to it.
pub(super) fn file_parts(url: &str) -> [&str; 2] {
    let bare = url.trim_start_matches('/');
    if bare.is_empty() || bare.ends_with('/') {
        return [bare, "index.html"];
    }
    let last = bare.rsplit('/').next().unwrap_or(bare);
    let ending = last.rsplit_once('.').map(|(_, ending)| ending);
    let known = |ending: &str| FILE_ENDINGS.iter().any(|e| e.eq_ignore_ascii_case(ending));
    if ending.is_some_and(known) {
        [bare, ""]
    } else {
        [bare, "/index.html"]
    }
}

/// The endings of generated files that hosts serve with a type of their own.
const FILE_ENDINGS: &[&str] = &["html", "htm", "xhtml", "xml", "json", "txt"];

/// The folder of a page's own files: that of `/a/b/` is itself, that of `/a/b.html` is `/a/b/`.
pub(super) fn folder_of(url: &str) -> String {
    let bare = url
        .strip_suffix(".html")
        .or_else(|| url.strip_suffix(".htm"))
        .unwrap_or(url);
    if bare.ends_with('/') {
        bare.to_owned()
    } else {
        format!("{bare}/")
    }
}

/// The bytes of a path that stand for themselves, at the place of their number.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let signs = b"-._~/!$()*+,;=:@";
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let byte = at as u8;
        plain[at] = byte.is_ascii_alphanumeric();
        at += 1;
    }
    at = 0;
    while at < signs.len() {
        plain[signs[at] as usize] = true;
        at += 1;
    }
    plain
};

/// Percent-encodes what a path cannot hold (RFC 3986 §3.3). Signs that would need escaping in
/// HTML are encoded as well.
pub fn encode(path: &str) -> Cow<'_, str> {
    // Nearly every address is plain already.
    if path.bytes().all(|b| PLAIN[usize::from(b)]) {
        return Cow::Borrowed(path);
    }
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if PLAIN[usize::from(byte)] {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                encoded.push(
                    char::from_digit(u32::from(half), 16)
                        .unwrap_or('0')
                        .to_ascii_uppercase(),
                );
            }
        }
    }
    Cow::Owned(encoded)
}

/// The address `to` written from the page `from`, naming `index.html` so that it also works
/// where no host adds it.
pub fn relative(from: &str, to: &str) -> String {
    let from_file = file_of(from);
    let to_file = if to.ends_with('/') {
        format!("{}index.html", to.trim_start_matches('/'))
    } else {
        to.trim_start_matches('/').to_owned()
    };
    let depth: Vec<&str> = from_file.split('/').collect();
    let target: Vec<&str> = to_file.split('/').collect();
    let folders = &depth[..depth.len() - 1];
    let shared = folders
        .iter()
        .zip(&target[..target.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let mut path = "../".repeat(folders.len() - shared);
    path.push_str(&target[shared..].join("/"));
    // A first part with a colon would read as a scheme (RFC 3986 §4.2).
    if path
        .split('/')
        .next()
        .is_some_and(|part| part.contains(':'))
    {
        format!("./{path}")
    } else {
        path
    }
}

/// The address of an article: its own, else the site's pattern filled in. Parts that a partial
/// date does not know are left out; an undated article is filed under `/undated/`.
pub(super) fn of_article(config: &Config, archive: &Archive, article: &Article) -> String {
    address(config, &article.content, section(config, archive, article))
}

/// The address that a removed article had.
pub(super) fn of_removed(config: &Config, tombstone: &Tombstone) -> String {
    address(config, &tombstone.content, &tombstone.section)
}

fn address(config: &Config, content: &content::Article, section: &str) -> String {
    if let Some(url) = &content.url {
        return url.to_string();
    }
    let pattern = &config.settings.permalinks.article;
    let part = |name: &str| part(config, content, section, name);
    let mut url = String::with_capacity(pattern.len() + content.slug.len());
    for piece in pattern.split('/').filter(|piece| !piece.is_empty()) {
        let filled = match part(piece) {
            Some(filled) => filled,
            None if piece.contains('{') => Cow::Owned(fill(piece, &part)),
            None => Cow::Borrowed(piece),
        };
        if !filled.is_empty() {
            url.push('/');
            url.push_str(&filled);
        }
    }
    if pattern.ends_with('/') || url.is_empty() {
        url + "/"
    } else {
        url
    }
}

/// What stands for a placeholder; `None` for what is none, and for a month or day without a date.
fn part<'a>(
    config: &'a Config,
    content: &'a content::Article,
    section: &'a str,
    name: &str,
) -> Option<Cow<'a, str>> {
    let date = content.date;
    let two =
        |number: Option<i8>| number.map_or(Cow::Borrowed(""), |n| Cow::Owned(format!("{n:02}")));
    Some(match name {
        "{slug}" => Cow::Borrowed(&content.slug),
        "{year}" => match date {
            Some(date) => Cow::Owned(format!("{:04}", date.year())),
            None => Cow::Borrowed("undated"),
        },
        "{month}" => two(date?.month()),
        "{day}" => two(date?.day()),
        "{language}" => {
            let own = content.language.as_deref();
            Cow::Owned(own.unwrap_or(&config.settings.language).to_lowercase())
        }
        "{section}" => Cow::Borrowed(section),
        "{folder}" => Cow::Owned(folder(config, &content.folder)),
        _ => return None,
    })
}

/// Fills a part of a pattern that is more than one placeholder: `{slug}.html`.
fn fill<'a>(piece: &str, part: &dyn Fn(&str) -> Option<Cow<'a, str>>) -> String {
    let names = [
        "{slug}",
        "{year}",
        "{month}",
        "{day}",
        "{language}",
        "{section}",
        "{folder}",
    ];
    names.iter().fold(piece.to_owned(), |filled, name| {
        if filled.contains(name) {
            filled.replace(name, &part(name).unwrap_or_default())
        } else {
            filled
        }
    })
}

/// The last part of the address of an article's section; empty without one.
fn section<'a>(config: &Config, archive: &'a Archive, article: &Article) -> &'a str {
    let sections = config.taxonomy_of_kind(crate::config::Kind::Section);
    let found = article
        .terms
        .iter()
        .find(|term| Some(archive.term(**term).taxonomy) == sections);
    found.map_or("", |term| &archive.term(*term).slug)
}

fn folder(config: &Config, folder: &str) -> String {
    let ascii = config.settings.permalinks.ascii;
    let parts = folder.split('/').filter(|part| !part.is_empty());
    parts
        .map(|part| content::slug::slug(part, ascii))
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_files() {
        for (url, file) in [
            ("/", "index.html"),
            ("/people/王芳/", "people/王芳/index.html"),
            ("/story.html", "story.html"),
            ("/feed.xml", "feed.xml"),
            ("/news/story", "news/story/index.html"),
            ("/story.php", "story.php/index.html"),
        ] {
            assert_eq!(file_of(url), file);
        }
    }

    #[test]
    fn relative_addresses_lead_there_and_back() {
        assert_eq!(
            relative("/2019/04/25/a/", "/people/b/"),
            "../../../../people/b/index.html"
        );
        assert_eq!(relative("/people/b/", "/people/c/"), "../c/index.html");
        assert_eq!(
            relative("/story.html", "/theme/style.css"),
            "theme/style.css"
        );
        assert_eq!(relative("/a/", "/"), "../index.html");
        assert_eq!(relative("/", "/a:b/"), "./a:b/index.html");
    }

    #[test]
    fn what_a_path_cannot_hold_is_encoded() {
        assert_eq!(encode("/people/王芳/"), "/people/%E7%8E%8B%E8%8A%B3/");
        assert_eq!(encode("/a b\"<>?#&'%/"), "/a%20b%22%3C%3E%3F%23%26%27%25/");
    }
}
