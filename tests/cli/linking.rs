//! A site that links to other hosts, and what `morgue check --external` says of it.

use serde_json::Value;

use crate::desk::Desk;

pub(crate) const LEDGER: &str = "external-links.tsv";
pub(crate) const HEADER: &str =
    "# morgue external links 1: address, status, checked, failing since, now at, snapshot";

/// A site whose one article has these links, each in a paragraph of its own from line 6 on.
pub(crate) fn desk(links: &[String]) -> Desk {
    let desk = Desk::empty();
    settings(&desk, "");
    article(&desk, links);
    desk
}

pub(crate) fn settings(desk: &Desk, more: &str) {
    let text = format!(
        "title = \"T\"\nbase_url = \"https://example.org\"\n[check]\npages = []\n\
         external_pause = 0.0\nexternal_timeout = 5.0\n{more}"
    );
    desk.file("site.toml", &text);
}

/// Waits no longer for an answer than the slow pages of the test's own hosts take.
pub(crate) fn impatient(desk: &Desk) {
    let text = desk.read("site.toml");
    let text = text.replace("external_timeout = 5.0", "external_timeout = 0.4");
    desk.file("site.toml", &text);
}

pub(crate) fn article(desk: &Desk, links: &[String]) {
    let paragraphs: String = links
        .iter()
        .map(|link| format!("[x]({link})\n\n"))
        .collect();
    let text = format!("---\ntitle: T\ndate: 2019-02-28\n---\n\n{paragraphs}");
    desk.file("content/articles/a.md", &text);
}

/// The findings about links to other hosts, and the summary.
pub(crate) fn check(desk: &Desk, more: &[&str]) -> (Vec<Value>, Value) {
    let mut args = vec!["check", "--format", "json", "--external"];
    args.extend(more);
    let output = desk.run(&args);
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let (notes, others): (Vec<Value>, Vec<Value>) =
        lines.partition(|line: &Value| line.get("code").is_some());
    let is_ours = |note: &Value| note["code"].as_str().unwrap().starts_with("M06");
    let notes = notes.into_iter().filter(is_ours).collect();
    (notes, others[0]["summary"]["external"].clone())
}

pub(crate) fn own(desk: &Desk, more: &[&str]) -> (Vec<Value>, Value) {
    let mut args = vec!["--external-private"];
    args.extend(more);
    check(desk, &args)
}

/// The findings as `line code`.
pub(crate) fn places(notes: &[Value]) -> Vec<String> {
    let place = |note: &Value| format!("{} {}", note["line"], note["code"].as_str().unwrap());
    notes.iter().map(place).collect()
}
