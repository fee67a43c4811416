//! One article: everything that its number decides.

use std::fmt::Write as _;

use super::draw::Draw;
use super::names::{Names, SECTIONS};
use super::prose;

/// The first year of the archive, and how many years it has.
const YEARS: (usize, usize) = (1990, 30);

/// An article.
#[derive(Debug)]
pub(crate) struct Article<'a> {
    pub(crate) title: String,
    /// The name of its file and the last part of its address.
    pub(crate) slug: String,
    pub(crate) year: usize,
    pub(crate) month: usize,
    pub(crate) day: usize,
    pub(crate) author: &'a str,
    pub(crate) section: &'a str,
    pub(crate) summary: String,
    pub(crate) people: Vec<&'a str>,
    pub(crate) places: Vec<&'a str>,
    pub(crate) topics: Vec<&'a str>,
    pub(crate) body: String,
}

impl<'a> Article<'a> {
    /// The article of a number. An archive grows, so later years have more of them.
    pub(crate) fn new(names: &'a Names, seed: u64, number: usize) -> Self {
        let mut draw = Draw::of(seed, number);
        let draw = &mut draw;
        let year = YEARS.0 + draw.below(YEARS.1).max(draw.below(YEARS.1));
        let (month, day) = (draw.within(1, 12), draw.within(1, 28));
        let author = names.authors[draw.below(names.authors.len())].as_str();
        let section = draw.one(SECTIONS);
        let n = draw.below(6);
        let people = pick(&names.people, &names.person.ranks(draw, n));
        let n = draw.within(1, 3);
        let places = pick(&names.places, &names.place.ranks(draw, n));
        let n = draw.within(1, 3);
        let topics = pick(&names.topics, &names.topic.ranks(draw, n));
        let about: Vec<&str> = people.iter().chain(&places).copied().collect();
        let title = prose::headline(draw, &about);
        let summary = prose::sentence(draw, &about).replace('"', "");
        let words = draw.within(200, 800);
        Article {
            slug: slug(&title, number),
            title,
            year,
            month,
            day,
            author,
            section,
            summary,
            people,
            places,
            topics,
            body: prose::body(draw, &about, words),
        }
    }
}

fn pick<'a>(names: &'a [String], ranks: &[usize]) -> Vec<&'a str> {
    ranks.iter().map(|rank| names[*rank].as_str()).collect()
}

/// `ada-abel-opened-the-lower-lock-17`: the number keeps it apart from all others.
fn slug(title: &str, number: usize) -> String {
    let mut slug = String::with_capacity(title.len() + 8);
    for sign in title.chars() {
        if sign.is_ascii_alphanumeric() {
            slug.push(sign.to_ascii_lowercase());
        } else if !slug.ends_with('-') && sign.is_ascii() {
            slug.push('-');
        }
    }
    let _ = write!(slug, "-{number}");
    slug
}
