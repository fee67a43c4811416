//! Sorts very many texts.
//!
//! A leaf that knows nothing of the stages.

use rayon::prelude::*;

/// These, by their texts; those of one text by themselves.
///
/// The beginning of each text stands beside it while they are sorted: most differ there, and what
/// lies all over the memory is looked at for the others alone.
pub(crate) fn by_text<'t, T>(items: Vec<T>, text: impl Fn(&T) -> &'t str + Sync) -> Vec<T>
where
    T: Ord + Copy + Send + Sync,
{
    let keyed = items
        .into_par_iter()
        .map(|item| (beginning(text(&item)), item));
    let mut keyed: Vec<(u128, T)> = keyed.collect();
    keyed.par_sort_unstable_by(|(a, one), (b, other)| {
        let texts = || text(one).cmp(text(other));
        a.cmp(b).then_with(texts).then_with(|| one.cmp(other))
    });
    // Into a list of their own: one made of the old one in its place would keep the room of that.
    let mut sorted = Vec::with_capacity(keyed.len());
    sorted.extend(keyed.into_iter().map(|(_, item)| item));
    sorted
}

/// A number that is smaller for a text that begins with less; the same for two that begin alike.
fn beginning(text: &str) -> u128 {
    let mut bytes = [0; 16];
    for (byte, of_text) in bytes.iter_mut().zip(text.bytes()) {
        *byte = of_text;
    }
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::by_text;

    proptest! {
        #[test]
        fn they_are_sorted_as_texts_are(texts in prop::collection::vec("[a\0é]{0,20}", 0..60)) {
            let numbers: Vec<usize> = (0..texts.len()).collect();
            let mut expected = numbers.clone();
            expected.sort_by_key(|index| (texts[*index].as_str(), *index));
            prop_assert_eq!(by_text(numbers, |index| &texts[*index]), expected);
        }
    }
}
