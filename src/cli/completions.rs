//! `morgue completions`.

use clap::Args;

use super::screen::Screen;
use super::{Ending, Global};

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {}

pub(super) fn run(_global: &Global, _args: &CompletionsArgs, screen: &Screen) -> Ending {
    screen.fail("not yet");
    Ending::Failed
}
