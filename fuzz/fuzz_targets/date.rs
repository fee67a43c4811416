//! Dates: what is read is written in a form that is read as the same day.
#![no_main]

use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use morgue::content::Date;

fuzz_target!(|text: &str| {
    let Ok(date) = Date::parse(text) else {
        return;
    };
    let zone = TimeZone::UTC;
    let _ = (date.iso(&zone), date.rfc3339(&zone), date.instant(&zone));
    let written = date.iso_date();
    let again = Date::parse(&written).expect("a date that was written is one");
    let (year, month, day, _) = date.sort_key();
    let (y, m, d, _) = again.sort_key();
    assert_eq!((year, month, day), (y, m, d), "{text:?} as {written:?}");
});
