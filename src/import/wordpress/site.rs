//! The site that is imported into: one that is there, or one that begins now.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::order::{Order, Summary};
use super::settings;
use super::survey::Survey;
use crate::config::{self, Config};
use crate::diagnostics::Diagnostics;

/// The site that is imported into.
pub(super) struct Site {
    pub(super) config: Config,
    /// Its settings, if it begins now.
    pub(super) begins: Option<String>,
    /// Its taxonomies with their keys.
    pub(super) taxonomies: BTreeMap<String, (String, bool)>,
    pub(super) articles: Utf8PathBuf,
    pub(super) pages: Utf8PathBuf,
    pub(super) files: Utf8PathBuf,
}

impl Site {
    pub(super) fn of(
        order: &Order,
        survey: &Survey,
        summary: &mut Summary,
    ) -> Result<Site, Diagnostics> {
        let is_site = order.site.join(config::FILE).symlink_metadata().is_ok();
        let (config, begins) = if is_site {
            summary.zone_is_known = true;
            (Config::load(&order.site)?, None)
        } else {
            let built_in = [
                "people", "places", "topics", "authors", "sections", "series",
            ];
            let own = survey
                .terms
                .records()
                .into_keys()
                .filter(|name| !built_in.contains(&name.as_str()));
            let (text, known) =
                settings::settings(survey, order.zone_name.as_deref(), &own.collect());
            summary.zone_is_known = known;
            (Config::parse(&order.site, &text)?, Some(text))
        };
        let root = Utf8PathBuf::from(&config.settings.content.root);
        let folders = config.settings.content.articles.all();
        let plain = folders
            .iter()
            .find(|folder| !folder.contains(['*', '?', '[', '{']));
        let articles = plain.map_or("articles", |folder| folder.trim_start_matches("./"));
        let taxonomies = config.taxonomies.iter().map(|taxonomy| {
            let key = taxonomy
                .keys
                .iter()
                .find(|key| taxonomy.single && **key == taxonomy.singular);
            let key = key.or(taxonomy.keys.first()).cloned().unwrap_or_default();
            (taxonomy.name.clone(), (key, taxonomy.single))
        });
        Ok(Site {
            articles: root.join(articles),
            pages: root.join(&config.settings.content.pages),
            files: root.join(&config.settings.content.statics),
            taxonomies: taxonomies.collect(),
            begins,
            config,
        })
    }
}
