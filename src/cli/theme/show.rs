//! `morgue theme show`.

use clap::Args;

use crate::cli::Ending;
use crate::cli::screen::Screen;
use crate::content::nearest;
use crate::render::theme::{BUILT_IN, BUILT_IN_THEMES, BuiltIn};

/// Print a template, a component or another file of a built-in theme, to begin one's own from.
///
/// Without a name, lists what there is.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue theme show article.html > templates/article.html     change the whole article page
  morgue theme show when >> templates/components.html         change how dates are shown
  morgue theme show style.css
  morgue theme show en.toml                                   every text of the interface")]
pub(super) struct ShowArgs {
    /// The name of a template, component, style sheet or file of texts
    name: Option<String>,
    /// The built-in theme it is of
    #[arg(long, value_name = "NAME", default_value = BUILT_IN)]
    theme: String,
}

pub(super) fn run(args: &ShowArgs, screen: &Screen) -> Ending {
    match text(args) {
        Ok(text) => {
            screen.print(&text);
            Ending::Done
        }
        Err(reason) => {
            screen.fail(&reason);
            Ending::Failed
        }
    }
}

fn text(args: &ShowArgs) -> Result<String, String> {
    let theme = BUILT_IN_THEMES.iter().find(|t| t.name == args.theme);
    let theme = theme.ok_or_else(|| {
        let names = BUILT_IN_THEMES.iter().map(|t| format!("`{}`", t.name));
        format!(
            "there is no built-in theme {:?}\nhelp: there are {}",
            args.theme,
            names.collect::<Vec<_>>().join(" and ")
        )
    })?;
    let Some(name) = &args.name else {
        return Ok(list(theme));
    };
    if let Some((_, text)) = files(theme).find(|(file, _)| file == name) {
        return Ok(text.to_owned());
    }
    let components = theme.components();
    if let Some(component) = components.iter().find(|c| c.name == name) {
        return Ok(format!("{}\n", component.text));
    }
    let names = files(theme).map(|(file, _)| file);
    let hint = nearest(name, names.chain(components.iter().map(|c| c.name)));
    let hint = hint.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    Err(format!(
        "{} has no {name:?}\nhelp: {hint}`morgue theme show --theme {}` lists what it has",
        theme.name, theme.name
    ))
}

/// Everything in a theme that is a file of its own.
fn files(theme: &BuiltIn) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = theme.templates.iter().chain(theme.files);
    all.chain(theme.texts).copied()
}

fn list(theme: &BuiltIn) -> String {
    let components = theme.components();
    let mut text = String::new();
    for (label, names) in [
        ("templates", theme.templates.iter().map(|t| t.0).collect()),
        ("components", components.iter().map(|c| c.name).collect()),
        ("files", theme.files.iter().map(|f| f.0).collect()),
        ("texts", theme.texts.iter().map(|t| t.0).collect::<Vec<_>>()),
    ] {
        for name in names {
            text.push_str(&format!("{label:<10}  {name}\n"));
        }
    }
    text
}
