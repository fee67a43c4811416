//! `morgue list`.

use clap::Args;

use super::screen::Screen;
use super::{Choice, Ending, Global, ending, load};
use crate::archive::{Archive, ArticleId, TermId};
use crate::config::Config;
use crate::content;
use crate::content::name::fold;
use crate::diagnostics::report::Format;
use crate::diagnostics::{Diagnostics, Severity};
use crate::site::{Site, encode};

pub(super) mod table;

use table::{Cell, Table};

/// Every column of any list.
const COLUMNS: &[&str] = &[
    "date", "title", "file", "name", "slug", "count", "first", "last", "record", "url",
];

/// Those that fit a screen together.
const BRIEF: &[&str] = &[
    "date", "title", "file", "name", "count", "first", "last", "record",
];

/// List the articles, people, places, topics… of the archive.
///
/// Lists what a build would publish; errors in other files are reported and do not prevent it.
/// CSV, JSON and `--verbose` have the addresses too. In CSV, a cell that a spreadsheet would run as a formula is preceded by an apostrophe.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue list people                                      who is in the archive, and how often
  morgue list articles --person \"Kim Jong-un\" --year 2019  what was written of him that year
  morgue list articles --csv > articles.csv               for a spreadsheet
  morgue list topics --format json | jq '.[].name'        for programs")]
pub(super) struct ListArgs {
    /// articles, or people, places, topics, authors, sections, series, or a taxonomy of the site
    #[arg(value_name = "WHAT")]
    what: String,
    /// Print CSV, its first row the names of the columns
    #[arg(long)]
    csv: bool,
    /// Only articles of this year
    #[arg(long)]
    year: Option<i16>,
    /// Only articles with this person; again: with all of them
    #[arg(long, value_name = "NAME")]
    person: Vec<String>,
    /// Only articles with this place
    #[arg(long, value_name = "NAME")]
    place: Vec<String>,
    /// Only articles with this topic
    #[arg(long, value_name = "NAME")]
    topic: Vec<String>,
    /// Only articles by this author
    #[arg(long, value_name = "NAME")]
    author: Vec<String>,
    /// Only articles of this section
    #[arg(long, value_name = "NAME")]
    section: Option<String>,
    /// Only articles with a term of any taxonomy, as in series="Road to Vladivostok"
    #[arg(long, value_name = "TAXONOMY=NAME")]
    term: Vec<String>,
    #[command(flatten)]
    choice: Choice,
}

pub(super) fn run(global: &Global, args: &ListArgs, screen: &Screen) -> Ending {
    let config = match load(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    let (content, mut notes) = content::read(&config, None);
    let selection = args.choice.selection();
    let (archive, found) = Archive::new(content, &config, &selection);
    notes.extend(found);
    let (site, found) = Site::plan(&archive, &config, &[], selection.now);
    notes.extend(found);
    let desk = Desk {
        config: &config,
        archive: &archive,
        site: &site,
    };
    let table = match desk.table(args) {
        Ok(table) => table,
        Err(reason) => {
            screen.fail(&reason);
            return Ending::Failed;
        }
    };
    let ending = ending(&notes);
    if ending != Ending::Done {
        // Standard output is the list's alone, whatever its form.
        let beside = Screen::new(&Global {
            format: Format::Text,
            ..global.clone()
        });
        beside.report(errors(notes), &config.folder);
    }
    screen.print(&match screen.format {
        _ if args.csv => table.csv(),
        Format::Json => table.json(),
        _ if global.verbose => table.text(COLUMNS),
        _ => table.text(BRIEF),
    });
    ending
}

/// A list is no report: only what it may lack is told.
fn errors(notes: Diagnostics) -> Diagnostics {
    let mut errors = Diagnostics::new();
    let found = notes.into_iter().filter(|n| n.severity == Severity::Error);
    found.for_each(|note| errors.push(note));
    errors
}

/// The taxonomy that a word on the command line means: `person`, `people` or its key. `others`
/// are the further words that would have been understood.
pub(super) fn taxonomy(config: &Config, word: &str, others: &[&str]) -> Result<usize, String> {
    let lower = fold(word);
    let found = config.taxonomies.iter().position(|taxonomy| {
        let keys = taxonomy.keys.iter().map(String::as_str);
        let words = keys.chain([&*taxonomy.name, &*taxonomy.singular, &*taxonomy.label]);
        words.map(fold).any(|known| known == lower)
    });
    found.ok_or_else(|| {
        let singulars = config.taxonomies.iter().map(|t| t.singular.as_str());
        let known: Vec<&str> = others.iter().copied().chain(singulars).collect();
        let names = config.taxonomies.iter().map(|t| t.name.as_str());
        let nearest = content::nearest(&lower, known.iter().copied().chain(names));
        let hint = nearest.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        format!(
            "this site has no {word:?}{hint}\nhelp: it has {}; `[taxonomies]` in site.toml adds others",
            known.join(", ")
        )
    })
}

/// What a list is made from.
struct Desk<'a> {
    config: &'a Config,
    archive: &'a Archive,
    site: &'a Site,
}

impl Desk<'_> {
    fn table(&self, args: &ListArgs) -> Result<Table, String> {
        let filter = self.filter(args)?;
        if matches!(args.what.as_str(), "article" | "articles") {
            return Ok(self.articles(args, &filter));
        }
        let taxonomy = taxonomy(self.config, &args.what, &["articles"])?;
        Ok(self.terms(taxonomy, args, &filter))
    }

    /// The terms that every article listed has.
    fn filter(&self, args: &ListArgs) -> Result<Vec<TermId>, String> {
        let mut given: Vec<(&str, &str)> = Vec::new();
        let section = args.section.as_slice();
        for (word, names) in [
            ("person", &args.person[..]),
            ("place", &args.place),
            ("topic", &args.topic),
            ("author", &args.author),
            ("section", section),
        ] {
            given.extend(names.iter().map(|name| (word, name.as_str())));
        }
        for term in &args.term {
            given.push(term.split_once('=').ok_or_else(|| {
                format!("{term:?} names no taxonomy\nhelp: write `--term series=\"Road to Vladivostok\"`")
            })?);
        }
        let ids = given.into_iter().map(|(word, name)| {
            let taxonomy = taxonomy(self.config, word.trim(), &[])?;
            self.term(taxonomy, name)
        });
        ids.collect()
    }

    /// The term of a name, slug or alias.
    fn term(&self, taxonomy: usize, name: &str) -> Result<TermId, String> {
        let range = self.archive.shelves[taxonomy].clone();
        let terms = &self.archive.terms[range.clone()];
        let key = fold(name);
        let named = terms
            .iter()
            .position(|term| fold(&term.name) == key || fold(&term.slug) == key);
        let found = named.or_else(|| {
            terms.iter().position(|term| {
                let mut aliases = term.record.iter().flat_map(|record| &record.aliases);
                aliases.any(|alias| fold(alias) == key)
            })
        });
        let singular = &self.config.taxonomies[taxonomy].singular;
        let index = found.ok_or_else(|| {
            let names: Vec<String> = terms.iter().map(|term| fold(&term.name)).collect();
            let near = content::nearest(&key, names.iter().map(String::as_str));
            let near = near.and_then(|near| terms.iter().find(|term| fold(&term.name) == near));
            let hint = near.map_or(String::new(), |term| {
                format!("; did you mean {:?}?", term.name)
            });
            format!(
                "the archive has no {singular} {name:?}{hint}\nhelp: `morgue list {}` lists all",
                self.config.taxonomies[taxonomy].name
            )
        })?;
        Ok(TermId(
            u32::try_from(range.start + index).unwrap_or(u32::MAX),
        ))
    }

    fn is_listed(&self, id: ArticleId, args: &ListArgs, filter: &[TermId]) -> bool {
        let article = self.archive.article(id);
        let year = article.content.date.map(|date| date.year());
        args.year.is_none_or(|wanted| year == Some(wanted))
            && filter.iter().all(|term| article.terms.contains(term))
    }

    fn articles(&self, args: &ListArgs, filter: &[TermId]) -> Table {
        let mut table = Table::new(&["date", "title", "file", "url"], 1);
        for id in self
            .archive
            .ids()
            .filter(|id| self.is_listed(*id, args, filter))
        {
            let article = &self.archive.article(id).content;
            let date = article.date.map(|date| date.iso(&self.config.timezone));
            table.push(vec![
                Cell::maybe(date),
                Cell::text(&article.title),
                Cell::text(content::shown(self.config, &article.file).as_str()),
                Cell::text(&self.address(&self.site.of_article(id).url)),
            ]);
        }
        table
    }

    fn terms(&self, taxonomy: usize, args: &ListArgs, filter: &[TermId]) -> Table {
        let columns = ["name", "slug", "count", "first", "last", "record", "url"];
        let mut table = Table::new(&columns, 0);
        let everything = args.year.is_none() && filter.is_empty();
        for index in self.archive.shelves[taxonomy].clone() {
            let id = TermId(u32::try_from(index).unwrap_or(u32::MAX));
            let term = self.archive.term(id);
            let articles = term.articles.iter().copied();
            let articles: Vec<ArticleId> = articles
                .filter(|article| self.is_listed(*article, args, filter))
                .collect();
            if articles.is_empty() && !everything {
                continue;
            }
            let date = |id: &ArticleId| self.archive.article(*id).content.date;
            let mut dates = articles.iter().filter_map(date).map(|date| date.iso_date());
            let first = dates.next();
            let url = self.site.of_term(id).map(|page| self.address(&page.url));
            let record = term.record.as_ref();
            let last = dates.next_back().or_else(|| first.clone());
            table.push(vec![
                Cell::text(&term.name),
                Cell::text(&term.slug),
                Cell::Count(articles.len()),
                Cell::maybe(first),
                Cell::maybe(last),
                Cell::maybe(record.map(|r| content::shown(self.config, &r.file).into_string())),
                Cell::maybe(url),
            ]);
        }
        table
    }

    /// The whole address of a page, as it stands in links.
    fn address(&self, url: &str) -> String {
        self.config.base_url.absolute(&encode(url))
    }
}
