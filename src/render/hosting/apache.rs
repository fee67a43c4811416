//! Apache: a `.htaccess` in each folder that old addresses lie in.

use super::super::Scene;
use super::headers::{self, ATOM, JSON_FEED};
use super::signs::{asked as asked_for, bytes_pattern, target};
use crate::site::hosting::{FOLDER, Rule};

/// The file of a folder. Rules of mod_rewrite in a folder stand for all below it, where they take
/// the place of those above (docs, "RewriteOptions"), so each folder has just its own.
pub(super) fn file(scene: &Scene<'_>, folder: usize) -> String {
    let Some((path, _)) = scene.site.hosting.folders.get(folder) else {
        return String::new();
    };
    let base = scene.config.base_url.path();
    let mut text = String::new();
    if &**path == "/" {
        text.push_str(&of_root(scene));
    }
    let mut rules = scene.site.rules_of(folder).peekable();
    if &**path == "/" || rules.peek().is_some() {
        text.push_str("RewriteEngine On\n");
    }
    if &**path == "/" {
        text.push_str(&format!(
            "RewriteRule \"^{FOLDER}(?:/|$)\" \"-\" [R=404,L]\n"
        ));
    }
    for rule in rules {
        text.push_str(&rewrite(&rule, path, base));
    }
    text
}

/// One rule, seen from the folder of its file.
fn rewrite(rule: &Rule<'_>, folder: &str, base: &str) -> String {
    let (address, asked) = rule.from.split_once('?').unwrap_or((rule.from, ""));
    let below = address.strip_prefix(folder).unwrap_or_default();
    let stem = below
        .strip_suffix("index.html")
        .filter(|stem| stem.is_empty() || stem.ends_with('/'));
    let bare = stem.unwrap_or(below).trim_end_matches('/');
    let pattern = match bare {
        "" => "^(?:index\\.html)?$".to_owned(),
        bare => format!("^{}(?:/(?:index\\.html)?)?$", bytes_pattern(bare)),
    };
    let Some(to) = rule.to else {
        if !rule.has_page {
            return format!("RewriteRule \"{pattern}\" \"-\" [G]\n");
        }
        // The page itself must be found when it is shown, so the rule is for its folder alone.
        let folder = match bare {
            "" => "^$".to_owned(),
            bare => format!("^{}/?$", bytes_pattern(bare)),
        };
        let shown = tombstone(address, base);
        return format!("{shown}RewriteRule \"{folder}\" \"-\" [G]\n");
    };
    // A percent sign before a digit would be a part of what a condition matched.
    let to = target(&format!("{base}{to}")).replace('%', "\\%");
    let condition = match asked {
        "" => String::new(),
        asked => format!(
            "RewriteCond \"%{{QUERY_STRING}}\" \"^{}$\"\n",
            bytes_pattern(&asked_for(asked))
        ),
    };
    let flags = if asked.is_empty() {
        "R=301,NE,L"
    } else {
        "R=301,NE,QSD,L"
    };
    format!("{condition}RewriteRule \"{pattern}\" \"{to}\" [{flags}]\n")
}

/// The page that tells what is gone is shown with the status that says so.
fn tombstone(address: &str, base: &str) -> String {
    let path = format!("{base}{address}");
    let pattern = bytes_pattern(path.trim_end_matches('/'));
    let page = target(&format!("{base}/{}", crate::site::file_of(address)));
    format!(
        "<If \"%{{REQUEST_URI}} =~ m#^{pattern}(?:/(?:index\\.html)?)?$#\">\n\
         ErrorDocument 410 \"{page}\"\n</If>\n"
    )
}

/// What holds for the whole site: what is shown for an address that is not there, types, headers.
fn of_root(scene: &Scene<'_>) -> String {
    let base = target(scene.config.base_url.path());
    let mut text = format!(
        "# The folder needs `AllowOverride FileInfo` or `AllowOverride All` in the configuration of the\n\
         # server, and the modules rewrite, headers and mime.\n\
         ErrorDocument 404 \"{base}/404.html\"\n\
         ErrorDocument 410 \"{base}/404.html\"\n\
         <IfModule mod_headers.c>\n"
    );
    for (name, value) in headers::of_all(scene) {
        text.push_str(&format!("Header always set {name} \"{value}\"\n"));
    }
    text.push_str("</IfModule>\n");
    for (name, kind) in [
        ("^feed\\.xml$|^[0-9]{4}\\.xml$", ATOM),
        ("^feed\\.json$", JSON_FEED),
    ] {
        // Sitemaps of years have the names of feeds of years.
        let is_year = if kind == ATOM {
            " && %{REQUEST_URI} !~ m#/sitemaps/[^/]*$#"
        } else {
            ""
        };
        text.push_str(&format!(
            "<If \"%{{REQUEST_URI}} =~ m#/(?:{})$#{is_year}\">\nForceType \"{kind}\"\n</If>\n",
            name.replace(['^', '$'], "")
        ));
    }
    text
}
