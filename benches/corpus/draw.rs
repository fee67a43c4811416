//! Chance that is the same everywhere: splitmix64 (Steele, Lea and Flood, 2014), and draws from
//! lists by Zipf's law.

/// A stream of chance. The same seed gives the same stream on every machine.
#[derive(Debug, Clone)]
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        Draw(seed)
    }

    /// A stream of its own for each article, so that any of them can be written first.
    pub(crate) fn of(seed: u64, article: usize) -> Self {
        let mut draw = Draw(seed ^ (article as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93));
        draw.next();
        draw
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `n`, which is not 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * n as u128;
        (wide >> 64) as usize
    }

    /// A number from `low` to `high`, both among them.
    pub(crate) fn within(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, cases: usize) -> bool {
        self.below(100) < cases
    }

    /// One of a list.
    pub(crate) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// Ranks drawn by Zipf's law: the second is drawn half as often as the first, the tenth a tenth.
/// Whole numbers only, so that no machine rounds otherwise than another.
#[derive(Debug)]
pub(crate) struct Zipf(Vec<u64>);

impl Zipf {
    pub(crate) fn new(ranks: usize) -> Self {
        // The first ranks of real archives are flatter than the law, hence the offset.
        let weights = (1..=ranks as u64).map(|rank| 1_000_000_000_000 / (rank + 3));
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Zipf(sums.collect())
    }

    pub(crate) fn rank(&self, draw: &mut Draw) -> usize {
        let all = self.0.last().copied().unwrap_or(1);
        let at = (u128::from(draw.next()) * u128::from(all)) >> 64;
        self.0.partition_point(|sum| u128::from(*sum) <= at)
    }

    /// `n` different ranks, in the order drawn.
    pub(crate) fn ranks(&self, draw: &mut Draw, n: usize) -> Vec<usize> {
        let mut ranks = Vec::with_capacity(n);
        while ranks.len() < n.min(self.0.len()) {
            let rank = self.rank(draw);
            if !ranks.contains(&rank) {
                ranks.push(rank);
            }
        }
        ranks
    }
}
