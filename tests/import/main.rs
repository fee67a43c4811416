//! What people really have, brought in.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, in a driver of tests too; tests write what they need"
)]

mod ninjs;
mod rows;
mod saved;
mod text_set;
mod wordpress;
