//! Pictures that readers have to wait for, that are none, or that say nothing to those who cannot
//! see them. Those that are not there at all are told with the dead links.

use camino::{Utf8Path, Utf8PathBuf};

use super::at;
use crate::content::{self, markdown::ReferenceKind};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::edition::Edition;
use crate::site::PageKind;

/// What browsers show as pictures and is measured here.
const ENDINGS: [&str; 5] = ["png", "jpg", "jpeg", "gif", "webp"];

/// Looks at every picture that is published.
pub(super) fn audit(edition: &Edition) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let content = &edition.config.settings.content;
    for page in &edition.site.pages {
        let file: Utf8PathBuf = match &page.kind {
            PageKind::Static(index) => match edition.archive.statics.get(*index) {
                Some(file) => Utf8Path::new(&content.statics).join(file),
                None => continue,
            },
            PageKind::Asset(file) => file.to_path_buf(),
            _ => continue,
        };
        if is_picture(&file) {
            measure(edition, &file, &mut notes);
        }
    }
    for article in &edition.archive.articles {
        silent(edition, &article.content, &mut notes);
    }
    notes
}

fn is_picture(file: &Utf8Path) -> bool {
    let ending = file.extension().map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn measure(edition: &Edition, file: &Utf8Path, notes: &mut Diagnostics) {
    let limits = &edition.config.settings.check;
    let path = edition.config.content_root().join(file);
    let Ok(bytes) = path.metadata().map(|metadata| metadata.len()) else {
        return;
    };
    let shown = content::shown(&edition.config, file);
    let Ok(size) = imagesize::size(&path) else {
        let note = Diagnostic::new(Code::NotAPicture, "the picture cannot be read");
        let help = "look at it in a browser; copy it again from where it came from";
        notes.push(note.file(shown).help(help));
        return;
    };
    let pixels = (size.width as u64).saturating_mul(size.height as u64);
    if bytes > limits.picture_bytes || pixels > limits.picture_pixels {
        let message = format!(
            "the picture has {bytes} bytes and {} × {} pixels",
            size.width, size.height
        );
        let help = format!(
            "publish a smaller copy: at most {} bytes and {} pixels",
            limits.picture_bytes, limits.picture_pixels
        );
        notes.push(
            Diagnostic::new(Code::HeavyPicture, message)
                .file(shown)
                .help(help),
        );
    }
}

/// Pictures of a text that Markdown gives no description of: `![](hall.jpg)`.
fn silent(edition: &Edition, article: &content::Article, notes: &mut Diagnostics) {
    let references = article.body.references.iter();
    let mut pictures = references
        .filter(|r| r.kind == ReferenceKind::Image)
        .peekable();
    if pictures.peek().is_none() {
        return;
    }
    let Ok(body) = content::body(&edition.config, &article.file) else {
        return;
    };
    for picture in pictures {
        let rest = body.get(picture.offset..).unwrap_or_default();
        if !rest.starts_with("![]") {
            continue;
        }
        let line = Span::at(&body, picture.offset, 1).line + article.body.line.saturating_sub(1);
        let message = format!("the picture {:?} has no description", picture.target);
        let help = format!(
            "say what it shows: `![The two leaders]({})`",
            picture.target
        );
        let note = Diagnostic::new(Code::NoAltText, message).help(help);
        notes.push(at(&edition.config, note, &article.file, line));
    }
}
