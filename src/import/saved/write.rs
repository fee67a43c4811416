//! The last reading: pages become articles.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::old_addresses::{Address, Mirror, Needed};
use super::page::{self, Desk, Made, Spot};
use super::survey::{AT_ONCE, Found, Seen, Survey};
use super::{Imported, Order};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::import::draft::{Provenance, sha256};
use crate::import::place;
use crate::import::report::Shelving;
use crate::import::tag::Tag;
use crate::import::tagged;
use crate::import::text::{Learned, Phrases, Rules};
use crate::import::text_files::{self, Boilerplate};

/// What became of one page.
enum Became {
    Article(Box<Made>, Vec<Tag>),
    LeftOut(String, String),
    Refused(Box<Diagnostic>, String),
}

/// Makes articles of all pages that are any.
pub(super) fn write(
    order: &Order,
    survey: &Survey,
    notes: &mut Diagnostics,
) -> Result<Imported, Diagnostics> {
    let mut shelving = Shelving::begin("import html", &order.place)?;
    let desk = Desk {
        mirror: &survey.mirror,
        zone: order.zone.as_ref(),
        language: if order.language.is_empty() {
            &survey.site.language
        } else {
            &order.language
        },
        everywhere: &survey.everywhere,
    };
    let mut needed = BTreeSet::new();
    for chunk in survey.files.chunks(AT_ONCE) {
        let made: Vec<Became> = chunk
            .par_iter()
            .map(|(file, seen)| one(file, seen, order, survey, &desk))
            .collect();
        for ((file, _), became) in chunk.iter().zip(made) {
            let source = file.inside.to_string();
            match became {
                Became::Article(made, tags) => {
                    told(&made, file, notes);
                    for removed in &made.cleaned.removed {
                        let rule = removed.rule.name();
                        *shelving.report.removed.entry(rule).or_default() += 1;
                    }
                    needed.extend(made.needed);
                    shelving.put(&made.draft.path(), &made.draft, tags, made.letters);
                }
                Became::LeftOut(sha256, reason) => shelving.leave_out(source, sha256, reason),
                Became::Refused(note, sha256) => {
                    let reason = note.message.clone();
                    notes.push(note.file(file.path.clone()));
                    shelving.refuse(source, sha256, reason);
                }
            }
        }
    }
    files(order, &needed)?;
    let report = text_files::finish(shelving, &order.place, &survey.learned)?;
    Ok(Imported {
        report,
        files: needed.len(),
        site: survey.site.clone(),
    })
}

fn one(file: &Found, seen: &Seen, order: &Order, survey: &Survey, desk: &Desk<'_>) -> Became {
    let bytes = match text_files::bytes(&file.path) {
        Ok(bytes) => bytes,
        Err(note) => return Became::Refused(note, String::new()),
    };
    let sha256 = sha256(&bytes);
    let page = match page::read(&bytes, order.encoding) {
        Ok(page) => page,
        Err(error) => {
            let note = Diagnostic::new(Code::ImportNotText, error.to_string())
                .help("leave it out, or name its encoding: `--encoding windows-1251`");
            return Became::Refused(Box::new(note), sha256);
        }
    };
    if let Some(reason) = &seen.none {
        return Became::LeftOut(sha256, reason.clone());
    }
    let spot = Spot {
        root: &file.root,
        inside: &file.inside,
        file: &seen.file,
        address: seen.address.as_ref(),
    };
    let rules = Rules {
        phrases: &survey.phrases,
        learned: &survey.learned,
        source: &seen.source,
        keep: order.boilerplate == Boilerplate::Keep,
    };
    let Some(mut made) = desk.make(&page, &spot, &rules) else {
        let note = Diagnostic::new(Code::ImportEmpty, "no main text was found on the page")
            .help("leave it out, or bring its text in with `morgue import text`");
        return Became::Refused(Box::new(note), sha256);
    };
    made.draft.provenance = Provenance {
        source: file.inside.as_str().replace('\\', "/"),
        sha256,
        encoding: page.source.encoding,
        repaired: page.source.repaired > 0,
        removed: made.cleaned.removed.clone(),
        kept: Vec::new(),
    };
    let tags = match &order.names {
        Some(names) => tagged::add_to(&mut made.draft, names),
        None => Vec::new(),
    };
    Became::Article(Box::new(made), tags)
}

/// What an editor should look at.
fn told(made: &Made, file: &Found, notes: &mut Diagnostics) {
    if made.draft.body.is_empty() {
        let message = "no main text was found on the page; its headline comes in alone";
        let note = Diagnostic::new(Code::ImportEmpty, message).file(file.path.clone());
        notes.push(note.help("look at the page, and add its text if it has any"));
    }
    if made.draft.date.is_none() {
        let note = Diagnostic::new(
            Code::ImportNoDate,
            "no certain date on the page or in its path",
        )
        .file(file.path.clone());
        notes.push(
            note.help(
                "find it out and write `date: 2019-02-26`; until then the article is undated",
            ),
        );
    }
}

/// Copies the files that articles need. One of the same size is there already.
fn files(order: &Order, needed: &BTreeSet<Needed>) -> Result<(), Diagnostics> {
    if order.place.dry {
        return Ok(());
    }
    for file in needed {
        let to = order.place.site.join(&order.statics).join(&file.path);
        let size = |path: &camino::Utf8Path| path.metadata().ok().map(|file| file.len());
        if size(&to).is_some() && size(&to) == size(&file.from) {
            continue;
        }
        place::copy(&file.from, &to)
            .map_err(|reason| Diagnostic::new(Code::ImportCannotWrite, reason))?;
    }
    Ok(())
}

/// Everything an import does with a page but write it.
pub(super) fn try_out(bytes: &[u8]) -> usize {
    let Ok(page) = page::read(bytes, None) else {
        return 0;
    };
    let file = Address {
        host: "paper.example".into(),
        path: "/2012/a.html".into(),
    };
    let mirror = Mirror::default();
    let phrases = Phrases::built_in();
    let everywhere = std::collections::BTreeMap::new();
    let desk = Desk {
        mirror: &mirror,
        zone: None,
        language: "en",
        everywhere: &everywhere,
    };
    let address = page.canonical(&file);
    let spot = Spot {
        root: camino::Utf8Path::new("/nowhere"),
        inside: camino::Utf8Path::new("2012/a.html"),
        file: &file,
        address: address.as_ref(),
    };
    let learned = Learned::default();
    let rules = Rules {
        phrases: &phrases,
        learned: &learned,
        source: "",
        keep: false,
    };
    let _ = page.is_none(spot.inside, &rules);
    desk.make(&page, &spot, &rules)
        .map_or(0, |made| made.draft.source().len())
}
