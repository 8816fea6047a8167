//! The comparison of a memory with the present, story by story and problem by problem.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::doers::{Deed, Doers, doer, is_own};
use super::memory::{Known, Memory, counts, last};
use super::{About, News, Present, Went, What};
use crate::model::{Evidence, Line, LogEntry, Problem, Status, Story, StoryId, Timestamp};

/// A move over fewer places is none to speak of.
const FAR: usize = 5;

/// A comparison that goes on.
pub(super) struct Comparing<'a> {
    pub(super) memory: &'a Memory,
    pub(super) present: Present<'a>,
    pub(super) doers: Doers<'a>,
    today: Date,
    /// The day of the memory.
    then: Date,
    /// The stories that have got another rank.
    ranked: Vec<StoryId>,
    news: Vec<News>,
}

/// When something was done, and by whom, as far as that is known.
pub(super) type Doer<'a> = (Option<Timestamp>, Option<&'a Line>);

impl<'a> Comparing<'a> {
    pub(super) fn new(
        memory: &'a Memory,
        present: Present<'a>,
        acts: impl IntoIterator<Item = &'a crate::model::Act>,
    ) -> Self {
        let day = |at| present.zone.to_datetime(at).date();
        Self {
            memory,
            present,
            doers: Doers::since(memory.at, acts),
            today: day(present.now),
            then: day(memory.at),
            ranked: Vec::new(),
            news: Vec::new(),
        }
    }

    pub(super) fn compare(&mut self) {
        for story in self.present.backlog.stories() {
            match self.memory.story(story.id) {
                Some(known) => self.known(story, known),
                None if story.status.is_closed() => self.closed(story),
                None => self.appeared(story),
            }
            self.due(story);
        }
        self.settings();
        self.gone();
        self.moved();
        self.slipped();
        for problem in self.present.backlog.problems() {
            self.problem(problem);
        }
    }

    /// What was found, group by group.
    pub(super) fn into_news(mut self) -> Vec<News> {
        let backlog = self.present.backlog;
        self.news.sort_by_cached_key(|news| {
            let place = match news.about {
                About::Story(id) => (
                    backlog.position(id).unwrap_or(usize::MAX),
                    backlog.story(id).map_or(0, |story| story.number),
                ),
                About::Problem(_) | About::Backlog => (usize::MAX, u32::MAX),
            };
            (news.what.group(), place)
        });
        self.news
    }

    pub(super) fn tell(&mut self, about: About, what: What, (at, by): Doer) {
        if by.is_some_and(|by| self.is_user(by)) {
            return;
        }
        let by = by.cloned();
        self.news.push(News {
            about,
            what,
            at,
            by,
        });
    }

    fn is_user(&self, name: &str) -> bool {
        self.present.user == Some(name)
    }

    /// Who changed this of a story by the journal.
    fn who(&self, id: StoryId, did: impl Fn(&Deed<Story>) -> bool) -> Doer<'a> {
        by_act(doer(self.doers.of_story(id), self.present.user, did))
    }

    /// A story that was open.
    fn known(&mut self, story: &'a Story, known: &Known) {
        let fresh = story.log.get(known.log..).unwrap_or_default();
        if story.status != known.status || !fresh.is_empty() {
            self.went(story, known.status, fresh.last());
        }
        self.said(story, known);
        if !story.status.is_closed() {
            self.edited(story, known);
            if story.rank != known.rank {
                self.ranked.push(story.id);
            }
        }
    }

    /// A story that is open now and was not: new, or back from where it was closed.
    fn appeared(&mut self, story: &'a Story) {
        let first = self.doers.of_story(story.id).first();
        let before = first.and_then(|deed| deed.before);
        let was_closed = match before {
            Some(before) => before.status.is_closed(),
            None if first.is_some() => false,
            None => {
                let before = story.log.iter().rev().nth(1);
                before.is_some_and(|entry| entry.status.is_closed())
            }
        };
        if was_closed {
            match before {
                Some(before) => self.went(story, before.status, None),
                None => self.went(story, story.status, story.log.last()),
            }
            return;
        }
        let adder = by_act(
            first
                .filter(|deed| deed.before.is_none())
                .map(|deed| deed.act),
        );
        let told = self.news.len();
        if matches!(story.status, Status::Delivered | Status::Rejected) {
            self.went(story, Status::Idea, story.log.last());
        } else {
            let at = self.added_at(story.created, adder.0);
            self.tell(About::Story(story.id), What::Added, (at, adder.1));
        }
        if self.news.len() == told {
            self.commented(story, 0);
        }
    }

    /// When something came: by its own word, unless it is an import of what was written down long ago.
    fn added_at(&self, created: Timestamp, act: Option<Timestamp>) -> Option<Timestamp> {
        if created >= self.memory.at {
            return Some(created);
        }
        act
    }

    /// A story that is closed and was not open before: what happens to these is dated.
    fn closed(&mut self, story: &'a Story) {
        let since = self.memory.at;
        if let Some(entry) = story.log.last().filter(|entry| entry.at >= since) {
            self.went(story, Status::Idea, Some(entry));
        }
        let known = story.comments.iter().filter(|comment| comment.at < since);
        self.commented(story, known.count());
        let check = story.check.as_deref();
        if let Some(check) = check.filter(|check| check.at.is_some_and(|at| at >= since))
            && let Some(result) = check.result
        {
            let by = Some(&check.by).filter(|by| !by.is_empty());
            let what = What::Learned(result);
            self.tell(About::Story(story.id), what, (check.at, by));
        }
    }

    /// A step; `before` is where the story stood, unless its log knows better.
    fn went(&mut self, story: &'a Story, before: Status, entry: Option<&'a LogEntry>) {
        let entry = entry.filter(|entry| entry.status == story.status);
        let earlier = story.log.iter().rev().nth(1);
        let (before, doer) = match entry {
            Some(entry) => (
                earlier.map_or(before, |earlier| earlier.status),
                (Some(entry.at), Some(&entry.by)),
            ),
            None => (before, self.who(story.id, stepped)),
        };
        if let Some(went) = Went::between(before, story.status, story.rejections()) {
            self.tell(About::Story(story.id), What::Went(went), doer);
        }
    }

    /// Remarks and questions.
    fn said(&mut self, story: &'a Story, known: &Known) {
        self.commented(story, known.comments);
        let about = About::Story(story.id);
        let asked = story.questions.len().saturating_sub(known.questions);
        if let (1.., Some(last)) = (asked, story.questions.last()) {
            let last = last.text.clone();
            let doer = self.who(story.id, |deed| {
                questions(deed.after) > questions(deed.before)
            });
            self.tell(about, What::Asked { count: asked, last }, doer);
        }
        let now = answers(Some(story));
        if now > known.answered {
            let doer = self.who(story.id, |deed| answers(deed.after) > answers(deed.before));
            self.tell(about, What::Answered(now - known.answered), doer);
        }
    }

    /// The remarks of others beyond those that were known.
    fn commented(&mut self, story: &'a Story, known: usize) {
        let fresh = story.comments.get(known..).unwrap_or_default().iter();
        let mut fresh = fresh.filter(|comment| !self.is_user(&comment.by));
        let count = fresh.clone().count();
        if let Some(last) = fresh.next_back() {
            let what = What::Commented {
                count,
                last: last.text.clone(),
            };
            let doer = (Some(last.at), Some(&last.by));
            self.tell(About::Story(story.id), what, doer);
        }
    }

    /// What a story says. Where the journal knows of it, it says which fields; else only that something has changed.
    fn edited(&mut self, story: &'a Story, known: &Known) {
        let user = self.present.user;
        let deeds = self.doers.of_story(story.id);
        if deeds.is_empty() {
            if story.updated.as_second() != known.updated && !is_explained(story, known) {
                let doer = (Some(story.updated), None);
                self.tell(About::Story(story.id), What::Edited(Vec::new()), doer);
            }
            return;
        }
        // What was done and taken back is as it was.
        let before = deeds.iter().find_map(|deed| deed.before);
        let really = before.map_or_else(Vec::new, |before| changed_fields(before, story));
        let others = deeds.iter().filter(|deed| !is_own(deed.act, user));
        let (mut fields, mut doer) = (Vec::new(), None);
        for deed in others {
            let (Some(before), Some(after)) = (deed.before, deed.after) else {
                continue;
            };
            let mut changed = changed_fields(before, after);
            changed.retain(|field| really.contains(field));
            if !changed.is_empty() {
                doer = Some(deed.act);
            }
            for field in changed {
                if !fields.contains(&field) {
                    fields.push(field);
                }
            }
        }
        if doer.is_some() {
            self.tell(About::Story(story.id), What::Edited(fields), by_act(doer));
        }
    }

    /// Which of the stories with another rank stand far from where they stood among those that are still there.
    fn moved(&mut self) {
        if self.ranked.is_empty() {
            return;
        }
        let backlog = self.present.backlog;
        let then = self.memory.stories.iter().map(|known| known.id);
        let then = then.filter(|id| backlog.position(*id).is_some());
        let now = backlog.open().filter(|id| self.memory.story(*id).is_some());
        let then: HashMap<StoryId, usize> = then.zip(1..).collect();
        let now: HashMap<StoryId, usize> = now.zip(1..).collect();
        for id in std::mem::take(&mut self.ranked) {
            let (Some(from), Some(to)) = (then.get(&id), now.get(&id)) else {
                continue;
            };
            if !is_far(*from, *to) {
                continue;
            }
            let Some(place) = backlog.position(id) else {
                continue;
            };
            // Both as of today, so that the distance is that of the move and not of what was accepted above.
            let from = (place + from).saturating_sub(*to).max(1);
            let doer = self.who(id, |deed| {
                deed.before.map(|story| &story.rank) != deed.after.map(|story| &story.rank)
            });
            let what = What::Moved { from, to: place };
            self.tell(About::Story(id), what, doer);
        }
    }

    /// What is to be expected later than it was. What follows from the user's own change of a story is no news.
    fn slipped(&mut self) {
        let backlog = self.present.backlog;
        let (Some(then), Some(forecast)) = (self.memory.outlook, self.present.forecast) else {
            return;
        };
        if !counts(forecast) || !then.is_of(backlog.product()) {
            return;
        }
        let promised = self.memory.stories.iter();
        for (id, from) in promised.filter_map(|known| Some((known.id, known.iteration?))) {
            let mut deeds = self.doers.of_story(id).iter();
            let is_own_doing = deeds.any(|deed| is_own(deed.act, self.present.user));
            if backlog.position(id).is_none() || is_own_doing {
                continue;
            }
            let to = forecast.of(id, backlog).map(|expected| expected.iteration);
            if to.is_none_or(|to| to > from) {
                let what = What::Slipped { from, to };
                self.tell(About::Story(id), what, (None, None));
            }
        }
        if let (Some(from), Some(to)) = (then.last, last(forecast, backlog))
            && to > from
        {
            let what = What::Slipped { from, to: Some(to) };
            self.tell(About::Backlog, what, (None, None));
        }
    }

    /// An accepted story whose benefit has become due since.
    fn due(&mut self, story: &Story) {
        let check = story.check.as_deref();
        let due =
            check.filter(|check| check.is_due(self.today) && story.status == Status::Accepted);
        if let Some(day) = due.and_then(|check| check.when)
            && day > self.then
        {
            self.tell(About::Story(story.id), What::Due(day), (None, None));
        }
    }

    fn problem(&mut self, problem: &'a Problem) {
        let about = About::Problem(problem.id);
        let Some(known) = self.memory.problems.get(&problem.id) else {
            let first = self.doers.of_problem(problem.id).first();
            let added = first.filter(|deed| deed.before.is_none());
            let (at, by) = by_act(added.map(|deed| deed.act));
            let at = self.added_at(problem.created, at);
            self.tell(about, What::Added, (at, by));
            return;
        };
        let fresh = problem.evidence.get(known.evidence..).unwrap_or_default();
        let others: Vec<&Evidence> = fresh
            .iter()
            .filter(|piece| !self.is_user(&piece.by))
            .collect();
        if let Some(last) = others.last() {
            let voices: HashSet<String> = others
                .iter()
                .map(|piece| piece.source.to_lowercase())
                .collect();
            let doer = (Some(last.at), Some(&last.by));
            self.tell(about, What::Heard(voices.len()), doer);
        }
        let believed = problem.log.get(known.log..).unwrap_or_default();
        if let Some(entry) = believed.last() {
            let doer = (Some(entry.at), Some(&entry.by));
            self.tell(about, What::Believed(entry.state), doer);
        }
    }
}

pub(super) fn by_act(act: Option<&crate::model::Act>) -> Doer<'_> {
    (act.map(|act| act.at), act.map(|act| &act.by))
}

fn stepped(deed: &Deed<Story>) -> bool {
    deed.before.map(|story| story.status) != deed.after.map(|story| story.status)
}

fn questions(story: Option<&Story>) -> usize {
    story.map_or(0, |story| story.questions.len())
}

fn answers(story: Option<&Story>) -> usize {
    story.map_or(0, |story| {
        story.questions.len() - story.open_questions().count()
    })
}

/// Whether a move is worth telling: what is far at the top is near at the bottom.
const fn is_far(from: usize, to: usize) -> bool {
    let nearer = if from < to { from } else { to };
    let distance = from.abs_diff(to);
    distance >= FAR && distance * 2 >= nearer
}

/// Whether the last change of a story was a step, a remark, a round or a question, which are told by themselves.
fn is_explained(story: &Story, known: &Known) -> bool {
    let fresh = story.log.get(known.log..).unwrap_or_default();
    let mut steps = fresh.iter().map(|entry| entry.at);
    let mut remarks = story.comments.iter().map(|comment| comment.at);
    let mut rounds = story.reviews.iter().map(|round| round.at);
    let is_it = |at: Timestamp| at == story.updated;
    steps.any(is_it)
        || remarks.any(is_it)
        || rounds.any(is_it)
        || story.questions.len() != known.questions
        || answers(Some(story)) != known.answered
}

/// The fields in which two states of a story say different things.
fn changed_fields(a: &Story, b: &Story) -> Vec<&'static str> {
    let fields = [
        ("title", a.title != b.title),
        ("kind", a.kind != b.kind),
        ("persona", a.persona != b.persona),
        ("want", a.want != b.want),
        ("benefit", a.benefit != b.benefit),
        ("notes", a.notes != b.notes),
        ("criteria", a.criteria != b.criteria),
        ("estimate", a.estimate != b.estimate),
        ("labels", a.labels != b.labels),
        ("epic", a.epic != b.epic),
        ("problem", a.problem != b.problem),
        ("blockers", a.blocked_by != b.blocked_by),
        ("score", a.scores != b.scores),
    ];
    let changed = fields.into_iter().filter(|(_, differs)| *differs);
    changed.map(|(field, _)| field).collect()
}
