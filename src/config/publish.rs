//! Where a site is published.

use schemars::JsonSchema;
use serde::Deserialize;

/// What serves a site. It decides which forms redirects and headers are written in, and which
/// limits are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Host {
    /// GitHub Pages: pages that redirect, and nothing else.
    GithubPages,
    /// GitLab Pages: `_redirects` for what no page can redirect.
    GitlabPages,
    /// Netlify: `_redirects` and `_headers`.
    Netlify,
    /// Cloudflare Pages: `_redirects` and `_headers`.
    CloudflarePages,
    /// A bucket of Amazon S3 that is a website: its configuration, and a list for objects that
    /// redirect.
    S3,
    /// nginx: two files to include.
    Nginx,
    /// Apache: `.htaccess`.
    Apache,
    /// Caddy: a file to import.
    Caddy,
    /// Any server of files, on any disk.
    Plain,
}

impl Host {
    /// Its name in `site.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Host::GithubPages => "github-pages",
            Host::GitlabPages => "gitlab-pages",
            Host::Netlify => "netlify",
            Host::CloudflarePages => "cloudflare-pages",
            Host::S3 => "s3",
            Host::Nginx => "nginx",
            Host::Apache => "apache",
            Host::Caddy => "caddy",
            Host::Plain => "plain",
        }
    }

    /// Whether it can redirect by what follows the `?` of an address.
    pub fn matches_queries(self) -> bool {
        matches!(
            self,
            Host::Netlify | Host::Nginx | Host::Apache | Host::Caddy
        )
    }
}

/// One host or several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Hosts {
    /// One.
    One(Host),
    /// Several.
    Many(Vec<Host>),
}

impl Default for Hosts {
    fn default() -> Self {
        Hosts::Many(Vec::new())
    }
}

/// Where the site is published.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Publish {
    /// What serves the site, one or several: `github-pages`, `gitlab-pages`, `netlify`,
    /// `cloudflare-pages`, `s3`, `nginx`, `apache`, `caddy`, `plain`. Redirects and headers are
    /// written in the forms that these understand, and their limits are looked at.
    pub host: Hosts,
    /// The Content-Security-Policy in those headers; a strict one where not given, empty for none.
    pub content_security_policy: Option<String>,
    /// Add `manifest-sha256.txt` to the site: the SHA-256 checksum of every other file, as
    /// `morgue verify` and `sha256sum -c` read it.
    pub checksums: bool,
}

impl Publish {
    /// The hosts, sorted, each once.
    pub fn hosts(&self) -> Vec<Host> {
        let mut hosts = match &self.host {
            Hosts::One(host) => vec![*host],
            Hosts::Many(hosts) => hosts.clone(),
        };
        hosts.sort_unstable();
        hosts.dedup();
        hosts
    }

    /// Whether one of the hosts is this one.
    pub fn is_on(&self, host: Host) -> bool {
        self.hosts().contains(&host)
    }
}
