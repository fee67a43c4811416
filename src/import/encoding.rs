//! The encoding of a file of XML.

use std::io;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding an XML file says it is in.
///
/// # Errors
/// That nobody knows the encoding it names.
pub fn of(start: &[u8]) -> io::Result<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Ok(encoding);
    }
    match start {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let head = String::from_utf8_lossy(start);
    let head = head.trim_start();
    let declared = head
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split("?>").next());
    let named = declared
        .and_then(|text| text.split_once("encoding"))
        .map(|(_, rest)| rest);
    let label = named.and_then(|rest| rest.split(['"', '\'']).nth(1));
    match label {
        None => Ok(UTF_8),
        Some(label) => match Encoding::for_label(label.as_bytes()) {
            // What is read byte by byte cannot be UTF-16.
            Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(UTF_8),
            Some(encoding) => Ok(encoding),
            None => Err(io::Error::other(format!(
                "it says it is in {label:?}, an encoding that nobody knows"
            ))),
        },
    }
}
