//! What texts, values and sets of them are recognised by.
//!
//! A leaf that knows nothing of the stages. A [`Digest`] says whether something is the same as
//! before; it is no proof against somebody who wants two things to look alike.

use serde::{Deserialize, Serialize};

/// 128 bits of a BLAKE3 hash, or of a sum of such.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Digest([u8; 16]);

impl Digest {
    /// How many bytes it has.
    pub const LENGTH: usize = 16;

    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest::short(blake3::hash(bytes))
    }

    /// The digest that these bytes are.
    pub fn from_bytes(bytes: [u8; 16]) -> Digest {
        Digest(bytes)
    }

    /// Its bytes.
    pub fn bytes(&self) -> [u8; 16] {
        self.0
    }

    /// As 32 hexadecimal digits.
    pub fn hex(&self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.0))
    }

    /// Its first 64 bits as a number that is never 0, for where little room is.
    pub fn short_number(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        u64::from_be_bytes([a, b, c, d, e, f, g, h]).max(1)
    }

    /// The digest of a set with one member more: in whatever order members are put in, the digest
    /// is the same.
    #[must_use]
    pub fn with(self, member: Digest) -> Digest {
        Digest(self.number().wrapping_add(member.number()).to_be_bytes())
    }

    /// The digest of a set with one member less.
    #[must_use]
    pub fn without(self, member: Digest) -> Digest {
        Digest(self.number().wrapping_sub(member.number()).to_be_bytes())
    }

    /// The digest of this set as one of several, each with a name: their sum tells which member is in
    /// which.
    #[must_use]
    pub fn named(self, name: Digest) -> Digest {
        // By an odd number, so that nothing of a set is lost.
        Digest(self.number().wrapping_mul(name.number() | 1).to_be_bytes())
    }

    /// Its two halves, the upper one first, for sums that many threads make at once.
    pub(crate) fn halves(self) -> [u64; 2] {
        [(self.number() >> 64) as u64, self.number() as u64]
    }

    /// The digest of two halves, the upper one first.
    pub(crate) fn of_halves([first, second]: [u64; 2]) -> Digest {
        Digest((u128::from(first) << 64 | u128::from(second)).to_be_bytes())
    }

    fn number(self) -> u128 {
        u128::from_be_bytes(self.0)
    }

    /// The first half of a whole hash.
    pub(crate) fn short(whole: blake3::Hash) -> Digest {
        let mut short = [0; 16];
        short.copy_from_slice(&whole.as_bytes()[..16]);
        Digest(short)
    }
}

/// Makes one digest of several parts. Each part is told apart from the next, so that `ab` and `c`
/// are not `a` and `bc`.
#[derive(Debug, Default)]
pub struct Digester(Vec<u8>);

impl Digester {
    /// Nothing yet.
    pub fn new() -> Digester {
        Digester::default()
    }

    /// A text.
    #[must_use]
    pub fn text(mut self, text: &str) -> Digester {
        self.push_text(text);
        self
    }

    /// A number.
    #[must_use]
    pub fn number(mut self, number: usize) -> Digester {
        self.push_number(number);
        self
    }

    /// Another digest.
    #[must_use]
    pub fn digest(mut self, digest: Digest) -> Digester {
        self.push(digest);
        self
    }

    /// A text, where there are many.
    pub fn push_text(&mut self, text: &str) {
        self.push_number(text.len());
        self.0.extend(text.as_bytes());
    }

    /// A number, where there are many.
    pub fn push_number(&mut self, number: usize) {
        self.0.extend((number as u64).to_le_bytes());
    }

    /// Another digest, where there are many.
    pub fn push(&mut self, digest: Digest) {
        self.0.extend(digest.0);
    }

    /// A value with everything in it.
    pub fn push_value(&mut self, value: &impl Serialize) {
        let start = self.0.len();
        // What cannot be written down is told apart from all that can by its length.
        match postcard::to_extend(value, std::mem::take(&mut self.0)) {
            Ok(bytes) => self.0 = bytes,
            Err(_) => self.0 = vec![0xff; start + 1],
        }
        self.push_number(self.0.len() - start);
    }

    /// The digest of all parts.
    pub fn finish(&self) -> Digest {
        Digest::of(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let joined = |a: &str, b: &str| Digester::new().text(a).text(b).finish();
        assert_ne!(joined("ab", "c"), joined("a", "bc"));
        assert_ne!(joined("", "abc"), joined("abc", ""));
    }

    #[test]
    fn a_set_has_no_order() {
        let [a, b, c] = ["a", "b", "c"].map(|text| Digest::of(text.as_bytes()));
        assert_eq!(a.with(b).with(c), c.with(a).with(b));
        assert_eq!(a.with(b).without(a), b);
        assert_ne!(a.with(b), a.with(c));
    }

    #[test]
    fn sets_with_names_are_told_apart_in_their_sum() {
        let [a, b, one, other] = ["a", "b", "1", "2"].map(|text| Digest::of(text.as_bytes()));
        let sum = |in_one: Digest, in_other: Digest| in_one.named(one).with(in_other.named(other));
        assert_ne!(sum(a, b), sum(b, a));
        assert_ne!(sum(a.with(b), Digest::default()), sum(a, b));
        assert_eq!(Digest::of_halves(a.halves()), a);
    }
}
