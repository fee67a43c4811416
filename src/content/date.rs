//! Dates as archives have them: whole, partial, uncertain, with and without a time.

use std::fmt;

use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date as far as it is known, after EDTF (ISO 8601-2): `2019-04-25T10:30:00+10:00`,
/// `2019-04-25`, `1936-07`, `1936`, `1936-07-18?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    /// Seconds since midnight, as the clock on the spot showed them.
    time: Option<i32>,
    /// Seconds east of UTC.
    offset: Option<i32>,
    uncertain: bool,
}

impl Date {
    /// A whole date; `None` if no calendar has it.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        civil::Date::new(year, month, day).ok()?;
        let known = |n| Some(n);
        Some(Date {
            year,
            month: known(month),
            day: known(day),
            time: None,
            offset: None,
            uncertain: false,
        })
    }

    /// Reads one of the accepted forms. Generous about form: one-digit months and hours, `/`
    /// between the parts, a space for the `T`, offsets such as `-0400`, `-4` or `UTC`.
    ///
    /// # Errors
    /// What is wrong with it, as a phrase.
    pub fn parse(text: &str) -> Result<Date, String> {
        let text = text.trim();
        let (date, rest) = match text.find(['T', 't', ' ']) {
            Some(at) => (&text[..at], text[at + 1..].trim()),
            None => (text, ""),
        };
        let certain = date.trim_end_matches(['?', '~']);
        let uncertain = certain.len() < date.len();
        let mut parsed = calendar(certain)?;
        parsed.uncertain = uncertain;
        if rest.is_empty() {
            return Ok(parsed);
        }
        if parsed.day.is_none() {
            return Err(format!(
                "{certain:?} is only part of a date and cannot have a time"
            ));
        }
        let end = rest
            .find(['Z', 'z', '+', '-', ' ', 'U', 'G'])
            .unwrap_or(rest.len());
        parsed.time = Some(clock(&rest[..end])?);
        parsed.offset = offset(rest[end..].trim())?;
        Ok(parsed)
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, where it is known.
    pub fn month(&self) -> Option<i8> {
        self.month
    }

    /// The day of the month, 1 to 31, where it is known.
    pub fn day(&self) -> Option<i8> {
        self.day
    }

    /// Whether its source was not sure of it.
    pub fn is_uncertain(&self) -> bool {
        self.uncertain
    }

    /// Whether it has a time of day.
    pub fn has_time(&self) -> bool {
        self.time.is_some()
    }

    /// Orders by what is known: within a year, articles without a month come first, and so on.
    pub fn sort_key(&self) -> (i16, i8, i8, i32) {
        let (month, day) = (self.month.unwrap_or(0), self.day.unwrap_or(0));
        (self.year, month, day, self.time.unwrap_or(0))
    }

    /// The first instant it can mean; a date without an offset is taken in `zone`.
    pub fn instant(&self, zone: &TimeZone) -> jiff::Timestamp {
        let day = civil::Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .unwrap_or(civil::Date::ZERO);
        let midnight = day.at(0, 0, 0, 0);
        let local = i64::from(self.time.unwrap_or(0));
        let local = midnight.saturating_add(jiff::SignedDuration::from_secs(local));
        let zone = self
            .offset
            .and_then(|seconds| Offset::from_seconds(seconds).ok())
            .map_or_else(|| zone.clone(), TimeZone::fixed);
        zone.to_timestamp(local)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// The date alone, as far as it is known: `2019-04-25`, `1936-07`, `1936`.
    pub fn iso_date(&self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }

    /// ISO 8601: the date as far as it is known, with its time and offset where it has a time.
    pub fn iso(&self, zone: &TimeZone) -> String {
        if self.time.is_some() {
            self.rfc3339(zone)
        } else {
            self.iso_date()
        }
    }

    /// RFC 3339, as Atom (RFC 4287 §3.3) wants it: what is not known is filled with the first
    /// month, day and midnight.
    pub fn rfc3339(&self, zone: &TimeZone) -> String {
        let seconds = self.time.unwrap_or(0);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let offset = self
            .offset
            .unwrap_or_else(|| zone.to_offset(self.instant(zone)).seconds());
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        let date = format!(
            "{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}",
            self.year
        );
        if offset == 0 {
            return date + "Z";
        }
        let (sign, offset) = if offset < 0 {
            ('-', -offset)
        } else {
            ('+', offset)
        };
        format!("{date}{sign}{:02}:{:02}", offset / 3600, offset / 60 % 60)
    }
}

impl fmt::Display for Date {
    /// As it would be written in front matter.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso_date())?;
        if let Some(seconds) = self.time {
            write!(
                f,
                "T{:02}:{:02}:{:02}",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60
            )?;
        }
        if let Some(offset) = self.offset {
            let (sign, offset) = if offset < 0 {
                ('-', -offset)
            } else {
                ('+', offset)
            };
            write!(f, "{sign}{:02}:{:02}", offset / 3600, offset / 60 % 60)?;
        }
        if self.uncertain {
            f.write_str("?")
        } else {
            Ok(())
        }
    }
}

impl Serialize for Date {
    /// As it would be written in front matter; for machines alone, its parts.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        let Date {
            year,
            month,
            day,
            time,
            offset,
            uncertain,
        } = *self;
        (year, month, day, time, offset, uncertain).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            return Date::parse(&text).map_err(serde::de::Error::custom);
        }
        let (year, month, day, time, offset, uncertain) = Deserialize::deserialize(deserializer)?;
        Ok(Date {
            year,
            month,
            day,
            time,
            offset,
            uncertain,
        })
    }
}

fn calendar(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let short = |part: &&str| part.len() <= 2;
    let fits = parts.first().is_some_and(|year| year.len() == 4)
        && parts.len() <= 3
        && parts[1..].iter().all(short)
        && parts.iter().all(|part| digits(part));
    if !fits {
        return Err(format!("{text:?} is not a date"));
    }
    let number = |index: usize| parts.get(index).and_then(|part| part.parse::<i8>().ok());
    let year: i16 = parts[0]
        .parse()
        .map_err(|_| format!("{text:?} is not a date"))?;
    if year == 0 {
        return Err("there is no year 0".into());
    }
    let (month, day) = (number(1), number(2));
    let exists = civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
    if !exists {
        return Err(match month {
            Some(month) if !(1..=12).contains(&month) => format!("there is no month {month}"),
            _ => format!("there is no {text} in the calendar"),
        });
    }
    Ok(Date {
        year,
        month,
        day,
        time: None,
        offset: None,
        uncertain: false,
    })
}

/// Seconds since midnight. A leap second counts as the one before it.
fn clock(text: &str) -> Result<i32, String> {
    let wrong = || format!("{text:?} is not a time of day");
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole).trim();
    let parts: Vec<&str> = whole.split(':').collect();
    let digits = |p: &&str| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(digits) {
        return Err(wrong());
    }
    let number = |index: usize| parts.get(index).map_or(Ok(0), |p| p.parse::<i32>());
    let read = |index| number(index).map_err(|_| wrong());
    let (hour, minute, second) = (read(0)?, read(1)?, read(2)?);
    if hour > 23 || minute > 59 || second > 60 {
        return Err(wrong());
    }
    Ok(hour * 3600 + minute * 60 + second.min(59))
}

/// `Z`, `UTC`, `GMT`, `+10:00`, `-0400`, `-4`; nothing where there is none.
fn offset(text: &str) -> Result<Option<i32>, String> {
    let wrong = || format!("{text:?} is not an offset from UTC");
    if text.is_empty() {
        return Ok(None);
    }
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Ok(Some(0));
    }
    let (sign, rest) = match text.split_at_checked(1) {
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        _ => return Err(wrong()),
    };
    let rest = rest.trim();
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() > 2 => rest.split_at_checked(rest.len() - 2).ok_or_else(wrong)?,
        None => (rest, "0"),
    };
    let number = |part: &str| {
        let plain = !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        if plain {
            part.parse::<i32>().map_err(|_| wrong())
        } else {
            Err(wrong())
        }
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    // The earth's clocks run from -12:00 to +14:00; history knows a few minutes more.
    if hours > 15 || minutes > 59 {
        return Err(wrong());
    }
    Ok(Some(sign * (hours * 3600 + minutes * 60)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Date::parse(text).map_or_else(|e| format!("! {e}"), |d| d.to_string())
    }

    #[test]
    fn every_accepted_form() {
        for (text, expected) in [
            ("2019-04-25", "2019-04-25"),
            ("2019-4-5", "2019-04-05"),
            ("2019/04/25", "2019-04-25"),
            ("1936", "1936"),
            ("1936-07", "1936-07"),
            ("1936-07-18?", "1936-07-18?"),
            ("1936~", "1936?"),
            ("2019-04-25T10:30:00+10:00", "2019-04-25T10:30:00+10:00"),
            ("2014-06-30 9:00:10 -0400", "2014-06-30T09:00:10-04:00"),
            ("2014-06-30 9:00 -4", "2014-06-30T09:00:00-04:00"),
            ("2014-06-30T09:00:10.250Z", "2014-06-30T09:00:10+00:00"),
            ("2014-06-30 09:00:10 UTC", "2014-06-30T09:00:10+00:00"),
            ("2014-06-30 09:00:10", "2014-06-30T09:00:10"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
            ("2020-02-29", "2020-02-29"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_no_calendar_has_is_refused() {
        for text in [
            "2019-02-30",
            "2019-13-01",
            "2019-00-10",
            "2021-02-29",
            "0000-01-01",
            "tomorrow",
            "",
            "19-04-25",
            "2019-04-25T25:00",
            "2019-04-25T10",
            "2019-04T10:30",
            "2019-04-25 10:30 +99",
            "2019-04-25-01",
            "2019-",
            "12019-01-01",
            "2019-04-25T10:30:00 nowhere",
        ] {
            assert!(shown(text).starts_with('!'), "{text}: {}", shown(text));
        }
    }

    #[test]
    fn an_offset_moves_the_instant_and_not_the_day() {
        let date = Date::parse("2019-04-25T00:30:00+10:00").unwrap();
        assert_eq!(date.iso_date(), "2019-04-25");
        assert_eq!(
            date.instant(&TimeZone::UTC).to_string(),
            "2019-04-24T14:30:00Z"
        );
    }

    #[test]
    fn a_date_without_an_offset_is_in_the_zone_of_the_site() {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let date = Date::parse("2019-07-14").unwrap();
        assert_eq!(date.rfc3339(&zone), "2019-07-14T00:00:00+02:00");
        assert_eq!(date.iso(&zone), "2019-07-14");
    }
}
