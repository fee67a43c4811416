//! An import from beginning to end.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::tz::TimeZone;
use rayon::prelude::*;
use serde::Serialize;

use super::article::{Desk, Made};
use super::body::Old;
use super::element::{Broken, Element, Elements};
use super::fate::Fate;
use super::media::{FOLDER, Media};
use super::survey::Survey;
use super::tally::Tally;
use super::terms::{Mapping, Target};
use super::{account, comments, settings, tables};
use crate::config::{self, Config};
use crate::digest::Digest;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::import::input::{self, Clean};
use crate::import::memory::{Memory, Outcome};
use crate::import::place;

/// How many items are made at once, and how many bytes of them.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 8 << 20;

/// How many files the report names for one finding.
const NAMED: usize = 1000;

/// The name of the report in the folder of the site.
const REPORT: &str = "import-report.json";

/// What is to be imported, and how.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// The exports.
    pub exports: Vec<Utf8PathBuf>,
    /// The folder of the site.
    pub site: Utf8PathBuf,
    /// The folder of uploads of the old site.
    pub media: Option<Utf8PathBuf>,
    /// The time zone of the office, by its name, and itself.
    pub zone_name: Option<String>,
    /// The same.
    pub zone: Option<TimeZone>,
    /// What taxonomies become.
    pub maps: Vec<Mapping>,
    /// Whether what is not published comes in, as drafts and embargoed articles.
    pub unpublished: bool,
    /// Further types of posts that are articles.
    pub types: Vec<String>,
    /// Where comments go.
    pub comments: Option<Utf8PathBuf>,
    /// Whether nothing is written.
    pub dry: bool,
}

/// What an import did. Sums of `elements` equal what is in the exports.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// What this was.
    pub import: &'static str,
    /// The exports, with what was put right in them.
    pub exports: Vec<Export>,
    /// Articles that were written.
    pub articles: u64,
    /// Pages that were written.
    pub pages: u64,
    /// Files by what became of them.
    pub files: BTreeMap<&'static str, u64>,
    /// Every element, by its name.
    pub elements: Tally,
    /// Items that stayed out, by reason; by their numbers alone.
    pub left_out: BTreeMap<&'static str, Vec<u64>>,
    /// Types of posts that were not asked for, and how many there are of each.
    pub other_types: BTreeMap<String, u64>,
    /// Files that were edited by hand and stay as they are.
    pub kept: Vec<String>,
    /// Files of earlier imports whose post is not published any more.
    pub withdrawn: Vec<String>,
    /// Shortcodes and blocks that nobody here knows, with the files they were taken from.
    pub unknown: BTreeMap<String, Unknown>,
    /// Articles without a headline, which got one from their text.
    pub untitled: Vec<String>,
    /// Articles without a date.
    pub undated: Vec<String>,
    /// Articles whose clock is not known to be anywhere.
    pub without_offset: u64,
    /// Files of the collection.
    pub media: Files,
    /// Comments that were written.
    pub comments: u64,
    /// Taxonomies that the site does not have.
    pub no_taxonomy: BTreeSet<String>,
    /// Whether the time zone of the settings is more than a guess.
    pub zone_is_known: bool,
}

/// One export.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Export {
    /// The file.
    pub file: String,
    /// Characters that XML forbids, which are left out.
    pub forbidden: u64,
    /// Bytes in another encoding, which were read as Windows-1252.
    pub foreign: u64,
    /// The first of both, in bytes from the beginning.
    pub places: Vec<u64>,
}

/// Something that was taken out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Unknown {
    /// How often.
    pub count: u64,
    /// The files it was taken from.
    pub files: Vec<String>,
}

/// Files of the collection.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Files {
    /// Those that were copied, or were there already.
    pub copied: u64,
    /// Those that articles name and nobody has.
    pub missing: Vec<String>,
    /// Addresses that lead to where the file was.
    pub remote: u64,
    /// Attachments that no article needs.
    pub unused: u64,
}

/// Imports exports into the folder of a site.
///
/// # Errors
/// What cannot be read or written. Every export is read to its end before the first file is
/// written, so a broken one leaves the site as it was.
pub fn import(order: &Order, notes: &mut Diagnostics) -> Result<Summary, Diagnostics> {
    let survey = survey(order)?;
    let mut summary = Summary { import: "wordpress", elements: survey.tally.clone(), ..Summary::default() };
    told(order, &survey, &mut summary, notes);
    let site = Site::of(order, &survey, &mut summary)?;
    let failed = |reason: String| Diagnostics::from(Diagnostic::new(Code::ImportFailed, reason));
    let memory = Memory::read(&order.site).map_err(failed)?;
    let media = Media::new(order.media.clone());
    wanted_by_parents(&survey, &media);
    let mut desk = Writing { order, survey: &survey, media: &media, site: &site, memory, summary, notes, taken: BTreeSet::new(), seen: BTreeSet::new(), comments: None };
    desk.all()?;
    let Writing { mut memory, mut summary, .. } = desk;
    finish(order, &survey, &site, media, &mut memory, &mut summary, notes).map_err(failed)?;
    Ok(summary)
}

fn survey(order: &Order) -> Result<Survey, Diagnostics> {
    let mut survey = Survey::new(order);
    let mut problems = Diagnostics::new();
    for export in &order.exports {
        let read = open(export).and_then(|input| survey.read(input, order).map_err(|broken| told_broken(export, &broken)));
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

fn open(export: &Utf8Path) -> Result<Clean<Box<dyn Read + Send>>, Diagnostic> {
    input::open(export).map_err(|error| {
        if input::is_damage(&error) {
            let reason = "the compressed file ends in the middle, or is damaged".to_owned();
            return told_broken(export, &Broken { reason, offset: 0, other: false });
        }
        Diagnostic::new(Code::ImportFailed, format!("the export cannot be read: {error}")).file(export)
    })
}

fn told_broken(export: &Utf8Path, broken: &Broken) -> Diagnostic {
    let Broken { reason, offset, other } = broken;
    let (code, help) = if *other {
        (Code::NoExport, "make an export in WordPress under Tools → Export, and give its .xml file here, unpacked or as .gz")
    } else {
        (Code::BrokenExport, "export again, or copy the file again: nothing was written")
    };
    Diagnostic::new(code, format!("{reason} (at byte {offset})")).file(export).help(help)
}

/// What the first reading has to tell.
fn told(order: &Order, survey: &Survey, summary: &mut Summary, notes: &mut Diagnostics) {
    for (export, repairs) in order.exports.iter().zip(&survey.repairs) {
        let file = export.file_name().unwrap_or_default().to_owned();
        if repairs.forbidden + repairs.foreign > 0 {
            let places: Vec<String> = repairs.places.iter().take(5).map(u64::to_string).collect();
            let message = format!(
                "{} characters that XML forbids were left out, {} bytes in another encoding read as Windows-1252; the first at byte {}",
                repairs.forbidden, repairs.foreign, places.join(", ")
            );
            notes.push(Diagnostic::new(Code::RepairedExport, message).file(export.clone()));
        }
        summary.exports.push(Export { file, forbidden: repairs.forbidden, foreign: repairs.foreign, places: repairs.places.clone() });
    }
}

/// Files that belong to an article keep answering, whether its text shows them or not.
fn wanted_by_parents(survey: &Survey, media: &Media) {
    if !media.comes_along() {
        return;
    }
    for (parent, children) in survey.children.iter().filter(|(parent, _)| survey.included.contains_key(parent)) {
        let _ = parent;
        for file in children.iter().filter_map(|(_, id)| survey.attachments.get(id)) {
            if let Some(upload) = survey.places.upload(&file.url) {
                media.wanted(&upload);
            }
        }
    }
}

/// The site that is imported into.
struct Site {
    config: Config,
    /// Its settings, if it begins now.
    begins: Option<String>,
    /// Its taxonomies with their keys.
    taxonomies: BTreeMap<String, (String, bool)>,
    articles: Utf8PathBuf,
    pages: Utf8PathBuf,
    files: Utf8PathBuf,
}

impl Site {
    fn of(order: &Order, survey: &Survey, summary: &mut Summary) -> Result<Site, Diagnostics> {
        let is_site = order.site.join(config::FILE).symlink_metadata().is_ok();
        let (config, begins) = if is_site {
            summary.zone_is_known = true;
            (Config::load(&order.site)?, None)
        } else {
            let built_in = ["people", "places", "topics", "authors", "sections", "series"];
            let own = survey.terms.records().into_keys().filter(|name| !built_in.contains(&name.as_str()));
            let (text, known) = settings::settings(survey, order.zone_name.as_deref(), &own.collect());
            summary.zone_is_known = known;
            (Config::parse(&order.site, &text)?, Some(text))
        };
        let root = Utf8PathBuf::from(&config.settings.content.root);
        let folders = config.settings.content.articles.all();
        let plain = folders.iter().find(|folder| !folder.contains(['*', '?', '[', '{']));
        let articles = plain.map_or("articles", |folder| folder.trim_start_matches("./"));
        let taxonomies = config.taxonomies.iter().map(|taxonomy| {
            let key = taxonomy.keys.iter().find(|key| taxonomy.single && **key == taxonomy.singular);
            let key = key.or(taxonomy.keys.first()).cloned().unwrap_or_default();
            (taxonomy.name.clone(), (key, taxonomy.single))
        });
        Ok(Site {
            articles: root.join(articles),
            pages: root.join(&config.settings.content.pages),
            files: root.join(&config.settings.content.statics),
            taxonomies: taxonomies.collect(),
            begins,
            config,
        })
    }
}

/// The second reading.
struct Writing<'a> {
    order: &'a Order,
    survey: &'a Survey,
    media: &'a Media,
    site: &'a Site,
    memory: Memory,
    summary: Summary,
    notes: &'a mut Diagnostics,
    /// The paths that are given, for file systems too to which capitals make no difference.
    taken: BTreeSet<[u8; 16]>,
    seen: BTreeSet<u64>,
    comments: Option<std::io::BufWriter<std::fs::File>>,
}

impl Writing<'_> {
    fn all(&mut self) -> Result<(), Diagnostics> {
        let failed = |reason: String| Diagnostics::from(Diagnostic::new(Code::ImportFailed, reason));
        let comments = self.order.comments.clone().filter(|_| !self.order.dry);
        let beside = comments.as_ref().map(|path| path.with_file_name(format!(".{}.part", path.file_name().unwrap_or_default())));
        if let Some(beside) = &beside {
            let file = std::fs::File::create(beside).map_err(|error| failed(format!("{beside} cannot be made: {error}")))?;
            self.comments = Some(std::io::BufWriter::new(file));
        }
        for export in &self.order.exports.clone() {
            self.export(export)?;
        }
        if let (Some(path), Some(beside), Some(mut out)) = (comments, beside, self.comments.take()) {
            std::io::Write::flush(&mut out)
                .and_then(|()| std::fs::rename(&beside, &path))
                .map_err(|error| failed(format!("{path} cannot be written: {error}")))?;
        }
        Ok(())
    }

    fn export(&mut self, export: &Utf8Path) -> Result<(), Diagnostics> {
        let mut elements = Elements::new(open(export)?);
        let mut batch = Vec::new();
        let mut bytes = 0;
        let mut before = 0;
        loop {
            let element = elements.next().map_err(|broken| told_broken(export, &broken))?;
            let ended = element.is_none();
            if let Some(item) = element.filter(|element| element.name == "item") {
                bytes += usize::try_from(elements.offset().saturating_sub(before)).unwrap_or(BATCH_BYTES);
                before = elements.offset();
                let fate = Fate::of(&item, self.order.unpublished, &self.order.types);
                batch.push((item, fate));
            }
            if ended || batch.len() >= BATCH || bytes >= BATCH_BYTES {
                self.batch(std::mem::take(&mut batch), export)?;
                bytes = 0;
            }
            if ended {
                return Ok(());
            }
        }
    }

    fn batch(&mut self, batch: Vec<(Element, Fate)>, export: &Utf8Path) -> Result<(), Diagnostics> {
        let desk = Desk {
            old: Old { survey: self.survey, media: self.media },
            zone: self.order.zone.as_ref(),
            taxonomies: &self.site.taxonomies,
        };
        let source = export.file_name().unwrap_or_default();
        let made: Vec<Option<Made>> = batch
            .par_iter()
            .map(|(item, fate)| fate.state().map(|_| desk.make(item, *fate, source)))
            .collect();
        for ((item, fate), made) in batch.iter().zip(made) {
            let twice = made.as_ref().is_some_and(|made| !self.seen.insert(made.id));
            let (fate, made) = if twice { (&Fate::Dropped("twice in the exports"), None) } else { (fate, made) };
            account::item(&mut self.summary.elements, item, *fate, made.as_ref(), self.order.comments.is_some());
            match made {
                Some(made) => self
                    .put(item, *fate, &made)
                    .map_err(|reason| Diagnostics::from(Diagnostic::new(Code::ImportFailed, reason)))?,
                None => self.left_out(item, *fate),
            }
        }
        Ok(())
    }

    fn left_out(&mut self, item: &Element, fate: Fate) {
        let Fate::Dropped(reason) = fate else { return };
        let id = item.number("wp:post_id").unwrap_or(0);
        let kind = item.text("wp:post_type");
        if reason == "of a type that was not asked for" {
            *self.summary.other_types.entry(kind.to_owned()).or_default() += 1;
        }
        self.summary.left_out.entry(reason).or_default().push(id);
        let source = self.source(id);
        if let Some(file) = self.memory.place(&source) {
            self.summary.withdrawn.push(file.to_owned());
        }
    }

    /// By what a post is known in this site and the next import.
    fn source(&self, id: u64) -> String {
        format!("wp:{}:{id}", self.survey.places.host())
    }

    fn put(&mut self, item: &Element, fate: Fate, made: &Made) -> Result<(), String> {
        let page = matches!(fate, Fate::Page(_));
        let folder = if page { &self.site.pages } else { &self.site.articles };
        let source = self.source(made.id);
        let path = match self.memory.place(&source) {
            Some(path) => path.to_owned(),
            None => folder.join(format!("{}.md", made.path)).into_string(),
        };
        let path = if self.taken.insert(mark(&path)) {
            path
        } else {
            let path = folder.join(format!("{}-{}.md", made.path, made.id)).into_string();
            self.taken.insert(mark(&path));
            path
        };
        let outcome = self.memory.put(&self.order.site, &path, made.text.as_bytes(), &source, self.order.dry)?;
        note(&mut self.summary, outcome, &path);
        *(if page { &mut self.summary.pages } else { &mut self.summary.articles }) += 1;
        for (name, times) in &made.unknown {
            let unknown = self.summary.unknown.entry(name.clone()).or_default();
            unknown.count += times;
            named(&mut unknown.files, &path);
        }
        for (tells, list) in [(made.untitled, &mut self.summary.untitled), (made.undated, &mut self.summary.undated)] {
            if tells {
                named(list, &path);
            }
        }
        self.summary.without_offset += u64::from(made.no_offset);
        for ((taxonomy, slug), reason) in &made.unfiled {
            if *reason == "the site has no such taxonomy"
                && let Target::Taxonomy(target) = self.survey.terms.target(taxonomy, slug)
            {
                self.summary.no_taxonomy.insert(target);
            }
        }
        if let Some(out) = &mut self.comments {
            self.summary.comments += comments::write(out, item, made).map_err(|error| format!("the comments cannot be written: {error}"))?;
        }
        let _ = &self.notes;
        Ok(())
    }
}

fn mark(path: &str) -> [u8; 16] {
    Digest::of(path.to_lowercase().as_bytes()).bytes()
}

fn named(list: &mut Vec<String>, path: &str) {
    if list.len() < NAMED {
        list.push(path.to_owned());
    }
}

fn note(summary: &mut Summary, outcome: Outcome, path: &str) {
    let name = match outcome {
        Outcome::New => "new",
        Outcome::Updated => "updated",
        Outcome::Unchanged => "unchanged",
        Outcome::Kept => "kept",
    };
    *summary.files.entry(name).or_default() += 1;
    if outcome == Outcome::Kept {
        summary.kept.push(path.to_owned());
    }
}

/// Records, settings, files, and the report.
fn finish(order: &Order, survey: &Survey, site: &Site, media: Media, memory: &mut Memory, summary: &mut Summary, notes: &mut Diagnostics) -> Result<(), String> {
    let root = Utf8Path::new(&site.config.settings.content.root);
    let records = survey.terms.records();
    for taxonomy in &site.config.taxonomies {
        let table = if taxonomy.name == "authors" {
            tables::authors(&survey.authors.all())
        } else {
            records.get(&taxonomy.name).and_then(|records| tables::records(records, taxonomy))
        };
        if let Some(table) = table {
            let path = root.join(format!("{}.csv", taxonomy.folder)).into_string();
            let outcome = memory.put(&order.site, &path, &table, "", order.dry)?;
            note(summary, outcome, &path);
        }
    }
    if let Some(text) = &site.begins {
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
fn files(order: &Order, survey: &Survey, site: &Site, media: Media, summary: &mut Summary) -> Result<(), String> {
    let folder = order.media.clone();
    let (wanted, missing, remote) = media.done();
    let used = |file: &super::survey::Attachment| survey.places.upload(&file.url).is_some_and(|upload| wanted.contains(&upload));
    let unused = survey.attachments.values().filter(|file| !used(file)).count();
    summary.media = Files {
        copied: wanted.len() as u64,
        missing: missing.into_iter().collect(),
        remote,
        unused: if folder.is_some() { unused as u64 } else { 0 },
    };
    let Some(folder) = folder.filter(|_| !order.dry) else { return Ok(()) };
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

/// What an editor should know.
fn findings(summary: &Summary, notes: &mut Diagnostics) {
    for (name, unknown) in &summary.unknown {
        let files = unknown.files.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if unknown.files.len() > 3 { ", …" } else { "" };
        notes.push(
            Diagnostic::new(Code::UnknownShortcode, format!("{name} was taken out, {} times: {files}{more}", unknown.count))
                .help(format!("what it showed came from a plug-in; all files are listed in {REPORT}")),
        );
    }
    for file in &summary.withdrawn {
        notes.push(
            Diagnostic::new(Code::NoLongerPublished, "this came in with an earlier import, and is not published any more in this one")
                .file(file.clone())
                .help("withdraw it with `status: removed`, or delete it"),
        );
    }
    for taxonomy in &summary.no_taxonomy {
        notes.push(
            Diagnostic::new(Code::NoSuchTaxonomy, format!("the site has no taxonomy `{taxonomy}`, so its terms stayed out"))
                .help(format!("add [taxonomies.{taxonomy}] to site.toml, or give `--map {taxonomy}=topics` or `--map {taxonomy}=none`")),
        );
    }
    if !summary.media.missing.is_empty() {
        let first = summary.media.missing.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
        notes.push(
            Diagnostic::new(Code::MissingUpload, format!("{} files are not in the folder of uploads: {first}", summary.media.missing.len()))
                .help(format!("they keep their old addresses; all are listed in {REPORT}")),
        );
    }
}

/// Everything an import does with an export but write it.
pub(super) fn try_out(bytes: &[u8]) -> Result<usize, Broken> {
    let order = Order { unpublished: true, ..Order::default() };
    let broken = |error: std::io::Error| Broken { reason: error.to_string(), offset: 0, other: true };
    let mut survey = Survey::new(&order);
    survey.read(Clean::new(bytes).map_err(broken)?, &order)?;
    survey.settle();
    let _ = settings::settings(&survey, None, &BTreeSet::new());
    let _ = survey.terms.records();
    let media = Media::default();
    let taxonomies = BTreeMap::new();
    let desk = Desk { old: Old { survey: &survey, media: &media }, zone: None, taxonomies: &taxonomies };
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
