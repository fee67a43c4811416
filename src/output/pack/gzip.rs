//! One gzip stream of parts that were compressed apart from one another (RFC 1952, RFC 1951).
//!
//! A series of gzip members would be simpler and is gzip too, but programs that read a stream of
//! one member only, such as Python's `tarfile` from a pipe, would stop after the first without a
//! word.

use std::io::{self, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// The header (RFC 1952 §2.3): no name, no time, no system, so that the same bytes give the same
/// file.
const HEADER: [u8; 10] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

/// The last block of a stream, without content (RFC 1951 §3.2.3: final, fixed codes, end of block).
const LAST_BLOCK: [u8; 2] = [3, 0];

/// A part, compressed; it ends with a whole byte.
pub(super) struct Deflated {
    bytes: Vec<u8>,
    /// The checksum of what was compressed, and how much that was.
    sum: Crc,
}

impl Deflated {
    pub(super) fn of(plain: &[u8]) -> io::Result<Deflated> {
        let mut sum = Crc::new();
        sum.update(plain);
        let room = Vec::with_capacity(plain.len() / 4);
        let mut encoder = DeflateEncoder::new(room, Compression::default());
        encoder.write_all(plain)?;
        // Ends the block and fills the byte; nothing is the last block yet.
        encoder.flush()?;
        let bytes = std::mem::take(encoder.get_mut());
        Ok(Deflated { bytes, sum })
    }
}

/// A gzip file being written.
pub(super) struct Writer<W> {
    to: W,
    begun: bool,
    bytes: u64,
    sum: Crc,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(to: W) -> Writer<W> {
        Writer {
            to,
            begun: false,
            bytes: 0,
            sum: Crc::new(),
        }
    }

    pub(super) fn add(&mut self, part: &Deflated) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            self.write(&HEADER)?;
        }
        self.sum.combine(&part.sum);
        self.write(&part.bytes)
    }

    /// Ends the file; gives its size.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        self.write(&LAST_BLOCK)?;
        let (sum, amount) = (self.sum.sum(), self.sum.amount());
        self.write(&sum.to_le_bytes())?;
        self.write(&amount.to_le_bytes())?;
        Ok(self.bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes += bytes.len() as u64;
        self.to.write_all(bytes)
    }
}
