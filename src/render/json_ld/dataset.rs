//! The archive as a schema.org `Dataset`, with the files it can be had in.

use serde_json::{Value, json};

use super::{Object, publisher};
use crate::render::view::Stage;
use crate::site::PageId;

/// The data of the whole archive.
pub(in crate::render) fn dataset(stage: &Stage<'_>) -> Value {
    let settings = &stage.scene.config.settings;
    let plan = &stage.scene.site.data;
    let mut object = Object::of_type("Dataset");
    object
        .0
        .insert("@context".into(), json!("https://schema.org"));
    object.put("name", settings.title.as_str());
    object.put("description", description(stage));
    object.put("url", stage.link.absolute(&stage.page.url));
    object.put("inLanguage", settings.language.as_str());
    object.put("isAccessibleForFree", true);
    let license = settings.rights.license.as_deref();
    object.put("license", license.filter(|license| license.contains("://")));
    object.put("copyrightNotice", settings.rights.statement.as_deref());
    object.put("creator", publisher(stage));
    if let Some((first, last)) = plan.span() {
        object.put("temporalCoverage", format!("{first:04}/{last:04}"));
    }
    let mut files = Vec::new();
    let mut file = |page: Option<PageId>, format: &str| {
        if let Some(page) = page {
            files.push(download(stage, page, format));
        }
    };
    file(plan.package, "application/json");
    for year in plan.years.iter().rev() {
        file(year.csv, "text/csv");
        file(year.jsonl, "application/jsonl");
        file(year.mentions_csv, "text/csv");
    }
    for terms in &plan.terms {
        file(terms.csv, "text/csv");
    }
    object.put("distribution", files);
    object.into()
}

/// What the site says of itself, else what the data is: search engines want fifty signs or more.
fn description(stage: &Stage<'_>) -> String {
    let settings = &stage.scene.config.settings;
    if settings.description.is_empty() {
        return settings.title.clone();
    }
    settings.description.clone()
}

fn download(stage: &Stage<'_>, page: PageId, format: &str) -> Value {
    let mut object = Object::of_type("DataDownload");
    let url = &stage.scene.site.page(page).url;
    object.put("contentUrl", stage.link.absolute(url));
    object.put("encodingFormat", format);
    object.into()
}
