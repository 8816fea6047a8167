//! The example product: a tea shop's backlog of some forty stories, two months old.
//!
//! Invariants: it is made by the model's own acts with stamps of the past, so it cannot be inconsistent; it knows
//! neither files nor the clock, and saving it is its caller's business.

mod accepted;
mod ideas;
mod ready;
mod tale;
mod thread;
mod under_way;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::model::{
    Act, ActId, Backlog, Change, Delta, Draft, Edit, History, Iterations, KeyPrefix, Line, Method,
    NewStory, Place, Points, Product, Prose, Question, Refusal, Stamp, StoryId, Timestamp, Title,
};
use tale::{Tale, What};
use thread::{Deed, Thread};

/// So many acts can be taken back one by one.
const RECENT: usize = 5;
/// So many weeks ago its first iteration began; an odd number, so that one is under way.
const WEEKS: i64 = 9;
/// Whose backlog it is.
const OWNER: &str = "Ana";

/// The example: a new product, and everything that was done in it since.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The product's settings.
    pub product: Product,
    /// The acts, oldest first.
    pub acts: Vec<Arc<Act>>,
    /// The backlog they lead to.
    pub backlog: Backlog,
}

/// Makes the example as it stands at `now`; `new_id` is asked for ids as of a moment.
///
/// # Errors
/// None, as long as the tales keep to the rules; the tests see to that.
pub fn make(now: Timestamp, new_id: &mut dyn FnMut(Timestamp) -> Uuid) -> Result<Demo, Refusal> {
    let demo = tell(now, new_id)?;
    Ok(Demo {
        acts: folded(demo.acts),
        ..demo
    })
}

/// Makes the example with every single act of its two months.
fn tell(now: Timestamp, new_id: &mut dyn FnMut(Timestamp) -> Uuid) -> Result<Demo, Refusal> {
    let thread = Thread::new(|| new_id(now));
    let product = product(now, &thread)?;
    let mut moments = thread.moments(now)?.into_iter().peekable();
    let mut teller = Teller {
        backlog: Backlog::new(product.clone()),
        history: History::default(),
        ids: HashMap::new(),
        tales: tales(),
        acts: Vec::new(),
        thread,
        new_id,
    };
    for event in events(&teller.tales, now) {
        while let Some(earlier) = moments.next_if(|next| moment(now, next.days, 0, 0) <= event.at) {
            teller.follow(earlier, now)?;
        }
        teller.tell(&event)?;
    }
    Ok(Demo {
        product,
        acts: teller.acts,
        backlog: teller.backlog,
    })
}

/// Joins all acts but the last ones into one: each act is synced to disk, and two hundred would keep people waiting.
fn folded(mut acts: Vec<Arc<Act>>) -> Vec<Arc<Act>> {
    let recent = acts.split_off(acts.len().saturating_sub(RECENT));
    let Some(last) = acts.last().cloned() else {
        return recent;
    };
    let mut places = HashMap::new();
    let mut deltas: Vec<Delta> = Vec::new();
    for delta in acts.iter().flat_map(|act| &act.deltas) {
        let place = *places.entry(delta.subject()).or_insert(deltas.len());
        match (deltas.get_mut(place), delta) {
            (Some(Delta::Story { after: latest, .. }), Delta::Story { after, .. }) => {
                latest.clone_from(after);
            }
            (Some(Delta::Problem { after: latest, .. }), Delta::Problem { after, .. }) => {
                latest.clone_from(after);
            }
            _ => deltas.push(delta.clone()),
        }
    }
    let first = Act {
        label: "two months of work".to_owned(),
        deltas,
        ..Act::clone(&last)
    };
    std::iter::once(Arc::new(first)).chain(recent).collect()
}

/// All tales in the order of the backlog.
fn tales() -> Vec<&'static Tale> {
    under_way::TALES
        .iter()
        .chain(ready::TALES)
        .chain(ideas::TALES)
        .chain(accepted::TALES)
        .collect()
}

fn product(now: Timestamp, thread: &Thread) -> Result<Product, Refusal> {
    let lines = |texts: &[&str]| texts.iter().map(|text| Line::parse(text)).collect();
    let mut product = Product::new("Webshop", Some(KeyPrefix::parse("WEB")?))?;
    product.personas = lines(&[
        "returning customer",
        "new customer",
        "gift giver",
        "customer service agent",
        "warehouse packer",
    ]);
    product.outcomes = thread.outcomes(now)?;
    product.scores = vec![Method::Wsjf];
    product.done = lines(&["Help page updated", "Tried on a phone"]);
    product.iterations = Some(Iterations::usual(monday(now, WEEKS)));
    Ok(product)
}

/// The Monday of the week so many weeks ago.
fn monday(now: Timestamp, weeks: i64) -> Date {
    let today = TimeZone::UTC.to_datetime(now).date();
    let days = i64::from(today.weekday().to_monday_zero_offset()) + weeks * 7;
    today.saturating_sub(SignedDuration::from_hours(days * 24))
}

/// Something that happened to one story.
struct Event {
    at: Timestamp,
    tale: usize,
    by: &'static str,
    /// `None` when the story is written down.
    what: Option<&'static What>,
}

/// Everything that happened, oldest first.
fn events(tales: &[&'static Tale], now: Timestamp) -> Vec<Event> {
    let mut events = Vec::new();
    for (tale, told) in tales.iter().enumerate() {
        events.push(Event {
            at: moment(now, told.written, tale, 0),
            tale,
            by: OWNER,
            what: None,
        });
        for (place, happened) in told.life.iter().enumerate() {
            events.push(Event {
                at: moment(now, happened.days, tale, place + 1),
                tale,
                by: happened.by,
                what: Some(&happened.what),
            });
        }
    }
    // Stable: what happened to a story in one minute keeps its order.
    events.sort_by_key(|event| event.at);
    events
}

/// A moment so many days ago, never in the future, with some minutes between the acts of one day.
fn moment(now: Timestamp, days: u16, tale: usize, place: usize) -> Timestamp {
    let minutes = i64::try_from(tale % 18 * 6 + place).unwrap_or_default();
    let ago = SignedDuration::from_hours(i64::from(days) * 24 + 2);
    now - ago + SignedDuration::from_mins(minutes)
}

struct Teller<'a> {
    backlog: Backlog,
    history: History,
    ids: HashMap<usize, StoryId>,
    tales: Vec<&'static Tale>,
    acts: Vec<Arc<Act>>,
    thread: Thread,
    new_id: &'a mut dyn FnMut(Timestamp) -> Uuid,
}

impl Teller<'_> {
    fn tell(&mut self, event: &Event) -> Result<(), Refusal> {
        let changes = match event.what {
            None => self.written_down(event)?,
            Some(what) => {
                let id = self.id(event.tale)?;
                let story = self.backlog.story(id).cloned();
                let story = story.ok_or_else(|| Refusal::NoSuchStory(id.to_string()))?;
                what.changes(&story)?
            }
        };
        let label = self.label(event, &changes);
        self.perform(event.at, event.by, &label, &changes)
    }

    /// A moment of the thread: something about a problem, or about the benefit of a story.
    fn follow(&mut self, next: thread::Moment, now: Timestamp) -> Result<(), Refusal> {
        let change = match next.deed {
            Deed::Change(change) => change,
            Deed::Learn(title, learning) => {
                let story = self.titled(title);
                let story = story.ok_or_else(|| Refusal::NoSuchStory(title.to_owned()))?;
                Change::Learn { story, learning }
            }
        };
        let label = change.label(&self.backlog);
        self.perform(moment(now, next.days, 0, 0), OWNER, &label, &[change])
    }

    fn perform(
        &mut self,
        at: Timestamp,
        by: &str,
        label: &str,
        changes: &[Change],
    ) -> Result<(), Refusal> {
        let stamp = Stamp::new(at, by);
        let act = ActId::new((self.new_id)(at));
        let act = self
            .history
            .perform(&mut self.backlog, act, label, changes, &stamp)?;
        self.acts.extend(act);
        Ok(())
    }

    /// A new story's act is called after the story, a review's after its end.
    fn label(&self, event: &Event, changes: &[Change]) -> String {
        let named = match event.what {
            None => changes.first(),
            Some(_) => changes.last(),
        };
        match named {
            Some(Change::TickDone { story, .. }) => {
                format!("review {}", self.backlog.key_or_id(*story))
            }
            Some(change) => change.label(&self.backlog),
            None => String::new(),
        }
    }

    /// The story as it was first written, at its place among those that are there already.
    fn written_down(&mut self, event: &Event) -> Result<Vec<Change>, Refusal> {
        let id = StoryId::new((self.new_id)(event.at));
        self.ids.insert(event.tale, id);
        let Some(tale) = self.tales.get(event.tale).copied() else {
            return Ok(Vec::new());
        };
        let mut draft = draft(tale)?;
        draft.problem = self.thread.problem_of(tale.title);
        let place = self.place(event.tale);
        let mut changes = vec![Change::Add(Box::new(NewStory { id, draft, place }))];
        let blockers: Vec<StoryId> = tale
            .blocked_by
            .iter()
            .filter_map(|title| self.titled(title))
            .collect();
        if !blockers.is_empty() {
            let edit = Edit::BlockedBy(blockers);
            changes.push(Change::Edit { story: id, edit });
        }
        let parts = Method::Wsjf.parts().iter().zip(tale.wsjf);
        let grades = parts.filter_map(|(part, value)| part.grade(value.into()));
        changes.extend(grades.map(|grade| Change::Edit {
            story: id,
            edit: Edit::Score(grade),
        }));
        Ok(changes)
    }

    /// Below the nearest tale before it that stands in the backlog by now.
    fn place(&self, tale: usize) -> Place {
        (0..tale)
            .rev()
            .filter_map(|before| self.ids.get(&before).copied())
            .find(|id| self.backlog.position(*id).is_some())
            .map_or(Place::Top, Place::Below)
    }

    fn titled(&self, title: &str) -> Option<StoryId> {
        let tale = self.tales.iter().position(|tale| tale.title == title)?;
        self.ids.get(&tale).copied()
    }

    fn id(&self, tale: usize) -> Result<StoryId, Refusal> {
        let id = self.ids.get(&tale).copied();
        id.ok_or_else(|| Refusal::NoSuchStory(tale.to_string()))
    }
}

fn draft(tale: &Tale) -> Result<Draft, Refusal> {
    let question = |(text, answer): &(&str, &str)| Question {
        answer: Prose::parse(answer),
        ..Question::new(text)
    };
    Ok(Draft {
        kind: tale.kind,
        persona: Line::parse(tale.persona),
        want: Line::parse(tale.want),
        benefit: Line::parse(tale.benefit),
        notes: Prose::parse(tale.notes),
        criteria: tale
            .criteria
            .iter()
            .map(|text| Prose::parse(text))
            .collect(),
        questions: tale.questions.iter().map(question).collect(),
        estimate: (tale.points > 0).then(|| Points::whole(tale.points)),
        labels: tale.labels.iter().map(|label| Line::parse(label)).collect(),
        epic: Line::parse(tale.epic),
        ..Draft::titled(Title::parse(tale.title)?)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::model::{Agreement, Board, Kind, Status, Verdict};

    fn now() -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn ids() -> impl FnMut(Timestamp) -> Uuid {
        let mut count = 0;
        move |_| {
            count += 1;
            Uuid::from_u128(count)
        }
    }

    fn demo() -> Demo {
        tell(now(), &mut ids()).unwrap()
    }

    #[test]
    fn the_folded_acts_lead_to_the_same_backlog() {
        let demo = make(now(), &mut ids()).unwrap();
        assert_eq!(demo.acts.len(), RECENT + 1);
        let mut backlog = Backlog::new(demo.product);
        let stamp = Stamp::new(now(), OWNER);
        for act in &demo.acts {
            backlog
                .apply(&Change::Restore(act.deltas.clone()), &stamp)
                .unwrap();
        }
        let ids = |backlog: &Backlog| backlog.open().chain(backlog.closed()).collect::<Vec<_>>();
        assert_eq!(ids(&backlog), ids(&demo.backlog));
        assert!(
            backlog
                .stories()
                .all(|story| demo.backlog.story(story.id) == Some(story))
        );
        assert_eq!(backlog.problems(), demo.backlog.problems());
    }

    #[test]
    fn every_status_is_met() {
        let backlog = demo().backlog;
        for status in Status::ALL {
            assert!(backlog.count(status) >= 2, "{status}");
        }
        assert!((38..=45).contains(&backlog.stories().count()));
    }

    #[test]
    fn it_shows_what_the_program_can_do() {
        let backlog = demo().backlog;
        let has = |what: &str, is_so: &dyn Fn(&crate::model::Story) -> bool| {
            assert!(backlog.stories().any(|story| is_so(story)), "{what}");
        };
        has("a waiver", &|s| {
            s.reviews.iter().any(crate::model::Round::is_waived)
        });
        has("two rejections", &|s| s.rejections() == 2);
        has("an open round with verdicts", &|s| {
            s.open_round()
                .is_some_and(|r| !r.verdicts.is_empty() && r.verdicts.len() < s.criteria.len())
        });
        has("a note", &|s| {
            let verdicts = s.reviews.iter().flat_map(|r| &r.verdicts);
            verdicts
                .into_iter()
                .any(|v| v.verdict == Verdict::NotMet && !v.note.is_empty())
        });
        has("a change since agreed", &|s| {
            s.criteria
                .iter()
                .any(|c| matches!(c.agreement(s.agreed.as_ref()), Agreement::Changed { .. }))
        });
        has("a blocked story", &|s| {
            backlog.is_blocked(s) && !backlog.is_misplaced(s)
        });
        has("a story above its blocker", &|s| backlog.is_misplaced(s));
        has("a score raised by what the story blocks", &|s| {
            let score = Method::Wsjf.score(&backlog, s.id);
            score.is_some_and(|score| score.from.is_some())
        });
        has("a score that is only begun", &|s| {
            Method::Wsjf.is_begun(&s.scores) && Method::Wsjf.number(s, &backlog).is_none()
        });
        let board = Board::new(&backlog, Method::Wsjf, backlog.open()).unwrap();
        assert!(board.disagreements().len() > 5);
        has("an unanswered question", &|s| {
            s.open_questions().count() > 0
        });
        has("a remark", &|s| !s.comments.is_empty());
        for kind in Kind::ALL {
            has(kind.word(), &|s| s.kind == kind);
        }
    }

    #[test]
    fn every_feature_tells_its_problem_and_its_sentence() {
        for tale in tales() {
            assert!(!tale.notes.is_empty(), "{}", tale.title);
            if tale.kind == Kind::Feature {
                assert!(tale.notes.contains("Problem: "), "{}", tale.title);
                for part in [tale.persona, tale.want, tale.benefit] {
                    assert!(!part.is_empty(), "{}", tale.title);
                }
            }
        }
    }

    #[test]
    fn blockers_are_stories_of_the_demo() {
        let titles: HashSet<&str> = tales().iter().map(|tale| tale.title).collect();
        assert_eq!(titles.len(), tales().len(), "titles are told apart");
        for tale in tales() {
            for blocker in tale.blocked_by {
                assert!(titles.contains(blocker), "{}: {blocker}", tale.title);
            }
        }
        let blocked = tales()
            .iter()
            .map(|tale| tale.blocked_by.len())
            .sum::<usize>();
        let links = demo()
            .backlog
            .stories()
            .map(|story| story.blocked_by.len())
            .sum::<usize>();
        assert_eq!(
            links, blocked,
            "a blocker is written down before what it blocks"
        );
    }

    #[test]
    fn the_thread_can_be_seen_from_its_outcomes_to_what_was_learned() {
        let backlog = demo().backlog;
        let today = TimeZone::UTC.to_datetime(now()).date();
        assert_eq!(backlog.product().outcomes.len(), 2);
        let problems = backlog.problems();
        assert_eq!(problems.len(), 4);
        for problem in &problems {
            assert!(problem.voices() > 0, "{}", problem.title);
            assert!(backlog.stories_of(problem.id).count() > 0);
        }
        assert!(problems.iter().any(|p| backlog.is_stale(p, today)));
        assert!(problems.iter().any(|p| !backlog.is_stale(p, today)));
        assert_eq!(backlog.learn_queue(today).len(), 1);
        let promises = backlog.promises(backlog.product().outcomes[0].id);
        assert_eq!((promises.accepted, promises.kept), (2, 1));
        let orphans = backlog.orphans(today);
        assert!(!orphans.single.is_empty() && !orphans.stories.is_empty());
        assert_eq!(orphans.unchecked.len(), 1, "it is due");
    }

    #[test]
    fn everything_happened_in_order_and_in_the_past() {
        let demo = demo();
        assert!(demo.acts.windows(2).all(|pair| pair[0].at <= pair[1].at));
        assert!(demo.acts.iter().all(|act| act.at < now()));
        let told: usize = tales().iter().map(|tale| 1 + tale.life.len()).sum();
        let moments = Thread::new(Uuid::nil).moments(now()).unwrap().len();
        assert_eq!(
            demo.acts.len(),
            told + moments,
            "every moment changed something"
        );
    }

    #[test]
    fn the_backlog_stands_in_the_order_of_the_tales() {
        let demo = demo();
        let told: Vec<&str> = tales().iter().map(|tale| tale.title).collect();
        let place = |title: &str| told.iter().position(|told| *told == title).unwrap();
        let places: Vec<usize> = demo
            .backlog
            .open()
            .map(|id| place(&demo.backlog.story(id).unwrap().title))
            .collect();
        assert!(places.is_sorted(), "{places:?}");
    }
}
