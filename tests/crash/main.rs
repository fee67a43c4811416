//! Builds that are killed at any moment, disks that are full, files that change under the build:
//! what is left is whole, and the next build makes of it what a clean one would have made.
//!
//! `MORGUE_KILLS` and `MORGUE_ARTICLES` set how many builds are killed, of what archive.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by panicking, and a long one tells what it saw"
)]

#[cfg(unix)]
mod disk;
mod press;
mod restless;

use std::fs;
use std::time::Duration;

use press::{Dice, Press, State, Tree, When, delete, number, put, said};

/// What was seen while builds were killed.
#[derive(Debug, Default)]
struct Seen {
    /// Builds that were still at work.
    at_work: usize,
    /// First builds among them.
    cold: usize,
    /// Builds that left some pages new and some old.
    mixed: usize,
    /// Runs killed while they finished what another had begun.
    recoveries: usize,
    /// Runs with a mistake in the content, which finished it all the same.
    mistaken: usize,
}

struct Story {
    press: Press,
    /// What a clean build makes of each state.
    sites: [Tree; 3],
    dice: Dice,
    /// How long a first build takes, another one, and the moving of its files.
    times: [Duration; 3],
    seen: Seen,
}

impl Story {
    fn new(articles: usize) -> Story {
        let press = Press::new(articles);
        let sites = State::ALL.map(|state| press.clean(state));
        press.write(State::Pruned);
        let cold = press.build();
        press.write(State::Before);
        let warm = press.build();
        press.write(State::After);
        let moving = press.moving();
        Story {
            press,
            sites,
            dice: Dice(1851),
            times: [cold, warm, moving],
            seen: Seen::default(),
        }
    }

    /// Kills a build that leads from one state to the next, and looks at everything.
    fn kill(&mut self, nth: usize, from: Option<State>, to: State) {
        let nothing = Tree::new();
        let sites = self.sites.clone();
        let old = from.map_or(&nothing, |state| &sites[state as usize]);
        let new = &sites[to as usize];
        self.press.write(to);
        let when = self.when(nth, from.is_none());
        let at_work = self.press.kill(when);
        self.seen.at_work += usize::from(at_work);
        self.seen.cold += usize::from(at_work && from.is_none());
        let moment = format!("kill {nth}, {from:?} to {to:?}, {when:?}");
        let found = self.press.expect_whole([old, new], &moment);
        let is_one = found == *old || found == *new;
        self.seen.mixed += usize::from(!is_one);
        assert!(from.is_some() || is_one, "{moment}: half a first build");
        let begun = self.press.is_moving();
        assert!(is_one || begun, "{moment}: mixed, and no journal");
        if begun && nth % 4 != 1 {
            self.kill_recovery([old, new], &moment);
        }
        if nth.is_multiple_of(3) {
            self.make_a_mistake(old, new, &moment);
        }
        self.press.build();
        self.press.expect(new, &moment);
    }

    /// The end, where the folder changes, is hit more often than the long time before.
    fn when(&mut self, nth: usize, is_cold: bool) -> When {
        let [cold, warm, moving] = self.times;
        let late = 1.0 - self.dice.throw() * self.dice.throw();
        match (is_cold, nth % 3) {
            (true, _) => When::After(cold.mul_f64(late)),
            (false, 0) => When::After(warm.mul_f64(late)),
            (false, _) => When::Moving(moving.mul_f64(self.dice.throw())),
        }
    }

    /// Kills the runs that would finish the last one, too.
    fn kill_recovery(&mut self, sites: [&Tree; 2], moment: &str) {
        for _ in 0..3 {
            let wait = self.times[2].mul_f64(2.0 * self.dice.throw());
            let at_work = self.press.kill(When::After(wait));
            self.press.expect_whole(sites, moment);
            self.seen.recoveries += usize::from(at_work && self.press.is_moving());
        }
    }

    /// A mistake in the content does not keep half a site on the air.
    fn make_a_mistake(&mut self, old: &Tree, new: &Tree, moment: &str) {
        let begun = self.press.is_moving();
        let mistake = self.press.folder.join("content/articles/mistake.md");
        put(&mistake, "---\ntitle: [\n---\n");
        let run = self.press.run();
        assert_eq!(run.status.code(), Some(1), "{moment}: {}", said(&run));
        let found = press::tree(&self.press.output());
        assert!(found == *new || (!begun && found == *old), "{moment}");
        self.seen.mistaken += usize::from(begun && found == *new);
        fs::remove_file(mistake).unwrap();
    }
}

#[test]
fn killed_at_any_moment_the_output_is_whole_and_the_next_build_right() {
    let kills = number("MORGUE_KILLS", 12);
    let mut story = Story::new(number("MORGUE_ARTICLES", 80));
    let mut state = State::After;
    for nth in 0..kills {
        let is_cold = nth % 4 == 3;
        if is_cold {
            delete(&story.press.output());
        }
        story.kill(nth, (!is_cold).then_some(state), state.next());
        state = state.next();
    }
    println!("{kills} kills: {:?}, {:?}", story.seen, story.times);
}

#[test]
fn a_pack_is_whole_or_what_it_was() {
    let press = Press::new(number("MORGUE_ARTICLES", 80));
    let pack = press.folder.join("site.tar.gz");
    let mut dice = Dice(1884);
    for state in [State::Before, State::After] {
        press.write(state);
        let old = fs::read(&pack).ok();
        let mut child = press.command(&["--pack", "site.tar.gz"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(300).mul_f64(dice.throw()));
        let _ = child.kill();
        child.wait().unwrap();
        let left = fs::read(&pack).ok();
        let made = press.command(&["--pack", "site.tar.gz"]).output().unwrap();
        assert!(made.status.success(), "{}", said(&made));
        let new = fs::read(&pack).ok();
        assert!(left == old || left == new, "{state:?}");
        let beside = fs::read_dir(&press.folder).unwrap().map(Result::unwrap);
        let packs = beside.filter(|entry| entry.file_name().to_string_lossy().contains("tar"));
        assert_eq!(packs.count(), 1, "{state:?}");
    }
}

/// A first build does not wait for the disk, which after a power cut has the names of the files
/// that it had no time for, and nothing in them.
#[test]
fn pages_that_a_power_cut_emptied_are_made_again() {
    let press = Press::new(number("MORGUE_ARTICLES", 80));
    let state = State::Before;
    let clean = press.clean(state);
    press.build();
    let pages = press::tree(&press.output()).into_keys();
    let emptied = pages.filter(|path| path != ".morgue-manifest").step_by(3);
    for path in emptied {
        let file = press.output().join(path);
        fs::File::create(file).unwrap();
    }
    assert_ne!(press::tree(&press.output()), clean);
    press.build();
    assert_eq!(press::tree(&press.output()), clean);
}
