//! What a request asks for: whether it may ask at all, and which page it means.

use hyper::header::HOST;
use hyper::{HeaderMap, Uri};

use crate::site::{self, PageId, Site};

/// What is at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A page.
    Page(PageId),
    /// Nothing, but this path leads to what is meant.
    Elsewhere(String),
    /// Nothing.
    Nothing,
}

/// Whether a request is addressed to this computer by a name that only this computer has. A page
/// on the web can point a name of its own at 127.0.0.1 and would then share an origin with the
/// preview (DNS rebinding); the name in the request is what gives it away.
pub(super) fn is_ours(uri: &Uri, headers: &HeaderMap, port: u16) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let named = uri.authority().map(hyper::http::uri::Authority::as_str);
    host.to_str().is_ok_and(|host| is_loopback(host, port))
        && named.is_none_or(|host| is_loopback(host, port))
}

fn is_loopback(host: &str, port: u16) -> bool {
    let (name, given) = match host.rsplit_once(':') {
        // The last colon of a bare IPv6 address is none before a port.
        Some((name, given)) if !given.ends_with(']') => (name, Some(given)),
        _ => (host, None),
    };
    // Browsers leave the port of the scheme out (RFC 9110 §4.2.3).
    let right = given.map_or(port == 80, |given| given == port.to_string());
    right && (["127.0.0.1", "[::1]"].contains(&name) || name.eq_ignore_ascii_case("localhost"))
}

/// The path of a request, percent-decoded once; `None` where it is not one, or tries to climb.
pub(super) fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        if *first == b'%' {
            let (code, more) = rest.split_at_checked(2)?;
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let value = digit(code[0])? * 16 + digit(code[1])?;
            bytes.push(u8::try_from(value).ok()?);
            rest = more;
        } else {
            bytes.push(*first);
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    let climbs = path.split('/').any(|part| matches!(part, "." | ".."));
    let odd = path.contains(|c: char| c == '\\' || c.is_control());
    (path.starts_with('/') && !climbs && !odd).then_some(path)
}

/// The part of a path below the one that the site lives under; `None` outside of it.
pub(super) fn below<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    // The settings may name it either way.
    let base = decode(base).unwrap_or_else(|| base.to_owned());
    let rest = path.strip_prefix(&base)?;
    rest.starts_with('/').then_some(rest)
}

/// What a static host has at a decoded path. Only planned pages are found: no path of a request
/// ever becomes a path on disk.
pub(super) fn find(site: &Site, base: &str, path: &str) -> Found {
    let Some(path) = below(base, path) else {
        let front = path == "/" || below(base, &format!("{path}/")) == Some("/");
        return if front {
            Found::Elsewhere(format!("{}/", encoded(base)))
        } else {
            Found::Nothing
        };
    };
    let bare = &path[1..];
    if path.contains("//") {
        return Found::Nothing;
    }
    if bare.is_empty() || bare.ends_with('/') {
        let page = site.at_file(&format!("{bare}index.html"));
        return page.map_or(Found::Nothing, Found::Page);
    }
    if let Some(page) = site.at_file(bare) {
        return Found::Page(page);
    }
    // GitHub Pages and nginx send a folder without its slash to the folder.
    if site.at_file(&format!("{bare}/index.html")).is_some() {
        return Found::Elsewhere(format!("{}{}/", encoded(base), site::encode(path)));
    }
    Found::Nothing
}

fn encoded(base: &str) -> String {
    site::encode(&decode(base).unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_computer_are_answered_to() {
        for host in [
            "127.0.0.1:8000",
            "localhost:8000",
            "LocalHost:8000",
            "[::1]:8000",
        ] {
            assert!(is_loopback(host, 8000), "{host}");
        }
        for host in [
            "",
            "localhost",
            "[::1]",
            "::1:8000",
            "127.0.0.1:80",
            "127.0.0.1:08000",
            "127.0.0.1.evil.example:8000",
            "localhost.evil.example:8000",
            "evil.example:8000",
            "evil@localhost:8000",
            "0.0.0.0:8000",
            "127.0.0.1:8000:8000",
        ] {
            assert!(!is_loopback(host, 8000), "{host}");
        }
        assert!(is_loopback("localhost", 80));
        assert!(is_loopback("[::1]", 80));
    }

    #[test]
    fn paths_are_decoded_once() {
        assert_eq!(decode("/people/%E7%8E%8B/").as_deref(), Some("/people/王/"));
        assert_eq!(decode("/a%252e%252e/b").as_deref(), Some("/a%2e%2e/b"));
    }

    #[test]
    fn paths_that_climb_or_hide_something_are_refused() {
        for path in [
            "",
            "*",
            "a",
            "/..",
            "/../a",
            "/a/../b",
            "/%2e%2e/a",
            "/.%2E/a",
            "/a/%2e./",
            "/./a",
            "/a%00",
            "/a%0d%0ab",
            "/a\\b",
            "/%5c..%5ca",
            "/..%2fa",
            "/%",
            "/%2",
            "/%zz",
            "/%+1",
            "/%ff",
            "/%c0%ae%c0%ae/",
        ] {
            assert_eq!(decode(path), None, "{path}");
        }
    }

    #[test]
    fn a_site_in_a_folder_is_found_below_it() {
        assert_eq!(below("", "/a/"), Some("/a/"));
        assert_eq!(below("/archive", "/archive/a/"), Some("/a/"));
        assert_eq!(below("/archive", "/archives/"), None);
        assert_eq!(below("/archive", "/archive"), None);
        assert_eq!(below("/%C3%A9t%C3%A9", "/été/a"), Some("/a"));
        assert_eq!(below("/été", "/été/a"), Some("/a"));
    }
}
