//! `morgue schema`.

use camino::Utf8Path;
use clap::Args;
use serde_json::Value as Json;

use super::screen::Screen;
use super::{Ending, Global, list, load};
use crate::config::{self, Config, Settings};
use crate::content::schema;

mod theme;

/// What a site has that says only what it must.
const PLAIN: &str = "title = \"Archive\"\nbase_url = \"https://example.org\"\n";

/// Print a JSON Schema with which editors check front matter and site.toml.
///
/// Editors that read JSON Schema complete the fields of front matter and mark what is not one.
/// The schema follows the site's own taxonomies and foreign keys; outside a site it is that of
/// the default settings.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue schema article > article.schema.json     the front matter of articles
  morgue schema person                            the records of people
  morgue schema site                              site.toml")]
pub(super) struct SchemaArgs {
    /// article, page, site, or what has records: person, place, topic, author…
    #[arg(value_name = "WHAT")]
    what: String,
    /// Print docs/theme-reference.md
    #[arg(long, hide = true)]
    markdown: bool,
}

pub(super) fn run(global: &Global, args: &SchemaArgs, screen: &Screen) -> Ending {
    if args.what == "theme" {
        screen.print(&if args.markdown {
            theme::markdown()
        } else {
            format!("{:#}\n", theme::schemas())
        });
        return Ending::Done;
    }
    let config = match config(global, screen) {
        Ok(config) => config,
        Err(ending) => return ending,
    };
    match of(&config, &args.what) {
        Ok(schema) => {
            screen.print(&format!("{schema:#}\n"));
            Ending::Done
        }
        Err(reason) => {
            screen.fail(&reason);
            Ending::Failed
        }
    }
}

/// The settings of the site here; outside a site, the default ones.
pub(super) fn config(global: &Global, screen: &Screen) -> Result<Config, Ending> {
    // A folder that was named is meant to be a site.
    if global.site != "." || Utf8Path::new(config::FILE).exists() {
        return load(global, screen);
    }
    Config::parse(Utf8Path::new(""), PLAIN).map_err(|notes| {
        screen.report(notes, Utf8Path::new(""));
        Ending::Failed
    })
}

fn of(config: &Config, what: &str) -> Result<Json, String> {
    match what {
        "article" | "articles" => Ok(schema::article(config)),
        "page" | "pages" => Ok(schema::page(config)),
        "site" | "site.toml" => Ok(schemars::schema_for!(Settings).to_value()),
        _ => {
            let taxonomy = list::taxonomy(config, what, &["article", "page", "site"])?;
            let taxonomy = &config.taxonomies[taxonomy];
            Ok(schema::record(taxonomy.kind, &taxonomy.singular))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_is_one() {
        let config = Config::parse(Utf8Path::new(""), PLAIN).unwrap();
        for (what, field) in [
            ("article", "title"),
            ("article", "people"),
            ("article", "person"),
            ("page", "description"),
            ("site", "base_url"),
            ("person", "born"),
            ("places", "latitude"),
            ("topic", "broader"),
            ("author", "name"),
            ("series", "name"),
        ] {
            let schema = of(&config, what).unwrap();
            assert!(schema["$schema"].is_string(), "{what}");
            assert!(schema["properties"][field].is_object(), "{what}: {field}");
        }
        for field in schema::ARTICLE {
            assert!(of(&config, "article").unwrap()["properties"][field.key].is_object());
        }
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest() {
        let config = Config::parse(Utf8Path::new(""), PLAIN).unwrap();
        let reason = of(&config, "persn").unwrap_err();
        assert!(reason.contains("did you mean `person`?"), "{reason}");
    }
}
