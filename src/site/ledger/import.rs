//! Reads lists of old addresses: sitemaps, the logs of web servers, plain lists.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

/// Every address that a list names, as it is written there, with how often it is.
///
/// A sitemap (or an index of sitemaps) gives its `loc`s; a log in the common or combined form
/// (Apache's `mod_log_config`, nginx's `combined`) what was asked for and found; any other text the
/// first word of each line that is an address. Nothing panics, whatever the bytes.
pub fn addresses(bytes: &[u8]) -> BTreeMap<String, usize> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = BTreeMap::new();
    let mut add = |address: &str| {
        if address.starts_with('/') || address.contains("://") {
            *found.entry(address.to_owned()).or_default() += 1;
        }
    };
    if text.contains("<urlset") || text.contains("<sitemapindex") {
        sitemap(&text).iter().for_each(|address| add(address));
        return found;
    }
    for line in text.lines() {
        match request(line) {
            Some(Some(address)) => add(address),
            Some(None) => {}
            None => add(line.split_whitespace().next().unwrap_or_default()),
        }
    }
    found
}

/// The text of every `loc`.
fn sitemap(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    let mut found = Vec::new();
    let mut loc: Option<String> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                // Pictures have locations too, which are no pages: `image:loc`.
                loc = (tag.name().as_ref() == "loc").then(String::new);
            }
            Ok(Event::Text(part)) => {
                if let Some(loc) = &mut loc {
                    loc.push_str(&part);
                }
            }
            Ok(Event::GeneralRef(part)) => {
                if let Some(loc) = &mut loc {
                    match part.resolve_char_ref() {
                        Ok(Some(sign)) => loc.push(sign),
                        _ => loc.push_str(
                            quick_xml::escape::resolve_predefined_entity(&part).unwrap_or_default(),
                        ),
                    }
                }
            }
            Ok(Event::End(_)) => found.extend(loc.take().map(|loc| loc.trim().to_owned())),
            // What follows a mistake is not trusted.
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// What a line of a log says was asked for, if it was a page and was found; `None` for a line
/// that is none of a log.
fn request(line: &str) -> Option<Option<&str>> {
    let (_, rest) = line.split_once('"')?;
    let (request, rest) = rest.split_once('"')?;
    let mut words = request.split(' ');
    let (method, address, protocol) = (words.next()?, words.next()?, words.next()?);
    if !protocol.starts_with("HTTP/") {
        return None;
    }
    let status: u16 = rest.split_whitespace().next()?.parse().ok()?;
    let found = matches!(method, "GET" | "HEAD") && (200..400).contains(&status);
    Some(found.then_some(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, usize)> {
        addresses(text.as_bytes()).into_iter().collect()
    }

    #[test]
    fn sitemaps_give_their_pages_and_no_pictures() {
        let text = "<?xml version=\"1.0\"?><urlset xmlns=\"x\"><url><loc>\n https://old.example/a?x=1&amp;y=2</loc>\
                    <image:image><image:loc>https://old.example/p.png</image:loc></image:image></url>\
                    <url><loc>https://old.example/%C3%A9/</loc></url></urlset>";
        assert_eq!(
            found(text),
            [
                ("https://old.example/%C3%A9/".to_owned(), 1),
                ("https://old.example/a?x=1&y=2".to_owned(), 1)
            ]
        );
    }

    #[test]
    fn logs_give_what_was_asked_for_and_found() {
        let text = "1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] \"GET /a/ HTTP/1.1\" 200 2326 \"-\" \"Mozilla \\\"x\\\"\"\n\
                    1.2.3.4 - - [10/Oct/2000:13:55:37 -0700] \"GET /a/ HTTP/2.0\" 304 0 \"-\" \"-\"\n\
                    1.2.3.4 - - [10/Oct/2000:13:55:37 -0700] \"GET /wp-login.php HTTP/1.1\" 404 0 \"-\" \"-\"\n\
                    1.2.3.4 - - [10/Oct/2000:13:55:37 -0700] \"POST /b/ HTTP/1.1\" 200 0 \"-\" \"-\"\n\
                    1.2.3.4 - - [10/Oct/2000:13:55:37 -0700] \"\\x16\\x03\" 400 0 \"-\" \"-\"\n";
        assert_eq!(found(text), [("/a/".to_owned(), 2)]);
    }

    #[test]
    fn lists_give_the_first_word_of_each_line() {
        let text = "# old pages\nhttps://old.example/x\t17\n/y/ and more\n\nnonsense\n";
        assert_eq!(
            found(text),
            [
                ("/y/".to_owned(), 1),
                ("https://old.example/x".to_owned(), 1)
            ]
        );
    }
}
