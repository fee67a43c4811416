//! `morgue export`: the published archive in the forms that other systems read.
//!
//! A consumer of the line, as builds are: takes an [`Edition`], so it meets no article that is not
//! published, reads bodies as they are published, and shows every record to the leak scan before
//! it is written. What asks to stay out of search engines is not handed out in bulk either, as in
//! the data files of a site.

mod fields;
mod names;
mod ninjs;
mod target;

use std::io::Write;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::archive::{ArticleId, LeftOut, Selection};
use crate::build::{edition, is_among_sources};
use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;
use crate::leaks::Leaks;
use crate::render::{Scene, data};
use crate::site::in_data;
use names::Namesakes;
use target::Target;

/// How many articles are in memory at once.
const AT_ONCE: usize = 256;

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// IPTC ninjs 3.0, one object an article.
    Ninjs,
    /// The columns of the site's data files and the body, one object an article.
    JsonLines,
    /// The same as a table.
    Csv,
}

/// What an export may do.
#[derive(Debug, Clone)]
pub struct ExportOptions {
    /// Its form.
    pub form: Form,
    /// A file, or for ninjs a new folder; standard output where not given.
    pub output: Option<Utf8PathBuf>,
    /// What of the content is published.
    pub selection: Selection,
    /// Take what the last run read in `.morgue/`, and remember for the next.
    pub cache: bool,
}

/// What an export did.
#[derive(Debug, Clone, Copy)]
pub struct Exported {
    /// How many articles it wrote.
    pub articles: usize,
    /// What is not published.
    pub left_out: LeftOut,
    /// How many articles it left out because they ask to stay out of search engines.
    pub noindex: usize,
}

/// Exports what is published, in the order of the archive: undated articles first, then oldest to
/// newest. `stream` is standard output. The findings come in any case; an export with an error
/// among them leaves an older file as it was.
///
/// # Errors
/// When anything in the content stops a build, when a record holds what was withdrawn, or when the
/// output cannot be written.
pub fn export(
    config: Config,
    options: &ExportOptions,
    stream: &mut dyn Write,
) -> (Result<Exported, ()>, Diagnostics) {
    if let Some(refusal) = refuse(&config, options.output.as_deref()) {
        return (Err(()), refusal.into());
    }
    let cache = options.cache.then(|| Cache::open(&config.folder)).flatten();
    // The same gate as that of a build, the ledger with it: it tells who said what first.
    let ready = edition(config, &options.selection, cache.as_ref(), true);
    let (edition, mut notes) = match ready {
        Ok(ready) => ready,
        Err(notes) => return (Err(()), notes),
    };
    let all = edition.archive.ids();
    let ids: Vec<ArticleId> = all.filter(|id| in_data(&edition.archive, *id)).collect();
    match write(&edition, &ids, options, stream) {
        Ok(remarks) => {
            notes.extend(remarks);
            let exported = Exported {
                articles: ids.len(),
                left_out: edition.archive.left_out,
                noindex: edition.archive.articles.len() - ids.len(),
            };
            (Ok(exported), notes)
        }
        Err(found) => {
            notes.extend(found);
            (Err(()), notes)
        }
    }
}

/// An output among the sources, which the next build would take for content.
fn refuse(config: &Config, output: Option<&Utf8Path>) -> Option<Diagnostic> {
    let output = output.filter(|path| !crate::output::pack::is_standard_output(path))?;
    let parent = output.parent().unwrap_or(Utf8Path::new(""));
    let among = [output, parent];
    let among = among.iter().any(|place| is_among_sources(config, place));
    among.then(|| {
        let message = format!("the archive cannot be exported to {output}");
        Diagnostic::new(Code::ExportPlace, message)
            .help("choose a place outside the content, as in `--output archive.jsonl`")
    })
}

fn write(
    edition: &Edition,
    ids: &[ArticleId],
    options: &ExportOptions,
    stream: &mut dyn Write,
) -> Result<Diagnostics, Diagnostics> {
    let press = Press {
        form: options.form,
        scene: edition.scene(),
        namesakes: Namesakes::of(&edition.archive),
        leaks: Leaks::of(edition)?,
    };
    let mut target = Target::open(options, stream)?;
    if options.form == Form::Csv {
        target.put("", &data::header(&edition.archive))?;
    }
    for chunk in ids.chunks(AT_ONCE) {
        let records: Vec<_> = chunk.par_iter().map(|id| press.record(*id)).collect();
        let mut failed = Diagnostics::new();
        for (id, record) in chunk.iter().zip(records) {
            match record {
                Ok(_) if failed.has_errors() => {}
                Ok(record) => target.put(&edition.site.of_article(*id).url, &record)?,
                Err(note) => failed.push(note),
            }
        }
        if failed.has_errors() {
            return Err(match &press.leaks {
                Some(leaks) => leaks.told(failed),
                None => failed,
            });
        }
    }
    target.finish()?;
    Ok(press.leaks.as_ref().map(Leaks::remarks).unwrap_or_default())
}

/// Makes the records.
struct Press<'e> {
    form: Form,
    scene: Scene<'e>,
    namesakes: Namesakes,
    leaks: Option<Leaks<'e>>,
}

impl Press<'_> {
    /// The record of an article, with a line end, once it was looked through for what was
    /// withdrawn.
    fn record(&self, id: ArticleId) -> Result<Vec<u8>, Diagnostic> {
        let scene = &self.scene;
        let file = scene.site.of_article(id).file();
        match self.form {
            Form::JsonLines => {
                let line = data::jsonl(scene, id)?;
                let read = serde_json::from_slice(&line).unwrap_or_default();
                self.look(&file, &line, &read)?;
                Ok(line)
            }
            Form::Csv => {
                let row = data::row(scene, id)?;
                self.look(&file, &row, &serde_json::Value::Null)?;
                Ok(row)
            }
            Form::Ninjs => {
                let item = ninjs::item(scene, &self.namesakes, id)?;
                let mut line = serde_json::to_vec(&item).unwrap_or_default();
                line.push(b'\n');
                self.look(&file, &line, &item)?;
                Ok(line)
            }
        }
    }

    /// Looks through a record, and through its texts as they are before they were escaped: `\n`
    /// is no letter of the word that follows.
    fn look(&self, file: &str, record: &[u8], read: &serde_json::Value) -> Result<(), Diagnostic> {
        let Some(leaks) = &self.leaks else {
            return Ok(());
        };
        let mut texts = String::new();
        collect(read, &mut texts);
        leaks.look(file, record)?;
        leaks.look(file, texts.as_bytes())
    }
}

fn collect(value: &serde_json::Value, texts: &mut String) {
    match value {
        serde_json::Value::String(text) => {
            texts.push_str(text);
            texts.push('\n');
            // Fields that ninjs has no property for are JSON in a text.
            if text.starts_with('{')
                && let Ok(inner) = serde_json::from_str::<serde_json::Value>(text)
            {
                collect(&inner, texts);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        serde_json::Value::Object(fields) => {
            fields.values().for_each(|value| collect(value, texts));
        }
        _ => {}
    }
}
