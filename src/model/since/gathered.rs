//! News for the eye: what came in one go, or follows from one thing, takes one line or two.

use std::collections::{HashMap, HashSet};

use super::{About, Group, News, Since, What};
use crate::model::{Line, Timestamp};

/// So many lines of one kind are read one by one.
const MANY: usize = 5;

impl Since {
    /// The same with the many new stories of one act as one line, and of many that slipped the first and the rest.
    #[must_use]
    pub fn gathered(mut self) -> Self {
        self.gather_new();
        self.gather_slipped();
        self
    }

    fn gather_new(&mut self) {
        let mut counts: HashMap<_, usize> = HashMap::new();
        for act in self.news.iter().filter_map(act) {
            *counts.entry(act).or_default() += 1;
        }
        let mut told = HashSet::new();
        let mut all: Vec<News> = Vec::with_capacity(self.news.len());
        for news in &self.news {
            let Some(act) = act(news) else {
                all.push(news.clone());
                continue;
            };
            let count = counts.get(&act).copied().unwrap_or_default();
            if count <= MANY {
                all.push(news.clone());
            } else if told.insert(act) {
                all.push(News {
                    about: news.about,
                    what: What::AddedMany(count),
                    at: news.by.as_ref().and(news.at),
                    by: news.by.clone(),
                });
            }
        }
        self.news = all;
    }

    fn gather_slipped(&mut self) {
        let is_one = |news: &News| {
            matches!(
                (news.about, &news.what),
                (About::Story(_), What::Slipped { .. })
            )
        };
        let slipped: Vec<&News> = self.news.iter().filter(|news| is_one(news)).collect();
        let [_, rest @ ..] = slipped.as_slice() else {
            return;
        };
        let (Some(second), true) = (rest.first(), slipped.len() > MANY) else {
            return;
        };
        let by = rest.iter().filter_map(|news| match news.what {
            What::Slipped { from, to: Some(to) } => Some(to - from),
            _ => None,
        });
        let gathered = News {
            about: second.about,
            what: What::SlippedMany {
                count: rest.len(),
                least: by.clone().min(),
                most: by.max(),
            },
            at: None,
            by: None,
        };
        let place = self.news.iter().position(is_one).unwrap_or(0);
        let mut seen = 0;
        self.news.retain(|news| {
            seen += usize::from(is_one(news));
            !is_one(news) || seen == 1
        });
        self.news.insert(place + 1, gathered);
    }
}

/// What a new story or problem has in common with those that came with it: by whom and in which second.
fn act(news: &News) -> Option<(bool, Option<&Line>, Option<Timestamp>)> {
    let is_new = news.what.group() == Group::New;
    let at = news.by.as_ref().and(news.at);
    let is_story = matches!(news.about, About::Story(_));
    is_new.then_some((is_story, news.by.as_ref(), at))
}
