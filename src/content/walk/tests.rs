//! What each file of a site's content is.

use super::*;

/// What is made of these files, each in one word, and the findings by file.
#[expect(
    clippy::disallowed_methods,
    reason = "the files of a site are made for the test"
)]
fn sorted(site: &str, content: &[&str]) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let folder = Utf8Path::from_path(folder.path()).unwrap();
    let config = Config::parse(folder, site).unwrap();
    for file in content {
        let path = config.content_root().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "").unwrap();
    }
    let mut notes = Diagnostics::new();
    let files = files(&config, &mut notes);
    let read = files.read.iter().map(|found| match found {
        Found::Article(file, folder) => format!("article {file} in {folder:?}"),
        Found::Record(taxonomy, file) => format!("record {taxonomy} {file}"),
        Found::Table(taxonomy, file) => format!("table {taxonomy} {file}"),
        Found::Page(file) => format!("page {file}"),
    });
    let statics = files.statics.iter().map(|file| format!("static {file}"));
    let beside = files.beside.iter().map(|file| format!("beside {file}"));
    let notes = notes.iter().map(|note| {
        let file = note.file.as_ref().unwrap();
        format!("{:?} {file}", note.code)
    });
    (read.chain(statics).chain(beside).collect(), notes.collect())
}

#[test]
fn every_file_is_what_its_folder_says() {
    let site = "title = \"T\"\nbase_url = \"https://example.org\"\n";
    let (files, notes) = sorted(
        site,
        &[
            ".hidden.md",
            "articles/2019/_index.md",
            "articles/2019/people.csv",
            "articles/2019/summit.md",
            "articles/fire/index.md",
            "articles/fire/smoke.jpg",
            "articles/letter.MARKDOWN",
            "loose.md",
            "loose.txt",
            "pages/about.md",
            "pages/about.png",
            "people.csv",
            "people/_index.md",
            "people/ada-low/_index.md",
            "people/ada-low/portrait.jpg",
            "people/kim.md",
            "people/places.csv",
            "peoples/kim.md",
            "static/people/kim.md",
            "static/robots.txt",
        ],
    );
    let people = 0;
    assert_eq!(
        files,
        [
            "article articles/2019/summit.md in \"2019\"".to_owned(),
            "article articles/fire/index.md in \"\"".to_owned(),
            "article articles/letter.MARKDOWN in \"\"".to_owned(),
            format!("record {people} people/ada-low/_index.md"),
            format!("record {people} people/kim.md"),
            format!("table {people} people.csv"),
            "page pages/about.md".to_owned(),
            "static people/kim.md".to_owned(),
            "static robots.txt".to_owned(),
            "beside articles/2019/people.csv".to_owned(),
            "beside articles/fire/smoke.jpg".to_owned(),
            "beside loose.txt".to_owned(),
            "beside pages/about.png".to_owned(),
            "beside people/ada-low/portrait.jpg".to_owned(),
            "beside people/places.csv".to_owned(),
        ]
    );
    assert_eq!(
        notes,
        [
            "SectionPage content/articles/2019/_index.md",
            "NotPublished content/loose.md",
            "SectionPage content/people/_index.md",
            "NotPublished content/peoples/kim.md",
        ]
    );
}
