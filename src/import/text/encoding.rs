//! The bytes of a file become text, whatever program wrote them.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::content::name::is_forbidden;

/// A text, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, with LF line ends and no control characters.
    pub text: String,
    /// The name of its encoding (WHATWG Encoding Standard), where it is not UTF-8.
    pub encoding: Option<&'static str>,
    /// How often UTF-8 read as Windows-1252 was undone.
    pub repaired: u8,
    /// How many letters look like that and could not be undone for certain.
    pub doubtful: usize,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset} of the file is not text ({what})")]
pub struct NotText {
    /// The first byte that is not, from 0.
    pub offset: usize,
    /// What is wrong with it.
    pub what: String,
}

/// Reads bytes as text: in the encoding named, or else in the one their byte order mark, their
/// zero bytes or their frequencies tell.
///
/// # Errors
/// The place of the first byte that is none.
pub fn decode(bytes: &[u8], named: Option<&'static Encoding>) -> Result<Decoded, NotText> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None => (named.unwrap_or_else(|| guess(bytes)), 0),
    };
    let rest = bytes.get(mark..).unwrap_or_default();
    let text = match encoding.decode_without_bom_handling_and_without_replacement(rest) {
        Some(text) => text.into_owned(),
        None => return Err(refuse(bytes, encoding)),
    };
    if let Some(at) = text.find('\0') {
        return Err(NotText {
            offset: if encoding == UTF_8 { mark + at } else { 0 },
            what: "a zero byte, as only programs and pictures have".into(),
        });
    }
    let (text, repaired) = repair(text);
    let doubtful = if repaired == 0 { damaged(&text) } else { 0 };
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    text = text.replace(['\u{2028}', '\u{2029}', '\u{85}'], "\n");
    text.retain(|c| !is_forbidden(c));
    Ok(Decoded {
        text,
        encoding: (encoding != UTF_8).then(|| encoding.name()),
        repaired,
        doubtful,
    })
}

fn refuse(bytes: &[u8], encoding: &'static Encoding) -> NotText {
    let offset = match encoding == UTF_8 {
        true => std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| 0),
        false => first_wrong(bytes, encoding),
    };
    NotText {
        offset,
        what: format!("it is not {}", encoding.name()),
    }
}

/// Where decoding stops.
fn first_wrong(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut room = String::with_capacity(room.unwrap_or(bytes.len()));
    let (_, read) = decoder.decode_to_string_without_replacement(bytes, &mut room, true);
    read.saturating_sub(1)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    match bytes {
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => return UTF_16LE,
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => return UTF_16BE,
        _ => {}
    }
    if bytes.contains(&0) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    // Latin-1 and its kin are read as what their signs nearly always are (WHATWG Encoding).
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}

/// Undoes UTF-8 that was read as Windows-1252 and written again, if the whole text is that: every
/// character has a byte, and the bytes are UTF-8. A text in which one letter is right stays.
fn repair(mut text: String) -> (String, u8) {
    const DEEPEST: u8 = 3;
    let mut times = 0;
    while times < DEEPEST && !text.is_ascii() {
        let (bytes, _, unmappable) = WINDOWS_1252.encode(&text);
        if unmappable {
            break;
        }
        match String::from_utf8(bytes.into_owned()) {
            Ok(sound) if sound != text => text = sound,
            _ => break,
        }
        times += 1;
    }
    (text, times)
}

/// How many pairs of signs stand in a text that hardly anything but such a mistake leaves.
fn damaged(text: &str) -> usize {
    const SIGNS: [&str; 8] = ["Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã±", "Ã£", "â€", "\u{FFFD}"];
    SIGNS.iter().map(|sign| text.matches(sign).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes, None).unwrap()
    }

    #[test]
    fn mojibake_is_undone_only_where_the_whole_text_is_that() {
        let sound = "Le café de l’été – à Besançon";
        let once: String = encoding_rs::mem::decode_latin1(sound.as_bytes()).into_owned();
        let (once, _) = WINDOWS_1252.decode_without_bom_handling(once_bytes(&once));
        assert_eq!(
            (
                read(once.as_bytes()).text.as_str(),
                read(once.as_bytes()).repaired
            ),
            (sound, 1)
        );
        let mixed = format!("{once} 王");
        let kept = read(mixed.as_bytes());
        assert_eq!((kept.text.as_str(), kept.repaired), (mixed.as_str(), 0));
        assert!(kept.doubtful > 0);
        assert_eq!(read("Älter als São Tomé".as_bytes()).repaired, 0);
    }

    fn once_bytes(latin: &str) -> &'static [u8] {
        let bytes: Vec<u8> = latin
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect();
        Vec::leak(bytes)
    }

    #[test]
    fn other_encodings_are_recognised() {
        let german = "Die Brücke über die Flöße wird für längere Zeit geschlossen – „später“.";
        let (bytes, _, _) = WINDOWS_1252.encode(german);
        assert_eq!(read(&bytes).text, german);
        let russian =
            "Мост через реку закрыт на ремонт до конца следующей недели, сообщили власти.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(read(&bytes).text, russian);
        let wide: Vec<u8> = "\u{FEFF}Zürich 王"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&wide).text, "Zürich 王");
    }

    #[test]
    fn what_is_no_text_is_told_with_its_byte() {
        let error = decode(b"ab\0\x01\x02", None).unwrap_err();
        assert_eq!(error.offset, 2);
        let error = decode(b"ab\xFF", Some(UTF_8)).unwrap_err();
        assert_eq!(error.offset, 2);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = decode(&bytes, None);
        }
    }
}
