//! `morgue check --external`, against hosts that this test is itself: what is asked and told.

use std::time::Duration;

use serde_json::Value;

use crate::desk::Desk;
use crate::hosts::Hosts;
use crate::linking::{HEADER, LEDGER, article, check, desk, impatient, own, places, settings};

/// What is asked for, the finding about it if there is one, and what the ledger says then.
const ANSWERS: [(&str, &str, &str); 16] = [
    ("/here", "", "200\t2019-04-26"),
    ("/missing", "M0680", "404\t2019-04-26\t2019-04-26"),
    ("/gone", "M0680", "410\t2019-04-26\t2019-04-26"),
    ("/no-head", "", "200\t2019-04-26"),
    ("/lying-head", "", "200\t2019-04-26"),
    ("/closed", "M0684", "403\t2019-04-26"),
    ("/moved", "M0683", "200\t2019-04-26\t\tHOST/here"),
    ("/to-front", "M0683", "200\t2019-04-26\t\tHOST/"),
    ("/for-now", "", "200\t2019-04-26"),
    ("/moved-then-gone", "M0680", "410\t2019-04-26\t2019-04-26"),
    ("/round", "M0684", "circles\t2019-04-26"),
    ("/far", "M0684", "circles\t2019-04-26"),
    ("/script", "M0684", "astray\t2019-04-26"),
    ("/busy", "", "200\t2019-04-26"),
    ("/tired", "", "200\t2019-04-26"),
    ("/broken", "M0682", "500\t2019-04-26\t2019-04-26"),
];

#[test]
fn every_answer_is_told_for_what_it_is() {
    let hosts = Hosts::start();
    let desk = desk(&ANSWERS.map(|(path, ..)| hosts.at(1, path)));
    let (notes, told) = own(&desk, &[]);
    let lines = ANSWERS.iter().enumerate();
    let expected: Vec<String> = lines
        .filter(|(_, (_, code, _))| !code.is_empty())
        .map(|(at, (_, code, _))| format!("{} {code}", 6 + 2 * at))
        .collect();
    assert_eq!(places(&notes), expected, "{notes:#?}");
    assert_eq!(notes[0]["file"], "content/articles/a.md");
    assert_eq!(notes[0]["column"], 5);
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
    let host = hosts.at(1, "");
    let mut expected = vec![HEADER.to_owned()];
    expected.extend(ANSWERS.map(|(path, _, line)| {
        let line = line.replace("HOST", &host);
        format!("{host}{path}\t{line}")
    }));
    expected.sort_unstable();
    let ledger = desk.read(LEDGER);
    assert_eq!(ledger.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn the_way_out_is_told() {
    let hosts = Hosts::start();
    let desk = desk(&["/missing", "/moved", "/to-front"].map(|path| hosts.at(1, path)));
    let (notes, _) = own(&desk, &[]);
    let help = |at: usize| notes[at]["help"].as_str().unwrap();
    let missing = hosts.at(1, "/missing");
    let snapshot = format!("https://web.archive.org/web/20190228/{missing}");
    assert!(help(0).ends_with(&snapshot), "{}", help(0));
    assert_eq!(help(1), format!("link to {}", hosts.at(1, "/here")));
    assert!(help(2).contains("front page"), "{}", help(2));
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
    impatient(&desk);
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
    impatient(&desk);
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
    let (notes, told) = check(&desk, &[]);
    assert_eq!(places(&notes).len(), 5, "{notes:#?}");
    assert_eq!((&told["asked"], &told["private"]), (&0.into(), &5.into()));
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

/// A site with links in all places that may hold one, each to something that is gone.
fn everywhere(hosts: &Hosts) -> Desk {
    let desk = Desk::empty();
    settings(&desk, "[links]\ndead = \"ignore\"\n");
    let url = |what: &str| hosts.at(1, &format!("/gone?{what}"));
    let article = |title: &str, more: &str, body: &str| {
        format!("---\ntitle: {title}\ndate: 2019-02-28\n{more}---\n\n{body}\n")
    };
    let fields = format!(
        "source_url: {}\nrights:\n  license: {}\n",
        url("source"),
        url("license")
    );
    let body = format!(
        "![x]({})\n\n<p><a href=\"{}\">x</a></p>\n\n<{}>\n\n[own](https://example.org/b/) [gone](//example.org/c/)",
        url("picture"),
        url("html"),
        url("auto"),
    );
    desk.file("content/articles/a.md", &article("A", &fields, &body));
    let fields = format!(
        "url: /b/\nsource_url: {}\narchived_url: {}\npeople: [P]\n",
        url("kept"),
        hosts.at(1, "/here?snapshot"),
    );
    desk.file("content/articles/b.md", &article("B", &fields, "x"));
    let draft = article("D", "status: draft\n", &format!("[x]({})", url("draft")));
    desk.file("content/articles/d.md", &draft);
    let (same, life) = (url("same"), url("life"));
    let record = format!("---\nname: P\nsame_as:\n  - {same}\n---\n\n[x]({life})\n");
    desk.file("content/people/p.md", &record);
    let table = format!("name,same_as\nT,{}\n", url("row"));
    desk.file("content/topics.csv", &table);
    let about = format!("---\ntitle: About\n---\n\n[x]({})\n", url("about"));
    desk.file("content/pages/about.md", &about);
    desk
}

#[test]
fn links_of_fields_records_pages_and_html_are_asked_for() {
    let hosts = Hosts::start();
    let desk = everywhere(&hosts);
    let (notes, _) = own(&desk, &["--only", "M0680"]);
    let place = |note: &Value| {
        let message = note["message"].as_str().unwrap();
        let what = message.rsplit('?').next().unwrap();
        format!("{}:{} {what}", note["file"].as_str().unwrap(), note["line"])
    };
    let places: Vec<String> = notes.iter().map(place).collect();
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
    assert!(asked.contains(&"HEAD /here?snapshot".to_owned()));
    assert!(!desk.read(LEDGER).contains("example.org"));
}

#[test]
fn settings_say_what_is_asked_for() {
    let hosts = Hosts::start();
    let links = [
        "/old/page/".to_owned(),
        hosts.at(1, "/left/out"),
        hosts.at(1, "/here"),
    ];
    let desk = desk(&links);
    let ignored = hosts.at(1, "/left");
    let origin = hosts.at(2, "");
    settings(
        &desk,
        &format!("external_ignore = [\"{ignored}\"]\n[links]\norigin = \"{origin}\"\n"),
    );
    own(&desk, &[]);
    let mut asked = hosts.paths();
    asked.sort_unstable();
    assert_eq!(asked, ["HEAD /here", "HEAD /old/page/"]);
    for bad in [
        "external_hosts = 0",
        "external_pause = -1.0",
        "external_timeout = nan",
    ] {
        desk.file(
            "site.toml",
            &format!("title = \"T\"\nbase_url = \"https://e.org\"\n[check]\n{bad}\n"),
        );
        desk.run(&["check"]).code(2);
    }
}
