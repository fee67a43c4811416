//! A text as names are searched for in it, with the way back to where each letter stood.

/// A folded text.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// In small letters, with single spaces; hyphens are spaces, for `Jong-un` is also `Jong Un`.
    pub(super) text: String,
    /// For each of its bytes the byte of the text it came from; and the length of that text.
    places: Vec<usize>,
}

impl Folded {
    /// Where in the text a range of the folded one stood.
    pub(super) fn place(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let at = |place: usize| self.places.get(place).copied().unwrap_or_default();
        let last = end.checked_sub(1).map(at).unwrap_or_default();
        // The end is where the next letter begins.
        let next = self
            .places
            .iter()
            .skip(end)
            .find(|place| **place > last)
            .copied();
        at(start)..next.unwrap_or_else(|| at(self.text.len()))
    }
}

/// Folds a text. Lower-casing is done letter by letter, so that every letter keeps its place.
pub(super) fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    let mut gap = true;
    for (at, c) in text.char_indices() {
        let c = match c {
            '‘' | '’' | 'ʼ' => '\'',
            '-' | '‐' | '‑' | '–' => ' ',
            c => c,
        };
        if c.is_whitespace() {
            if !std::mem::replace(&mut gap, true) {
                folded.text.push(' ');
                folded.places.push(at);
            }
            continue;
        }
        gap = false;
        for lower in c.to_lowercase() {
            folded.text.push(lower);
            folded.places.resize(folded.text.len(), at);
        }
    }
    if folded.text.ends_with(' ') {
        folded.text.pop();
        folded.places.pop();
    }
    folded.places.push(text.len());
    folded
}
