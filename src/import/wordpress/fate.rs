//! What becomes of an item. What is not published stays out unless it is asked for, and then
//! comes in as what it is.

use super::element::Element;

/// What an item becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// An article.
    Article(State),
    /// A page that is no article.
    Page(State),
    /// A file that articles refer to.
    Attachment,
    /// A piece that blocks of articles refer to.
    Reusable,
    /// An author of the plug-in Co-Authors Plus.
    Guest,
    /// Nothing.
    Dropped(&'static str),
}

/// Whether an item is in the open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Published,
    Draft,
    Scheduled,
}

impl Fate {
    /// What becomes of an item.
    pub(super) fn of(item: &Element, unpublished: bool, types: &[String]) -> Fate {
        let kind = item.text("wp:post_type");
        let state = state(item);
        let written = match state {
            Ok(state) => Ok(state),
            // An item that nobody ever saved is nothing.
            Err("auto-draft") => Err("auto-draft"),
            Err("scheduled") if unpublished => Ok(State::Scheduled),
            Err(_) if unpublished => Ok(State::Draft),
            Err(reason) => Err(reason),
        };
        let public = state.is_ok();
        match kind {
            "post" => written.map_or_else(Fate::Dropped, Fate::Article),
            "page" => written.map_or_else(Fate::Dropped, Fate::Page),
            "attachment" if is_protected(item) => Fate::Dropped("password-protected"),
            "attachment" => match item.text("wp:status") {
                "" | "inherit" | "publish" => Fate::Attachment,
                "private" => Fate::Dropped("private"),
                "trash" => Fate::Dropped("in the bin"),
                _ => Fate::Dropped("an attachment that is not published"),
            },
            "wp_block" if public => Fate::Reusable,
            "guest-author" if public => Fate::Guest,
            "wp_block" | "guest-author" => Fate::Dropped("not published"),
            "revision" => Fate::Dropped("an earlier version"),
            "nav_menu_item" | "wp_navigation" => Fate::Dropped("part of a menu"),
            "custom_css" | "wp_global_styles" | "wp_template" | "wp_template_part"
            | "wp_font_family" | "wp_font_face" => Fate::Dropped("part of the design"),
            kind if types.iter().any(|known| known == kind) => {
                written.map_or_else(Fate::Dropped, Fate::Article)
            }
            // Forms, orders and the like are published to WordPress and private to people.
            _ => Fate::Dropped("of a type that was not asked for"),
        }
    }

    /// The state of what is written.
    pub(super) fn state(self) -> Option<State> {
        match self {
            Fate::Article(state) | Fate::Page(state) => Some(state),
            _ => None,
        }
    }
}

fn is_protected(item: &Element) -> bool {
    !item.raw("wp:post_password").is_empty()
}

/// Whether an item is published; why not, where it is not. What is not known to be public is not.
fn state(item: &Element) -> Result<State, &'static str> {
    if is_protected(item) {
        return Err("password-protected");
    }
    match item.text("wp:status") {
        "publish" => Ok(State::Published),
        "future" => Err("scheduled"),
        "draft" => Err("draft"),
        "pending" => Err("pending review"),
        "private" => Err("private"),
        "trash" => Err("in the bin"),
        "auto-draft" => Err("auto-draft"),
        _ => Err("of a status that is not published"),
    }
}
