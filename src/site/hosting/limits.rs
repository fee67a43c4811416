//! What hosts take and what they refuse.
//!
//! | host | limit | told by |
//! | --- | --- | --- |
//! | GitHub Pages | 1 GB a site | docs.github.com, "GitHub Pages limits" |
//! | | 10 GB an artifact, refused | README of actions/upload-pages-artifact |
//! | GitLab Pages | 1 GB; 200,000 files and folders | gitlab-org/gitlab issues 405048, 500273 |
//! | | 1,000 rules and 64 KB of `_redirects` | docs.gitlab.com, "GitLab Pages redirects" |
//! | Netlify | 54,000 files in one folder | docs.netlify.com, "Site deploys overview" |
//! | | no `#` or `?` in names | its own refusal, netlify/build issue 2193 |
//! | | 10,000 redirects, beyond which a deploy may fail | docs.netlify.com, "Redirects and rewrites" |
//! | Cloudflare Pages | 20,000 files, 100,000 on paid plans | developers.cloudflare.com, Pages changelog of 2026-01-23 |
//! | | 25 MiB a file | developers.cloudflare.com, "Pages limits" |
//! | | 2,000 redirects of 1,000 characters | developers.cloudflare.com, "Redirects" |
//! | S3 | 1,024 bytes a key | docs.aws.amazon.com, "Object key naming" |
//! | | 50 routing rules | the service's own refusal |

use std::collections::BTreeMap;

use crate::config::{Config, Host};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use crate::site::Site;

/// What a host takes. `None` is no limit that it tells.
struct Profile {
    /// Files of a site: from here on some plans refuse it, from there on all do.
    files: Option<(usize, usize)>,
    /// Whether folders count as files.
    folders_count: bool,
    /// Files of one folder.
    in_folder: Option<usize>,
    /// Bytes of a site.
    site: Option<u64>,
    /// Bytes of a file.
    file: Option<u64>,
    /// Old addresses that redirect.
    redirects: Option<usize>,
    /// Whether a site with more redirects is refused.
    refuses_redirects: bool,
    /// Bytes of a path.
    path: Option<usize>,
    /// Signs that no name may have.
    signs: &'static str,
    /// Whether names that differ only in case may be one, as on the disks of Windows and macOS.
    ignores_case: bool,
}

const OPEN: Profile = Profile {
    files: None,
    folders_count: false,
    in_folder: None,
    site: None,
    file: None,
    redirects: None,
    refuses_redirects: false,
    path: None,
    signs: "",
    ignores_case: false,
};

const GIGABYTE: u64 = 1_000_000_000;

fn profile(host: Host) -> Profile {
    match host {
        Host::GithubPages => Profile {
            site: Some(GIGABYTE),
            ..OPEN
        },
        Host::GitlabPages => Profile {
            files: Some((200_000, 200_000)),
            folders_count: true,
            site: Some(GIGABYTE),
            ..OPEN
        },
        Host::Netlify => Profile {
            in_folder: Some(54_000),
            redirects: Some(10_000),
            signs: "#?",
            ..OPEN
        },
        Host::CloudflarePages => Profile {
            files: Some((20_000, 100_000)),
            file: Some(25 * 1024 * 1024),
            redirects: Some(2_000),
            ..OPEN
        },
        Host::S3 => Profile {
            path: Some(1_024),
            ..OPEN
        },
        Host::Plain => Profile {
            signs: "<>:\"|?*",
            ignores_case: true,
            ..OPEN
        },
        Host::Nginx | Host::Apache | Host::Caddy => OPEN,
    }
}

/// What can be told before a page is made: everything but sizes.
pub(super) fn before(site: &Site, config: &Config, hosts: &[Host]) -> Diagnostics {
    let mut files: Vec<String> = site.ids().map(|id| site.page(id).file()).collect();
    files.sort_unstable();
    let mut found = Found {
        notes: Diagnostics::new(),
        base: config.base_url.path().len(),
    };
    for host in hosts {
        let profile = profile(*host);
        found.counts(*host, &profile, &files);
        found.names(*host, &profile, &files);
        if let Some(most) = profile.redirects.filter(|most| site.rules().len() > *most) {
            let told = format!(
                "{} takes {most} redirects, and the site has {}",
                host.name(),
                site.rules().len()
            );
            let help = "the pages at those addresses redirect all the same; a rule for a whole folder, written by hand into static/_redirects, saves many";
            found.tell(told, help, profile.refuses_redirects);
        }
    }
    found.notes
}

/// How large the files of a site are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sizes {
    /// All together, in bytes.
    pub total: u64,
    /// The largest file.
    pub largest: Option<(String, u64)>,
}

/// What can be told once the pages are made: whether they are too large.
pub fn after(config: &Config, sizes: &Sizes) -> Diagnostics {
    let mut found = Found {
        notes: Diagnostics::new(),
        base: 0,
    };
    for host in config.settings.publish.hosts() {
        let profile = profile(host);
        if let Some(most) = profile.site.filter(|most| sizes.total > *most) {
            let told = format!(
                "{} takes {} a site, and this one has {}",
                host.name(),
                size(most),
                size(sizes.total)
            );
            let help = "smaller pictures save most; `[intersections] most = 0` and `[data] enabled = false` leave pages out";
            found.tell(told, help, false);
        }
        let large = sizes.largest.as_ref().zip(profile.file);
        if let Some(((path, bytes), most)) = large.filter(|((_, bytes), most)| bytes > most) {
            let told = format!(
                "{} takes files of {}, and /{path} has {}",
                host.name(),
                size(most),
                size(*bytes)
            );
            found.tell(
                told,
                "make the file smaller, or keep it on another host",
                false,
            );
        }
    }
    found.notes
}

fn size(bytes: u64) -> String {
    match bytes {
        0..GIGABYTE => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

struct Found {
    notes: Diagnostics,
    /// The length of the sub-path that stands before every path on the host.
    base: usize,
}

/// How many paths are told of each mistake.
const TOLD: usize = 20;

impl Found {
    fn tell(&mut self, message: String, help: &str, refused: bool) {
        let severity = if refused {
            Severity::Error
        } else {
            Severity::Warning
        };
        let note = Diagnostic::new(Code::HostLimit, message);
        let note = note.file(crate::config::FILE).severity(severity);
        self.notes.push(note.help(help));
    }

    fn counts(&mut self, host: Host, profile: &Profile, files: &[String]) {
        let count = files.len()
            + if profile.folders_count {
                folders(files)
            } else {
                0
            };
        let what = if profile.folders_count {
            "files and folders"
        } else {
            "files"
        };
        if let Some((some, all)) = profile.files.filter(|(some, _)| count > *some) {
            let plans = if some < all { " on all plans" } else { "" };
            let told = match count > all {
                true => format!(
                    "{} takes {all} {what}, and the site has {count}",
                    host.name()
                ),
                false => format!(
                    "{} takes {some} {what}, not{plans} the {count} of this site",
                    host.name()
                ),
            };
            let help = "`[intersections] most = 0` and `[data] enabled = false` leave many pages out; else choose a host that takes more, such as nginx on a server of your own";
            self.tell(told, help, count > all);
        }
        if let Some(most) = profile.in_folder {
            for (folder, count) in crowded(files, most) {
                let told = format!(
                    "{} takes {most} files in one folder, and /{folder} has {count}",
                    host.name()
                );
                self.tell(
                    told,
                    "divide its content; `[permalinks] article` can have `{year}` and `{month}`",
                    true,
                );
            }
        }
    }

    fn names(&mut self, host: Host, profile: &Profile, files: &[String]) {
        let odd = |file: &&String| file.contains(|sign| profile.signs.contains(sign));
        let refused = host != Host::Plain;
        if !profile.signs.is_empty() {
            for file in files.iter().filter(odd).take(TOLD) {
                let told = format!(
                    "{} takes no name with one of {}: /{file}",
                    host.name(),
                    profile.signs
                );
                self.tell(
                    told,
                    "rename the file, or change the `slug` or `url` it comes from",
                    refused,
                );
            }
        }
        if let Some(most) = profile.path {
            let base = self.base;
            let long = files.iter().filter(|file| file.len() + base > most);
            for file in long.take(TOLD) {
                let told = format!(
                    "{} takes paths of {most} bytes, and this is longer: /{file}",
                    host.name()
                );
                self.tell(told, "shorten the `slug` or `url` it comes from", true);
            }
        }
        if profile.ignores_case {
            for (a, b) in alike(files).take(TOLD) {
                let told = format!("/{a} and /{b} are one file on disks of Windows and macOS");
                self.tell(
                    told,
                    "give one of them another `slug`, or rename the file",
                    false,
                );
            }
        }
    }
}

/// How many folders these sorted paths lie in.
fn folders(files: &[String]) -> usize {
    let mut count = 0;
    let mut last = "";
    for file in files {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let ends = folder.match_indices('/').map(|(at, _)| at);
        let new = ends.chain((!folder.is_empty()).then_some(folder.len()));
        count += new
            .filter(|end| {
                let part = folder.get(..*end).unwrap_or_default();
                let rest = last.strip_prefix(part);
                !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
            .count();
        last = folder;
    }
    count
}

/// Folders with more files than this; a folder counts as a file of the one it lies in.
fn crowded(files: &[String], most: usize) -> Vec<(&str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut last = "";
    for file in files {
        let mut rest = file.as_str();
        // All that this path does not share with the one before is new to its folder.
        while let Some((folder, _)) = rest.rsplit_once('/') {
            *counts.entry(folder).or_default() += 1;
            let known = last.strip_prefix(folder);
            if known.is_some_and(|known| known.starts_with('/')) {
                break;
            }
            rest = folder;
        }
        if !rest.contains('/') {
            *counts.entry("").or_default() += 1;
        }
        last = file;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count > most)
        .collect()
}

/// Paths that differ only in case.
fn alike(files: &[String]) -> impl Iterator<Item = (&str, &str)> {
    let mut folded: Vec<(String, &str)> = files
        .iter()
        .filter(|file| file.chars().any(char::is_uppercase))
        .map(|file| (file.to_lowercase(), file.as_str()))
        .collect();
    // A path without capitals collides only with one that has some.
    let small: Vec<(String, &str)> = folded
        .iter()
        .filter_map(|(lower, _)| {
            let at = files.binary_search(lower).ok()?;
            Some((lower.clone(), files.get(at)?.as_str()))
        })
        .collect();
    folded.extend(small);
    folded.sort_unstable();
    folded.dedup();
    let pairs: Vec<(&str, &str)> = folded
        .windows(2)
        .filter_map(|pair| match pair {
            [(a, first), (b, second)] if a == b => Some((*first, *second)),
            _ => None,
        })
        .collect();
    pairs.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(paths: &[&str]) -> Vec<String> {
        let mut paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        paths.sort_unstable();
        paths
    }

    #[test]
    fn folders_count_once() {
        assert_eq!(folders(&paths(&["a", "b/c/d", "b/c/e", "b/f", "g/h"])), 3);
        assert_eq!(folders(&paths(&["ab/x", "a/x", "a/b/x"])), 3);
    }

    #[test]
    fn crowded_folders_are_found() {
        let files = paths(&["a/1", "a/2", "a/b/1", "a/b/2", "c", "d/e/f"]);
        assert_eq!(crowded(&files, 2), [("", 3), ("a", 3)]);
    }

    #[test]
    fn names_that_differ_in_case_are_found() {
        let files = paths(&["A/x", "a/x", "b", "C", "É/y", "é/y"]);
        let found: Vec<_> = alike(&files).collect();
        assert_eq!(found, [("A/x", "a/x"), ("É/y", "é/y")]);
    }
}
