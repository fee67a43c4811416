//! Which articles an order is about, as it is said on the command line.

use std::io::Read as _;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use globset::{GlobBuilder, GlobSetBuilder};

use crate::cli::list::taxonomy;
use crate::config::Config;
use crate::content::Date;
use crate::terms::Choice;

/// Conditions; an article meets all that are given.
#[derive(Debug, Clone, Args)]
pub(super) struct Conditions {
    /// Only articles dated on or after this: 2019, 2019-04, 2019-04-25
    #[arg(long, value_name = "DATE", help_heading = "Which articles")]
    since: Option<String>,
    /// Only articles dated on or before this; a year or month is meant whole
    #[arg(long, value_name = "DATE", help_heading = "Which articles")]
    until: Option<String>,
    /// Only articles of this year
    #[arg(long, conflicts_with_all = ["since", "until"], help_heading = "Which articles")]
    year: Option<String>,
    /// Only articles of this section
    #[arg(long, value_name = "NAME", help_heading = "Which articles")]
    section: Option<String>,
    /// Only articles with a term of any taxonomy, as in places=Moscow; again: with all of them
    #[arg(
        long = "term",
        value_name = "TAXONOMY=NAME",
        help_heading = "Which articles"
    )]
    has: Vec<String>,
    /// Only files that match this pattern, as in 'content/articles/2019/**'; again: or this one
    #[arg(long, value_name = "PATTERN", help_heading = "Which articles")]
    file: Vec<String>,
    /// Only files that this file lists, one a line; `-` reads standard input
    #[arg(long, value_name = "FILE", help_heading = "Which articles")]
    files_from: Option<Utf8PathBuf>,
}

impl Conditions {
    pub(super) fn choice(&self, config: &Config) -> Result<Choice, String> {
        let mut with = Vec::new();
        if let Some(section) = &self.section {
            with.push((taxonomy(config, "section", &[])?, section.clone()));
        }
        for text in &self.has {
            with.push(term(config, text, '=')?);
        }
        let listed = match &self.files_from {
            Some(file) => {
                let lines = lines(file)?.into_iter();
                let lines = lines.map(|line| line.trim().trim_start_matches("./").to_owned());
                Some(lines.filter(|line| !line.is_empty()).collect())
            }
            None => None,
        };
        Ok(Choice {
            since: limit(self.since.as_ref().or(self.year.as_ref()))?,
            until: limit(self.until.as_ref().or(self.year.as_ref()))?,
            with,
            files: self.patterns()?,
            listed,
        })
    }

    fn patterns(&self) -> Result<Option<globset::GlobSet>, String> {
        if self.file.is_empty() {
            return Ok(None);
        }
        let wrong = |pattern: &str| {
            format!(
                "{pattern:?} is not a pattern of paths\nhelp: `*` stands for any part of a name, `**` for any folders"
            )
        };
        let mut set = GlobSetBuilder::new();
        for pattern in &self.file {
            let bare = pattern.trim_start_matches("./");
            let glob = GlobBuilder::new(bare).literal_separator(true).build();
            set.add(glob.map_err(|_| wrong(pattern))?);
        }
        set.build()
            .map(Some)
            .map_err(|_| wrong(&self.file.join(" ")))
    }
}

/// A date as far as it is said, as it is compared.
fn limit(text: Option<&String>) -> Result<Option<String>, String> {
    let Some(text) = text else { return Ok(None) };
    match Date::parse(text.trim()) {
        Ok(date) if !date.has_time() && !date.is_uncertain() => Ok(Some(date.iso_date())),
        _ => Err(format!(
            "{text:?} is not a date here\nhelp: write 2019-04-25, or as far as you mean it: 2019-04, 2019"
        )),
    }
}

/// A term of a taxonomy: `topics/Economy`, `topics=Economy`.
pub(super) fn term(config: &Config, text: &str, sign: char) -> Result<(usize, String), String> {
    let parts = text
        .split_once(sign)
        .map(|(word, name)| (word.trim(), name.trim()));
    let Some((word, name)) = parts.filter(|(_, name)| !name.is_empty()) else {
        return Err(format!(
            "{text:?} names no term\nhelp: write the taxonomy and the name: `topics{sign}Economy`"
        ));
    };
    Ok((taxonomy(config, word, &[])?, name.to_owned()))
}

/// The lines of a file, or of standard input.
pub(super) fn lines(file: &Utf8Path) -> Result<Vec<String>, String> {
    let text = if file == "-" {
        let mut text = String::new();
        std::io::stdin()
            .lock()
            .read_to_string(&mut text)
            .map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    let text = text.map_err(|error| format!("{file} cannot be read: {error}"))?;
    let text = text.trim_start_matches('\u{FEFF}');
    Ok(text.lines().map(str::to_owned).collect())
}
