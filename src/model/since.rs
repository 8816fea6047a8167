//! Since last time: what has happened to a backlog while nobody looked, as one list.
//!
//! One way to find it: a [`Memory`] of the backlog as it was is compared with the backlog as it is. Where the screen was
//! left before, the memory was written then; for any other day it is put together from journal and dates
//! ([`Memory::recalled`]). Who did it comes from the stories themselves, where they say so, else from the journal.
//!
//! What somebody did themselves, in whatever window, is no news to them. A session that is killed leaves no memory, so the
//! next one is compared with the visit before: what others did is told once more rather than lost.

mod compare;
mod doers;
mod gathered;
mod gone;
mod memory;
mod past;
mod settings;
mod told;
mod went;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Act, Backlog, Belief, Forecast, Line, ProblemId, Promise, Prose, StoryId, Timestamp};
use compare::Comparing;
pub use memory::Memory;
pub use told::short;
pub use went::Went;

/// What has happened since a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Since {
    /// The moment.
    pub at: Timestamp,
    /// What has happened, group by group, the stories of a group in the backlog's order.
    pub news: Vec<News>,
}

/// One thing that has happened.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// To what.
    pub about: About,
    /// What.
    pub what: What,
    /// When, where that is known.
    pub at: Option<Timestamp>,
    /// By whom, where that is known.
    pub by: Option<Line>,
}

/// What news is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A story.
    Story(StoryId),
    /// A problem.
    Problem(ProblemId),
    /// The whole backlog.
    Backlog,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The story took a step.
    Went(Went),
    /// The story or the problem is new.
    Added,
    /// So many that came together are new; the news is about the first one.
    AddedMany(usize),
    /// Remarks were written.
    Commented {
        /// How many.
        count: usize,
        /// The last one.
        last: Prose,
    },
    /// Questions were asked.
    Asked {
        /// How many.
        count: usize,
        /// The last one.
        last: Prose,
    },
    /// Questions were answered: so many.
    Answered(usize),
    /// The content was changed: these fields, where that is known.
    Edited(Vec<&'static str>),
    /// The story was moved far in the order.
    Moved {
        /// The place it would have now, counted from 1.
        from: usize,
        /// The place it has.
        to: usize,
    },
    /// It is to be expected in a later iteration.
    Slipped {
        /// The iteration it was to be expected in.
        from: i32,
        /// The one it is to be expected in now; `None` where that is too far away to say.
        to: Option<i32>,
    },
    /// So many more are to be expected later; the news is about the first of them.
    SlippedMany {
        /// How many.
        count: usize,
        /// By how many iterations at least; `None` where they all are too far away to say.
        least: Option<i32>,
        /// By how many at most.
        most: Option<i32>,
    },
    /// Something new was seen or heard of the problem, by so many voices.
    Heard(usize),
    /// Something else is believed of the problem.
    Believed(Belief),
    /// Somebody has looked whether the story kept its promise.
    Learned(Promise),
    /// It was deleted.
    Gone {
        /// Its key, where it had one that is known.
        key: Option<String>,
        /// Its title, as far as it is known.
        title: String,
    },
    /// These settings were changed, as a sentence calls them.
    Set(Vec<&'static str>),
    /// Since this day the benefit is to be checked.
    Due(Date),
}

/// What belongs together in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Stories that wait for a review.
    Delivered,
    /// Stories that were rejected, undelivered or reopened.
    CameBack,
    /// Stories that were accepted.
    Accepted,
    /// Settings that were changed.
    Settings,
    /// Questions and remarks.
    Said,
    /// New stories and problems.
    New,
    /// Stories and problems that were deleted.
    Gone,
    /// Other steps, and changes of what a story says.
    Changed,
    /// Stories that stand elsewhere in the order.
    Moved,
    /// What is to be expected later than it was.
    Forecast,
    /// What was seen, heard and learned.
    Evidence,
    /// Benefits that are to be checked.
    Due,
}

/// What a memory is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Present<'a> {
    /// The backlog as it is.
    pub backlog: &'a Backlog,
    /// What is to be expected of it, with nothing supposed.
    pub forecast: Option<&'a Forecast>,
    /// The present moment.
    pub now: Timestamp,
    /// Where the user is.
    pub zone: &'a TimeZone,
    /// Whose acts are no news; without a name everything is.
    pub user: Option<&'a str>,
    /// Whether every file could be read: what lies in one that could not is not gone.
    pub is_whole: bool,
}

impl Since {
    /// Compares a memory with the present. `acts` are those of the journal, oldest first; what lies before the memory is
    /// passed over.
    pub fn of<'a>(
        memory: &'a Memory,
        present: Present<'a>,
        acts: impl IntoIterator<Item = &'a Act>,
    ) -> Self {
        let mut comparing = Comparing::new(memory, present, acts);
        comparing.compare();
        Self {
            at: memory.at,
            news: comparing.into_news(),
        }
    }

    /// The news of one group.
    pub fn of_group(&self, group: Group) -> impl Iterator<Item = &News> + Clone {
        self.news
            .iter()
            .filter(move |news| news.what.group() == group)
    }
}

impl What {
    /// Where it belongs in the list.
    pub const fn group(&self) -> Group {
        match self {
            Self::Went(went) => went.group(),
            Self::Added | Self::AddedMany(_) => Group::New,
            Self::Gone { .. } => Group::Gone,
            Self::Set(_) => Group::Settings,
            Self::Commented { .. } | Self::Asked { .. } | Self::Answered(_) => Group::Said,
            Self::Edited(_) => Group::Changed,
            Self::Moved { .. } => Group::Moved,
            Self::Slipped { .. } | Self::SlippedMany { .. } => Group::Forecast,
            Self::Heard(_) | Self::Believed(_) | Self::Learned(_) => Group::Evidence,
            Self::Due(_) => Group::Due,
        }
    }
}

impl Group {
    /// Every group, in the order of the list.
    pub const ALL: [Self; 12] = [
        Self::Delivered,
        Self::CameBack,
        Self::Accepted,
        Self::Settings,
        Self::Said,
        Self::New,
        Self::Gone,
        Self::Changed,
        Self::Moved,
        Self::Forecast,
        Self::Evidence,
        Self::Due,
    ];

    /// What stands above the group.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Delivered => "Delivered",
            Self::CameBack => "Came back",
            Self::Accepted => "Accepted",
            Self::Said => "Questions and comments",
            Self::Settings => "Settings",
            Self::New => "New",
            Self::Gone => "Deleted",
            Self::Changed => "Changed",
            Self::Moved => "Moved far",
            Self::Forecast => "Forecast",
            Self::Evidence => "Evidence",
            Self::Due => "Due",
        }
    }

    /// The word for the group in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::CameBack => "came_back",
            Self::Accepted => "accepted",
            Self::Said => "said",
            Self::Settings => "settings",
            Self::New => "new",
            Self::Gone => "deleted",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Forecast => "forecast",
            Self::Evidence => "evidence",
            Self::Due => "due",
        }
    }
}

#[cfg(test)]
mod tests;
