//! `morgue check --fix`: what nobody has to decide is put right, and nothing else is touched.

use crate::desk::Desk;
use crate::terms::said;

const SETTINGS: &str = "title = \"T\"\nbase_url = \"https://example.org\"\n[check]\npages = []\n";

const A: &str = "---\ntitle: One # t\ndate: 2016-01-01\npeople:\n  - KIM Jong-un   # leader\n  - \"Moon\"\n  - Kim Jong-un\nauthors: [By ana open]\n---\nKIM Jong-un said so.\n";
const B: &str = "+++\ntitle = \"Two\"\ndate = 2017-04-01\npeople = [ \"Kim Jong-un\", 'The Marshal' ] # k\nauthors = [\"Ana Open\"]\n+++\nC\n";

fn desk() -> Desk {
    let desk = Desk::site(&[
        ("content/articles/a.md", A),
        ("content/articles/b.md", B),
        (
            "content/articles/c.md",
            "---\ntitle: C\ndate: 2018\npeople: [The Marshal]\nauthors: [Ana Open]\n---\nC\n",
        ),
        (
            "content/people.csv",
            "name,aliases\nKim Jong-un,The Marshal\n",
        ),
    ]);
    desk.file("site.toml", SETTINGS);
    desk
}

#[test]
fn names_are_spelled_as_their_terms_and_stand_once() {
    let desk = desk();
    let shown = desk.stdout(&["check", "--fix", "--dry-run"]);
    assert!(shown.contains("-  - KIM Jong-un   # leader"), "{shown}");
    assert!(shown.contains("+  - Kim Jong-un   # leader"), "{shown}");
    assert_eq!(desk.read("content/articles/a.md"), A);
    let told = said(&desk, &["check", "--fix", "--yes"], 0);
    assert!(
        told.contains("Names are spelled as their terms are in 1 article."),
        "{told}"
    );
    assert!(
        told.contains("Names that stood there twice stand once in 2 articles."),
        "{told}"
    );
    let a = A.replacen("- KIM Jong-un", "- Kim Jong-un", 1).replacen(
        "  - Kim Jong-un\nauthors: [By ana open]",
        "authors: [By Ana Open]",
        1,
    );
    assert_eq!(desk.read("content/articles/a.md"), a);
    // One name of two for the same person: the first stays.
    let b = B.replace("\"Kim Jong-un\", 'The Marshal'", "\"Kim Jong-un\"");
    assert_eq!(desk.read("content/articles/b.md"), b);
    // Another name of the person is no mistake.
    assert!(desk.read("content/articles/c.md").contains("[The Marshal]"));
    let again = said(&desk, &["check", "--fix", "--yes"], 0);
    assert!(again.contains("Nothing to change."), "{again}");
}

#[test]
fn what_is_about_writing_needs_the_word_to_write() {
    let desk = desk();
    let told = desk.refusal(&["check", "--yes"]);
    assert!(told.contains("--fix"), "{told}");
    assert_eq!(desk.read("content/articles/a.md"), A);
}
