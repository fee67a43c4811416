//! An import from beginning to end.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use camino::Utf8Path;

use super::article::Desk;
use super::body::Old;
use super::element::{Broken, Elements};
use super::fate::Fate;
use super::findings::{findings, told, told_broken};
use super::media::{FOLDER, Media};
use super::order::{Files, Order, Summary};
use super::site::Site;
use super::survey::{Attachment, Survey};
use super::writing::{Writing, note};
use super::{settings, tables};
use crate::config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::import::input::{self, Clean};
use crate::import::memory::Memory;
use crate::import::place;
use crate::import::shelf::REPORT;

/// Imports exports into the folder of a site.
///
/// # Errors
/// What cannot be read or written. Every export is read to its end before the first file is
/// written, so a broken one leaves the site as it was.
pub fn import(order: &Order, notes: &mut Diagnostics) -> Result<Summary, Diagnostics> {
    let survey = survey(order)?;
    let mut summary = Summary {
        import: "wordpress",
        elements: survey.tally.clone(),
        ..Summary::default()
    };
    told(order, &survey, &mut summary, notes);
    let site = Site::of(order, &survey, &mut summary)?;
    let failed = |reason: String| Diagnostics::from(Diagnostic::new(Code::ImportFailed, reason));
    let memory = Memory::read(&order.site).map_err(failed)?;
    let media = Media::new(order.media.clone());
    wanted_by_parents(&survey, &media);
    let mut writing = Writing::new(order, &survey, &media, &site, memory, summary);
    writing.all()?;
    let (mut memory, mut summary) = writing.done();
    finish(
        order,
        &survey,
        &site,
        media,
        &mut memory,
        &mut summary,
        notes,
    )
    .map_err(failed)?;
    Ok(summary)
}

fn survey(order: &Order) -> Result<Survey, Diagnostics> {
    let mut survey = Survey::new(order);
    let mut problems = Diagnostics::new();
    for export in &order.exports {
        let read = open(export).and_then(|input| {
            survey
                .read(input, order)
                .map_err(|broken| told_broken(export, &broken))
        });
        if let Err(problem) = read {
            problems.push(problem);
        }
    }
    if problems.is_empty() {
        survey.settle();
        Ok(survey)
    } else {
        Err(problems)
    }
}

pub(super) fn open(export: &Utf8Path) -> Result<Clean<Box<dyn Read + Send>>, Diagnostic> {
    input::open(export).map_err(|error| {
        if input::is_damage(&error) {
            let reason = "the compressed file ends in the middle, or is damaged".to_owned();
            return told_broken(
                export,
                &Broken {
                    reason,
                    offset: 0,
                    other: false,
                },
            );
        }
        Diagnostic::new(
            Code::ImportFailed,
            format!("the export cannot be read: {error}"),
        )
        .file(export)
    })
}

/// Files that belong to an article keep answering, whether its text shows them or not.
fn wanted_by_parents(survey: &Survey, media: &Media) {
    if !media.comes_along() {
        return;
    }
    let included = |parent: &u64| survey.included.contains_key(parent);
    for (_, children) in survey
        .children
        .iter()
        .filter(|(parent, _)| included(parent))
    {
        for file in children
            .iter()
            .filter_map(|(_, id)| survey.attachments.get(id))
        {
            if let Some(upload) = survey.places.upload(&file.url) {
                media.wanted(&upload);
            }
        }
    }
}

/// Records, settings, files, and the report.
fn finish(
    order: &Order,
    survey: &Survey,
    site: &Site,
    media: Media,
    memory: &mut Memory,
    summary: &mut Summary,
    notes: &mut Diagnostics,
) -> Result<(), String> {
    let root = Utf8Path::new(&site.config.settings.content.root);
    let records = survey.terms.records();
    for taxonomy in &site.config.taxonomies {
        let table = if taxonomy.name == "authors" {
            tables::authors(&survey.authors.all())
        } else {
            records
                .get(&taxonomy.name)
                .and_then(|records| tables::records(records, taxonomy))
        };
        if let Some(table) = table {
            let path = root.join(format!("{}.csv", taxonomy.folder)).into_string();
            let outcome = memory.put(&order.site, &path, &table, "", order.dry)?;
            note(summary, outcome, &path);
        }
    }
    if let Some(text) = &site.begins {
        memory.forget(config::FILE);
        let outcome = memory.put(&order.site, config::FILE, text.as_bytes(), "", order.dry)?;
        note(summary, outcome, config::FILE);
    }
    files(order, survey, site, media, summary)?;
    findings(summary, notes);
    if !order.dry {
        memory.write(&order.site)?;
        let mut json = serde_json::to_string_pretty(summary).map_err(|error| error.to_string())?;
        json.push('\n');
        place::write(&order.site.join(REPORT), json.as_bytes())?;
    }
    Ok(())
}

/// Copies the files that articles need. One of the same size is there already.
fn files(
    order: &Order,
    survey: &Survey,
    site: &Site,
    media: Media,
    summary: &mut Summary,
) -> Result<(), String> {
    let folder = order.media.clone();
    let (wanted, missing, remote) = media.done();
    let used = |file: &Attachment| {
        survey
            .places
            .upload(&file.url)
            .is_some_and(|upload| wanted.contains(&upload))
    };
    let unused = survey
        .attachments
        .values()
        .filter(|file| !used(file))
        .count();
    summary.media = Files {
        copied: wanted.len() as u64,
        missing: missing.into_iter().collect(),
        remote,
        unused: if folder.is_some() { unused as u64 } else { 0 },
    };
    let Some(folder) = folder.filter(|_| !order.dry) else {
        return Ok(());
    };
    for upload in &wanted {
        let from = folder.join(upload);
        let to = order.site.join(&site.files).join(FOLDER).join(upload);
        let size = |path: &Utf8Path| path.metadata().ok().map(|file| file.len());
        if size(&to).is_some() && size(&to) == size(&from) {
            continue;
        }
        place::copy(&from, &to)?;
    }
    Ok(())
}

/// Everything an import does with an export but write it.
pub(super) fn try_out(bytes: &[u8]) -> Result<usize, Broken> {
    let order = Order {
        unpublished: true,
        ..Order::default()
    };
    let broken = |error: std::io::Error| Broken {
        reason: error.to_string(),
        offset: 0,
        other: true,
    };
    let mut survey = Survey::new(&order);
    survey.read(Clean::new(bytes).map_err(broken)?, &order)?;
    survey.settle();
    let _ = settings::settings(&survey, None, &BTreeSet::new());
    let _ = survey.terms.records();
    let media = Media::default();
    let taxonomies = BTreeMap::new();
    let desk = Desk {
        old: Old {
            survey: &survey,
            media: &media,
        },
        zone: None,
        taxonomies: &taxonomies,
    };
    let mut elements = Elements::new(Clean::new(bytes).map_err(broken)?);
    let mut count = 0;
    while let Some(item) = elements.next()? {
        let fate = Fate::of(&item, true, &[]);
        if fate.state().is_some() {
            count += desk.make(&item, fate, "").text.len();
        }
    }
    Ok(count)
}
