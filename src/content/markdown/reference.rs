//! Where links and pictures lead.

use serde::{Deserialize, Serialize};

use super::Options;

/// What refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReferenceKind {
    /// A link.
    Link,
    /// A picture.
    Image,
    /// A film or a sound.
    Media,
}

/// A destination inside the site, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// A link, a picture, or what is played.
    pub kind: ReferenceKind,
    /// The destination, with escapes and entities decoded: `../hanoi.md`, `/about/`, `id:…`,
    /// `@/…`, `#fragment`, or a whole address of this site. One that could run a script is listed
    /// too, so that it is reported, though it is never asked about nor written.
    pub target: String,
    /// The byte of the body where the link or picture begins.
    pub offset: usize,
}

impl Reference {
    pub(super) fn new(kind: ReferenceKind, target: &str, offset: usize) -> Self {
        Reference {
            kind,
            target: target.to_owned(),
            offset,
        }
    }
}

/// What the caller makes of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// It leads here.
    Url(String),
    /// It leads to another host: on a page a link goes there, and a picture, film or sound becomes
    /// a link to it, for a page asks nobody else for anything until its reader clicks.
    Elsewhere(String),
    /// It is a picture of the site, so many pixels wide and high.
    Picture(String, (u32, u32)),
    /// It leads nowhere: the text of a link is shown in `<span class="dead-link">`, a picture
    /// as its alternative text.
    Dead,
}

/// What can be said of a destination from its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Another host or another program.
    External,
    /// Inside the site, or of a scheme nobody here knows: the caller decides.
    Internal,
    /// Something that could run a script, or is far too long.
    Refused,
}

/// Schemes that lead out. The sanitizer lets the same ones pass, so that a link does not depend
/// on whether the same body also has HTML in it.
pub(super) const SCHEMES: [&str; 22] = [
    "bitcoin", "dweb", "ftp", "ftps", "geo", "gemini", "http", "https", "irc", "ircs", "magnet",
    "mailto", "matrix", "news", "nntp", "sip", "sms", "ssh", "tel", "urn", "webcal", "xmpp",
];

const REFUSED: [&str; 7] = [
    "javascript",
    "vbscript",
    "livescript",
    "mocha",
    "data",
    "blob",
    "view-source",
];

/// No server and no browser takes a longer one.
const LONGEST: usize = 8192;

/// What the form of a destination says.
pub(super) fn reach(destination: &str) -> Reach {
    if destination.len() > LONGEST {
        return Reach::Refused;
    }
    // The URL Standard strips these before it looks for a scheme, so `java\nscript:` runs.
    let cleaned: String = destination
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .take(64)
        .collect();
    if cleaned.starts_with("//") {
        return Reach::External;
    }
    match scheme(&cleaned) {
        Some(scheme) if REFUSED.contains(&scheme.as_str()) => Reach::Refused,
        Some(scheme) if SCHEMES.contains(&scheme.as_str()) => Reach::External,
        _ => Reach::Internal,
    }
}

impl Options {
    /// The same, for a text of this site: its own addresses lie inside, however whole they are.
    pub(super) fn reach(&self, destination: &str) -> Reach {
        let site = self.site.as_ref();
        match reach(destination) {
            Reach::External if site.is_some_and(|site| site.within(destination).is_some()) => {
                Reach::Internal
            }
            reach => reach,
        }
    }
}

/// Whether a destination could run a script, or is far too long.
pub(in crate::content) fn is_refused(destination: &str) -> bool {
    reach(destination) == Reach::Refused
}

/// The scheme, in lower case (RFC 3986 §3.1).
fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// The host of an address as readers know it, without `www.` and without who logs in.
pub(super) fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let is_one = (scheme.is_empty() || scheme.ends_with(':')) && !host.is_empty();
    is_one.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_lead_out() {
        for url in [
            "https://a.example/",
            "mailto:a@b.example",
            "//cdn.example/x",
            "TEL:1",
        ] {
            assert_eq!(reach(url), Reach::External, "{url}");
        }
        for url in [
            "a.md", "/a/", "#x", "", "id:hanoi", "@/a.md", "C:\\a", "x y:z", "a/b:c",
        ] {
            assert_eq!(reach(url), Reach::Internal, "{url}");
        }
        for url in [
            "javascript:a",
            " JavaScript:a",
            "java\nscript:a",
            "\u{1}vbscript:x",
            "data:,",
        ] {
            assert_eq!(reach(url), Reach::Refused, "{url}");
        }
    }
}
