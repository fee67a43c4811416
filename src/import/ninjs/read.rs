//! Reads items of ninjs, one after the other: a file is one object, several one after the other
//! (one a line, as a rule), or an array of them.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use crate::import::row_reader::{Broken, lines, said};

/// A longer item is no article, in bytes.
const LONGEST: u64 = 64 << 20;

/// Reads the items of a file and gives each to `each`, with the line it begins on where that is
/// known. Memory holds one item. Of a file that is one object a line, what is wrong with a line
/// stops no other; in other files nothing can be read behind a mistake.
pub fn read(source: impl Read, by_line: bool, mut each: impl FnMut(Result<(Value, u64), Broken>)) {
    within(LONGEST, source, by_line, &mut each);
}

fn within(
    longest: u64,
    source: impl Read,
    by_line: bool,
    each: &mut impl FnMut(Result<(Value, u64), Broken>),
) {
    if by_line {
        return lines(source, longest, &mut |line| each(line.and_then(of_line)));
    }
    let allowance = Cell::new(longest);
    let mut source = BufReader::new(Metered {
        source,
        allowance: &allowance,
    });
    let (is_array, before) = match begins_with_bracket(&mut source) {
        Ok(begins) => begins,
        Err(error) => return each(Err(broken(&serde_json::Error::io(error), 0))),
    };
    let result = if is_array {
        let mut deserializer = serde_json::Deserializer::from_reader(source);
        let items = Items {
            each,
            longest,
            allowance: &allowance,
        };
        let read = (&mut deserializer).deserialize_seq(items);
        read.and_then(|()| deserializer.end())
    } else {
        let mut stream = serde_json::Deserializer::from_reader(source).into_iter::<Value>();
        loop {
            allowance.set(longest);
            match stream.next() {
                None => break Ok(()),
                Some(Ok(item)) => each(Ok((item, 0))),
                Some(Err(error)) => break Err(error),
            }
        }
    };
    if let Err(error) = result {
        each(Err(broken(&error, before)));
    }
}

fn of_line((bytes, line, offset): (&[u8], u64, u64)) -> Result<(Value, u64), Broken> {
    let item = serde_json::from_slice(bytes);
    item.map(|item| (item, line)).map_err(|error| Broken {
        line,
        column: error.column() as u64,
        reason: format!(
            "byte {} of the file: {}",
            offset + error.column() as u64,
            said(&error)
        ),
    })
}

/// `before` is how many lines were passed over before the first item.
fn broken(error: &serde_json::Error, before: u64) -> Broken {
    Broken {
        line: error.line() as u64 + before,
        column: error.column() as u64,
        reason: format!("{error}; nothing behind it was read"),
    }
}

/// Passes over a byte order mark and white space; says whether an array begins, and how many lines
/// were passed over.
fn begins_with_bracket(source: &mut impl BufRead) -> io::Result<(bool, u64)> {
    let mut lines = 0;
    loop {
        // A byte order mark is no JSON (RFC 8259 §8.1), and is passed over, byte by byte.
        match source.fill_buf()?.first() {
            Some(b' ' | b'\t' | b'\r' | 0xEF | 0xBB | 0xBF) => {}
            Some(b'\n') => lines += 1,
            first => return Ok((first == Some(&b'['), lines)),
        }
        source.consume(1);
    }
}

/// A reader that refuses an item which never ends.
struct Metered<'a, R> {
    source: R,
    allowance: &'a Cell<u64>,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        let left = self.allowance.get().saturating_sub(read as u64);
        self.allowance.set(left);
        if left == 0 {
            let reason = "an item goes on for longer than any article";
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
        }
        Ok(read)
    }
}

/// Gives the items of an array one by one.
struct Items<'a, F> {
    each: &'a mut F,
    longest: u64,
    allowance: &'a Cell<u64>,
}

impl<'de, F: FnMut(Result<(Value, u64), Broken>)> Visitor<'de> for Items<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.allowance.set(self.longest);
        while let Some(item) = items.next_element_seed(Whole)? {
            (self.each)(Ok((item, 0)));
            self.allowance.set(self.longest);
        }
        Ok(())
    }
}

/// A whole value.
struct Whole;

impl<'de> DeserializeSeed<'de> for Whole {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        serde::Deserialize::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(source: &[u8], by_line: bool) -> Vec<Result<String, String>> {
        let mut all = Vec::new();
        read(source, by_line, |item| {
            all.push(match item {
                Ok((item, _)) => Ok(item["uri"].as_str().unwrap_or_default().to_owned()),
                Err(broken) => Err(format!("{}:{}", broken.line, broken.column)),
            });
        });
        all
    }

    #[test]
    fn one_object_several_and_an_array() {
        let ok = |uri: &str| Ok(uri.to_owned());
        assert_eq!(items(b"\xEF\xBB\xBF {\"uri\":\"a\"}", false), [ok("a")]);
        assert_eq!(
            items(b"\n{\"uri\":\"a\"}\n{\"uri\":\n\"b\"} ", false),
            [ok("a"), ok("b")]
        );
        assert_eq!(
            items(b"\n [{\"uri\":\"a\"},\n{\"uri\":\"b\"}]", false),
            [ok("a"), ok("b")]
        );
        assert_eq!(items(b"[]", false), []);
        assert_eq!(items(b"", false), []);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let ok = |uri: &str| Ok(uri.to_owned());
        let wrong = |place: &str| Err(place.to_owned());
        assert_eq!(
            items(b"[{\"uri\":\"a\"},\n{\"uri\":]", false),
            [ok("a"), wrong("2:8")]
        );
        assert_eq!(
            items(b"{\"uri\":\"a\"}\n{\"uri\"\n\n{\"uri\":\"c\"}\n", true),
            [ok("a"), wrong("2:6"), ok("c")]
        );
        assert_eq!(items(b"[{\"uri\":\"a\"}", false), [ok("a"), wrong("1:12")]);
    }

    #[test]
    fn an_item_that_never_ends_is_refused() {
        for begin in ["{\"uri\":\"", "[{},{\"uri\":\"", "[{\"uri\":\"a\"}, \""] {
            for by_line in [false, true] {
                let endless = begin.as_bytes().chain(io::repeat(b'a').take(1 << 30));
                let mut errors = 0;
                let mut each = |item: Result<_, Broken>| errors += usize::from(item.is_err());
                within(100_000, endless, by_line, &mut each);
                assert_eq!(errors, 1, "{begin}");
            }
        }
    }

    #[test]
    fn nesting_overruns_no_stack() {
        let deep = "[".repeat(1_000_000);
        assert_eq!(items(deep.as_bytes(), false).len(), 1);
        assert_eq!(items(format!("{{\"a\":{deep}").as_bytes(), true).len(), 1);
    }
}
