//! `morgue new article`.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Draft, NewArgs, slug_of, today, yaml};
use crate::archive::{Archive, Selection};
use crate::cli::list;
use crate::config::{Config, Taxonomy};
use crate::content::name::{fold, tidy};
use crate::content::{self, Date};

pub(super) fn draft(config: &Config, args: &NewArgs) -> Result<Draft, String> {
    let title = tidy(&args.name);
    if title.is_empty() {
        return Err("an article needs a title, as in `morgue new article \"Talks end\"`".into());
    }
    let date = date(config, args)?;
    let slug = slug_of(config, args)?;
    let mut remarks = Vec::new();
    let names = names(config, args, &mut remarks)?;
    let path = path(config, args, date.as_ref(), &slug)?;

    let mut text = format!("---\ntitle: {}\n", yaml::quoted(&title));
    let date = date.map_or_else(|| "unknown".to_owned(), |date| date.1);
    text.push_str(&format!("date: {date}\n"));
    if args.slug.is_some() {
        text.push_str(&format!("slug: {}\n", yaml::quoted(&slug)));
    }
    if args.draft {
        text.push_str("status: draft\n");
    }
    for (taxonomy, names) in names {
        let taxonomy = &config.taxonomies[taxonomy];
        let value = match &names[..] {
            [one] if taxonomy.single => yaml::name(one),
            many => yaml::list(many),
        };
        text.push_str(&format!("{}: {value}\n", key(taxonomy)));
    }
    text.push_str("---\n");
    Ok(Draft {
        path,
        text,
        remarks,
    })
}

/// The key that reads best: `section: World`, but `people: [Kim Jong-un]`.
fn key(taxonomy: &Taxonomy) -> &str {
    let one = taxonomy.keys.iter().find(|key| **key == taxonomy.singular);
    one.filter(|_| taxonomy.single).unwrap_or(&taxonomy.keys[0])
}

/// The date with its text; `None` if it is not known.
fn date(config: &Config, args: &NewArgs) -> Result<Option<(Date, String)>, String> {
    let Some(text) = &args.date else {
        return Ok(today(config).map(|date| (date, date.iso_date())));
    };
    let text = tidy(text);
    if text == "unknown" {
        return Ok(None);
    }
    let date = Date::parse(&text).map_err(|reason| {
        format!("{reason}\nhelp: write `--date 2019-04-25`, or as far as it is known: `2019-04`, `2019`, `unknown`")
    })?;
    Ok(Some((date, text)))
}

/// Where the article goes: by year below the first folder of articles.
fn path(
    config: &Config,
    args: &NewArgs,
    date: Option<&(Date, String)>,
    slug: &str,
) -> Result<Utf8PathBuf, String> {
    let folders = config.settings.content.articles.all();
    let plain = folders
        .iter()
        .find(|folder| !folder.contains(['*', '?', '[', '{']));
    let Some(home) = plain else {
        return Err(format!(
            "the articles lie in {}, so there is no telling which folder the new one belongs to\n\
             help: name a plain folder too in `[content] articles` of site.toml, or make the file by hand",
            folders.join(", ")
        ));
    };
    let home = home.trim_start_matches("./").trim_end_matches('/');
    let home = Utf8Path::new(if home == "." { "" } else { home });
    let year = date.map_or_else(
        || "undated".to_owned(),
        |(date, _)| format!("{:04}", date.year()),
    );
    let folder = home.join(year);
    let (file, bundle) = (
        folder.join(format!("{slug}.md")),
        folder.join(slug).join("index.md"),
    );
    // The name of a file called `index` would be that of its folder.
    let (path, other) = if args.folder || slug == "index" {
        (bundle, file)
    } else {
        (file, bundle)
    };
    for path in [&path, &other] {
        if config.content_root().join(path).symlink_metadata().is_ok() {
            return Err(format!(
                "{} is there already, and is left as it is\n\
                 help: edit it, or give the new article another `--slug`",
                content::shown(config, path)
            ));
        }
    }
    Ok(path)
}

/// The names of each taxonomy, written as the archive writes them.
fn names(
    config: &Config,
    args: &NewArgs,
    remarks: &mut Vec<String>,
) -> Result<Vec<(usize, Vec<String>)>, String> {
    let mut given: Vec<(usize, &str)> = Vec::new();
    let section = args.section.as_slice();
    for (word, names) in [
        ("person", &args.person[..]),
        ("place", &args.place),
        ("topic", &args.topic),
        ("author", &args.author),
        ("section", section),
    ] {
        for name in names {
            given.push((list::taxonomy(config, word, &[])?, name));
        }
    }
    for term in &args.term {
        let (taxonomy, name) = term.split_once('=').ok_or_else(|| {
            format!(
                "{term:?} names no taxonomy\nhelp: write `--term series=\"Road to Vladivostok\"`"
            )
        })?;
        given.push((list::taxonomy(config, taxonomy.trim(), &[])?, name));
    }
    if given.is_empty() {
        return Ok(Vec::new());
    }
    let archive = known(config);
    let mut all: Vec<(usize, Vec<String>)> = Vec::new();
    for (taxonomy, name) in given {
        let singular = &config.taxonomies[taxonomy].singular;
        let name = tidy(name);
        if name.is_empty() {
            return Err(format!(
                "`--{singular}` is empty\nhelp: give it a name, or leave it out"
            ));
        }
        let name = written(&archive, taxonomy, &name, singular, remarks);
        if all.iter().all(|(other, _)| *other != taxonomy) {
            all.push((taxonomy, Vec::new()));
        }
        for (_, names) in all.iter_mut().filter(|(other, _)| *other == taxonomy) {
            if config.taxonomies[taxonomy].single && !names.is_empty() {
                return Err(format!("an article has one {singular} at most"));
            }
            if !names.contains(&name) {
                names.push(name.clone());
            }
        }
    }
    all.sort_by_key(|(taxonomy, _)| *taxonomy);
    Ok(all)
}

/// Every name of the archive, those of drafts too. What is wrong elsewhere does not matter here.
fn known(config: &Config) -> Archive {
    let (content, _) = content::read(config, None);
    let everything = Selection {
        now: jiff::Timestamp::MAX,
        drafts: true,
        future: true,
    };
    Archive::new(content, config, &everything).0
}

/// The name as the archive writes it: that of the term with this name, slug or alias.
fn written(
    archive: &Archive,
    taxonomy: usize,
    name: &str,
    singular: &str,
    remarks: &mut Vec<String>,
) -> String {
    let terms = &archive.terms[archive.shelves[taxonomy].clone()];
    let key = fold(name);
    let named = terms
        .iter()
        .find(|term| fold(&term.name) == key || term.slug == name);
    let known = named.or_else(|| {
        terms.iter().find(|term| {
            let aliases = term.record.iter().flat_map(|record| &record.aliases);
            aliases.map(|alias| fold(alias)).any(|alias| alias == key)
                || term.former_slugs.iter().any(|slug| slug == name)
        })
    });
    if let Some(term) = known {
        if term.name != name {
            remarks.push(format!("{name:?} is written {:?} here.", term.name));
        }
        return term.name.clone();
    }
    let folded: Vec<String> = terms.iter().map(|term| fold(&term.name)).collect();
    let near = content::nearest(&key, folded.iter().map(String::as_str));
    let near = near.and_then(|near| terms.iter().find(|term| fold(&term.name) == near));
    remarks.push(match near {
        Some(term) => format!(
            "{name:?} is a new {singular}. Did you mean {:?}?",
            term.name
        ),
        None => format!("{name:?} is a new {singular}."),
    });
    name.to_owned()
}
