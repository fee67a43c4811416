//! Turns changes of a front matter into bytes to put in the place of others.

use std::ops::Range;

use super::tree::{Kind, Node, Style};
use super::write::{self, Place};
use super::{Entry, Sheet, lists, refusal};
use crate::content::front_matter::Syntax;
use crate::diagnostics::Diagnostic;

/// Bytes of the old file, and what comes in their place.
pub(super) type Patch = (Range<usize>, String);

/// The changes of one file so far.
pub(super) struct Splice<'s, 'a> {
    sheet: &'s Sheet<'a>,
    patches: Vec<Patch>,
}

impl<'s, 'a> Splice<'s, 'a> {
    pub(super) fn new(sheet: &'s Sheet<'a>) -> Self {
        Splice {
            sheet,
            patches: Vec::new(),
        }
    }

    /// The new file.
    pub(super) fn finish(self) -> String {
        applied(self.sheet.source, self.patches)
    }

    fn place(&self, flow: bool) -> Place {
        Place {
            syntax: self.sheet.syntax,
            flow,
        }
    }

    fn refuse<T>(&self, node: &Node, reason: &str) -> Result<T, Diagnostic> {
        Err(refusal(self.sheet.source, node.at.clone(), reason).help("edit this file by hand"))
    }

    /// Puts another text in the place of a scalar.
    fn rewrite(&mut self, node: &Node, text: &str, flow: bool) -> Result<(), Diagnostic> {
        match node.kind {
            _ if node.tied => self.refuse(
                node,
                "an anchor or a tag stands here, on which other values may depend",
            ),
            Kind::Scalar(Style::Block) => self.refuse(node, "the name is written on several lines"),
            Kind::Scalar(style) => {
                let new = write::text(text, style, self.place(flow));
                self.patches.push((node.at.clone(), new));
                Ok(())
            }
            _ => self.refuse(node, "there is no single text here"),
        }
    }

    /// Makes a field list these names.
    pub(super) fn names(&mut self, key: &str, entries: &[Entry]) -> Result<(), Diagnostic> {
        let sheet = self.sheet;
        let Some((key_at, node)) = sheet.root.get(key) else {
            if entries.is_empty() {
                return Ok(());
            }
            let line = self.new_line(key, &self.list_of(entries));
            return self.insert(&[], line);
        };
        let old = sheet.names(key);
        match &node.kind {
            Kind::Alias => self.refuse(node, "the list stands elsewhere, at an anchor"),
            Kind::Map { .. } => self.refuse(node, "there is a mapping where names are expected"),
            Kind::List { items, flow } => self.in_list(node, items, *flow, key_at, entries),
            Kind::Scalar(_) if entries.is_empty() && old.is_empty() => Ok(()),
            Kind::Scalar(_) if entries.is_empty() => self.remove_field(key_at, node),
            Kind::Scalar(_) if old.is_empty() => {
                let list = self.list_of(entries);
                self.fill(key_at, node, &list)
            }
            Kind::Scalar(_) => match sheet.separator(key) {
                Some(separator) => {
                    let written = sheet.value(key).and_then(super::Value::scalar);
                    let text = lists::joined(&written.unwrap_or_default(), separator, entries);
                    let Some(text) = text else {
                        let reason =
                            format!("a name holds {separator:?}, which parts the names here");
                        return self.refuse(node, &reason);
                    };
                    self.rewrite(node, &text, false)
                }
                None => match entries {
                    [Entry::Kept(_)] => Ok(()),
                    [Entry::Rewritten(_, text)] => self.rewrite(node, text, false),
                    _ => self.grow(node, &old, entries),
                },
            },
        }
    }

    /// The names of entries as a list on one line.
    fn list_of(&self, entries: &[Entry]) -> String {
        let texts = entries.iter().filter_map(|entry| match entry {
            Entry::Kept(_) => None,
            Entry::Rewritten(_, text) | Entry::New(text) => Some(text),
        });
        let place = self.place(true);
        let written: Vec<String> = texts.map(|t| write::text(t, Style::Plain, place)).collect();
        format!("[{}]", written.join(", "))
    }

    /// Makes a list of a single name.
    fn grow(&mut self, node: &Node, old: &[String], entries: &[Entry]) -> Result<(), Diagnostic> {
        if node.tied || matches!(node.kind, Kind::Scalar(Style::Block)) {
            return self.refuse(node, "the name cannot become one of a list");
        }
        let style = match node.kind {
            Kind::Scalar(style) => style,
            _ => Style::Plain,
        };
        let place = self.place(true);
        let texts = entries.iter().map(|entry| match entry {
            Entry::Kept(index) => old.get(*index).map_or("", String::as_str),
            Entry::Rewritten(_, text) | Entry::New(text) => text,
        });
        let written: Vec<String> = texts.map(|t| write::text(t, style, place)).collect();
        let list = format!("[{}]", written.join(", "));
        self.patches.push((node.at.clone(), list));
        Ok(())
    }

    /// Gives a field a value that has none: nothing, `~` or an empty text.
    fn fill(&mut self, key_at: &Range<usize>, node: &Node, value: &str) -> Result<(), Diagnostic> {
        if node.tied {
            return self.refuse(node, "an anchor or a tag stands here");
        }
        if !node.at.is_empty() {
            self.patches.push((node.at.clone(), value.to_owned()));
            return Ok(());
        }
        let rest = self.sheet.source.get(key_at.end..).unwrap_or_default();
        let colon = rest.find(':').map(|at| key_at.end + at + 1);
        let Some(at) = colon.filter(|at| {
            rest.get(..at - key_at.end)
                .is_some_and(|t| !t.contains('\n'))
        }) else {
            return self.refuse(node, "the field has no value on its line");
        };
        self.patches.push((at..at, format!(" {value}")));
        Ok(())
    }

    /// Changes a list.
    fn in_list(
        &mut self,
        node: &Node,
        items: &[Node],
        flow: bool,
        key_at: &Range<usize>,
        entries: &[Entry],
    ) -> Result<(), Diagnostic> {
        let mut kept = vec![false; items.len()];
        let mut new: Vec<&str> = Vec::new();
        for entry in entries {
            match entry {
                Entry::New(text) => new.push(text),
                Entry::Kept(index) | Entry::Rewritten(index, _) => {
                    if let Some(kept) = kept.get_mut(*index) {
                        *kept = true;
                    }
                    if let (Entry::Rewritten(_, text), Some(item)) = (entry, items.get(*index)) {
                        self.rewrite(item, text, flow)?;
                    }
                }
            }
        }
        let removed = items.iter().zip(&kept).filter(|(_, kept)| !**kept);
        if let Some((item, _)) = removed.clone().find(|(item, _)| item.tied) {
            return self.refuse(
                item,
                "an anchor or a tag stands here, on which other values may depend",
            );
        }
        let source = self.sheet.source;
        if entries.is_empty() && !flow {
            // The key goes with its names; comments on lines of their own stay.
            let line = lists::line_start(source, key_at.start)..lists::line_end(source, key_at.end);
            let first = items.first().map_or(0, |item| item.at.start);
            if node.tied || line.start != key_at.start || first < line.end {
                return self.refuse(node, "the field has no lines of its own");
            }
            self.patches.push((line, String::new()));
        }
        let patches = if flow {
            let place = self.place(true);
            lists::flow(source, node, items, &kept, &new, place)
        } else {
            lists::block(source, items, &kept, &new, self.place(false))
        };
        match patches {
            Some(patches) => {
                self.patches.extend(patches);
                Ok(())
            }
            None => self.refuse(
                node,
                "the list is laid out in a way that cannot be followed",
            ),
        }
    }

    /// Takes a whole field out, with its lines.
    fn remove_field(&mut self, key_at: &Range<usize>, node: &Node) -> Result<(), Diagnostic> {
        let source = self.sheet.source;
        if node.tied {
            return self.refuse(
                node,
                "an anchor or a tag stands here, on which other values may depend",
            );
        }
        let in_braces = matches!(&self.sheet.root.kind, Kind::Map { flow: true, .. });
        let own_line = lists::line_start(source, key_at.start) == key_at.start;
        if in_braces || !own_line {
            return self.refuse(node, "the field has no line of its own");
        }
        let end = lists::line_end(source, node.at.end.max(key_at.end));
        self.patches.push((key_at.start..end, String::new()));
        Ok(())
    }

    /// Sets a single text.
    pub(super) fn text(&mut self, path: &[String], text: &str) -> Result<(), Diagnostic> {
        let sheet = self.sheet;
        let Some(key) = path.first() else {
            return Ok(());
        };
        let found = sheet.root.get(key);
        match (found, path.get(1)) {
            (Some((key_at, node)), None) => {
                if sheet.names(key).is_empty() && matches!(node.kind, Kind::Scalar(_)) {
                    let value = write::text(text, Style::Plain, self.place(false));
                    return self.fill(key_at, node, &value);
                }
                // One name in a list is read as that name.
                if let Kind::List { items, flow } = &node.kind
                    && let [item] = &items[..]
                {
                    return self.rewrite(item, text, *flow);
                }
                self.rewrite(node, text, false)
            }
            (None, None) => {
                let value = write::text(text, Style::Plain, self.place(false));
                let line = self.new_line(key, &value);
                self.insert(&["name", "title"], line)
            }
            (Some((_, node)), Some(inner)) => {
                let flow = matches!(&node.kind, Kind::Map { flow: true, .. });
                match node.get(inner) {
                    Some((_, inner)) => self.rewrite(inner, text, flow),
                    None => self.refuse(node, "the key inside it is not there"),
                }
            }
            (None, Some(_)) => Ok(()),
        }
    }

    fn new_line(&self, key: &str, value: &str) -> String {
        let sheet = self.sheet;
        let head = sheet.source.get(..sheet.start).unwrap_or_default();
        let end = if head.ends_with("\r\n") { "\r\n" } else { "\n" };
        let sign = if sheet.syntax == Syntax::Yaml {
            ":"
        } else {
            " ="
        };
        format!("{key}{sign} {value}{end}")
    }

    /// Puts a new line after the last single line that sets one of these keys, else after the last
    /// line of the top level that is no table, else at the beginning.
    fn insert(&mut self, after: &[&str], line: String) -> Result<(), Diagnostic> {
        let sheet = self.sheet;
        let Kind::Map { entries, flow } = &sheet.root.kind else {
            return Ok(());
        };
        if *flow {
            return self.refuse(&sheet.root, "the fields stand in braces");
        }
        let on_its_line = |(at, node): (&Range<usize>, &Node)| {
            let whole = sheet.source.get(at.start..node.at.end.max(at.end))?;
            let single = !whole.contains('\n') && !matches!(node.kind, Kind::Scalar(Style::Block));
            let first = lists::line_start(sheet.source, at.start) == at.start;
            (single && first).then(|| lists::line_end(sheet.source, node.at.end.max(at.end)))
        };
        let named = after
            .iter()
            .find_map(|key| on_its_line(sheet.root.get(key)?));
        let place = named.or_else(|| {
            let top = entries
                .iter()
                .take_while(|(_, at, node)| !is_table(sheet, at, node));
            top.filter_map(|(_, at, node)| on_its_line((at, node)))
                .max()
        });
        let at = place.unwrap_or(sheet.start);
        self.patches.push((at..at, line));
        Ok(())
    }
}

/// A text with these patches. They lie apart from one another; where two touch the same bytes the
/// later is left out, and the proof finds it missing.
pub(super) fn applied(source: &str, mut patches: Vec<Patch>) -> String {
    patches.sort_by_key(|(at, _)| (at.start, at.end));
    let mut text = String::with_capacity(source.len() + 64);
    let mut from = 0;
    for (at, new) in patches {
        let Some(before) = source.get(from..at.start) else {
            continue;
        };
        text.push_str(before);
        text.push_str(&new);
        from = at.end;
    }
    text.push_str(source.get(from..).unwrap_or_default());
    text
}

/// Whether a key of TOML is the heading of a table: a line after it would belong to that table.
fn is_table(sheet: &Sheet<'_>, at: &Range<usize>, node: &Node) -> bool {
    let map = matches!(
        &node.kind,
        Kind::Map { flow: false, .. } | Kind::List { flow: false, .. }
    );
    sheet.syntax == Syntax::Toml && map && lists::line_start(sheet.source, at.start) != at.start
}
