//! SHA-256 checksums, and the lists of them that other programs read too.
//!
//! A leaf that knows nothing of the stages. The lists are those of BagIt (RFC 8493 §2.1.3), which
//! `sha256sum -c` understands as well: one line for each file, its checksum in hexadecimal
//! digits, two spaces, its path with `/` between folders. A line break or a `%` in a path is
//! written as `%0A`, `%0D` and `%25`.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

/// The name of a list in the folder that it tells of.
pub const NAME: &str = "manifest-sha256.txt";

/// The SHA-256 checksum of some bytes (FIPS 180-4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum([u8; 32]);

impl Sum {
    /// The checksum of these bytes.
    pub fn of(bytes: &[u8]) -> Sum {
        Sum(Sha256::digest(bytes).into())
    }

    /// The checksum of all that can be read, and how many bytes that was.
    ///
    /// # Errors
    /// Whatever reading refuses.
    pub fn of_all(from: &mut impl Read) -> io::Result<(Sum, u64)> {
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        let mut size = 0;
        loop {
            match from.read(&mut buffer) {
                Ok(0) => return Ok((Sum(hasher.finalize().into()), size)),
                Ok(count) => {
                    hasher.update(buffer.get(..count).unwrap_or_default());
                    size += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// From 64 hexadecimal digits, of either case.
    fn parse(hex: &str) -> Option<Sum> {
        let digits = hex.as_bytes();
        let mut sum = [0; 32];
        if digits.len() != 2 * sum.len() {
            return None;
        }
        let (pairs, _) = digits.as_chunks::<2>();
        for (byte, [high, low]) in sum.iter_mut().zip(pairs) {
            let digit = |sign: u8| char::from(sign).to_digit(16);
            *byte = u8::try_from(digit(*high)? << 4 | digit(*low)?).ok()?;
        }
        Some(Sum(sum))
    }
}

impl fmt::Display for Sum {
    /// As 64 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let signs = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let text: String = signs
            .filter_map(|digit| DIGITS.get(usize::from(digit)))
            .map(|digit| char::from(*digit))
            .collect();
        f.write_str(&text)
    }
}

impl fmt::Debug for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The list of these files, in the order in which they come.
pub fn list<'a>(files: impl Iterator<Item = (&'a str, Sum)>) -> String {
    let mut text = String::new();
    for (path, sum) in files {
        text.push_str(&format!("{sum}  {}\n", encoded(path)));
    }
    text
}

/// The files of a list.
///
/// # Errors
/// The number, from 1, of the first line that is none of such a list.
pub fn parse(text: &str) -> Result<Vec<(Cow<'_, str>, Sum)>, usize> {
    let lines = text.split(['\n', '\r']).enumerate();
    let mut files = Vec::new();
    for (index, line) in lines.filter(|(_, line)| !line.is_empty()) {
        files.push(parse_line(line).ok_or(index + 1)?);
    }
    Ok(files)
}

fn parse_line(line: &str) -> Option<(Cow<'_, str>, Sum)> {
    let (hex, rest) = line.split_at_checked(64)?;
    let path = rest.trim_start_matches([' ', '\t']);
    if path.len() == rest.len() {
        return None;
    }
    // What `sha256sum --binary` puts before a path.
    let path = path.strip_prefix('*').unwrap_or(path);
    let path = path.strip_prefix("./").unwrap_or(path);
    (!path.is_empty()).then_some((decoded(path), Sum::parse(hex)?))
}

/// A path as it stands in a list.
fn encoded(path: &str) -> Cow<'_, str> {
    if !path.contains(['%', '\n', '\r']) {
        return Cow::Borrowed(path);
    }
    let path = path.replace('%', "%25");
    Cow::Owned(path.replace('\n', "%0A").replace('\r', "%0D"))
}

/// The path that a list means. Other escapes than those three are none: `%20` is a name.
fn decoded(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut plain = path.to_owned();
    for (escape, sign) in [("%0A", "\n"), ("%0a", "\n"), ("%0D", "\r"), ("%0d", "\r")] {
        plain = plain.replace(escape, sign);
    }
    Cow::Owned(plain.replace("%25", "%"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_is_what_sha256sum_writes() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let text = list([("a/b c.html", Sum::of(b""))].into_iter());
        assert_eq!(text, format!("{empty}  a/b c.html\n"));
        for foreign in [
            format!("{empty} *a/b c.html\n"),
            format!("{}\t./a/b c.html\r\n", empty.to_uppercase()),
        ] {
            let parsed = parse(&foreign).unwrap();
            assert_eq!(parsed, [("a/b c.html".into(), Sum::of(b""))]);
        }
    }

    #[test]
    fn a_line_that_is_none_is_told_by_its_number() {
        let line = format!("{}  a\n", Sum::of(b""));
        for wrong in [
            "x\n",
            "\u{e9}\n",
            &line[1..],
            &line.replace(' ', ""),
            &line[..66],
        ] {
            assert_eq!(parse(&format!("{line}{wrong}")), Err(2), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn every_path_is_read_as_it_was_written(path in "[a%0ADd25/ \r\n\u{e9}]{1,12}") {
            // Spaces and `*` or `./` before a path cannot be told from what belongs to the list.
            let path = format!("data/{path}");
            let text = list([(path.as_str(), Sum::of(b"x"))].into_iter());
            prop_assert_eq!(parse(&text), Ok(vec![(path.into(), Sum::of(b"x"))]));
        }
    }
}
