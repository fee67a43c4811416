//! `morgue serve`.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;

use super::screen::Screen;
use super::{Choice, Ending, Global, load};
use crate::content::name::is_forbidden;
use crate::serve::{News, Preview, ServeOptions, Shown};

/// Preview the site on this computer; pages reload as files change.
///
/// Pages are made as they are asked for, by the same code as in a build, and no page is written.
/// Only this computer is answered. Errors are shown in the terminal and over the open page, and
/// the preview goes on.
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// The port (default: 8000, or the next one that is free)
    #[arg(long, short, value_name = "N")]
    port: Option<u16>,
    /// Open the front page in the browser
    #[arg(long)]
    open: bool,
    /// Send the pages exactly as a build writes them, and do not watch the files
    #[arg(long)]
    no_reload: bool,
    #[command(flatten)]
    choice: Choice,
}

pub(super) fn run(global: &Global, args: &ServeArgs, screen: &Screen) -> Ending {
    let started = Instant::now();
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let (folder, title) = (config.folder.clone(), plain(&config.settings.title));
    let choice = args.choice.clone();
    let options = ServeOptions {
        selection: Arc::new(move || choice.selection()),
        port: args.port,
        reload: !args.no_reload,
    };
    let preview = match Preview::start(config, &options) {
        Ok(preview) => preview,
        Err(error) => {
            screen.fail(&error.to_string());
            return Ending::Failed;
        }
    };
    preview.hear_interrupt();
    screen.say(&format!(
        "Preview of {title} at {} (Ctrl+C stops)",
        preview.url()
    ));
    if args.open
        && let Err(error) = open(&preview.url())
    {
        screen.say(&format!("The browser could not be opened: {error}"));
    }
    for news in preview.news() {
        match news {
            News::Interrupted => break,
            News::Failed(notes) => screen.report(notes, &folder),
            News::Without(what) => screen.say(&plain(&what)),
            News::Prepared {
                changed,
                shown,
                articles,
                pages,
                errors,
                notes,
                took,
            } => {
                screen.report(notes, &folder);
                let found = match (errors, shown) {
                    (0, _) => format!("{articles} articles, {pages} pages"),
                    (_, Shown::New) => format!("{}, shown all the same", counted(errors)),
                    (_, Shown::Last) => {
                        format!("{}, so the edition before it is shown", counted(errors))
                    }
                    (_, Shown::Errors) => format!("{}, and nothing else to show", counted(errors)),
                };
                let (what, took) = if changed.is_empty() {
                    ("Ready".to_owned(), started.elapsed())
                } else {
                    (named(&changed), took)
                };
                screen.say(&format!("{what}: {found}, {} ms", took.as_millis()));
            }
        }
    }
    Ending::Done
}

fn counted(errors: usize) -> String {
    let s = if errors == 1 { "" } else { "s" };
    format!("{errors} error{s}")
}

/// What changed, on one line.
fn named(changed: &[String]) -> String {
    match changed {
        [one] => format!("{} changed", plain(one)),
        [first, rest @ ..] => format!("{} and {} more changed", plain(first), rest.len()),
        [] => String::new(),
    }
}

/// A text without what a terminal might obey.
fn plain(text: &str) -> String {
    let replace = |c: char| if is_forbidden(c) { '\u{fffd}' } else { c };
    text.chars().map(replace).collect()
}

/// Opens an address in the browser. What becomes of it is the browser's business.
fn open(url: &str) -> std::io::Result<()> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
}
