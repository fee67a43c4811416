//! `morgue theme list`.

use std::fmt::Write as _;

use clap::Args;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::cli::screen::Screen;
use crate::cli::{Ending, Global, schema};
use crate::diagnostics::report::Format;
use crate::render::theme::{self, Known};

/// List the themes that a site can use: the built-in ones, and those in `themes/`.
///
/// Outside a site, the built-in ones. An asterisk marks the one that the site uses.
#[derive(Debug, Args)]
pub(super) struct ListArgs {}

pub(super) fn run(global: &Global, _args: &ListArgs, screen: &Screen) -> Ending {
    let config = match schema::config(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let used = &config.settings.theme;
    let known = theme::known(&config);
    screen.print(&match screen.format {
        Format::Json => {
            let all: Vec<_> = known.iter().map(|theme| object(theme, used)).collect();
            format!("{:#}\n", serde_json::Value::Array(all))
        }
        _ => table(&known, used),
    });
    Ending::Done
}

fn object(theme: &Known, used: &str) -> serde_json::Value {
    json!({
        "name": theme.name,
        "description": theme.description,
        "extends": theme.extends,
        "folder": theme.folder,
        "used": theme.name == used,
    })
}

fn table(known: &[Known], used: &str) -> String {
    let widest = known.iter().map(|theme| theme.name.width()).max();
    let widest = widest.unwrap_or_default();
    let mut text = String::new();
    for theme in known {
        let mark = if theme.name == used { '*' } else { ' ' };
        let space = widest.saturating_sub(theme.name.width());
        let home = theme.folder.as_ref().map_or("built in", |f| f.as_str());
        let extends = theme.extends.as_ref();
        let extends = extends.map_or_else(String::new, |parent| format!(", extends {parent}"));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{mark} {}{:space$}  {home}{extends}", theme.name, "");
        if !theme.description.is_empty() {
            let _ = writeln!(text, "  {:widest$}  {}", "", theme.description);
        }
    }
    text
}
