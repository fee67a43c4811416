//! `morgue permalinks redirect` and `withdraw`.

use std::collections::BTreeMap;

use clap::Args;

use crate::build::ledger::replace;
use crate::cli::screen::Screen;
use crate::cli::{Ending, Global, load};
use crate::config::Config;
use crate::site::ledger::{self, Decision, Ledger, State};

/// Let an old address lead to another.
///
/// The decision stands in the ledger; the next build makes the redirect. Where a page is at the
/// old address, the page stays.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue permalinks redirect /old/story.html /2019/04/25/story/
  morgue permalinks redirect https://example.org/old/ /2019/")]
pub(super) struct RedirectArgs {
    /// The old address
    #[arg(value_name = "OLD")]
    old: String,
    /// Where it leads
    #[arg(value_name = "NEW")]
    new: String,
}

/// Give up addresses: what was there was withdrawn.
///
/// Hosts that can answer `410 Gone` there, on others nothing is. For an article, `status: removed`
/// in its front matter leaves a page that says when and why.
#[derive(Debug, Args)]
pub(super) struct WithdrawArgs {
    /// The addresses
    #[arg(value_name = "OLD", required = true)]
    old: Vec<String>,
}

pub(super) fn redirect(global: &Global, args: &RedirectArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let address = |text: &str| ledger::address(&config, text);
    let (old, new) = match (address(&args.old), address(&args.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(reason), _) | (_, Err(reason)) => {
            screen.fail(&reason);
            return Ending::Failed;
        }
    };
    let known = match Known::read(&config) {
        Ok(known) => known,
        Err(notes) => {
            screen.report(notes, &config.folder);
            return Ending::Problems;
        }
    };
    if known.leads_to(&new, &old) {
        screen.fail(&format!(
            "{new} leads to {old} itself, so nobody would arrive\nhelp: name an address where a page is"
        ));
        return Ending::Failed;
    }
    if !known.states.contains_key(&new) {
        screen.say(&format!(
            "{new} is not in the ledger yet: the next build tells if nothing is there."
        ));
    }
    let said = format!("{old} leads to {new} from the next build on.");
    decide(
        &config,
        [(old, Decision::Redirect(new))].into(),
        &said,
        screen,
    )
}

pub(super) fn withdraw(global: &Global, args: &WithdrawArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let known = match Known::read(&config) {
        Ok(known) => known,
        Err(notes) => {
            screen.report(notes, &config.folder);
            return Ending::Problems;
        }
    };
    let mut decisions = BTreeMap::new();
    for text in &args.old {
        let refusal = match ledger::address(&config, text) {
            Ok(old) if known.states.contains_key(&old) => {
                decisions.insert(old, Decision::Withdraw);
                continue;
            }
            Ok(old) => format!(
                "{old} was never published\nhelp: `morgue permalinks list` lists every address"
            ),
            Err(reason) => reason,
        };
        screen.fail(&refusal);
        return Ending::Failed;
    }
    let said = match decisions.len() {
        1 => "1 address is given up from the next build on.".to_owned(),
        many => format!("{many} addresses are given up from the next build on."),
    };
    decide(&config, decisions, &said, screen)
}

/// Every address with its state, and where those lead that moved.
struct Known {
    states: BTreeMap<String, State>,
    moved: BTreeMap<String, String>,
}

impl Known {
    fn read(config: &Config) -> Result<Known, crate::diagnostics::Diagnostics> {
        let mut known = Known {
            states: BTreeMap::new(),
            moved: BTreeMap::new(),
        };
        ledger::each(&Ledger::of(&config.folder), &mut |_, line| {
            known.states.insert(line.address.to_owned(), line.state);
            if line.state == State::Moved {
                known
                    .moved
                    .insert(line.address.to_owned(), line.to.to_owned());
            }
        })?;
        Ok(known)
    }

    /// Whether whoever follows redirects from one address comes to another.
    fn leads_to(&self, from: &str, to: &str) -> bool {
        let mut at = from;
        for _ in 0..=self.moved.len() {
            if at == to {
                return true;
            }
            match self.moved.get(at) {
                Some(next) => at = next,
                None => return false,
            }
        }
        true
    }
}

fn decide(
    config: &Config,
    decisions: BTreeMap<String, Decision>,
    said: &str,
    screen: &Screen,
) -> Ending {
    let place = Ledger::of(&config.folder);
    let written = replace(place.path(), |file| {
        ledger::decide(&place, &decisions, file)
    });
    if let Err(error) = written {
        screen.fail(&format!("{} could not be written: {error}", place.path()));
        return Ending::Failed;
    }
    screen.say(said);
    Ending::Done
}
