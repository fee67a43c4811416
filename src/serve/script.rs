//! The script that keeps open pages up to date, and its place in a page.

/// Where the files of the preview itself are, below the path of the site.
pub(super) const FOLDER: &str = "/__morgue/";
/// The script.
pub(super) const SCRIPT: &str = include_str!("reload.js");
/// How errors look, in pages and over them.
pub(super) const STYLE: &str = include_str!("problem.css");

/// The element that brings the script. `mark` names the moment that the page was made in; `told`
/// says that the page itself shows the errors.
pub(super) fn tag(base: &str, mark: &str, told: bool) -> String {
    // The settings let no quotation mark or angle bracket into the path.
    let base = base.replace('&', "&amp;");
    let told = if told { " data-told" } else { "" };
    format!("<script src=\"{base}{FOLDER}reload.js\" data-edition=\"{mark}\"{told}></script>")
}

/// The page with the element before the end of its body. Files of the site may be in any
/// encoding, so they are searched as bytes.
pub(super) fn inject(mut html: Vec<u8>, tag: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let end = html
        .windows(END.len())
        .rposition(|part| part.eq_ignore_ascii_case(END))
        .unwrap_or(html.len());
    html.splice(end..end, tag.bytes());
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_last_in_the_body() {
        for (page, with) in [
            ("<p>a</body></html>", "<p>aX</body></html>"),
            ("<!-- </body> --><p></BODY>", "<!-- </body> --><p>X</BODY>"),
            ("no body", "no bodyX"),
            ("", "X"),
        ] {
            assert_eq!(inject(page.into(), "X"), with.as_bytes());
        }
        assert_eq!(inject(b"\xff</body>".to_vec(), "X"), b"\xffX</body>");
    }

    #[test]
    fn the_path_of_a_site_is_escaped() {
        let tag = tag("/a&b", "1-1", true);
        assert_eq!(
            tag,
            "<script src=\"/a&amp;b/__morgue/reload.js\" data-edition=\"1-1\" data-told></script>"
        );
    }
}
