//! Finds every file of a site's content and says what each is.

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// A file that is read by itself, seen from the content root.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Found {
    /// An article, with its folder below the folder of articles.
    Article(Utf8PathBuf, String),
    /// An authority record of this taxonomy.
    Record(usize, Utf8PathBuf),
    /// Many records of this taxonomy, as CSV.
    Table(usize, Utf8PathBuf),
    /// A page.
    Page(Utf8PathBuf),
}

impl Found {
    /// Articles first, then records, tables and pages; of each by the text of their paths, which
    /// compares ten times as fast as their parts.
    pub(super) fn key(&self) -> (u8, usize, &str) {
        match self {
            Found::Article(file, _) => (0, 0, file.as_str()),
            Found::Record(taxonomy, file) => (1, *taxonomy, file.as_str()),
            Found::Table(taxonomy, file) => (2, *taxonomy, file.as_str()),
            Found::Page(file) => (3, 0, file.as_str()),
        }
    }

    pub(super) fn file(&self) -> &Utf8Path {
        match self {
            Found::Article(file, _)
            | Found::Record(_, file)
            | Found::Table(_, file)
            | Found::Page(file) => file,
        }
    }
}

/// All files of a site's content, each list sorted.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// What is read.
    pub(super) read: Vec<Found>,
    /// What is copied to the root of the output, seen from the folder of static files.
    pub(super) statics: Vec<Utf8PathBuf>,
    /// Every other file, seen from the content root: pictures and documents beside articles.
    pub(super) beside: Vec<Utf8PathBuf>,
}

/// Walks the content root. Hidden files are passed over.
pub(super) fn files(config: &Config, notes: &mut Diagnostics) -> Files {
    let root = config.content_root();
    let skipped = [
        config.output(),
        config.folder.join("themes"),
        config.folder.join("templates"),
    ];
    let mut files = Files::default();
    let mut last = LastFolder::default();
    let walk = WalkDir::new(&root).follow_links(false).into_iter();
    let walk = walk.filter_entry(|entry| {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let folder = Utf8Path::from_path(entry.path()).filter(|_| entry.file_type().is_dir());
        let ours = folder.is_some_and(|folder| skipped.iter().any(|ours| ours == folder));
        entry.depth() == 0 || !(hidden || ours)
    });
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.depth() == 0 => continue,
            Err(error) => {
                let path = error
                    .path()
                    .map(|p| p.to_string_lossy().into_owned())
                    .unwrap_or_default();
                notes.push(
                    Diagnostic::new(Code::Unreadable, format!("cannot be read: {error}"))
                        .file(shown(config, Utf8Path::new(&path))),
                );
                continue;
            }
        };
        let Some(path) = Utf8Path::from_path(entry.path()) else {
            let shown = entry.path().to_string_lossy().into_owned();
            notes.push(
                Diagnostic::new(Code::Unreadable, "the file name is not UTF-8")
                    .file(shown)
                    .help("rename the file"),
            );
            continue;
        };
        if entry.file_type().is_dir() {
            continue;
        }
        if entry.path_is_symlink() && !is_inside(config, path, notes) {
            continue;
        }
        let Some(relative) = below(&root, path) else {
            continue;
        };
        let ignored = !config.ignored.is_empty() && config.ignored.is_match(relative);
        if entry.file_name() == crate::config::FILE || ignored {
            continue;
        }
        sort_in(config, relative, &mut last, &mut files, notes);
    }
    // In the order of the disk so far, which another disk does not share.
    files.read.par_sort_by(|a, b| a.key().cmp(&b.key()));
    files.statics.par_sort();
    files.beside.par_sort();
    notes.sort();
    files
}

/// A file as an article, if it lies where articles lie and is no link.
pub(super) fn article(config: &Config, file: &Utf8Path) -> Option<Found> {
    let path = config.content_root().join(file);
    let is_file = path.symlink_metadata().is_ok_and(|found| found.is_file());
    match Room::of(config, file.parent()?) {
        Room::Articles(home) if is_file && is_markdown(file) => {
            let folder = below_home(&home, file)?;
            Some(Found::Article(file.to_owned(), folder))
        }
        _ => None,
    }
}

/// A path as an editor sees it, from the folder of `site.toml`.
pub(super) fn shown(config: &Config, path: &Utf8Path) -> Utf8PathBuf {
    path.strip_prefix(&config.folder).unwrap_or(path).to_owned()
}

/// Whether a symbolic link leads to a file of the site; reports it if not.
fn is_inside(config: &Config, link: &Utf8Path, notes: &mut Diagnostics) -> bool {
    let folder = if config.folder.as_str().is_empty() {
        Utf8Path::new(".")
    } else {
        &config.folder
    };
    let target = link.canonicalize_utf8();
    let inside = match (&target, folder.canonicalize_utf8()) {
        (Ok(target), Ok(site)) => target.starts_with(site) && target.is_file(),
        _ => false,
    };
    if !inside {
        let message = match target {
            Ok(target) if target.is_dir() => {
                "a symbolic link to a folder is not followed".to_owned()
            }
            Ok(_) => "the symbolic link leads out of the site".to_owned(),
            Err(error) => format!("the symbolic link leads nowhere: {error}"),
        };
        notes.push(
            Diagnostic::new(Code::LeavesSite, message)
                .file(shown(config, link))
                .help("copy the file into the site, or remove the link"),
        );
    }
    inside
}

/// A path that was found below the content root, seen from there.
fn below<'a>(root: &Utf8Path, path: &'a Utf8Path) -> Option<&'a Utf8Path> {
    let below = path.as_str().strip_prefix(root.as_str())?;
    Some(below.trim_start_matches(std::path::is_separator).into())
}

fn sort_in(
    config: &Config,
    path: &Utf8Path,
    last: &mut LastFolder,
    files: &mut Files,
    notes: &mut Diagnostics,
) {
    let room = last.room(config, path.parent().unwrap_or(Utf8Path::new("")));
    if *room == Room::Statics {
        let file = path.strip_prefix(&config.settings.content.statics);
        files.statics.push(file.unwrap_or(path).to_owned());
    } else if let Some(taxonomy) = table(config, path, room) {
        files.read.push(Found::Table(taxonomy, path.to_owned()));
    } else if !is_markdown(path) {
        files.beside.push(path.to_owned());
    } else {
        match room {
            Room::Records { top: true, .. } if is_section(path) => {
                section_page(config, path, notes);
            }
            Room::Records { taxonomy, .. } => {
                files.read.push(Found::Record(*taxonomy, path.to_owned()));
            }
            Room::Articles(_) if is_section(path) => section_page(config, path, notes),
            Room::Articles(home) => {
                let folder = below_home(home, path).unwrap_or_default();
                files.read.push(Found::Article(path.to_owned(), folder));
            }
            Room::Pages => files.read.push(Found::Page(path.to_owned())),
            Room::Statics | Room::Nowhere => notes.push(unread(config, path)),
        }
    }
}

/// The taxonomy whose records a file holds, as many lines of CSV.
fn table(config: &Config, path: &Utf8Path, room: &Room) -> Option<usize> {
    let folder = path.as_str().strip_suffix(".csv")?;
    let mut taxonomies = config.taxonomies.iter();
    let of_folder = taxonomies.position(|taxonomy| taxonomy.folder == folder)?;
    // In the folder of another taxonomy that comes first it is one of its files.
    let taken = matches!(room, Room::Records { taxonomy, .. } if *taxonomy < of_folder);
    (!taken).then_some(of_folder)
}

/// Whether a file describes a list page, as those of other generators do.
fn is_section(path: &Utf8Path) -> bool {
    path.file_stem() == Some("_index")
}

fn unread(config: &Config, path: &Utf8Path) -> Diagnostic {
    Diagnostic::new(
        Code::NotPublished,
        "the file lies in no folder that is read",
    )
    .file(shown(config, &config.content_root().join(path)))
    .help("move it, name its folder in `[content] articles`, or list it in `[content] ignore`")
}

fn section_page(config: &Config, path: &Utf8Path, notes: &mut Diagnostics) {
    notes.push(
        Diagnostic::new(
            Code::SectionPage,
            "the description of a list page was not read",
        )
        .file(shown(config, &config.content_root().join(path)))
        .help("make it a page under `pages/`, or list it in `[content] ignore`"),
    );
}

/// The outermost folder of articles that a folder is or lies in.
fn home<'a>(config: &Config, folder: &'a Utf8Path) -> Option<&'a Utf8Path> {
    folder
        .ancestors()
        .filter(|ancestor| config.article_folders.is_match(ancestor.as_str()))
        .last()
}

/// The folder of an article below the folder of articles it lies in.
fn below_home(home: &Utf8Path, path: &Utf8Path) -> Option<String> {
    let below = path.parent()?.strip_prefix(home).ok()?;
    let below = if is_folder_article(path) {
        below.parent().unwrap_or(Utf8Path::new(""))
    } else {
        below
    };
    Some(below.as_str().to_owned())
}

/// What the files of a folder are.
#[derive(Debug, PartialEq, Eq)]
enum Room {
    /// Copied to the root of the output.
    Statics,
    /// Records of a taxonomy, right in its folder or further below.
    Records {
        /// The index of the taxonomy.
        taxonomy: usize,
        /// Whether this is the folder of the taxonomy itself.
        top: bool,
    },
    /// Pages.
    Pages,
    /// Articles, in or below this folder of articles.
    Articles(Utf8PathBuf),
    /// Nothing that is read.
    Nowhere,
}

impl Room {
    fn of(config: &Config, folder: &Utf8Path) -> Room {
        let content = &config.settings.content;
        if folder.starts_with(&content.statics) {
            return Room::Statics;
        }
        let mut taxonomies = config.taxonomies.iter();
        let of_records = taxonomies.position(|taxonomy| folder.starts_with(&taxonomy.folder));
        if let Some(taxonomy) = of_records {
            let own = config.taxonomies.get(taxonomy).map(|t| t.folder.as_str());
            let top = own.is_some_and(|own| folder == Utf8Path::new(own));
            return Room::Records { taxonomy, top };
        }
        if folder.starts_with(&content.pages) {
            return Room::Pages;
        }
        let home = home(config, folder);
        home.map_or(Room::Nowhere, |home| Room::Articles(home.to_owned()))
    }
}

/// The folder that was asked about last: files come folder by folder.
#[derive(Default)]
struct LastFolder(Option<(Utf8PathBuf, Room)>);

impl LastFolder {
    fn room(&mut self, config: &Config, folder: &Utf8Path) -> &Room {
        let known = self.0.take();
        let known = known.filter(|(known, _)| known.as_str() == folder.as_str());
        let asked = || (folder.to_owned(), Room::of(config, folder));
        &self.0.insert(known.unwrap_or_else(asked)).1
    }
}

/// Whether an article is a folder: `slug/index.md` with its pictures beside it.
pub(super) fn is_folder_article(path: &Utf8Path) -> bool {
    matches!(path.file_stem(), Some("index" | "_index")) && path.components().count() > 1
}

/// The part of a path that names its article or record: the folder's name for `name/index.md`.
pub(super) fn stem(path: &Utf8Path) -> &str {
    let folder = path.parent().and_then(Utf8Path::file_name);
    match folder {
        Some(folder) if is_folder_article(path) => folder,
        _ => path.file_stem().unwrap_or_default(),
    }
}

fn is_markdown(path: &Utf8Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"))
}

#[cfg(test)]
mod tests;
