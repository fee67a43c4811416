//! A build after changes, with all that earlier ones remembered, against a build from nothing: the
//! same files, byte for byte, and the same findings.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;

use crate::driver::{Outcome, SETTINGS, SiteTest};

/// An article as the test writes it.
#[derive(Debug, Clone)]
struct Story {
    title: u8,
    text: u8,
    date: (u8, u8, u8),
    people: Vec<u8>,
    places: Vec<u8>,
    topic: Option<u8>,
    about: bool,
    series: bool,
    status: u8,
    link: Option<u8>,
    picture: bool,
    correction: bool,
    french: bool,
    translates: Option<u8>,
    related: Option<u8>,
    alias: bool,
}

/// A change between two builds.
#[derive(Debug, Clone)]
enum Edit {
    Story(u8, Option<Story>),
    Title(u8, u8),
    Text(u8, u8),
    People(u8, Vec<u8>),
    Person(u8, u8),
    Places(u8),
    Page(u8),
    Picture(u8),
    Settings(u8),
    Template(u8),
    Texts(u8),
    Day(u8),
}

const NAMES: [&str; 6] = ["Ada Low", "Bo Mar", "Cem Ak", "王芳", "José", "Eve"];
const TOWNS: [&str; 4] = ["Hanoi", "Oslo", "Lima", "Perth"];

fn story() -> impl Strategy<Value = Story> {
    let names = proptest::collection::vec(0..6u8, 0..4);
    let towns = proptest::collection::vec(0..4u8, 0..3);
    let who = (names, towns, proptest::option::of(0..3u8), any::<bool>());
    let what = (any::<u8>(), any::<u8>(), (0..4u8, 0..3u8, 0..5u8), 0..8u8);
    let more = (
        proptest::option::of(0..10u8),
        any::<[bool; 5]>(),
        proptest::option::weighted(0.2, 0..10u8),
        proptest::option::weighted(0.2, 0..10u8),
    );
    (who, what, more).prop_map(|((people, places, topic, about), what, more)| {
        let (title, text, date, status) = what;
        let (link, [series, picture, correction, french, alias], translates, related) = more;
        Story {
            title,
            text,
            date,
            people,
            places,
            topic,
            about,
            series,
            status,
            link,
            picture,
            correction,
            french,
            translates,
            related,
            alias,
        }
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => (0..10u8, proptest::option::weighted(0.7, story())).prop_map(|(i, s)| Edit::Story(i, s)),
        2 => (0..10u8, any::<u8>()).prop_map(|(i, n)| Edit::Title(i, n)),
        2 => (0..10u8, any::<u8>()).prop_map(|(i, n)| Edit::Text(i, n)),
        2 => (0..10u8, proptest::collection::vec(0..6u8, 0..4)).prop_map(|(i, p)| Edit::People(i, p)),
        2 => (0..6u8, 0..6u8).prop_map(|(i, n)| Edit::Person(i, n)),
        1 => (0..6u8).prop_map(Edit::Places),
        1 => (0..4u8).prop_map(Edit::Page),
        1 => (0..3u8).prop_map(Edit::Picture),
        1 => (0..10u8).prop_map(Edit::Settings),
        1 => (0..3u8).prop_map(Edit::Template),
        1 => (0..3u8).prop_map(Edit::Texts),
        1 => (0..4u8).prop_map(Edit::Day),
    ]
}

/// Everything that a site is made from, as the test keeps it.
struct Desk {
    site: SiteTest,
    stories: BTreeMap<u8, Story>,
    written: BTreeMap<String, Vec<u8>>,
    others: BTreeMap<String, Vec<u8>>,
}

impl Desk {
    fn new(stories: Vec<Story>) -> Desk {
        let mut desk = Desk {
            site: SiteTest::new(),
            stories: (0..).zip(stories).collect(),
            written: BTreeMap::new(),
            others: BTreeMap::new(),
        };
        desk.settings(0);
        desk.places(0);
        desk.apply(Edit::Picture(0));
        desk
    }

    fn put(&mut self, file: &str, text: impl Into<Vec<u8>>) {
        self.others.insert(file.to_owned(), text.into());
    }

    fn settings(&mut self, variant: u8) {
        let more = [
            "[related]\ncount = 3\n",
            "[related]\ncount = 0\n",
            "description = \"Another\"\n[related]\ncount = 3\n",
            "relative_urls = true\n[feeds]\ncontent = \"full\"\n",
            "[data]\nenabled = false\n",
            "theme = \"wire\"\n",
            "[links]\nfirst_mentions = false\n",
            "",
            "relative_urls = true\n",
            "[shelves]\nwhole = 1\nmost = 2\n",
        ];
        let more = more[usize::from(variant)];
        let identity = match variant {
            7 => SETTINGS.replace("example.org", "example.com"),
            8 => SETTINGS.replace("example.org", "example.org/people"),
            _ => SETTINGS.to_owned(),
        };
        let dead = if more.contains("[links]") {
            ""
        } else {
            "[links]\n"
        };
        let shared = "dead = \"warn\"\n[shelves]\nwhole = 2\nmost = 3\n[intersections]\nminimum = 1\nmost = 2\n";
        let feeds = if more.contains("[feeds]") {
            ""
        } else {
            "[feeds]\nminimum = 2\n"
        };
        self.put(
            "site.toml",
            format!("{identity}{more}{dead}{shared}{feeds}"),
        );
    }

    fn places(&mut self, variant: u8) {
        let mut table = "name,latitude,longitude,parent\n".to_owned();
        for (index, town) in TOWNS.iter().enumerate().skip(usize::from(variant % 3)) {
            let parent = if variant > 3 && index > 1 {
                "Hanoi"
            } else {
                ""
            };
            let parent = if variant.is_multiple_of(3) {
                parent
            } else {
                ""
            };
            let east = f64::from(variant) + 0.5 * f64::from(u8::try_from(index).unwrap());
            table.push_str(&format!("{town},10.5,{east},{parent}\n"));
        }
        self.put("content/places.csv", table);
    }

    fn person(&mut self, index: u8, variant: u8) {
        let name = NAMES[usize::from(index)];
        let file = format!("content/people/p{index}.md");
        let fields = match variant {
            0 => {
                self.others.remove(&file);
                return;
            }
            1 => "description: a sailor\n",
            2 => "hidden: true\n",
            3 => "aliases: [Somebody Else]\nwikidata: Q42\n",
            4 => "sort_name: Zed\nborn: 1936\n",
            _ => "slug: another\n",
        };
        let body = format!("---\nname: {name}\n{fields}---\nBorn. [More](/about/) {variant}.\n");
        self.put(&file, body);
    }

    fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Story(index, Some(story)) => {
                self.stories.insert(index, story);
            }
            Edit::Story(index, None) => {
                self.stories.remove(&index);
            }
            Edit::Title(index, title) => self.change(index, |story| story.title = title),
            Edit::Text(index, text) => self.change(index, |story| story.text = text),
            Edit::People(index, people) => self.change(index, |story| story.people = people),
            Edit::Person(index, variant) => self.person(index, variant),
            Edit::Places(variant) => self.places(variant),
            Edit::Page(0) => {
                self.others.remove("content/pages/about.md");
            }
            Edit::Page(variant) => {
                let title = if variant > 2 { "About" } else { "Imprint" };
                let text = format!("---\ntitle: {title}\n---\nText {variant}.\n");
                self.put("content/pages/about.md", text);
            }
            Edit::Picture(variant) => {
                let size = [2, 2 + variant];
                let gif = [b"GIF89a".as_slice(), &[size[0], 0, size[1], 0, 0x80, 0, 0]].concat();
                self.put("content/static/dot.gif", gif);
            }
            Edit::Settings(variant) => self.settings(variant),
            Edit::Template(0) => {
                self.others.remove("templates/404.html");
            }
            Edit::Template(variant) => {
                self.put("templates/404.html", format!("Not here {variant}"));
                self.put(
                    "templates/redirect.html",
                    format!("{{{{ target }}}} {variant}"),
                );
            }
            Edit::Texts(variant) => {
                self.put("i18n/en.toml", format!("undated = \"No date {variant}\"\n"));
            }
            Edit::Day(day) => {
                let days = [
                    "2021-01-03T00:00:00Z",
                    "2021-02-02T12:00:00Z",
                    "2026-01-01T00:00:00Z",
                    "2020-01-02T00:00:00Z",
                ];
                self.site.now = days[usize::from(day)];
            }
        }
    }

    fn change(&mut self, index: u8, change: impl FnOnce(&mut Story)) {
        if let Some(story) = self.stories.get_mut(&index) {
            change(story);
        }
    }

    /// Writes what differs from what is on disk.
    fn write(&mut self) {
        let mut files = self.others.clone();
        for (index, story) in &self.stories {
            files.insert(
                format!("content/articles/s{index}.md"),
                article(*index, story),
            );
        }
        for gone in self
            .written
            .keys()
            .filter(|file| !files.contains_key(*file))
        {
            fs::remove_file(self.site.path().join(gone)).unwrap();
        }
        for (file, text) in &files {
            if self.written.get(file) != Some(text) {
                let path = self.site.path().join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
        }
        self.written = files;
    }
}

fn article(index: u8, story: &Story) -> Vec<u8> {
    let list = |names: &[&str], chosen: &[u8]| {
        let chosen: Vec<&str> = chosen.iter().map(|i| names[usize::from(*i)]).collect();
        chosen.join(", ")
    };
    let (year, month, day) = story.date;
    let date = match day {
        0 => format!("{}", 2018 + u16::from(year)),
        day => format!("{}-{:02}-{day:02}", 2018 + u16::from(year), 1 + month),
    };
    let people = list(&NAMES, &story.people);
    let mut text = format!(
        "---\ntitle: Story {}\ndate: {date}\nid: s{index}\n",
        story.title
    );
    text += &format!(
        "people: [{people}]\nplaces: [{}]\n",
        list(&TOWNS, &story.places)
    );
    if let Some(topic) = story.topic {
        text += &format!("topics: [Topic {topic}]\nsection: Section {topic}\n");
    }
    if story.about && !story.people.is_empty() {
        text += &format!("about: [{}]\n", NAMES[usize::from(story.people[0])]);
    }
    if story.series {
        text += "series: The Long One\n";
    }
    match story.status {
        0 => text += "status: noindex\n",
        1 => text += "draft: true\n",
        _ => {}
    }
    if story.correction {
        text += "corrections:\n  - date: 2021-02-01\n    text: Wrong.\n";
    }
    if story.french {
        text += "language: fr\n";
    }
    if let Some(other) = story.translates.filter(|other| *other != index) {
        text += &format!("translation_of: s{other}\n");
    }
    if let Some(other) = story.related {
        text += &format!("related: [s{other}]\n");
    }
    if story.alias {
        text += &format!("aliases: [/old/{index}/]\n");
    }
    text += &format!("---\n\nThe text {} of Ada Low in Hanoi.\n\n", story.text);
    if let Some(other) = story.link {
        text += &format!(
            "See [that](s{other}.md) and [who](/people/eve/), \
             <https://example.org/people/eve/>.\n\n"
        );
    }
    if story.picture {
        text += "![A dot](/dot.gif)\n";
    }
    text.into_bytes()
}

fn findings(outcome: &Outcome) -> Vec<String> {
    outcome
        .notes
        .iter()
        .map(|note| format!("{note:?}"))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_warm_build_is_a_clean_build(
        stories in proptest::collection::vec(story(), 4..9),
        edits in proptest::collection::vec(proptest::collection::vec(edit(), 1..3), 5),
    ) {
        let mut desk = Desk::new(stories);
        desk.write();
        desk.site.build();
        for (step, edits) in edits.into_iter().enumerate() {
            edits.into_iter().for_each(|edit| desk.apply(edit));
            desk.write();
            let warm = desk.site.build();
            let output = desk.site.path().join(format!("clean-{step}"));
            let clean = desk.site.build_anew(&output);
            prop_assert_eq!(findings(&warm), findings(&clean));
            prop_assert_eq!(warm.built.is_some(), clean.built.is_some());
            if clean.built.is_some() {
                let differ: Vec<&String> = clean
                    .files
                    .iter()
                    .filter(|(path, bytes)| warm.files.get(*path) != Some(bytes))
                    .map(|(path, _)| path)
                    .collect();
                prop_assert!(differ.is_empty(), "step {}: {:?}", step, differ);
                prop_assert_eq!(warm.files.len(), clean.files.len());
            }
            fs::remove_dir_all(output).ok();
        }
    }
}
