//! The cuts: where the order of the backlog is cut into iterations.

use jiff::civil::Date;

use crate::model::{Calendar, Load, Past, Points, Product};

/// Nothing is said of iterations farther away; ten years of the shortest.
const HORIZON: i32 = 520;

/// One iteration's share of the backlog; or that of several, where a story is too large for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The number of the first iteration.
    pub first: i32,
    /// The number of the last one, in which its stories are done; most often the same.
    pub last: i32,
    /// The row of the first story that falls in a later one, counted from 0; the number of rows where there is none.
    ///
    /// Stories under way count into the current iteration wherever they stand.
    pub before: usize,
    /// How many stories of the backlog it has.
    pub stories: usize,
    /// How many counted ones of them have no estimate.
    pub unestimated: usize,
    /// The points of its stories and, for the current one, of those already accepted.
    pub points: Points,
    /// What it holds by itself.
    pub capacity: Points,
    /// What it has room for: its own capacity and what the earlier ones left over, or less where more was started than
    /// they hold.
    pub room: Points,
    /// Its last day.
    pub until: Date,
}

/// What the cuts follow from, beside the stories.
pub(super) struct Cutting<'a> {
    pub(super) product: &'a Product,
    pub(super) calendar: &'a Calendar,
    /// The current iteration, with what was accepted in it.
    pub(super) current: &'a Past,
    pub(super) velocity: Points,
    /// The rows that are left out, in order.
    pub(super) without: Vec<usize>,
}

/// The iterations while they are filled; points in hundredths.
struct Filling<'a> {
    cutting: &'a Cutting<'a>,
    cuts: Vec<Cut>,
    /// The iteration being filled.
    number: i32,
    /// The first iteration since the last cut.
    first: i32,
    /// The capacity of all iterations up to this one.
    reach: u64,
    /// The points of all stories up to now.
    used: u64,
    /// Reach and use when the first iteration since the last cut began.
    began: (u64, u64),
    points: u64,
    stories: usize,
    unestimated: usize,
}

impl Cutting<'_> {
    /// The cuts of these stories, and the points up to the end of each; none at a velocity of 0.
    pub(super) fn cut(&self, loads: &[Load]) -> (Vec<Cut>, Vec<Option<Points>>) {
        let mut ends = vec![None; loads.len()];
        if self.velocity == Points::ZERO {
            return (Vec::new(), ends);
        }
        let mut filling = Filling::begin(self);
        for (row, load) in self.rows(loads).filter(|(_, load)| load.is_under_way()) {
            filling.put(self.size(*load), self.lacks_estimate(*load));
            if let Some(end) = ends.get_mut(row) {
                *end = Some(Points::from_hundredths(filling.used));
            }
        }
        let mut rows = self.rows(loads).filter(|(_, load)| !load.is_under_way());
        let beyond = rows.find_map(|(row, load)| {
            let size = self.size(*load);
            if !filling.make_room(size, row) {
                return Some(row);
            }
            filling.put(size, self.lacks_estimate(*load));
            if let Some(end) = ends.get_mut(row) {
                *end = Some(Points::from_hundredths(filling.used));
            }
            None
        });
        filling.close(beyond.unwrap_or(loads.len()));
        (filling.cuts, ends)
    }

    /// How many counted stories have no estimate.
    pub(super) fn unestimated(&self, loads: &[Load]) -> usize {
        self.rows(loads)
            .filter(|(_, load)| self.lacks_estimate(**load))
            .count()
    }

    /// The stories that are not left out, with their rows.
    fn rows<'l>(&self, loads: &'l [Load]) -> impl Iterator<Item = (usize, &'l Load)> {
        let mut without = self.without.iter().copied().peekable();
        loads
            .iter()
            .enumerate()
            .filter(move |(row, _)| without.next_if_eq(row).is_none())
    }

    /// The story's points in hundredths; nothing where its kind does not count or it has no estimate.
    fn size(&self, load: Load) -> u64 {
        match self.product.size(load.points()) {
            Some(points) if self.counts(load) => points.hundredths(),
            _ => 0,
        }
    }

    fn lacks_estimate(&self, load: Load) -> bool {
        self.product.size(load.points()).is_none() && self.counts(load)
    }

    fn counts(&self, load: Load) -> bool {
        self.calendar.iterations().counts.contains(&load.kind)
    }

    fn capacity(&self, number: i32) -> u64 {
        self.velocity.hundredths() * u64::from(self.calendar.capacity(number)) / 100
    }
}

impl<'a> Filling<'a> {
    /// The current iteration with what was accepted in it. What was accepted beyond its capacity is no debt.
    fn begin(cutting: &'a Cutting<'a>) -> Self {
        let reach = cutting.capacity(cutting.current.number);
        let accepted = cutting.current.points.hundredths();
        Self {
            cutting,
            cuts: Vec::new(),
            number: cutting.current.number,
            first: cutting.current.number,
            reach,
            used: accepted.min(reach),
            began: (0, 0),
            points: accepted,
            stories: 0,
            unestimated: 0,
        }
    }

    /// Puts a story into the iteration being filled.
    const fn put(&mut self, size: u64, lacks_estimate: bool) {
        self.used += size;
        self.points += size;
        self.stories += 1;
        self.unestimated += lacks_estimate as usize;
    }

    /// Goes on to the iteration in which a story of this size is done; `false` where that is beyond the horizon.
    fn make_room(&mut self, size: u64, row: usize) -> bool {
        let is_large = size > self.cutting.velocity.hundredths();
        let wanted = match (is_large, self.points) {
            (false, _) => self.used + size,
            // It enters an iteration with nothing in it and has as many as it needs for itself.
            (true, 0) => self.began.0.max(self.used) + size,
            (true, _) => self.reach.max(self.used) + size,
        };
        let (mut number, mut reach) = (self.number, self.reach);
        while reach < wanted && number - self.cutting.current.number < HORIZON {
            number += 1;
            reach += self.cutting.capacity(number);
        }
        if reach < wanted {
            return false;
        }
        if number > self.number {
            self.go_to(number, reach, row);
        }
        true
    }

    /// Goes on to an iteration; those on the way stay empty and are counted to it.
    fn go_to(&mut self, number: i32, reach: u64, row: usize) {
        if self.stories > 0 || self.points > 0 {
            self.close(row);
            self.first = self.number + 1;
            self.began = (self.reach, self.used);
            self.points = 0;
            self.stories = 0;
            self.unestimated = 0;
        }
        self.number = number;
        self.reach = reach;
    }

    /// Cuts before a row.
    fn close(&mut self, before: usize) {
        let (reach, used) = self.began;
        self.cuts.push(Cut {
            first: self.first,
            last: self.number,
            before,
            stories: self.stories,
            unestimated: self.unestimated,
            points: Points::from_hundredths(self.points),
            capacity: Points::from_hundredths(self.reach - reach),
            room: Points::from_hundredths(self.reach.saturating_sub(used)),
            until: self.cutting.calendar.last_day(self.number),
        });
    }
}
