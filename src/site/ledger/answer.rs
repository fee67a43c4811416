//! What a site answers at an address.

use super::State;
use super::fates::Fate;
use crate::site::{PageId, PageKind, Site};

/// What a reader finds at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A page or file.
    Here(PageId),
    /// The way to this page.
    Redirect(PageId),
    /// That what was there was withdrawn.
    Gone,
    /// Nothing.
    Nothing,
}

impl Site {
    /// What a reader finds at an address of the ledger's form.
    pub fn answer(&self, address: &str) -> Answer {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        if !query.is_empty()
            && let Some(old) = self.old_answer(address)
        {
            return old;
        }
        // A host chooses a page by its path alone; what another program chose by a query is no
        // page of this one.
        if !query.is_empty() && is_chosen_by_query(path) {
            return Answer::Nothing;
        }
        match self.at(path) {
            Some(page) => match self.page(page).kind {
                PageKind::Redirect(to) => Answer::Redirect(to),
                _ => Answer::Here(page),
            },
            None => self.old_answer(path).unwrap_or(Answer::Nothing),
        }
    }

    fn old_answer(&self, address: &str) -> Option<Answer> {
        let (old, line) = self.ledger.at(self.ledger.find(address)?)?;
        match old.fate {
            Fate::Page(page) => Some(Answer::Redirect(page)),
            Fate::Gone => Some(Answer::Gone),
            _ if line.state == State::Gone => Some(Answer::Gone),
            _ => Some(Answer::Nothing),
        }
    }
}

/// Whether programs that write such a path choose the page by what follows it.
fn is_chosen_by_query(path: &str) -> bool {
    path == "/"
        || [".php", ".asp", ".aspx", ".cgi", ".pl", ".jsp", ".cfm"]
            .iter()
            .any(|ending| path.ends_with(ending))
}
