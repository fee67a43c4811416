//! Names as they are compared: what is left of one when marks, accents, scripts and the order of
//! its parts are taken away.

use any_ascii::any_ascii;

/// A name, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// Its words in lower-case ASCII: letters and digits alone.
    pub(super) words: Vec<String>,
    /// Those words in a row.
    pub(super) joined: String,
    /// Those words sorted, in a row.
    pub(super) sorted: String,
    /// What tells namesakes apart: numbers, Roman numerals, `jr` and `sr`.
    pub(super) numbers: Vec<String>,
}

impl Shape {
    pub(super) fn of(name: &str) -> Shape {
        let ascii = any_ascii(name).to_lowercase();
        // An apostrophe joins (`O'Brien`, `Qur'an`), any other mark parts.
        let ascii = ascii.replace(['\'', '`'], "");
        let words = ascii.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<String> = words.filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let mut in_order = words.clone();
        in_order.sort_unstable();
        let numbers = words
            .iter()
            .enumerate()
            .filter(|(at, word)| tells_apart(*at, word));
        Shape {
            joined: words.concat(),
            sorted: in_order.concat(),
            numbers: numbers.map(|(_, word)| word.clone()).collect(),
            words,
        }
    }

    /// Whether one of the two writes first names as initials where the other has them in full, and
    /// nothing else differs.
    pub(super) fn is_shorter_of(&self, full: &Shape) -> bool {
        let is_initial = |word: &String| word.len() == 1;
        let (Some(last), Some(other)) = (self.words.last(), full.words.last()) else {
            return false;
        };
        let mut pairs = self.words.iter().zip(&full.words);
        self.words.len() == full.words.len()
            && last == other
            && !is_initial(last)
            && self.words.iter().any(is_initial)
            && !full.words.iter().any(is_initial)
            && pairs.all(|(short, full)| {
                short == full || (is_initial(short) && full.starts_with(short.as_str()))
            })
    }
}

/// Whether a word makes another name of the same: a number, or a numeral after the first word.
fn tells_apart(at: usize, word: &str) -> bool {
    let is_numeral = at > 0 && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    is_numeral || word.contains(|c: char| c.is_ascii_digit()) || matches!(word, "jr" | "sr")
}

/// Whether two texts of ASCII differ in one letter that is more, less, another, or exchanged with
/// its neighbour.
pub(super) fn one_apart(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let before = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[before..], &b[before..]);
    match (a, b) {
        ([], [_]) | ([_], []) => true,
        ([first, second, rest @ ..], [third, fourth, others @ ..])
            if first == fourth && second == third && rest == others =>
        {
            true
        }
        ([_, rest @ ..], [_, others @ ..]) if rest == others => true,
        ([_, rest @ ..], all) | (all, [_, rest @ ..]) if rest == all => true,
        _ => matches!((a, b), (all, [_, rest @ ..]) if rest == all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter() {
        for (a, b) in [
            ("mitterrand", "mitterand"),
            ("mitterand", "mitterrand"),
            ("hanoi", "hanio"),
            ("hanoi", "hanoy"),
            ("hanoi", "hano"),
            ("hano", "hanoi"),
            ("ahanoi", "hanoi"),
        ] {
            assert!(one_apart(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("austria", "australia"),
            ("same", "same"),
            ("abcd", "badc"),
            ("", "ab"),
        ] {
            assert!(!one_apart(a, b), "{a} {b}");
        }
    }

    #[test]
    fn initials_stand_for_names() {
        let shorter = |a, b| Shape::of(a).is_shorter_of(&Shape::of(b));
        assert!(shorter("J. Smith", "John Smith"));
        assert!(shorter("J. R. Smith", "John Robert Smith"));
        assert!(!shorter("John Smith", "J. Smith"));
        assert!(!shorter("P. Smith", "John Smith"));
        assert!(!shorter("J. Smith", "John Smythe"));
    }

    #[test]
    fn numbers_tell_names_apart() {
        assert_ne!(
            Shape::of("Windows 95").numbers,
            Shape::of("Windows 98").numbers
        );
        assert_ne!(
            Shape::of("John Paul I").numbers,
            Shape::of("John Paul II").numbers
        );
        assert_eq!(Shape::of("Vladimir Putin"), Shape::of("Владимир Путин"));
    }
}
