//! The ledger of external links: what is remembered, and what is not asked again.

use std::time::Duration;

use crate::desk::program;
use crate::hosts::{Hosts, ODD};
use crate::linking::{HEADER, LEDGER, article, desk, own, places, settings};

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
fn copies_of_what_is_gone_are_asked_for_where_that_is_wanted() {
    let hosts = Hosts::start();
    let links = ["/gone", "/missing", "/here"].map(|path| hosts.at(1, path));
    let desk = desk(&links);
    let service = format!("external_snapshots = \"{}\"\n", hosts.at(2, "/kept"));
    settings(&desk, &service);
    let (notes, told) = own(&desk, &["--external-snapshots"]);
    assert_eq!(told["snapshots"], 1);
    let snapshot = "https://web.archive.org/web/2019/x";
    assert_eq!(
        notes[0]["help"],
        format!("link to the snapshot: {snapshot}")
    );
    assert_eq!(places(&notes), ["6 M0680", "8 M0680"]);
    let asked = hosts.paths();
    let asked: Vec<&String> = asked.iter().filter(|a| a.contains("/kept")).collect();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(
        asked[0].ends_with("%2Fgone&timestamp=20190228"),
        "{asked:?}"
    );
    assert!(desk.read(LEDGER).contains(&format!("\t{snapshot}\n")));
    // What is kept is not asked for again, and nothing is without the option.
    own(&desk, &["--external-snapshots"]);
    let asked = hosts.paths();
    assert_eq!(asked.iter().filter(|a| a.contains("/kept")).count(), 1);
    own(&desk, &[]);
    assert!(!hosts.paths().iter().any(|a| a.contains("/kept")));
    let service = service.replace("/kept", "/broken");
    settings(&desk, &service);
    let (notes, _) = own(&desk, &["--external-snapshots"]);
    assert!(
        notes.iter().any(|note| note["code"] == "M0690"),
        "{notes:#?}"
    );
}

#[test]
fn a_run_that_is_broken_off_goes_on() {
    let hosts = Hosts::start();
    let links: Vec<String> = (0..40).map(|n| hosts.at(1, &format!("/{n}"))).collect();
    let desk = desk(&links);
    let text = desk.read("site.toml");
    let slow = text.replace("external_pause = 0.0", "external_pause = 0.1");
    desk.file("site.toml", &slow);
    let mut run = std::process::Command::new(program())
        .args(["check", "--external", "--external-private", "--quiet"])
        .args(["--now", "2019-04-26"])
        .current_dir(desk.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let ledger = desk.path().join(LEDGER);
    while !ledger.exists() {
        std::thread::sleep(Duration::from_millis(20));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    // What was under way is written down a moment later.
    std::thread::sleep(Duration::from_millis(100));
    let before = hosts.asked().len();
    assert!((1..40).contains(&before), "{before}");
    desk.file("site.toml", &text);
    let (_, told) = own(&desk, &["--now", "2019-04-26"]);
    let known = told["known"].as_u64().unwrap();
    assert!(known >= 1, "{told}");
    assert_eq!(hosts.asked().len() as u64, 40 - known);
    assert_eq!(told["good"], 40);
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
fn whatever_a_host_answers_has_a_word() {
    let hosts = Hosts::start();
    let links: Vec<String> = (1..)
        .zip(ODD)
        .map(|(number, (path, ..))| hosts.at(number, path))
        .collect();
    let desk = desk(&links);
    own(&desk, &[]);
    let ledger = desk.read(LEDGER);
    for (link, (path, _, word)) in links.iter().zip(ODD) {
        let start = format!("{link}\t{word}\t2019-04-26");
        let is_told = ledger.lines().any(|line| line.starts_with(&start));
        assert!(is_told, "{path}: {word}\n{ledger}");
    }
}
