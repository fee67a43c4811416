//! Lines become paragraphs: hard-wrapped ones are joined, tables and lists stay as they are.

use unicode_width::UnicodeWidthStr as _;

use super::fold::is_unspaced;

/// A line of a file with its number, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u32,
    /// As it stands, without what shows nothing at its end.
    pub(super) text: String,
}

/// A block of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// One paragraph, on one line.
    Paragraph(String),
    /// Lines whose spaces and ends mean something: a table.
    Table(Vec<String>),
    /// The items of a list.
    List(Vec<String>),
}

/// The column at which the lines of a text were wrapped; `None` where every line is whole.
///
/// Wrapped lines are nearly as long as the longest, whatever they say: of the lines that another
/// one follows, most are at least three quarters of it, and many end in mid-sentence.
pub(super) fn width(lines: &[Line]) -> Option<usize> {
    const WIDEST: usize = 130;
    let length = |line: &Line| line.text.trim().width();
    let followed: Vec<&Line> = lines
        .windows(2)
        .filter(|pair| pair.iter().all(|line| !line.text.trim().is_empty()))
        .filter_map(|pair| pair.first())
        .filter(|line| !is_row(&line.text) && item(&line.text).is_none())
        .collect();
    let longest = lines
        .iter()
        .filter(|line| !is_row(&line.text))
        .map(length)
        .max()?;
    if followed.len() < 2 || !(24..=WIDEST).contains(&longest) {
        return None;
    }
    let full = followed
        .iter()
        .filter(|line| length(line) * 4 >= longest * 3)
        .count();
    let open = followed
        .iter()
        .filter(|line| !ends_sentence(&line.text))
        .count();
    let wrapped = full * 3 >= followed.len() * 2 && open * 2 >= followed.len();
    wrapped.then_some(longest)
}

/// Whether a line ends where a sentence can.
pub(super) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || "\"”’»)'）」』".contains(c));
    line.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', ':'])
}

/// The blocks of a body, each with the number of its first line.
pub(super) fn blocks(lines: &[Line], width: Option<usize>) -> Vec<(u32, Block)> {
    let mut blocks = Vec::new();
    let mut rest = lines;
    while let Some(first) = rest.first() {
        if first.text.trim().is_empty() {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let run = |like: &dyn Fn(&Line) -> bool| rest.iter().take_while(|line| like(line)).count();
        let rows = run(&|line| is_row(&line.text));
        let items = run(&|line| item(&line.text).is_some());
        let (block, used) = if rows >= 2 {
            let rows = rest
                .iter()
                .take(rows)
                .map(|line| line.text.clone())
                .collect();
            (Block::Table(rows), run(&|line| is_row(&line.text)))
        } else if items >= 2 {
            let texts = rest.iter().take(items).filter_map(|line| item(&line.text));
            (Block::List(texts.map(str::to_owned).collect()), items)
        } else {
            let used = paragraph(rest, width, lines);
            let texts: Vec<&str> = rest
                .iter()
                .take(used)
                .map(|line| line.text.trim())
                .collect();
            (Block::Paragraph(join(&texts, lines)), used)
        };
        blocks.push((first.number, block));
        rest = rest.get(used.max(1)..).unwrap_or_default();
    }
    blocks
}

/// How many lines the paragraph has that begins here.
fn paragraph(rest: &[Line], width: Option<usize>, all: &[Line]) -> usize {
    let Some(width) = width else { return 1 };
    let blank = all.iter().any(|line| line.text.trim().is_empty());
    let indented = all
        .iter()
        .skip(1)
        .any(|line| line.text.starts_with([' ', '\t']));
    let mut used = 1;
    for pair in rest.windows(2) {
        let [before, line] = pair else { break };
        let row = is_row(&line.text) && rest.get(used + 1).is_some_and(|next| is_row(&next.text));
        let ended = line.text.trim().is_empty() || row || item(&line.text).is_some();
        let indent =
            indented && line.text.starts_with([' ', '\t']) && !before.text.starts_with([' ', '\t']);
        // Without blank lines and indents a short line that ends a sentence ends a paragraph.
        let short = before.text.trim().width() * 4 < width * 3;
        if ended || indent || (short && ends_sentence(&before.text) && !blank) {
            break;
        }
        used += 1;
    }
    used
}

/// One line of several. A word that was parted with a hyphen is joined only where the text has it
/// whole elsewhere; nobody can tell `well-/known` from `inter-/national` otherwise.
fn join(texts: &[&str], all: &[Line]) -> String {
    let mut joined = String::new();
    for text in texts {
        let (Some(last), Some(first)) = (joined.chars().next_back(), text.chars().next()) else {
            joined.push_str(text);
            continue;
        };
        if last == '-' && first.is_lowercase() {
            let tail: String = joined
                .trim_end_matches('-')
                .rsplit(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default()
                .into();
            let head = text
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default();
            let word = format!("{tail}{head}");
            if all.iter().any(|line| has_word(&line.text, &word)) {
                joined.pop();
            }
        } else if !(is_unspaced(last) && is_unspaced(first)) {
            joined.push(' ');
        }
        joined.push_str(text);
    }
    joined
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|other| other == word)
}

/// Whether a line is a row of a table: columns parted by tabs, bars or runs of spaces.
pub(super) fn is_row(line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() {
        return false;
    }
    let bars = line.matches('|').count();
    let tabs = line
        .split('\t')
        .filter(|cell| !cell.trim().is_empty())
        .count();
    let gaps = line
        .split("   ")
        .filter(|cell| !cell.trim().is_empty())
        .count();
    let rule = line.len() >= 3 && line.chars().all(|c| "-=+| :".contains(c));
    bars >= 2 || tabs >= 2 || gaps >= 2 || rule
}

/// The text of an item of a list.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let text = ["- ", "* ", "• ", "– ", "· "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))?;
    Some(text.trim()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        let lines = text.split('\n').zip(1..);
        lines
            .map(|(text, number)| Line {
                number,
                text: text.to_owned(),
            })
            .collect()
    }

    fn read(text: &str) -> Vec<Block> {
        let lines = lines(text);
        blocks(&lines, width(&lines))
            .into_iter()
            .map(|(_, block)| block)
            .collect()
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(text.to_owned())
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The council of the island voted on the\nferry for the third time this year, and\nthe third time nobody was content.\n\nThe next vote is in the spring.";
        assert_eq!(
            read(text),
            [
                paragraph(
                    "The council of the island voted on the ferry for the third time this year, and the third time nobody was content."
                ),
                paragraph("The next vote is in the spring."),
            ]
        );
    }

    #[test]
    fn whole_lines_stay_paragraphs() {
        assert_eq!(
            read("One sentence stands here.\nAnother one is a bit longer than it.\nA third."),
            [
                paragraph("One sentence stands here."),
                paragraph("Another one is a bit longer than it."),
                paragraph("A third."),
            ]
        );
    }

    #[test]
    fn tables_and_lists_stay() {
        assert_eq!(
            read("Results:\n\nTeam      Points\nNorth     12\nSouth      9\n\n- one\n- two"),
            [
                paragraph("Results:"),
                Block::Table(vec![
                    "Team      Points".into(),
                    "North     12".into(),
                    "South      9".into()
                ]),
                Block::List(vec!["one".into(), "two".into()]),
            ]
        );
    }

    #[test]
    fn parted_words_are_joined_only_where_the_text_has_them_whole() {
        let all = lines("international");
        assert_eq!(
            join(&["the inter-", "national well-", "known"], &all),
            "the international well-known"
        );
    }
}
