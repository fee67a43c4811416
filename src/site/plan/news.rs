//! Which articles stand in feeds, and which of them are news.

use crate::archive::{Archive, ArticleId};
use crate::config::Config;
use crate::content::Status;

/// News crawlers look back two days, and take this many articles (Google's news sitemap rules).
const NEWS_HOURS: i64 = 48;

/// Whether an article stands in feeds: dated, and not asked to stay out of search engines.
pub(crate) fn in_feeds(archive: &Archive, id: ArticleId) -> bool {
    let content = &archive.article(id).content;
    content.date.is_some() && content.status != Status::NoIndex
}

/// The articles of the last two days before `now`, newest first.
pub(crate) fn news(archive: &Archive, config: &Config, now: jiff::Timestamp) -> Vec<ArticleId> {
    let since = now
        .saturating_sub(jiff::SignedDuration::from_hours(NEWS_HOURS))
        .unwrap_or(now);
    let young = |id: &ArticleId| {
        let date = archive
            .article(*id)
            .content
            .date
            .filter(|date| date.day().is_some());
        date.is_some_and(|date| (since..=now).contains(&date.instant(&config.timezone)))
    };
    // Local dates can be a day apart from instants, so look a little beyond.
    let recent = archive
        .dated()
        .rev()
        .take(5_000)
        .filter(|id| in_feeds(archive, *id));
    recent.filter(young).take(1_000).collect()
}
