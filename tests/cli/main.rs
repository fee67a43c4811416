//! The commands, as they are typed.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed, in a driver of tests too"
)]

mod desk;

mod check;
mod docs;
mod init;
mod list;
mod new;
mod scale;
mod small;
mod theme;
mod theme_mistakes;
mod tutorial;
