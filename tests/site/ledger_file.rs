//! The ledger as a file: what a merge or a hand did to it.

use std::fs;

use morgue::diagnostics::Code;

use crate::ledger::{LEDGER, kept, ledger, messages};

#[test]
fn circles_are_told_once_with_their_lines() {
    let site = kept().article("a.md", "date: 2019-01-01").write(
        LEDGER,
        "/x/\tmoved\t/y/\n/y/\tmoved\t/z/\n/z/\tmoved\t/x/\n/zz/\tmoved\t/zz/\n",
    );
    let outcome = site.build().failed();
    assert_eq!(
        messages(&outcome, Code::RedirectLoop),
        [
            "/x/ redirects over /y/ (line 2), /z/ (line 3) back to itself",
            "/zz/ redirects to itself",
        ]
    );
}

#[test]
fn a_ledger_that_a_merge_broke_is_told_at_its_lines() {
    let broken = "# morgue permalinks 1: address, state, to, id, file, text, notice\n\
                  <<<<<<< HEAD\n/a/\tgone\n=======\n/a/\tmoved\t/b/\n>>>>>>> other\nnonsense\n/c/\tsomewhere\n";
    let site = kept()
        .article("a.md", "date: 2019-01-01")
        .write(LEDGER, broken);
    let outcome = site.build().failed();
    let found = outcome.found(Code::BadLedger);
    let lines: Vec<u32> = found
        .iter()
        .map(|note| note.span.as_ref().unwrap().line)
        .collect();
    assert_eq!(lines, [2, 4, 5, 6, 7, 8]);
    assert_eq!(ledger(&site), broken);
    // Lines in any order are fine; the next build puts them where they belong.
    let site = site.write(LEDGER, "/x/\tgone\n/a/\tgone\r\n");
    site.build().ok();
    let text = ledger(&site);
    assert!(text.lines().skip(1).is_sorted(), "{text}");
    assert!(text.contains("\n/a/\tgone\n"), "{text}");
}

#[test]
fn a_ledger_that_cannot_be_written_is_a_warning() {
    let site = kept().article("a.md", "date: 2019-01-01");
    fs::create_dir(site.path().join("permalinks.tsv.new")).unwrap();
    let outcome = site.build().ok();
    assert_eq!(outcome.found(Code::LedgerNotWritten).len(), 1);
    assert!(!site.path().join(LEDGER).exists());
}
