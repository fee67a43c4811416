//! The same article as each tool wants it: only the front matter differs.

use std::fmt::Write as _;

use super::article::Article;

/// A tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Morgue,
    Hugo,
    Zola,
}

impl Dialect {
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "morgue" => Some(Dialect::Morgue),
            "hugo" => Some(Dialect::Hugo),
            "zola" => Some(Dialect::Zola),
            _ => None,
        }
    }

    /// The whole file of an article, put in the place of what `file` held.
    pub(crate) fn write(self, article: &Article<'_>, file: &mut String) {
        file.clear();
        // Writing to memory cannot fail.
        let _ = self.front_matter(article, file);
        file.push_str(&article.body);
    }

    fn front_matter(self, article: &Article<'_>, file: &mut String) -> std::fmt::Result {
        let Article {
            title,
            year,
            month,
            day,
            author,
            section,
            summary,
            ..
        } = article;
        writeln!(
            file,
            "---\ntitle: \"{title}\"\ndate: {year}-{month:02}-{day:02}"
        )?;
        if self == Dialect::Zola {
            // Zola has no address by date, so each article sets its own.
            let slug = &article.slug;
            writeln!(file, "path: \"{year}/{month:02}/{day:02}/{slug}\"")?;
            writeln!(file, "description: \"{summary}\"\ntaxonomies:")?;
        } else {
            writeln!(file, "summary: \"{summary}\"")?;
        }
        let lead = if self == Dialect::Zola { "  " } else { "" };
        writeln!(file, "{lead}authors: [\"{author}\"]")?;
        match self {
            Dialect::Morgue => writeln!(file, "section: \"{section}\"")?,
            _ => writeln!(file, "{lead}sections: [\"{section}\"]")?,
        }
        list(file, lead, "people", &article.people)?;
        list(file, lead, "places", &article.places)?;
        list(file, lead, "topics", &article.topics)?;
        if self != Dialect::Morgue {
            // The date shelves and “on this day” of morgue, as the others can have them.
            writeln!(file, "{lead}years: [\"{year}\"]")?;
            writeln!(file, "{lead}months: [\"{year}-{month:02}\"]")?;
            writeln!(file, "{lead}days: [\"{year}-{month:02}-{day:02}\"]")?;
            writeln!(file, "{lead}calendar: [\"{month:02}-{day:02}\"]")?;
        }
        writeln!(file, "---\n")
    }
}

fn list(file: &mut String, lead: &str, key: &str, names: &[&str]) -> std::fmt::Result {
    if names.is_empty() {
        return Ok(());
    }
    writeln!(file, "{lead}{key}: [\"{}\"]", names.join("\", \""))
}
