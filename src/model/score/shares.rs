//! How a backlog's effort is shared among must, should and could.
//!
//! Above 60 per cent of must the plan has no room to give way (FIELD.md section 5). What will not be done this time is
//! no effort and counts for none of the shares. A story that a must waits for is a must.

use super::{Method, Score};
use crate::model::{Backlog, Points, StoryId};

/// So many per cent of the effort may be a must.
const MOST: u64 = 60;

/// The open stories by their MoSCoW class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// From must to won't.
    classes: [Share; 4],
    /// How many open stories have no class.
    pub unscored: usize,
}

/// What belongs to one class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many stories.
    pub stories: usize,
    /// Their points.
    pub points: Points,
    /// How many of them have no estimate.
    pub unestimated: usize,
}

impl Shares {
    /// Adds up the open stories of a backlog.
    pub fn of(backlog: &Backlog) -> Self {
        let scores = Method::Moscow.scores(backlog);
        let mut shares = Self::default();
        for id in backlog.open() {
            shares.add(backlog, id, scores.get(&id));
        }
        shares
    }

    fn add(&mut self, backlog: &Backlog, id: StoryId, score: Option<&Score>) {
        let class = score.and_then(|score| {
            let word = Method::Moscow.figure(score.number);
            WORDS.iter().position(|class| *class == word)
        });
        let Some(share) = class.and_then(|class| self.classes.get_mut(class)) else {
            self.unscored += 1;
            return;
        };
        share.stories += 1;
        match backlog.story(id).and_then(|story| story.estimate) {
            Some(points) => share.points = share.points + points,
            None => share.unestimated += 1,
        }
    }

    /// The classes by their words, from must to won't.
    pub fn classes(&self) -> impl Iterator<Item = (&'static str, Share)> {
        WORDS.into_iter().zip(self.classes)
    }

    /// Whether the shares are of points; else nothing is estimated and they are of stories.
    pub fn is_by_points(&self) -> bool {
        self.planned()
            .iter()
            .any(|share| share.points > Points::ZERO)
    }

    /// A share in per cent of what is to be done; `None` for won't and where nothing is to be done.
    pub fn percent(&self, share: Share) -> Option<u64> {
        let whole: u64 = self.planned().iter().map(|share| self.weight(*share)).sum();
        (self.weight(share) * 100 + whole / 2).checked_div(whole)
    }

    /// What to say where too much is a must.
    pub fn notice(&self) -> Option<String> {
        let [must, ..] = self.classes;
        let whole: u64 = self.planned().iter().map(|share| self.weight(*share)).sum();
        let is_heavy = self.weight(must) * 100 > whole * MOST;
        let percent = self.percent(must).filter(|_| is_heavy)?;
        Some(format!(
            "{percent} % of the effort is a must; above {MOST} % nothing can give way when time runs short. Ask of some what happens without them."
        ))
    }

    /// The shares, a line a class, and what there is to say of them.
    pub fn told(&self) -> Vec<String> {
        let by_points = self.is_by_points();
        let class = |(word, share): (&str, Share)| {
            let percent = match self.percent(share).filter(|_| word != "wont") {
                Some(percent) => format!("{percent} %"),
                None => String::new(),
            };
            let stories = match share.stories {
                1 => "1 story".to_owned(),
                many => format!("{many} stories"),
            };
            let points = if by_points && share.points > Points::ZERO {
                format!(", {} points", share.points)
            } else {
                String::new()
            };
            format!("{word:<6} {percent:>6}  {stories}{points}")
        };
        let mut lines: Vec<String> = self.classes().map(class).collect();
        let unestimated: usize = self.classes().map(|(_, share)| share.unestimated).sum();
        if by_points && unestimated > 0 {
            lines.push(format!(
                "The shares are of points; {unestimated} without an estimate count for none."
            ));
        }
        lines.extend(self.notice());
        lines
    }

    fn planned(&self) -> [Share; 3] {
        let [must, should, could, _] = self.classes;
        [must, should, could]
    }

    fn weight(&self, share: Share) -> u64 {
        if self.is_by_points() {
            share.points.hundredths()
        } else {
            u64::try_from(share.stories).unwrap_or(u64::MAX)
        }
    }
}

const WORDS: [&str; 4] = ["must", "should", "could", "wont"];
