//! Addresses of the old site: which are its own, and what they are in the archive.

use std::collections::BTreeSet;

/// What is known of the old site's addresses.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// Its hosts, without `www.`.
    hosts: BTreeSet<String>,
    /// Hosts of its files beside those.
    file_hosts: BTreeSet<String>,
    /// The folder it lies in, as in `/blog`; empty at the root of its host.
    folder: String,
}

/// An address in its parts.
fn parts(url: &str) -> Option<(String, &str)> {
    let url = url.trim();
    let rest = url
        .strip_prefix("https:")
        .or_else(|| url.strip_prefix("http:"))
        .unwrap_or(url);
    let rest = rest.strip_prefix("//")?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.split('@').next_back()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    Some((host, path))
}

impl Places {
    /// One address at which the site stands.
    pub(super) fn site(&mut self, url: &str) {
        if let Some((host, path)) = parts(url) {
            let folder = path
                .split(['?', '#'])
                .next()
                .unwrap_or_default()
                .trim_end_matches('/');
            if self.hosts.is_empty() {
                folder.clone_into(&mut self.folder);
            }
            if !host.is_empty() {
                self.hosts.insert(host);
            }
        }
    }

    /// The host of the site, by which its posts are told from those of others.
    pub(super) fn host(&self) -> String {
        self.hosts.first().cloned().unwrap_or_default()
    }

    /// One address at which a file of its stands.
    pub(super) fn file(&mut self, url: &str) {
        if let Some((host, _)) = parts(url)
            && !self.hosts.contains(&host)
            && !self.file_hosts.contains(&host)
        {
            self.file_hosts.insert(host);
        }
    }

    /// The path of an address of this site, with its query, seen from the root of the site.
    pub(super) fn path<'u>(&self, url: &'u str) -> Option<&'u str> {
        let path = match parts(url) {
            Some((host, path)) => path_if(self.hosts.contains(&host), path)?,
            None => url.trim(),
        };
        if path.is_empty() {
            return Some("/");
        }
        if path.starts_with('?') {
            return Some(path);
        }
        if !path.starts_with('/') {
            return None;
        }
        // Some sites link to `//about/` on their own host.
        let path = path
            .get(path.len() - path.trim_start_matches('/').len() - 1..)
            .unwrap_or(path);
        let inside = path.strip_prefix(self.folder.as_str())?;
        if inside.is_empty() {
            Some("/")
        } else {
            path_if(inside.starts_with(['/', '?', '#']), inside)
        }
    }

    /// The number of a post that an address with a query names: `/?p=8123`.
    pub(super) fn number(path: &str) -> Option<u64> {
        let query = path.strip_prefix('/').unwrap_or(path).strip_prefix('?')?;
        let query = query.split('#').next()?;
        query.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            matches!(key, "p" | "page_id")
                .then(|| value.parse().ok())
                .flatten()
        })
    }

    /// The path of an uploaded file below the folder of uploads, decoded. Copies that Jetpack
    /// serves (`i0.wp.com/host/path`) are the files they are copies of.
    pub(super) fn upload(&self, url: &str) -> Option<String> {
        const FOLDER: &str = "/wp-content/uploads/";
        let (host, path) = match parts(url) {
            Some(found) => found,
            None if url.trim().starts_with('/') => (String::new(), url.trim()),
            None => return None,
        };
        if matches!(
            host.as_str(),
            "i0.wp.com" | "i1.wp.com" | "i2.wp.com" | "i3.wp.com"
        ) {
            return self.upload(&format!("https:/{path}"));
        }
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let own = host.is_empty() || self.hosts.contains(&host) || self.file_hosts.contains(&host);
        let rest = match path.split_once(FOLDER) {
            Some((_, rest)) if own => rest,
            // WordPress.com keeps the files of a site at the root of a host of their own.
            None if self.file_hosts.contains(&host) => path.trim_start_matches('/'),
            _ => return None,
        };
        let rest = rest
            .strip_prefix("sites/")
            .and_then(|rest| rest.split_once('/'))
            .map_or(rest, |(_, rest)| rest);
        let rest = crate::content::percent_decoded(rest)?;
        let good = !rest.is_empty()
            && rest
                .split('/')
                .all(|part| !part.is_empty() && part != "." && part != "..")
            && !rest.contains(['\\', '\0', ':']);
        good.then_some(rest)
    }
}

fn path_if(yes: bool, path: &str) -> Option<&str> {
    yes.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_addresses_are_known() {
        let mut places = Places::default();
        places.site("https://www.paper.example/blog");
        places.file("https://paper.files.example/2012/a.jpg");
        for (url, path) in [
            ("http://paper.example/blog/2012/a/", Some("/2012/a/")),
            ("//WWW.paper.example/blog", Some("/")),
            ("/blog/?p=3", Some("/?p=3")),
            ("https://paper.example/blogging/", None),
            ("https://other.example/blog/", None),
            ("mailto:a@paper.example", None),
        ] {
            assert_eq!(places.path(url), path, "{url}");
        }
        for (url, file) in [
            (
                "https://paper.example/blog/wp-content/uploads/2012/a%20b.jpg?x",
                Some("2012/a b.jpg"),
            ),
            ("/wp-content/uploads/sites/3/2012/a.jpg", Some("2012/a.jpg")),
            (
                "https://paper.files.example/2012/a.jpg?w=604",
                Some("2012/a.jpg"),
            ),
            (
                "https://i0.wp.com/paper.example/wp-content/uploads/a.jpg?ssl=1",
                Some("a.jpg"),
            ),
            (
                "https://paper.example/wp-content/uploads/../../etc/passwd",
                None,
            ),
            ("https://paper.example/wp-content/uploads/%2e%2e/x", None),
            ("https://other.example/wp-content/uploads/a.jpg", None),
        ] {
            assert_eq!(places.upload(url).as_deref(), file, "{url}");
        }
        assert_eq!(Places::number("/?p=812&x=1"), Some(812));
        assert_eq!(Places::number("/2012/?p=812"), None);
    }
}
