//! Whatever editors do, no address is lost: after any sequence of changes every address that was
//! ever published is there, leads in one step to a page that is there, or is withdrawn.

use std::collections::BTreeMap;
use std::fs;

use morgue::diagnostics::Code;
use morgue::site::ledger::{self, Decision, Ledger, Line, State};
use proptest::prelude::*;

use crate::driver::SiteTest;

#[derive(Debug, Clone)]
enum Edit {
    /// Another slug, file, day, set of terms, text.
    Slug(usize, u8),
    File(usize, u8),
    Day(usize, u8),
    People(usize, u8),
    Text(usize, u8),
    Id(usize, u8),
    Delete(usize),
    Draft(usize),
    Add(u8),
    /// One person becomes a part of another, or is called otherwise.
    Merge(u8, u8),
    Rename(u8, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    let story = 0_usize..6;
    prop_oneof![
        (story.clone(), 0_u8..4).prop_map(|(a, b)| Edit::Slug(a, b)),
        (story.clone(), 0_u8..4).prop_map(|(a, b)| Edit::File(a, b)),
        (story.clone(), 1_u8..4).prop_map(|(a, b)| Edit::Day(a, b)),
        (story.clone(), 0_u8..8).prop_map(|(a, b)| Edit::People(a, b)),
        (story.clone(), 0_u8..3).prop_map(|(a, b)| Edit::Text(a, b)),
        (story.clone(), 0_u8..3).prop_map(|(a, b)| Edit::Id(a, b)),
        story.clone().prop_map(Edit::Delete),
        story.prop_map(Edit::Draft),
        (0_u8..9).prop_map(Edit::Add),
        (0_u8..3, 0_u8..3).prop_map(|(a, b)| Edit::Merge(a, b)),
        (0_u8..3, 0_u8..3).prop_map(|(a, b)| Edit::Rename(a, b)),
    ]
}

#[derive(Debug, Clone)]
struct Story {
    number: u8,
    slug: u8,
    file: u8,
    day: u8,
    people: u8,
    text: u8,
    id: u8,
    draft: bool,
}

impl Story {
    fn new(number: u8) -> Story {
        Story {
            number,
            slug: 0,
            file: 0,
            day: 1 + number % 3,
            people: number % 8,
            text: 0,
            id: 0,
            draft: false,
        }
    }

    fn file(&self) -> String {
        format!("content/articles/{}-{}.md", self.number, self.file)
    }

    fn source(&self) -> String {
        let people: Vec<&str> = ["Ana", "Bo", "Cy"]
            .into_iter()
            .enumerate()
            .filter(|(bit, _)| self.people >> bit & 1 == 1)
            .map(|(_, name)| name)
            .collect();
        let id = match self.id {
            0 => String::new(),
            id => format!("id: n{}-{id}\n", self.number),
        };
        let draft = if self.draft { "status: draft\n" } else { "" };
        format!(
            "---\ntitle: Story {}\ndate: 2019-01-{:02}\nslug: s{}-{}\npeople: [{}]\n{id}{draft}---\n\nText {} of {}.\n",
            self.number,
            self.day,
            self.number,
            self.slug,
            people.join(", "),
            self.text,
            self.number,
        )
    }
}

#[derive(Debug, Clone, Default)]
struct Desk {
    stories: Vec<Story>,
    records: BTreeMap<u8, String>,
}

impl Desk {
    fn apply(&mut self, edit: &Edit) {
        let names = ["Ana", "Bo", "Cy"];
        let slug = |index: u8| names[usize::from(index)].to_lowercase();
        let story = match edit {
            Edit::Slug(at, _) | Edit::File(at, _) | Edit::Day(at, _) | Edit::People(at, _) => at,
            Edit::Text(at, _) | Edit::Id(at, _) | Edit::Delete(at) | Edit::Draft(at) => at,
            Edit::Add(number) => {
                if self.stories.iter().all(|story| story.number != *number) {
                    self.stories.push(Story::new(*number));
                }
                return;
            }
            Edit::Merge(from, to) => {
                let merged = self
                    .records
                    .values()
                    .any(|text| text.contains("merged_into"));
                if from != to && !merged {
                    let name = names[usize::from(*from)];
                    let text = format!("---\nname: {name}\nmerged_into: {}\n---\n", slug(*to));
                    self.records.insert(*from, text);
                    self.records.entry(*to).or_insert_with(|| {
                        format!("---\nname: {}\n---\n", names[usize::from(*to)])
                    });
                }
                return;
            }
            Edit::Rename(which, variant) => {
                let merged = self
                    .records
                    .values()
                    .any(|text| text.contains("merged_into"));
                if !merged {
                    let name = names[usize::from(*which)];
                    let text =
                        format!("---\nname: {name}\nslug: {}-{variant}\n---\n", slug(*which));
                    self.records.insert(*which, text);
                }
                return;
            }
        };
        let at = *story;
        if matches!(edit, Edit::Delete(_)) && at < self.stories.len() {
            self.stories.remove(at);
            return;
        }
        let Some(story) = self.stories.get_mut(at) else {
            return;
        };
        match edit {
            Edit::Slug(_, to) => story.slug = *to,
            Edit::File(_, to) => story.file = *to,
            Edit::Day(_, to) => story.day = *to,
            Edit::People(_, to) => story.people = *to,
            Edit::Text(_, to) => story.text = *to,
            Edit::Id(_, to) => story.id = *to,
            Edit::Draft(_) => story.draft = !story.draft,
            _ => {}
        }
    }

    fn write(&self, mut site: SiteTest) -> SiteTest {
        let _ = fs::remove_dir_all(site.path().join("content"));
        for story in &self.stories {
            site = site.write(&story.file(), story.source());
        }
        for (which, text) in &self.records {
            site = site.write(&format!("content/people/{which}.md"), text);
        }
        site
    }
}

/// Every line of the ledger in its columns, by address.
fn lines(text: &str) -> BTreeMap<String, (State, String)> {
    let mut lines = BTreeMap::new();
    let mut take = |_: u32, line: &Line<'_>| {
        lines.insert(line.address.to_owned(), (line.state, line.to.to_owned()));
    };
    let condition = ledger::stream(&mut text.as_bytes(), &mut take);
    assert!(
        condition.notes.is_empty() && !condition.unsorted && !condition.untidy,
        "{text}"
    );
    lines
}

/// Withdraws everything that would vanish.
fn withdraw(site: &SiteTest, lost: Vec<String>) {
    let place = Ledger::of(site.path());
    let decisions = lost
        .into_iter()
        .map(|address| (address, Decision::Withdraw))
        .collect();
    let mut text = Vec::new();
    ledger::decide(&place, &decisions, &mut text).unwrap();
    fs::write(place.path(), text).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn every_address_that_ever_was_is_answered(rounds in prop::collection::vec(prop::collection::vec(edit(), 1..5), 1..5)) {
        let mut site = SiteTest::new();
        site.ledger = true;
        let mut desk = Desk::default();
        (0..4).for_each(|number| desk.apply(&Edit::Add(number)));
        site = desk.write(site);
        site.build().ok();
        let place = site.path().join(ledger::FILE);
        for round in rounds {
            let before = lines(&fs::read_to_string(&place).unwrap());
            round.iter().for_each(|edit| desk.apply(edit));
            site = desk.write(site);
            let mut outcome = site.build();
            if outcome.built.is_none() {
                let lost = outcome.found(Code::LostAddress);
                prop_assert_eq!(outcome.errors().len(), lost.len(), "{:#?}", outcome.errors());
                let address = |message: &str| message.split(' ').next().unwrap().to_owned();
                let lost = lost.iter().map(|note| address(&note.message)).collect();
                withdraw(&site, lost);
                outcome = site.build().ok();
            }
            let after = lines(&fs::read_to_string(&place).unwrap());
            for address in before.keys() {
                prop_assert!(after.contains_key(address), "{} is forgotten", address);
            }
            for (address, (state, to)) in &after {
                let file = address.trim_start_matches('/');
                let there = outcome.files.contains_key(file) || outcome.has(address);
                match state {
                    State::Live => prop_assert!(there, "{} is not there", address),
                    State::Gone => prop_assert!(!there, "{} is there", address),
                    State::Moved => {
                        let target = after.get(to).map(|(state, _)| *state);
                        prop_assert_eq!(target, Some(State::Live), "{} leads to {}", address, to);
                        if address.ends_with('/') {
                            let refresh = format!("content=\"0; url={to}\"");
                            prop_assert!(outcome.page(address).contains(&refresh));
                        }
                    }
                }
            }
            // Nothing is decided anew the next time.
            let written = fs::read_to_string(&place).unwrap();
            prop_assert_eq!(site.build().ok().built.unwrap().published.written, 0);
            prop_assert_eq!(fs::read_to_string(&place).unwrap(), written);
        }
    }

    #[test]
    fn a_ledger_of_any_bytes_is_read_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "([/a-b\\t\n\r<=>|#?.%]|live|moved|gone|\\PC){0,80}") {
        ledger::check(&bytes);
        ledger::check(text.as_bytes());
        ledger::addresses(&bytes);
        ledger::addresses(text.as_bytes());
    }

    #[test]
    fn what_is_written_is_read_again(address in "/[a-zé王 %?&=/]{0,20}", to in "/[a-z]{1,9}/", file in "[a-z%]{0,9}", text in any::<u64>(), state in 0..3) {
        let state = [State::Live, State::Moved, State::Gone][state as usize];
        let to = if state == State::Moved { to.as_str() } else { "" };
        let line = Line { address: &address, state, to, id: "article", file: &file, text, notice: text / 3 };
        let mut row = String::new();
        line.push(&mut row);
        prop_assert_eq!(ledger::parse(row.trim_end_matches('\n')), Ok(line));
    }
}
