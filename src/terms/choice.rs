//! Which articles an order is about.

use std::collections::BTreeSet;

use camino::Utf8Path;
use globset::GlobSet;

use crate::archive::Register;
use crate::config::Config;
use crate::content::{self, Article};

/// The articles that an order is about: those that meet every condition there is.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Dated not before this: `2019`, `2019-04` or `2019-04-25`.
    pub since: Option<String>,
    /// Dated not after this; a year or month is meant whole.
    pub until: Option<String>,
    /// With all of these: the index of a taxonomy, and a name.
    pub with: Vec<(usize, String)>,
    /// In files that match one of these patterns, seen from the folder of `site.toml`.
    pub files: Option<GlobSet>,
    /// In one of these files, seen from the folder of `site.toml`.
    pub listed: Option<BTreeSet<String>>,
}

impl Choice {
    /// Whether there is no condition.
    pub fn is_everything(&self) -> bool {
        self.since.is_none()
            && self.until.is_none()
            && self.with.is_empty()
            && self.files.is_none()
            && self.listed.is_none()
    }

    /// Whether an article meets all conditions. What has no date meets none about dates.
    pub(super) fn takes(&self, config: &Config, register: &Register, article: &Article) -> bool {
        let date = article.date.map(|date| date.iso_date());
        let within = |limit: &Option<String>, fits: fn(&str, &str) -> bool| {
            limit.as_ref().is_none_or(|limit| {
                let date = date.as_deref().and_then(|date| {
                    // A date that is known less well than the limit lies on neither side of it.
                    date.get(..limit.len())
                });
                date.is_some_and(|date| fits(date, limit))
            })
        };
        let file = content::shown(config, &article.file);
        within(&self.since, |date, since| date >= since)
            && within(&self.until, |date, until| date <= until)
            && self.with.iter().all(|(taxonomy, name)| {
                let wanted = register.find(*taxonomy, name);
                let mut names = article.names.get(*taxonomy).into_iter().flatten();
                wanted.is_some() && names.any(|n| register.find(*taxonomy, &n.text) == wanted)
            })
            && self.files.as_ref().is_none_or(|set| set.is_match(&file))
            && self
                .listed
                .as_ref()
                .is_none_or(|listed| is_listed(listed, &file))
    }
}

fn is_listed(listed: &BTreeSet<String>, file: &Utf8Path) -> bool {
    listed.contains(file.as_str())
}
