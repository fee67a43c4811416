//! The HTML of bodies.

use super::link::Linker;
use super::{Scene, picture, without_controls};
use crate::archive::ArticleId;
use crate::content::markdown::{
    self, Labels, Mentions, Options, ReferenceKind, Surroundings, Target,
};
use crate::content::{self, Picture, percent_decoded};
use crate::diagnostics::Diagnostic;
use crate::digest::Digest;
use crate::language::Language;
use crate::site::{Owner, Resolved, encode};

/// Reads a body again, of a file that had this mark, and turns it into HTML, its links written by
/// `linker`.
pub(super) fn html(
    scene: &Scene<'_>,
    (owner, mark): (&Owner<'_>, Digest),
    language: Option<&str>,
    page: Surroundings,
    linker: &Linker<'_>,
) -> Result<String, Diagnostic> {
    let body = if scene.settled {
        content::body_as_read(scene.config, owner.file, mark)?
    } else {
        content::body(scene.config, owner.file)?
    };
    let options = Options {
        labels: labels(&scene.theme.voice(language).language),
        ..content::markdown_options(scene.config, language)
    };
    let resolve = |kind: ReferenceKind, target: &str| address(scene, owner, kind, target, linker);
    let rendered = markdown::to_html(&body, &options, page, &resolve);
    Ok(without_controls(rendered.html))
}

/// What markup says beside the text, in the words of the interface.
fn labels(words: &Language) -> Labels {
    Labels {
        footnotes: words.text("footnotes").into(),
        back_to_text: words.text("back_to_text").into(),
        table: words.text("table").into(),
        details: words.text("details").into(),
        done: words.text("done").into(),
        to_do: words.text("to_do").into(),
        note: words.text("note").into(),
        tip: words.text("tip").into(),
        important: words.text("important").into(),
        warning: words.text("warning").into(),
        caution: words.text("caution").into(),
        picture_at: words.text("picture_at").into(),
    }
}

/// What the page of an article brings to its body.
pub(super) fn surroundings(scene: &Scene<'_>, id: ArticleId, linker: &Linker<'_>) -> Surroundings {
    let content = &scene.archive.article(id).content;
    Surroundings {
        title_is_heading: content.body.title_is_heading,
        pictures_above: content.pictures.iter().any(Picture::is_local),
        mentions: mentions(scene, id, linker),
    }
}

/// The names of an article's subjects, each with its page.
fn mentions(scene: &Scene<'_>, id: ArticleId, linker: &Linker<'_>) -> Mentions {
    let archive = scene.archive;
    if !scene.config.settings.links.first_mentions {
        return Mentions::default();
    }
    let terms = archive.article(id).terms.iter();
    let subjects = terms.filter(|term| archive.taxonomy_of(**term).subject);
    Mentions::new(subjects.map(|id| {
        let term = archive.term(*id);
        let mut names = vec![term.name.as_str()];
        let aliases = term.record.iter().flat_map(|record| &record.aliases);
        names.extend(aliases.map(String::as_str));
        let page = scene.site.of_term(*id);
        (names, page.map(|page| linker.to(&page.url)))
    }))
}

fn address(
    scene: &Scene<'_>,
    owner: &Owner<'_>,
    kind: ReferenceKind,
    target: &str,
    linker: &Linker<'_>,
) -> Target {
    let resolved = scene
        .site
        .resolve(scene.archive, scene.config, owner, target);
    if let Resolved::Elsewhere(address) = resolved {
        return Target::Elsewhere(address);
    }
    let Some(url) = written(scene, &resolved, linker) else {
        let is_whole = || scene.config.base_url.within(target).is_some();
        // A picture that an import left where it was may still be there, beside the site.
        return match kind != ReferenceKind::Link && is_whole() {
            true => Target::Elsewhere(target.trim().to_owned()),
            false => Target::Dead,
        };
    };
    match (kind, resolved) {
        (ReferenceKind::Image, Resolved::Page(page, _)) => picture::size(scene, page)
            .map_or(Target::Url(url.clone()), |size| Target::Picture(url, size)),
        _ => Target::Url(url),
    }
}

/// The address that a link of a body gets; `None` where it leads nowhere.
pub(super) fn link(
    scene: &Scene<'_>,
    owner: &Owner<'_>,
    target: &str,
    linker: &Linker<'_>,
) -> Option<String> {
    let resolved = scene
        .site
        .resolve(scene.archive, scene.config, owner, target);
    written(scene, &resolved, linker)
}

/// The address that a picture of front matter gets, and its size; `None` where it is not there.
pub(super) fn picture(
    scene: &Scene<'_>,
    owner: &Owner<'_>,
    picture: &Picture,
    linker: &Linker<'_>,
) -> Option<(String, Option<(u32, u32)>)> {
    match address(scene, owner, ReferenceKind::Image, &picture.src, linker) {
        Target::Picture(url, size) => Some((url, Some(size))),
        Target::Url(url) | Target::Elsewhere(url) => Some((url, None)),
        Target::Dead => None,
    }
}

fn written(scene: &Scene<'_>, resolved: &Resolved, linker: &Linker<'_>) -> Option<String> {
    match resolved {
        Resolved::Page(page, fragment) => {
            let fragment = percent_decoded(fragment).unwrap_or_default();
            let url = linker.to(&scene.site.page(*page).url);
            Some(format!("{url}{}", encode_fragment(&fragment)))
        }
        Resolved::Here(fragment) => Some(encode_fragment(&percent_decoded(fragment)?)),
        Resolved::Elsewhere(address) => Some(address.clone()),
        Resolved::Dead | Resolved::Unpublished => None,
    }
}

fn encode_fragment(fragment: &str) -> String {
    match fragment.strip_prefix('#') {
        Some(rest) => format!("#{}", encode(rest)),
        None => String::new(),
    }
}
