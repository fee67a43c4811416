//! What the taxonomies of the old site become.

/// What the terms of a taxonomy of the old site become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Terms of this taxonomy of the archive.
    Taxonomy(String),
    /// Nothing.
    Nothing,
}

/// `category:world=section`: what one taxonomy, or one term of it, becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The taxonomy of the old site: `category`, `post_tag`, or its own.
    pub taxonomy: String,
    /// The slug of one term; all where there is none.
    pub term: Option<String>,
    /// What becomes of it.
    pub target: Target,
}

impl Mapping {
    /// Reads `TAXONOMY[:TERM]=TARGET`.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub fn parse(text: &str) -> Result<Mapping, String> {
        let form = "write it as in category=topics, category:world=section or post_format=none";
        let (from, to) = text.split_once('=').ok_or(form)?;
        let (taxonomy, term) = match from.split_once(':') {
            Some((taxonomy, term)) => (taxonomy.trim(), Some(term.trim())),
            None => (from.trim(), None),
        };
        let to = to.trim();
        if taxonomy.is_empty() || to.is_empty() || term == Some("") {
            return Err(form.to_owned());
        }
        Ok(Mapping {
            taxonomy: named(taxonomy).to_owned(),
            term: term.map(str::to_owned),
            target: match to {
                "none" => Target::Nothing,
                "person" => Target::Taxonomy("people".into()),
                "place" | "topic" | "author" | "section" => Target::Taxonomy(format!("{to}s")),
                to => Target::Taxonomy(to.to_owned()),
            },
        })
    }
}

/// WordPress's own name of a taxonomy.
fn named(taxonomy: &str) -> &str {
    match taxonomy {
        "tag" | "tags" => "post_tag",
        "categories" => "category",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mappings_are_read() {
        let map = Mapping::parse("tag:kim=person").unwrap();
        assert_eq!(
            (map.taxonomy.as_str(), map.term.as_deref()),
            ("post_tag", Some("kim"))
        );
        assert_eq!(map.target, Target::Taxonomy("people".into()));
        for bad in ["", "category", "=topics", "category=", "category:=x"] {
            assert!(Mapping::parse(bad).is_err(), "{bad}");
        }
    }
}
