//! Archives written for Hugo, Eleventy and Jekyll: each builds from its own files, with nothing
//! but a `site.toml`.

use camino::Utf8Path;
use morgue::diagnostics::{Code, Diagnostics};

use super::{build_into, unpack};

/// Puts the settings beside the files and builds.
fn moved(corpus: &str, folder: &str, settings: &str) -> Option<(usize, Diagnostics)> {
    let unpacked = unpack(corpus)?;
    let site = Utf8Path::from_path(unpacked.path()).unwrap().join(folder);
    std::fs::write(site.join("site.toml"), settings).unwrap();
    let (built, notes) = build_into(&site, &site.join("public"));
    let pages = built.published.written;
    println!(
        "{corpus}: {} articles, {pages} files, {} warnings",
        built.articles,
        notes.len()
    );
    Some((built.articles, notes))
}

fn count(notes: &Diagnostics, code: Code) -> usize {
    let all = notes.iter().filter(|note| note.code == code);
    all.inspect(|note| assert!(note.file.is_some() && note.span.is_some(), "{note:?}"))
        .count()
}

#[test]
fn digital_gov_written_for_hugo() {
    let settings = include_str!("digitalgov.toml");
    let Some((articles, notes)) = moved("digitalgov-markdown.tar.gz", "digitalgov", settings)
    else {
        return;
    };
    // 2,084 files, of which one describes a list page and one is a draft.
    assert_eq!(articles, 2_082);
    assert_eq!(count(&notes, Code::DuplicateKey), 13);
    assert_eq!(count(&notes, Code::UnknownKey), 0);
}

#[test]
fn the_18f_blog_written_for_eleventy() {
    let Some((articles, notes)) =
        moved("18f-markdown.tar.gz", "18f-blog", include_str!("18f.toml"))
    else {
        return;
    };
    assert_eq!(articles, 509);
    assert_eq!(count(&notes, Code::NoDate), 0);
}

#[test]
fn ruby_news_written_for_jekyll_in_17_languages() {
    let settings = include_str!("ruby.toml");
    let Some((articles, notes)) =
        moved("ruby-news-17-languages.tar.gz", "ruby-lang-news", settings)
    else {
        return;
    };
    assert_eq!(articles, 4_723);
    assert_eq!(count(&notes, Code::DuplicateKey), 4);
    assert_eq!(count(&notes, Code::BadDate), 0);
}
