//! Caddy: a file to import in the site.

use super::super::Scene;
use super::headers::{self, ATOM, JSON_FEED};
use super::signs::{asked as asked_for, characters_pattern, is_plain, target};
use crate::site::hosting::{FOLDER, Rule};

/// The site's old addresses and headers, as directives of a Caddyfile.
pub(super) fn file(scene: &Scene<'_>) -> String {
    let base = scene.config.base_url.path();
    let (mut moved, mut asked, mut gone) = (String::new(), String::new(), String::new());
    for rule in scene.site.rules() {
        let to = |path: &str| target(&format!("{base}{path}"));
        match (rule.from.split_once('?'), rule.to) {
            (Some((path, fields)), Some(new)) => {
                let key = format!("{base}{path}?{}", asked_for(fields));
                asked.push_str(&format!("\t{} \"{}\"\n", key_of(&key), to(new)));
            }
            (Some(_), None) => {}
            (None, new) => {
                let shown = if rule.has_page {
                    rule.from
                } else {
                    "/404.html"
                };
                let map = if new.is_some() { &mut moved } else { &mut gone };
                for path in forms(&rule) {
                    let key = key_of(&format!("{base}{path}"));
                    map.push_str(&format!("\t{key} \"{}\"\n", to(new.unwrap_or(shown))));
                }
            }
        }
    }
    let mut text = format!(
        "# Import this file in the site: import {FOLDER}/Caddyfile\n\
         @morgue_hosting path {0}/{FOLDER} {0}/{FOLDER}/*\n\
         error @morgue_hosting 404\n",
        target(base)
    );
    map(&mut text, "{http.request.uri.path}", "morgue_moved", &moved);
    map(
        &mut text,
        "{http.request.uri.path}?{http.request.uri.query}",
        "morgue_asked",
        &asked,
    );
    map(&mut text, "{http.request.uri.path}", "morgue_gone", &gone);
    for name in ["morgue_asked", "morgue_moved"] {
        text.push_str(&format!(
            "@{name} expression `{{{name}}} != \"\"`\nredir @{name} {{{name}}} 301\n"
        ));
    }
    text.push_str(
        "@morgue_gone expression `{morgue_gone} != \"\"`\n\
         handle @morgue_gone {\n\trewrite * {morgue_gone}\n\tfile_server {\n\t\tstatus 410\n\t}\n}\n",
    );
    text.push_str("header {\n");
    for (name, value) in headers::of_all(scene) {
        text.push_str(&format!("\t{name} \"{value}\"\n"));
    }
    text.push_str("}\n");
    let base = characters_pattern(base);
    for (name, names, kind) in [
        ("morgue_atom", "feed\\.xml|feeds/[0-9]+\\.xml", ATOM),
        ("morgue_json_feed", "feed\\.json", JSON_FEED),
    ] {
        text.push_str(&format!(
            "@{name} path_regexp \"^{base}/(?:.+/)?(?:{names})$\"\nheader @{name} Content-Type \"{kind}\"\n"
        ));
    }
    text.push_str(&format!(
        "handle_errors {{\n\trewrite * {}/404.html\n\tfile_server\n}}\n",
        target(scene.config.base_url.path())
    ));
    text
}

fn map(text: &mut String, of: &str, name: &str, rules: &str) {
    text.push_str(&format!(
        "map \"{of}\" {{{name}}} {{\n{rules}\tdefault \"\"\n}}\n"
    ));
}

/// An address with and without its last slash.
fn forms(rule: &Rule<'_>) -> Vec<String> {
    let bare = rule.from.trim_end_matches('/');
    let last = bare.rsplit('/').next().unwrap_or_default();
    if rule.from.ends_with('/') || !last.contains('.') {
        vec![bare.to_owned(), format!("{bare}/")]
    } else {
        vec![rule.from.to_owned()]
    }
}

/// An address as the key of a map: as it is, or as a regular expression where it has signs that act
/// in a Caddyfile.
fn key_of(path: &str) -> String {
    if is_plain(path) {
        format!("\"{path}\"")
    } else {
        format!("\"~^{}$\"", characters_pattern(path))
    }
}
