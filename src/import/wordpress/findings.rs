//! What an import tells the editor.

use camino::Utf8Path;

use super::element::Broken;
use super::order::{Export, Order, Summary};
use super::survey::Survey;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::import::shelf::REPORT;

pub(super) fn told_broken(export: &Utf8Path, broken: &Broken) -> Diagnostic {
    let Broken {
        reason,
        offset,
        other,
    } = broken;
    let (code, help) = if *other {
        (
            Code::NoExport,
            "make an export in WordPress under Tools → Export, and give its .xml file here, unpacked or as .gz",
        )
    } else {
        (
            Code::BrokenExport,
            "export again, or copy the file again: nothing was written",
        )
    };
    Diagnostic::new(code, format!("{reason} (at byte {offset})"))
        .file(export)
        .help(help)
}

/// What the first reading has to tell.
pub(super) fn told(order: &Order, survey: &Survey, summary: &mut Summary, notes: &mut Diagnostics) {
    for (export, repairs) in order.exports.iter().zip(&survey.repairs) {
        let file = export.file_name().unwrap_or_default().to_owned();
        if repairs.forbidden + repairs.foreign > 0 {
            let places: Vec<String> = repairs.places.iter().take(5).map(u64::to_string).collect();
            let message = format!(
                "{} characters that XML forbids were left out, {} bytes in another encoding read as Windows-1252; the first at byte {}",
                repairs.forbidden,
                repairs.foreign,
                places.join(", ")
            );
            notes.push(Diagnostic::new(Code::RepairedExport, message).file(export.clone()));
        }
        summary.exports.push(Export {
            file,
            forbidden: repairs.forbidden,
            foreign: repairs.foreign,
            places: repairs.places.clone(),
        });
    }
}

/// The first of many, as a list in a sentence.
fn some(all: &[String]) -> String {
    let first: Vec<&str> = all.iter().take(3).map(String::as_str).collect();
    format!(
        "{}{}",
        first.join(", "),
        if all.len() > 3 { ", …" } else { "" }
    )
}

/// What an editor should know.
pub(super) fn findings(summary: &Summary, notes: &mut Diagnostics) {
    for (name, unknown) in &summary.unknown {
        let message = format!(
            "{name} was taken out, {} times: {}",
            unknown.count,
            some(&unknown.files)
        );
        let help = format!("what it showed came from a plug-in; all files are listed in {REPORT}");
        notes.push(Diagnostic::new(Code::UnknownShortcode, message).help(help));
    }
    for file in &summary.withdrawn {
        let message = "this came in with an earlier import, and is not published in this one";
        let note = Diagnostic::new(Code::NoLongerPublished, message).file(file.clone());
        notes.push(note.help("withdraw it with `status: removed`, or delete it"));
    }
    for taxonomy in &summary.no_taxonomy {
        let message = format!("the site has no taxonomy `{taxonomy}`, so its terms stayed out");
        let help = format!(
            "add [taxonomies.{taxonomy}] to site.toml, or give `--map {taxonomy}=topics` or `--map {taxonomy}=none`"
        );
        notes.push(Diagnostic::new(Code::NoSuchTaxonomy, message).help(help));
    }
    let missing = &summary.media.missing;
    if !missing.is_empty() {
        let message = format!(
            "{} files are not in the folder of uploads: {}",
            missing.len(),
            some(missing)
        );
        let help = format!("they keep their old addresses; all are listed in {REPORT}");
        notes.push(Diagnostic::new(Code::MissingUpload, message).help(help));
    }
}
