//! What the preview answers, and what it does when files change, seen from a browser's end.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod browser;
mod changes;
mod requests;
mod site;
