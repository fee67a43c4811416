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
    /// Those words in a row with what stands after the one comma first; empty without that comma.
    pub(super) turned: String,
    /// Its Chinese characters. Many of them are read alike, so what they become in ASCII tells
    /// nothing of whether two are the same.
    pub(super) han: String,
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
        let parts: Vec<&str> = ascii.split(',').collect();
        let turned = match parts.as_slice() {
            [last, first] => [*first, *last].concat(),
            _ => String::new(),
        };
        Shape {
            joined: words.concat(),
            sorted: in_order.concat(),
            turned: turned.chars().filter(char::is_ascii_alphanumeric).collect(),
            han: name.chars().filter(|c| is_han(*c)).collect(),
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

    /// Whether one of the two leaves out the middle initials of the other, and nothing else
    /// differs.
    pub(super) fn leaves_out_initials_of(&self, full: &Shape) -> bool {
        let long = |word: &&String| word.len() > 1;
        let ends = |shape: &Shape| {
            let both = shape.words.first().zip(shape.words.last());
            both.is_some_and(|(first, last)| long(&first) && long(&last))
        };
        self.words.len() > 1
            && self.words.len() < full.words.len()
            && self.words.iter().all(|word| long(&word))
            && ends(full)
            && self.words.iter().eq(full.words.iter().filter(long))
    }
}

/// Whether a character is a Chinese one, which Japanese and Korean names use too.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a word makes another name of the same: a number, or a numeral after the first word.
fn tells_apart(at: usize, word: &str) -> bool {
    let is_numeral = at > 0 && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    is_numeral || word.contains(|c: char| c.is_ascii_digit()) || matches!(word, "jr" | "sr")
}

/// How many letters of two texts of ASCII are more, less, others, or exchanged with their
/// neighbours (optimal string alignment); one more than `most` for all that are further apart.
pub(super) fn apart(a: &str, b: &str, most: usize) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut above: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let change = last[j] + usize::from(x != y);
            let mut best = change.min(last[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y;
            if swapped && let Some(before) = above.get(j - 1) {
                best = best.min(before + 1);
            }
            row.push(best);
        }
        above = std::mem::replace(&mut last, row);
    }
    last.last().map_or(0, |edits| (*edits).min(most + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_apart() {
        for (a, b, expected) in [
            ("mitterrand", "mitterand", 1),
            ("mitterand", "mitterrand", 1),
            ("hanoi", "hanio", 1),
            ("hanoi", "hanoy", 1),
            ("hanoi", "hano", 1),
            ("ahanoi", "hanoi", 1),
            ("same", "same", 0),
            ("austria", "australia", 2),
            ("abcd", "badc", 2),
            ("", "ab", 2),
            ("iran", "peru", 3),
            ("", "abcdef", 3),
        ] {
            assert_eq!(apart(a, b, 2), expected, "{a} {b}");
            assert_eq!(apart(b, a, 2), expected, "{b} {a}");
        }
    }

    #[test]
    fn middle_initials_can_be_left_out() {
        let leaves_out = |a, b| Shape::of(a).leaves_out_initials_of(&Shape::of(b));
        assert!(leaves_out("John Kennedy", "John F. Kennedy"));
        assert!(leaves_out("George Bush", "George H. W. Bush"));
        assert!(!leaves_out("John F. Kennedy", "John Kennedy"));
        assert!(!leaves_out("John Kennedy", "John Kennedy"));
        assert!(!leaves_out("John Kennedy", "J. F. Kennedy"));
        assert!(!leaves_out("John Kennedy", "John Fitzgerald Kennedy"));
        assert!(!leaves_out("Henry", "Henry V"));
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
