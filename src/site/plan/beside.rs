//! The files beside articles: which are published, and at which address.

use std::collections::{BTreeSet, HashSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::Planner;
use crate::archive::Archive;
use crate::content;
use crate::diagnostics::{Code, Diagnostic};
use crate::site::links::normal;
use crate::site::permalink::folder_of;
use crate::site::{PageId, PageKind};

impl Planner<'_> {
    /// Publishes the files beside articles: all that lie in an article's own folder, and those
    /// that an article refers to from elsewhere.
    pub(super) fn beside(&mut self) {
        let known: HashSet<&Utf8Path> = self
            .archive
            .beside
            .iter()
            .map(Utf8PathBuf::as_path)
            .collect();
        let mut used: BTreeSet<Utf8PathBuf> = BTreeSet::new();
        let wanted = self.wanted(&known);
        for (page, file, below) in wanted {
            let folder = folder_of(&self.site.page(page).url);
            used.insert(file.clone());
            let asset = self.add(
                format!("{folder}{below}"),
                PageKind::Asset(file.as_path().into()),
            );
            self.site.assets.insert((page, file), asset);
        }
        let closed = closed_folders(self.archive);
        for file in &self.archive.beside {
            // What waits beside an article waits with it.
            let mut above = file.ancestors().skip(1);
            let beside_one = file
                .parent()
                .is_some_and(|home| closed.contains(&(home, false)));
            if beside_one || above.any(|folder| closed.contains(&(folder, true))) {
                continue;
            }
            let folders = file.ancestors().skip(1);
            let among_articles = folders
                .into_iter()
                .any(|f| self.config.article_folders.is_match(f.as_str()));
            if among_articles && !used.contains(file) && self.config.settings.content.root != "." {
                self.notes.push(
                    Diagnostic::new(Code::NotPublished, "no article refers to this file")
                        .file(content::shown(self.config, file))
                        .help("link to it, move it into an article's folder or `static/`, or list it in `[content] ignore`"),
                );
            }
        }
    }

    /// Each file that a page publishes beside itself: the page, the file, and its path below the
    /// page's folder.
    fn wanted(&self, known: &HashSet<&Utf8Path>) -> Vec<(PageId, Utf8PathBuf, String)> {
        let mut wanted = Vec::new();
        if known.is_empty() {
            return wanted;
        }
        let mut bodies: Vec<(PageId, &Utf8Path, Vec<&str>)> = Vec::new();
        for (article, page) in self.archive.articles.iter().zip(&self.site.articles) {
            let content = &article.content;
            let pictures = content.pictures.iter().map(|picture| picture.src.as_str());
            let links = content
                .body
                .references
                .iter()
                .map(|r| r.target.as_str())
                .chain(pictures);
            bodies.push((*page, &content.file, links.collect()));
        }
        for (text, page) in self.archive.pages.iter().zip(&self.site.texts) {
            bodies.push((
                *page,
                &text.file,
                text.references.iter().map(|r| r.target.as_str()).collect(),
            ));
        }
        for (term, page) in self.archive.terms.iter().zip(&self.site.terms) {
            if let (Some(record), Some(page)) = (&term.record, page) {
                bodies.push((
                    *page,
                    &record.file,
                    record
                        .references
                        .iter()
                        .map(|r| r.target.as_str())
                        .chain(record.portrait.iter().map(|p| p.src.as_str()))
                        .collect(),
                ));
            }
        }
        for (page, file, links) in bodies {
            let Some(home) = file.parent() else { continue };
            let mut own: BTreeSet<Utf8PathBuf> = BTreeSet::new();
            if file.file_stem() == Some("index") {
                own.extend(in_folder(&self.archive.beside, home));
            }
            own.extend(
                links
                    .into_iter()
                    .filter_map(|link| beside(known, home, link)),
            );
            for asset in own {
                let below = match asset.strip_prefix(home) {
                    Ok(below) if file.file_stem() == Some("index") => below.as_str().to_owned(),
                    _ => asset.file_name().unwrap_or_default().to_owned(),
                };
                wanted.push((page, asset, below));
            }
        }
        wanted
    }
}

/// The folders of articles that are not published, and whether they are theirs alone.
fn closed_folders(archive: &Archive) -> BTreeSet<(&Utf8Path, bool)> {
    let removed = archive.removed.iter().map(|of| &*of.content.file);
    let unpublished = archive.unpublished.iter().map(Utf8PathBuf::as_path);
    let folders = removed.chain(unpublished).filter_map(|file| {
        let alone = file.file_stem() == Some("index");
        Some((file.parent()?, alone))
    });
    folders.collect()
}

/// The sorted files that lie in a folder or below it.
fn in_folder(files: &[Utf8PathBuf], folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let prefix = format!("{folder}/");
    let start = files.partition_point(|file| file.as_str() < prefix.as_str());
    files[start..]
        .iter()
        .take_while(|file| file.as_str().starts_with(&prefix))
        .cloned()
        .collect()
}

/// The file beside an article that a link names.
fn beside(known: &HashSet<&Utf8Path>, home: &Utf8Path, link: &str) -> Option<Utf8PathBuf> {
    let bare = link.split(['#', '?']).next().unwrap_or_default();
    let path =
        content::percent_decoded(bare).filter(|path| !path.is_empty() && !path.starts_with('/'))?;
    let joined = match path.strip_prefix("@/") {
        Some(from_root) => Utf8PathBuf::from(from_root),
        None => home.join(path),
    };
    let normal = normal(&joined)?;
    known.contains(normal.as_path()).then_some(normal)
}
