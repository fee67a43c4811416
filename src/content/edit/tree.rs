//! A front matter as it is written: every value with the bytes it takes.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// YAML without quotation marks.
    Plain,
    /// `'…'` of YAML.
    Single,
    /// `"…"` of either language.
    Double,
    /// `'…'` of TOML, in which nothing can be escaped.
    Literal,
    /// A block or a text of several lines, which no name is.
    Block,
    /// Nothing, `true`, a number or a date of TOML.
    Bare,
}

/// A value and the bytes of the file that it takes.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) at: Range<usize>,
    pub(super) kind: Kind,
    /// It is, has or leans on an anchor or a tag: other values may depend on its bytes.
    pub(super) tied: bool,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// One value.
    Scalar(Style),
    /// Several; in brackets, or each on a line with a hyphen.
    List { items: Vec<Node>, flow: bool },
    /// Keys with their places, and values.
    Map {
        entries: Vec<(String, Range<usize>, Node)>,
        flow: bool,
    },
    /// What an anchor stands for.
    Alias,
}

impl Node {
    /// The last value of a key, as the reader takes it, and where the key stands.
    pub(super) fn get(&self, key: &str) -> Option<(&Range<usize>, &Node)> {
        let Kind::Map { entries, .. } = &self.kind else {
            return None;
        };
        let found = entries.iter().rev().find(|(name, _, _)| name == key);
        found.map(|(_, at, node)| (at, node))
    }
}

/// The tree of a YAML block that begins at byte `base` of the file. `None` where it cannot be
/// followed: another reader of YAML may be stricter than ours.
pub(super) fn yaml(block: &str, base: usize) -> Option<Node> {
    let bytes: Vec<usize> = block.char_indices().map(|(at, _)| at).collect();
    let mut reader = Yaml {
        block,
        base,
        bytes,
        parser: Parser::new_from_str(block),
    };
    loop {
        match reader.next()? {
            (Event::StreamStart | Event::DocumentStart(_), _) => {}
            (event, span) => return reader.node(event, span, 0),
        }
    }
}

/// Deeper than any front matter, and shallow enough for any stack.
const DEEPEST: usize = 64;

struct Yaml<'a> {
    block: &'a str,
    base: usize,
    /// The byte of each character.
    bytes: Vec<usize>,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
}

impl<'a> Yaml<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.parser.next_event()?.ok()
    }

    fn byte(&self, character: usize) -> usize {
        let end = self.block.len();
        self.base + self.bytes.get(character).copied().unwrap_or(end)
    }

    fn range(&self, span: &Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }

    fn text(&self, at: &Range<usize>) -> &'a str {
        let within = at.start - self.base..at.end - self.base;
        self.block.get(within).unwrap_or_default()
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Option<Node> {
        let at = self.range(&span);
        if depth > DEEPEST {
            return None;
        }
        match event {
            Event::Scalar(_, style, anchor, tag) => {
                let style = match style {
                    ScalarStyle::SingleQuoted => Style::Single,
                    ScalarStyle::DoubleQuoted => Style::Double,
                    ScalarStyle::Plain if at.is_empty() => Style::Bare,
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let tied = anchor != 0 || tag.is_some();
                let at = if tied { at } else { self.trimmed(at, style) };
                Some(Node {
                    at,
                    kind: Kind::Scalar(style),
                    tied,
                })
            }
            Event::Alias(_) => Some(Node {
                at,
                kind: Kind::Alias,
                tied: true,
            }),
            Event::SequenceStart(anchor, tag) => self.list(at, anchor != 0 || tag.is_some(), depth),
            Event::MappingStart(anchor, tag) => self.map(at, anchor != 0 || tag.is_some(), depth),
            _ => None,
        }
    }

    fn list(&mut self, mut at: Range<usize>, tied: bool, depth: usize) -> Option<Node> {
        let flow = self.text(&at).starts_with('[');
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, span) => {
                    let last = items.last().map_or(at.end, |item: &Node| item.at.end);
                    at.end = if flow { self.range(&span).end } else { last };
                    let kind = Kind::List { items, flow };
                    return Some(Node { at, kind, tied });
                }
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn map(&mut self, mut at: Range<usize>, tied: bool, depth: usize) -> Option<Node> {
        let flow = self.text(&at).starts_with('{');
        let mut entries: Vec<(String, Range<usize>, Node)> = Vec::new();
        loop {
            match self.next()? {
                (Event::MappingEnd, span) => {
                    let last = entries.last().map_or(at.end, |(_, _, node)| node.at.end);
                    at.end = if flow { self.range(&span).end } else { last };
                    let kind = Kind::Map { entries, flow };
                    return Some(Node { at, kind, tied });
                }
                (event, span) => {
                    let key = match &event {
                        Event::Scalar(text, ..) => text.clone().into_owned(),
                        _ => String::new(),
                    };
                    let key_at = self.node(event, span, depth + 1)?.at;
                    let (event, span) = self.next()?;
                    let value = self.node(event, span, depth + 1)?;
                    entries.push((key, key_at, value));
                }
            }
        }
    }

    /// The bytes of a quoted text alone: the parser counts a comment behind it in.
    fn trimmed(&self, at: Range<usize>, style: Style) -> Range<usize> {
        let text = self.text(&at);
        let length = match style {
            Style::Single => closing(text, '\''),
            Style::Double => closing(text, '"'),
            _ => Some(text.trim_end().len()),
        };
        at.start..at.start + length.unwrap_or(text.len())
    }
}

/// The length of a quoted text with its marks.
fn closing(text: &str, mark: char) -> Option<usize> {
    let mut signs = text.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        if sign == '\\' && mark == '"' {
            signs.next();
        } else if sign == mark {
            match signs.peek() {
                Some((_, next)) if *next == mark && mark == '\'' => {
                    signs.next();
                }
                _ => return Some(at + 1),
            }
        }
    }
    None
}

/// The tree of a TOML block that begins at byte `base` of the file.
pub(super) fn toml(block: &str, base: usize) -> Option<Node> {
    let table = DeTable::parse(block).ok()?;
    let entries = table_entries(block, base, table.get_ref());
    Some(Node {
        at: base..base + block.len(),
        kind: Kind::Map {
            entries,
            flow: false,
        },
        tied: false,
    })
}

fn table_entries(
    block: &str,
    base: usize,
    table: &DeTable<'_>,
) -> Vec<(String, Range<usize>, Node)> {
    let moved = |span: Range<usize>| base + span.start..base + span.end;
    let entries = table.iter();
    entries
        .map(|(key, value)| {
            let name = key.get_ref().clone().into_owned();
            (name, moved(key.span()), toml_node(block, base, value))
        })
        .collect()
}

fn toml_node(block: &str, base: usize, value: &Spanned<DeValue<'_>>) -> Node {
    let span = value.span();
    let text = block.get(span.clone()).unwrap_or_default();
    let kind = match value.get_ref() {
        DeValue::String(_) if text.starts_with("\"\"\"") || text.starts_with("'''") => {
            Kind::Scalar(Style::Block)
        }
        DeValue::String(_) if text.starts_with('\'') => Kind::Scalar(Style::Literal),
        DeValue::String(_) => Kind::Scalar(Style::Double),
        DeValue::Array(items) => Kind::List {
            items: items
                .iter()
                .map(|item| toml_node(block, base, item))
                .collect(),
            flow: text.starts_with('['),
        },
        DeValue::Table(table) => Kind::Map {
            entries: table_entries(block, base, table),
            flow: text.starts_with('{'),
        },
        _ => Kind::Scalar(Style::Bare),
    };
    Node {
        at: base + span.start..base + span.end,
        kind,
        tied: false,
    }
}
