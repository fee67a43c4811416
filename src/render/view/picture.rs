//! Pictures, with their size.

use schemars::JsonSchema;
use serde::Serialize;

use super::Stage;
use crate::archive::ArticleId;
use crate::content::Picture;
use crate::render::body;
use crate::site::Owner;

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PictureView {
    /// Its address.
    pub src: String,
    /// How many pixels it is wide, where that is known.
    pub width: Option<u32>,
    /// How many pixels it is high, where that is known.
    pub height: Option<u32>,
    /// What it shows.
    pub alt: String,
    /// The line below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

impl Stage<'_> {
    pub(super) fn pictures(&self, id: ArticleId) -> Vec<PictureView> {
        let content = &self.scene.archive.article(id).content;
        let Some(owner) = self.owner(&content.file, &[]) else {
            return Vec::new();
        };
        let pictures = content.pictures.iter();
        pictures
            .filter_map(|picture| self.picture(&owner, picture))
            .collect()
    }

    /// A picture of front matter, unless it would have to be fetched from another host.
    pub(super) fn picture(&self, owner: &Owner<'_>, picture: &Picture) -> Option<PictureView> {
        if !picture.is_local() {
            return None;
        }
        let (src, size) = body::picture(self.scene, owner, picture, &self.link)?;
        Some(PictureView {
            src,
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            alt: picture.alt.clone(),
            caption: picture.caption.clone(),
            credit: picture.credit.clone(),
        })
    }
}
