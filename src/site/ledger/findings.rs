//! What is told of the ledger: addresses that would vanish, and texts that changed.

use super::behind::read;
use super::fates::Fate;
use super::owners::{Match, Owners};
use super::{FILE, Line, Settled, State, lines};
use crate::archive::Archive;
use crate::config::Config;
use crate::content;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// Every published address that would vanish, each at its line.
pub(super) fn lost(
    archive: &Archive,
    config: &Config,
    settled: &Settled,
    owners: &Owners<'_>,
) -> Diagnostics {
    let mut notes = Diagnostics::new();
    for old in settled.old.iter().filter(|old| old.fate == Fate::Lost) {
        let Some(line) = settled.line(old) else {
            continue;
        };
        if line.state != State::Live || !line.is_owned() {
            continue;
        }
        let (why, help) = reason(archive, config, &line, &owners.of(&line));
        let message = format!("{} would vanish: {why}", line.address);
        let mut text = String::new();
        line.push(&mut text);
        let note = Diagnostic::new(Code::LostAddress, message)
            .file(FILE)
            .span(lines::place(old.number, text.trim_end()));
        notes.push(note.help(help));
    }
    notes
}

/// Why an address would vanish, and what can be done.
fn reason(archive: &Archive, config: &Config, line: &Line<'_>, found: &Match) -> (String, String) {
    let address = line.address;
    let file = content::shown(config, camino::Utf8Path::new(&read(line.file)));
    let kind = line.id.split(':').next().unwrap_or_default();
    let by_hand = format!(
        "redirect it (`morgue permalinks redirect {address} NEW`), or withdraw it (`morgue permalinks withdraw {address}`)"
    );
    let aliases = format!("write `aliases: [{address}]` into what replaces it");
    match (kind, found) {
        (_, Match::Unpublished) => (
            format!(
                "{file} is published no more: it is a draft, under embargo, or dated in the future"
            ),
            "publish it again; `status: removed` withdraws it".to_owned(),
        ),
        (_, Match::Several(files)) => {
            let files: Vec<&str> = files.iter().map(|file| file.as_str()).collect();
            (
                format!(
                    "{file} is not there, and its text is in {}",
                    files.join(" and ")
                ),
                format!("{aliases} if it is one of these, or {by_hand}"),
            )
        }
        ("article", _) => (
            format!("its article {file} is not there"),
            format!("restore the file, or {aliases}, or {by_hand}"),
        ),
        ("page", _) => (
            format!("its page {file} is not there"),
            format!("restore the file, or {aliases}, or {by_hand}"),
        ),
        ("term", _) => (
            match line.file {
                "" => format!("no article has the {} any more", term(archive, line)),
                _ => format!(
                    "the {} has neither a record in {file} nor an article",
                    term(archive, line)
                ),
            },
            format!(
                "if it has another name now, write the old one into `aliases` of its record; or {by_hand}"
            ),
        ),
        _ => (
            format!("the file {file} is not published"),
            format!("restore it, or {by_hand}"),
        ),
    }
}

/// `person kim-jong-un`.
fn term(archive: &Archive, line: &Line<'_>) -> String {
    let name = line.id.split_once(':').map_or("", |(_, name)| name);
    let (root, slug) = name.rsplit_once('/').unwrap_or(("", name));
    let taxonomy = archive.taxonomies.iter().find(|t| t.path == root);
    let singular = taxonomy.map_or("term", |taxonomy| &taxonomy.singular);
    format!("{singular} `{slug}`")
}

/// An article whose text is another than was published, and nothing tells its readers.
pub(super) fn silent(
    config: &Config,
    article: &content::Article,
    number: u32,
    line: &Line<'_>,
) -> Diagnostic {
    let message = format!(
        "the text at {} is not the one that was published ({FILE}:{number}), and nothing tells its readers",
        line.address
    );
    Diagnostic::new(Code::SilentChange, message)
        .file(content::shown(config, &article.file))
        .help(format!(
            "add `updated` or a correction; for a change of no weight: `morgue permalinks accept {}`",
            line.address
        ))
}
