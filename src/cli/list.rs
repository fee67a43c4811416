//! `morgue list`.

use clap::Args;

use super::screen::Screen;
use super::{Ending, Global};

#[derive(Debug, Args)]
pub(super) struct ListArgs {}

pub(super) fn run(_global: &Global, _args: &ListArgs, screen: &Screen) -> Ending {
    screen.fail("not yet");
    Ending::Failed
}
