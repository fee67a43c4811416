//! Interface texts of the theme that a language of the archive lacks.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;

/// How many texts a finding names.
const NAMED: usize = 5;

/// Looks at every language that the site or an article is in.
pub(super) fn audit(edition: &Edition) -> Diagnostics {
    let mut notes = Diagnostics::new();
    for (language, lacking) in edition.theme.untranslated() {
        let message = match lacking {
            None => format!(
                "the theme has no texts in {language:?}: its pages are framed in another language"
            ),
            Some(keys) => {
                let first: Vec<&str> = keys.iter().take(NAMED).map(String::as_str).collect();
                let more = if keys.len() > NAMED { " …" } else { "" };
                let (count, first) = (keys.len(), first.join(", "));
                format!(
                    "{count} texts of the theme are not translated to {language:?}: {first}{more}"
                )
            }
        };
        let help = format!("write them into `i18n/{language}.toml`; docs/themes.md tells how");
        notes.push(Diagnostic::new(Code::Untranslated, message).help(help));
    }
    notes
}
