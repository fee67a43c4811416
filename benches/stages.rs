//! What each stage costs: `cargo bench --bench stages -- [ARTICLES] [PASSES]`.
//!
//! Builds a corpus in a folder of its own and times each stage of it again and again. The
//! fastest pass is the figure: everything that makes a pass slower is not ours. Pages are made
//! on one processor here, so that the time of a page is its own.

mod corpus;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use morgue::Edition;
use morgue::archive::{Archive, Selection};
use morgue::config::Config;
use morgue::output::{self, Folder};
use morgue::render::{self, Theme};
use morgue::site::{self, Page, PageId, PageKind, Place, Site};

const SITE: &str = "title = \"Bench\"\nbase_url = \"https://example.org\"\n";

#[expect(clippy::print_stdout, reason = "a command that answers")]
fn main() -> Result<(), Box<dyn Error>> {
    // `cargo bench` and `cargo test` add flags of their own.
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|word| word.parse().ok());
    let (articles, passes) = (numbers.next().unwrap_or(1_000), numbers.next().unwrap_or(5));
    let folder = tempfile::TempDir::new()?;
    let root = Utf8PathBuf::try_from(folder.path().to_path_buf())?;
    let dialect = corpus::Dialect::named("morgue").ok_or("no such dialect")?;
    corpus::write(
        root.join("content").as_std_path(),
        dialect,
        articles,
        corpus::SEED,
    )?;
    println!("{articles} articles, the fastest of {passes} passes\n");
    println!("{:<22}{:>8}{:>12}{:>12}", "", "", "ms in all", "µs each");
    let mut table = Table::default();
    for _ in 0..passes.max(1) {
        pass(&root, &mut table)?;
    }
    for (name, (count, time)) in &table.rows {
        let (all, each) = (time.as_secs_f64() * 1e3, time.as_secs_f64() * 1e6);
        let each = each / (*count).max(1) as f64;
        let name = name.trim_start_matches(|c: char| c.is_ascii_digit());
        println!("{name:<22}{count:>8}{all:>12.2}{each:>12.1}");
    }
    Ok(())
}

/// The fastest pass of each row. A number before a name keeps the rows in order.
#[derive(Default)]
struct Table {
    rows: BTreeMap<String, (usize, Duration)>,
}

impl Table {
    fn put(&mut self, name: &str, count: usize, time: Duration) {
        let row = self.rows.entry(name.to_owned()).or_insert((count, time));
        row.1 = row.1.min(time);
    }
}

/// How long something takes, and what it gives.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let started = Instant::now();
    let value = work();
    (started.elapsed(), value)
}

/// All stages once.
fn pass(root: &Utf8Path, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let config = Config::parse(root, SITE).map_err(|_| "the settings are wrong")?;
    let selection = Selection {
        now: jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * 365 * 60),
        drafts: false,
        future: false,
    };
    let (time, (content, _)) = timed(|| morgue::content::read(&config));
    let articles = content.articles.len();
    table.put("01read", articles, time);
    let (time, (archive, _)) = timed(|| Archive::new(content, &config, &selection));
    table.put("02file", articles, time);
    let (time, theme) = timed(|| Theme::load(&config, &archive.languages()));
    let theme = theme.map_err(|_| "the theme is wrong")?;
    table.put("03theme", 1, time);
    let (time, (site, _)) = timed(|| Site::plan(&archive, &config, &theme.files(), selection.now));
    table.put("04plan", site.pages.len(), time);
    let (time, _) = timed(|| site::check_links(&site, &archive, &config));
    table.put("05links", articles, time);
    let (time, _) = timed(|| related(&archive));
    table.put("06related", articles, time);
    let edition = Edition {
        config,
        archive,
        site,
        theme,
        now: selection.now,
        stages: Vec::new(),
    };
    let pages = render(&edition, table)?;
    publish(root, &edition, &pages, table)
}

fn related(archive: &Archive) -> usize {
    archive.ids().map(|id| archive.related(id, 5).len()).sum()
}

/// Every page on one processor, and how long each kind takes.
fn render<'a>(
    edition: &'a Edition,
    table: &mut Table,
) -> Result<Vec<(String, Vec<u8>)>, Box<dyn Error>> {
    let scene = edition.scene();
    let ids: Vec<PageId> = edition.site.ids().collect();
    let mut kinds: BTreeMap<&str, (usize, Duration)> = BTreeMap::new();
    let mut pages = Vec::with_capacity(ids.len());
    for id in ids {
        let page = scene.site.page(id);
        let (time, bytes) = timed(|| render::page(&scene, id));
        let bytes = bytes.map_err(|_| "a page cannot be made")?;
        let kind = kinds.entry(name(page)).or_default();
        *kind = (kind.0 + 1, kind.1 + time);
        pages.push((page.file(), bytes.into_owned()));
    }
    for (name, (count, time)) in kinds {
        table.put(&format!("1{name}"), count, time);
    }
    Ok(pages)
}

/// What a page is called here. The names begin with a digit for their order.
fn name(page: &Page) -> &'static str {
    match &page.kind {
        PageKind::Article(_) => "0page: article",
        PageKind::Shelf(shelf) if shelf.place == Place::ALL => "1page: term",
        PageKind::Shelf(_) => "2page: shelf",
        PageKind::OnThisDay(..) => "3page: on this day",
        PageKind::TermIndex(_) | PageKind::TermLetter(..) => "4page: index",
        PageKind::TermFeed(_) => "5feed of a term",
        PageKind::YearFeed(_) => "6feed of a year",
        PageKind::Sitemap(_) | PageKind::SitemapIndex => "7sitemap",
        PageKind::DataFile(_) => "8data file",
        _ => "9the rest",
    }
}

/// The output stage alone: a first build, then one in which nothing differs.
fn publish(
    root: &Utf8Path,
    edition: &Edition,
    pages: &[(String, Vec<u8>)],
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    // Nothing is deleted while anything is measured; the whole folder goes at the end.
    let n = table.rows.len() + std::fs::read_dir(root)?.count();
    let output = root.join(format!("public-{n}"));
    let paths: Vec<&str> = pages.iter().map(|(path, _)| path.as_str()).collect();
    for name in ["30write all", "31write nothing"] {
        let (time, published) = timed(|| {
            let folder = Folder::open(&output).map_err(|_| "the folder cannot be opened")?;
            let fill = |index: usize| Ok(Cow::Borrowed(pages[index].1.as_slice()));
            output::publish(folder, &paths, fill, &|| ()).map_err(|_| "nothing was written")
        });
        published?;
        table.put(name, edition.site.pages.len(), time);
    }
    Ok(())
}
