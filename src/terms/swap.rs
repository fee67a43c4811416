//! One term that gives way to another, or comes in, or goes.

use super::Choice;
use crate::content::name::fold;

/// A term by its taxonomy and its number in the register.
pub(super) type Known = (usize, usize);

/// What takes the place of a term.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) taxonomy: usize,
    /// The name as it is written.
    pub(super) name: String,
    /// The last part of its address.
    pub(super) slug: String,
    /// Its number, where it is a term already.
    pub(super) number: Option<usize>,
}

/// A term that gives way (or none) and what comes (or nothing), in the articles chosen.
#[derive(Debug)]
pub(super) struct Swap {
    pub(super) from: Option<Known>,
    pub(super) to: Option<Target>,
    pub(super) choice: Choice,
    /// The term stays the same and has another name: what is spelled by an alias stays.
    pub(super) is_rename: bool,
    /// Only names that fold to this: two spellings of one term become one spelling.
    pub(super) spelling: Option<String>,
    /// How many articles it has changed.
    pub(super) articles: usize,
}

/// What makes two names of a list the same: a term, or the folded name of one to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Identity {
    Term(usize),
    Name(String),
}

impl Swap {
    /// Whether the term as a whole becomes another one.
    pub(super) fn is_merge(&self) -> bool {
        !self.is_rename && self.spelling.is_none() && self.choice.is_everything()
    }
}

impl Target {
    pub(super) fn identity(&self) -> Identity {
        match self.number {
            Some(number) => Identity::Term(number),
            None => Identity::Name(fold(&self.name)),
        }
    }
}
