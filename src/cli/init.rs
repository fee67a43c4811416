//! `morgue init`.

use clap::Args;

use super::screen::Screen;
use super::{Ending, Global};

#[derive(Debug, Args)]
pub(super) struct InitArgs {}

pub(super) fn run(_global: &Global, _args: &InitArgs, screen: &Screen) -> Ending {
    screen.fail("not yet");
    Ending::Failed
}
