//! Makes a bag (RFC 8493): a folder, or one file, in which files lie with their checksums and a few
//! words about them, as repositories take them in.
//!
//! ```text
//! bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
//! data/source/   what the site is made from
//! data/site/     the site, if it is wanted
//! ```

use std::borrow::Cow;
use std::fs;
use std::sync::OnceLock;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;

use super::bag_tags::{BAGIT, line, oxum};
use super::sources::{self, unreadable};
use crate::Progress;
use crate::checksum::{self, NAME, Sum};
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::output::pack::{self, Pack};
use crate::output::{self, Print};

/// What is put into a bag, and where.
#[derive(Debug, Clone)]
pub struct BagOptions {
    /// A folder that is not there yet, or a file whose ending says what it becomes: `.tar`,
    /// `.tar.gz`, `.tgz` or `.zip`.
    pub bag: Utf8PathBuf,
    /// Put in the site as it was last built, too.
    pub with_site: bool,
    /// The time of the bag.
    pub now: Timestamp,
}

/// What is in a bag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bagged {
    /// How many files its payload has.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// A file of the payload.
struct Item {
    /// Where it lies.
    file: Utf8PathBuf,
    /// The same, as the editor would name it.
    shown: String,
    /// What a build wrote there.
    print: Option<Print>,
    /// Its path in the bag.
    path: String,
    /// Known once it is read.
    sum: OnceLock<(Sum, u64)>,
}

/// Makes a bag of what a site is made from. The same files at the same time give the same bag on
/// every machine.
///
/// # Errors
/// There is no built site where one is wanted, or a file of it is not as it was built; a file that
/// cannot be read; a place that cannot be written, or where something lies already. Then there is
/// no bag.
pub fn bag(
    config: &Config,
    options: &BagOptions,
    progress: &dyn Progress,
) -> Result<Bagged, Diagnostics> {
    let items = items(config, options.with_site)?;
    progress.begin(items.len());
    let is_packed = pack::is_pack(&options.bag);
    // A bag in one file is a single folder in there, named as the file (RFC 8493 §4.1).
    let folder = if is_packed {
        format!("{}/", pack::stem(&options.bag))
    } else {
        String::new()
    };
    let paths: Vec<String> = items
        .iter()
        .map(|item| format!("{folder}{}", item.path))
        .collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let fill = |index: usize| read(&items[index]);
    let page = || progress.page();
    let last = || Ok(tags(config, options, &items, &folder));
    if is_packed {
        let pack = Pack::open(&options.bag, options.now)?;
        pack::write_with(pack, &paths, fill, &page, last)?;
    } else {
        output::make_folder(&options.bag, &paths, fill, &page, last)?;
    }
    let (bytes, files) = (size(&items), items.len());
    Ok(Bagged { files, bytes })
}

/// All files of the payload, sorted by their paths in the bag.
fn items(config: &Config, with_site: bool) -> Result<Vec<Item>, Diagnostics> {
    let sources = sources::files(config);
    if sources.odd.has_errors() {
        return Err(sources.odd);
    }
    let item = |root: &Utf8Path, path: &str, print, below: &str| Item {
        file: root.join(path),
        shown: path.to_owned(),
        print,
        path: format!("data/{below}/{path}"),
        sum: OnceLock::new(),
    };
    let mut items: Vec<Item> = sources
        .files
        .iter()
        .map(|path| item(&config.folder, path, None, "source"))
        .collect();
    if with_site {
        let root = config.output();
        let built = output::listed(&root).ok().flatten();
        let built = built.ok_or_else(|| no_site(&root))?;
        let files = built
            .iter()
            .map(|(path, print)| item(&root, path, Some(*print), "site"));
        items.extend(files);
    }
    items.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(items)
}

fn no_site(folder: &Utf8Path) -> Diagnostic {
    let message = format!("there is no built site in `{folder}`");
    Diagnostic::new(Code::NoList, message).help("run `morgue build` first")
}

fn read(item: &Item) -> Result<Cow<'static, [u8]>, Diagnostic> {
    let bytes = fs::read(&item.file).map_err(|error| unreadable(&item.shown, &error))?;
    if item.print.is_some_and(|print| !print.is_of(&bytes)) {
        let changed = Diagnostic::new(Code::FileChanged, "is not as it was built");
        return Err(changed
            .file(item.shown.as_str())
            .help("delete it; the next `morgue build` makes it again"));
    }
    item.sum
        .get_or_init(|| (Sum::of(&bytes), bytes.len() as u64));
    Ok(Cow::Owned(bytes))
}

fn size(items: &[Item]) -> u64 {
    items
        .iter()
        .filter_map(|item| Some(item.sum.get()?.1))
        .sum()
}

/// The tag files, each with its path.
fn tags(config: &Config, options: &BagOptions, items: &[Item], folder: &str) -> pack::Named {
    let sums = items
        .iter()
        .filter_map(|item| Some((item.path.as_str(), item.sum.get()?.0)));
    let mut tags = vec![
        ("bag-info.txt".to_owned(), info(config, options, items)),
        ("bagit.txt".to_owned(), BAGIT.to_owned()),
        (NAME.to_owned(), checksum::list(sums)),
    ];
    let sums = tags
        .iter()
        .map(|(name, text)| (name.as_str(), Sum::of(text.as_bytes())));
    tags.push(("tagmanifest-sha256.txt".to_owned(), checksum::list(sums)));
    tags.into_iter()
        .map(|(name, text)| (format!("{folder}{name}"), text.into_bytes()))
        .collect()
}

/// `bag-info.txt`, with the labels of RFC 8493 §2.2.2 and nothing of the machine.
fn info(config: &Config, options: &BagOptions, items: &[Item]) -> String {
    let settings = &config.settings;
    let publisher = settings.publisher.as_deref().unwrap_or(&settings.title);
    let description = match settings.description.as_str() {
        "" => settings.title.clone(),
        more => format!("{}: {more}", settings.title),
    };
    let date = jiff::tz::TimeZone::UTC.to_datetime(options.now).date();
    [
        ("Source-Organization", publisher.to_owned()),
        ("External-Description", description),
        ("External-Identifier", settings.base_url.clone()),
        ("Bagging-Date", date.to_string()),
        ("Payload-Oxum", oxum(size(items), items.len())),
        (
            "Bag-Software-Agent",
            format!("morgue {}", env!("CARGO_PKG_VERSION")),
        ),
    ]
    .iter()
    .map(|(label, value)| line(label, value))
    .collect()
}
