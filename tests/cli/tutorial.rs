//! The tutorial of README.md, typed as it stands there.

use crate::desk::Desk;

/// When the tutorial was written: 23 November 2026.
const WHEN: &str = "1795435200";

/// A command of the tutorial and the lines that it is said to show.
struct Step {
    words: Vec<String>,
    shows: Vec<String>,
}

fn steps() -> Vec<Step> {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"));
    let readme = readme.unwrap();
    let section = readme.split("\n## Ten minutes").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let mut steps: Vec<Step> = Vec::new();
    for block in section.split("```console\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            match line.strip_prefix("$ ") {
                Some(command) => steps.push(Step {
                    words: words(command),
                    shows: Vec::new(),
                }),
                None => steps.last_mut().unwrap().shows.push(line.to_owned()),
            }
        }
    }
    steps
}

/// The words of a command, as a shell parts them.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in command.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn every_step_shows_what_it_is_said_to() {
    let desk = Desk::at(WHEN);
    let article = "my-archive/content/articles/2019/talks-in-hanoi-end-without-agreement.md";
    for (index, step) in steps().iter().enumerate() {
        let words: Vec<&str> = step.words.iter().map(String::as_str).collect();
        // The folder is entered by an option, and nobody looks at the preview.
        if words[0] == "cd" || words[1] == "serve" {
            continue;
        }
        let is_mistake = step.shows.iter().any(|line| line.contains("M0105"));
        if is_mistake {
            let text = desk.read(article).replace("2019-02-28", "2019-02-30");
            desk.file(article, &text);
        }
        let mut args = words[1..].to_vec();
        if words[1] != "init" {
            args.extend(["--site", "my-archive"]);
        }
        let output = desk.run(&args).code(i32::from(is_mistake));
        let output = output.get_output();
        let said = [&output.stdout[..], &output.stderr[..]].concat();
        let said = String::from_utf8(said).unwrap().replace(
            "my-archive/content/articles/2019/talks",
            "content/articles/2019/talks",
        );
        for line in &step.shows {
            let line = line.split(" warnings, ").next().unwrap();
            let line = line.replace(" in public:", " in my-archive/public:");
            assert!(
                said.contains(&line) || said.contains(&format!("my-archive/{line}")),
                "step {index}: {line}\n{said}"
            );
        }
        if words[1] == "new" && words[2] == "article" {
            let text = desk.read(article) + "The two sides left the city a day early.\n";
            let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"));
            assert!(readme.unwrap().contains(&text), "{text}");
            desk.file(article, &text);
        }
    }
}
