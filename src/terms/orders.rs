//! Orders become swaps, with the terms they mean looked up.

use crate::content;
use crate::content::name::{fold, tidy};
use crate::content::slug;

use super::desk::Desk;
use super::swap::{Known, Swap, Target};
use super::{Choice, Order};

impl Desk<'_> {
    /// The swaps that an order means, each with the sentence that tells it.
    pub(super) fn swaps(&self, order: &Order) -> Result<Vec<(Swap, String)>, String> {
        match order {
            Order::Merge {
                taxonomy,
                kept,
                others,
            } => self.merge(*taxonomy, kept, others),
            Order::Rename {
                taxonomy,
                old,
                new,
                address,
            } => Ok(vec![self.rename(*taxonomy, old, new, *address)?]),
            Order::Move { from, to, choice } => Ok(vec![self.moved(from, to, choice)?]),
        }
    }

    fn merge(
        &self,
        taxonomy: usize,
        kept: &str,
        others: &[String],
    ) -> Result<Vec<(Swap, String)>, String> {
        let into = self.target((taxonomy, self.known(taxonomy, kept)?));
        let mut swaps = Vec::with_capacity(others.len());
        for other in others {
            let from = (taxonomy, self.known(taxonomy, other)?);
            if Some(from.1) == into.number {
                swaps.push(self.respell(into.clone(), kept, other)?);
                continue;
            }
            let told = format!("{:?} becomes part of {:?}", self.name(from), into.name);
            swaps.push((swap(Some(from), Some(into.clone())), told));
        }
        Ok(swaps)
    }

    /// Two spellings that are one term already: only the way it is written changes.
    fn respell(&self, mut to: Target, kept: &str, other: &str) -> Result<(Swap, String), String> {
        let from = to.number.map(|number| (to.taxonomy, number));
        let record = from.and_then(|from| self.register.term(from.0, from.1)?.record);
        if record.is_none() && kept != to.slug {
            to.name = tidy(kept);
        }
        if fold(other) == fold(&to.name) {
            return Err(format!(
                "{other:?} is {:?} already\n\
                 help: `morgue terms rename` gives a term another name",
                to.name
            ));
        }
        let told = format!("{other:?} is written {:?}", to.name);
        let swap = Swap {
            spelling: Some(fold(other)),
            ..swap(from, Some(to))
        };
        Ok((swap, told))
    }

    fn rename(
        &self,
        taxonomy: usize,
        old: &str,
        new: &str,
        address: bool,
    ) -> Result<(Swap, String), String> {
        let from = (taxonomy, self.known(taxonomy, old)?);
        let new = tidy(new);
        if new.is_empty() {
            return Err("a term cannot be without a name".into());
        }
        let mut to = self.target(from);
        if to.name == new {
            return Err(format!("{new:?} is its name already"));
        }
        let other = self
            .register
            .find(taxonomy, &new)
            .filter(|other| *other != from.1);
        if let Some(other) = other {
            let other = self.name((taxonomy, other));
            return Err(format!(
                "{new:?} is another term already: {other:?}\n\
                 help: `morgue terms merge {} {other:?} {:?}` makes one of the two",
                self.config.taxonomies.get(taxonomy).map_or("", |t| &t.name),
                to.name
            ));
        }
        let told = format!("{:?} is called {new:?}", to.name);
        let slug = slug::slug(&new, self.config.settings.permalinks.ascii);
        if address || self.follows(from) {
            let holder = self
                .register
                .find(taxonomy, &slug)
                .filter(|other| *other != from.1);
            if let Some(holder) = holder {
                let holder = self.name((taxonomy, holder));
                return Err(format!(
                    "the address of {new:?} would be that of {holder:?}"
                ));
            }
            to.slug = slug;
        }
        to.name = new;
        let swap = Swap {
            is_rename: true,
            ..swap(Some(from), Some(to))
        };
        Ok((swap, told))
    }

    /// Whether the address of a term follows its name: nothing else sets it.
    fn follows(&self, known: Known) -> bool {
        let record = self
            .register
            .term(known.0, known.1)
            .and_then(|term| term.record);
        let Some(record) = record else {
            return true;
        };
        let ascii = self.config.settings.permalinks.ascii;
        let of_name = slug::slug(&record.name, ascii) == record.slug;
        record.file.extension() == Some("csv") && of_name && !self.sets_slug(record)
    }

    fn moved(
        &self,
        from: &Option<(usize, String)>,
        to: &Option<(usize, String)>,
        choice: &Choice,
    ) -> Result<(Swap, String), String> {
        let source = match from {
            Some((taxonomy, name)) => Some((*taxonomy, self.known(*taxonomy, name)?)),
            None => None,
        };
        let target = match to {
            Some((taxonomy, name)) => Some(self.named(*taxonomy, name)?),
            None => None,
        };
        let told = match (source, &target) {
            (Some(from), Some(to)) if from.0 == to.taxonomy => {
                format!("{:?} becomes {:?}", self.name(from), to.name)
            }
            (Some(from), Some(to)) => format!(
                "{:?} of {} becomes {:?} of {}",
                self.name(from),
                self.taxonomy_name(from.0),
                to.name,
                self.taxonomy_name(to.taxonomy)
            ),
            (Some(from), None) => format!("{:?} is taken away", self.name(from)),
            (None, Some(to)) => format!("{:?} comes in", to.name),
            (None, None) => {
                return Err("there is neither a term to take away nor one to put in".into());
            }
        };
        if source.is_some() && source == target.as_ref().and_then(|t| Some((t.taxonomy, t.number?)))
        {
            return Err("both names stand for the same term already".into());
        }
        if source.is_none() && choice.is_everything() {
            return Err("a term would come into every article of the archive\nhelp: say into which, as in `--section World` or `--file 'content/articles/2019/**'`".into());
        }
        let swap = Swap {
            choice: choice.clone(),
            ..swap(source, target)
        };
        Ok((swap, told))
    }

    /// The number of the term that a name stands for.
    fn known(&self, taxonomy: usize, name: &str) -> Result<usize, String> {
        let tidy = tidy(name);
        if let Some(number) = self.register.find(taxonomy, &tidy) {
            return Ok(number);
        }
        let mut names: Vec<(String, &str)> = self
            .register
            .names(taxonomy)
            .map(|name| (fold(name), name))
            .collect();
        names.sort();
        let near = content::nearest(&fold(&tidy), names.iter().map(|(key, _)| key.as_str()));
        let near = near.and_then(|near| names.iter().find(|(key, _)| key == near));
        let hint = near.map_or(String::new(), |(_, name)| {
            format!("; did you mean {name:?}?")
        });
        let (singular, all) = self
            .config
            .taxonomies
            .get(taxonomy)
            .map_or(("term", ""), |t| (t.singular.as_str(), t.name.as_str()));
        Err(format!(
            "the archive has no {singular} {name:?}{hint}\nhelp: `morgue list {all}` lists all"
        ))
    }

    /// The term that a name stands for, or one to come.
    fn named(&self, taxonomy: usize, name: &str) -> Result<Target, String> {
        let name = tidy(name);
        if name.is_empty() {
            return Err("a term cannot be without a name".into());
        }
        if let Some(number) = self.register.find(taxonomy, &name) {
            return Ok(self.target((taxonomy, number)));
        }
        let slug = slug::slug(&name, self.config.settings.permalinks.ascii);
        Ok(Target {
            taxonomy,
            name,
            slug,
            number: None,
        })
    }

    fn target(&self, known: Known) -> Target {
        let term = self.register.term(known.0, known.1);
        Target {
            taxonomy: known.0,
            name: term.map_or(String::new(), |term| term.name.to_owned()),
            slug: term.map_or(String::new(), |term| term.slug.to_owned()),
            number: Some(known.1),
        }
    }

    fn taxonomy_name(&self, taxonomy: usize) -> &str {
        self.config.taxonomies.get(taxonomy).map_or("", |t| &t.name)
    }
}

fn swap(from: Option<Known>, to: Option<Target>) -> Swap {
    Swap {
        from,
        to,
        choice: Choice::default(),
        is_rename: false,
        spelling: None,
        articles: 0,
    }
}
