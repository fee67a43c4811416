//! When an item was published: the day and time on the clock of its office, and how far that
//! clock was from UTC.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use super::element::Element;

/// A moment as an item tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    /// The clock on the spot.
    pub(super) local: DateTime,
    /// How far it was from UTC, if that is known.
    pub(super) offset: Option<Offset>,
}

impl Moment {
    /// As front matter writes it.
    pub(super) fn written(&self) -> String {
        let local = self.local.strftime("%Y-%m-%dT%H:%M:%S");
        match self.offset {
            Some(offset) if offset.seconds() == 0 => format!("{local}Z"),
            Some(offset) => {
                let (seconds, sign) = (
                    offset.seconds().abs(),
                    if offset.is_negative() { '-' } else { '+' },
                );
                format!(
                    "{local}{sign}{:02}:{:02}",
                    seconds / 3600,
                    seconds / 60 % 60
                )
            }
            None => local.to_string(),
        }
    }
}

/// A moment of an item from two of its fields: `local` on its clock, `gmt` in UTC. WordPress
/// writes `0000-00-00 00:00:00` for what it does not know. Where one is missing, `zone` helps.
pub(super) fn moment(
    item: &Element,
    local: &str,
    gmt: &str,
    zone: Option<&TimeZone>,
) -> Option<Moment> {
    let (local, gmt) = (clock(item.text(local)), clock(item.text(gmt)));
    match (local, gmt) {
        (Some(local), Some(gmt)) => {
            let apart = local.duration_since(gmt).as_secs();
            // No clock on earth is farther from UTC, and none by parts of a minute.
            let real = apart.abs() <= 15 * 3600 && apart % 60 == 0;
            let offset = i32::try_from(apart).ok().filter(|_| real);
            let offset = offset.and_then(|seconds| Offset::from_seconds(seconds).ok());
            Some(Moment {
                local,
                offset: offset.or_else(|| offset_in(zone, local)),
            })
        }
        (Some(local), None) => Some(Moment {
            local,
            offset: offset_in(zone, local),
        }),
        (None, Some(gmt)) => {
            let zone = zone.cloned().unwrap_or(TimeZone::UTC);
            let instant = TimeZone::UTC.to_timestamp(gmt).ok()?;
            Some(Moment {
                local: zone.to_datetime(instant),
                offset: Some(zone.to_offset(instant)),
            })
        }
        (None, None) => None,
    }
}

fn offset_in(zone: Option<&TimeZone>, local: DateTime) -> Option<Offset> {
    let zone = zone?;
    Some(zone.to_offset(zone.to_timestamp(local).ok()?))
}

/// `2012-03-14 08:07:00`; nothing for anything else and for the year 0.
fn clock(text: &str) -> Option<DateTime> {
    let time: DateTime = DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok()?;
    (time.year() > 0).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(local: &str, gmt: &str) -> Element {
        let child = |name: &str, text: &str| Element {
            name: name.into(),
            text: text.into(),
            ..Element::default()
        };
        Element {
            children: vec![child("local", local), child("gmt", gmt)],
            ..Element::default()
        }
    }

    #[test]
    fn moments_are_written_on_their_own_clock() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        for (local, gmt, zone, written) in [
            (
                "2012-03-14 23:30:00",
                "2012-03-15 06:30:00",
                None,
                Some("2012-03-14T23:30:00-07:00"),
            ),
            (
                "2012-03-14 00:10:00",
                "2012-03-13 18:40:00",
                None,
                Some("2012-03-14T00:10:00+05:30"),
            ),
            (
                "2012-03-14 00:10:00",
                "2012-03-14 00:10:00",
                None,
                Some("2012-03-14T00:10:00Z"),
            ),
            (
                "2012-07-14 00:10:00",
                "0000-00-00 00:00:00",
                None,
                Some("2012-07-14T00:10:00"),
            ),
            (
                "2012-07-14 00:10:00",
                "0000-00-00 00:00:00",
                Some(&paris),
                Some("2012-07-14T00:10:00+02:00"),
            ),
            (
                "0000-00-00 00:00:00",
                "2012-07-13 22:10:00",
                Some(&paris),
                Some("2012-07-14T00:10:00+02:00"),
            ),
            (
                "2012-07-14 00:10:00",
                "2013-01-01 00:00:00",
                None,
                Some("2012-07-14T00:10:00"),
            ),
            (
                "0000-00-00 00:00:00",
                "0000-00-00 00:00:00",
                Some(&paris),
                None,
            ),
            ("2012-02-30 00:00:00", "", None, None),
        ] {
            let found = moment(&item(local, gmt), "local", "gmt", zone);
            assert_eq!(
                found.map(|found| found.written()).as_deref(),
                written,
                "{local} {gmt}"
            );
        }
    }
}
