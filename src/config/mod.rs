//! `site.toml` becomes a [`Config`]: typed, checked, with what follows from it worked out once.

mod base_url;
mod check;
mod intersections;
mod links;
mod publish;
pub mod settings;
mod taxonomy;
pub mod withdrawn;

use camino::{Utf8Path, Utf8PathBuf};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use jiff::tz::TimeZone;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::digest::{Digest, Digester};
use crate::wording::Redactor;

pub use base_url::BaseUrl;
pub use check::Check;
pub use intersections::Intersections;
pub use links::DeadLinks;
pub use publish::{Host, Hosts, Publish};
pub use settings::{FeedContent, Kind, Rights, Settings};
pub use taxonomy::Taxonomy;
pub use withdrawn::Redaction;

/// The name of the settings file.
pub const FILE: &str = "site.toml";

/// The settings of a site, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder that holds `site.toml`.
    pub folder: Utf8PathBuf,
    /// What it says.
    pub settings: Settings,
    /// Every taxonomy of the site, in the order they are shown.
    pub taxonomies: Vec<Taxonomy>,
    /// The front matter keys of taxonomies that were dropped.
    pub dropped_keys: Vec<String>,
    /// Where the site will be.
    pub base_url: BaseUrl,
    /// The zone of dates without an offset.
    pub timezone: TimeZone,
    /// The folders of articles, as patterns seen from the content root.
    pub article_folders: GlobSet,
    /// The files that are not looked at, as patterns seen from the content root.
    pub ignored: GlobSet,
    /// Takes out of every body what no page may hold.
    pub redactor: Redactor,
}

impl Config {
    /// What the settings are recognised by, together with the program that reads them: while it is
    /// the same, the same file means the same.
    pub fn fingerprint(&self) -> Digest {
        let program = Digester::new().text(env!("MORGUE_SOURCES"));
        program.text(&format!("{:?}", self.settings)).finish()
    }

    /// Reads `site.toml` in `folder`.
    ///
    /// # Errors
    /// When there is none, when it is not valid TOML, has an unknown key or a value that cannot
    /// work: all of the last kind in one go.
    pub fn load(folder: &Utf8Path) -> Result<Config, Diagnostics> {
        let path = folder.join(FILE);
        let source = std::fs::read_to_string(&path).map_err(|error| {
            let missing = error.kind() == std::io::ErrorKind::NotFound;
            let code = if missing {
                Code::NoSite
            } else {
                Code::Unreadable
            };
            let message = if missing {
                format!("there is no {FILE} in {}", shown(folder))
            } else {
                format!("{path}: {error}")
            };
            Diagnostic::new(code, message)
                .help("`morgue init DIR` makes a new site; `--site DIR` names one elsewhere")
        })?;
        Config::parse(folder, &source)
    }

    /// Reads settings that are in memory; `folder` is where the site's files are.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(folder: &Utf8Path, source: &str) -> Result<Config, Diagnostics> {
        let settings: Settings = toml::from_str(source).map_err(|error| {
            let message = error
                .message()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned();
            let mut diagnostic = Diagnostic::new(Code::BadSettings, message)
                .file(FILE)
                .help("docs/configuration.md lists every setting");
            if let Some(range) = error.span() {
                diagnostic = diagnostic.span(Span::at(source, range.start, range.len()));
            }
            diagnostic
        })?;
        check(folder, settings, source)
    }

    /// The folder of all content.
    pub fn content_root(&self) -> Utf8PathBuf {
        self.folder.join(&self.settings.content.root)
    }

    /// Where the site is written unless the command line says otherwise.
    pub fn output(&self) -> Utf8PathBuf {
        self.folder.join(&self.settings.output)
    }

    /// The index of the taxonomy that a front matter key belongs to.
    pub fn taxonomy_of_key(&self, key: &str) -> Option<usize> {
        self.taxonomies
            .iter()
            .position(|t| t.keys.iter().any(|k| k == key))
    }

    /// The index of a taxonomy by its name.
    pub fn taxonomy(&self, name: &str) -> Option<usize> {
        self.taxonomies.iter().position(|t| t.name == name)
    }

    /// The index of the first taxonomy of a kind.
    pub fn taxonomy_of_kind(&self, kind: Kind) -> Option<usize> {
        self.taxonomies.iter().position(|t| t.kind == kind)
    }
}

fn shown(folder: &Utf8Path) -> String {
    if folder.as_str().is_empty() || folder == "." {
        "this folder".to_owned()
    } else {
        folder.to_string()
    }
}

/// What cannot work in the settings, each at its line.
struct Problems<'a> {
    source: &'a str,
    found: Diagnostics,
}

impl Problems<'_> {
    fn refuse(&mut self, key: &str, message: String, help: &str) {
        self.found.push(
            Diagnostic::new(Code::ImpossibleSetting, message)
                .file(FILE)
                .span(place_of(self.source, key))
                .help(help),
        );
    }
}

/// What follows from the settings, or everything that cannot work in them.
fn check(folder: &Utf8Path, settings: Settings, source: &str) -> Result<Config, Diagnostics> {
    let mut problems = Problems {
        source,
        found: Diagnostics::new(),
    };
    let (base_url, timezone) = check_identity(&settings, &mut problems);
    let (taxonomies, dropped_keys) = taxonomy::all(&settings);
    check_paths(&settings, &taxonomies, &mut problems);
    check_audits(&settings, &mut problems);
    let article_folders = globs(&settings.content.articles.all());
    let patterns: Vec<&str> = settings.content.ignore.iter().map(String::as_str).collect();
    let ignored = globs(&patterns);
    for (key, set) in [("articles", &article_folders), ("ignore", &ignored)] {
        if let Err(pattern) = set {
            problems.refuse(
                key,
                format!("{pattern:?} is not a pattern of paths"),
                "`*` stands for any part of a name, `**` for any folders",
            );
        }
    }
    let redactor = withdrawn::redactor(&settings.withdrawn, &mut problems);
    match (base_url, timezone, article_folders, ignored, redactor) {
        (Some(base_url), Some(timezone), Ok(article_folders), Ok(ignored), Some(redactor))
            if problems.found.is_empty() =>
        {
            Ok(Config {
                folder: folder.to_owned(),
                settings,
                taxonomies,
                dropped_keys,
                base_url,
                timezone,
                article_folders,
                ignored,
                redactor,
            })
        }
        _ => Err(problems.found),
    }
}

/// What the archive is called and where it is: its title, language, address and time zone.
fn check_identity(
    settings: &Settings,
    problems: &mut Problems<'_>,
) -> (Option<BaseUrl>, Option<TimeZone>) {
    let base_url = BaseUrl::parse(&settings.base_url);
    if base_url.is_none() {
        problems.refuse(
            "base_url",
            format!("`base_url` is not a web address: {:?}", settings.base_url),
            "write it whole, as in `base_url = \"https://example.org/archive\"`",
        );
    }
    if settings.title.trim().is_empty() {
        problems.refuse(
            "title",
            "`title` is empty".into(),
            "give the archive a name",
        );
    }
    if !is_language(&settings.language) {
        problems.refuse(
            "language",
            format!("`language` is not a BCP 47 tag: {:?}", settings.language),
            "write for example `language = \"en\"` or `\"pt-BR\"`",
        );
    }
    let timezone = time_zone(&settings.timezone);
    if timezone.is_none() {
        problems.refuse(
            "timezone",
            format!(
                "`timezone` is neither a zone nor an offset: {:?}",
                settings.timezone
            ),
            "write for example `timezone = \"Europe/Paris\"` or `\"+02:00\"`",
        );
    }
    (base_url, timezone)
}

/// What `morgue check` is told.
fn check_audits(settings: &Settings, problems: &mut Problems<'_>) {
    let codes = &settings.check.ignore;
    for code in codes.iter().filter(|code| Code::parse(code).is_none()) {
        problems.refuse(
            "ignore",
            format!("`[check] ignore` names a code that there is not: {code:?}"),
            "`morgue explain` lists every code",
        );
    }
    if !(1..=100).contains(&settings.check.overlap) {
        problems.refuse(
            "overlap",
            "`[check] overlap` is a share in per cent, from 1 to 100".into(),
            "write for example `overlap = 80`",
        );
    }
    let check = &settings.check;
    for (key, seconds) in [
        ("external_pause", check.external_pause),
        ("external_timeout", check.external_timeout),
    ] {
        if !(0.0..=600.0).contains(&seconds) {
            problems.refuse(
                key,
                format!("`[check] {key}` is a number of seconds, from 0 to 600"),
                "leave it out: the default suits most hosts",
            );
        }
    }
    if !(1..=64).contains(&check.external_hosts) {
        problems.refuse(
            "external_hosts",
            "`[check] external_hosts` is a number of hosts, from 1 to 64".into(),
            "leave it out: the default suits most computers",
        );
    }
}

/// The folders and addresses, none of which may lead out of the site.
fn check_paths(settings: &Settings, taxonomies: &[Taxonomy], problems: &mut Problems<'_>) {
    for (key, value) in [
        ("root", &settings.content.root),
        ("pages", &settings.content.pages),
        ("static", &settings.content.statics),
    ] {
        if leaves(value) {
            problems.refuse(
                key,
                format!("`{key}` leads out of the site: {value:?}"),
                "folders of a site lie inside it; name one seen from `site.toml`",
            );
        }
    }
    let permalink = &settings.permalinks.article;
    if !permalink.starts_with('/') || !permalink.contains("{slug}") || leaves(&permalink[1..]) {
        problems.refuse(
            "article",
            format!("`permalinks.article` is not a pattern of addresses: {permalink:?}"),
            "it begins with `/` and holds `{slug}`, as in `/{year}/{month}/{day}/{slug}/`",
        );
    }
    for taxonomy in taxonomies {
        let bad = |value: &str| value.is_empty() || value.contains('/') && leaves(value);
        if bad(&taxonomy.path) || bad(&taxonomy.folder) || leaves(&taxonomy.folder) {
            problems.refuse(
                &taxonomy.name,
                format!(
                    "the path or folder of taxonomy `{}` cannot be one",
                    taxonomy.name
                ),
                "use one plain folder name, such as `organizations`",
            );
        }
    }
}

fn time_zone(name: &str) -> Option<TimeZone> {
    if let Ok(zone) = TimeZone::get(name) {
        return Some(zone);
    }
    let (sign, rest) = match name.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Some(TimeZone::fixed(
        jiff::tz::Offset::from_seconds(sign * seconds).ok()?,
    ))
}

/// Whether a text has the form of a BCP 47 language tag (RFC 5646 §2.1, without looking the
/// subtags up).
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=8).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether a folder of the settings would lead out of the site.
fn leaves(path: &str) -> bool {
    path.starts_with('/')
        || path.contains('\\')
        || path.contains('\0')
        || path.split('/').any(|part| part == "..")
}

fn globs(patterns: &[&str]) -> Result<GlobSet, String> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let tidy = pattern.trim_start_matches("./").trim_end_matches('/');
        let tidy = if tidy == "." { "" } else { tidy };
        if leaves(tidy) {
            return Err((*pattern).to_owned());
        }
        let glob = GlobBuilder::new(tidy).literal_separator(true).build();
        set.add(glob.map_err(|_| (*pattern).to_owned())?);
    }
    set.build().map_err(|error| error.to_string())
}

/// The line of `source` that sets `key`; the first line where it is not found (a default).
fn place_of(source: &str, key: &str) -> Span {
    let mut offset = 0;
    for line in source.split_inclusive('\n') {
        let bare = line.trim_start();
        let found = bare
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
            || bare.trim_end().strip_prefix('[').is_some_and(|rest| {
                rest.trim_end_matches(']')
                    .rsplit('.')
                    .next()
                    .is_some_and(|last| last == key)
            });
        if found {
            return Span::at(
                source,
                offset + line.len() - bare.len(),
                bare.trim_end().len(),
            );
        }
        offset += line.len();
    }
    Span::line(source, 1)
}
