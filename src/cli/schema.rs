//! `morgue schema`.

use clap::Args;

use super::screen::Screen;
use super::{Ending, Global};

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {}

pub(super) fn run(_global: &Global, _args: &SchemaArgs, screen: &Screen) -> Ending {
    screen.fail("not yet");
    Ending::Failed
}
