//! `morgue init`.

use crate::desk::Desk;

#[test]
fn a_new_site_builds_without_a_warning() {
    let desk = Desk::empty();
    desk.run(&["init", "my-archive"])
        .success()
        .stdout_eq(
            "\
my-archive/site.toml
my-archive/content/articles/2019/how-to-file-a-story.md
my-archive/content/articles/2019/names-and-dates.md
my-archive/content/articles/1911/amundsen-at-the-south-pole.md
my-archive/content/people/roald-amundsen.md
my-archive/content/places/south-pole.md
my-archive/content/topics/exploration.md
my-archive/content/pages/about.md
my-archive/content/static/favicon.svg
my-archive/.gitignore
",
        )
        .stderr_eq(
            "
The site is made. Next:
  cd my-archive
  morgue serve --open              look at it
  morgue new article \"A headline\"  begin an article of your own
  morgue build                     write the site into public/
",
        );
    let settings = desk.read("my-archive/site.toml");
    assert!(settings.contains("title = \"My archive\""), "{settings}");
    let built = desk.run(&["build", "--site", "my-archive"]).success();
    let said = String::from_utf8_lossy(&built.get_output().stderr).into_owned();
    assert!(
        said.starts_with("3 articles, ") && said.contains(" 0 warnings"),
        "{said}"
    );
}

#[test]
fn the_library_builds_it_too() {
    let desk = Desk::starter();
    let folder = camino::Utf8Path::from_path(desk.path()).unwrap();
    let config = morgue::config::Config::load(folder).unwrap();
    let selection = morgue::archive::Selection {
        now: "2019-04-26T00:00:00Z".parse().unwrap(),
        drafts: false,
        future: false,
    };
    let (edition, notes) = morgue::Edition::prepare(config, &selection, None, None);
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(edition.unwrap().archive.articles.len(), 3);
}

#[test]
fn titles_and_addresses_are_kept_as_they_are() {
    let desk = Desk::empty();
    let title = r#"The "Late" Edition \ {{today}}"#;
    let base = "https://example.org/archive";
    desk.run(&["init", "a b", "--title", title, "--base-url", base])
        .success();
    desk.run(&["build", "--site", "a b"]).success();
    let feed = desk.read("a b/public/feed.json");
    let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
    assert_eq!(feed["title"], title);
    assert_eq!(feed["home_page_url"], "https://example.org/archive/");
}

#[test]
fn an_address_that_is_none_is_refused_before_anything_is_made() {
    let desk = Desk::empty();
    desk.run(&["init", "x", "--base-url", "example.org"])
        .code(2);
    assert!(!desk.path().join("x").exists());
}

#[test]
fn a_site_is_left_alone() {
    let desk = Desk::starter();
    let refusal = desk.refusal(&["init", "."]);
    assert!(refusal.contains("is a site already"), "{refusal}");
}

#[test]
fn files_in_the_way_are_left_alone() {
    let desk = Desk::empty();
    desk.file("content/pages/about.md", "mine");
    let refusal = desk.refusal(&["init", "."]);
    assert!(refusal.contains("about.md is there already"), "{refusal}");
    assert!(!desk.path().join("site.toml").exists());
    assert_eq!(desk.read("content/pages/about.md"), "mine");
}

#[test]
fn a_repository_keeps_its_own_list_of_ignored_files() {
    let desk = Desk::empty();
    desk.file(".gitignore", "/node_modules\n");
    desk.file("README.md", "mine\n");
    desk.run(&["init", "."]).success();
    assert_eq!(desk.read(".gitignore"), "/node_modules\n");
    desk.build();
}

#[test]
fn a_file_is_no_folder() {
    let desk = Desk::empty();
    desk.file("x", "");
    desk.refusal(&["init", ""]);
    let refusal = desk.refusal(&["init", "x"]);
    assert!(refusal.contains("x is a file"), "{refusal}");
}
