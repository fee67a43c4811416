//! `morgue init`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use clap::builder::TypedValueParser;

use super::new::create;
use super::screen::Screen;
use super::{Ending, Global, clock, source_date_epoch};
use crate::config::{self, Config};

/// Make a small working site in a new folder.
///
/// The site builds as it is: three articles, a record of a person, a place and a topic, a page
/// about the archive, and a `site.toml` that explains itself. Nothing that is there is changed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue init my-archive
  morgue init my-archive --title \"The Summit Archive\" --base-url https://example.org/archive
  morgue init .                                    in this folder")]
pub(super) struct InitArgs {
    /// The folder; it is made if it is not there
    #[arg(value_parser = clap::builder::NonEmptyStringValueParser::new().map(Utf8PathBuf::from))]
    dir: Utf8PathBuf,
    /// The name of the archive (default: that of the folder)
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Where the site will be
    #[arg(long, value_name = "URL", default_value = "https://example.org")]
    base_url: String,
}

/// Names a file of the starter with its text.
macro_rules! starter {
    ($($path:literal from $name:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("starter/", $name)))),*]
    };
}

/// The files of a new site. `{year}` in a path and `{{today}}`, `{{title}}`, `{{base_url}}` in a
/// text are filled in.
const FILES: &[(&str, &str)] = starter!(
    "site.toml" from "site.toml",
    "content/articles/{year}/how-to-file-a-story.md" from "how-to-file-a-story.md",
    "content/articles/{year}/names-and-dates.md" from "names-and-dates.md",
    "content/articles/1911/amundsen-at-the-south-pole.md" from "amundsen-at-the-south-pole.md",
    "content/people/roald-amundsen.md" from "roald-amundsen.md",
    "content/places/south-pole.md" from "south-pole.md",
    "content/topics/exploration.md" from "exploration.md",
    "content/pages/about.md" from "about.md",
    "content/static/favicon.svg" from "favicon.svg",
);

/// What git should leave alone. A repository may have its own list, which is kept.
const IGNORED: (&str, &str) = (".gitignore", include_str!("starter/gitignore"));

pub(super) fn run(_global: &Global, args: &InitArgs, screen: &Screen) -> Ending {
    let files = filled(args);
    // What would be refused at the first build is refused now.
    if let Some((_, settings)) = files.first()
        && let Err(notes) = Config::parse(&args.dir, settings)
    {
        screen.report(notes, Utf8Path::new(""));
        return Ending::Failed;
    }
    match make(&args.dir, &files) {
        Ok(made) => {
            for path in made {
                screen.print(&format!("{path}\n"));
            }
            screen.say(&next_steps(&args.dir));
            Ending::Done
        }
        Err(reason) => {
            screen.fail(&reason);
            Ending::Failed
        }
    }
}

/// The files with everything filled in, settings first.
fn filled(args: &InitArgs) -> Vec<(String, String)> {
    let now = source_date_epoch().unwrap_or_else(clock);
    let today = jiff::tz::TimeZone::UTC.to_datetime(now).date();
    let year = format!("{:04}", today.year());
    let title = args.title.clone().unwrap_or_else(|| title(&args.dir));
    let title = toml::Value::String(title).to_string();
    let base_url = toml::Value::String(args.base_url.clone()).to_string();
    let fill = |(path, text): &(&str, &str)| {
        let text = text
            .replace("{{today}}", &today.to_string())
            .replace("{{base_url}}", &base_url)
            .replace("{{title}}", &title);
        (path.replace("{year}", &year), text)
    };
    FILES.iter().map(fill).collect()
}

/// `my-archive` is called `My archive`.
fn title(dir: &Utf8Path) -> String {
    let whole = dir.canonicalize_utf8().unwrap_or_else(|_| dir.to_owned());
    let name = whole
        .file_name()
        .unwrap_or("Archive")
        .replace(['-', '_'], " ");
    let mut signs = name.trim().chars();
    signs.next().map_or_else(
        || "Archive".to_owned(),
        |first| first.to_uppercase().chain(signs).collect(),
    )
}

/// Writes the files and gives their paths. Looks for all of them first, so that a folder is
/// filled or left as it was.
fn make(dir: &Utf8Path, files: &[(String, String)]) -> Result<Vec<Utf8PathBuf>, String> {
    if dir.is_file() {
        return Err(format!(
            "{dir} is a file\nhelp: name a folder, or one to be made"
        ));
    }
    let is_there = |path: &Utf8Path| path.symlink_metadata().is_ok();
    if is_there(&dir.join(config::FILE)) {
        return Err(format!(
            "{dir} is a site already: it has a {}\n\
             help: `morgue new article \"Title\"` adds to it",
            config::FILE
        ));
    }
    let mut paths: Vec<(Utf8PathBuf, &str)> = Vec::with_capacity(files.len() + 1);
    for (path, text) in files {
        paths.push((dir.join(path), text));
    }
    if let Some((path, _)) = paths.iter().find(|(path, _)| is_there(path)) {
        return Err(format!(
            "{path} is there already, so nothing was made\n\
             help: choose a folder without it; to make a site of what you have, write a site.toml yourself: `title` and `base_url` are enough"
        ));
    }
    let ignored = dir.join(IGNORED.0);
    if !is_there(&ignored) {
        paths.push((ignored, IGNORED.1));
    }
    let mut made = Vec::with_capacity(paths.len());
    for (path, text) in paths {
        create(&path, text.as_bytes())?;
        made.push(path);
    }
    Ok(made)
}

fn next_steps(dir: &Utf8Path) -> String {
    let enter = if dir == "." {
        String::new()
    } else {
        format!("  cd {}\n", shell_word(dir.as_str()))
    };
    format!(
        "\nThe site is made. Next:\n{enter}  morgue serve --open              look at it\n  \
         morgue new article \"A headline\"  begin an article of your own\n  \
         morgue build                     write the site into public/"
    )
}

/// A path as a shell takes it.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./~+:@".contains(c);
    if text.chars().all(plain) && !text.starts_with('-') {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
