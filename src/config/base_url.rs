//! Where a site will be.

use url::Url;

/// The address of a site: origin, and the sub-path it lives under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
    /// The whole as browsers read it; `None` for a host that is none.
    url: Option<Url>,
}

impl BaseUrl {
    /// `https://host[:port][/sub/path][/]`; `None` for anything else.
    pub fn parse(text: &str) -> Option<BaseUrl> {
        let text = text.trim().trim_end_matches('/');
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))?;
        let (host, path) = rest.find('/').map_or((rest, ""), |i| rest.split_at(i));
        let fits = |c: char| !c.is_whitespace() && !c.is_control() && !"?#\"'<>\\{}|^`".contains(c);
        if host.is_empty() || !rest.chars().all(fits) || host.contains('@') {
            return None;
        }
        if path
            .split('/')
            .skip(1)
            .any(|part| matches!(part, "" | "." | ".."))
        {
            return None;
        }
        let origin = &text[..text.len() - path.len()];
        Some(BaseUrl {
            origin: origin.to_owned(),
            path: path.to_owned(),
            url: Url::parse(text).ok(),
        })
    }

    /// The scheme and host: `https://example.org`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The sub-path without its last slash: `/archive`, or nothing.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole address of a path that begins with `/`, seen from the root of the site.
    pub fn absolute(&self, path: &str) -> String {
        [&self.origin, &self.path, path].concat()
    }

    /// Where in this site a whole address lies: its path, query and fragment, seen from the root
    /// of the site and percent-encoded; `None` for any other text. As browsers do it is read by
    /// the URL Standard; `http` and `https` are one, and who logs in is somewhere else.
    pub fn within(&self, address: &str) -> Option<String> {
        let own = self.url.as_ref()?;
        let address = address.trim_matches(|c: char| c <= ' ');
        let (scheme, rest) = address.split_once("//")?;
        let is_web = ["", "http:", "https:"]
            .iter()
            .any(|web| scheme.eq_ignore_ascii_case(web));
        let authority = rest.split(['/', '\\', '?', '#']).next()?;
        if !is_web || authority.contains('@') || is_other_host(authority, own.host_str()?) {
            return None;
        }
        let url = own.join(address).ok()?;
        if (url.host(), url.port()) != (own.host(), own.port()) {
            return None;
        }
        let base = own.path().trim_end_matches('/');
        let path = url.path().strip_prefix(base)?;
        if !path.is_empty() && !path.starts_with('/') {
            return None;
        }
        let mut within = if path.is_empty() { "/" } else { path }.to_owned();
        for (sign, part) in [('?', url.query()), ('#', url.fragment())] {
            if let Some(part) = part {
                within.push(sign);
                within.push_str(part);
            }
        }
        Some(within)
    }
}

/// Whether it shows at once that an address is of another host: most are, and reading each would
/// cost more than all else that is done with it.
fn is_other_host(authority: &str, own: &str) -> bool {
    let name = authority.split(':').next().unwrap_or_default();
    let is_plain = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    is_plain && !name.eq_ignore_ascii_case(own)
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    fn within(base: &str, address: &str) -> Option<String> {
        BaseUrl::parse(base).and_then(|base| base.within(address))
    }

    #[test]
    fn an_address_of_the_site_is_one_however_it_is_written() {
        for (base, address, expected) in [
            ("https://a.example", "https://a.example/b/", "/b/"),
            ("https://a.example", "http://a.example/b/", "/b/"),
            ("http://a.example", "https://a.example/b/", "/b/"),
            ("https://a.example", "//a.example/b/", "/b/"),
            ("https://a.example", " HTTPS://A.Example/B ", "/B"),
            ("https://a.example", "https://a.example", "/"),
            ("https://a.example", "https://a.example?b#c", "/?b#c"),
            ("https://a.example", "https://a.example/#", "/#"),
            ("https://a.example", "https://a.example:443/b", "/b"),
            ("https://a.example", "http://a.example:80/b", "/b"),
            ("https://a.example:443", "https://a.example/b", "/b"),
            ("http://a.example:8080", "//a.example:8080/b", "/b"),
            ("https://a.example/c", "https://a.example/c", "/"),
            ("https://a.example/c/", "https://a.example/c/d?e", "/d?e"),
            ("https://a.example/c", "https://a.example/d/../c/e", "/e"),
            ("https://a.example", "https://a.example/王/", "/%E7%8E%8B/"),
            ("https://a.example/é", "https://a.example/%C3%A9/b", "/b"),
            (
                "https://bücher.example",
                "https://xn--bcher-kva.example/b",
                "/b",
            ),
            (
                "https://xn--bcher-kva.example",
                "https://Bücher.example/b",
                "/b",
            ),
            ("http://[::1]:8080", "http://[::1]:8080/b", "/b"),
        ] {
            assert_eq!(
                within(base, address).as_deref(),
                Some(expected),
                "{address}"
            );
        }
    }

    #[test]
    fn what_only_looks_like_it_lies_elsewhere() {
        for (base, address) in [
            ("https://a.example", "https://b.example/"),
            ("https://a.example", "https://a.example.org/"),
            ("https://a.example", "https://www.a.example/"),
            ("https://a.example", "https://u@a.example/"),
            ("https://a.example", "https://@a.example/"),
            ("https://a.example", "https://b.example@a.example/"),
            ("https://a.example", "https://a.example:8443/"),
            ("https://a.example", "https://a.example:80/"),
            ("https://a.example:8443", "https://a.example/"),
            ("https://a.example/c", "https://a.example/"),
            ("https://a.example/c", "https://a.example/cd/"),
            ("https://a.example/c", "https://a.example/c/../d"),
            ("https://a.example", "ftp://a.example/"),
            ("https://a.example", "mailto:b@a.example"),
            ("https://a.example", "a.example/b"),
            ("https://a.example", "/b//a.example/"),
            ("https://a.example", ""),
        ] {
            assert_eq!(within(base, address), None, "{address}");
        }
    }
}
