//! What a wrong word was meant to be: the nearest of the known ones, or what a key of another tool
//! is called here.

/// What keys of other tools are called here.
pub(super) fn elsewhere(key: &str) -> Option<&'static str> {
    Some(match key {
        "tags" | "tag" | "keywords" | "categories" => "topics",
        "category" => "section",
        "lang" | "locale" => "language",
        "excerpt" | "description" => "summary",
        "subtitle" | "subhead" | "standfirst" | "dek" => "deck",
        "permalink" => "url",
        "redirect_from" | "redirects" | "old_urls" => "aliases",
        "lastmod" | "modified" | "last_modified_at" => "updated",
        "byline" | "creator" => "authors",
        "type" | "genre" => "kind",
        "locations" | "location" => "places",
        "persons" => "people",
        "image" | "featured_image" | "cover" => "images",
        _ => return None,
    })
}

/// The nearest of some words, if it is near enough to be meant.
pub(crate) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    known
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 5)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The edits between two words, a swap of neighbours counting as one (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(40).collect(), b.chars().take(40).collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
