//! Which rows have a term (skill) or a level of one (language): sorted lists while few have it, whole columns
//! once many do.

use super::touched::{self, Touched};

/// Rows that have a term.
#[derive(Debug, Clone)]
pub(super) enum Postings {
    Few(Vec<u32>),
    Many(Vec<u64>),
}

impl Default for Postings {
    fn default() -> Self {
        Self::Few(vec![])
    }
}

impl Postings {
    pub fn insert(&mut self, row: u32, rows: usize) {
        match self {
            Self::Few(list) => {
                match list.last() {
                    Some(last) if *last >= row => {
                        if let Err(place) = list.binary_search(&row) {
                            list.insert(place, row);
                        }
                    }
                    _ => list.push(row),
                }
                // A bit a row is smaller than four bytes a member from here on.
                if list.len() > 64 && list.len() > rows / 32 {
                    let mut bits = vec![0u64; rows.div_ceil(64)];
                    list.iter().for_each(|r| bits[*r as usize / 64] |= 1 << (r % 64));
                    *self = Self::Many(bits);
                }
            }
            Self::Many(bits) => {
                let word = row as usize / 64;
                if bits.len() <= word {
                    bits.resize(word + 1, 0);
                }
                bits[word] |= 1 << (row % 64);
            }
        }
    }

    pub fn remove(&mut self, row: u32) {
        match self {
            Self::Few(list) => {
                if let Ok(place) = list.binary_search(&row) {
                    list.remove(place);
                }
            }
            Self::Many(bits) => {
                if let Some(word) = bits.get_mut(row as usize / 64) {
                    *word &= !(1 << (row % 64));
                }
            }
        }
    }

    pub fn has(&self, row: u32) -> bool {
        match self {
            Self::Few(list) => list.binary_search(&row).is_ok(),
            Self::Many(bits) => bits.get(row as usize / 64).is_some_and(|w| w >> (row % 64) & 1 == 1),
        }
    }

    /// Sets a bit for each member among the rows from `start` (a multiple of 64) on.
    pub fn words_into(&self, start: usize, words: &mut [u64]) {
        match self {
            Self::Few(list) => {
                let from = list.partition_point(|r| (*r as usize) < start);
                for row in list[from..].iter().map(|r| *r as usize - start) {
                    match words.get_mut(row / 64) {
                        Some(word) => *word |= 1 << (row % 64),
                        None => break,
                    }
                }
            }
            Self::Many(bits) => words.iter_mut().zip(bits.iter().skip(start / 64)).for_each(|(word, bits)| *word = *bits),
        }
    }

    pub fn bytes(&self) -> usize {
        match self {
            Self::Few(list) => list.capacity() * 4,
            Self::Many(bits) => bits.capacity() * 8,
        }
    }
    /// Reads it whole, for the benchmark's yardstick.
    #[inline(always)]
    pub fn touch(&self, total: &mut Touched) {
        match self {
            Self::Few(list) => total.add(list, touched::words(list)),
            Self::Many(bits) => total.add(bits, touched::longs(bits)),
        }
    }
    pub fn shrink(&mut self) {
        match self {
            Self::Few(list) => list.shrink_to_fit(),
            Self::Many(bits) => bits.shrink_to_fit(),
        }
    }
}

/// Rows that have a language, with a code for the level: 0 absent, 1 not stated, 2 a1 … 8 native.
#[derive(Debug, Clone)]
pub(super) enum Levels {
    Few(Vec<u32>, Vec<u8>),
    Many(Vec<u8>),
}

impl Default for Levels {
    fn default() -> Self {
        Self::Few(vec![], vec![])
    }
}

impl Levels {
    pub fn insert(&mut self, row: u32, code: u8, rows: usize) {
        match self {
            Self::Few(list, codes) => {
                let place = match list.last() {
                    Some(last) if *last >= row => list.partition_point(|r| *r < row),
                    _ => list.len(),
                };
                list.insert(place, row);
                codes.insert(place, code);
                if list.len() > 64 && list.len() > rows / 5 {
                    let mut column = vec![0u8; rows];
                    list.iter().zip(codes.iter()).for_each(|(r, code)| column[*r as usize] = *code);
                    *self = Self::Many(column);
                }
            }
            Self::Many(column) => {
                if column.len() <= row as usize {
                    column.resize(row as usize + 1, 0);
                }
                column[row as usize] = code;
            }
        }
    }

    pub fn remove(&mut self, row: u32) {
        match self {
            Self::Few(list, codes) => {
                if let Ok(place) = list.binary_search(&row) {
                    list.remove(place);
                    codes.remove(place);
                }
            }
            Self::Many(column) => {
                if let Some(code) = column.get_mut(row as usize) {
                    *code = 0;
                }
            }
        }
    }

    pub fn code(&self, row: u32) -> u8 {
        match self {
            Self::Few(list, codes) => list.binary_search(&row).map_or(0, |place| codes[place]),
            Self::Many(column) => column.get(row as usize).copied().unwrap_or(0),
        }
    }

    /// Raises each row's code to the one here, for the rows from `start` on.
    pub fn max_into(&self, start: usize, out: &mut [u8]) {
        match self {
            Self::Few(list, codes) => {
                let from = list.partition_point(|r| (*r as usize) < start);
                for (r, code) in list[from..].iter().zip(&codes[from..]) {
                    match out.get_mut(*r as usize - start) {
                        Some(best) => *best = (*best).max(*code),
                        None => break,
                    }
                }
            }
            Self::Many(column) => {
                for (best, code) in out.iter_mut().zip(column.get(start..).unwrap_or_default()) {
                    *best = (*best).max(*code);
                }
            }
        }
    }

    pub fn bytes(&self) -> usize {
        match self {
            Self::Few(list, codes) => list.capacity() * 4 + codes.capacity(),
            Self::Many(column) => column.capacity(),
        }
    }
    /// Reads it whole, for the benchmark's yardstick.
    #[inline(always)]
    pub fn touch(&self, total: &mut Touched) {
        match self {
            Self::Few(list, codes) => {
                total.add(list, touched::words(list));
                total.add(codes, touched::bytes(codes));
            }
            Self::Many(column) => total.add(column, touched::bytes(column)),
        }
    }
    pub fn shrink(&mut self) {
        match self {
            Self::Few(list, codes) => {
                list.shrink_to_fit();
                codes.shrink_to_fit();
            }
            Self::Many(column) => column.shrink_to_fit(),
        }
    }
}
