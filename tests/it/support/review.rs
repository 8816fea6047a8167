//! Stories under review.

use backstory::model::{Change, Criterion, Edit, Line, Prose, Status, Step, StoryId, Verdict};

use super::driver::Driver;
use super::world::World;

/// The criteria of [`parcel`].
pub(crate) const PARCEL: [&str; 3] = [
    "A return label can be printed",
    "The refund date is shown",
    "A mail confirms the return",
];

/// A backlog without stories and with this definition of done.
pub(crate) fn with_done(done: &[&str]) -> World {
    let mut world = World::empty();
    world.settings(|product| product.done = done.iter().map(|line| Line::parse(line)).collect());
    world
}

/// Adds a story that is agreed with these criteria and started.
pub(crate) fn started(world: &mut World, title: &str, criteria: &[&str]) -> StoryId {
    let id = world.add(title);
    world.edit(id, Edit::Persona(Line::parse("customer")));
    world.edit(id, Edit::Want(Line::parse("send things back")));
    world.criteria(id, criteria);
    let key = world.backlog.key_or_id(id);
    world.to(&key, Status::Started);
    id
}

/// Adds a story that is agreed with these criteria and delivered.
pub(crate) fn delivered(world: &mut World, title: &str, criteria: &[&str]) -> StoryId {
    let id = started(world, title, criteria);
    let key = world.backlog.key_or_id(id);
    world.to(&key, Status::Delivered);
    id
}

/// Gives a story other criteria, by id and words; those without an id are new.
pub(crate) fn rewrite(world: &mut World, story: StoryId, criteria: &[(&str, &str)]) {
    let criteria = criteria
        .iter()
        .map(|(id, text)| Criterion {
            id: (*id).to_owned(),
            ..Criterion::new(text)
        })
        .collect();
    world.edit(story, Edit::Criteria(criteria));
}

/// Rejects a delivered story for one criterion and delivers it again.
pub(crate) fn failed_once(world: &mut World, story: StoryId, criterion: &str, note: &str) {
    let key = world.backlog.key_or_id(story);
    world.judge(&key, criterion, Verdict::NotMet);
    world.apply(&Change::NoteVerdict {
        story,
        criterion: criterion.to_owned(),
        note: Some(Prose::parse(note)),
        evidence: None,
    });
    let reason = None;
    world.apply(&Change::Reject { story, reason });
    world.step(&key, Step::Restart);
    world.step(&key, Step::Deliver);
}

/// A screen on the review of a backlog.
pub(crate) fn open(world: &World) -> Driver {
    let mut driver = Driver::on(&world.backlog);
    driver.press("2");
    driver
}

/// One delivered story with three criteria, its review open.
pub(crate) fn parcel() -> Driver {
    let mut world = with_done(&[]);
    delivered(&mut world, "Return a parcel", &PARCEL);
    open(&world)
}

/// Three delivered stories with one criterion each, the review open.
pub(crate) fn three() -> Driver {
    let mut world = with_done(&[]);
    for title in ["One", "Two", "Three"] {
        delivered(&mut world, title, &["It works"]);
    }
    open(&world)
}

/// The verdicts of a story's open round, criterion by criterion.
pub(crate) fn verdicts(driver: &Driver, key: &str) -> Vec<Option<Verdict>> {
    let story = driver.story(key);
    let round = story.open_round();
    let verdict = |criterion| round.and_then(|round| round.verdict_on(criterion));
    let criteria = story.criteria.iter();
    criteria.map(|c| verdict(c).map(|j| j.verdict)).collect()
}
