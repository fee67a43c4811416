//! Names that mean more than one term, so that only a slug tells which.

use std::collections::BTreeSet;

use crate::archive::{Archive, TermId};
use crate::content::name::fold;

/// The terms whose names others have too, as names or as aliases.
pub(super) struct Namesakes(BTreeSet<TermId>);

impl Namesakes {
    pub(super) fn of(archive: &Archive) -> Namesakes {
        let mut namesakes = BTreeSet::new();
        for shelf in &archive.shelves {
            let terms = archive.terms.get(shelf.clone()).unwrap_or_default();
            let ids = shelf.clone().filter_map(|i| u32::try_from(i).ok());
            let mut names: Vec<(String, TermId)> = Vec::new();
            for (term, id) in terms.iter().zip(ids.map(TermId)) {
                names.push((fold(&term.name), id));
                let aliases = term.record.iter().flat_map(|record| &record.aliases);
                names.extend(aliases.map(|alias| (fold(alias), id)));
            }
            names.sort();
            names.dedup();
            for pair in names.windows(2) {
                if let [(a, first), (b, second)] = pair
                    && a == b
                {
                    namesakes.extend([*first, *second]);
                }
            }
        }
        Namesakes(namesakes)
    }

    /// Whether only the slug of a term tells it from another.
    pub(super) fn has(&self, term: TermId) -> bool {
        self.0.contains(&term)
    }
}
