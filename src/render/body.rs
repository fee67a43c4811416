//! The HTML of bodies.

use super::link::Linker;
use super::{Scene, without_controls};
use crate::content::markdown::{self, ReferenceKind, Target};
use crate::content::{self, percent_decoded};
use crate::diagnostics::Diagnostic;
use crate::site::{Owner, Resolved, encode};

/// Reads a body again and turns it into HTML, its links written by `linker`.
pub(super) fn html(
    scene: &Scene<'_>,
    owner: &Owner<'_>,
    language: Option<&str>,
    without_title: bool,
    linker: &Linker<'_>,
) -> Result<String, Diagnostic> {
    let body = content::body(scene.config, owner.file)?;
    let options = content::markdown_options(scene.config, language);
    let resolve = |_: ReferenceKind, target: &str| address(scene, owner, target, linker);
    let rendered = markdown::to_html(&body, &options, without_title, &resolve);
    Ok(without_controls(rendered.html))
}

fn address(scene: &Scene<'_>, owner: &Owner<'_>, target: &str, linker: &Linker<'_>) -> Target {
    match link(scene, owner, target, linker) {
        Some(address) => Target::Url(address),
        None => Target::Dead,
    }
}

/// The address that a link of a body gets; `None` where it leads nowhere.
pub(super) fn link(
    scene: &Scene<'_>,
    owner: &Owner<'_>,
    target: &str,
    linker: &Linker<'_>,
) -> Option<String> {
    match scene
        .site
        .resolve(scene.archive, scene.config, owner, target)
    {
        Resolved::Page(page, fragment) => {
            let fragment = percent_decoded(&fragment).unwrap_or_default();
            Some(format!(
                "{}{}",
                linker.to(&scene.site.page(page).url),
                encode_fragment(&fragment)
            ))
        }
        Resolved::Here(fragment) => Some(encode_fragment(&percent_decoded(&fragment)?)),
        Resolved::Elsewhere(address) => Some(address),
        Resolved::Dead | Resolved::Unpublished => None,
    }
}

fn encode_fragment(fragment: &str) -> String {
    match fragment.strip_prefix('#') {
        Some(rest) => format!("#{}", encode(rest)),
        None => String::new(),
    }
}
