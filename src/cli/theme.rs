//! `morgue theme`.

use clap::{Args, Subcommand};

use super::screen::Screen;
use super::{Ending, Global};

mod list;
mod new;
mod show;

/// Begin a theme, list the themes there are, or print a part of a built-in one.
///
/// docs/themes.md tells how themes are made.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue theme new evening      a theme of your own in themes/evening/
  morgue theme list             the themes that the site can use
  morgue theme show when        how dates are shown, to show them otherwise")]
pub(super) struct ThemeArgs {
    #[command(subcommand)]
    command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
enum ThemeCommand {
    New(new::NewArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
}

pub(super) fn run(global: &Global, args: &ThemeArgs, screen: &Screen) -> Ending {
    match &args.command {
        ThemeCommand::New(args) => new::run(global, args, screen),
        ThemeCommand::List(args) => list::run(global, args, screen),
        ThemeCommand::Show(args) => show::run(args, screen),
    }
}
