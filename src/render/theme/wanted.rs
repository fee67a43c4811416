//! Which fields of what they are given templates can look at, so that nothing is made for a page
//! that its template has no place for.
//!
//! Told from the text of the templates, and in doubt everything counts as looked at: where a
//! value is used as a whole, or by a name that is made as the page is.

use std::collections::{BTreeMap, BTreeSet};

/// What the templates of each name look at, with all that they extend, include and call.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    templates: BTreeMap<String, Looks>,
    /// What any of them looks at.
    any: Looks,
}

/// What a template looks at.
#[derive(Debug, Clone, Default)]
struct Looks {
    /// The first step of each path: `page.title`.
    fields: BTreeMap<String, BTreeSet<String>>,
    /// The names that are used as a whole: `page`.
    whole: BTreeSet<String>,
    /// What may be the name of another template.
    texts: BTreeSet<String>,
    /// The components it may call.
    calls: BTreeSet<String>,
}

/// With this name Tera shows all that there is.
const EVERYTHING: &str = "__tera_context";

impl Wanted {
    /// Looks through templates, each with its whole name: `broadsheet/article.html`.
    pub(super) fn new<'t>(sources: impl Iterator<Item = (&'t str, &'t str)>) -> Wanted {
        let mut bodies: BTreeMap<&str, Vec<(&str, Looks)>> = BTreeMap::new();
        let mut components: BTreeMap<String, Looks> = BTreeMap::new();
        for (name, text) in sources {
            let mut body = Looks::default();
            for (component, part) in parts(text) {
                match component {
                    Some(component) => components.entry(component.to_owned()).or_default(),
                    None => &mut body,
                }
                .read(part);
            }
            bodies.entry(base(name)).or_default().push((name, body));
        }
        let names: Vec<&str> = bodies.keys().copied().collect();
        let mut wanted = Wanted::default();
        for name in names {
            let looks = closure(name, &bodies, &components);
            wanted.any.add(&looks);
            wanted.templates.insert(name.to_owned(), looks);
        }
        wanted
    }

    /// Whether a template can look at a field of one of the values that it is given.
    pub(super) fn has(&self, template: &str, value: &str, field: &str) -> bool {
        let looks = self.templates.get(template);
        looks.is_none_or(|looks| looks.has(value, field))
    }

    /// Whether any template can.
    pub(super) fn has_anywhere(&self, value: &str, field: &str) -> bool {
        self.any.has(value, field)
    }
}

/// All that the first template of a name looks at. A template of the same name in a layer below
/// counts only where one above it names it.
fn closure(
    name: &str,
    bodies: &BTreeMap<&str, Vec<(&str, Looks)>>,
    components: &BTreeMap<String, Looks>,
) -> Looks {
    let mut all = Looks::default();
    let mut open: Vec<&Looks> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let first = bodies.get(name).and_then(|layers| layers.first());
    if let Some((whole, looks)) = first {
        seen.insert(whole);
        open.push(looks);
    }
    while let Some(looks) = open.pop() {
        all.add(looks);
        for text in &looks.texts {
            for (whole, body) in named(text, bodies) {
                if seen.insert(whole) {
                    open.push(body);
                }
            }
        }
        for call in &looks.calls {
            if let Some((name, body)) = components.get_key_value(call)
                && seen.insert(name)
            {
                open.push(body);
            }
        }
    }
    all
}

/// The name of a template without that of its layer.
fn base(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, base)| base)
}

/// The templates that a text may name: with its layer, or without one the first of that name.
fn named<'b, 't>(
    text: &str,
    bodies: &'b BTreeMap<&'t str, Vec<(&'t str, Looks)>>,
) -> Vec<&'b (&'t str, Looks)> {
    let text = text.trim_start_matches('.');
    let layers = bodies.get(base(text)).into_iter().flatten();
    let whole = layers.filter(|(whole, _)| whole.trim_start_matches('.') == text);
    let first = bodies.get(text).and_then(|layers| layers.first());
    whole.chain(first).collect()
}

/// The components that a text defines, each with its body, and what stands between them.
fn parts(text: &str) -> Vec<(Option<&str>, &str)> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|text| text.find("{%")) {
        from += at + 2;
        let (before, tag) = rest.split_at(from - 2);
        let inside = tag[2..].trim_start_matches('-').trim_start();
        let Some((name, after)) = inside
            .strip_prefix("component")
            .filter(|after| after.starts_with(char::is_whitespace))
            .and_then(|after| after.split_once('('))
        else {
            continue;
        };
        let (body, after) = after.split_once("endcomponent").unwrap_or((after, ""));
        parts.push((None, before));
        // What it takes is no use of it, up to the end of the tag.
        let body = body.find("%}").map_or("", |end| &body[end + 2..]);
        parts.push((Some(name.trim()), body));
        (rest, from) = (after, 0);
    }
    parts.push((None, rest));
    parts
}

impl Looks {
    fn has(&self, value: &str, field: &str) -> bool {
        self.whole.contains(value)
            || self.whole.contains(EVERYTHING)
            || self.fields.get(value).is_some_and(|f| f.contains(field))
    }

    /// Adds what another template looks at.
    fn add(&mut self, other: &Looks) {
        for (value, fields) in &other.fields {
            let own = self.fields.entry(value.clone()).or_default();
            own.extend(fields.iter().cloned());
        }
        self.whole.extend(other.whole.iter().cloned());
    }

    /// Reads what stands in the tags of a text.
    fn read(&mut self, text: &str) {
        if text.contains("endraw") {
            // What looks like a tag there is none, and may not end as one.
            self.whole.insert(EVERYTHING.to_owned());
        }
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            rest = &rest[open + 1..];
            rest = match rest.chars().next() {
                Some('{' | '%') => self.tag(&rest[1..]),
                Some('#') => rest.split_once("#}").map_or("", |(_, after)| after),
                _ => rest,
            };
        }
    }

    /// Reads one tag, and gives what follows it.
    fn tag<'t>(&mut self, tag: &'t str) -> &'t str {
        let mut rest = tag;
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            if rest.starts_with("}}") || rest.starts_with("%}") {
                return &rest[2..];
            }
            if let Some(after) = rest.strip_prefix("...") {
                (rest, before) = (after, ' ');
                continue;
            }
            let after = &rest[c.len_utf8()..];
            rest = match c {
                '"' | '\'' | '`' => {
                    let (text, after) = quoted(after, c);
                    // A name may be written with a backslash in it.
                    self.texts.insert(text.replace('\\', ""));
                    after
                }
                c if is_of_name(c) => self.name(rest, before),
                _ => after,
            };
            if !c.is_whitespace() {
                before = c;
            }
        }
        rest
    }

    /// Reads a name and the first step after it; `before` is the sign before the name.
    fn name<'t>(&mut self, text: &'t str, before: char) -> &'t str {
        let (name, rest) = split_name(text);
        if before == '.' {
            return rest;
        }
        if before == '<' {
            // A component can have a name in several parts.
            let end = text.find(|c| !is_of_name(c) && c != '.');
            let (call, after) = text.split_at(end.unwrap_or(text.len()));
            self.calls.insert(call.to_owned());
            if call.ends_with('.') || after.trim_start().starts_with('.') {
                self.whole.insert(EVERYTHING.to_owned());
            }
        }
        let step = rest.strip_prefix('.').map(split_name);
        match step.filter(|(field, _)| !field.is_empty()) {
            Some((field, rest)) => {
                let fields = self.fields.entry(name.to_owned()).or_default();
                fields.insert(field.to_owned());
                rest
            }
            None => {
                self.whole.insert(name.to_owned());
                rest
            }
        }
    }
}

/// The text of a quotation, and what follows its end.
fn quoted(text: &str, mark: char) -> (&str, &str) {
    let mut escaped = false;
    let end = text.find(|c| {
        let ends = c == mark && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let (text, after) = text.split_at(end.unwrap_or(text.len()));
    (text, after.get(1..).unwrap_or_default())
}

fn split_name(text: &str) -> (&str, &str) {
    let end = text.find(|c| !is_of_name(c)).unwrap_or(text.len());
    text.split_at(end)
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    fn wanted(sources: &[(&str, &str)]) -> Wanted {
        Wanted::new(sources.iter().copied())
    }

    #[test]
    fn a_field_is_wanted_where_its_path_is_written() {
        let one = wanted(&[(
            "site/a.html",
            "{{ page.title | t(x=page.kind) }} page.meta {%- if page.links[0].rel == \"page.head\" %}",
        )]);
        for (field, expected) in [
            ("title", true),
            ("kind", true),
            ("links", true),
            ("meta", false),
            ("head", false),
            ("rel", false),
        ] {
            assert_eq!(one.has("a.html", "page", field), expected, "{field}");
            assert_eq!(one.has_anywhere("page", field), expected, "{field}");
        }
        assert!(one.has("unknown.html", "page", "meta"));
    }

    #[test]
    fn a_value_that_is_used_as_a_whole_is_wanted_as_a_whole() {
        for text in [
            "{{ article }}",
            "{{ article[key] }}",
            "{{ article[\"deck\"] }}",
            "{% for key, value in article %}",
            "{{ <story article/> }}",
            "{{ <story article={article}/> }}",
            "{{ <story {...article}/> }}",
            "{{ <parts . story/> }}",
            "{{ <parts. story/> }}",
            "{{ [...article] }}",
            "{% set a = article %}",
            "{{ article?.deck }}",
            "{{ article .deck }}",
            "{{ __tera_context }}",
            "{{ article | json_encode }}",
            "{{ \"}}\" ~ article }}",
            "{{ \"\\\"\" ~ article }}",
            "{# don't {{ #}{{ article }}",
            "{% raw %}{{ '{% endraw %}{{ article.title }}",
            "{{ \"{ component x(\" ~ article }}",
        ] {
            let one = wanted(&[("site/a.html", text)]);
            assert!(one.has("a.html", "article", "deck"), "{text}");
        }
    }

    #[test]
    fn parents_includes_and_components_count_and_what_is_covered_does_not() {
        let all = wanted(&[
            (
                "site/a.html",
                "{% extends \"base.html\" %}{{ <when date={x.y}/> }}",
            ),
            ("site/c.html", "{% extends \"theme/c.html\" %}"),
            ("theme/a.html", "{{ page.one }}"),
            ("theme/base.html", "{% include \"b.html\" %}"),
            ("below/base.html", "{{ page.six }}"),
            ("below/d.html", "{% extends \"base.html\" %}"),
            ("theme/b.html", "{{ page.two }}"),
            ("theme/c.html", "{{ page.five }}"),
            (
                "theme/parts.html",
                "{% component when(date, @page) -%}{{ page.three }}{{ <other/> }}{%- endcomponent when %} \
                 {% component other(n) %}{{ page.four }}{% endcomponent other %}",
            ),
        ]);
        for (field, expected) in [
            ("one", false),
            ("two", true),
            ("three", true),
            ("four", true),
            ("five", false),
        ] {
            assert_eq!(all.has("a.html", "page", field), expected, "{field}");
        }
        assert!(!all.has("d.html", "page", "six"));
        assert!(!all.has_anywhere("page", "six"));
        assert!(all.has("c.html", "page", "five"));
        assert!(!all.has("parts.html", "page", "three"));
    }
}
