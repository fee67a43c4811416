//! The addresses of the old site: which are its own, and where they lead now.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::content::percent_decoded;

/// An address in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Address {
    /// The host without `www.`; empty where it is not known.
    pub(super) host: String,
    /// The path from its root, with the query.
    pub(super) path: String,
}

impl Address {
    /// Reads `https://host/path?query#fragment`; the fragment goes.
    pub(super) fn whole(url: &str) -> Option<Address> {
        let url = url.trim();
        let rest = ["https://", "http://", "//"].iter().find_map(|scheme| {
            let start = url.get(..scheme.len())?;
            start
                .eq_ignore_ascii_case(scheme)
                .then(|| url.get(scheme.len()..))?
        })?;
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let host = host.rsplit('@').next().unwrap_or_default().to_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
        let path = path.split('#').next().unwrap_or_default();
        let path = match path.starts_with('/') {
            true => path.to_owned(),
            false => format!("/{path}"),
        };
        (!host.is_empty()).then_some(Address { host, path })
    }

    /// Where a link on the page of this address leads (RFC 3986 §5.2): the address, and the
    /// fragment with its mark. `None` for one of another kind than a page.
    pub(super) fn join(&self, link: &str) -> Option<(Address, String)> {
        let link = link.trim();
        let (link, fragment) = match link.find('#') {
            Some(at) => (link.get(..at)?, link.get(at..)?),
            None => (link, ""),
        };
        if let Some(whole) = Address::whole(link) {
            return Some((whole, fragment.to_owned()));
        }
        let scheme = link.split(['/', '?']).next().unwrap_or_default();
        if scheme.contains(':') || link.is_empty() {
            return None;
        }
        let here = self.path.split('?').next().unwrap_or_default();
        let path = if link.starts_with('/') {
            link.to_owned()
        } else if link.starts_with('?') {
            format!("{here}{link}")
        } else {
            let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{folder}/{link}")
        };
        let (path, query) = match path.find('?') {
            Some(at) => (path.get(..at)?, path.get(at..)?),
            None => (path.as_str(), ""),
        };
        let address = Address {
            host: self.host.clone(),
            path: format!("{}{query}", without_dots(path)),
        };
        Some((address, fragment.to_owned()))
    }
}

/// A path without `.` and `..` (RFC 3986 §5.2.4); it never leaves the root.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut folder = true;
    for part in path.split('/').skip(1) {
        folder = matches!(part, "" | "." | "..");
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            "" => {}
            part => parts.push(part),
        }
    }
    let end = if folder && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}

/// The address that a file of a mirror had: its path, without `index.html`, and without the host
/// that mirrors put before it.
pub(super) fn of_file(inside: &Utf8Path) -> Address {
    let path = inside.as_str().replace('\\', "/");
    let mut path = path.as_str();
    let mut host = String::new();
    if let Some((first, rest)) = path.split_once('/')
        && is_host(first)
    {
        host = first.strip_prefix("www.").unwrap_or(first).to_lowercase();
        path = rest;
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let path = match name.to_lowercase().as_str() {
        "index.html" | "index.htm" | "index.php" => path.strip_suffix(name).unwrap_or(path),
        _ => path,
    };
    Address {
        host,
        path: format!("/{path}"),
    }
}

/// Whether the name of a folder is that of a host: `www.paper.example`, `localhost:8080`.
fn is_host(name: &str) -> bool {
    let name = name.split(':').next().unwrap_or_default();
    let labels: Vec<&str> = name.split('.').collect();
    let good = |label: &&str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let top = labels.last().copied().unwrap_or_default();
    let page = matches!(top, "html" | "htm" | "php" | "asp" | "aspx" | "jsp");
    labels.len() > 1
        && labels.iter().all(good)
        && !page
        && top.len() > 1
        && top.bytes().all(|b| b.is_ascii_alphabetic())
}

/// What is known of all pages together.
#[derive(Debug, Default)]
pub(super) struct Mirror {
    /// The hosts of the site.
    pub(super) hosts: BTreeSet<String>,
    /// How pages write the host of the site, with `www.` or without.
    pub(super) written: String,
    /// Where addresses lead now, by their paths.
    pub(super) pages: BTreeMap<String, String>,
}

impl Mirror {
    /// Whether an address is one of the site's own.
    pub(super) fn is_own(&self, address: &Address) -> bool {
        address.host.is_empty() || self.hosts.contains(&address.host)
    }

    /// The host of a link as it was written: `www.` belongs to it.
    pub(super) fn as_written(&self, link: &str, host: &str) -> String {
        let own = written_host(link).filter(|written| written.to_lowercase().ends_with(host));
        let site = || self.hosts.contains(host).then(|| self.written.clone());
        own.or_else(site)
            .filter(|host| !host.is_empty())
            .unwrap_or_else(|| host.to_owned())
    }
}

/// The host before the path of a file in a mirror, as it stands there.
pub(super) fn host_of_file(inside: &Utf8Path) -> Option<String> {
    let first = inside.components().next()?.as_str();
    (is_host(first) && first != inside.as_str()).then(|| first.to_owned())
}

/// The host of an address as it stands there.
pub(super) fn written_host(url: &str) -> Option<String> {
    let (_, rest) = url.trim().split_once("//")?;
    rest.split(['/', '?', '#']).next().map(str::to_owned)
}

/// A file of the mirror that an article needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Needed {
    pub(super) from: Utf8PathBuf,
    /// Its path from the root of the site, decoded.
    pub(super) path: String,
}

/// The file that an address means, below the folder that was given.
pub(super) fn file(root: &Utf8Path, address: &Address) -> Option<Needed> {
    let path = percent_decoded(address.path.split('?').next()?)?;
    let path = path.trim_start_matches('/');
    let plain = path.split('/').all(|part| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0'])
    });
    let page = path.rsplit('.').next().is_some_and(|ending| {
        let ending = ending.to_lowercase();
        matches!(
            ending.as_str(),
            "html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx" | "jsp" | "js" | "css"
        )
    });
    if path.is_empty() || !plain || page {
        return None;
    }
    let hosts = [address.host.clone(), format!("www.{}", address.host)];
    let folders = hosts
        .iter()
        .map(|host| root.join(host))
        .chain([root.to_owned()]);
    let inside = root.canonicalize_utf8().ok()?;
    let mut found = folders.filter_map(|folder| folder.join(path).canonicalize_utf8().ok());
    // A link in the mirror may lead out of it.
    let from = found.find(|file| file.starts_with(&inside) && file.is_file())?;
    Some(Needed {
        from,
        path: path.to_owned(),
    })
}

/// A path as part of an address: what would end or change it is percent-encoded.
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 1);
    out.push('/');
    for c in path.chars() {
        match c {
            '%' | '?' | '#' | ' ' | '"' | '<' | '>' | '\\' | '(' | ')' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_as_a_browser_reads_them() {
        let page = Address::whole("https://www.Paper.example/2012/a/index.html?x#y").unwrap();
        assert_eq!(
            (page.host.as_str(), page.path.as_str()),
            ("paper.example", "/2012/a/index.html?x")
        );
        for (link, path) in [
            ("b.html", "/2012/a/b.html"),
            ("../b/", "/2012/b/"),
            ("../../../../b", "/b"),
            ("/c?d=1#e", "/c?d=1"),
            ("?p=2", "/2012/a/index.html?p=2"),
            ("./", "/2012/a/"),
        ] {
            assert_eq!(page.join(link).unwrap().0.path, path, "{link}");
        }
        assert_eq!(page.join("mailto:a@b.example"), None);
        assert_eq!(page.join("javascript:void(0)"), None);
    }

    #[test]
    fn a_file_of_a_mirror_tells_its_address() {
        for (file, host, path) in [
            (
                "www.paper.example/2012/a/index.html",
                "paper.example",
                "/2012/a/",
            ),
            ("2012/a.html", "", "/2012/a.html"),
            ("story.html", "", "/story.html"),
        ] {
            let address = of_file(Utf8Path::new(file));
            assert_eq!((address.host.as_str(), address.path.as_str()), (host, path));
        }
    }
}
