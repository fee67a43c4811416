//! A news archive that nobody wrote: any number of articles, the same ones for the same number
//! and seed, in the dialect of several tools.

mod article;
mod dialect;
mod draw;
mod names;
mod prose;

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use article::Article;
use draw::Draw;
use names::Names;

pub(crate) use dialect::Dialect;

/// The seed of all figures in `docs/performance.md`.
pub(crate) const SEED: u64 = 1851;

/// Writes `articles` articles below `content`, and for morgue the records of their people and
/// places. One article at a time is in memory for each processor. Gives the bytes written.
pub(crate) fn write(
    content: &Path,
    dialect: Dialect,
    articles: usize,
    seed: u64,
) -> io::Result<usize> {
    let names = Names::new(articles, seed);
    let home = content.join("articles");
    for folder in folders() {
        std::fs::create_dir_all(home.join(folder))?;
    }
    if dialect == Dialect::Morgue {
        records(content, &names, seed)?;
    }
    let (next, bytes) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || -> io::Result<()> {
        let mut file = String::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= articles {
                return Ok(());
            }
            let article = Article::new(&names, seed, number);
            dialect.write(&article, &mut file);
            bytes.fetch_add(file.len(), Ordering::Relaxed);
            let folder = format!("{}/{:02}", article.year, article.month);
            put(
                &home.join(folder).join(format!("{}.md", article.slug)),
                &file,
            )?;
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            worker
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("a writer panicked")))?;
        }
        Ok(bytes.load(Ordering::Relaxed))
    })
}

/// A folder for each month of each year.
fn folders() -> impl Iterator<Item = PathBuf> {
    let months = |year| (1..=12).map(move |month| format!("{year}/{month:02}").into());
    (1990..2020).flat_map(months)
}

/// The records of every second person and of all places, so that there is something to match.
fn records(content: &Path, names: &Names, seed: u64) -> io::Result<()> {
    let mut draw = Draw::new(seed ^ 3);
    let mut people = String::from("name,sort_name,description,born\n");
    for name in names.people.iter().step_by(2) {
        let (given, family) = name.rsplit_once(' ').unwrap_or(("", name));
        let (year, month, day) = (
            draw.within(1900, 1985),
            draw.within(1, 12),
            draw.within(1, 28),
        );
        let _ = writeln!(
            people,
            "{name},\"{family}, {given}\",of the archive,{year}-{month:02}-{day:02}"
        );
    }
    put(&content.join("people.csv"), &people)?;
    let mut places = String::from("name,description,latitude,longitude\n");
    for name in &names.places {
        let (north, east) = (draw.below(1_200), draw.below(3_600));
        let (north, east) = (north as f64 / 10.0 - 50.0, east as f64 / 10.0 - 180.0);
        let _ = writeln!(places, "{name},a town,{north:.1},{east:.1}");
    }
    put(&content.join("places.csv"), &places)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a corpus is not an output folder"
)]
fn put(path: &Path, text: &str) -> io::Result<()> {
    std::fs::write(path, text)
}
