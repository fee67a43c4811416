//! `morgue explain`.

use clap::Args;

use super::screen::Screen;
use super::{Ending, Global};

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {}

pub(super) fn run(_global: &Global, _args: &ExplainArgs, screen: &Screen) -> Ending {
    screen.fail("not yet");
    Ending::Failed
}
