//! Headers: what browsers may load, and what feeds are.

use super::super::Scene;
use super::signs::target;
use crate::site::PageKind;

/// What pages of the built-in themes need: their own style sheet and pictures, and the empty icon
/// that stands for none. Themes of a site's own may bring scripts as files; none is ever inline.
/// Checked against all kinds of pages in a browser (CSP Level 3, w3.org/TR/CSP3).
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// The headers of every answer. Nothing is kept for long: no file of a site has its content in its
/// name, so an answer that was kept could not be told from a newer one.
pub(super) fn of_all(scene: &Scene<'_>) -> Vec<(&'static str, String)> {
    let own = scene
        .config
        .settings
        .publish
        .content_security_policy
        .as_deref();
    let policy = own.unwrap_or(POLICY);
    let mut headers = vec![
        // WHATWG Fetch §3.6
        ("X-Content-Type-Options", "nosniff".to_owned()),
        // W3C Referrer Policy §3.7: other hosts learn where a reader came from, not what was read.
        (
            "Referrer-Policy",
            "strict-origin-when-cross-origin".to_owned(),
        ),
    ];
    // A quotation mark or the end of a line would end the header in the files of some hosts.
    let policy: String = policy
        .chars()
        .filter(|sign| (' '..='~').contains(sign) && !"\"\\$`{}".contains(*sign))
        .collect();
    if !policy.trim().is_empty() {
        headers.insert(0, ("Content-Security-Policy", policy.trim().to_owned()));
    }
    headers
}

/// The media types of feeds, which servers take for any XML or JSON (RFC 4287 §7, JSON Feed 1.1).
pub(super) const ATOM: &str = "application/atom+xml; charset=utf-8";
pub(super) const JSON_FEED: &str = "application/feed+json; charset=utf-8";

/// The addresses of feeds as patterns with `:` for one part of a path, each with its type.
pub(super) fn feeds(scene: &Scene<'_>) -> Vec<(String, &'static str)> {
    let base = target(scene.config.base_url.path());
    let mut feeds = vec![
        (format!("{base}/feed.xml"), ATOM),
        (format!("{base}/feed.json"), JSON_FEED),
        (format!("{base}/feeds/:year"), ATOM),
    ];
    if scene.site.corrections_feed().is_some() {
        feeds.push((format!("{base}/corrections/feed.xml"), ATOM));
    }
    for taxonomy in &scene.archive.taxonomies {
        feeds.push((
            format!("{base}/{}/:term/feed.xml", target(&taxonomy.path)),
            ATOM,
        ));
    }
    feeds
}

/// Whether the site has a page of this kind at all.
pub(super) fn has_data(scene: &Scene<'_>) -> bool {
    let mut pages = scene.site.pages.iter();
    pages.any(|page| matches!(page.kind, PageKind::DataFile(_)))
}

/// `_headers`, as Netlify and Cloudflare Pages read it: a path, and its headers below.
pub(super) fn file(scene: &Scene<'_>) -> String {
    let base = target(scene.config.base_url.path());
    let mut text = format!("{base}/*\n");
    for (name, value) in of_all(scene) {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for (path, kind) in feeds(scene) {
        text.push_str(&format!("{path}\n  Content-Type: {kind}\n"));
    }
    if has_data(scene) {
        // Data is for programs on other sites too (WHATWG Fetch §3.2).
        text.push_str(&format!(
            "{base}/data/*\n  Access-Control-Allow-Origin: *\n"
        ));
    }
    text
}
