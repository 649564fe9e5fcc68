//! The columns of all candidates of one service line. Unknown is NaN in numbers, 0 in codes.

use super::postings::{Levels, Postings};
use super::scan::GROUP;

/// Struct of arrays; a row freed is used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Segment {
    /// Number of the organisation in the index's table.
    pub organisation: Vec<u32>,
    /// Next row of the same organisation.
    pub next: Vec<u32>,
    pub offer: Vec<u128>,
    pub flags: Vec<u8>,
    pub available: Vec<f32>,
    pub capacity: Vec<f32>,
    pub minimum: Vec<f32>,
    pub price_low: Vec<f32>,
    pub price_middle: Vec<f32>,
    pub currency: Vec<u8>,
    pub from_day: Vec<f32>,
    pub ramp_days: Vec<f32>,
    pub share: Vec<f32>,
    /// Grades of ten facts, three bits each; above them the best grade of a certificate, less one.
    pub grades: Vec<u32>,
    pub responsiveness: Vec<f32>,
    pub groups: Vec<u16>,
    /// Certificates stated.
    pub stated: Vec<u16>,
    /// Of those, expired as of the index's day.
    pub expired: Vec<u16>,
    pub shift: Vec<u32>,
    pub countries: Vec<u32>,
    pub skills: Vec<Postings>,
    pub languages: Vec<Levels>,
    pub free: Vec<u32>,
}

/// Above the ten facts' grades.
pub(super) const BEST_CERTIFICATE: u32 = 30;
pub(super) const ALIVE: u8 = 1;
pub(super) const SKILLS_STATED: u8 = 2;
pub(super) const LANGUAGES_STATED: u8 = 4;

macro_rules! each_column {
    ($self:ident, $column:ident => $do:expr) => {{
        macro_rules! one {
            ($name:ident) => {{
                let $column = &mut $self.$name;
                $do;
            }};
        }
        one!(organisation);
        one!(next);
        one!(offer);
        one!(flags);
        one!(available);
        one!(capacity);
        one!(minimum);
        one!(price_low);
        one!(price_middle);
        one!(currency);
        one!(from_day);
        one!(ramp_days);
        one!(share);
        one!(grades);
        one!(responsiveness);
        one!(groups);
        one!(stated);
        one!(expired);
        one!(shift);
        one!(countries);
    }};
}

impl Segment {
    pub fn rows(&self) -> usize {
        self.flags.len()
    }
    pub fn alive(&self) -> usize {
        self.flags.len() - self.free.len()
    }

    /// A row to write to, all unknown. Columns grow by whole groups.
    pub fn row(&mut self) -> u32 {
        let rows = self.rows();
        if self.free.is_empty() {
            each_column!(self, column => column.resize(rows + GROUP, Default::default()));
            self.free.extend((rows as u32..(rows + GROUP) as u32).rev());
        }
        self.free.pop().expect("a group was added where none was free")
    }

    pub fn clear(&mut self, row: u32) {
        each_column!(self, column => column[row as usize] = Default::default());
        self.skills.iter_mut().for_each(|p| p.remove(row));
        self.languages.iter_mut().for_each(|l| l.remove(row));
        self.free.push(row);
    }

    pub fn has_skill(&mut self, row: u32, skill: u32) {
        let rows = self.rows();
        if self.skills.len() <= skill as usize {
            self.skills.resize_with(skill as usize + 1, Postings::default);
        }
        self.skills[skill as usize].insert(row, rows);
    }

    pub fn has_language(&mut self, row: u32, language: u32, code: u8) {
        let rows = self.rows();
        if self.languages.len() <= language as usize {
            self.languages.resize_with(language as usize + 1, Levels::default);
        }
        self.languages[language as usize].insert(row, code, rows);
    }

    pub fn shrink(&mut self) {
        each_column!(self, column => column.shrink_to_fit());
        self.skills.iter_mut().for_each(Postings::shrink);
        self.languages.iter_mut().for_each(Levels::shrink);
        self.skills.shrink_to_fit();
        self.languages.shrink_to_fit();
    }

    pub fn bytes(&self) -> usize {
        fn of<T>(column: &Vec<T>) -> usize {
            column.capacity() * size_of::<T>()
        }
        let lists = self.skills.iter().map(Postings::bytes).sum::<usize>() + self.languages.iter().map(Levels::bytes).sum::<usize>();
        of(&self.organisation)
            + of(&self.next)
            + of(&self.offer)
            + of(&self.flags)
            + of(&self.available)
            + of(&self.capacity)
            + of(&self.minimum)
            + of(&self.price_low)
            + of(&self.price_middle)
            + of(&self.currency)
            + of(&self.from_day)
            + of(&self.ramp_days)
            + of(&self.share)
            + of(&self.grades)
            + of(&self.responsiveness)
            + of(&self.groups)
            + of(&self.stated)
            + of(&self.expired)
            + of(&self.shift)
            + of(&self.countries)
            + of(&self.free)
            + of(&self.skills)
            + of(&self.languages)
            + lists
    }
}
