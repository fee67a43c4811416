//! Authority records: who a person, place or topic is, and under which names it is known.

use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::article::Picture;
use super::date::Date;
use super::fields::{Fields, Name};
use super::markdown;
use super::name::{tidy, unturned};
use super::schema;
use super::slug;
use super::value::Value;
use crate::config::{Config, Kind};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::digest::Digest;

/// One record, as its file or row tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Authority {
    /// The file it stands in, seen from the content root.
    pub file: Utf8PathBuf,
    /// Its line, from 1.
    pub line: u32,
    /// The index of its taxonomy.
    pub taxonomy: usize,
    /// The name under which it is shown.
    pub name: String,
    /// The last part of its address.
    pub slug: String,
    /// The name under which it is filed.
    pub sort_name: Option<String>,
    /// Other names that mean the same.
    pub aliases: Vec<String>,
    /// Old addresses that redirect to its page.
    pub old_addresses: Vec<String>,
    /// A few words that tell it from its namesakes.
    pub description: Option<String>,
    /// Its Wikidata id.
    pub wikidata: Option<String>,
    /// Its VIAF id.
    pub viaf: Option<String>,
    /// Its GeoNames id.
    pub geonames: Option<String>,
    /// Other addresses that identify it.
    pub same_as: Vec<String>,
    /// The record that this one became part of.
    pub merged_into: Option<Name>,
    /// Whether it has no page.
    pub hidden: bool,
    /// People: date of birth.
    pub born: Option<Date>,
    /// People: date of death.
    pub died: Option<Date>,
    /// People: offices and professions.
    pub roles: Vec<String>,
    /// Places: degrees north and east.
    pub coordinates: Option<(f64, f64)>,
    /// The place it lies in, or the wider topic.
    pub parent: Option<Name>,
    /// A picture of it; where nobody said what it shows, its name does.
    pub portrait: Option<Picture>,
    /// Anything for the theme.
    #[serde(with = "super::value::stored")]
    pub extra: Value,
    /// Whether its file has a text beyond the front matter.
    pub has_text: bool,
    /// What the bytes of its file are recognised by; those of nothing for a row of a table.
    pub mark: Digest,
    /// The links of that text that point inside the site.
    pub references: Vec<markdown::Reference>,
    /// The line of the file on which that text begins.
    pub text_line: u32,
}

/// Reads a record from a Markdown file.
pub(super) fn read(
    config: &Config,
    taxonomy: usize,
    file: &Utf8Path,
    source: &str,
) -> (Option<Authority>, Diagnostics) {
    let front = match super::front_matter::read(source) {
        Ok(front) => front,
        Err(error) => return (None, error.into()),
    };
    let body = &source[front.body..];
    let published = super::withheld::published(config, source, front.body);
    let scan = markdown::scan(
        &published[front.body..],
        &super::markdown_options(config, None),
    );
    let mut fields = Fields::new(
        source,
        file.as_str(),
        front.fields,
        &config.settings.records,
    );
    super::article::report_body(&mut fields.notes, &published, front.body, &scan);
    let place = Span::line(source, 1);
    let (mut record, notes) = from_fields(config, taxonomy, file, fields, place);
    if let Some(record) = &mut record {
        record.has_text = !body.trim().is_empty();
        record.references = scan.references;
        record.text_line = Span::place(source, front.body).0;
    }
    (record, notes)
}

/// The largest row of a table, in bytes: texts of this length are bodies.
const LARGEST_ROW: usize = 1024 * 1024;

/// Reads records in bulk: the first row names the fields, every other row is a record; names
/// within a cell are parted by `|`.
pub(super) fn table(
    config: &Config,
    taxonomy: usize,
    file: &Utf8Path,
    source: &str,
) -> (Vec<Authority>, Diagnostics) {
    let mut notes = Diagnostics::new();
    let mut rows = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(source.as_bytes());
    let header = match rows.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            let message = format!("the first row cannot be read: {error}");
            notes.push(Diagnostic::new(Code::BadRow, message).span(Span::line(source, 1)));
            return (Vec::new(), notes);
        }
    };
    let mut records = Vec::new();
    for row in rows.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                let message = format!("the row cannot be read: {error}");
                notes.push(bad_row(source, line, message));
                continue;
            }
        };
        let (at, line) = line_of(source, &row);
        let size = row.as_slice().len();
        if size > LARGEST_ROW {
            let message = format!("the row has {size} bytes, a record at most {LARGEST_ROW}");
            notes.push(
                Diagnostic::new(Code::TooMuch, message)
                    .span(Span::at(source, at.start, 1))
                    .help("make the record a file of its own, its long text the body"),
            );
            continue;
        }
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if row.len() != header.len() {
            let message = format!(
                "the row has {} cells, the first row {}",
                row.len(),
                header.len()
            );
            notes.push(bad_row(source, line, message));
            continue;
        }
        // Lines are counted from the row on: counting them from the beginning of the table for each
        // would take the square of their number.
        let source = source.get(at).unwrap_or_default();
        let fields = row_fields(&header, &row, &(0..source.len()));
        let fields = Fields::new(source, file.as_str(), fields, &config.settings.records);
        let place = Span::at(source, 0, source.len());
        let (record, found) = from_fields(config, taxonomy, file, fields, place);
        let above = u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX);
        records.extend(record.map(|record| record.below(above)));
        for mut note in found {
            if let Some(span) = &mut note.span {
                span.line = span.line.saturating_add(above);
            }
            notes.push(note);
        }
    }
    (records, notes)
}

impl Authority {
    /// A record that was read without the lines above it.
    fn below(mut self, above: u32) -> Authority {
        let names = [&mut self.merged_into, &mut self.parent];
        let mut lines: Vec<&mut u32> = names
            .into_iter()
            .flatten()
            .map(|name| &mut name.line)
            .collect();
        lines.extend([&mut self.line, &mut self.text_line]);
        lines.extend(self.portrait.as_mut().map(|portrait| &mut portrait.line));
        for line in lines.into_iter().filter(|line| **line > 0) {
            *line = line.saturating_add(above);
        }
        self
    }
}

/// The cells of a row that say anything, as fields that all stand at the row.
fn row_fields(
    header: &csv::StringRecord,
    row: &csv::StringRecord,
    at: &Range<usize>,
) -> Vec<super::front_matter::Field> {
    let fields = header
        .iter()
        .zip(row.iter())
        .filter(|(_, cell)| !cell.trim().is_empty());
    fields
        .map(|(key, cell)| super::front_matter::Field {
            key: key.trim().to_owned(),
            value: cell_value(cell),
            at: at.clone(),
            value_at: at.clone(),
        })
        .collect()
}

fn bad_row(source: &str, line: u64, message: String) -> Diagnostic {
    Diagnostic::new(Code::BadRow, message)
        .span(Span::line(source, u32::try_from(line).unwrap_or(u32::MAX)))
        .help("every row has as many cells as the first; put cells with commas in quotation marks")
}

fn cell_value(cell: &str) -> Value {
    if cell.contains('|') {
        let parts = cell
            .split('|')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        return Value::List(parts.map(|part| Value::Text(part.to_owned())).collect());
    }
    Value::Text(cell.trim().to_owned())
}

/// The line on which a row begins, as bytes of the source, and its number from 1.
///
/// The reader tells where it went on after the row before, and blank lines belong to no row.
fn line_of(source: &str, row: &csv::StringRecord) -> (Range<usize>, u64) {
    let Some(position) = row.position() else {
        return (0..0, 1);
    };
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = source.get(from..).unwrap_or_default();
    let text = rest.trim_start_matches(['\r', '\n']);
    let blank = &rest[..rest.len() - text.len()];
    let line = text.split('\n').next().unwrap_or_default().trim_end();
    let start = from + blank.len();
    let number = position.line() + blank.matches('\n').count() as u64;
    (start..start + line.len(), number)
}

fn from_fields(
    config: &Config,
    taxonomy: usize,
    file: &Utf8Path,
    mut fields: Fields<'_>,
    place: Span,
) -> (Option<Authority>, Diagnostics) {
    let kind = config.taxonomies[taxonomy].kind;
    let line = place.line;
    // Hugo and Jekyll call the name of a term page its title.
    let name = fields
        .text("name")
        .or_else(|| fields.text("title"))
        .map(|name| tidy(&name));
    let Some(name) = name else {
        fields.notes.push(
            Diagnostic::new(Code::NoName, "the record has no `name`")
                .span(place)
                .help("add `name: …`"),
        );
        return (None, fields.notes);
    };
    fields.skip(&["title".to_owned()]);
    let (aliases, old_addresses) = fields
        .texts("aliases")
        .into_iter()
        .partition(|alias| !alias.starts_with('/'));
    let (latitude, longitude) = match kind {
        Kind::Place => (
            fields.number("latitude", (-90.0, 90.0)),
            fields.number("longitude", (-180.0, 180.0)),
        ),
        _ => (None, None),
    };
    let is_person = matches!(kind, Kind::Person | Kind::Author);
    let mut record = Authority {
        file: file.to_owned(),
        line,
        taxonomy,
        slug: record_slug(config, file, &name, &mut fields),
        name,
        sort_name: fields.text("sort_name").map(|name| unturned(&name)),
        aliases,
        old_addresses,
        description: fields.text("description"),
        wikidata: fields.text("wikidata"),
        viaf: fields.text("viaf"),
        geonames: fields.text("geonames"),
        same_as: fields.addresses("same_as"),
        merged_into: fields.name("merged_into"),
        hidden: fields.truth("hidden").unwrap_or(false),
        born: is_person.then(|| fields.date("born").flatten()).flatten(),
        died: is_person.then(|| fields.date("died").flatten()).flatten(),
        roles: if is_person {
            fields.texts("roles")
        } else {
            Vec::new()
        },
        coordinates: latitude.zip(longitude),
        parent: match kind {
            Kind::Place => fields.name("parent"),
            Kind::Topic => fields.name("broader"),
            _ => None,
        },
        portrait: portrait(config, &mut fields),
        extra: fields.any("extra"),
        has_text: false,
        mark: Digest::default(),
        references: Vec::new(),
        text_line: line,
    };
    if let Some(portrait) = record.portrait.as_mut().filter(|p| p.alt.is_empty()) {
        portrait.alt.clone_from(&record.name);
    }
    let known = schema::RECORD
        .iter()
        .chain(schema::of_kind(kind))
        .map(|field| field.key);
    (Some(record), fields.finish(known))
}

/// The picture of a record. What it shows is the one it is the record of, so `alt` is not missed.
fn portrait(config: &Config, fields: &mut Fields<'_>) -> Option<Picture> {
    let mut inner = fields.mapping("image", Some("src"))?;
    let line = inner.place("src").map_or(1, |place| place.line);
    let picture = Picture::read(&mut inner, config, line);
    let known = schema::IMAGE.iter().map(|field| field.key);
    fields.notes.extend(inner.finish(known));
    picture
}

/// Its own, else that of its name. A file called by an address (`kim-jong-un.md`) keeps it even
/// if the name would give another: the name of the file is what the editor sees.
fn record_slug(config: &Config, file: &Utf8Path, name: &str, fields: &mut Fields<'_>) -> String {
    let ascii = config.settings.permalinks.ascii;
    if let Some(own) = fields.slug(ascii) {
        return own;
    }
    let stem = super::walk::stem(file);
    if file.extension().is_some_and(|e| e != "csv") && slug::slug(stem, false) == stem {
        return stem.to_owned();
    }
    slug::slug(name, ascii)
}
