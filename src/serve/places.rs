//! Where the files of a site are, and which of their changes matter to it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::config::{self, Config};

/// Folders that may lie in a site but never hold anything of it.
const FOREIGN: &[&str] = &["target", "node_modules"];

/// The folders whose files a site is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Places {
    /// That of `site.toml`, in the form in which the system reports changes.
    root: PathBuf,
    content: PathBuf,
    output: PathBuf,
}

impl Places {
    pub(super) fn of(config: &Config) -> Self {
        let folder = if config.folder.as_str().is_empty() {
            Path::new(".")
        } else {
            config.folder.as_std_path()
        };
        let root = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        // Collected part by part, so that `./content` and `content/` are one.
        let below = |name: &str| root.join(name).components().collect();
        Places {
            content: below(&config.settings.content.root),
            output: below(&config.settings.output),
            root,
        }
    }

    /// The folder of `site.toml`, in which the others may appear.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The folders below it that matter with all their folders, as far as they are there.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.root.join("themes"), self.root.join("templates")];
        if self.content == self.root {
            // The whole would take in the output and a repository with all its objects.
            let entries = std::fs::read_dir(&self.root).into_iter().flatten();
            folders.extend(entries.flatten().map(|entry| entry.path()));
        } else {
            folders.push(self.content.clone());
        }
        folders.retain(|folder| folder.is_dir() && self.matter(folder));
        folders.sort();
        folders.dedup();
        folders
    }

    /// Whether a change of this file or folder can change the site.
    pub(super) fn matter(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.root) else {
            return false;
        };
        let mut parts = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        let Some(first) = parts.next() else {
            return false;
        };
        let site = first == config::FILE && below.components().count() == 1;
        let themes = first == "themes" || first == "templates";
        let content = path.starts_with(&self.content) || self.content.starts_with(path);
        // A theme may be called as it likes.
        let foreign = !themes && (FOREIGN.contains(&&*first) || path.starts_with(&self.output));
        let passing = is_passing(&first) || parts.any(|part| is_passing(&part));
        (site || themes || content) && !foreign && !passing
    }

    /// A number that changes with the name, size or time of any file that matters.
    pub(super) fn look(&self) -> u64 {
        let mut look = DefaultHasher::new();
        for folder in self
            .folders()
            .into_iter()
            .chain([self.root.join(config::FILE)])
        {
            let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
            let entries = entries.filter_entry(|entry| self.matter(entry.path()));
            for entry in entries.filter_map(Result::ok) {
                entry.path().hash(&mut look);
                if let Ok(found) = entry.metadata() {
                    (found.len(), found.modified().ok()).hash(&mut look);
                }
            }
        }
        look.finish()
    }

    /// A path as an editor sees it, from the folder of `site.toml`.
    pub(super) fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        if below.as_os_str().is_empty() {
            return "a large number of files".to_owned();
        }
        below.to_string_lossy().replace('\\', "/")
    }
}

/// Whether a name is hidden, as no content is, or one that editors write to while they save.
fn is_passing(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with('#')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        // What Vim writes to learn whether it may.
        || name == "4913"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(content: &str) -> Places {
        Places {
            root: "/site".into(),
            content: Path::new("/site").join(content).components().collect(),
            output: "/site/public".into(),
        }
    }

    #[test]
    fn files_of_the_site_matter() {
        for path in [
            "site.toml",
            "content",
            "content/articles/a.md",
            "themes/paper/static/style.css",
            "themes/target/theme.toml",
            "templates",
        ] {
            assert!(
                places("content").matter(&Path::new("/site").join(path)),
                "{path}"
            );
        }
        assert!(places(".").matter(Path::new("/site/articles/a.md")));
        assert!(places("a/b").matter(Path::new("/site/a")));
    }

    #[test]
    fn others_do_not() {
        for path in [
            "",
            "README.md",
            "sub/site.toml",
            "public/index.html",
            "target/debug/x",
            ".git/index",
            "content/.git/index",
            "content/a.md~",
            "content/.a.md.swp",
            "content/.#a.md",
            "content/#a.md#",
            "content/4913",
        ] {
            assert!(
                !places("content").matter(&Path::new("/site").join(path)),
                "{path}"
            );
        }
        assert!(!places("content").matter(Path::new("/other/content/a.md")));
        assert!(!places(".").matter(Path::new("/site/public/index.html")));
        assert!(!places(".").matter(Path::new("/site/node_modules/a/README.md")));
    }
}
