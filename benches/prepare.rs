//! What is known before a page is made, and the memory it takes: `prepare SITE`.
//!
//! Runs stages 1 to 3 on the folder of a site, each once, and tells for each how long it took, how
//! much memory is in use after it, and the most that was in use while it ran. Memory is what the
//! system counts (Linux); with the allocator of the program itself, it is that of a build.

use std::error::Error;
use std::fs;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use morgue::archive::{Archive, Selection};
use morgue::config::Config;
use morgue::render::Theme;
use morgue::site::{self, Site};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::print_stdout, reason = "a command that answers")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("prepare SITE")?;
    let source = fs::read_to_string(Utf8Path::new(&folder).join(morgue::config::FILE))?;
    let config =
        Config::parse(Utf8Path::new(&folder), &source).map_err(|_| "the settings are wrong")?;
    let selection = Selection {
        now: jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * 365 * 60),
        drafts: false,
        future: false,
    };
    println!("| | wall | CPU | in use after | at most |\n| --- | --- | --- | --- | --- |");
    let (content, _) = lap("read", || morgue::content::read(&config, None));
    let (archive, _) = lap("file", || Archive::new(content, &config, &selection));
    let theme = lap("theme", || Theme::load(&config, &archive.languages()));
    let theme = theme.map_err(|_| "the theme is wrong")?;
    let (site, _) = lap("plan", || {
        Site::plan(&archive, &config, &theme.files(), selection.now)
    });
    lap("links", || site::check_links(&site, &archive, &config));
    println!(
        "\n{} articles, {} terms, {} pages",
        archive.articles.len(),
        archive.terms.len(),
        site.pages.len()
    );
    Ok(())
}

#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a command that answers, and asks the system to count anew"
)]
fn lap<T>(name: &str, work: impl FnOnce() -> T) -> T {
    // The mark of the most memory is put back to what is in use now (proc_pid_clear_refs(5)).
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (started, before) = (Instant::now(), processors());
    let value = work();
    let wall = started.elapsed();
    let cpu = processors()
        .zip(before)
        .map_or(wall, |(after, before)| after.saturating_sub(before));
    println!(
        "| {name} | {:.2} s | {:.2} s | {:.0} MB | {:.0} MB |",
        wall.as_secs_f64(),
        cpu.as_secs_f64(),
        memory("VmRSS:"),
        memory("VmHWM:")
    );
    value
}

/// How long the threads of this process have been on a processor.
fn processors() -> Option<Duration> {
    let mut nanoseconds = 0;
    for task in fs::read_dir("/proc/self/task").ok()? {
        let told = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += told.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(Duration::from_nanos(nanoseconds))
}

/// A line of what the system tells of this process, in MB.
fn memory(key: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
