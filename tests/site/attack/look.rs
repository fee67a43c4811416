//! What must not be found in a file of a site, whatever its archive holds.

use scraper::{ElementRef, Html, Node};

/// What in a page would act, as a browser reads it.
pub(super) fn page(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let mut problems = Vec::new();
    for node in document.tree.nodes() {
        let Some(element) = ElementRef::wrap(node) else {
            continue;
        };
        let name = element.value().name();
        if matches!(
            name,
            "x-pwn" | "iframe" | "object" | "embed" | "base" | "applet" | "frame"
        ) {
            problems.push(format!("<{name}>"));
        }
        if name == "script" {
            script(element, &mut problems);
        }
        for (key, value) in element.value().attrs() {
            if key.starts_with("on")
                || key == "x-pwn"
                || key == "srcdoc"
                || key == "style" && value.contains("pwn")
            {
                problems.push(format!("<{name} {key}={value:.80}>"));
            }
            if is_address(key, name) && acts(value, element) {
                problems.push(format!("<{name} {key}={value:.80}>"));
            }
        }
    }
    problems
}

fn script(element: ElementRef<'_>, problems: &mut Vec<String>) {
    let text: String = element.text().collect();
    if element.attr("type") != Some("application/ld+json") {
        problems.push(format!("<script>{text:.80}"));
    } else if serde_json::from_str::<serde_json::Value>(&text).is_err() {
        problems.push(format!("JSON-LD that is none: {text:.80}"));
    }
}

fn is_address(key: &str, element: &str) -> bool {
    matches!(
        key,
        "href" | "src" | "action" | "formaction" | "poster" | "cite" | "xlink:href" | "background"
    ) || (element == "object" && key == "data")
        || (element == "meta" && key == "content")
}

/// Whether an address could run something. Files within a page are of our own making: they are
/// downloaded, or are the icon of a page without one.
fn acts(value: &str, element: ElementRef<'_>) -> bool {
    let bare: String = value
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let lower = bare.to_ascii_lowercase();
    if element.value().name() == "meta" {
        return element.attr("http-equiv").is_some() && lower.contains("script:");
    }
    let ours = element.attr("download").is_some() || value == "data:,";
    lower.starts_with("javascript:")
        || lower.starts_with("vbscript:")
        || lower.starts_with("view-source:")
        || lower.starts_with("data:")
            && (!ours || lower.contains("html") && lower.find("html") < lower.find(','))
}

/// The texts of a page in which a sign that turns text around is not ended.
pub(super) fn turned(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let mut found = Vec::new();
    for node in document.tree.nodes() {
        if let Some(element) = ElementRef::wrap(node) {
            let block = matches!(
                element.value().name(),
                "a" | "bdi"
                    | "title"
                    | "h1"
                    | "h2"
                    | "h3"
                    | "li"
                    | "dd"
                    | "dt"
                    | "td"
                    | "th"
                    | "p"
                    | "figcaption"
            );
            let text: String = element.text().collect();
            if block && !is_even(&text) && !is_body(&text) {
                found.push(format!("<{}> {text:.100?}", element.value().name()));
            }
            for (key, value) in element.value().attrs() {
                if !is_even(value) {
                    found.push(format!("{key}={value:.100?}"));
                }
            }
        }
        if let Node::Text(text) = node.value()
            && !is_even(text)
            && !is_body(text)
            && node
                .parent()
                .and_then(ElementRef::wrap)
                .is_none_or(|p| p.value().name() != "script")
        {
            found.push(format!("{:.100?}", &**text));
        }
    }
    found
}

/// Whether a text stands in a body, where the end of its paragraph ends what it turned (UAX #9, P1).
fn is_body(text: &str) -> bool {
    ["=body", "=record", "=page", "huge"]
        .iter()
        .any(|name| text.contains(name))
}

/// Whether every embedding, override and isolate is ended, and nothing ends that was not begun.
fn is_even(text: &str) -> bool {
    let mut open = Vec::new();
    for sign in text.chars() {
        match sign {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push('\u{202c}'),
            '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
            '\u{202c}' | '\u{2069}' if open.pop() != Some(sign) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// What is wrong with a file that is no page.
pub(super) fn file(name: &str, bytes: &[u8]) -> Vec<String> {
    let mut problems = Vec::new();
    let text = String::from_utf8_lossy(bytes);
    let ending = name.rsplit('.').next().unwrap_or_default();
    match ending {
        "xml" => {
            let mut reader = quick_xml::Reader::from_str(&text);
            reader.config_mut().check_end_names = true;
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(quick_xml::events::Event::Start(tag)) if tag.name().as_ref() == "x-pwn" => {
                        problems.push("an element of the content".to_owned());
                    }
                    Ok(_) => {}
                    Err(error) => {
                        problems.push(format!("{error}"));
                        break;
                    }
                }
            }
        }
        "json" => {
            if let Err(error) = serde_json::from_str::<serde_json::Value>(&text) {
                problems.push(format!("{error}"));
            }
        }
        "jsonl" => {
            for line in text.lines() {
                if let Err(error) = serde_json::from_str::<serde_json::Value>(line) {
                    problems.push(format!("{error}"));
                }
            }
        }
        "csv" => {
            let mut rows = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(bytes);
            for row in rows.records() {
                let row = row.unwrap();
                for cell in row.iter() {
                    let number = cell.parse::<f64>().is_ok();
                    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !number {
                        problems.push(format!("a cell that is a formula: {cell:.60}"));
                    }
                }
            }
        }
        _ => {}
    }
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
        && ending != "png"
    {
        problems.push("a control character".to_owned());
    }
    problems
}
