//! The `morgue` program.

use std::process::ExitCode;

/// A page is made of hundreds of short texts, on all processors at once; the system's allocator
/// took a sixth of a build. Without the huge pages that Linux offers: many threads that each need a
/// little would each hold 2 MB for it, which took half as much memory again and saved no time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    morgue::cli::run()
}
