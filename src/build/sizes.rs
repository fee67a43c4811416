//! Whether what was written is too large for the hosts it is for.

use camino::Utf8Path;

use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::output;
use crate::site::hosting::{Sizes, check_sizes};

/// Holds the files of an output folder against the limits of the chosen hosts.
pub(super) fn check(config: &Config, output: &Utf8Path) -> Diagnostics {
    if config.settings.publish.hosts().is_empty() {
        return Diagnostics::new();
    }
    let mut sizes = Sizes::default();
    output::each_size(output, &mut |path, bytes| {
        sizes.total += bytes;
        let larger = sizes.largest.as_ref().is_none_or(|(_, most)| bytes > *most);
        if larger {
            sizes.largest = Some((path.to_owned(), bytes));
        }
    });
    check_sizes(config, &sizes)
}
