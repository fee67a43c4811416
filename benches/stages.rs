//! What each stage costs: `cargo bench --bench stages -- [ARTICLES] [PASSES]`.
//!
//! Builds a corpus in a folder of its own and measures each stage of it again and again. The
//! least of all passes is the figure: everything that makes a pass slower is not ours. Processor
//! time is that of all threads, where the system tells (Linux); what waits for a busy machine is
//! not in it.

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
use morgue::render::{self, Frames, Theme};
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
    println!("{articles} articles, the least of {passes} passes\n");
    println!("| | number | wall | CPU | CPU each |\n| --- | --- | --- | --- | --- |");
    let mut table = Table::default();
    for _ in 0..passes.max(1) {
        pass(&root, &mut table)?;
    }
    for (name, (count, cost)) in &table.rows {
        let (wall, cpu) = (cost.wall.as_secs_f64() * 1e3, cost.cpu.as_secs_f64() * 1e3);
        let each = cpu * 1e3 / (*count).max(1) as f64;
        let name = name.trim_start_matches(|c: char| c.is_ascii_digit());
        println!("| {name} | {count} | {wall:.1} ms | {cpu:.1} ms | {each:.1} µs |");
    }
    Ok(())
}

/// What something took: by the clock, and on all processors together.
#[derive(Debug, Clone, Copy)]
struct Cost {
    wall: Duration,
    cpu: Duration,
}

/// The least cost of each row. A number before a name keeps the rows in order.
#[derive(Default)]
struct Table {
    rows: BTreeMap<String, (usize, Cost)>,
}

impl Table {
    fn put(&mut self, name: &str, count: usize, cost: Cost) {
        let row = self.rows.entry(name.to_owned()).or_insert((count, cost));
        row.1.wall = row.1.wall.min(cost.wall);
        row.1.cpu = row.1.cpu.min(cost.cpu);
    }
}

/// What something costs, and what it gives.
fn timed<T>(work: impl FnOnce() -> T) -> (Cost, T) {
    let (started, before) = (Instant::now(), processors());
    let value = work();
    let wall = started.elapsed();
    let cpu = processors()
        .zip(before)
        .map(|(after, before)| after.saturating_sub(before));
    let cost = Cost {
        wall,
        cpu: cpu.unwrap_or(wall),
    };
    (cost, value)
}

/// How long the threads of this process have been on a processor.
fn processors() -> Option<Duration> {
    let mut nanoseconds = 0;
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let told = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += told.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(Duration::from_nanos(nanoseconds))
}

/// A page: its path below the output folder, and its bytes.
type File = (String, Vec<u8>);

/// All stages once.
fn pass(root: &Utf8Path, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let config = Config::parse(root, SITE).map_err(|_| "the settings are wrong")?;
    let selection = Selection {
        now: jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * 365 * 60),
        drafts: false,
        future: false,
    };
    let (time, (content, _)) = timed(|| morgue::content::read(&config, None));
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
    let frames = Frames::new(&config, &archive, &site, &theme);
    let edition = Edition {
        frames,
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

/// Every page, one kind after another, on one processor.
fn render(edition: &Edition, table: &mut Table) -> Result<Vec<File>, Box<dyn Error>> {
    let scene = edition.scene();
    let mut kinds: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    for id in edition.site.ids() {
        kinds.entry(name(scene.site.page(id))).or_default().push(id);
    }
    let mut pages = Vec::with_capacity(edition.site.pages.len());
    for (name, ids) in kinds {
        let make = |id: &PageId| {
            let bytes = render::page(&scene, *id).map(Cow::into_owned);
            bytes.map(|bytes| (scene.site.page(*id).file(), bytes))
        };
        let (cost, made) = timed(|| ids.iter().map(make).collect::<Result<Vec<_>, _>>());
        table.put(&format!("1{name}"), ids.len(), cost);
        pages.extend(made.map_err(|_| "a page cannot be made")?);
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
    pages: &[File],
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
            output::publish(folder, &paths, fill, None, &|| ()).map_err(|_| "nothing was written")
        });
        published?;
        table.put(name, edition.site.pages.len(), time);
    }
    Ok(())
}
