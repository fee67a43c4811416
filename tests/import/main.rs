//! What people really have, brought in.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed, in a driver of tests too"
)]

mod reuters;
mod text_set;
