//! The words that the markup of a body needs beside the text itself.

/// Words for readers and for screen readers. The default is English.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the word it is named after")]
pub struct Labels {
    pub footnotes: String,
    pub back_to_text: String,
    pub table: String,
    pub details: String,
    pub done: String,
    pub to_do: String,
    pub note: String,
    pub tip: String,
    pub important: String,
    pub warning: String,
    pub caution: String,
    /// A picture that is linked to and has no name; `{host}` is where it is.
    pub picture_at: String,
}

impl Default for Labels {
    fn default() -> Self {
        Labels {
            footnotes: "Footnotes".into(),
            back_to_text: "Back to text".into(),
            table: "Table".into(),
            details: "Details".into(),
            done: "done".into(),
            to_do: "to do".into(),
            note: "Note".into(),
            tip: "Tip".into(),
            important: "Important".into(),
            warning: "Warning".into(),
            caution: "Caution".into(),
            picture_at: "Picture at {host}".into(),
        }
    }
}
