//! Reports as they are read, whole.

use super::*;
use crate::diagnostics::{Code, Diagnostic, Severity, Span};

fn report(findings: &[Diagnostic], format: Format, style: Style) -> String {
    let mut diagnostics = Diagnostics::new();
    for finding in findings {
        diagnostics.push(finding.clone());
    }
    let mut out = Vec::new();
    write(&mut out, &diagnostics, format, &style).unwrap();
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn check(findings: &[Diagnostic], wanted: &str) {
    assert_eq!(report(findings, Format::Text, Style::default()), wanted);
}

fn verbose() -> Style {
    Style {
        verbose: true,
        ..Style::default()
    }
}

fn at(line: u32, column: u32, length: u32, text: &str) -> Span {
    Span {
        line,
        column,
        length,
        text: text.into(),
    }
}

fn wrong_kind() -> Diagnostic {
    Diagnostic::new(
        Code::WrongKind,
        "`people` wants a list of names, found a number",
    )
    .file("content/articles/2019/04/summit.md")
    .span(at(6, 9, 2, "people: 42"))
    .help("write `people: [Vladimir Putin, Kim Jong-un]`")
}

fn unknown_key(number: usize) -> Diagnostic {
    Diagnostic::new(Code::UnknownKey, format!("`key{number}` is not a field"))
}

#[test]
fn a_finding_shows_its_line_and_the_way_out() {
    check(
        &[wrong_kind()],
        "\
error[M0104]: `people` wants a list of names, found a number
  --> content/articles/2019/04/summit.md:6:9
   |
 6 | people: 42
   |         ^^
   = help: write `people: [Vladimir Putin, Kim Jong-un]`
",
    );
}

#[test]
fn without_a_place_less_is_shown() {
    check(
        &[
            Diagnostic::new(Code::NotUtf8, "byte 12 is not UTF-8").file("content/a.md"),
            Diagnostic::new(Code::NoSite, "no `site.toml` here").help("run `morgue init`"),
            Diagnostic::new(Code::NoArticles, "no articles"),
        ],
        "\
error[M0011]: byte 12 is not UTF-8
  --> content/a.md

error[M0001]: no `site.toml` here
   = help: run `morgue init`

warning[M0017]: no articles
",
    );
}

#[test]
fn the_gutter_grows_with_the_line_number() {
    let finding = Diagnostic::new(Code::BadRow, "3 cells, not 4")
        .file("people.csv")
        .span(at(12345, 1, 1, "a,b,c"))
        .help("add a cell\nor remove a comma from the first row");
    check(
        &[finding],
        "\
error[M0208]: 3 cells, not 4
     --> people.csv:12345:1
      |
12345 | a,b,c
      | ^
      = help: add a cell
              or remove a comma from the first row
",
    );
}

#[test]
fn wide_characters_and_tabs_keep_the_mark_in_its_place() {
    check(
        &[
            wrong_kind().span(at(6, 9, 2, "people: 王芳, 1")),
            wrong_kind().span(at(7, 6, 2, "\t王芳:\t42")),
        ],
        "\
error[M0104]: `people` wants a list of names, found a number
  --> content/articles/2019/04/summit.md:6:9
   |
 6 | people: 王芳, 1
   |         ^^^^
   = help: write `people: [Vladimir Putin, Kim Jong-un]`

error[M0104]: `people` wants a list of names, found a number
  --> content/articles/2019/04/summit.md:7:6
   |
 7 |     王芳:    42
   |              ^^
   = help: write `people: [Vladimir Putin, Kim Jong-un]`
",
    );
}

#[test]
fn nothing_of_a_file_reaches_the_terminal_raw() {
    let finding = Diagnostic::new(Code::BadAddress, "slug `\u{1b}]0;owned\u{7}` is\nnot: one")
        .file("content/\u{202e}dm.md")
        .span(at(3, 7, 1, "slug: \u{202e}x\u{9b}2J"))
        .help("write\u{2028}`slug: x`");
    let wanted = "\
error[M0111]: slug `\\u{1b}]0;owned\\u{7}` is
  not: one
  --> content/\\u{202e}dm.md:3:7
   |
 3 | slug: \\u{202e}x\\u{9b}2J
   |       ^^^^^^^^
   = help: write\\u{2028}`slug: x`
";
    check(std::slice::from_ref(&finding), wanted);
    for format in [Format::Text, Format::Json, Format::Github] {
        let text = report(std::slice::from_ref(&finding), format, verbose());
        assert!(
            text.chars().all(|c| c == '\n' || !safe::is_hostile(c)),
            "{text:?}"
        );
    }
}

#[test]
fn a_long_line_is_shown_around_its_mark() {
    let text = format!("{}people: 42, {}", "word ".repeat(30), "more ".repeat(30));
    let finding = Diagnostic::new(Code::WrongKind, "no")
        .file("a.md")
        .span(at(6, 159, 2, &text));
    let style = Style {
        width: Some(50),
        ..Style::default()
    };
    assert_eq!(
        report(&[finding], Format::Text, style),
        "\
error[M0104]: no
  --> a.md:6:159
   |
 6 | …ord word word word people: 42, more more mo…
   |                             ^^
"
    );
}

#[test]
fn a_place_beyond_what_is_kept_of_a_line_is_only_named() {
    let source = "x".repeat(900);
    let finding = Diagnostic::new(Code::WrongKind, "no").file("a.md");
    check(
        &[finding.span(Span::at(&source, 850, 3))],
        "error[M0104]: no\n  --> a.md:1:851\n",
    );
}

#[test]
fn of_each_warning_ten_are_shown_and_the_rest_counted() {
    let mut findings: Vec<_> = (1..=12).map(unknown_key).collect();
    findings.push(Diagnostic::new(Code::NoDate, "no date"));
    findings.extend((1..=11).map(|_| Diagnostic::new(Code::DeadLink, "dead")));
    findings.extend((1..=11).map(|_| Diagnostic::new(Code::NoAltText, "no alt")));
    let text = report(&findings, Format::Text, Style::default());
    assert_eq!(text.matches("M0106]").count(), 10);
    assert_eq!(
        text.matches("M0301]").count(),
        11,
        "errors are always shown"
    );
    assert!(
        text.ends_with(
            "\
warning[M0112]: no alt

note: 2 more of M0106 (a key nobody reads); --verbose shows them all
note: 1 more of M0112 (a picture without alternative text); --verbose shows it
"
        ),
        "{text}"
    );
    let all = report(&findings, Format::Text, verbose());
    assert_eq!(all.matches("M0106]").count(), 12);
    assert!(!all.contains("--verbose"));
}

#[test]
fn notes_are_only_counted() {
    let note = Diagnostic::new(Code::NamedTwice, "`Kim Jong-un` stands here twice");
    let loud = note.clone().severity(Severity::Error);
    check(
        std::slice::from_ref(&note),
        "note: 1 note; --verbose shows it\n",
    );
    check(
        &[loud, note.clone(), note.clone()],
        "\
error[M0209]: `Kim Jong-un` stands here twice

note: 2 notes; --verbose shows them
",
    );
    assert_eq!(
        report(&[note], Format::Text, verbose()),
        "note[M0209]: `Kim Jong-un` stands here twice\n"
    );
}

#[test]
fn colours_come_only_when_asked_for() {
    let style = Style {
        color: true,
        ..Style::default()
    };
    let text = report(&[wrong_kind()], Format::Text, style);
    assert_eq!(
        text,
        "\
\u{1b}[1;31merror[M0104]\u{1b}[0m\u{1b}[1m: `people` wants a list of names, found a number\u{1b}[0m
\u{1b}[1;34m  -->\u{1b}[0m content/articles/2019/04/summit.md:6:9
\u{1b}[1;34m   |\u{1b}[0m
\u{1b}[1;34m 6 |\u{1b}[0m people: 42
\u{1b}[1;34m   |\u{1b}[0m         \u{1b}[1;31m^^\u{1b}[0m
\u{1b}[1;34m   =\u{1b}[0m \u{1b}[1mhelp\u{1b}[0m: write `people: [Vladimir Putin, Kim Jong-un]`
"
    );
}

#[test]
fn json_has_one_object_a_line_without_nulls() {
    let note = Diagnostic::new(Code::NamedTwice, "twice: \u{202e}\u{e0041}\n");
    let text = report(
        &[wrong_kind(), note.clone()],
        Format::Json,
        Style::default(),
    );
    assert_eq!(
        text,
        r#"{"code":"M0104","severity":"error","message":"`people` wants a list of names, found a number","file":"content/articles/2019/04/summit.md","line":6,"column":9,"end_column":11,"help":"write `people: [Vladimir Putin, Kim Jong-un]`"}
{"code":"M0209","severity":"note","message":"twice: \u202e\udb40\udc41\n"}
"#
    );
    let last: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(last["message"], *note.message);
}

#[test]
fn github_annotations_are_escaped_by_its_rules() {
    let odd = Diagnostic::new(Code::NoAltText, "100% sure:\r\na, b")
        .file("content/a:b,c%.md")
        .span(at(3, 1, 4, "![]"));
    let note = Diagnostic::new(Code::NamedTwice, "twice");
    assert_eq!(
        report(&[wrong_kind(), odd, note], Format::Github, Style::default()),
        "\
::error file=content/articles/2019/04/summit.md,line=6,col=9,title=M0104::`people` wants a list of names, found a number%0Awrite `people: [Vladimir Putin, Kim Jong-un]`
::warning file=content/a%3Ab%2Cc%25.md,line=3,col=1,title=M0112::100%25 sure:%0D%0Aa, b
::notice title=M0209::twice
"
    );
}

#[test]
fn a_closed_pipe_is_the_callers_to_judge() {
    struct Closed;
    impl io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    for format in [Format::Text, Format::Json, Format::Github] {
        let result = write(&mut Closed, &wrong_kind().into(), format, &Style::default());
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}

#[test]
fn no_findings_are_no_text() {
    check(&[], "");
}
