//! Sets of a segment's documents as bits, and the lists that stand in for them where few are in.

/// A bit a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    pub fn none(documents: usize) -> Self {
        Self { words: vec![0; documents.div_ceil(64)] }
    }
    pub fn all(documents: usize) -> Self {
        let mut words = vec![u64::MAX; documents.div_ceil(64)];
        if let Some(last) = words.last_mut()
            && !documents.is_multiple_of(64)
        {
            *last = (1 << (documents % 64)) - 1;
        }
        Self { words }
    }
    pub fn insert(&mut self, document: u32) {
        self.words[document as usize / 64] |= 1 << (document % 64);
    }
    pub fn remove(&mut self, document: u32) {
        self.words[document as usize / 64] &= !(1 << (document % 64));
    }
    pub fn has(&self, document: u32) -> bool {
        self.words[document as usize / 64] >> (document % 64) & 1 == 1
    }
    pub fn count(&self) -> u64 {
        self.words.iter().map(|w| u64::from(w.count_ones())).sum()
    }
    pub fn keep(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }
    pub fn add(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }
    fn common(&self, other: &Self) -> u64 {
        self.words.iter().zip(&other.words).map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    at as u32 * 64 + bit
                })
            })
        })
    }
}

/// The documents that have one facet value.
#[derive(Debug)]
pub enum Holders {
    Few(Vec<u32>),
    Many(Bits),
}

impl Holders {
    /// `list` is ascending and without repeats.
    pub fn of(list: Vec<u32>, documents: usize) -> Self {
        if list.len() * 32 < documents {
            return Self::Few(list);
        }
        let mut bits = Bits::none(documents);
        list.into_iter().for_each(|d| bits.insert(d));
        Self::Many(bits)
    }
    pub fn count_in(&self, set: &Bits) -> u64 {
        match self {
            Self::Few(list) => list.iter().filter(|d| set.has(**d)).count() as u64,
            Self::Many(bits) => bits.common(set),
        }
    }
    pub fn add_to(&self, set: &mut Bits) {
        match self {
            Self::Few(list) => list.iter().for_each(|d| set.insert(*d)),
            Self::Many(bits) => set.add(bits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_count_alike() {
        let list: Vec<u32> = (0..1000).filter(|d| d % 7 == 0).collect();
        let mut set = Bits::all(1000);
        set.remove(14);
        let mut many = Bits::none(1000);
        list.iter().for_each(|d| many.insert(*d));
        assert_eq!(Holders::Few(list.clone()).count_in(&set), Holders::Many(many.clone()).count_in(&set));
        assert_eq!(many.iter().collect::<Vec<_>>(), list);
        assert_eq!(Bits::all(1000).count(), 1000);
        assert!(matches!(Holders::of(list, 1000), Holders::Many(_)));
    }
}
