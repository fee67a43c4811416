//! Writes a news archive of any size: `cargo run --release --example corpus -- 10000 morgue DIR`.
//!
//! DIR becomes the content folder of a site for `morgue`, `hugo` or `zola`. The articles are the
//! same for all of them, on every machine, at any time.

mod corpus;

use std::path::Path;
use std::process::ExitCode;

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command that answers"
)]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = match arguments.as_slice() {
        [articles, tool, folder] => articles
            .parse()
            .ok()
            .zip(corpus::Dialect::named(tool))
            .zip(Some(folder)),
        _ => None,
    };
    let Some(((articles, dialect), folder)) = wanted else {
        eprintln!("usage: corpus ARTICLES morgue|hugo|zola FOLDER");
        return ExitCode::from(2);
    };
    match corpus::write(Path::new(folder), dialect, articles, corpus::SEED) {
        Ok(bytes) => {
            println!("{articles} articles, {bytes} bytes in {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{folder} cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
