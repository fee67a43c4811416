//! Where a site will be.

/// The address of a site: origin, and the sub-path it lives under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
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

    /// The path of an address that lies within this site, seen from the root of the site.
    pub fn within<'a>(&self, address: &'a str) -> Option<&'a str> {
        let rest = address
            .strip_prefix(&self.origin)?
            .strip_prefix(&self.path)?;
        (rest.is_empty() || rest.starts_with('/')).then_some(if rest.is_empty() {
            "/"
        } else {
            rest
        })
    }
}
