//! `morgue check --external`, against hosts that this test is itself.

use std::time::Duration;

use serde_json::Value;

use crate::desk::Desk;
use crate::hosts::Hosts;

const LEDGER: &str = "external-links.tsv";
const HEADER: &str =
    "# morgue external links 1: address, status, checked, failing since, now at, snapshot";

/// A site whose one article has these links, each in a paragraph of its own from line 6 on.
fn desk(links: &[String]) -> Desk {
    let desk = Desk::empty();
    settings(&desk, "");
    article(&desk, links);
    desk
}

fn settings(desk: &Desk, more: &str) {
    let text = format!(
        "title = \"T\"\nbase_url = \"https://example.org\"\n[check]\npages = []\n\
         external_pause = 0.0\nexternal_timeout = 0.4\n{more}"
    );
    desk.file("site.toml", &text);
}

fn article(desk: &Desk, links: &[String]) {
    let paragraphs: String = links
        .iter()
        .map(|link| format!("[x]({link})\n\n"))
        .collect();
    let text = format!("---\ntitle: T\ndate: 2019-02-28\n---\n\n{paragraphs}");
    desk.file("content/articles/a.md", &text);
}

/// The findings about links to other hosts, and the summary.
fn check(desk: &Desk, more: &[&str]) -> (Vec<Value>, Value) {
    let mut args = vec!["check", "--format", "json", "--external"];
    args.extend(more);
    let output = desk.run(&args);
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let (notes, others): (Vec<Value>, Vec<Value>) =
        lines.partition(|line: &Value| line.get("code").is_some());
    let is_ours = |note: &Value| note["code"].as_str().unwrap().starts_with("M068");
    let notes = notes.into_iter().filter(is_ours).collect();
    (notes, others[0]["summary"]["external"].clone())
}

fn own(desk: &Desk, more: &[&str]) -> (Vec<Value>, Value) {
    let mut args = vec!["--external-private"];
    args.extend(more);
    check(desk, &args)
}

/// The findings as `line code`.
fn places(notes: &[Value]) -> Vec<String> {
    let place = |note: &Value| format!("{} {}", note["line"], note["code"].as_str().unwrap());
    notes.iter().map(place).collect()
}

#[test]
fn every_answer_is_told_for_what_it_is() {
    let hosts = Hosts::start();
    let paths = [
        "/here",
        "/missing",
        "/gone",
        "/no-head",
        "/lying-head",
        "/closed",
        "/moved",
        "/to-front",
        "/for-now",
        "/moved-then-gone",
        "/round",
        "/far",
        "/script",
        "/busy",
        "/tired",
        "/broken",
    ];
    let links: Vec<String> = paths.iter().map(|path| hosts.at(1, path)).collect();
    let desk = desk(&links);
    let (notes, told) = own(&desk, &[]);
    let line = |path: &str| 6 + 2 * paths.iter().position(|p| *p == path).unwrap();
    let expected: Vec<String> = [
        ("/missing", "M0680"),
        ("/gone", "M0680"),
        ("/closed", "M0684"),
        ("/moved", "M0683"),
        ("/to-front", "M0683"),
        ("/moved-then-gone", "M0680"),
        ("/round", "M0684"),
        ("/far", "M0684"),
        ("/script", "M0684"),
        ("/broken", "M0682"),
    ]
    .map(|(path, code)| format!("{} {code}", line(path)))
    .to_vec();
    assert_eq!(places(&notes), expected, "{notes:#?}");
    assert_eq!(notes[0]["file"], "content/articles/a.md");
    assert_eq!(notes[0]["column"], 5);
    let help = |at: usize| notes[at]["help"].as_str().unwrap().to_owned();
    let snapshot = format!(
        "https://web.archive.org/web/20190228/{}",
        hosts.at(1, "/missing")
    );
    assert!(help(0).ends_with(&snapshot), "{}", help(0));
    assert_eq!(help(3), format!("link to {}", hosts.at(1, "/here")));
    assert!(help(4).contains("front page"), "{}", help(4));
    for (key, count) in [
        ("addresses", 16),
        ("asked", 16),
        ("known", 0),
        ("good", 8),
        ("moved", 2),
        ("dead", 3),
        ("unreachable", 1),
        ("shut", 4),
    ] {
        assert_eq!(told[key], count, "{key}: {told}");
    }
    let ledger = desk.read(LEDGER);
    let at = |path: &str| hosts.at(1, path);
    for line in [
        HEADER.to_owned(),
        format!("{}\t200\t2019-04-26", at("/here")),
        format!("{}\t410\t2019-04-26\t2019-04-26", at("/gone")),
        format!("{}\t200\t2019-04-26\t\t{}", at("/moved"), at("/here")),
        format!("{}\t200\t2019-04-26", at("/for-now")),
        format!("{}\tcircles\t2019-04-26", at("/round")),
        format!("{}\tastray\t2019-04-26", at("/script")),
        format!("{}\t500\t2019-04-26\t2019-04-26", at("/broken")),
    ] {
        assert!(ledger.lines().any(|l| l == line), "{line}\n{ledger}");
    }
    let mut sorted: Vec<&str> = ledger.lines().collect();
    sorted.sort_unstable();
    assert_eq!(ledger.lines().collect::<Vec<_>>(), sorted);
}

#[test]
fn hosts_are_asked_for_no_more_than_is_needed() {
    let hosts = Hosts::start();
    let links = ["/here#part", "/here", "/no-head", "/moved"].map(|path| hosts.at(1, path));
    let desk = desk(&links);
    own(&desk, &[]);
    let asked = hosts.asked();
    let mut paths: Vec<String> = asked
        .iter()
        .map(|a| format!("{} {}", a.method, a.path))
        .collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "GET /no-head",
            "HEAD /here",
            "HEAD /here",
            "HEAD /moved",
            "HEAD /moved-again",
            "HEAD /no-head",
        ]
    );
    for asked in &asked {
        let head = asked.head.to_lowercase();
        let agent = format!(
            "user-agent: morgue/{} (link checker)",
            env!("CARGO_PKG_VERSION")
        );
        assert!(head.contains(&agent), "{head}");
        for private in ["cookie", "referer", "authorization", "from:"] {
            assert!(!head.contains(private), "{head}");
        }
    }
}

#[test]
fn a_body_without_end_is_not_read() {
    let hosts = Hosts::start();
    let desk = desk(&[hosts.at(1, "/endless")]);
    let (notes, told) = own(&desk, &[]);
    assert!(notes.is_empty(), "{notes:#?}");
    assert_eq!(told["good"], 1);
    // What the system's own buffers take.
    assert!(hosts.taken() < 16 * 1024 * 1024, "{}", hosts.taken());
}

#[test]
fn one_host_is_asked_by_one_at_a_time_and_several_at_once() {
    let hosts = Hosts::start();
    let mut links = Vec::new();
    for number in 1..=3 {
        for page in 0..4 {
            links.push(hosts.at(number, &format!("/{page}")));
        }
    }
    // Redirects from elsewhere wait as well.
    links.extend([hosts.at(4, "/for-now"), hosts.at(5, "/moved")]);
    let desk = desk(&links);
    let text = desk
        .read("site.toml")
        .replace("external_pause = 0.0", "external_pause = 0.05");
    desk.file("site.toml", &text);
    own(&desk, &[]);
    let mut asked = hosts.asked();
    asked.sort_by_key(|a| a.begun);
    for host in 1..=5 {
        let name = format!("127.0.0.{host}:{}", hosts.port);
        let own: Vec<_> = asked.iter().filter(|a| a.host == name).collect();
        assert!(own.len() >= 2, "{host}: {own:?}");
        for pair in own.windows(2) {
            let pause = pair[1].begun.saturating_duration_since(pair[0].done);
            assert!(pause >= Duration::from_millis(40), "{host}: {pause:?}");
        }
    }
    let together = asked.windows(2).filter(|pair| pair[1].begun < pair[0].done);
    assert!(together.count() > 0, "no two hosts were asked at once");
}

#[test]
fn slow_and_broken_hosts_are_told_as_what_may_pass() {
    let hosts = Hosts::start();
    let closed = "http://127.0.0.1:1/".to_owned();
    let links = [
        hosts.at(2, "/slow"),
        hosts.at(3, "/garbage"),
        closed,
        "http://no-such-host.invalid/".to_owned(),
        hosts.at(4, "/here"),
    ];
    let desk = desk(&links);
    let (notes, told) = own(&desk, &["--now", "2019-04-26"]);
    assert_eq!(
        places(&notes),
        ["6 M0682", "8 M0682", "10 M0682", "12 M0682"],
        "{notes:#?}"
    );
    assert_eq!(told["unreachable"], 4);
    let ledger = desk.read(LEDGER);
    for word in ["timeout", "broken", "no-host"] {
        let line = format!("\t{word}\t2019-04-26\t2019-04-26");
        assert!(
            ledger.lines().any(|l| l.ends_with(&line)),
            "{word}\n{ledger}"
        );
    }
    // Thirteen days are patience, fourteen are enough.
    article(&desk, &links[1..2]);
    let (notes, _) = own(&desk, &["--now", "2019-05-09"]);
    assert_eq!(places(&notes), ["6 M0682"]);
    let (notes, _) = own(&desk, &["--now", "2019-05-10"]);
    assert_eq!(places(&notes), ["6 M0681"]);
    assert!(
        notes[0]["message"]
            .as_str()
            .unwrap()
            .contains("since 2019-04-26")
    );
}

#[test]
fn a_host_that_is_down_is_not_asked_for_each_of_its_pages() {
    let hosts = Hosts::start();
    let mut links: Vec<String> = (0..9).map(|n| hosts.at(2, &format!("/slow/{n}"))).collect();
    links.push(hosts.at(1, "/here"));
    let desk = desk(&links);
    let (notes, _) = own(&desk, &[]);
    assert_eq!(notes.len(), 9);
    let slow = hosts
        .paths()
        .into_iter()
        .filter(|path| path.contains("/slow"));
    assert!(slow.count() <= 5);
}

#[test]
fn a_host_that_wants_to_be_left_alone_is() {
    let hosts = Hosts::start();
    let links = ["/later", "/z1", "/z2"].map(|path| hosts.at(1, path));
    let desk = desk(&links);
    let (_, told) = own(&desk, &[]);
    assert_eq!(
        (&told["asked"], &told["left"]),
        (&1.into(), &2.into()),
        "{told}"
    );
    assert_eq!(hosts.paths(), ["HEAD /later"]);
    // The next run asks once more.
    own(&desk, &[]);
    assert_eq!(hosts.paths(), ["HEAD /later"]);
}

#[test]
fn what_is_known_is_not_asked_again() {
    let hosts = Hosts::start();
    let links = ["/here", "/gone", "/closed"].map(|path| hosts.at(1, path));
    let desk = desk(&links);
    own(&desk, &["--now", "2019-04-26"]);
    hosts.asked();
    let (notes, told) = own(&desk, &["--now", "2019-05-26"]);
    assert_eq!(hosts.paths(), ["HEAD /gone", "GET /gone"]);
    assert_eq!((&told["known"], &told["good"]), (&2.into(), &1.into()));
    assert_eq!(places(&notes), ["8 M0680", "10 M0684"]);
    assert!(
        notes[0]["message"]
            .as_str()
            .unwrap()
            .contains("first seen 2019-04-26")
    );
    own(&desk, &["--now", "2019-05-27"]);
    assert!(hosts.paths().contains(&"HEAD /here".to_owned()));
    own(&desk, &["--now", "2019-05-27", "--external-age", "0"]);
    assert!(!hosts.paths().contains(&"HEAD /here".to_owned()));
    own(&desk, &["--now", "2019-05-28", "--external-age", "0"]);
    assert!(hosts.paths().contains(&"HEAD /here".to_owned()));
}

#[test]
fn a_snapshot_of_the_ledger_is_the_way_out_and_stays() {
    let hosts = Hosts::start();
    let gone = hosts.at(1, "/gone");
    let desk = desk(std::slice::from_ref(&gone));
    let snapshot = "https://archive.example/2019/gone";
    let line = format!("{gone}\t\t\t\t\t{snapshot}\nhttps://old.example/\t200\t2018-01-01\n");
    desk.file(LEDGER, &line);
    let (notes, _) = own(&desk, &[]);
    assert_eq!(
        notes[0]["help"],
        format!("link to the snapshot: {snapshot}")
    );
    let expected = format!("{HEADER}\n{gone}\t410\t2019-04-26\t2019-04-26\t\t{snapshot}\n");
    assert_eq!(desk.read(LEDGER), expected);
    article(&desk, &[]);
    own(&desk, &[]);
    assert_eq!(desk.read(LEDGER), expected);
}

#[test]
fn a_ledger_with_a_bad_line_is_told_and_left_as_it_is() {
    let hosts = Hosts::start();
    let desk = desk(&[hosts.at(1, "/here")]);
    let text = format!(
        "{HEADER}\n<<<<<<< HEAD\nhttps://a.example/\t200\n=======\n>>>>>>> b\njavascript:x\n"
    );
    desk.file(LEDGER, &text);
    let (notes, told) = own(&desk, &[]);
    assert_eq!(places(&notes), ["2 M0687", "4 M0687", "5 M0687", "6 M0687"]);
    assert_eq!(notes[0]["file"], LEDGER);
    assert_eq!(told["asked"], 0);
    assert!(hosts.asked().is_empty());
    assert_eq!(desk.read(LEDGER), text);
}

#[test]
fn private_networks_are_not_asked() {
    let hosts = Hosts::start();
    let links = [
        hosts.at(1, "/here"),
        format!("http://localhost:{}/", hosts.port),
        format!("http://[::ffff:127.0.0.1]:{}/", hosts.port),
        format!("http://2130706433:{}/", hosts.port),
        hosts.at(2, "/gone"),
    ];
    let desk = desk(&links);
    let (notes, _) = check(&desk, &[]);
    assert_eq!(places(&notes).len(), 5, "{notes:#?}");
    assert!(notes.iter().all(|note| note["code"] == "M0685"));
    assert!(hosts.asked().is_empty());
    assert!(!desk.path().join(LEDGER).exists());
    // Nor is told what was known from a time when they were.
    own(&desk, &["--now", "2019-04-26"]);
    let (notes, _) = check(&desk, &["--now", "2019-06-26"]);
    assert_eq!(notes.len(), 5, "{notes:#?}");
    assert_eq!(desk.read(LEDGER), format!("{HEADER}\n"));
}

#[test]
fn nothing_is_said_of_links_when_no_host_answers() {
    let links = [2, 3, 4].map(|number| format!("http://127.0.0.{number}:1/"));
    let desk = desk(&links);
    let (notes, _) = own(&desk, &[]);
    let codes: Vec<&str> = notes
        .iter()
        .map(|note| note["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["M0689"]);
    assert!(!desk.path().join(LEDGER).exists());
}

#[test]
fn without_the_option_no_host_is_asked() {
    let hosts = Hosts::start();
    let desk = desk(&[hosts.at(1, "/gone")]);
    desk.run(&["check"]);
    desk.run(&["build"]).success();
    desk.run(&["index"]).success();
    assert!(hosts.asked().is_empty());
    assert!(!desk.path().join(LEDGER).exists());
    desk.run(&["check", "--external-private"]).code(2);
}

#[test]
fn links_of_fields_records_pages_and_html_are_asked_for() {
    let hosts = Hosts::start();
    let desk = Desk::empty();
    settings(&desk, "");
    let url = |path: &str| hosts.at(1, path);
    let a = format!(
        "---\ntitle: A\ndate: 2019-02-28\nsource_url: {}\nrights:\n  license: {}\n---\n\n\
         ![x]({})\n\n<p><a href=\"{}\">x</a></p>\n\n<{}>\n\n[own](https://example.org/b/) \
         [new](https://example.org/)\n",
        url("/gone?source"),
        url("/gone?license"),
        url("/gone?picture"),
        url("/gone?html"),
        url("/gone?auto"),
    );
    desk.file("content/articles/a.md", &a);
    let b = format!(
        "---\ntitle: B\ndate: 2019-02-28\nslug: b\nurl: /b/\nsource_url: {}\narchived_url: {}\npeople: [P]\n---\n\nx\n",
        url("/gone?kept"),
        url("/here?snapshot"),
    );
    desk.file("content/articles/b.md", &b);
    desk.file(
        "content/people/p.md",
        &format!(
            "---\nname: P\nsame_as:\n  - {}\n---\n\n[x]({})\n",
            url("/gone?same"),
            url("/gone?life")
        ),
    );
    desk.file(
        "content/topics.csv",
        &format!("name,same_as\nT,{}\n", url("/gone?row")),
    );
    desk.file(
        "content/pages/about.md",
        &format!("---\ntitle: About\n---\n\n[x]({})\n", url("/gone?about")),
    );
    let draft = format!(
        "---\ntitle: D\ndate: 2019-02-28\nstatus: draft\n---\n\n[x]({})\n",
        url("/draft")
    );
    desk.file("content/articles/d.md", &draft);
    let (notes, _) = own(&desk, &["--only", "M0680"]);
    let places: Vec<String> = notes
        .iter()
        .map(|note| {
            let message = note["message"].as_str().unwrap();
            let what = message.rsplit('?').next().unwrap();
            format!("{}:{} {what}", note["file"].as_str().unwrap(), note["line"])
        })
        .collect();
    assert_eq!(
        places,
        [
            "content/articles/a.md:4 source",
            "content/articles/a.md:6 license",
            "content/articles/a.md:9 picture",
            "content/articles/a.md:11 html",
            "content/articles/a.md:13 auto",
            "content/pages/about.md:5 about",
            "content/people/p.md:4 same",
            "content/people/p.md:7 life",
            "content/topics.csv:2 row",
        ],
        "{notes:#?}"
    );
    let asked = hosts.paths();
    assert!(
        !asked.iter().any(|path| path.contains("draft")),
        "{asked:?}"
    );
    assert!(
        asked.contains(&"HEAD /here?snapshot".to_owned()),
        "{asked:?}"
    );
}
