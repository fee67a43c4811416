//! The form in which an address is asked for and remembered.

use url::Url;

/// The longest address that is asked for, in bytes; no server takes a longer one.
pub(super) const LONGEST: usize = 8192;

/// What a destination is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Read {
    /// An address of the web, as the URL Standard writes it; without its fragment, which is never
    /// sent, and without a name and password, which nobody is to be told.
    Web(Url),
    /// Something that is to be one and is not.
    Broken,
    /// Anything else.
    Other,
}

/// Reads a destination as browsers do (url.spec.whatwg.org).
pub(super) fn read(text: &str) -> Read {
    let text = text.trim_matches(|c: char| c <= ' ');
    // An address without a scheme has that of its page.
    let whole = match text.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => text.to_owned(),
    };
    let whole = whole.replace(['\t', '\n', '\r'], "");
    let start: String = whole.chars().take(8).collect();
    let start = start.to_ascii_lowercase();
    if !start.starts_with("http:") && !start.starts_with("https:") {
        return Read::Other;
    }
    match Url::parse(&whole) {
        Ok(url) => match plain(url) {
            Some(url) => Read::Web(url),
            None => Read::Broken,
        },
        Err(_) => Read::Broken,
    }
}

/// Where a redirect leads; `None` where it leaves the web.
pub(super) fn follow(from: &Url, location: &str) -> Option<Url> {
    plain(from.join(location).ok()?)
}

fn plain(mut url: Url) -> Option<Url> {
    let is_web = matches!(url.scheme(), "http" | "https");
    if !is_web || url.host_str().is_none_or(str::is_empty) || url.as_str().len() > LONGEST {
        return None;
    }
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web(text: &str) -> String {
        match read(text) {
            Read::Web(url) => url.to_string(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn one_address_has_one_form() {
        assert_eq!(web("https://Example.ORG"), "https://example.org/");
        assert_eq!(web("//example.org/a#b"), "https://example.org/a");
        assert_eq!(web("http://example.org:80/a b"), "http://example.org/a%20b");
        assert_eq!(
            web("https://bücher.example/"),
            "https://xn--bcher-kva.example/"
        );
        assert_eq!(web("http://2130706433/"), "http://127.0.0.1/");
        assert_eq!(web("ht\ntp://example.org/"), "http://example.org/");
    }

    #[test]
    fn nobody_is_told_a_password() {
        assert_eq!(
            web("https://me:secret@example.org/a"),
            "https://example.org/a"
        );
    }

    #[test]
    fn what_is_no_address_is_told_apart() {
        for text in ["https://", "http://[::1", "https://a b/", "http://x:99999/"] {
            assert_eq!(read(text), Read::Broken, "{text}");
        }
        for text in [
            "mailto:a@b.example",
            "/a",
            "ftp://example.org/",
            "httpd.md",
            "",
        ] {
            assert_eq!(read(text), Read::Other, "{text}");
        }
    }

    #[test]
    fn a_redirect_out_of_the_web_is_not_followed() {
        let from = Url::parse("https://example.org/a/b").unwrap();
        assert_eq!(
            follow(&from, "../c#d").unwrap().as_str(),
            "https://example.org/c"
        );
        assert_eq!(follow(&from, "javascript:alert(1)"), None);
        assert_eq!(follow(&from, "file:///etc/passwd"), None);
    }
}
