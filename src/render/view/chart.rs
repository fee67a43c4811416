//! Charts of how many articles each year or month has: where their bars stand.

use schemars::JsonSchema;
use serde::Serialize;

use super::Stage;
use crate::archive::ArticleId;
use crate::archive::calendar::months_between;
use crate::site::Place;

/// A chart of articles by year, or by month where it spans few years. All lengths are in per cent
/// of the chart, from its left and upper edge, in whatever direction the page runs.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChartView {
    /// What a bar stands for: `year` or `month`.
    pub unit: &'static str,
    /// From the first bar to the last: `1911–2024`.
    pub span: String,
    /// The bars, oldest first; years and months without an article are gaps between them.
    pub bars: Vec<Bar>,
    /// The count of the highest bar, and where it is written.
    pub peak: ChartLabel,
    /// The line they stand on: its left end and its right one.
    pub ground: (f64, f64),
    /// What is written below the bars: the first, and the last where there is room.
    pub feet: Vec<ChartLabel>,
}

/// A bar of a chart.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Bar {
    /// Its year or month.
    pub label: String,
    /// How many articles it has.
    pub count: usize,
    /// The page of that year or month, where there is one.
    pub url: Option<String>,
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

/// A word in a chart.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChartLabel {
    /// The word.
    pub text: String,
    /// Where it stands.
    pub x: f64,
    /// Which part of it stands there: `start`, `middle` or `end`, as in SVG's `text-anchor`.
    pub anchor: &'static str,
}

/// Up to so many years are shown by month.
const YEARS_BY_MONTH: i32 = 3;
/// Fewer bars than this are not stretched to fill the width.
const UNITS: i32 = 24;
/// The bars stand on this line.
const BASE: f64 = 84.0;
/// The highest bar is so high, which leaves room for its count.
const HIGHEST: f64 = 68.0;
/// One article beside a thousand is still to be seen.
const LOWEST: f64 = 1.0;
/// The part of its place that a bar fills.
const FILLED: f64 = 0.8;

/// Two decimals are finer than any screen.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Articles of a year or month.
struct Count {
    place: Place,
    /// How many units after the first.
    after: i32,
    count: usize,
}

impl Stage<'_> {
    /// The chart of some articles in order, whose shelf is at `root`; `None` where there would be
    /// one bar or none.
    pub(super) fn chart(&self, ids: &[ArticleId], root: &str) -> Option<ChartView> {
        let (unit, counts) = self.bars(ids);
        let last = counts.last().filter(|last| last.after > 0)?;
        let most = counts.iter().map(|c| c.count).max()?.max(1);
        let span = last.after + 1;
        let step = 100.0 / f64::from(span.max(UNITS));
        let rtl = self.words.direction() == "rtl";
        // Whatever is said from where the text begins, seen from the left.
        let from_left = |x: f64| round(if rtl { 100.0 - x } else { x });
        let bar = |count: &Count| {
            let (start, width) = (f64::from(count.after) * step, step * FILLED);
            let height = (share(count.count, most) * HIGHEST).max(LOWEST);
            let url = format!("{root}{}", count.place.path());
            Bar {
                label: self.place_title(&count.place),
                count: count.count,
                url: self.scene.site.has(&url).then(|| self.link.to(&url)),
                x: from_left(if rtl { start + width } else { start }),
                y: round(BASE - height),
                width: round(width),
                height: round(height),
            }
        };
        let end = f64::from(span) * step - step * (1.0 - FILLED);
        let ground = if rtl {
            (100.0 - end, 100.0)
        } else {
            (0.0, end)
        };
        let peak = counts.iter().find(|c| c.count == most)?;
        let (at, anchor) = beside((f64::from(peak.after) + FILLED / 2.0) * step, step * FILLED);
        let bars: Vec<Bar> = counts.iter().map(bar).collect();
        let label = |text: &str, x: f64, anchor| ChartLabel {
            text: text.to_owned(),
            x: from_left(x),
            anchor,
        };
        let (first, newest) = (bars.first()?.label.as_str(), bars.last()?.label.as_str());
        let spanned = format!("{first}–{newest}");
        // Both stand below the bars only where they cannot touch.
        let feet = if end < 50.0 {
            vec![label(&spanned, 0.0, "start")]
        } else {
            vec![label(first, 0.0, "start"), label(newest, end, "end")]
        };
        Some(ChartView {
            unit,
            ground: (round(ground.0), round(ground.1)),
            peak: label(&self.number(most), at, anchor),
            feet,
            span: spanned,
            bars,
        })
    }

    /// What each bar stands for: months where there are few years and every month is known.
    fn bars(&self, ids: &[ArticleId]) -> (&'static str, Vec<Count>) {
        let archive = self.scene.archive;
        let years = archive.by_year(ids.iter().copied());
        let (Some((first, _)), Some((last, _))) = (years.first(), years.last()) else {
            return ("year", Vec::new());
        };
        let (first, last) = (*first, *last);
        let year = |year: i16| Place {
            year: Some(year),
            ..Place::ALL
        };
        if i32::from(last) - i32::from(first) < YEARS_BY_MONTH {
            let months = archive.by_month(ids.iter().copied());
            let known: usize = months.iter().map(|(_, count)| count).sum();
            let dated: usize = years.iter().map(|(_, count)| count).sum();
            if let Some((start, _)) = months.first().filter(|_| known == dated) {
                let bars = months.iter().map(|(month, count)| Count {
                    place: Place {
                        month: Some(month.1),
                        ..year(month.0)
                    },
                    after: months_between(*start, *month),
                    count: *count,
                });
                return ("month", bars.collect());
            }
        }
        let bars = years.iter().map(|(y, count)| Count {
            place: year(*y),
            after: i32::from(*y) - i32::from(first),
            count: *count,
        });
        ("year", bars.collect())
    }
}

/// A part of a whole, between 0 and 1. Counts of articles are far below where a float rounds.
#[expect(
    clippy::cast_precision_loss,
    reason = "an archive has fewer articles than 2^52"
)]
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    part as f64 / whole as f64
}

/// Where a word about a bar stands so that it does not leave the chart: its place and its anchor.
fn beside(middle: f64, width: f64) -> (f64, &'static str) {
    match middle {
        m if m < 8.0 => (m - width / 2.0, "start"),
        m if m > 92.0 => (m + width / 2.0, "end"),
        m => (m, "middle"),
    }
}
