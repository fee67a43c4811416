//! `morgue`: article files in, a published archive out.

pub mod archive;
pub mod config;
pub mod content;
pub mod diagnostics;
pub mod output;
pub mod site;
