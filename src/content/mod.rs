//! Stage 1: files become articles, authority records and pages.

pub mod markdown;
