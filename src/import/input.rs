//! The bytes of an export as text that an XML reader can trust: decompressed, in UTF-8, without
//! the characters that XML forbids (XML 1.0 §2.2). What was put right is told with its place.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use camino::Utf8Path;
use encoding_rs::{Decoder, UTF_8, WINDOWS_1252};

use super::encoding;

/// The longest text or tag of an export, in bytes. A tag that never ends would fill the memory.
pub const LONGEST: usize = 64 << 20;

/// How many places of repairs are told.
const PLACES: usize = 20;

const CHUNK: usize = 64 << 10;

/// What was put right in an export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Characters that XML forbids; they are left out.
    pub forbidden: u64,
    /// Bytes that are no UTF-8, and controls that stand for them; they are read as Windows-1252.
    pub foreign: u64,
    /// The first places, as bytes from the beginning of the (decompressed) file.
    pub places: Vec<u64>,
}

/// A reader of clean text.
pub struct Clean<R> {
    inner: R,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    out: String,
    at: usize,
    /// Bytes of the file that were read into `out` and before.
    read: u64,
    left: usize,
    ended: bool,
    repairs: Repairs,
    /// Where the text became shorter or longer than the file, and by how much in all.
    shifts: Vec<(u64, i64)>,
    given: u64,
}

impl<R> std::fmt::Debug for Clean<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clean")
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}

/// Opens an export, compressed with gzip or not.
///
/// # Errors
/// What the system said, or that nobody knows its encoding.
pub fn open(path: &Utf8Path) -> io::Result<Clean<Box<dyn Read + Send>>> {
    let mut file = BufReader::with_capacity(CHUNK, File::open(path)?);
    let zipped = file.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    let inner: Box<dyn Read + Send> = if zipped {
        Box::new(flate2::bufread::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    Clean::new(inner)
}

/// Whether an error says that what is compressed is cut off or damaged.
pub fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

impl<R: Read> Clean<R> {
    /// Looks at the beginning for the encoding: a byte order mark, else what the XML declaration
    /// says (XML 1.0 appendix F), else UTF-8.
    ///
    /// # Errors
    /// What the system said, or that nobody knows its encoding.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let mut raw = vec![0; 1024];
        let mut length = 0;
        while let Some(rest) = raw.get_mut(length..).filter(|rest| !rest.is_empty()) {
            match inner.read(rest)? {
                0 => break,
                n => length += n,
            }
        }
        raw.truncate(length);
        let encoding = encoding::of(&raw)?;
        let mut clean = Clean {
            inner,
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder()),
            raw,
            out: String::new(),
            at: 0,
            read: 0,
            left: LONGEST,
            ended: length < 1024,
            repairs: Repairs::default(),
            shifts: Vec::new(),
            given: 0,
        };
        if clean.decoder.is_none() && clean.raw.starts_with(&[0xEF, 0xBB, 0xBF]) {
            clean.raw.drain(..3);
            clean.read = 3;
            clean.shifts.push((0, 3));
        }
        Ok(clean)
    }

    /// Allows one more text or tag of up to [`LONGEST`] bytes.
    pub fn allow(&mut self) {
        self.left = LONGEST;
    }

    /// What was put right so far.
    pub fn repairs(&self) -> &Repairs {
        &self.repairs
    }

    /// The place in the (decompressed) file of a place in the text that was given.
    pub fn place(&self, given: u64) -> u64 {
        let at = self.shifts.partition_point(|(from, _)| *from <= given);
        let shift = at.checked_sub(1).and_then(|at| self.shifts.get(at));
        given.saturating_add_signed(shift.map_or(0, |shift| shift.1))
    }

    fn fill(&mut self) -> io::Result<()> {
        self.given += self.out.len() as u64;
        self.out.clear();
        self.at = 0;
        while self.out.is_empty() {
            let (raw, ended) = (std::mem::take(&mut self.raw), self.ended);
            if raw.is_empty() && ended {
                return Ok(());
            }
            match self.decoder.take() {
                Some(decoder) => self.decode(decoder, &raw, ended),
                None => self.check(raw, ended),
            }
            if !ended {
                self.more()?;
            }
        }
        Ok(())
    }

    fn more(&mut self) -> io::Result<()> {
        let start = self.raw.len();
        self.raw.resize(start + CHUNK, 0);
        let read = loop {
            match self
                .inner
                .read(self.raw.get_mut(start..).unwrap_or_default())
            {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let length = *read.as_ref().unwrap_or(&0);
        self.raw.truncate(start + length);
        self.ended = read? == 0;
        Ok(())
    }

    fn decode(&mut self, mut decoder: Decoder, raw: &[u8], last: bool) {
        let mut text = String::with_capacity(
            decoder
                .max_utf8_buffer_length(raw.len())
                .unwrap_or(raw.len() * 4),
        );
        let (_, _, _) = decoder.decode_to_string(raw, &mut text, last);
        self.decoder = Some(decoder);
        let start = self.read;
        self.read += raw.len() as u64;
        self.keep(&text, start);
        self.shift(self.read);
    }

    /// Reads UTF-8 as far as it goes; a byte that is none is read as Windows-1252, in which
    /// exports that went through a wrong database hold single texts.
    fn check(&mut self, raw: Vec<u8>, last: bool) {
        let mut rest = &raw[..];
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.keep(text, self.read);
                    self.read += text.len() as u64;
                    return;
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    let good = std::str::from_utf8(good).unwrap_or_default();
                    self.keep(good, self.read);
                    self.read += good.len() as u64;
                    if error.error_len().is_none() && !last {
                        self.raw = bad.to_vec();
                        return;
                    }
                    let wrong = error.error_len().unwrap_or(bad.len()).max(1);
                    let (wrong, after) = bad.split_at(wrong.min(bad.len()));
                    for byte in wrong {
                        self.foreign(self.read);
                        let (text, _) =
                            WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(byte));
                        let text: String = text.chars().filter(|c| !is_control(*c)).collect();
                        self.out.push_str(&text);
                        self.read += 1;
                        self.shift(self.read);
                    }
                    rest = after;
                    if rest.is_empty() {
                        return;
                    }
                }
            }
        }
    }

    /// Keeps a text but for what XML forbids. `start` is its place in the file.
    fn keep(&mut self, text: &str, start: u64) {
        if !crate::content::name::has_forbidden(text) {
            return self.out.push_str(text);
        }
        let mut from = 0;
        for (at, c) in text.char_indices() {
            if !is_wrong(c) {
                continue;
            }
            self.out.push_str(text.get(from..at).unwrap_or_default());
            from = at + c.len_utf8();
            let place = start + at as u64;
            if matches!(c, '\u{80}'..='\u{9F}') {
                self.foreign(place);
                let byte = [u32::from(c) as u8];
                let (meant, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
                self.out.extend(meant.chars().filter(|c| !is_control(*c)));
            } else {
                self.repairs.forbidden += 1;
                self.note(place);
            }
            self.shift(start + from as u64);
        }
        self.out.push_str(text.get(from..).unwrap_or_default());
    }

    fn foreign(&mut self, place: u64) {
        self.repairs.foreign += 1;
        self.note(place);
    }

    fn note(&mut self, place: u64) {
        if self.repairs.places.len() < PLACES {
            self.repairs.places.push(place);
        }
    }

    /// What stands at the end of the text now stands at `read` in the file.
    fn shift(&mut self, read: u64) {
        let given = self.given + self.out.len() as u64;
        let by = read.wrapping_sub(given).cast_signed();
        let many = self.shifts.len() > 100_000;
        match self.shifts.last_mut() {
            Some(last) if last.1 == by => {}
            // Far more repairs than anybody can look at: the places become rough.
            Some(last) if many => last.1 = by,
            _ => self.shifts.push((given, by)),
        }
    }
}

fn is_control(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}')
}

fn is_wrong(c: char) -> bool {
    crate::content::name::is_forbidden(c)
}

impl<R: Read> Read for Clean<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let given = self.fill_buf()?;
        let length = given.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), given.get(..length)) {
            to.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Clean<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("a text or tag goes on for more than {} MiB", LONGEST >> 20),
            ));
        }
        if self.at >= self.out.len() {
            self.fill()?;
        }
        let rest = self.out.as_bytes().get(self.at..).unwrap_or_default();
        Ok(rest.get(..self.left).unwrap_or(rest))
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.out.len());
        self.left = self.left.saturating_sub(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Repairs) {
        let mut clean = Clean::new(bytes).unwrap();
        let mut text = String::new();
        clean.read_to_string(&mut text).unwrap();
        (text, clean.repairs.clone())
    }

    #[test]
    fn forbidden_characters_go_and_are_told() {
        let (text, repairs) = text(b"ab\x08cd\x0B\xEF\xBF\xBFe");
        assert_eq!(text, "abcde");
        assert_eq!((repairs.forbidden, repairs.places), (3, vec![2, 5, 6]));
    }

    #[test]
    fn foreign_bytes_are_read_as_windows_wrote_them() {
        let (text, repairs) = text(b"caf\xE9 \x93ok\x94 \xC2\x92\xC3\xA9");
        assert_eq!(text, "café “ok” ’é");
        assert_eq!((repairs.foreign, repairs.places), (4, vec![3, 5, 8, 10]));
    }

    #[test]
    fn declared_encodings_are_read() {
        let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE9</a>";
        assert!(text(latin).0.ends_with("<a>é</a>"));
        let utf16: Vec<u8> = "\u{FEFF}<a>é</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text(&utf16).0, "<a>é</a>");
        assert_eq!(text(b"\xEF\xBB\xBF<a/>").0, "<a/>");
    }

    #[test]
    fn places_are_those_of_the_file() {
        let bytes = b"\xEF\xBB\xBF0\x08\x0812\xE93";
        let mut clean = Clean::new(&bytes[..]).unwrap();
        let mut text = String::new();
        clean.read_to_string(&mut text).unwrap();
        for (at, c) in text.char_indices() {
            let place = usize::try_from(clean.place(at as u64)).unwrap();
            if c.is_ascii() {
                assert_eq!(bytes[place], c as u8, "{at}");
            }
        }
    }

    #[test]
    fn chunks_may_end_anywhere() {
        let long = "é€😀".repeat(40_000);
        assert_eq!(text(long.as_bytes()), (long, Repairs::default()));
    }

    #[test]
    fn what_never_ends_is_refused() {
        let endless = io::repeat(b'a').take(LONGEST as u64 * 2);
        let mut clean = Clean::new(endless).unwrap();
        let error = io::copy(&mut clean, &mut io::sink()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
