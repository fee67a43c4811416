//! Everything that a body says, so that it is known again wherever it was copied to.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::tokens::{OpenTag, Token, Tokens};
use super::{Options, RawHtml, allowed, events, plain};

/// What a body says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its text without markup and pictures, each block on a line of its own.
    pub text: String,
    /// Of each picture what it shows and its title, each on a line of its own.
    pub pictures: Vec<String>,
}

/// Reads a body for its words, those of its HTML as well.
pub fn said(body: &str, options: &Options) -> Said {
    let mut said = Said::default();
    // How many pictures are open, one in the other, and the title of the first.
    let (mut open, mut below) = (0_usize, String::new());
    let mut html = String::new();
    for (event, _) in events::events(body, options) {
        match &event {
            Event::Start(Tag::Image { title, .. }) => {
                if open == 0 {
                    below = title.to_string();
                    said.pictures.push(String::new());
                }
                open += 1;
            }
            Event::End(TagEnd::Image) => {
                open -= 1;
                if let Some(picture) = said.pictures.last_mut().filter(|_| open == 0) {
                    picture.push('\n');
                    picture.push_str(&below);
                }
            }
            event if open > 0 => {
                if let Some(picture) = said.pictures.last_mut() {
                    plain::push(picture, event);
                }
            }
            Event::Html(line) => html.push_str(line),
            Event::End(TagEnd::HtmlBlock) => {
                said.html(&html, options);
                said.text.push('\n');
                html.clear();
            }
            Event::InlineHtml(tag) => said.html(tag, options),
            event if ends_line(event) => said.text.push('\n'),
            event => plain::push(&mut said.text, event),
        }
    }
    said
}

impl Said {
    /// HTML of the author's: shown as the text it is, or read as what browsers would show.
    fn html(&mut self, html: &str, options: &Options) {
        if options.html == RawHtml::Escape {
            return self.text.push_str(html);
        }
        for (_, token) in Tokens::new(html) {
            match token {
                Token::Text(text) => self.text.push_str(&plain::decode(text)),
                Token::Open(tag) if tag.name == "img" => self.pictures.push(shown(&tag)),
                Token::Open(OpenTag { name, .. }) | Token::Close(name) => {
                    if allowed::is_block(&name) {
                        self.text.push('\n');
                    } else if name == "br" {
                        self.text.push(' ');
                    }
                }
            }
        }
    }
}

fn shown(img: &OpenTag<'_>) -> String {
    let named = img.attributes.iter();
    let named = named.filter(|(name, _)| matches!(name.as_str(), "alt" | "title"));
    let texts: Vec<_> = named.map(|(_, value)| plain::decode(value)).collect();
    texts.join("\n")
}

/// Whether what follows stands on another line.
pub(super) fn ends_line(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::End(
            TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::CodeBlock
                | TagEnd::TableCell,
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_pictures_stand_apart_from_those_around_them() {
        let body = "A ![b *c* ![d](e \"f\")](g \"h i\") j.\n\n\
            <div><p>k<br>l</p>m <img\nalt='n &amp; o' src=p title=q></div>\n\nr <b>s</b>\n";
        let read = said(body, &Options::default());
        let lines: Vec<&str> = read.text.lines().map(str::trim).collect();
        let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["A  j.", "k l", "m", "r s"]);
        assert_eq!(read.pictures, ["b c d\nh i", "n & o\nq"]);
        let escaped = Options {
            html: RawHtml::Escape,
            ..Options::default()
        };
        assert!(said(body, &escaped).text.contains("<div><p>k<br>"));
        assert_eq!(said("![](", &escaped).text, "![](\n");
    }
}
