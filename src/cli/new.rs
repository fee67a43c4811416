//! `morgue new`.

use camino::Utf8PathBuf;
use clap::Args;

use super::screen::Screen;
use super::{Ending, Global, list, load};
use crate::config::Config;
use crate::content::edit::yaml_text as yaml;
use crate::content::{self, Date, slug};

mod article;
mod file;
mod record;

pub(super) use file::create;

/// Begin an article, or the record of a person, place or topic.
///
/// Makes one file with its front matter filled in and prints its path. A file that is there is
/// never overwritten. Names that the archive knows under another spelling or alias are written
/// as the archive writes them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue new article \"Talks end without agreement\" --date 2019-02-28 \\
      --person \"Kim Jong-un\" --person \"Donald Trump\" --place Hanoi --topic Diplomacy
  morgue new person \"Kim Jong-un\" --description \"leader of North Korea since 2011\"
  morgue new place Hanoi")]
pub(super) struct NewArgs {
    /// article, or what has records: person, place, topic, author, section…
    #[arg(value_name = "WHAT")]
    what: String,
    /// The headline, or the name
    name: String,
    /// A person in the article; again for each further one
    #[arg(long, value_name = "NAME", help_heading = "Of an article")]
    person: Vec<String>,
    /// A place in it
    #[arg(long, value_name = "NAME", help_heading = "Of an article")]
    place: Vec<String>,
    /// A topic of it
    #[arg(long, value_name = "NAME", help_heading = "Of an article")]
    topic: Vec<String>,
    /// An author of it
    #[arg(long, value_name = "NAME", help_heading = "Of an article")]
    author: Vec<String>,
    /// The section it stands in
    #[arg(long, value_name = "NAME", help_heading = "Of an article")]
    section: Option<String>,
    /// A term of any taxonomy of the site, as in series="Road to Vladivostok"
    #[arg(long, value_name = "TAXONOMY=NAME", help_heading = "Of an article")]
    term: Vec<String>,
    /// Its date as far as it is known: 2019-04-25, 1936-07, 1936, unknown (default: today)
    #[arg(long, help_heading = "Of an article")]
    date: Option<String>,
    /// Keep it out of the site until `status: draft` is taken away
    #[arg(long, help_heading = "Of an article")]
    draft: bool,
    /// Make it a folder, for an article with pictures beside it
    #[arg(long, help_heading = "Of an article")]
    folder: bool,
    /// A few words that tell it from its namesakes
    #[arg(long, value_name = "TEXT", help_heading = "Of a record")]
    description: Option<String>,
    /// The last part of its address (default: from the headline or name)
    #[arg(long)]
    slug: Option<String>,
}

/// A file to be made: its path seen from the content root, and its text.
struct Draft {
    path: Utf8PathBuf,
    text: String,
    /// What the person at the keyboard should know.
    remarks: Vec<String>,
}

pub(super) fn run(global: &Global, args: &NewArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let made = draft(&config, args).and_then(|draft| {
        let path = config.folder.join(content::shown(&config, &draft.path));
        create(&path, draft.text.as_bytes())?;
        Ok((path, draft.remarks))
    });
    match made {
        Ok((path, remarks)) => {
            for remark in remarks {
                screen.say(&remark);
            }
            screen.print(&format!("{path}\n"));
            Ending::Done
        }
        Err(reason) => {
            screen.fail(&reason);
            Ending::Failed
        }
    }
}

fn draft(config: &Config, args: &NewArgs) -> Result<Draft, String> {
    let draft = if matches!(args.what.as_str(), "article" | "articles") {
        if args.description.is_some() {
            return Err("`--description` is of records; write an article's `deck` or `summary` into its file".into());
        }
        article::draft(config, args)?
    } else {
        let taxonomy = list::taxonomy(config, &args.what, &["article"])?;
        if let Some(option) = of_articles(args) {
            let singular = &config.taxonomies[taxonomy].singular;
            return Err(format!(
                "`--{option}` is of articles, and this would be the record of a {singular}\n\
                 help: `morgue new article \"Title\" --{option} …` begins an article"
            ));
        }
        record::draft(config, taxonomy, args)?
    };
    if config.ignored.is_match(&draft.path) {
        return Err(format!(
            "{} would not be read: `[content] ignore` in site.toml passes it over\n\
             help: choose another `--slug`",
            draft.path
        ));
    }
    Ok(draft)
}

/// The first option that only articles have.
fn of_articles(args: &NewArgs) -> Option<&'static str> {
    [
        ("person", !args.person.is_empty()),
        ("place", !args.place.is_empty()),
        ("topic", !args.topic.is_empty()),
        ("author", !args.author.is_empty()),
        ("section", args.section.is_some()),
        ("term", !args.term.is_empty()),
        ("date", args.date.is_some()),
        ("draft", args.draft),
        ("folder", args.folder),
    ]
    .into_iter()
    .find_map(|(option, given)| given.then_some(option))
}

/// The slug asked for, else that of the name.
fn slug_of(config: &Config, args: &NewArgs) -> Result<String, String> {
    let ascii = config.settings.permalinks.ascii;
    match &args.slug {
        Some(own) if slug::is_usable(own) => Ok(own.clone()),
        Some(own) => Err(format!(
            "{own:?} cannot be one part of an address\nhelp: write `--slug {}`",
            slug::slug(own, ascii)
        )),
        None => Ok(slug::slug(&args.name, ascii)),
    }
}

/// Today, where the site is; nothing where the clock shows a year that no article can have.
fn today(config: &Config) -> Option<Date> {
    let now = super::source_date_epoch().unwrap_or_else(super::clock);
    let today = config.timezone.to_datetime(now).date();
    Date::new(today.year(), today.month(), today.day()).filter(|date| date.year() > 0)
}
