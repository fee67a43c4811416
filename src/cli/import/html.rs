//! `morgue import html`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use jiff::tz::TimeZone;

use super::into::IntoArgs;
use super::text::{Mode, encoding};
use crate::cli::Ending;
use crate::cli::screen::Screen;
use crate::config::{self, Config};
use crate::diagnostics::Diagnostics;
use crate::diagnostics::report::Format;
use crate::import::place;
use crate::import::saved::{Imported, OldSite, Order, import};
use crate::import::text_files::BOILERPLATE;

/// Bring in saved pages, or the mirror of a site.
///
/// Headline, dates, authors, section, names and pictures come from what a page says of itself
/// (JSON-LD, Open Graph, citation_* and Dublin Core, <time>), the body from its main text, and the
/// old address from its canonical address or its path in the mirror. Pages that are no articles
/// are left out and counted; a page that is named is always an article. Where the folder has no
/// site.toml, one is written, so that `morgue serve` shows the site at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue import html www.paper.example --into my-archive      a mirror, as wget --mirror makes it
  morgue import html saved/*.html --into my-archive           pages saved in a browser
  morgue import html mirror --into my-archive --timezone Europe/Paris --dry-run
  morgue import html mirror --into my-archive --tag --gazetteer countries.tsv --explain")]
pub(super) struct HtmlArgs {
    /// Pages, and folders of them
    #[arg(value_name = "PATH", required = true)]
    inputs: Vec<Utf8PathBuf>,
    #[command(flatten)]
    into: IntoArgs,
    /// What becomes of lines that open or close many pages: listed for your decision, removed at
    /// once, or kept, with all buttons and advertisements
    #[arg(long, value_enum, default_value_t = Mode::Review, value_name = "WHAT", hide_possible_values = true)]
    boilerplate: Mode,
    /// The encoding of all pages, as in windows-1251 (default: as each says, or recognised)
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<&'static encoding_rs::Encoding>,
    /// The time zone of the office, as in Europe/Paris: dates that pages tell in UTC are written
    /// on its clock (default: that of site.toml)
    #[arg(long, value_name = "ZONE", value_parser = super::wordpress::zone)]
    timezone: Option<String>,
    /// Take every page for an article, whatever it says of itself
    #[arg(long)]
    all: bool,
}

pub(super) fn run(args: &HtmlArgs, screen: &Screen) -> Ending {
    let (order, begins) = match order(args) {
        Ok(order) => order,
        Err(reason) => {
            screen.fail(&reason);
            return Ending::Failed;
        }
    };
    let mut notes = Diagnostics::new();
    let imported = import(&order, &mut notes);
    let (report, rest) = match imported {
        Ok(Imported {
            report,
            files,
            site,
        }) => (Ok(report), Some((files, site))),
        Err(found) => (Err(found), None),
    };
    let (ending, report) = args.into.tell(report, notes, "pages", screen);
    let (Some(report), Some((files, site))) = (report, rest) else {
        return ending;
    };
    if begins && !order.place.dry {
        let text = settings(&site, args.timezone.as_deref());
        let path = order.place.site.join(config::FILE);
        if let Err(reason) = place::write(&path, text.as_bytes()) {
            screen.fail(&reason);
            return Ending::Failed;
        }
    }
    if screen.format != Format::Json {
        super::text::tell(
            &report,
            order.place.dry,
            &order.place.site.join(BOILERPLATE),
            screen,
        );
        if files > 0 {
            screen.say(&format!("{files} pictures and files."));
        }
        if !order.place.dry {
            screen.say(&format!(
                "All of it is in {}. Next:  morgue serve --site {} --open",
                order.place.site.join("import-report.json"),
                order.place.site
            ));
        }
    }
    ending
}

/// What is asked for, and whether a site begins with it.
fn order(args: &HtmlArgs) -> Result<(Order, bool), String> {
    for input in &args.inputs {
        std::fs::metadata(input).map_err(|error| format!("{input} cannot be read: {error}"))?;
    }
    let begins = args
        .into
        .into
        .join(config::FILE)
        .symlink_metadata()
        .is_err();
    let config = Config::load(&args.into.into).ok();
    let settings = config.as_ref().map(|config| &config.settings);
    let named = args.timezone.as_deref();
    let zone = named.or(settings.map(|settings| settings.timezone.as_str()));
    let statics = settings.map_or(Utf8PathBuf::from("content/static"), |settings| {
        Utf8Path::new(&settings.content.root).join(&settings.content.statics)
    });
    let order = Order {
        inputs: args.inputs.clone(),
        place: args.into.place(),
        statics,
        boilerplate: args.boilerplate.into(),
        encoding: args.encoding,
        zone: zone.and_then(|name| TimeZone::get(name).ok()),
        language: settings
            .map_or("", |settings| &settings.language)
            .to_owned(),
        all: args.all,
        names: args.into.names()?,
    };
    Ok((order, begins))
}

/// The settings of a site that begins with an import.
fn settings(site: &OldSite, zone: Option<&str>) -> String {
    let text = |value: &str| toml::Value::String(value.to_owned()).to_string();
    let title = match (site.name.as_str(), site.host.as_str()) {
        ("", "") => "Archive",
        ("", host) => host,
        (name, _) => name,
    };
    let base = match site.host.as_str() {
        "" => "https://example.org".to_owned(),
        host => format!("https://{host}"),
    };
    let language = site.language.split(['-', '_']).next().unwrap_or_default();
    let good =
        (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    format!(
        "title = {}\nbase_url = {}\nlanguage = {}\ntimezone = {}\n\n\
         # What was linked to on the old site and did not come along is told, and no reason to stop.\n\
         [links]\ndead = \"warn\"\n",
        text(title),
        text(&base),
        text(if good { language } else { "en" }),
        text(zone.unwrap_or("UTC")),
    )
}
