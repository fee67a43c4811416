//! The `morgue` program.

use std::process::ExitCode;

/// A page is made of hundreds of short texts, on all processors at once; the system's allocator
/// took a sixth of a build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    morgue::cli::run()
}
