//! Plain text as Markdown that reads back as the same words.

use super::Block;

/// The body as Markdown.
pub fn markdown(blocks: &[Block]) -> String {
    let texts: Vec<String> = blocks.iter().map(block).collect();
    let mut text = texts.join("\n\n");
    text.push('\n');
    text
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => escape(text),
        Block::List(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| format!("- {}", escape(item)))
                .collect();
            items.join("\n")
        }
        Block::Table(rows) => table(rows),
    }
}

/// A table stays as it is: one that is Markdown already, or a block of code, in which spaces count.
fn table(rows: &[String]) -> String {
    let rule = |row: &String| row.contains("---") && row.chars().all(|c| "-| :".contains(c));
    let cells = |row: &String| row.trim().trim_matches('|').matches('|').count();
    let even = rows
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if cells(a) == cells(b)));
    if rows.get(1).is_some_and(rule) && even {
        return rows
            .iter()
            .map(|row| row.trim())
            .collect::<Vec<_>>()
            .join("\n");
    }
    let longest = rows.iter().map(|row| runs(row)).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}", rows.join("\n"))
}

/// The longest run of grave accents.
fn runs(row: &str) -> usize {
    row.split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default()
}

/// A line of plain text with every sign escaped that would mean something to Markdown where it
/// stands.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let special = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '^' | '{' | '}' | '$' => {
                true
            }
            '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            '#' | '+' | '-' | '=' | ':' => at == 0,
            '!' => next == Some('['),
            '.' | ')' => {
                let head = text.get(..at).unwrap_or_default();
                (1..=9).contains(&head.len()) && head.bytes().all(|b| b.is_ascii_digit())
            }
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str) -> String {
        let mut text = String::new();
        for event in pulldown_cmark::Parser::new_ext(markdown, pulldown_cmark::Options::all()) {
            match event {
                pulldown_cmark::Event::Text(more) => text.push_str(&more),
                pulldown_cmark::Event::SoftBreak | pulldown_cmark::Event::HardBreak => {
                    text.push(' ')
                }
                _ => {}
            }
        }
        text
    }

    #[test]
    fn signs_keep_their_meaning() {
        for text in [
            "1. First, the *stars* and [links](x) & &amp; <b>",
            "# no heading",
            "- no item",
            "a_b_c ~~x~~ `y` | z",
            "1986. It was a year",
            "AT&T rose 5 %",
        ] {
            assert_eq!(plain(&escape(text)), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn every_text_reads_back(text in "[ -~éß王]{1,40}") {
            let text = text.trim().to_owned();
            let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH | pulldown_cmark::Options::ENABLE_FOOTNOTES;
            let mut read = String::new();
            for event in pulldown_cmark::Parser::new_ext(&escape(&text), options) {
                if let pulldown_cmark::Event::Text(more) = event { read.push_str(&more); }
            }
            proptest::prop_assert_eq!(read, text);
        }
    }
}
