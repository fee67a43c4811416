//! Which articles are published at all.

use camino::Utf8PathBuf;

use super::{LeftOut, Selection, Withheld, withdrawn};
use crate::config::Config;
use crate::content::{self, Date, Status};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// What of the articles is published.
#[expect(
    clippy::vec_box,
    reason = "articles are sorted and chosen by their places; each stays where it was read"
)]
pub(super) struct Selected {
    pub(super) published: Vec<Box<content::Article>>,
    /// Those that left a tombstone.
    pub(super) removed: Vec<Box<content::Article>>,
    /// The files of all others.
    pub(super) unpublished: Vec<Utf8PathBuf>,
    pub(super) left_out: LeftOut,
    pub(super) withheld: Vec<Withheld>,
}

/// Parts the articles that are published from all others.
#[expect(
    clippy::vec_box,
    reason = "articles are sorted and chosen by their places; each stays where it was read"
)]
pub(super) fn select(
    articles: Vec<Box<content::Article>>,
    config: &Config,
    selection: &Selection,
    notes: &mut Diagnostics,
) -> Selected {
    let (mut published, mut unpublished) = (Vec::with_capacity(articles.len()), Vec::new());
    let (mut removed, mut withheld) = (Vec::new(), Vec::new());
    let mut left_out = LeftOut::default();
    let this_year = config.timezone.to_datetime(selection.now).year();
    // No zone is more than a day from another, so what is a year past needs no clock.
    let later = |date: &Date| {
        date.year().saturating_add(1) >= this_year && date.instant(&config.timezone) > selection.now
    };
    for mut article in articles {
        let count = match article.status {
            Status::Removed => Some(&mut left_out.removed),
            Status::Draft if !selection.drafts => Some(&mut left_out.drafts),
            Status::Embargoed if article.embargo_until.as_deref().is_none_or(later) => {
                Some(&mut left_out.embargoed)
            }
            _ if article.embargo_until.as_deref().is_some_and(later) => {
                Some(&mut left_out.embargoed)
            }
            _ if !selection.future && article.date.as_ref().is_some_and(later) => {
                notes.push(not_yet(&article, config));
                Some(&mut left_out.future)
            }
            _ => None,
        };
        withheld.extend(withdrawn::withheld(&mut article, count.is_some()));
        match count {
            Some(count) => {
                *count += 1;
                if article.status == Status::Removed {
                    removed.push(article);
                } else {
                    unpublished.push(article.file.into());
                }
            }
            None => published.push(article),
        }
    }
    Selected {
        published,
        removed,
        unpublished,
        left_out,
        withheld,
    }
}

fn not_yet(article: &content::Article, config: &Config) -> Diagnostic {
    let date = article
        .date
        .map(|date| date.to_string())
        .unwrap_or_default();
    Diagnostic::new(
        Code::NotYet,
        format!("left out until its date has come: {date}"),
    )
    .file(content::shown(config, &article.file))
    .span(Span {
        line: article.date_line,
        column: 1,
        length: 1,
        text: String::new(),
    })
    .help("`--future` takes it in today")
}
