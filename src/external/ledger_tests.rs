use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn read(text: &str) -> BTreeMap<String, Line> {
    parse_all(&mut text.as_bytes()).unwrap()
}

fn flaws(text: &[u8]) -> Vec<(u32, String)> {
    let notes = parse_all(&mut &*text).unwrap_err();
    let place = |note: Diagnostic| (note.span.map_or(0, |span| span.line), note.message);
    notes.into_iter().map(place).collect()
}

#[test]
fn an_editor_may_write_nothing_but_a_snapshot() {
    let text = "https://Example.org\t\t\t\t\thttps://web.archive.org/web/2019/https://example.org/";
    let lines = read(text);
    let line = &lines["https://example.org/"];
    assert_eq!(line.status, None);
    assert_eq!(
        line.snapshot,
        "https://web.archive.org/web/2019/https://example.org/"
    );
}

#[test]
fn both_sides_of_a_merge_count() {
    let text = format!(
        "{HEADER}\n\
         https://a.example/\t404\t2026-02-01\t2026-02-01\n\
         https://a.example/\t500\t2026-01-10\t2026-01-05\t\thttps://s.example/\n\
         https://b.example/\t404\t2026-01-01\t2026-01-01\n\
         https://b.example/\t200\t2026-02-01\n"
    );
    let lines = read(&text);
    let a = &lines["https://a.example/"];
    assert_eq!(a.status, Some(Status::Http(404)));
    assert_eq!(a.failing, Some(date(2026, 1, 5)));
    assert_eq!(a.snapshot, "https://s.example/");
    let b = &lines["https://b.example/"];
    assert_eq!((b.status, b.failing), (Some(Status::Http(200)), None));
}

#[test]
fn every_mistake_is_told_at_its_line() {
    let text = b"# mine\n<<<<<<< HEAD\nhttps://a.example/\t200\n=======\nhttps://a.example/\t201\n\
        >>>>>>> other\njavascript:alert(1)\t200\n\xff\xfe\nhttps://a.example/\t200\t2026-13-01\n\
        https://a.example/\tfine\nhttps://a.example/\t\t\t\tfile:///etc/passwd\n\
        https://a.example/\t1\t2\t3\t4\t5\t6\t7\n";
    let lines: Vec<u32> = flaws(text).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [2, 4, 6, 7, 8, 9, 10, 11, 12]);
    let other = "# morgue external links 2: address\n";
    assert_eq!(flaws(other.as_bytes()).len(), 1);
    assert_eq!(flaws(&b"x\n".repeat(1000)).len(), MOST);
    assert_eq!(flaws(&b"x".repeat(100_000)).len(), 1);
}

#[test]
fn a_good_answer_holds_for_its_time_and_a_bad_one_for_none() {
    let text = "https://a.example/\t200\t2026-02-01\nhttps://b.example/\t404\t2026-02-01\t2026-01-01\n\
        https://c.example/\t403\t2026-02-01\nhttps://d.example/\t200\t2027-01-01\n";
    let ledger = Ledger {
        path: Utf8PathBuf::new(),
        lines: read(text),
        changed: false,
    };
    let knows = |address, day| ledger.knows(address, day, 30);
    assert!(knows("https://a.example/", date(2026, 2, 1)));
    assert!(knows("https://a.example/", date(2026, 3, 3)));
    assert!(!knows("https://a.example/", date(2026, 3, 4)));
    assert!(!knows("https://b.example/", date(2026, 2, 1)));
    assert!(knows("https://c.example/", date(2026, 2, 2)));
    assert!(!knows("https://d.example/", date(2026, 2, 2)));
    assert!(!knows("https://e.example/", date(2026, 2, 2)));
}

proptest! {
    #[test]
    fn any_bytes_are_a_ledger_or_told(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse_all(&mut &*bytes);
    }

    #[test]
    fn what_is_written_is_read_again(
        status in proptest::option::of(100u16..1000),
        checked in proptest::option::of(0i32..40_000),
        failing in proptest::option::of(0i32..40_000),
        has_to in any::<bool>(),
        has_snapshot in any::<bool>(),
    ) {
        let day = |days: i32| date(1970, 1, 1) + jiff::Span::new().days(days);
        let other = |is: bool| if is { "https://b.example/c?d".to_owned() } else { String::new() };
        let line = Line {
            status: status.map(Status::Http),
            checked: checked.map(day),
            failing: failing.map(day),
            to: other(has_to),
            snapshot: other(has_snapshot),
        };
        let lines = read(&line.text("https://a.example/"));
        prop_assert_eq!(&lines["https://a.example/"], &line);
    }
}
