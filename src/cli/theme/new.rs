//! `morgue theme new`.

use camino::Utf8PathBuf;
use clap::Args;

use crate::cli::new::create;
use crate::cli::screen::Screen;
use crate::cli::{Ending, Global, load};
use crate::config::Config;
use crate::content::nearest;
use crate::render::theme::{self, API, BUILT_IN, BUILT_IN_THEMES};

/// Begin a theme of your own.
///
/// Makes the folder `themes/NAME/` in the site with a small theme that works as it is: its own
/// style sheet after that of the theme it builds on, and an example of a component to change.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue theme new evening
  morgue theme new ticker --extends wire")]
pub(super) struct NewArgs {
    /// The name of the theme and of its folder
    name: String,
    /// The theme to build on: built in, or of this site
    #[arg(long, value_name = "THEME", default_value = BUILT_IN)]
    extends: String,
}

/// The files of the starter.
const FILES: &[(&str, &str)] = &[
    ("theme.toml", include_str!("starter/theme.toml")),
    ("templates/base.html", include_str!("starter/base.html")),
    (
        "templates/components.html",
        include_str!("starter/components.html"),
    ),
    ("static/%name%.css", include_str!("starter/style.css")),
];

pub(super) fn run(global: &Global, args: &NewArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    match make(&config, args) {
        Ok(made) => {
            for path in made {
                screen.print(&format!("{path}\n"));
            }
            screen.say(&format!(
                "\nThe theme is made. Next:\n  \
                 theme = \"{}\"{:space$}write this into site.toml\n  \
                 morgue serve --open   look at it; pages reload as you change it\n  \
                 morgue theme show     what it can change, and how that is written now",
                args.name,
                "",
                space = 12_usize.saturating_sub(args.name.chars().count()).max(2),
            ));
            Ending::Done
        }
        Err(reason) => {
            screen.fail(&reason);
            Ending::Failed
        }
    }
}

fn make(config: &Config, args: &NewArgs) -> Result<Vec<Utf8PathBuf>, String> {
    check(&args.name)?;
    let known = theme::known(config);
    let parent = known.iter().find(|theme| theme.name == args.extends);
    if parent.is_none() {
        let names = || known.iter().map(|theme| theme.name.as_str());
        let help = match nearest(&args.extends, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`morgue theme list` lists those there are".to_owned(),
        };
        return Err(format!(
            "there is no theme {:?}\nhelp: {help}",
            args.extends
        ));
    }
    let folder = config.folder.join("themes").join(&args.name);
    if folder.symlink_metadata().is_ok() {
        return Err(format!(
            "{folder} is there already, and is left as it is\nhelp: choose another name"
        ));
    }
    let base = base_of(config, &known, &args.extends);
    let mut made = Vec::new();
    for (path, text) in FILES {
        let fill = |text: &str| {
            text.replace("%title%", &title(&args.name))
                .replace("%name%", &args.name)
                .replace("%parent%", &args.extends)
                .replace("%base%", &base)
                .replace("%api%", &API.to_string())
        };
        let path = folder.join(fill(path));
        create(&path, fill(text).as_bytes())?;
        made.push(path);
    }
    Ok(made)
}

/// A name that is that of a folder on every system, and can stand in a template.
fn check(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if !name.starts_with(char::is_alphanumeric) || !name.chars().all(plain) {
        return Err(format!(
            "{name:?} cannot be the name of a theme\n\
             help: letters, digits, `-` and `_`, as in `morgue theme new evening`"
        ));
    }
    if name == "site" || BUILT_IN_THEMES.iter().any(|theme| theme.name == name) {
        let whose = if name == "site" {
            "the site's own templates"
        } else {
            "a built-in theme"
        };
        return Err(format!(
            "`{name}` is the name of {whose}\n\
             help: choose another, as in `morgue theme new my-{name}`"
        ));
    }
    Ok(())
}

/// The nearest theme from one upwards that has a `base.html` to extend.
fn base_of(config: &Config, known: &[theme::Known], name: &str) -> String {
    let mut name = name;
    // A theme that builds on itself is told of when it is used.
    for _ in known {
        let Some(theme) = known.iter().find(|theme| theme.name == name) else {
            break;
        };
        let base = |folder: &Utf8PathBuf| config.folder.join(folder).join("templates/base.html");
        if theme
            .folder
            .as_ref()
            .is_none_or(|folder| base(folder).is_file())
        {
            return name.to_owned();
        }
        name = theme.extends.as_deref().unwrap_or(BUILT_IN);
    }
    BUILT_IN.to_owned()
}

/// `evening-paper` is called `Evening paper`.
fn title(name: &str) -> String {
    let name = name.replace(['-', '_'], " ");
    let mut signs = name.chars();
    let first = signs.next().map(|sign| sign.to_uppercase().to_string());
    first.unwrap_or_default() + signs.as_str()
}
