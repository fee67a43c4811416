//! `morgue completions`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::screen::Screen;
use super::{Cli, Ending, Global};

/// Print the completions of a shell.
///
/// Save what is printed where your shell looks for completions; then the Tab key completes
/// commands and options.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue completions bash > ~/.local/share/bash-completion/completions/morgue
  morgue completions zsh > ~/.zfunc/_morgue
  morgue completions fish > ~/.config/fish/completions/morgue.fish")]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(super) fn run(_global: &Global, args: &CompletionsArgs, screen: &Screen) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "morgue", &mut script);
    screen.print(&String::from_utf8_lossy(&script));
    Ending::Done
}
