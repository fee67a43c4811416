//! `morgue new person`, `place`, `topic`: the record of a term.

use camino::Utf8Path;

use super::{Draft, NewArgs, slug_of, yaml};
use crate::config::Config;
use crate::content::name::{fold, tidy};
use crate::content::{self, Authority};

pub(super) fn draft(config: &Config, taxonomy: usize, args: &NewArgs) -> Result<Draft, String> {
    let kind = &config.taxonomies[taxonomy];
    let name = tidy(&args.name);
    if name.is_empty() {
        return Err(format!("the record of a {} needs a name", kind.singular));
    }
    let slug = slug_of(config, args)?;
    let (content, _) = content::read(config, None);
    let of_kind = content.records.iter().filter(|r| r.taxonomy == taxonomy);
    for record in of_kind {
        if let Some(refusal) = refusal(config, record, &name, &slug) {
            return Err(refusal);
        }
    }
    let folder = Utf8Path::new(&kind.folder);
    // A file called `index` would take its folder's name for its own.
    let path = if slug == "index" {
        folder.join(&slug).join("index.md")
    } else {
        folder.join(format!("{slug}.md"))
    };
    let mut text = format!("---\nname: {}\n", yaml::name(&name));
    if args.slug.is_some() {
        text.push_str(&format!("slug: {}\n", yaml::quoted(&slug)));
    }
    if let Some(description) = &args.description {
        text.push_str(&format!(
            "description: {}\n",
            yaml::quoted(&tidy(description))
        ));
    }
    text.push_str("---\n");
    Ok(Draft {
        path,
        text,
        remarks: Vec::new(),
    })
}

/// Why there cannot be a second record beside this one.
fn refusal(config: &Config, record: &Authority, name: &str, slug: &str) -> Option<String> {
    let file = content::shown(config, &record.file);
    let place = format!("{file}:{}", record.line);
    if fold(&record.name) == fold(name) {
        return Some(format!(
            "{:?} has a record already: {place}\n\
             help: edit it; a namesake is told apart by its name, as in {:?}",
            record.name,
            format!("{name} (born 1950)")
        ));
    }
    if record.aliases.iter().any(|alias| fold(alias) == fold(name)) {
        return Some(format!(
            "{name:?} is an alias of {:?}: {place}\n\
             help: if they are two, remove the alias there first",
            record.name
        ));
    }
    (record.slug == slug).then(|| {
        format!(
            "{:?} has the address `{slug}` already: {place}\n\
             help: if they are one, make {name:?} an alias there; if they are two, give this one a `--slug` of its own",
            record.name
        )
    })
}
