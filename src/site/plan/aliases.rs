//! Old addresses, which redirect to where their page is now.

use camino::{Utf8Path, Utf8PathBuf};

use super::Planner;
use crate::content;
use crate::diagnostics::{Code, Diagnostic};
use crate::site::{PageId, PageKind, ledger, permalink};

impl Planner<'_> {
    /// Old addresses: of articles and pages, and of names and records that became part of others.
    pub(super) fn aliases(&mut self) {
        let mut old: Vec<(String, PageId, Utf8PathBuf)> = Vec::new();
        for (article, page) in self.archive.articles.iter().zip(&self.site.articles) {
            let file = &article.content.file;
            old.extend(
                article
                    .content
                    .aliases
                    .iter()
                    .map(|alias| (alias.clone(), *page, file.to_path_buf())),
            );
        }
        for (removed, page) in self.archive.removed.iter().zip(&self.site.tombstones) {
            let (aliases, file) = (removed.content.aliases.iter(), &removed.content.file);
            old.extend(aliases.map(|alias| (alias.clone(), *page, file.to_path_buf())));
        }
        for (text, page) in self.archive.pages.iter().zip(&self.site.texts) {
            old.extend(
                text.aliases
                    .iter()
                    .map(|alias| (alias.clone(), *page, text.file.clone())),
            );
        }
        for (term, page) in self.archive.terms.iter().zip(&self.site.terms) {
            if let (Some(record), Some(page)) = (&term.record, page) {
                let aliases = record.old_addresses.iter();
                old.extend(aliases.map(|alias| (alias.clone(), *page, record.file.clone())));
            }
        }
        for (alias, page, file) in old {
            self.alias(&alias, page, &file);
        }
        self.former_slugs();
    }

    fn alias(&mut self, alias: &str, page: PageId, file: &Utf8Path) {
        let shown = content::shown(self.config, file);
        let url = match content::address(alias) {
            Ok(url) => url,
            Err(_) if alias.contains('?') => return self.query(alias, page, shown),
            Err(reason) => {
                self.notes.push(
                    Diagnostic::new(
                        Code::ForgottenAlias,
                        format!("the old address {alias:?} cannot redirect: {reason}"),
                    )
                    .file(shown)
                    .help("a static host can only redirect from a path"),
                );
                return;
            }
        };
        let own_path = url
            .strip_prefix(self.config.base_url.path())
            .filter(|rest| rest.starts_with('/'));
        let url = own_path.unwrap_or(&url).to_owned();
        match self.site.at_file(&permalink::file_of(&url)) {
            Some(other) if other == page => {}
            Some(other) if self.site.page(other).kind == PageKind::Redirect(page) => {}
            Some(other) => {
                let there = self.describe(&self.site.page(other).kind);
                self.notes.push(
                    Diagnostic::new(
                        Code::AliasTaken,
                        format!("the old address {url} is taken by {there}"),
                    )
                    .file(shown)
                    .help("remove the alias from one of the two"),
                );
            }
            None => {
                self.add(url, PageKind::Redirect(page));
            }
        }
    }

    /// An old address with a query, which only some hosts can redirect.
    fn query(&mut self, alias: &str, page: PageId, file: Utf8PathBuf) {
        let hosts = self.config.settings.publish.hosts();
        let unable: Vec<&str> = hosts
            .iter()
            .filter(|host| !host.matches_queries())
            .map(|host| host.name())
            .collect();
        let reason = match ledger::address(self.config, alias) {
            Err(reason) => reason,
            Ok(address) => {
                self.site.queries.push((address.into(), page));
                match &unable[..] {
                    [] if hosts.is_empty() => "a file cannot answer a query".to_owned(),
                    [] => return,
                    unable => format!("{} cannot answer a query", unable.join(" and ")),
                }
            }
        };
        let message = format!("the old address {alias:?} cannot redirect: {reason}");
        let note = Diagnostic::new(Code::ForgottenAlias, message).file(file);
        self.notes.push(note.help(
            "nginx, Apache, Caddy and Netlify can: `[publish] host` in site.toml names the host",
        ));
    }

    /// `/places/dprk/` leads to `/places/north-korea/` while no term of that name exists.
    fn former_slugs(&mut self) {
        for index in 0..self.archive.terms.len() {
            let term = &self.archive.terms[index];
            let Some(page) = self.site.terms[index] else {
                continue;
            };
            let root = &self.archive.taxonomies[term.taxonomy].path;
            for slug in &term.former_slugs {
                let url = format!("/{root}/{slug}/");
                if !self.site.has(&url) {
                    self.add(url, PageKind::Redirect(page));
                }
            }
        }
    }
}
