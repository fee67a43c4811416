//! The commands, as they are typed.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed, in a driver of tests too"
)]

mod desk;

mod check;
mod check_fix;
mod docs;
mod exchange;
mod external;
mod external_ledger;
mod hosts;
mod import;
mod init;
mod linking;
mod list;
mod new;
mod permalinks;
mod scale;
mod small;
mod terms;
mod terms_moved;
mod theme;
mod theme_mistakes;
mod tutorial;
