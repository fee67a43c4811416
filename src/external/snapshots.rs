//! Where an archive of the web keeps what is gone: asked for with `--external-snapshots` alone, for
//! it tells a third party which pages the archive links to.
//!
//! The question and its answer are those of the Wayback Machine (archive.org/help/wayback_api.php),
//! which other programs that keep the web answer too.

use serde::Deserialize;
use url::Url;

use super::address::{self, Read};
use super::answer::Class;
use super::collect::Linked;
use super::ledger::{self, Ledger};
use super::visit::{Trouble, Visitor};
use crate::Progress;

/// What came of asking.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// How many copies were found.
    pub(super) snapshots: usize,
    /// Whether the archive of the web gave no answer, so that not all were asked for.
    pub(super) is_silent: bool,
}

/// What is gone, or has not answered for so many days, and has no copy yet; each with the earliest
/// day of an article that links to it, as digits.
pub(super) fn wanted(
    linked: &Linked,
    ledger: &Ledger,
    today: jiff::civil::Date,
    patience: u32,
) -> Vec<(String, String)> {
    let is_lost = |address: &str| {
        let line = ledger.line(address)?;
        let lost = match line.status?.class() {
            Class::Dead => true,
            Class::Failing => ledger::days_between(line.failing?, today) >= i64::from(patience),
            Class::Good | Class::Shut => false,
        };
        Some(lost && line.snapshot.is_empty())
    };
    let lost = linked.places.iter().filter(|(address, places)| {
        places.iter().any(|place| !place.is_kept) && is_lost(address) == Some(true)
    });
    lost.map(|(address, places)| {
        let days = places.iter().map(|place| place.day.as_str());
        let first = days.filter(|day| !day.is_empty()).min();
        (address.clone(), first.unwrap_or_default().to_owned())
    })
    .collect()
}

/// Asks for a copy of each, one after the other, and takes down those that there are.
pub(super) fn ask(
    service: &str,
    wanted: &[(String, String)],
    visitor: &Visitor<'_>,
    ledger: &mut Ledger,
    progress: &dyn Progress,
) -> Found {
    let mut found = Found::default();
    progress.begin(wanted.len());
    for (address, day) in wanted {
        match question(service, address, day).map(|question| visitor.read(&question)) {
            Some(Ok(answer)) => {
                if let Some(snapshot) = answered(&answer) {
                    ledger.keep(address, snapshot);
                    found.snapshots += 1;
                }
            }
            None | Some(Err(Trouble::Private | Trouble::Astray)) => {
                found.is_silent = true;
                break;
            }
            Some(Err(_)) => found.is_silent = true,
        }
        progress.page();
    }
    found
}

fn question(service: &str, address: &str, day: &str) -> Option<Url> {
    let mut question = Url::parse(service).ok()?;
    question.query_pairs_mut().append_pair("url", address);
    if !day.is_empty() {
        question.query_pairs_mut().append_pair("timestamp", day);
    }
    Some(question)
}

#[derive(Deserialize)]
struct Answer {
    archived_snapshots: Snapshots,
}

#[derive(Deserialize)]
struct Snapshots {
    closest: Option<Closest>,
}

#[derive(Deserialize)]
struct Closest {
    available: bool,
    url: String,
    #[serde(default)]
    status: String,
}

/// The copy that an answer names, if it is one of a page and not of an error.
fn answered(text: &str) -> Option<String> {
    let answer: Answer = serde_json::from_str(text).ok()?;
    let closest = answer.archived_snapshots.closest?;
    if !closest.available || !closest.status.starts_with('2') {
        return None;
    }
    let Read::Web(mut url) = address::read(&closest.url) else {
        return None;
    };
    // It answers with `http:` and serves both.
    if url.host_str() == Some("web.archive.org") {
        url.set_scheme("https").ok()?;
    }
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closest(url: &str, status: &str) -> Option<String> {
        answered(&format!(
            r#"{{"url":"x","archived_snapshots":{{"closest":{{"available":true,"url":"{url}",
            "timestamp":"20190301000000","status":"{status}"}}}}}}"#
        ))
    }

    #[test]
    fn only_copies_of_pages_are_taken() {
        let copy = "web.archive.org/web/20190301000000/https://example.org/a";
        let of_http = closest(&format!("http://{copy}"), "200");
        assert_eq!(of_http, Some(format!("https://{copy}")));
        assert_eq!(closest(&format!("http://{copy}"), "404"), None);
        assert_eq!(closest("javascript:alert(1)", "200"), None);
        for text in ["", "{}", "[]", r#"{"archived_snapshots":{}}"#] {
            assert_eq!(answered(text), None, "{text}");
        }
    }

    #[test]
    fn the_address_is_one_value_of_the_question() {
        let service = "https://archive.org/wayback/available";
        let asked = question(service, "https://a.example/?b=c&d#e", "20190228").unwrap();
        assert_eq!(
            asked.as_str(),
            "https://archive.org/wayback/available?url=https%3A%2F%2Fa.example%2F%3Fb%3Dc%26d%23e&timestamp=20190228"
        );
    }
}
