//! Slugs: the part of an address that a name or a title becomes.
//!
//! A slug depends on the name alone, never on what else is in the archive, so that an address
//! does not change when a namesake arrives.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest slug in bytes of UTF-8, before any percent-encoding.
pub const LONGEST: usize = 100;

/// The slug of a name.
///
/// Latin letters lose their diacritics, other scripts stay as they are (transliteration would
/// make different names one), signs that carry meaning are spelled out, everything else
/// separates. With `ascii` every script is transliterated. A name without a letter or digit gets
/// a slug from its code points, so a slug is never empty.
pub fn slug(name: &str, ascii: bool) -> String {
    let composed: Vec<char> = name.nfc().collect();
    let mut slug = String::with_capacity(name.len());
    let mut latin = false;
    for (index, c) in composed.iter().copied().enumerate() {
        let before = index.checked_sub(1).map(|i| composed[i]);
        if matches!(
            c,
            '\'' | '’' | 'ʼ' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}'
        ) {
            continue;
        }
        if is_combining_mark(c) {
            if !latin && !ascii && !slug.is_empty() {
                slug.push(c);
            }
            continue;
        }
        latin = is_latin(c);
        if c.is_alphanumeric() && (latin || ascii) {
            let letters = any_ascii::any_ascii_char(c);
            slug.extend(
                letters
                    .chars()
                    .filter(char::is_ascii_alphanumeric)
                    .map(|c| c.to_ascii_lowercase()),
            );
        } else if c.is_alphanumeric() {
            slug.extend(c.to_lowercase().nfc());
        } else if let Some(word) = spelled(c, before) {
            separate(&mut slug);
            slug.push_str(word);
            separate(&mut slug);
        } else {
            separate(&mut slug);
        }
    }
    // Marks may now stand beside others than before, and then have another order.
    let slug: String = slug.trim_matches('-').nfc().collect();
    let slug = cut(&slug);
    if slug.is_empty() {
        from_code_points(name)
    } else {
        slug.to_owned()
    }
}

/// Whether a text can be the slug that an editor sets: one part of a path, kept as it is.
pub fn is_usable(text: &str) -> bool {
    let safe = |c: char| c.is_alphanumeric() || is_combining_mark(c) || "-_.~+".contains(c);
    !text.is_empty()
        && text.len() <= 200
        && !text.chars().all(|c| c == '.')
        && text.chars().all(safe)
}

/// What the slug that an editor sets is read as.
///
/// # Errors
/// A slug that is no single part of a path: it would climb out of its folder or open another.
pub fn set(text: &str, ascii: bool) -> Result<String, String> {
    let decoded = super::percent_decoded(text).unwrap_or_else(|| text.to_owned());
    if is_usable(&decoded) {
        return Ok(decoded);
    }
    let climbs = decoded.contains(['/', '\\']) || decoded.chars().any(char::is_control);
    let empty = !decoded.chars().any(char::is_alphanumeric);
    let tidy = slug(&decoded, ascii);
    if climbs || empty { Err(tidy) } else { Ok(tidy) }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c,
            '\u{AA}' | '\u{BA}' | '\u{C0}'..='\u{24F}' | '\u{250}'..='\u{2AF}'
            | '\u{1D00}'..='\u{1DBF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}'
            | '\u{A720}'..='\u{A7FF}' | '\u{AB30}'..='\u{AB6F}' | '\u{FB00}'..='\u{FB06}'
            | '\u{FF10}'..='\u{FF5A}')
}

/// Signs that tell one name from another: `C++` and `C#` are not `C`.
fn spelled(c: char, before: Option<char>) -> Option<&'static str> {
    match c {
        '+' => Some("plus"),
        // After a letter a sign of the name; before one it only marks a hashtag.
        '#' | '♯' if before.is_some_and(char::is_alphanumeric) => Some("sharp"),
        '&' => Some("and"),
        _ => None,
    }
}

fn separate(slug: &mut String) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

/// At most [`LONGEST`] bytes, cut after a word where there is one, never inside a character.
fn cut(slug: &str) -> &str {
    if slug.len() <= LONGEST {
        return slug;
    }
    let mut end = LONGEST;
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    let whole = slug.as_bytes().get(end) == Some(&b'-');
    let word = slug[..end].rfind('-').filter(|_| !whole).unwrap_or(end);
    slug[..word].trim_end_matches('-')
}

fn from_code_points(name: &str) -> String {
    let points: Vec<String> = name
        .trim()
        .nfc()
        .take(16)
        .map(|c| format!("u{:x}", u32::from(c)))
        .collect();
    if points.is_empty() {
        "u0".to_owned()
    } else {
        cut(&points.join("-")).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_world() {
        for (name, expected) in [
            ("Kim Jong-un", "kim-jong-un"),
            ("Nguyễn Phú Trọng", "nguyen-phu-trong"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("王芳", "王芳"),
            ("王方", "王方"),
            ("Ивана", "ивана"),
            ("Андрей", "андрей"),
            ("नरेन्द्र मोदी", "नरेन्द्र-मोदी"),
            ("فلاديمير بوتين", "فلاديمير-بوتين"),
            ("C", "c"),
            ("C++", "c-plus-plus"),
            ("C#", "c-sharp"),
            ("#MeToo", "metoo"),
            ("AC/DC", "ac-dc"),
            ("AT&T", "at-and-t"),
            ("O’Brien", "obrien"),
            ("🎉", "u1f389"),
            ("..", "u2e-u2e"),
            ("../../evil", "evil"),
            ("  ", "u0"),
            ("ﬁve", "five"),
        ] {
            assert_eq!(slug(name, false), expected, "{name}");
        }
        assert_eq!(slug("Иванa", false), "иванa");
        assert_eq!(slug("王芳", true), "wangfang");
    }

    #[test]
    fn long_names_are_cut_at_a_word() {
        let name = "word ".repeat(40);
        let slug = slug(&name, false);
        assert!(slug.len() <= LONGEST && slug.ends_with("word"), "{slug}");
        assert!(super::slug(&"王".repeat(80), false).len() <= LONGEST);
    }

    #[test]
    fn normal_forms_agree() {
        assert_eq!(slug("Jose\u{301}", false), slug("José", false));
        assert_eq!(slug("й", false), slug("и\u{306}", false));
    }

    #[test]
    fn a_slug_is_its_own_slug() {
        for name in [
            "ب\u{73c}\u{59c}'\u{73c}\u{59c}",
            &"🎉".repeat(20),
            "İstanbul",
            "\u{212A}elvin",
        ] {
            let made = slug(name, false);
            assert!(made.len() <= LONGEST, "{made}");
            assert_eq!(slug(&made, false), made, "{name}");
        }
    }

    #[test]
    fn an_editor_may_not_climb() {
        for bad in ["../../etc/passwd", "a/b", "..", "", "a\\b", "a b", "a\u{0}"] {
            assert!(!is_usable(bad), "{bad:?}");
        }
        assert!(is_usable("Hello_World.2") && is_usable("王芳"));
    }
}
