//! What the front page tells of this day in other years.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Stage, YearGroup};
use crate::archive::ArticleId;

/// Articles of today's day of the year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TodayView {
    /// The day: `25 April`. Where the archive has nothing of today, the next day that it has
    /// something of.
    pub title: String,
    /// Whether it is today.
    pub exact: bool,
    /// The page of that day through the years.
    pub url: String,
    /// Up to four years, latest first, each with its heaviest article.
    pub years: Vec<YearGroup>,
}

/// How many years are remembered.
const YEARS: usize = 4;

impl Stage<'_> {
    /// Only the front page may ask: no other page may change because a night has passed.
    pub(super) fn today(&self) -> Option<TodayView> {
        let scene = self.scene;
        let today = scene.config.timezone.to_datetime(scene.now).date();
        let days = &scene.site.days;
        let at = days.partition_point(|(day, _)| *day < (today.month(), today.day()));
        let ((month, day), ids) = days.get(at).or_else(|| days.first())?;
        let year = |id: &ArticleId| scene.archive.article(*id).content.date.map(|d| d.year());
        let group = |ids: &[ArticleId]| {
            // The later of two that weigh the same is met first.
            let heaviest = ids.iter().rev().max_by_key(|id| self.weight(**id))?;
            let year = year(heaviest)?;
            Some(YearGroup {
                year,
                label: self.words.stretch(year, None, None),
                url: self.link.to(&format!("/{year:04}/{month:02}/{day:02}/")),
                count: ids.len(),
                articles: self.cards([*heaviest]),
            })
        };
        let groups = ids.chunk_by(|a, b| year(a) == year(b)).rev();
        Some(TodayView {
            title: self.words.day_of_year(*month, *day),
            url: self.link.to(&format!("/on/{month:02}-{day:02}/")),
            exact: (*month, *day) == (today.month(), today.day()),
            years: groups.filter_map(group).take(YEARS).collect(),
        })
    }
}
