//! Each distinct thing once, with a small number.

use std::collections::HashMap;
use std::hash::Hash;

/// Numbers are given in order and kept: what is no longer used stays until the index is rebuilt.
#[derive(Debug, Clone)]
pub(super) struct Interned<T> {
    list: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self { list: vec![], numbers: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Interned<T> {
    pub fn number(&mut self, thing: &T) -> u32 {
        if let Some(n) = self.numbers.get(thing) {
            return *n;
        }
        let n = self.list.len() as u32;
        self.list.push(thing.clone());
        self.numbers.insert(thing.clone(), n);
        n
    }
    pub fn known(&self, thing: &T) -> Option<u32> {
        self.numbers.get(thing).copied()
    }
    pub fn get(&self, number: u32) -> &T {
        &self.list[number as usize]
    }
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.list.iter()
    }
    /// Tables of both directions, without what the things own on the heap.
    pub fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<T>() + self.numbers.capacity() * 8 / 7 * (size_of::<T>() + 5)
    }
}
