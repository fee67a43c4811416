//! The article of an item.

use serde_json::{Map, Value};

use super::bodies;
use super::credits;
use super::entities::{self, Fields};
use super::pictures;
use super::properties::{Properties, Text};
use super::stored;
use crate::config::{Config, Rights, is_language};
use crate::content::name::tidy;
use crate::content::schema::KINDS;
use crate::content::{Date, slug};
use crate::diagnostics::Code;
use crate::import::draft::Draft;
use crate::import::report::Letters;
use crate::import::text::Phrases;
use crate::ninjs;

/// What items are read with.
#[derive(Debug)]
pub struct Desk {
    /// How bylines and agencies are worded.
    pub(super) phrases: Phrases,
    /// Which field takes whom and what.
    pub(super) fields: Fields,
    /// The rights and the language of the site, which its articles need not repeat.
    rights: Rights,
    language: Option<String>,
}

impl Desk {
    /// For a site of these settings, or for any.
    pub fn of(config: Option<&Config>) -> Desk {
        let settings = config.map(|config| &config.settings);
        Desk {
            phrases: Phrases::built_in(),
            fields: Fields::of(config),
            rights: settings.map(|s| s.rights.clone()).unwrap_or_default(),
            language: settings.map(|settings| settings.language.clone()),
        }
    }
}

/// Why an item is no article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The code of the finding.
    pub code: Code,
    /// As a sentence.
    pub reason: String,
}

/// An article with all that its item says beyond it.
#[derive(Debug, Default)]
pub struct Made {
    /// The article; its provenance is what the item says that no field takes.
    pub draft: Draft,
    /// The names of the properties that no field takes.
    pub unread: Vec<String>,
    /// Letters that are not in the article: of other forms of the same text.
    pub dropped: u64,
    /// Whether it comes in as a draft because it is withheld.
    pub withheld: bool,
}

impl Made {
    /// Keeps what no field takes, and tells that nobody reads it.
    pub(super) fn keep(&mut self, name: &str, value: Value) {
        self.unread.push(name.to_owned());
        match stored::kept(value) {
            Ok(value) => self.draft.provenance.kept.push((name.to_owned(), value)),
            Err(letters) => self.dropped += letters,
        }
    }

    /// The same for one of several things of a kind, which are kept as one list.
    pub(super) fn keep_in(&mut self, name: &str, value: Value) {
        let kept = &mut self.draft.provenance.kept;
        let list = kept.iter_mut().find(|(own, _)| own == name);
        self.unread.push(name.to_owned());
        match (stored::kept(value), list) {
            (Err(letters), _) => self.dropped += letters,
            (Ok(value), Some((_, Value::Array(list)))) => list.push(value),
            (Ok(value), _) => kept.push((name.to_owned(), Value::Array(vec![value]))),
        }
    }
}

/// The article of an item of any version of ninjs.
///
/// # Errors
/// Why it is none.
pub fn article(item: Value, desk: &Desk) -> Result<Made, Refusal> {
    let refuse = |code, reason: &str| Refusal {
        code,
        reason: reason.to_owned(),
    };
    let mut item = Properties::of(item)
        .ok_or_else(|| refuse(Code::ImportItem, "the item is no JSON object"))?;
    let mut made = Made::default();
    let mut descriptions = item.texts("descriptions", "description_");
    let own = front_matter(&mut descriptions);
    let kind = item.text(&["type"]).map(|text| text.to_lowercase());
    if let Some("event" | "planning") = kind.as_deref() {
        let reason = "the item tells of a planned event and is no article";
        return Err(refuse(Code::ImportItem, reason));
    }
    match item
        .text(&["pubstatus"])
        .map(|text| text.to_lowercase())
        .as_deref()
    {
        None | Some("usable") => {}
        Some("canceled" | "cancelled") => {
            return Err(refuse(Code::ImportWithheld, "the item is cancelled"));
        }
        Some(_) => {
            made.withheld = true;
            made.draft.text("status", "draft");
        }
    }
    headlines(&mut item, &mut made)?;
    dates(&mut item, own.is_some(), &mut made)
        .map_err(|reason| refuse(Code::ImportItem, &reason))?;
    described(descriptions, own.is_some(), &mut made);
    identity(&mut item, own.is_some(), &mut made);
    rights(&mut item, own.as_ref(), desk, &mut made);
    language(&mut item, desk, &mut made);
    credits::all(&mut item, own.is_some(), desk, &mut made);
    entities::all(&mut item, own.is_some(), &desk.fields, &mut made);
    genre(&mut item, kind.as_deref(), &mut made);
    let located = item.text(&["located"]).unwrap_or_default();
    made.draft.text("dateline", located);
    pictures::all(&mut item, own.is_some(), &mut made);
    let texts = item.texts("bodies", "body_");
    bodies::body(texts, &mut made);
    // What tells of the item itself, or is told by something else that is read.
    item.take(&["standard", "$standard"]);
    if own.is_some() {
        item.take(&["ednote"]);
    }
    for (name, value) in item.rest() {
        made.keep(&name, value);
    }
    if let Some(own) = own {
        stored::apply(own, &desk.fields, &mut made).map_err(|r| refuse(Code::ImportItem, &r))?;
    }
    Ok(made)
}

/// The fields of front matter that an export of ours stored.
fn front_matter(descriptions: &mut Vec<Text>) -> Option<Map<String, Value>> {
    let at = descriptions
        .iter()
        .position(|text| text.role == ninjs::FRONT_MATTER)?;
    let fields = serde_json::from_str(&descriptions.get(at)?.text).ok()?;
    descriptions.remove(at);
    Some(fields)
}

fn headlines(item: &mut Properties, made: &mut Made) -> Result<(), Refusal> {
    let (main, deck) = ninjs::HEADLINES;
    let mut all = item.texts("headlines", "headline_");
    for text in &mut all {
        text.text = text.clone().plain();
    }
    let first = item.text(&["headline"]);
    let named = item.text(&["title"]);
    let at = all.iter().position(|text| text.role == main);
    let at = at.or_else(|| all.iter().position(|text| text.role.is_empty()));
    let title = match (first, at) {
        (Some(first), _) => Some(first),
        (None, Some(at)) => Some(all.remove(at).text),
        (None, None) if named.is_none() && !all.is_empty() => Some(all.remove(0).text),
        (None, None) => None,
    };
    made.draft.title = tidy(title.as_ref().or(named.as_ref()).map_or("", String::as_str));
    if made.draft.title.is_empty() {
        return Err(Refusal {
            code: Code::ImportItem,
            reason: "the item has no headline".into(),
        });
    }
    if let Some(named) = named.filter(|named| tidy(named) != made.draft.title) {
        made.keep("title", Value::String(named));
    }
    let is_deck = |text: &Text| {
        let roles = [deck, "subheadline", "subhead", "subtitle", "sub"];
        roles.contains(&text.role.as_str())
    };
    if let Some(at) = all.iter().position(is_deck) {
        made.draft.text("deck", all.remove(at).text);
    }
    for text in all {
        made.keep(&format!("headline_{}", text.role), Value::String(text.text));
    }
    Ok(())
}

/// When it was published is when its content was made, else when its first version was, else
/// when this one was.
fn dates(item: &mut Properties, own: bool, made: &mut Made) -> Result<(), String> {
    let mut date = |names: &[&str]| -> Result<Option<Date>, String> {
        let Some(text) = item.text(names) else {
            return Ok(None);
        };
        let name = names.first().copied().unwrap_or_default();
        let date = Date::parse(&text).map_err(|reason| format!("`{name}`: {reason}"))?;
        Ok(Some(date))
    };
    let content = date(&["contentcreated"])?;
    let first = date(&["firstcreated"])?;
    let version = date(&["versioncreated"])?;
    let embargo = date(&["embargoed"])?;
    let published = match own {
        true => first,
        false => content.or(first).or(version),
    };
    made.draft.date = published.map(|date| date.to_string());
    let changed = version.filter(|version| Some(*version) != published);
    let changed = changed.map(|date| date.to_string());
    made.draft.text("updated", changed.unwrap_or_default());
    let embargo = embargo.map(|date| date.to_string());
    made.draft
        .text("embargo_until", embargo.unwrap_or_default());
    Ok(())
}

/// The summary: the description that is called so, else the first.
fn described(mut descriptions: Vec<Text>, own: bool, made: &mut Made) {
    let at = descriptions
        .iter()
        .position(|text| text.role == ninjs::SUMMARY);
    let first = (!own && !descriptions.is_empty()).then_some(0);
    if let Some(at) = at.or(first) {
        made.draft.text("summary", descriptions.remove(at).plain());
    }
    for text in descriptions {
        let name = format!("description_{}", text.role);
        made.keep(&name, Value::String(text.text));
    }
}

/// How the article is called: the address of an item of ours is made anew, and is the identity
/// of any other.
fn identity(item: &mut Properties, own: bool, made: &mut Made) {
    let uri = item.text(&["uri"]);
    let line = item.text(&["slugline"]);
    if !own {
        made.draft.text("id", uri.unwrap_or_default());
        match line {
            Some(line) if slug::slug(&line, false) == line => made.draft.text("slug", line),
            Some(line) => made.keep("slugline", Value::String(line)),
            None => {}
        }
        return;
    }
    made.draft.text("slug", line.unwrap_or_default());
    let mut aliases = Vec::new();
    for mut id in item.list(&["altids"]) {
        let value = id.text(&["value"]).unwrap_or_default();
        match id.text(&["role"]).as_deref() {
            Some(ninjs::ID) => made.draft.text("id", value),
            Some(ninjs::ALIAS) => aliases.push(value),
            role => made.keep(role.unwrap_or("altids"), Value::String(value)),
        }
    }
    made.draft.list("aliases", aliases);
}

/// The rights, where they are not those of the site.
fn rights(item: &mut Properties, own: Option<&Map<String, Value>>, desk: &Desk, made: &mut Made) {
    let holder = item.text(&["copyrightholder"]);
    let notice = item.text(&["copyrightnotice"]);
    let terms = item.text(&["usageterms"]);
    let mut linked = None;
    if let Some(mut info) = item.list(&["rightsinfo"]).into_iter().next() {
        linked = info.text(&["linkedrights"]);
        for (name, value) in info.rest() {
            made.keep(&format!("rightsinfo/{name}"), value);
        }
    }
    let (license, statement) = match own {
        Some(_) => (linked.or(terms), notice),
        // Terms of use are sentences, and a licence is a name or an address.
        None => {
            let said: Vec<String> = [notice, terms].into_iter().flatten().collect();
            (linked, (!said.is_empty()).then(|| said.join(" ")))
        }
    };
    let rights = Rights {
        license,
        holder,
        statement,
    };
    if rights == desk.rights || own.is_some_and(|own| own.contains_key("rights")) {
        return;
    }
    let fields = [
        ("license", rights.license),
        ("holder", rights.holder),
        ("statement", rights.statement),
    ];
    let fields = fields
        .into_iter()
        .filter_map(|(key, text)| Some((key.to_owned(), Value::String(text?))));
    made.draft.value("rights", Value::Object(fields.collect()));
}

fn language(item: &mut Properties, desk: &Desk, made: &mut Made) {
    let Some(language) = item.text(&["language"]) else {
        return;
    };
    let tag = language.replace('_', "-");
    if desk.language.as_deref() == Some(&*tag) {
        return;
    }
    if is_language(&tag) {
        made.draft.text("language", tag);
    } else {
        made.keep("language", Value::String(language));
    }
}

fn genre(item: &mut Properties, of_type: Option<&str>, made: &mut Made) {
    let mut kind = None;
    for mut genre in item.list(&["genres", "genre"]) {
        let name = genre.text(&["name"]);
        let code = genre.text(&["literal", "code"]);
        let known = [&code, &name].into_iter().flatten().find_map(|text| {
            KINDS
                .iter()
                .find(|kind| kind.eq_ignore_ascii_case(text))
                .copied()
        });
        match known.filter(|_| kind.is_none()) {
            Some(known) => kind = Some(known),
            None => {
                let name = name.or(code).unwrap_or_default();
                made.keep("genre", Value::String(name));
            }
        }
    }
    let picture = matches!(of_type, Some("picture" | "graphic"));
    let kind = kind.or(picture.then_some("photo"));
    made.draft.text("kind", kind.unwrap_or_default());
    if let Some(of_type) = of_type.filter(|t| !matches!(*t, "text" | "composite")) {
        made.keep("type", Value::String(of_type.to_owned()));
    }
}

/// The letters of all texts of an item.
pub(super) fn letters(value: &Value) -> u64 {
    match value {
        Value::String(text) => Letters::of(text),
        Value::Array(items) => items.iter().map(letters).sum(),
        Value::Object(fields) => fields.values().map(letters).sum(),
        _ => 0,
    }
}
