//! Quotation marks by language.

/// The marks that replace `"` and `'` where they quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotes {
    /// Before and after a quotation, with the spaces the language sets inside.
    pub(super) outer: (&'static str, &'static str),
    /// Before and after a quotation in a quotation.
    pub(super) inner: (&'static str, &'static str),
}

const CURLY: (&str, &str) = ("“", "”");
const CURLY_SINGLE: (&str, &str) = ("‘", "’");
const LOW_SIX: (&str, &str) = ("„", "“");
const LOW_SIX_SINGLE: (&str, &str) = ("‚", "‘");
const LOW_NINE: (&str, &str) = ("„", "”");
const LOW_NINE_SINGLE: (&str, &str) = ("‚", "’");
const ANGLE: (&str, &str) = ("«", "»");
const ANGLE_SPACED: (&str, &str) = ("«\u{202F}", "\u{202F}»");
const NINE: (&str, &str) = ("”", "”");
const NINE_SINGLE: (&str, &str) = ("’", "’");

impl Quotes {
    /// Before and after a quotation, with the spaces the language sets inside.
    pub fn outer(&self) -> (&'static str, &'static str) {
        self.outer
    }

    /// Before and after a quotation in a quotation.
    pub fn inner(&self) -> (&'static str, &'static str) {
        self.inner
    }

    /// The marks that newspapers of this language (a BCP 47 tag) use; English ones if it is not
    /// known. Chinese and Japanese texts type their own brackets, so ASCII marks in them stand
    /// around foreign words and get the English forms.
    pub fn for_language(tag: &str) -> Quotes {
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let swiss = parts.any(|part| part == "ch" || part == "li");
        let (outer, inner) = match language {
            "de" | "fr" | "it" if swiss => (ANGLE, ("‹", "›")),
            "fr" | "br" => (ANGLE_SPACED, CURLY),
            "de" | "cs" | "sk" | "sl" | "lt" | "is" | "hsb" | "dsb" => (LOW_SIX, LOW_SIX_SINGLE),
            "bg" | "ka" | "mk" => (LOW_SIX, CURLY_SINGLE),
            "et" => (LOW_SIX, ANGLE),
            "pl" | "ro" | "mo" => (LOW_NINE, ANGLE),
            "hu" => (LOW_NINE, ("»", "«")),
            "hr" | "bs" | "sr" | "sh" => (LOW_NINE, LOW_NINE_SINGLE),
            "ru" | "uk" | "be" | "kk" | "ky" | "tt" => (ANGLE, LOW_SIX),
            "es" | "it" | "ca" | "gl" | "eu" | "el" | "hy" | "sq" | "ar" | "fa" | "ast" => {
                (ANGLE, CURLY)
            }
            "pt" if tag.contains("-pt") => (ANGLE, CURLY),
            "no" | "nb" | "nn" => (ANGLE, CURLY_SINGLE),
            "sv" | "fi" | "da" | "he" => (NINE, NINE_SINGLE),
            _ => (CURLY, CURLY_SINGLE),
        };
        Quotes { outer, inner }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_its_own_marks() {
        let marks = |tag| {
            let q = Quotes::for_language(tag);
            format!("{}a {}b{}{}", q.outer.0, q.inner.0, q.inner.1, q.outer.1)
        };
        assert_eq!(marks("en-GB"), "“a ‘b’”");
        assert_eq!(marks("fr"), "«\u{202F}a “b”\u{202F}»");
        assert_eq!(marks("de"), "„a ‚b‘“");
        assert_eq!(marks("de-CH"), "«a ‹b›»");
        assert_eq!(marks("ru"), "«a „b“»");
        assert_eq!(marks("PL"), "„a «b»”");
        assert_eq!(marks("sv"), "”a ’b’”");
        assert_eq!(marks("pt-PT"), "«a “b”»");
        assert_eq!(marks("pt_BR"), "“a ‘b’”");
        assert_eq!(marks(""), "“a ‘b’”");
    }
}
