//! `[check]` of `site.toml`.

use schemars::JsonSchema;
use serde::Deserialize;

/// What `morgue check` looks for. No other command reads these settings.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Check {
    /// Codes that are not reported: `["M0731"]`.
    pub ignore: Vec<String>,
    /// Names of terms, or files of articles, that look alike and are not the same, two by two.
    pub distinct: Vec<[String; 2]>,
    /// From how many per cent of common runs of five words two articles are told as one text.
    pub overlap: u8,
    /// Shorter articles are not compared, in words.
    pub words: usize,
    /// Words that an agency ends its texts with. They belong to no text when two are compared.
    pub sign_offs: Vec<String>,
    /// The largest picture, in bytes.
    pub picture_bytes: u64,
    /// The largest picture, in pixels: its width times its height.
    pub picture_pixels: u64,
    /// The pages about the publisher that are wanted: values of `policy`, or the last part of an
    /// address.
    pub pages: Vec<String>,
    /// Links to other hosts: seconds between two requests to one host.
    pub external_pause: f64,
    /// How many other hosts are asked at once.
    pub external_hosts: usize,
    /// For how many seconds an answer is waited for.
    pub external_timeout: f64,
    /// For how many days an answer holds, so that its host is not asked again.
    pub external_age: u32,
    /// After how many days without an answer a link is told as one that leads nowhere.
    pub external_patience: u32,
    /// Addresses that nobody is asked for: all that begin with one of these.
    pub external_ignore: Vec<String>,
    /// The service that knows copies of what is gone: it answers as the Wayback Machine does.
    pub external_snapshots: String,
}

impl Default for Check {
    fn default() -> Self {
        let pages = ["about", "contact", "corrections", "ethics", "ownership"];
        Check {
            ignore: Vec::new(),
            distinct: Vec::new(),
            overlap: 80,
            words: 30,
            sign_offs: ["ends", "reuter", "reuters"].map(str::to_owned).to_vec(),
            picture_bytes: 1_000_000,
            picture_pixels: 12_000_000,
            pages: pages.map(str::to_owned).to_vec(),
            external_pause: 1.0,
            external_hosts: 8,
            external_timeout: 20.0,
            external_age: 30,
            external_patience: 14,
            external_ignore: Vec::new(),
            external_snapshots: "https://archive.org/wayback/available".to_owned(),
        }
    }
}

impl Check {
    /// Whether the editor said that two names, or two files, are not the same.
    pub fn are_distinct(&self, a: &str, b: &str) -> bool {
        let is = |pair: &[String; 2], a: &str, b: &str| pair[0] == a && pair[1] == b;
        self.distinct
            .iter()
            .any(|pair| is(pair, a, b) || is(pair, b, a))
    }
}
