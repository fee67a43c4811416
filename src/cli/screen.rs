//! What a command shows: results on standard output, everything else on standard error.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use camino::Utf8Path;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Global;
use crate::Progress;
use crate::diagnostics::report::{self, Format, Style};
use crate::diagnostics::{Diagnostics, Severity, Span};

/// Where and how a command shows what it has to say.
#[derive(Debug)]
pub(super) struct Screen {
    pub(super) format: Format,
    pub(super) quiet: bool,
    verbose: bool,
}

impl Screen {
    pub(super) fn new(global: &Global) -> Self {
        Screen {
            format: global.format,
            quiet: global.quiet,
            verbose: global.verbose,
        }
    }

    /// Prints a result. A reader that has gone (`morgue list | head`) is no error.
    pub(super) fn print(&self, text: &str) {
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
    }

    /// Says something to the person at the keyboard.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet && self.format == Format::Text {
            let _ = std::io::stderr()
                .lock()
                .write_all(format!("{text}\n").as_bytes());
        }
    }

    /// Asks something; the answer is typed on the same line.
    pub(super) fn ask(&self, text: &str) {
        let mut error = std::io::stderr().lock();
        let _ = error.write_all(text.as_bytes());
        let _ = error.flush();
    }

    /// Says why a command failed.
    pub(super) fn fail(&self, text: &str) {
        let _ = std::io::stderr()
            .lock()
            .write_all(format!("error: {text}\n").as_bytes());
    }

    /// Shows findings, sorted, each with the line it is about. `folder` is that of the site.
    pub(super) fn report(&self, notes: Diagnostics, folder: &Utf8Path) {
        let mut notes = quoted(notes, folder);
        notes.sort();
        if self.quiet {
            let errors = notes
                .into_iter()
                .filter(|note| note.severity == Severity::Error);
            notes = errors.fold(Diagnostics::new(), |mut all, note| {
                all.push(note);
                all
            });
        }
        let error = std::io::stderr();
        let style = Style {
            color: self.color(),
            width: None,
            verbose: self.verbose,
            notes: false,
        };
        // Machines read findings where they read results.
        let _ = match self.format {
            Format::Text => report::write(&mut error.lock(), &notes, self.format, &style),
            _ => report::write(&mut std::io::stdout().lock(), &notes, self.format, &style),
        };
    }

    /// Prints findings that are the result of a command, notes too; `all` of a code, or the first
    /// ten. `folder` is that of the site.
    pub(super) fn findings(&self, notes: Diagnostics, folder: &Utf8Path, all: bool) {
        let notes = quoted(notes, folder);
        let style = Style {
            color: std::io::stdout().is_terminal() && self.color(),
            width: None,
            verbose: self.verbose || all,
            notes: true,
        };
        let _ = report::write(&mut std::io::stdout().lock(), &notes, self.format, &style);
    }

    /// Colour only on a terminal, and not where it is unwanted (no-color.org).
    fn color(&self) -> bool {
        std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
    }

    /// A progress bar that shows itself after a second, on a terminal alone.
    pub(super) fn bar(&self) -> Bar {
        let target = if self.quiet || self.format != Format::Text {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(8)
        };
        Bar {
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            target: std::sync::Mutex::new(Some(target)),
            since: std::time::Instant::now(),
            words: ("Writing", "pages"),
        }
    }
}

/// The progress of a build.
#[derive(Debug)]
pub(super) struct Bar {
    bar: ProgressBar,
    target: std::sync::Mutex<Option<ProgressDrawTarget>>,
    since: std::time::Instant,
    /// What is done, and with what.
    words: (&'static str, &'static str),
}

impl Bar {
    /// Another progress than that of a build: what is done, and with what.
    pub(super) fn of(self, doing: &'static str, what: &'static str) -> Bar {
        Bar {
            words: (doing, what),
            ..self
        }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn begin(&self, pages: usize) {
        self.bar.set_length(pages as u64);
        self.bar.set_position(0);
        let (doing, what) = self.words;
        let template =
            format!("{{msg}} {{wide_bar}} {{human_pos}}/{{human_len}} {what}, {{eta}} to go");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            self.bar.set_style(style);
        }
        self.bar.set_message(doing);
    }

    fn page(&self) {
        // Short builds end without a flicker.
        if self.since.elapsed() > Duration::from_secs(1)
            && let Ok(mut target) = self.target.try_lock()
            && let Some(target) = target.take()
        {
            self.bar.set_draw_target(target);
        }
        self.bar.inc(1);
    }
}

/// Findings of the later stages know a place but not its text: reads the lines they are about.
pub(super) fn quoted(notes: Diagnostics, folder: &Utf8Path) -> Diagnostics {
    let mut read: Option<(camino::Utf8PathBuf, Option<String>)> = None;
    let mut quoted = Diagnostics::new();
    for mut note in notes {
        if let (Some(file), Some(span)) = (&note.file, &mut note.span)
            && span.text.is_empty()
        {
            if read.as_ref().is_none_or(|(name, _)| name != file) {
                let size = std::fs::metadata(folder.join(file)).map_or(u64::MAX, |m| m.len());
                // A file too large to be an article is not read for the sake of a line.
                let text = (size < 8 * 1024 * 1024)
                    .then(|| std::fs::read_to_string(folder.join(file)).ok());
                read = Some((file.clone(), text.flatten()));
            }
            if let Some((_, Some(text))) = &read {
                let line = Span::line(text, span.line);
                if span.length <= 1 {
                    span.column = line.column;
                    span.length = line.length;
                }
                span.text = line.text;
            }
        }
        quoted.push(note);
    }
    quoted
}
