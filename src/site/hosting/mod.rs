//! What hosts are told beside the pages: redirects and headers in the forms that the chosen ones
//! understand, and whether the site keeps to their limits.
//!
//! What a server serves lies where it looks for it (`_redirects`, `_headers`, `.htaccess`); what an
//! administrator includes lies in [`FOLDER`], which the rules themselves forbid to serve.

mod limits;

use std::collections::BTreeMap;

use super::{Page, PageId, PageKind, Site};
use crate::config::{Config, Host};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

pub use limits::{Sizes, after as check_sizes};

/// The folder of files that are included in the configuration of a server.
pub const FOLDER: &str = "_hosting";

/// A file for a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostFile {
    /// `_redirects`, of Netlify, Cloudflare Pages and GitLab Pages.
    Redirects,
    /// `_headers`, of Netlify and Cloudflare Pages.
    Headers,
    /// A `.htaccess` of Apache: the place of its folder in [`Hosting::folders`].
    Htaccess(usize),
    /// What nginx includes at the level of `http`.
    NginxHttp,
    /// What nginx includes in a `server`.
    NginxServer,
    /// What Caddy imports in a site.
    Caddy,
    /// The website configuration of a bucket.
    S3Website,
    /// The objects of a bucket that redirect, as a table.
    S3Redirects,
}

/// An old address and what a host answers there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule<'a> {
    /// The address from the root of the site, not percent-encoded; with a query as it was written.
    pub from: &'a str,
    /// Where it leads; `None` for what is gone.
    pub to: Option<&'a str>,
    /// Whether a page stands there: one that redirects by itself, or one that tells that what was
    /// there is gone.
    pub has_page: bool,
}

/// Where the parts of a rule are found.
#[derive(Debug, Clone, Copy)]
struct Kept {
    from: From,
    to: Option<PageId>,
}

#[derive(Debug, Clone, Copy)]
enum From {
    Page(PageId),
    /// The place of an old address in the ledger.
    Old(usize),
}

/// What hosts are told.
#[derive(Debug, Default)]
pub struct Hosting {
    rules: Vec<Kept>,
    /// For Apache: the folders that have a `.htaccess`, from the root of the site with a slash at
    /// the end, each with its rules; the root is always among them.
    pub folders: Vec<(Box<str>, Vec<u32>)>,
}

impl Site {
    /// Every old address that a host answers for, sorted by address.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = Rule<'_>> {
        self.hosting.rules.iter().map(|rule| self.rule(rule))
    }

    /// The rules of a folder's `.htaccess`.
    pub fn rules_of(&self, folder: usize) -> impl Iterator<Item = Rule<'_>> {
        let folder = self.hosting.folders.get(folder);
        let rules = folder.map_or(&[][..], |(_, rules)| rules);
        let kept = rules
            .iter()
            .filter_map(|at| self.hosting.rules.get(*at as usize));
        kept.map(|rule| self.rule(rule))
    }

    fn rule(&self, rule: &Kept) -> Rule<'_> {
        let (from, has_page) = match rule.from {
            From::Page(page) => (&*self.page(page).url, true),
            From::Old(old) => (self.ledger.address_at(old), false),
        };
        Rule {
            from,
            to: rule.to.map(|page| &*self.page(page).url),
            has_page,
        }
    }

    /// Plans what the chosen hosts are told, and tells where the site goes beyond their limits.
    pub fn plan_hosting(&mut self, config: &Config) -> Diagnostics {
        let hosts = config.settings.publish.hosts();
        let mut notes = Diagnostics::new();
        if hosts.is_empty() {
            return notes;
        }
        self.hosting.rules = self.kept_rules();
        let mut files: Vec<(String, HostFile)> = Vec::new();
        let mut add = |hosts: &[Host], chosen: &[Host], url: String, file: HostFile| {
            if hosts.iter().any(|host| chosen.contains(host)) {
                files.push((url, file));
            }
        };
        let own = |name: &str| format!("/{FOLDER}/{name}");
        let redirects = [Host::GitlabPages, Host::Netlify, Host::CloudflarePages];
        add(
            &redirects,
            &hosts,
            "/_redirects".into(),
            HostFile::Redirects,
        );
        let headers = [Host::Netlify, Host::CloudflarePages];
        add(&headers, &hosts, "/_headers".into(), HostFile::Headers);
        add(
            &[Host::Nginx],
            &hosts,
            own("nginx-http.conf"),
            HostFile::NginxHttp,
        );
        add(
            &[Host::Nginx],
            &hosts,
            own("nginx-server.conf"),
            HostFile::NginxServer,
        );
        add(&[Host::Caddy], &hosts, own("Caddyfile"), HostFile::Caddy);
        add(
            &[Host::S3],
            &hosts,
            own("s3-website.json"),
            HostFile::S3Website,
        );
        add(
            &[Host::S3],
            &hosts,
            own("s3-redirects.tsv"),
            HostFile::S3Redirects,
        );
        if hosts.contains(&Host::Apache) {
            self.hosting.folders = self.folders();
            for (index, (folder, _)) in self.hosting.folders.iter().enumerate() {
                files.push((format!("{folder}.htaccess"), HostFile::Htaccess(index)));
            }
        }
        for (url, file) in files {
            notes.extend(self.add_host_file(url, file));
        }
        notes.extend(limits::before(self, config, &hosts));
        notes
    }

    /// A file for a host, unless the site has a file of its own there.
    fn add_host_file(&mut self, url: String, file: HostFile) -> Diagnostics {
        let added = self.add_page(Page {
            url: url.into(),
            kind: PageKind::HostFile(Box::new(file)),
        });
        let Err((_, Page { url, .. })) = added else {
            return Diagnostics::new();
        };
        let message = format!("the site has its own {url}, so morgue's is left out");
        Diagnostic::new(Code::GivesWay, message).into()
    }

    /// The rules of pages that redirect or tell what is gone, and those of the ledger.
    fn kept_rules(&self) -> Vec<Kept> {
        let of_pages = self.ids().filter_map(|id| match self.page(id).kind {
            PageKind::Redirect(to) => Some(Kept {
                from: From::Page(id),
                to: Some(to),
            }),
            PageKind::Tombstone(_) => Some(Kept {
                from: From::Page(id),
                to: None,
            }),
            _ => None,
        });
        let old = self.ledger.old_addresses();
        // One that is answered by a page has its rule from that, or needs none: `/story` is
        // `/story/` to a host.
        let old = old.filter(|(_, old)| old.from.contains('?') || self.at(old.from).is_none());
        let of_ledger = old.map(|(place, old)| Kept {
            from: From::Old(place),
            to: old.to,
        });
        let mut rules: Vec<Kept> = of_pages.chain(of_ledger).collect();
        rules.sort_by(|a, b| self.rule(a).from.cmp(self.rule(b).from));
        rules.dedup_by(|a, b| self.rule(a).from == self.rule(b).from);
        rules
    }

    /// The folders that have rules, each with its own. A folder's file is read at requests below
    /// it alone, so that a long list of old addresses slows down none but their neighbours.
    fn folders(&self) -> Vec<(Box<str>, Vec<u32>)> {
        let mut folders: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        folders.insert("/".to_owned(), Vec::new());
        for (index, rule) in self.rules().enumerate() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let path = rule.from.split('?').next().unwrap_or_default();
            let folder = self.folder_for(path);
            folders.entry(folder.to_owned()).or_default().push(index);
        }
        // Where the folder of an address has rules of its own, those above are not asked there.
        for (index, rule) in self.rules().enumerate() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let path = rule.from.split('?').next().unwrap_or_default();
            let own = format!("{}/", path.trim_end_matches('/'));
            let is_elsewhere = own != self.folder_for(path);
            if let Some(rules) = folders.get_mut(&own).filter(|_| is_elsewhere) {
                rules.push(index);
            }
        }
        folders
            .into_iter()
            .map(|(folder, rules)| (folder.into(), rules))
            .collect()
    }

    /// The folder that a path lies in, as near as it is no file and a file can be made there.
    fn folder_for<'p>(&self, path: &'p str) -> &'p str {
        let bare = path.trim_end_matches('/');
        let mut end = bare.rfind('/').unwrap_or(0);
        // The outermost file among those it lies in decides.
        for (at, _) in bare.match_indices('/').filter(|(at, _)| *at > 0) {
            let above = bare.get(1..at).unwrap_or_default();
            let odd = above.rsplit('/').next().unwrap_or_default();
            if odd.is_empty() || odd.len() > 255 || self.at_file(above).is_some() {
                end = bare
                    .get(..at)
                    .and_then(|b| b.rfind('/'))
                    .unwrap_or(0)
                    .min(end);
                break;
            }
        }
        path.get(..=end).unwrap_or("/")
    }
}
