//! Takes out of an article what it withholds, before anything is read from it.

use crate::config::{Config, Redaction};
use crate::content::fields::Fields;
use crate::content::withheld;
use crate::diagnostics::Code;
use crate::wording::Form;

/// An article as it may be read.
pub(super) struct Redacted {
    /// What its own list takes out.
    pub(super) list: Vec<Redaction>,
    /// Its file with marks in the body, where there are any.
    pub(super) source: Option<String>,
    /// Whether anything was taken out.
    pub(super) any: bool,
}

/// Puts marks into the fields and the body of an article, and reports what stands nowhere in it.
pub(super) fn redacted(
    config: &Config,
    source: &str,
    body_at: usize,
    fields: &mut Fields<'_>,
) -> Redacted {
    let place = fields.place("redact");
    let list = fields.redactions();
    let nothing = Redacted {
        list: Vec::new(),
        source: None,
        any: false,
    };
    let own = (!list.is_empty()).then(|| withheld::redactor(config, &list));
    let redactor = match &own {
        Some(Some(own)) => own,
        Some(None) => return nothing,
        None => &config.redactor,
    };
    if redactor.is_empty() && list.is_empty() {
        return nothing;
    }
    let body = source.get(body_at..).unwrap_or_default();
    let mut found = fields.redact(redactor, config);
    found.extend(redactor.found(body, Form::Markdown));
    for (number, redaction) in (1..).zip(&list) {
        if redaction.pattern().is_none() {
            let message = format!("entry {number} of `redact` is too short to be looked for");
            let help = "write the whole name: it is taken out wherever it stands";
            fields.report_redact(Code::RedactTooShort, place.clone(), message, help);
        }
    }
    for number in withheld::unfound(&list, &found) {
        let message = format!("entry {number} of `redact` stands nowhere in the article");
        let help = "compare its spelling with the article; case, accents and markup do not matter";
        fields.report_redact(Code::RedactedNothing, place.clone(), message, help);
    }
    let marked = redactor.body(body);
    let source = marked.map(|body| format!("{}{body}", source.get(..body_at).unwrap_or_default()));
    Redacted {
        any: !found.is_empty() || !list.is_empty(),
        list,
        source,
    }
}
