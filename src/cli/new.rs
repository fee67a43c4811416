//! `morgue new`.

use clap::Args;

use super::screen::Screen;
use super::{Ending, Global};

#[derive(Debug, Args)]
pub(super) struct NewArgs {}

pub(super) fn run(_global: &Global, _args: &NewArgs, screen: &Screen) -> Ending {
    screen.fail("not yet");
    Ending::Failed
}
