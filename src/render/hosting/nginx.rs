//! nginx: two files to include, one at the level of `http`, one in the `server` of the site.

use std::collections::BTreeSet;

use super::super::Scene;
use super::headers::{self, ATOM, JSON_FEED};
use super::signs::{asked as asked_for, bytes_pattern, is_plain, target};
use crate::site::PageKind;
use crate::site::hosting::{FOLDER, Rule};

/// The maps from old addresses to where they lead (ngx_http_map_module). They are looked up by a
/// hash, so that their number costs nothing at a request.
///
/// `map` ignores case, so an address that another one of the site equals but for its case is
/// written as a regular expression, which does not. `volatile` has the map asked again after
/// `error_page` has led to another address.
pub(super) fn http(scene: &Scene<'_>) -> String {
    let alike = Alike::new(scene);
    let (mut moved, mut asked, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    let base = scene.config.base_url.path();
    for rule in scene.site.rules() {
        let to = |path: &str| target(&format!("{base}{path}"));
        match (rule.from.split_once('?'), rule.to) {
            (Some((path, fields)), Some(new)) => {
                let key = format!("{base}{path}?{}", asked_for(fields));
                asked.push((pattern(&key), to(new)));
            }
            (None, Some(new)) => moved.push((alike.key(base, bare(&rule)), to(new))),
            (None, None) => {
                let shown = if rule.has_page {
                    format!("/{}", crate::site::file_of(rule.from))
                } else {
                    "/404.html".to_owned()
                };
                let path = bare(&rule);
                let mut keys = vec![path.to_owned()];
                if path != rule.from || !path.ends_with(".html") {
                    keys.push(format!("{path}/"));
                }
                gone.extend(keys.iter().map(|key| (alike.key(base, key), to(&shown))));
            }
            (Some(_), None) => {}
        }
    }
    let longest = [&moved, &asked, &gone].into_iter().flatten();
    let longest = longest.map(|(key, _)| key.len()).max().unwrap_or(0);
    let count = moved.len().max(asked.len()).max(gone.len());
    let mut text = format!(
        "# Old addresses of the site. Include this file at the level of http, and nginx-server.conf in\n\
         # the server of the site.\n\
         map_hash_max_size {};\n\
         map_hash_bucket_size {};\n\n\
         map $uri $morgue_path {{\n    volatile;\n    default $uri;\n    \"~^(?<morgue_bare>.+?)/(?:index\\.html)?$\" $morgue_bare;\n}}\n",
        (count * 2).next_power_of_two().max(2048),
        (longest + 64).next_power_of_two().max(128),
    );
    map(&mut text, "$morgue_path", "$morgue_moved", &moved);
    map(&mut text, "\"$uri?$args\"", "$morgue_asked", &asked);
    map(&mut text, "$uri", "$morgue_gone", &gone);
    text
}

fn map(text: &mut String, of: &str, name: &str, rules: &[(String, String)]) {
    text.push_str(&format!(
        "\nmap {of} {name} {{\n    volatile;\n    default \"\";\n"
    ));
    for (key, to) in rules {
        text.push_str(&format!("    {key} \"{to}\";\n"));
    }
    text.push_str("}\n");
}

/// An address without its last slash, as `$morgue_path` has it.
fn bare<'a>(rule: &Rule<'a>) -> &'a str {
    let path = rule
        .from
        .strip_suffix("index.html")
        .filter(|path| path.ends_with('/'));
    path.unwrap_or(rule.from).trim_end_matches('/')
}

/// A path as a regular expression that matches just it.
fn pattern(path: &str) -> String {
    format!("\"~^{}$\"", bytes_pattern(path))
}

/// Old addresses, in lower case, that another address equals but for its case.
struct Alike(BTreeSet<String>);

impl Alike {
    fn new(scene: &Scene<'_>) -> Alike {
        let mut old: BTreeSet<String> = BTreeSet::new();
        let mut alike: BTreeSet<String> = BTreeSet::new();
        for rule in scene.site.rules() {
            let lower = bare(&rule).to_ascii_lowercase();
            if !old.insert(lower.clone()) {
                alike.insert(lower);
            }
        }
        for page in &scene.site.pages {
            if matches!(page.kind, PageKind::Redirect(_) | PageKind::Tombstone(_)) {
                continue;
            }
            let lower = page.url.trim_end_matches('/').to_ascii_lowercase();
            if old.contains(&lower) {
                alike.insert(lower);
            }
        }
        Alike(alike)
    }

    /// The key of a path in a map, below the sub-path of the site.
    fn key(&self, base: &str, path: &str) -> String {
        let lower = path.trim_end_matches('/').to_ascii_lowercase();
        let whole = format!("{base}{path}");
        if is_plain(&whole) && !self.0.contains(&lower) {
            format!("\"{whole}\"")
        } else {
            pattern(&whole)
        }
    }
}

/// What the server of the site does with the maps, and its headers.
pub(super) fn server(scene: &Scene<'_>) -> String {
    let base = target(scene.config.base_url.path());
    let mut text = "\
# Include this file in the server of the site. A location with an add_header of its own has none of
# these (ngx_http_headers_module).
if ($morgue_asked) {
    return 301 $morgue_asked;
}
if ($morgue_moved) {
    return 301 $morgue_moved;
}
if ($morgue_gone) {
    return 410;
}
error_page 410 $morgue_gone;
"
    .to_owned();
    text.push_str(&format!("error_page 404 {base}/404.html;\n\n"));
    for (name, value) in headers::of_all(scene) {
        text.push_str(&format!("add_header {name} \"{value}\" always;\n"));
    }
    text.push_str(&format!(
        "\nlocation ^~ {base}/{FOLDER}/ {{\n    return 404;\n}}\n"
    ));
    for (names, kind) in [
        ("feed\\.xml|feeds/[0-9]+\\.xml", ATOM),
        ("feed\\.json", JSON_FEED),
    ] {
        text.push_str(&format!(
            "location ~ \"^{base}/(?:.+/)?(?:{names})$\" {{\n    types {{ }}\n    default_type \"{kind}\";\n}}\n",
            base = bytes_pattern(scene.config.base_url.path()),
        ));
    }
    text
}
