//! `morgue serve`.

use clap::Args;

use super::screen::Screen;
use super::{Ending, Global};

#[derive(Debug, Args)]
pub(super) struct ServeArgs {}

pub(super) fn run(_global: &Global, _args: &ServeArgs, screen: &Screen) -> Ending {
    screen.fail("not yet");
    Ending::Failed
}
