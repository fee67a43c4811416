//! Whether words that were found are what was withdrawn, or only look like it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Leaks;
use super::hunted::{Hunted, What, part_of_address};
use crate::content::percent_decoded;
use crate::wording::{Form, Marked, Spot};

impl Leaks<'_> {
    /// Looks closely at bytes that hold words of what was withdrawn.
    pub(super) fn judge(&self, path: &str, bytes: &[u8], hits: &mut BTreeSet<usize>) {
        let spots = Marked::spots(bytes, Form::Page, &self.patterns);
        let of = |spot: &Spot| self.of_pattern.get(spot.pattern).map_or(&[][..], |of| of);
        let allowed: Vec<&Range<usize>> = spots
            .iter()
            .filter(|spot| of(spot).is_empty())
            .map(|spot| &spot.at)
            .collect();
        for spot in &spots {
            let within = |all: &&Range<usize>| all.start <= spot.at.start && spot.at.end <= all.end;
            if allowed.iter().any(within) {
                continue;
            }
            for index in of(spot) {
                let hunted = self.hunted.get(*index);
                if hunted.is_some_and(|hunted| is_leak(hunted, path, bytes, &spot.at)) {
                    hits.insert(*index);
                }
            }
        }
    }
}

fn is_leak(hunted: &Hunted, path: &str, bytes: &[u8], at: &Range<usize>) -> bool {
    let elsewhere = hunted.only.as_ref().is_some_and(|only| only != path);
    if elsewhere || is_in_own_address(hunted, bytes, at) {
        return false;
    }
    match &hunted.what {
        What::Article(_) | What::OfSite(_) | What::NameOfHidden => true,
        What::Address(address) => is_address(address, bytes, at),
        What::Entry => {
            let before = at.start.checked_sub(1).and_then(|before| bytes.get(before));
            before == Some(&b'"') && bytes.get(at.end) == Some(&b'"')
        }
    }
}

/// Whether a place is a part of the address that the article has or had: that an address stays is
/// the editor's decision, and is told as such.
fn is_in_own_address(hunted: &Hunted, bytes: &[u8], at: &Range<usize>) -> bool {
    if hunted.own.is_empty() {
        return false;
    }
    let parts = |byte: &u8| byte.is_ascii_whitespace() || b"/\"'<>?#&;,()=|\\".contains(byte);
    let before = bytes.get(..at.start).unwrap_or_default();
    let start = before.iter().rposition(parts).map_or(0, |at| at + 1);
    let after = bytes.get(at.end..).unwrap_or_default();
    let end = after
        .iter()
        .position(parts)
        .map_or(bytes.len(), |length| at.end + length);
    let part = bytes
        .get(start..end)
        .and_then(|part| std::str::from_utf8(part).ok());
    part.is_some_and(|part| hunted.own.contains(&part_of_address(part)))
}

/// Whether a place holds an address, and not only its words.
fn is_address(address: &str, bytes: &[u8], at: &Range<usize>) -> bool {
    let found = bytes
        .get(at.clone())
        .and_then(|found| std::str::from_utf8(found).ok());
    let same = found
        .and_then(percent_decoded)
        .is_some_and(|found| found == address);
    let goes_on = bytes
        .get(at.end)
        .is_some_and(|next| matches!(next, b'-' | b'_' | b'%' | b'.'));
    same && !goes_on
}
