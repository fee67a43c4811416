//! A revision as a unified diff, which `patch` and `git apply` read.

use similar::TextDiff;

use super::Edit;

impl Edit {
    /// What changes in the file, with two lines around each change.
    pub fn diff(&self) -> String {
        let old = self.before.as_deref().unwrap_or_default();
        let from = match self.before {
            Some(_) => format!("a/{}", self.file),
            None => "/dev/null".to_owned(),
        };
        let to = format!("b/{}", self.file);
        let diff = TextDiff::from_lines(old, &self.after);
        let mut unified = diff.unified_diff();
        unified.context_radius(2).header(&from, &to);
        unified.to_string()
    }
}
