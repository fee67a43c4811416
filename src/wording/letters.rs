//! One character, folded.

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// A piece of a word, or the end of one.
pub(super) enum Piece<'p> {
    Letter(&'p [u8]),
    Gap,
}

/// Folds a character: without accents, in lower case, as compatible letters are written (NFKD).
pub(super) fn fold(c: char, mut give: impl FnMut(Piece<'_>)) {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() {
            give(Piece::Letter(&[c.to_ascii_lowercase() as u8]));
        } else {
            give(Piece::Gap);
        };
    }
    if is_unseen(c) {
        return;
    }
    // As slugs write them, so that a name is found in its address.
    if is_latin(c) && c.is_alphabetic() {
        for letter in any_ascii::any_ascii_char(c).bytes() {
            let lower = [letter.to_ascii_lowercase()];
            if letter.is_ascii_alphanumeric() {
                give(Piece::Letter(&lower));
            } else {
                give(Piece::Gap);
            }
        }
        return;
    }
    let alone = stands_alone(c);
    if alone {
        give(Piece::Gap);
    }
    let mut word = false;
    decompose_compatible(c, |part| {
        if canonical_combining_class(part) != 0 {
            word = true;
            return;
        }
        for lower in part.to_lowercase() {
            let lower = if lower == 'ς' { 'σ' } else { lower };
            if lower.is_alphanumeric() || is_vowel_sign(lower) {
                let mut bytes = [0; 4];
                give(Piece::Letter(lower.encode_utf8(&mut bytes).as_bytes()));
                word = true;
            } else if canonical_combining_class(lower) == 0 {
                give(Piece::Gap);
            }
        }
    });
    if alone || !word {
        give(Piece::Gap);
    }
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// What nobody sees: soft hyphens, joiners, marks of direction, byte order marks.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Signs of Indian scripts that are no letters and yet part of a word.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{DFF}' | '\u{F00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// Characters of scripts that put no spaces between words, or particles in one word with a name.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}'
        | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// What an entity stands for, where it stands for a letter or a sign between words.
pub(super) fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = match hex {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    let whole = match name {
        "szlig" => 'ß',
        "aelig" | "AElig" => 'æ',
        "oslash" | "Oslash" => 'ø',
        "oelig" | "OElig" => 'œ',
        "eth" | "ETH" => 'ð',
        "thorn" | "THORN" => 'þ',
        "lstrok" | "Lstrok" => 'ł',
        "dstrok" | "Dstrok" => 'đ',
        "inodot" | "imath" => 'ı',
        _ => '\0',
    };
    if whole != '\0' {
        return Some(whole);
    }
    // `&eacute;`: accents are folded away, so the letter is enough.
    let mut signs = name.chars();
    let letter = signs.next().filter(char::is_ascii_alphabetic)?;
    const ACCENTS: [&str; 13] = [
        "acute", "grave", "circ", "uml", "tilde", "ring", "cedil", "caron", "breve", "macr",
        "ogon", "dot", "dblac",
    ];
    ACCENTS.contains(&signs.as_str()).then_some(letter)
}

/// Whether an entity stands for nothing that is seen.
pub(super) fn is_nothing(name: &str) -> bool {
    matches!(
        name,
        "shy" | "zwnj" | "zwj" | "lrm" | "rlm" | "ZeroWidthSpace"
    )
}
