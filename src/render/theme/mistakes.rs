//! Mistakes in templates: what Tera says of them, told with the file as the editor knows it, the
//! line, and the page that was being made.

use std::borrow::Cow;

use camino::Utf8PathBuf;
use tera::{ErrorKind, ReportError, Tera};

use crate::content::nearest;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::digest::Digester;

mod reports;

use reports::Report;

const HELP: &str = "docs/themes.md lists what each template is given";

/// The text of every template, the site's own first, then layer by layer.
#[derive(Debug, Default)]
pub(super) struct Sources(Vec<Source>);

#[derive(Debug)]
struct Source {
    /// What Tera calls it: `broadsheet/article.html`.
    name: String,
    /// The file as the editor names it; nothing for what is part of the program.
    file: Option<Utf8PathBuf>,
    text: Cow<'static, str>,
}

impl Sources {
    /// One template more.
    pub(super) fn put(&mut self, name: String, file: Option<Utf8PathBuf>, text: Cow<'static, str>) {
        self.0.push(Source { name, file, text });
    }

    /// Puts the names and texts of all of them into a digest.
    pub(super) fn take_into(&self, digest: &mut Digester) {
        for source in &self.0 {
            digest.push_text(&source.name);
            digest.push_text(&source.text);
        }
    }

    /// The whole name and the text of each.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|s| (s.name.as_str(), s.text.as_ref()))
    }

    /// Makes templates of all of them.
    ///
    /// # Errors
    /// Everything that is wrong in any, as far as one mistake does not hide another.
    pub(super) fn add_to(&self, tera: &mut Tera) -> Result<(), Diagnostics> {
        let all = self.0.iter().map(|s| (s.name.as_str(), s.text.as_ref()));
        let Err(error) = tera.add_raw_templates(all) else {
            return Ok(());
        };
        // Tera stops at the first text that it cannot read, so each is read alone.
        let mut found = Diagnostics::new();
        let mut sound = Vec::new();
        for source in &self.0 {
            let read = tera.clone().add_raw_template(&source.name, &source.text);
            match read.map_err(|error| error.kind().clone()) {
                Err(ErrorKind::SyntaxError(report)) => found.push(self.of(&report)),
                _ => sound.push((source.name.as_str(), source.text.as_ref())),
            }
        }
        if found.is_empty() {
            return Err(self.tell_all(&error));
        }
        if let Err(error) = tera.clone().add_raw_templates(sound) {
            // What seems to be missing may stand in a template that could not be read; filters
            // cannot.
            let unknown = reports::read(&error.to_string()).into_iter();
            let sure = unknown.filter(|report| !report.may_be_elsewhere());
            sure.for_each(|report| found.push(self.reported(&report)));
        }
        Err(found)
    }

    /// What is wrong with the templates together.
    pub(super) fn tell(&self, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => self.of(report),
            ErrorKind::MissingParent { current, parent } => {
                let message = format!("there is no template `{parent}` to extend");
                let help = match self.below(current, parent) {
                    Some(name) => format!("write `{{% extends \"{name}\" %}}`"),
                    None => "docs/themes.md lists the templates".to_owned(),
                };
                self.at_word(Diagnostic::new(Code::BadTemplate, message), current, parent)
                    .help(help)
            }
            ErrorKind::CircularExtend {
                tpl,
                inheritance_chain: chain,
            } => {
                // The chain ends where it began: the one before its end closes the circle.
                let tpl = chain.iter().rev().nth(1).unwrap_or(tpl);
                let message = format!("the template `{}` extends itself", base(tpl));
                let help = match self.below(tpl, tpl) {
                    Some(name) => format!("name the theme too: `{{% extends \"{name}\" %}}`"),
                    None => HELP.to_owned(),
                };
                self.at_word(Diagnostic::new(Code::BadTemplate, message), tpl, "extends")
                    .help(help)
            }
            ErrorKind::CircularInclude { tpl, .. } => {
                let message = format!("the template `{}` includes itself", base(tpl));
                self.at_word(Diagnostic::new(Code::BadTemplate, message), tpl, "include")
                    .help(HELP)
            }
            _ => self
                .twice(&error.to_string())
                .unwrap_or_else(|| other(error)),
        }
    }

    fn tell_all(&self, error: &tera::Error) -> Diagnostics {
        let reports = reports::read(&error.to_string());
        if !matches!(error.kind(), ErrorKind::Msg(_)) || reports.is_empty() {
            return self.tell(error).into();
        }
        let mut found = Diagnostics::new();
        for report in &reports {
            found.push(self.reported(report));
        }
        found
    }

    /// What went wrong while a page was made.
    pub(super) fn tell_of(&self, error: &tera::Error, what: &str) -> Diagnostic {
        let mut diagnostic = self.tell(error);
        diagnostic.message.push_str(&format!("\n{WHILE}{what}"));
        for place in reports::callers(&error.to_string()) {
            let place = self.shown(&place);
            diagnostic
                .message
                .push_str(&format!("\ncalled from {place}"));
        }
        diagnostic
    }

    /// A mistake of which Tera gives the place as values.
    fn of(&self, report: &ReportError) -> Diagnostic {
        let source = self.named(report.filename());
        let range = report.span().range.clone();
        let part = source.and_then(|source| source.text.get(range.clone()));
        let (message, help) = reports::worded(report.message(), part.unwrap_or_default());
        let diagnostic = Diagnostic::new(Code::BadTemplate, message);
        let diagnostic = diagnostic.help(help.unwrap_or_else(|| HELP.to_owned()));
        let Some(source) = source else {
            return diagnostic;
        };
        if source.file.is_none()
            && let Some(own) = part.and_then(|part| self.component(part))
        {
            let help = format!("the pages of {} call it so", layer(&source.name));
            let help = format!("{help}; `morgue theme show {}` prints its own", own.name);
            let word = format!("component {}(", own.name);
            return self.at_word(diagnostic, &own.template, &word).help(help);
        }
        place(
            diagnostic,
            source,
            Span::at(&source.text, range.start, range.len()),
        )
    }

    /// A mistake of which Tera gives the place in its text alone.
    fn reported(&self, report: &Report) -> Diagnostic {
        let (message, help) = reports::worded(&report.message, "");
        let help = help.unwrap_or_else(|| HELP.to_owned());
        let diagnostic = Diagnostic::new(Code::BadTemplate, message).help(help);
        match self.named(&report.template) {
            Some(source) => place(diagnostic, source, report.span(&source.text)),
            None => diagnostic,
        }
    }

    /// A component that a theme defines in two files, so that none of them is meant.
    fn twice(&self, text: &str) -> Option<Diagnostic> {
        let rest = text.strip_prefix("Component `")?;
        let mut names = rest.split('`').step_by(2);
        let (component, first, second) = (names.next()?, names.next()?, names.next()?);
        let message = format!(
            "the component `{component}` is in {} too",
            self.shown(first)
        );
        let diagnostic = Diagnostic::new(Code::BadTemplate, message);
        let word = format!("component {component}");
        Some(
            self.at_word(diagnostic, second, &word)
                .help("a theme has each component once: take one of the two out"),
        )
    }

    /// The component called here, `<when date={x}/>`, where a template of the site or of a theme
    /// on disk defines it.
    fn component(&self, call: &str) -> Option<Own> {
        let name: String = call
            .trim_start_matches(['{', '%', '-', '<', ' '])
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
            .collect();
        let opening = format!("component {name}(");
        let mut own = self.0.iter().filter(|source| source.file.is_some());
        let source = own.find(|source| !name.is_empty() && source.text.contains(&opening))?;
        let template = source.name.clone();
        Some(Own { name, template })
    }

    /// The first template of a name in the layers below the one of `current`.
    fn below(&self, current: &str, name: &str) -> Option<&str> {
        let own = layer(current);
        let below = self
            .0
            .iter()
            .skip_while(|source| layer(&source.name) != own);
        let below: Vec<&Source> = below.filter(|s| layer(&s.name) != own).collect();
        let same = below
            .iter()
            .find(|s| base(&s.name) == base(name) || base(&s.name) == name);
        let found = match same {
            Some(source) => &source.name,
            None => nearest(name, below.iter().map(|source| source.name.as_str()))?,
        };
        Some(found.trim_start_matches('.'))
    }

    fn named(&self, name: &str) -> Option<&Source> {
        self.0.iter().find(|source| source.name == name)
    }

    /// The file of a template, or of a place in one, as the editor names it.
    fn shown(&self, place: &str) -> String {
        let (name, rest) = place.split_at(place.find(':').unwrap_or(place.len()));
        match self.named(name).and_then(|source| source.file.as_ref()) {
            Some(file) => format!("{file}{rest}"),
            None => format!("{name}{rest}, which is built in"),
        }
    }

    /// At the first place in a template where some words stand.
    fn at_word(&self, diagnostic: Diagnostic, template: &str, word: &str) -> Diagnostic {
        let Some(source) = self.named(template) else {
            return diagnostic;
        };
        let start = source.text.find(word);
        let span = match start {
            Some(start) => Span::at(&source.text, start, word.trim_end_matches('(').len()),
            None => Span::line(&source.text, 1),
        };
        place(diagnostic, source, span)
    }
}

/// A component that the site or a theme on disk defines.
struct Own {
    name: String,
    template: String,
}

/// The layer that a template lies in.
fn layer(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}

/// The name of a template without the layer it lies in.
fn base(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, base)| base)
}

fn place(mut diagnostic: Diagnostic, source: &Source, span: Span) -> Diagnostic {
    match &source.file {
        Some(file) => diagnostic.file(file.clone()).span(span),
        None => {
            diagnostic.message.push_str(&format!(
                "\nin {}:{}:{}, which is built in: {}",
                source.name,
                span.line,
                span.column,
                span.text.trim()
            ));
            diagnostic
        }
    }
}

/// What has no place.
fn other(error: &tera::Error) -> Diagnostic {
    let message = format!("the templates cannot be used\n{error}");
    Diagnostic::new(Code::BadTemplate, message).help(HELP)
}

/// What stands before the name of the page that was being made.
const WHILE: &str = "while making the page of ";

/// One template makes thousands of pages, and its mistake would be told of each: it is told with
/// the first page, and how many more there are.
pub fn told_once(found: Diagnostics) -> Diagnostics {
    let mut once: Vec<(Diagnostic, usize)> = Vec::new();
    let key = |d: &Diagnostic| {
        let what = d.message.split(WHILE).next().map(str::to_owned);
        (d.code, d.file.clone(), d.span.clone(), what)
    };
    let mut places = std::collections::BTreeMap::new();
    for diagnostic in found {
        let index = (diagnostic.code == Code::BadTemplate)
            .then(|| *places.entry(key(&diagnostic)).or_insert(once.len()));
        match index.and_then(|index| once.get_mut(index)) {
            Some((_, more)) => *more += 1,
            None => once.push((diagnostic, 0)),
        }
    }
    let mut all = Diagnostics::new();
    for (mut diagnostic, more) in once {
        if let (1.., Some(start)) = (more, diagnostic.message.find(WHILE)) {
            let rest = &diagnostic.message[start..];
            let end = start + rest.find('\n').unwrap_or(rest.len());
            let pages = if more == 1 { "page" } else { "pages" };
            diagnostic
                .message
                .insert_str(end, &format!(" and {more} more {pages}"));
        }
        all.push(diagnostic);
    }
    all
}
