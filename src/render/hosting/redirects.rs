//! `_redirects`: a rule a line, as Netlify, Cloudflare Pages and GitLab Pages read it.

use super::super::Scene;
use super::signs::{query, target};
use crate::config::Host;
use crate::site::hosting::{FOLDER, Rule};

/// How many rules a host reads, and how many bytes; beyond, GitLab reads none of them at all.
/// Sources: `site::hosting::limits`.
const CLOUDFLARE: usize = 2_000;
const GITLAB: usize = 1_000;
const GITLAB_BYTES: usize = 64_000;
const LINE: usize = 1_000;

/// The rules that the chosen hosts have in common a use for.
pub(super) fn file(scene: &Scene<'_>) -> String {
    let publish = &scene.config.settings.publish;
    let netlify = publish.is_on(Host::Netlify);
    let cloudflare = publish.is_on(Host::CloudflarePages);
    let gitlab = publish.is_on(Host::GitlabPages);
    // Netlify shows a page rather than follow a rule, unless the rule has a `!`, which the others
    // do not know.
    let force = if netlify && !cloudflare && !gitlab {
        "!"
    } else {
        ""
    };
    let base = target(scene.config.base_url.path());
    let mut lines: Vec<(bool, String)> = Vec::new();
    for rule in scene.site.rules() {
        // On GitLab a page comes before any rule.
        if rule.has_page && gitlab && !netlify && !cloudflare {
            continue;
        }
        let line = line(scene, &rule, &base, force, netlify);
        lines.extend(
            line.filter(|line| line.len() <= LINE)
                .map(|line| (rule.has_page, line)),
        );
    }
    // Where not all fit, those come first that no page answers.
    if cloudflare || gitlab {
        lines.sort_by_key(|(has_page, _)| *has_page);
        lines.truncate(if gitlab { GITLAB } else { CLOUDFLARE });
    }
    let mut text = String::new();
    if netlify
        && (publish.is_on(Host::Nginx) || publish.is_on(Host::Caddy) || publish.is_on(Host::S3))
    {
        text.push_str(&format!("{base}/{FOLDER}/* {base}/404.html 404{force}\n"));
    }
    for (_, line) in lines {
        if gitlab && text.len() + line.len() > GITLAB_BYTES {
            break;
        }
        text.push_str(&line);
    }
    text
}

fn line(
    scene: &Scene<'_>,
    rule: &Rule<'_>,
    base: &str,
    force: &str,
    netlify: bool,
) -> Option<String> {
    let (path, asked) = rule.from.split_once('?').unwrap_or((rule.from, ""));
    let from = format!("{base}{}", target(path));
    let Some(to) = rule.to else {
        // Of the three only Netlify can say that something is gone. It shows a page with that.
        let shown = if rule.has_page {
            rule.from
        } else {
            "/404.html"
        };
        let shown = target(shown);
        return (netlify && asked.is_empty()).then(|| format!("{from} {base}{shown} 410{force}\n"));
    };
    let to = scene.config.base_url.path().to_owned() + to;
    let to = target(&to);
    if asked.is_empty() {
        return Some(format!("{from} {to} 301{force}\n"));
    }
    // Fields stand between the path and its target, as in `/ p=8123 /2019/04/25/story/`.
    let fields: Vec<String> = asked.split('&').map(query).collect();
    let whole = fields.iter().all(|field| {
        let parts = field.split_once('=');
        parts.is_some_and(|(name, value)| !name.is_empty() && !value.is_empty())
    });
    (netlify && whole).then(|| format!("{from} {} {to} 301{force}\n", fields.join(" ")))
}
