//! The settings of a site that an import begins: what the channel says, and what its items show.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::{Offset, TimeZone};

use super::dates::Moment;
use super::survey::Survey;

/// Patterns of permalinks that WordPress offers, as morgue writes them.
const PATTERNS: [&str; 6] = [
    "/{year}/{month}/{day}/{slug}/",
    "/{year}/{month}/{slug}/",
    "/{year}/{slug}/",
    "/{slug}/",
    "/archives/{slug}/",
    "/blog/{slug}/",
];

/// How many articles follow each pattern.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    counts: [u64; PATTERNS.len()],
    all: u64,
}

impl Patterns {
    pub(super) fn seen(&mut self, path: &str, moment: &Moment, slug: &str) {
        self.all += 1;
        let date = moment.local.date();
        for (pattern, count) in PATTERNS.iter().zip(&mut self.counts) {
            let filled = pattern
                .replace("{year}", &format!("{:04}", date.year()))
                .replace("{month}", &format!("{:02}", date.month()))
                .replace("{day}", &format!("{:02}", date.day()))
                .replace("{slug}", slug);
            *count += u64::from(filled == path);
        }
    }

    /// The pattern that most articles follow.
    fn best(&self) -> Option<&'static str> {
        let best = PATTERNS
            .iter()
            .zip(self.counts)
            .max_by_key(|(_, count)| *count)?;
        (best.1 > 0 && best.1 * 2 > self.all).then_some(*best.0)
    }
}

/// How far the clock of the office was from UTC, at which instants.
#[derive(Debug, Clone, Default)]
pub(super) struct Zones {
    seen: BTreeMap<i64, Offset>,
    offsets: BTreeSet<Offset>,
}

impl Zones {
    pub(super) fn seen(&mut self, moment: &Moment) {
        let Some(offset) = moment.offset else { return };
        self.offsets.insert(offset);
        // One a day is enough to tell zones apart.
        if let Ok(instant) = offset.to_timestamp(moment.local)
            && self.seen.len() < 20_000
        {
            self.seen
                .entry(instant.as_second() / 86_400)
                .or_insert(offset);
        }
    }

    /// A zone whose clock was always where the office's was: one of the capital cities of the
    /// language, or a fixed distance from UTC.
    fn best(&self, language: &str) -> Option<String> {
        let language = language.to_ascii_lowercase().replace('_', "-");
        let candidates = ZONES
            .iter()
            .filter(|(tag, _)| language.starts_with(tag))
            .flat_map(|(_, zones)| zones.split(' '));
        // A clock that was never set forward could be anybody's.
        let anywhere = ANYWHERE.split(' ').filter(|_| self.offsets.len() > 1);
        let utc = self.offsets.iter().all(|offset| offset.seconds() == 0);
        for name in candidates.chain(anywhere).filter(|_| !utc) {
            let Ok(zone) = TimeZone::get(name) else {
                continue;
            };
            let fits = self.seen.iter().all(|(day, offset)| {
                let instant = |hour: i64| jiff::Timestamp::from_second(day * 86_400 + hour * 3600);
                [0, 12, 23]
                    .iter()
                    .any(|hour| instant(*hour).is_ok_and(|at| zone.to_offset(at) == *offset))
            });
            if fits {
                return Some(name.to_owned());
            }
        }
        let mut offsets = self.offsets.iter();
        match (offsets.next(), offsets.next()) {
            (Some(offset), None) if offset.seconds() == 0 => Some("UTC".to_owned()),
            (Some(offset), None) => {
                let seconds = offset.seconds();
                let sign = if seconds < 0 { '-' } else { '+' };
                Some(format!(
                    "{sign}{:02}:{:02}",
                    seconds.abs() / 3600,
                    seconds.abs() / 60 % 60
                ))
            }
            _ => None,
        }
    }
}

const ZONES: [(&str, &str); 14] = [
    ("fr-ca", "America/Toronto"),
    ("fr", "Europe/Paris Europe/Brussels Europe/Zurich"),
    ("de", "Europe/Berlin Europe/Vienna Europe/Zurich"),
    (
        "es",
        "Europe/Madrid America/Mexico_City America/Bogota America/Argentina/Buenos_Aires America/Santiago",
    ),
    ("it", "Europe/Rome"),
    ("nl", "Europe/Amsterdam"),
    ("pl", "Europe/Warsaw"),
    ("pt-br", "America/Sao_Paulo"),
    ("pt", "Europe/Lisbon"),
    ("ru", "Europe/Moscow"),
    ("en-gb", "Europe/London"),
    ("en-au", "Australia/Sydney"),
    ("en-nz", "Pacific/Auckland"),
    (
        "en",
        "America/New_York America/Chicago America/Denver America/Los_Angeles Europe/London Australia/Sydney",
    ),
];

const ANYWHERE: &str = "Europe/Paris Europe/London Europe/Athens America/New_York America/Chicago America/Denver America/Los_Angeles America/Sao_Paulo Australia/Sydney";

/// The `site.toml` of a site that begins with an import; `known` are the taxonomies it needs.
pub(super) fn settings(
    survey: &Survey,
    zone: Option<&str>,
    own: &BTreeSet<String>,
) -> (String, bool) {
    let text = |value: &str| toml::Value::String(value.to_owned()).to_string();
    let title = if survey.title.is_empty() {
        "Archive"
    } else {
        &survey.title
    };
    let base = base(&survey.base);
    let guessed = survey.zones.best(&survey.language);
    let sure = zone.is_some() || guessed.is_some();
    let zone = zone
        .map(str::to_owned)
        .or(guessed)
        .unwrap_or_else(|| "UTC".into());
    let mut out = format!("title = {}\nbase_url = {}\n", text(title), text(&base));
    if !survey.description.is_empty() {
        out.push_str(&format!("description = {}\n", text(&survey.description)));
    }
    out.push_str(&format!(
        "language = {}\ntimezone = {}\n",
        text(&language(&survey.language)),
        text(&zone)
    ));
    if let Some(pattern) = survey.patterns.best() {
        out.push_str(&format!("\n[permalinks]\narticle = {}\n", text(pattern)));
    }
    out.push_str(
        "\n# What was linked to on the old site and did not come along is told, and no reason to stop.\n[links]\ndead = \"warn\"\n",
    );
    for taxonomy in own {
        out.push_str(&format!("\n[taxonomies.{taxonomy}]\n"));
    }
    (out, sure)
}

/// The address of the site, without a slash at its end.
fn base(url: &str) -> String {
    let url = url.trim().trim_end_matches('/');
    let web = url.starts_with("https://") || url.starts_with("http://");
    if web && !url.contains(['?', '#', ' ']) {
        url.to_owned()
    } else {
        "https://example.org".into()
    }
}

/// `fr_FR`, `en-US` as tags of languages; a region that says nothing is left out.
fn language(text: &str) -> String {
    let tag = text.trim().replace('_', "-");
    let fine = !tag.is_empty()
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    match tag.split_once('-') {
        _ if !fine => "en".into(),
        Some((language, region))
            if region.eq_ignore_ascii_case(language) || (language == "en" && region == "US") =>
        {
            language.to_owned()
        }
        _ => tag,
    }
}
