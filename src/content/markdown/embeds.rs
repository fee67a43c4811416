//! What other hosts would show within a page becomes a link to them: nothing is asked of anybody
//! before a reader clicks.
//!
//! Players and frames have addresses of their own, which show nothing useful when they are opened
//! by themselves; for well-known hosts the page behind them is linked.

use std::borrow::Cow;

use pulldown_cmark_escape::escape_href;

use super::allowed::Element;
use super::plain;
use super::reference::{Reach, ReferenceKind, Target, host, reach};
use super::tokens::{OpenTag, Token, Tokens};
use super::writer::{Content, Writer};

/// What an element would have shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Embed {
    /// Where it leads.
    pub(super) address: String,
    /// What its author calls it.
    title: Option<String>,
}

fn value<'t>(tag: &'t OpenTag<'_>, name: &str) -> Option<Cow<'t, str>> {
    let found = tag.attributes.iter().find(|(n, _)| n == name)?;
    let value = plain::decode(found.1.trim());
    (!value.is_empty()).then_some(value)
}

/// What a frame, a plug-in or a script would have fetched from elsewhere; `None` where there is
/// nothing to link to.
pub(super) fn embed(tag: &OpenTag<'_>) -> Option<Embed> {
    let address = match tag.name.as_str() {
        // Some sites fill `src` in only when the frame is scrolled to.
        "iframe" | "embed" => value(tag, "src")
            .filter(|src| !src.starts_with("about:"))
            .or_else(|| value(tag, "data-src"))?,
        "object" if value(tag, "data").is_none() => {
            // The older way: the plug-in stands in the object.
            let mut inner = Tokens::new(tag.content);
            return inner.find_map(|(_, token)| match token {
                Token::Open(inner) if inner.name == "embed" => embed(&inner),
                _ => None,
            });
        }
        "object" => value(tag, "data")?,
        "script" => return script(tag),
        "div" => {
            let kind = value(tag, "class")?;
            let known = kind
                .split_whitespace()
                .any(|class| matches!(class, "fb-post" | "fb-video"));
            value(tag, "data-href").filter(|_| known)?
        }
        _ => return None,
    };
    if reach(&address) == Reach::Refused {
        return None;
    }
    Some(Embed {
        address: page_of(&address).unwrap_or_else(|| address.into_owned()),
        title: value(tag, "title").map(Cow::into_owned),
    })
}

/// Scripts that put a document of theirs in their own place.
fn script(tag: &OpenTag<'_>) -> Option<Embed> {
    let src = value(tag, "src")?;
    let (host, path) = parts(&src)?;
    let address = match host {
        "gist.github.com" => format!("https://{host}/{}", path.strip_suffix(".js")?),
        "telegram.org" => format!("https://t.me/{}", value(tag, "data-telegram-post")?),
        _ => return None,
    };
    Some(Embed {
        address,
        title: None,
    })
}

/// Host, without `www.`, and the rest of a web address after its slash.
fn parts(address: &str) -> Option<(&str, &str)> {
    let rest = address
        .strip_prefix("https:")
        .or_else(|| address.strip_prefix("http:"))
        .unwrap_or(address)
        .strip_prefix("//")?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    Some((
        host.strip_prefix("www.").unwrap_or(host),
        path.strip_prefix('/').unwrap_or(path),
    ))
}

/// A part of the query of an address, decoded.
fn query(path: &str, name: &str) -> Option<String> {
    let query = path.split('#').next()?.split_once('?')?.1;
    let pair = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pair.into_iter().find(|(key, _)| *key == name)?;
    crate::content::percent_decoded(&value.replace('+', " ")).filter(|value| !value.is_empty())
}

/// The first part of a path after `start`, if it can be an id.
fn id<'p>(path: &'p str, start: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(start)?;
    let id = rest.split(['/', '?', '&', '#']).next()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
    (!id.is_empty() && id.chars().all(plain)).then_some(id)
}

/// A web address that stands in the query of another.
fn within(path: &str, name: &str) -> Option<String> {
    query(path, name).filter(|inner| inner.starts_with("https://") || inner.starts_with("http://"))
}

/// The page behind the address of a player or frame.
fn page_of(address: &str) -> Option<String> {
    let (host, path) = parts(address)?;
    let whole = |host: &str, path: &str| Some(format!("https://{host}{path}"));
    match host {
        "youtube.com" | "m.youtube.com" | "youtube-nocookie.com" => youtube(path),
        "player.vimeo.com" => whole("vimeo.com", &format!("/{}", id(path, "video/")?)),
        "w.soundcloud.com" => {
            // The programming interface is no page.
            within(path, "url").filter(|url| !url.contains("//api.soundcloud.com"))
        }
        "open.spotify.com" => {
            let path = path.split('?').next()?;
            let path = path
                .strip_prefix("embed-podcast/")
                .or_else(|| path.strip_prefix("embed/"))?;
            whole(host, &format!("/{path}"))
        }
        "platform.twitter.com" | "platform.x.com" => {
            let number = query(path, "id")?;
            let is_number = number.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| format!("https://x.com/i/status/{number}"))
        }
        "instagram.com" => {
            let path = path.split('?').next()?;
            let (page, _) = path.split_once("/embed")?;
            whole("www.instagram.com", &format!("/{page}/"))
        }
        "facebook.com" => within(path, "href"),
        "google.com" | "maps.google.com" => map(host, path),
        "archive.org" => whole(host, &format!("/details/{}", id(path, "embed/")?)),
        "dailymotion.com" => whole(
            "www.dailymotion.com",
            &format!("/video/{}", id(path, "embed/video/")?),
        ),
        _ => None,
    }
}

fn youtube(path: &str) -> Option<String> {
    let video = id(path, "embed/").or_else(|| id(path, "v/"))?;
    if video == "videoseries" {
        let list = query(path, "list")?;
        let list = id(&list, "")?;
        return Some(format!("https://www.youtube.com/playlist?list={list}"));
    }
    let start = query(path, "start").filter(|start| start.bytes().all(|b| b.is_ascii_digit()));
    let start = start.map_or(String::new(), |start| format!("&t={start}s"));
    Some(format!("https://www.youtube.com/watch?v={video}{start}"))
}

/// Google shows its maps for frames in frames alone.
fn map(host: &str, path: &str) -> Option<String> {
    if let Some(rest) = path.strip_prefix("maps/embed") {
        if let Some(place) = query(rest, "q") {
            let place = crate::content::web_address(&place.replace('&', "%26"));
            return Some(format!(
                "https://www.google.com/maps/search/?api=1&query={place}"
            ));
        }
        // In their own notation `!2d` is the longitude of the middle and `!3d` the latitude.
        let view = query(rest, "pb")?;
        let degrees = |mark: &str| {
            let number = view.split(mark).nth(1)?.split('!').next()?;
            number.parse::<f64>().is_ok().then(|| number.to_owned())
        };
        let (east, north) = (degrees("!2d")?, degrees("!3d")?);
        return Some(format!("https://www.google.com/maps/@{north},{east},14z"));
    }
    let framed = path.starts_with("maps") && path.contains("output=embed");
    framed.then(|| {
        let path = path
            .replace("&output=embed", "")
            .replace("output=embed", "");
        format!("https://www.{host}/{path}").replace("//www.maps.", "//maps.")
    })
}

/// Whether an element plays films or sounds.
pub(super) fn is_media(name: &str) -> bool {
    matches!(name, "video" | "audio")
}

/// A player that is open.
pub(super) struct Media {
    /// Where its first source of another host is.
    elsewhere: Option<Embed>,
    /// Whether it has a source of this site.
    has_source: bool,
}

impl Writer<'_> {
    /// Writes the link that an embed becomes: as a block where one can stand.
    pub(super) fn embed(&mut self, embed: &Embed) {
        let url = match self.target(ReferenceKind::Link, &embed.address) {
            Target::Url(url) | Target::Elsewhere(url) | Target::Picture(url, _) => url,
            Target::Dead => return,
        };
        let label = embed.title.clone().or_else(|| {
            let host = host(&url).map(str::to_owned);
            host.or_else(|| Some(url.rsplit('/').find(|part| !part.is_empty())?.to_owned()))
        });
        let label = label.unwrap_or_else(|| url.clone());
        if self.links > 0 {
            return self.text(&label);
        }
        let around = self.open.last().map_or(Content::Flow, |open| open.content);
        if around == Content::Parts {
            return;
        }
        self.has_raw = true;
        let block = around == Content::Flow;
        self.out.push_str(if block {
            "<p class=\"embed\"><a href=\""
        } else {
            "<a class=\"embed\" href=\""
        });
        // Writing to a string cannot fail.
        let _ = escape_href(&mut self.out, &url);
        self.out.push_str("\" rel=\"noopener\">");
        self.text(&label);
        self.out.push_str(if block { "</a></p>" } else { "</a>" });
    }

    /// Opens a player of the author's. It fetches nothing before it is asked to.
    pub(super) fn open_media(&mut self, element: &'static Element, tag: &OpenTag<'_>) {
        let source = value(tag, "src").map(Cow::into_owned);
        let source = source.map(|src| (self.target(ReferenceKind::Media, &src), src));
        let mut media = Media {
            elsewhere: None,
            has_source: false,
        };
        self.out.push('<');
        self.out.push_str(element.name);
        self.out.push_str(" controls preload=\"none\"");
        match source {
            Some((Target::Url(url), _)) => {
                media.has_source = true;
                self.destination("src", &url);
            }
            Some((Target::Elsewhere(address), _)) => media.elsewhere = Some(of_media(address, tag)),
            _ => {}
        }
        if element.name == "video"
            && let Some(poster) = value(tag, "poster").map(Cow::into_owned)
            && let Target::Url(url) | Target::Picture(url, _) =
                self.target(ReferenceKind::Image, &poster)
        {
            self.destination("poster", &url);
        }
        self.attributes(element, tag);
        self.out.push('>');
        self.media = Some(media);
        self.push_raw(element, element.name, false);
    }

    /// Writes one of the sources or subtitles of a player.
    pub(super) fn source(&mut self, element: &'static Element, tag: &OpenTag<'_>) {
        let Some(src) = value(tag, "src").map(Cow::into_owned) else {
            return;
        };
        let url = match self.target(ReferenceKind::Media, &src) {
            Target::Url(url) => url,
            Target::Elsewhere(address) => {
                if let Some(media) = self.media.as_mut().filter(|_| element.name == "source") {
                    media.elsewhere.get_or_insert(of_media(address, tag));
                }
                return;
            }
            _ => return,
        };
        if let Some(media) = &mut self.media {
            media.has_source |= element.name == "source";
        }
        self.out.push('<');
        self.out.push_str(element.name);
        self.destination("src", &url);
        self.attributes(element, tag);
        self.out.push('>');
    }

    /// Closes a player. One without a source of this site is taken back, for the link to what it
    /// would have played.
    pub(super) fn close_media(&mut self, start: usize) -> bool {
        let Some(media) = self.media.take().filter(|media| !media.has_source) else {
            return false;
        };
        self.out.truncate(start);
        if let Some(embed) = media.elsewhere {
            self.embed(&embed);
        }
        true
    }

    fn destination(&mut self, name: &str, url: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        let _ = escape_href(&mut self.out, url);
        self.out.push('"');
    }
}

fn of_media(address: String, tag: &OpenTag<'_>) -> Embed {
    Embed {
        address,
        title: value(tag, "title").map(Cow::into_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_lead_to_their_pages() {
        for (player, page) in [
            (
                "https://www.youtube.com/embed/a-B_1?rel=0&start=90",
                "https://www.youtube.com/watch?v=a-B_1&t=90s",
            ),
            (
                "//www.youtube-nocookie.com/embed/abc",
                "https://www.youtube.com/watch?v=abc",
            ),
            (
                "https://www.youtube.com/embed/videoseries?list=PL1",
                "https://www.youtube.com/playlist?list=PL1",
            ),
            (
                "https://player.vimeo.com/video/123?h=a",
                "https://vimeo.com/123",
            ),
            (
                "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&color=1",
                "https://soundcloud.com/a/b",
            ),
            (
                "https://open.spotify.com/embed/episode/x?theme=0",
                "https://open.spotify.com/episode/x",
            ),
            (
                "https://platform.twitter.com/embed/Tweet.html?id=12",
                "https://x.com/i/status/12",
            ),
            (
                "https://www.instagram.com/p/Ab/embed/captioned/",
                "https://www.instagram.com/p/Ab/",
            ),
            (
                "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2F1&w=5",
                "https://www.facebook.com/a/1",
            ),
            (
                "https://www.google.com/maps/embed?pb=!1m18!2d131.88!3d43.11!4f1",
                "https://www.google.com/maps/@43.11,131.88,14z",
            ),
            (
                "https://maps.google.com/maps?q=Hanoi&output=embed",
                "https://maps.google.com/maps?q=Hanoi",
            ),
            (
                "https://archive.org/embed/item-1",
                "https://archive.org/details/item-1",
            ),
        ] {
            assert_eq!(page_of(player).as_deref(), Some(page), "{player}");
        }
        for other in [
            "https://example.org/embed/x",
            "https://www.youtube.com/embed/\"onload=",
            "https://www.youtube.com/embed/",
            "https://w.soundcloud.com/player/?url=javascript:a",
            "https://www.facebook.com/plugins/post.php?href=%00",
            "/local.html",
            "//",
        ] {
            assert_eq!(page_of(other), None, "{other}");
        }
    }
}
