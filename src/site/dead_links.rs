//! Tells editors of every link and picture that points to nothing.

use camino::Utf8Path;

use super::Site;
use super::links::{Owner, Resolved, body_line, span};
use crate::archive::Archive;
use crate::config::{Config, DeadLinks};
use crate::content::markdown::{Reference, ReferenceKind};
use crate::content::{self, Picture};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity, Span};

/// Reports every link and picture that points to nothing, at its place in its file.
pub fn check(site: &Site, archive: &Archive, config: &Config) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let severity = match config.settings.links.dead {
        DeadLinks::Error => Severity::Error,
        DeadLinks::Warn => Severity::Warning,
        DeadLinks::Ignore => return notes,
    };
    for (owner, references) in site.bodies(archive) {
        // The body is read again only where something in it is wrong.
        let mut body: Option<String> = None;
        for reference in references {
            let resolved = site.resolve(archive, config, &owner, &reference.target);
            if !matches!(resolved, Resolved::Dead | Resolved::Unpublished) {
                continue;
            }
            let body = body.get_or_insert_with(|| whole(config, owner.file));
            let line_of_body = body_line(site, archive, &owner);
            notes.push(
                dead(
                    config,
                    &owner,
                    reference,
                    &resolved,
                    span(body, line_of_body, reference),
                )
                .severity(severity),
            );
        }
    }
    pictures(site, archive, config, severity, &mut notes);
    notes
}

fn whole(config: &Config, file: &Utf8Path) -> String {
    content::body(config, file).unwrap_or_default()
}

fn dead(
    config: &Config,
    owner: &Owner<'_>,
    reference: &Reference,
    resolved: &Resolved,
    span: Span,
) -> Diagnostic {
    let target = &reference.target;
    let diagnostic = match (resolved, reference.kind) {
        (Resolved::Unpublished, _) => Diagnostic::new(
            Code::LinkToUnpublished,
            format!("the link leads to what is not published: {target}"),
        )
        .help("publish it first, or take the link out"),
        (_, ReferenceKind::Media) => {
            Diagnostic::new(Code::MissingFile, format!("the file is not there: {target}"))
                .help("put it beside the article or into `static/`, or correct its name")
        }
        (_, ReferenceKind::Image) => {
            Diagnostic::new(Code::MissingFile, format!("the picture is not there: {target}"))
                .help("put it beside the article or into `static/`, or correct its name")
        }
        _ if config.base_url.within(target).is_some() => {
            Diagnostic::new(Code::DeadLink, format!("the link leads nowhere: {target}"))
                .help("nothing of this site is at that address: correct it, or link to a file (`../2019/hanoi.md`) or an id (`id:hanoi`); if something else answers there, name it in `[links] origin`")
        }
        _ => Diagnostic::new(Code::DeadLink, format!("the link leads nowhere: {target}"))
            .help("link to a file (`../2019/hanoi.md`), an id (`id:hanoi`) or an address of this site (`/people/`)"),
    };
    diagnostic
        .file(content::shown(config, owner.file))
        .span(span)
}

/// Pictures named in front matter: those of articles, and the portraits of records.
fn pictures(
    site: &Site,
    archive: &Archive,
    config: &Config,
    severity: Severity,
    notes: &mut Diagnostics,
) {
    let articles = archive.articles.iter().zip(&site.articles);
    let of_articles = articles.map(|(article, page)| {
        let content = &article.content;
        (*page, &*content.file, &*content.pictures)
    });
    let terms = archive.terms.iter().zip(&site.terms);
    let of_records = terms.filter_map(|(term, page)| {
        let record = term.record.as_ref()?;
        Some(((*page)?, record.file.as_path(), record.portrait.as_slice()))
    });
    for (page, file, pictures) in of_articles.chain(of_records) {
        let owner = Owner {
            page,
            file,
            headings: &[],
        };
        for picture in pictures.iter().filter(|picture| picture.is_local()) {
            let resolved = site.resolve(archive, config, &owner, &picture.src);
            if matches!(resolved, Resolved::Dead | Resolved::Unpublished) {
                notes.push(missing(picture, config, file).severity(severity));
            }
        }
    }
}

fn missing(picture: &Picture, config: &Config, file: &Utf8Path) -> Diagnostic {
    let message = format!("the picture is not there: {}", picture.src);
    Diagnostic::new(Code::MissingFile, message)
        .file(content::shown(config, file))
        .span(Span {
            line: picture.line,
            column: 1,
            length: 1,
            text: String::new(),
        })
        .help("put it beside the article or into `static/`, or correct its name")
}
