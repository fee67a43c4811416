//! An export element by element: each child of the channel whole, one after another.

use std::io::Read;

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};

use super::super::input::{Clean, LONGEST, Repairs, is_damage};

/// How deep an export nests. WordPress writes four levels below the channel.
const DEEPEST: usize = 32;

/// An element with what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name with its prefix, as WordPress writes it: `wp:post_id`.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of a child, as it stands; nothing where there is none.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| &child.text)
    }

    /// The same without white space around it.
    pub(super) fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.text(name).parse().ok()
    }

    pub(super) fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim())
    }
}

/// Why an export cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What is wrong, as a sentence without its end.
    pub reason: String,
    /// Where, in bytes from the beginning of the (decompressed) file.
    pub offset: u64,
    /// Whether it is no export of WordPress at all.
    pub other: bool,
}

/// Reads the children of the channel.
pub(super) struct Elements<R: Read> {
    reader: Reader<Clean<R>>,
    buffer: Vec<u8>,
    inside: bool,
    ended: bool,
    /// References to characters that XML forbids and to entities that nobody defined.
    pub(super) references: u64,
}

impl<R: Read> Elements<R> {
    pub(super) fn new(input: Clean<R>) -> Self {
        let mut reader = Reader::from_reader(input);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        Elements {
            reader,
            buffer: Vec::new(),
            inside: false,
            ended: false,
            references: 0,
        }
    }

    pub(super) fn repairs(&self) -> &Repairs {
        self.reader.get_ref().repairs()
    }

    /// How far the file was read.
    pub(super) fn offset(&self) -> u64 {
        self.reader.get_ref().place(self.reader.buffer_position())
    }

    fn broken(&self, reason: impl Into<String>, offset: u64) -> Broken {
        Broken {
            reason: reason.into(),
            offset: self.reader.get_ref().place(offset),
            other: false,
        }
    }

    fn other(&self, reason: impl Into<String>) -> Broken {
        Broken {
            other: true,
            ..self.broken(reason, self.reader.buffer_position())
        }
    }

    /// The next child of the channel; `None` after the last.
    pub(super) fn next(&mut self) -> Result<Option<Element>, Broken> {
        // Elements that are open, the outermost first.
        let mut open: Vec<Element> = Vec::new();
        let mut size = 0;
        loop {
            let start = self.reader.buffer_position();
            let event = self.event()?;
            size += self.reader.buffer_position().saturating_sub(start);
            if size > LONGEST as u64 * 2 {
                return Err(self.broken("one item is larger than any article can be", start));
            }
            match event {
                Step::Open(element) if !self.inside => self.enter(&element, start)?,
                Step::Open(element) => {
                    if open.len() >= DEEPEST {
                        return Err(self.broken("elements nest too deeply", start));
                    }
                    open.push(element);
                }
                Step::Text(text) => {
                    if let Some(last) = open.last_mut() {
                        last.text.push_str(&text);
                    }
                }
                Step::Close => match open.pop() {
                    None => self.inside = false,
                    Some(done) => match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(Some(done)),
                    },
                },
                Step::Nothing => {}
                Step::End => {
                    if !open.is_empty() || self.inside {
                        return Err(self.broken("the file ends in the middle", start));
                    }
                    if !self.ended {
                        return Err(self.other("there is no channel in it"));
                    }
                    return Ok(None);
                }
            }
        }
    }

    /// Opens what stands around the channel.
    fn enter(&mut self, element: &Element, start: u64) -> Result<(), Broken> {
        match element.name.as_str() {
            "rss" if !self.ended => Ok(()),
            "channel" if !self.ended => {
                self.inside = true;
                self.ended = true;
                Ok(())
            }
            name => {
                let reason = format!("<{name}> stands where <rss> and <channel> should");
                Err(Broken {
                    other: true,
                    ..self.broken(reason, start)
                })
            }
        }
    }

    fn event(&mut self) -> Result<Step, Broken> {
        self.buffer.clear();
        if self.buffer.capacity() > 1 << 20 {
            self.buffer.shrink_to(1 << 20);
        }
        self.reader.get_mut().allow();
        let start = self.reader.buffer_position();
        let step = match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => element(&tag).map(Step::Open),
            Ok(Event::End(_)) => Ok(Step::Close),
            Ok(Event::Text(text)) => Ok(Step::Text(unix(&text))),
            Ok(Event::CData(text)) => Ok(Step::Text(unix(&text))),
            Ok(Event::GeneralRef(name)) => {
                let (text, known) = reference(&name);
                self.references += u64::from(!known);
                Ok(Step::Text(text))
            }
            Ok(Event::DocType(text)) if text.contains("<!ENTITY") => {
                Err("it defines entities, which no export of WordPress does, and which can grow without end".to_owned())
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => Ok(Step::Nothing),
            Ok(Event::Eof) => Ok(Step::End),
            Err(error) => {
                let (reason, at) = explained(&error, self.reader.error_position().max(start), self.reader.buffer_position());
                return Err(self.broken(reason, at));
            }
        };
        step.map_err(|reason| self.broken(reason, start))
    }
}

enum Step {
    Open(Element),
    Text(String),
    Close,
    Nothing,
    End,
}

fn unix(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

fn element(tag: &BytesStart<'_>) -> Result<Element, String> {
    let name: &str = tag.name().into_inner();
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| format!("a tag cannot be read: {error}"))?;
        let key: &str = attribute.key.into_inner();
        attributes.push((key.to_owned(), unescaped(&attribute.value)));
    }
    Ok(Element {
        name: name.to_owned(),
        attributes,
        ..Element::default()
    })
}

/// A value with its references resolved; what nobody defined stays as it is.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.find(';').filter(|end| *end < 12) {
            Some(end) => {
                out.push_str(&reference(&rest[..end]).0);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// What a reference stands for (XML 1.0 §4.1, §4.6), and whether it stands for anything.
fn reference(name: &str) -> (String, bool) {
    let number = |text: &str, base| u32::from_str_radix(text, base).ok();
    let code = match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(digits) => number(digits, 16),
            None => number(digits, 10),
        },
        None => None,
    };
    if let Some(code) = code {
        let c = char::from_u32(code).filter(|c| !crate::content::name::is_forbidden(*c));
        return (c.map(String::from).unwrap_or_default(), c.is_some());
    }
    let known = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return (format!("&{name};"), false),
    };
    (known.to_owned(), true)
}

/// What the reader of XML stumbled over, for people.
fn explained(error: &Error, at: u64, end: u64) -> (String, u64) {
    let truncated = || "the file ends in the middle".to_owned();
    match error {
        Error::Io(error) if is_damage(error) => (
            "the compressed file ends in the middle, or is damaged".into(),
            end,
        ),
        Error::Io(error) => (error.to_string(), end),
        Error::Syntax(SyntaxError::InvalidBangMarkup) => (error.to_string(), at),
        Error::Syntax(_) => (truncated(), at),
        Error::IllFormed(IllFormedError::MissingEndTag(_)) => (truncated(), end),
        other => (other.to_string(), at),
    }
}
