//! Amazon S3: the website configuration of a bucket, and the objects that redirect.

use serde_json::json;

use super::super::Scene;
use super::signs::target;
use crate::site::hosting::Rule;

/// How many routing rules a bucket takes (its own refusal says so).
const RULES: usize = 50;

/// The website configuration, for `aws s3api put-bucket-website`. Rules stand there for old
/// addresses at which no object is; a rule stands for all keys that begin like it, so none does
/// below which anything is.
pub(super) fn website(scene: &Scene<'_>) -> String {
    let base = scene.config.base_url.path().trim_start_matches('/');
    let key = |path: &str| {
        let path = path.trim_start_matches('/');
        if base.is_empty() {
            path.to_owned()
        } else {
            format!("{base}/{path}")
        }
    };
    let mut files: Vec<String> = scene
        .site
        .ids()
        .map(|id| scene.site.page(id).file())
        .collect();
    files.sort_unstable();
    let is_free = |rule: &Rule<'_>| {
        let path = rule.from.trim_start_matches('/');
        let after = files.partition_point(|file| file.as_str() < path);
        !path.is_empty() && files.get(after).is_none_or(|file| !file.starts_with(path))
    };
    let free = scene
        .site
        .rules()
        .filter(|rule| !rule.has_page && !rule.from.contains('?'));
    let rules: Vec<_> = free
        .filter(is_free)
        .filter_map(|rule| {
            Some(json!({
                "Condition": { "KeyPrefixEquals": key(rule.from) },
                "Redirect": { "ReplaceKeyWith": key(&target(rule.to?)), "HttpRedirectCode": "301" },
            }))
        })
        .take(RULES)
        .collect();
    let mut website = json!({
        "IndexDocument": { "Suffix": "index.html" },
        "ErrorDocument": { "Key": key("404.html") },
    });
    if !rules.is_empty() {
        website["RoutingRules"] = rules.into();
    }
    format!("{website:#}\n")
}

/// Each old address as the key of an object and where it redirects
/// (`x-amz-website-redirect-location`), with a tab between them.
pub(super) fn redirects(scene: &Scene<'_>) -> String {
    let base = scene.config.base_url.path();
    let mut text = String::new();
    for rule in scene.site.rules().filter(|rule| !rule.from.contains('?')) {
        if let Some(to) = rule.to {
            let file = if rule.from.ends_with('/') || rule.has_page {
                crate::site::file_of(rule.from)
            } else {
                rule.from.trim_start_matches('/').to_owned()
            };
            let to = target(&format!("{base}{to}"));
            let key = format!("{base}/{file}");
            text.push_str(&format!("{}\t{to}\n", key.trim_start_matches('/')));
        }
    }
    text
}
