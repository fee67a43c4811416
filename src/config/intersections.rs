//! The settings of pages for two terms at once.

use schemars::JsonSchema;
use serde::Deserialize;

/// Pages for two terms that share articles.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Intersections {
    /// How many pages a term has at most with those it shares most with; 0 turns them off.
    pub most: usize,
    /// Two terms have a page if they share at least this many articles.
    pub minimum: usize,
}

impl Default for Intersections {
    fn default() -> Self {
        Intersections {
            most: 12,
            minimum: 3,
        }
    }
}
