//! Pages about who publishes the archive, and by which rules (thetrustproject.org).

use crate::content::schema::POLICIES;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;

/// Looks for the pages that `[check] pages` names: by their policy, else by their address.
pub(super) fn audit(edition: &Edition) -> Diagnostics {
    let mut notes = Diagnostics::new();
    for wanted in &edition.config.settings.check.pages {
        let is_there = edition.archive.pages.iter().any(|page| {
            let last = page.url.trim_end_matches('/').rsplit('/').next();
            page.policy == Some(wanted.as_str()) || last == Some(wanted.as_str())
        });
        if is_there {
            continue;
        }
        let folder = &edition.config.settings.content.pages;
        let is_policy = POLICIES.contains(&wanted.as_str());
        let how = if is_policy {
            format!(" with `policy: {wanted}` in its front matter")
        } else {
            String::new()
        };
        let message = format!("there is no page {wanted:?}");
        let help =
            format!("write `{folder}/{wanted}.md`{how}, or take {wanted:?} out of `[check] pages`");
        notes.push(Diagnostic::new(Code::NoPolicy, message).help(help));
    }
    notes
}
