//! What a change of terms comes to, for people and for the records.

use camino::Utf8PathBuf;
use serde_json::{Value as Json, json};

use super::paint;
use crate::cli::screen::Screen;
use crate::terms::Revision;

pub(super) fn files(count: usize) -> String {
    match count {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    }
}

/// How many files a screen shows; a dry run shows all.
const SHOWN: usize = 20;

pub(super) fn show(revision: &Revision, all: bool, screen: &Screen) {
    let most = if all { usize::MAX } else { SHOWN };
    for edit in revision.edits.iter().take(most) {
        screen.print(&paint::diff(&edit.diff()));
    }
    let more = revision.edits.len().saturating_sub(most);
    if more > 0 {
        screen.say(&format!(
            "… and {} more; `--dry-run` shows all.",
            files(more)
        ));
    }
}

pub(super) fn summary(revision: &Revision) -> String {
    let mut text = String::new();
    for told in &revision.told {
        let articles = match told.articles {
            1 => "1 article".to_owned(),
            count => format!("{count} articles"),
        };
        text.push_str(&format!("{} in {articles}.\n", told.sentence));
    }
    text
}

/// What was done, for the records.
pub(super) fn report(
    wanted: bool,
    revision: &Revision,
    done: &[Utf8PathBuf],
    failed: Option<&str>,
    screen: &Screen,
) {
    if !wanted {
        return;
    }
    let orders: Vec<Json> = revision
        .told
        .iter()
        .map(|told| json!({ "change": told.sentence, "articles": told.articles }))
        .collect();
    let files: Vec<Json> = revision
        .edits
        .iter()
        .map(|edit| {
            json!({
                "file": edit.file,
                "made": edit.before.is_none(),
                "written": done.contains(&edit.file),
                "diff": edit.diff(),
            })
        })
        .collect();
    let report = json!({ "orders": orders, "files": files, "failed": failed });
    screen.print(&format!("{report:#}\n"));
}
