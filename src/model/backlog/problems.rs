//! Problems in a backlog: looked up, named by people, changed; and what is learned of the stories that solve them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Backlog;
use crate::model::query::folded;
use crate::model::{
    AssumptionTest, Belief, BeliefEntry, BenefitCheck, Delta, Evidence, Extra, Learning, Line,
    NewProblem, OutcomeId, Problem, ProblemEdit, ProblemId, ProductOutcome, Prose, Refusal, Stamp,
    Status, Story, StoryId, ThreadRefusal,
};

/// A part of an id shorter than this is taken for a word.
const SHORTEST_ID: usize = 4;

/// For every problem that stories name: those stories, closed ones too.
#[derive(Clone, Debug, Default)]
pub(super) struct Solving(HashMap<ProblemId, BTreeSet<StoryId>>);

impl Solving {
    pub(super) fn insert(&mut self, story: &Story) {
        if let Some(problem) = story.problem {
            self.0.entry(problem).or_default().insert(story.id);
        }
    }

    pub(super) fn remove(&mut self, story: &Story) {
        let Some(problem) = story.problem else { return };
        if let Some(stories) = self.0.get_mut(&problem) {
            stories.remove(&story.id);
            if stories.is_empty() {
                self.0.remove(&problem);
            }
        }
    }
}

impl Backlog {
    /// A problem by its id.
    pub fn problem(&self, id: ProblemId) -> Option<&Arc<Problem>> {
        self.problems.get(&id)
    }

    /// Every problem there is, oldest first.
    pub fn problems(&self) -> Vec<&Arc<Problem>> {
        let mut problems: Vec<&Arc<Problem>> = self.problems.values().collect();
        problems.sort_unstable_by_key(|problem| problem.id);
        problems
    }

    /// The problem that a story is to solve, where it is there.
    pub fn problem_of(&self, story: &Story) -> Option<&Arc<Problem>> {
        self.problem(story.problem?)
    }

    /// The stories that are to solve a problem, by id, closed ones too.
    pub fn stories_of(&self, problem: ProblemId) -> impl Iterator<Item = &Arc<Story>> {
        let stories = self.solving.0.get(&problem).into_iter().flatten();
        stories.filter_map(|id| self.story(*id))
    }

    /// Finds a problem by what people call it: its id or a part of it, or words of its title.
    ///
    /// # Errors
    /// When nothing is called so, or several are.
    pub fn find_problem(&self, name: &str) -> Result<&Arc<Problem>, Refusal> {
        let problems = self.problems();
        let mut found = named(name, &problems, |problem| {
            (problem.id.to_string(), problem.title.as_str())
        });
        match (found.pop(), found.is_empty()) {
            (Some(only), true) => Ok(only),
            (None, _) => Err(ThreadRefusal::NoSuchProblem(name.trim().to_owned()).into()),
            (Some(last), false) => {
                found.push(last);
                let told = |problem: &&Arc<Problem>| {
                    format!("\u{201c}{}\u{201d} ({})", problem.title, problem.short_id())
                };
                Err(ThreadRefusal::SeveralProblems {
                    name: name.trim().to_owned(),
                    found: found.iter().map(told).collect(),
                }
                .into())
            }
        }
    }

    /// Finds an outcome by its id or a part of it, or by words of its title.
    ///
    /// # Errors
    /// When nothing is called so, or several are.
    pub fn find_outcome(&self, name: &str) -> Result<&ProductOutcome, Refusal> {
        let outcomes: Vec<&ProductOutcome> = self.product.outcomes.iter().collect();
        let mut found = named(name, &outcomes, |outcome| {
            (outcome.id.to_string(), outcome.title.as_str())
        });
        match (found.pop(), found.is_empty()) {
            (Some(only), true) => Ok(only),
            (None, _) => Err(ThreadRefusal::NoSuchOutcome(name.trim().to_owned()).into()),
            (Some(last), false) => {
                found.push(last);
                let told = |outcome: &&ProductOutcome| {
                    format!("\u{201c}{}\u{201d} ({})", outcome.title, outcome.id.short())
                };
                Err(ThreadRefusal::SeveralOutcomes {
                    name: name.trim().to_owned(),
                    found: found.iter().map(told).collect(),
                }
                .into())
            }
        }
    }

    /// Takes in problems as they were loaded, or as another program wrote them; `None` is one that is gone.
    pub fn adopt_problems(
        &mut self,
        states: impl IntoIterator<Item = (ProblemId, Option<Arc<Problem>>)>,
    ) {
        for (id, state) in states {
            self.put_problem(id, state);
        }
    }

    /// The same backlog with these problems in it, as they were loaded.
    #[must_use]
    pub fn with_problems(mut self, problems: impl IntoIterator<Item = Arc<Problem>>) -> Self {
        let states = problems
            .into_iter()
            .map(|problem| (problem.id, Some(problem)));
        self.adopt_problems(states);
        self
    }

    pub(super) fn put_problem(&mut self, id: ProblemId, state: Option<Arc<Problem>>) {
        self.begin_generation(None);
        match state {
            Some(problem) => self.problems.insert(id, problem),
            None => self.problems.remove(&id),
        };
    }

    pub(super) fn add_problem(
        &mut self,
        new: &NewProblem,
        stamp: &Stamp,
    ) -> Result<Vec<Delta>, Refusal> {
        self.has_outcome(new.outcome)?;
        self.insert_problem(&Problem {
            format: Problem::FORMAT,
            id: new.id,
            title: new.title.clone(),
            who: new.who.clone(),
            outcome: new.outcome,
            state: Belief::Assumed,
            evidence: Vec::new(),
            tests: Vec::new(),
            log: Vec::new(),
            created: stamp.at,
            updated: stamp.at,
            extra: Extra::new(),
        })
    }

    pub(super) fn insert_problem(&mut self, problem: &Problem) -> Result<Vec<Delta>, Refusal> {
        if let Some(known) = self.problem(problem.id) {
            return Err(ThreadRefusal::ProblemThere(known.title.to_string()).into());
        }
        Ok(self.replace_problem(None, problem.clone()))
    }

    pub(super) fn edit_problem(
        &mut self,
        id: ProblemId,
        edit: &ProblemEdit,
        stamp: &Stamp,
    ) -> Result<Vec<Delta>, Refusal> {
        let (before, mut after) = self.edited_problem(id, edit, stamp)?;
        if after == *before {
            return Ok(Vec::new());
        }
        after.updated = stamp.at;
        Ok(self.replace_problem(Some(before), after))
    }

    /// Whether this edit of a problem would be made now, so that a box can say so before it closes.
    ///
    /// # Errors
    /// What is named must be there, and what is written must have words.
    pub fn may_edit_problem(
        &self,
        id: ProblemId,
        edit: &ProblemEdit,
        stamp: &Stamp,
    ) -> Result<(), Refusal> {
        self.edited_problem(id, edit, stamp).map(drop)
    }

    fn edited_problem(
        &self,
        id: ProblemId,
        edit: &ProblemEdit,
        stamp: &Stamp,
    ) -> Result<(Arc<Problem>, Problem), Refusal> {
        let missing = || Refusal::from(ThreadRefusal::NoSuchProblem(id.to_string()));
        let before = self.problem(id).cloned().ok_or_else(missing)?;
        if let ProblemEdit::Outcome(outcome) = edit {
            self.has_outcome(*outcome)?;
        }
        let after = edited(&before, edit, stamp)?;
        Ok((before, after))
    }

    /// Takes a problem away; the stories that were to solve it stay without one, accepted ones too.
    pub(super) fn remove_problem(
        &mut self,
        id: ProblemId,
        stamp: &Stamp,
    ) -> Result<Vec<Delta>, Refusal> {
        let missing = || Refusal::from(ThreadRefusal::NoSuchProblem(id.to_string()));
        let before = self.problem(id).cloned().ok_or_else(missing)?;
        let delta = Delta::Problem {
            before: Some(before),
            after: None,
        };
        self.set(&delta);
        let mut deltas = vec![delta];
        let stories: Vec<Arc<Story>> = self.stories_of(id).cloned().collect();
        for story in stories {
            let mut after = Story::clone(&story);
            after.problem = None;
            after.updated = stamp.at;
            deltas.extend(self.replace(story, after));
        }
        Ok(deltas)
    }

    fn replace_problem(&mut self, before: Option<Arc<Problem>>, after: Problem) -> Vec<Delta> {
        let after = Some(Arc::new(after));
        let delta = Delta::Problem { before, after };
        self.set(&delta);
        vec![delta]
    }

    fn has_outcome(&self, outcome: Option<OutcomeId>) -> Result<(), Refusal> {
        match outcome {
            Some(id) if self.product.outcome(id).is_none() => {
                Err(ThreadRefusal::NoSuchOutcome(id.to_string()).into())
            }
            _ => Ok(()),
        }
    }

    /// Whether it is worth asking, of a story that has just been accepted, how it will be known whether the benefit
    /// came: where people look after problems and outcomes, the story promises something, and nobody was asked before.
    pub fn asks_for_check(&self, id: StoryId) -> bool {
        let looks = !self.product().outcomes.is_empty() || !self.problems().is_empty();
        looks
            && self.story(id).is_some_and(|story| {
                let promises = story.problem.is_some() || !story.benefit.is_empty();
                let log = story.log.iter();
                let accepted = log.filter(|entry| entry.status == Status::Accepted);
                promises && story.check.is_none() && accepted.count() == 1
            })
    }

    /// Whether the story's benefit can be checked now.
    ///
    /// # Errors
    /// Only an accepted story has something to show.
    pub fn may_learn(&self, id: StoryId) -> Result<(), Refusal> {
        let story = self.require(id)?;
        if story.status == Status::Accepted {
            return Ok(());
        }
        Err(ThreadRefusal::NotAccepted {
            key: self.key(&story),
            status: story.status,
        }
        .into())
    }

    pub(super) fn learned(
        &self,
        story: &Story,
        learning: &Learning,
        stamp: &Stamp,
    ) -> Result<Story, Refusal> {
        self.may_learn(story.id)?;
        let mut check = story.check.as_deref().cloned().unwrap_or_default();
        match learning {
            Learning::Plan { when, how } => {
                check = BenefitCheck {
                    when: when.or(check.when),
                    how: how.clone().unwrap_or(check.how),
                    extra: check.extra,
                    ..BenefitCheck::default()
                };
            }
            Learning::Result {
                result,
                note,
                number,
            } => {
                check.result = Some(*result);
                check.note = note.clone().unwrap_or(check.note);
                check.number = number.clone().unwrap_or(check.number);
                check.at = Some(stamp.at);
                check.by = stamp.by.clone();
            }
        }
        let check = (check != BenefitCheck::default()).then(|| Box::new(check));
        let mut after = story.clone();
        if after.check != check {
            after.check = check;
            after.updated = stamp.at;
        }
        Ok(after)
    }
}

impl Problem {
    /// Whether all of these words are in the title; case and accents do not count.
    pub fn is_called(&self, words: &str) -> bool {
        let title = folded(&self.title);
        folded(words).split(' ').all(|word| title.contains(word))
    }
}

fn edited(before: &Problem, edit: &ProblemEdit, stamp: &Stamp) -> Result<Problem, Refusal> {
    let mut after = before.clone();
    match edit {
        ProblemEdit::Title(title) => after.title = title.clone(),
        ProblemEdit::Who(who) => after.who = who.clone(),
        ProblemEdit::Outcome(outcome) => after.outcome = *outcome,
        ProblemEdit::Evidence {
            date,
            kind,
            source,
            text,
            weight,
        } => {
            if text.trim().is_empty() {
                return Err(ThreadRefusal::NoEvidence.into());
            }
            has_come(*date, stamp)?;
            after.evidence.push(Evidence {
                date: *date,
                kind: kind.clone(),
                source: source.clone(),
                text: text.clone(),
                weight: *weight,
                at: stamp.at,
                by: stamp.by.clone(),
                extra: Extra::new(),
            });
        }
        ProblemEdit::EvidenceAnew { old, new } => {
            if let Some(new) = new.as_ref().filter(|new| new.date != old.date) {
                has_come(new.date, stamp)?;
            }
            told_anew(&mut after, old, new.as_deref())?;
        }
        ProblemEdit::TestAnew { old, new } => reworded(&mut after, old, new.as_ref())?,
        ProblemEdit::Test {
            assumption,
            how,
            result,
        } => test(&mut after, assumption, how.as_ref(), result.as_ref())?,
        ProblemEdit::State { state, reason } => {
            if *state == Belief::Refuted && reason.is_none() {
                return Err(ThreadRefusal::RefutedWhy(before.title.to_string()).into());
            }
            if *state != before.state || (reason.is_some() && before.reason() != reason.as_ref()) {
                after.state = *state;
                after.log.push(BeliefEntry {
                    state: *state,
                    at: stamp.at,
                    by: stamp.by.clone(),
                    reason: reason.clone(),
                    extra: Extra::new(),
                });
            }
        }
    }
    Ok(after)
}

/// Evidence of a day to come, such as a mistyped year, would keep its problem fresh until then. East of Greenwich the
/// day is ahead of the stamp's by one at most.
fn has_come(day: Date, stamp: &Stamp) -> Result<(), Refusal> {
    let today = stamp.at.to_zoned_datetime(TimeZone::UTC).date();
    if day > today.tomorrow().unwrap_or(today) {
        return Err(ThreadRefusal::EvidenceToCome(day).into());
    }
    Ok(())
}

/// Puts another piece of evidence in the place of one, or nothing. The piece is named by all that it says, so that
/// what somebody else has changed meanwhile is not written over.
fn told_anew(problem: &mut Problem, old: &Evidence, new: Option<&Evidence>) -> Result<(), Refusal> {
    if new.is_some_and(|new| new.text.trim().is_empty()) {
        return Err(ThreadRefusal::NoEvidence.into());
    }
    let place = problem.evidence.iter().position(|entry| entry == old);
    let Some(place) = place else {
        return Err(ThreadRefusal::NoSuchEvidence(problem.title.to_string()).into());
    };
    problem.evidence.splice(place..=place, new.cloned());
    Ok(())
}

/// Puts an assumption in other words, or takes it away.
fn reworded(problem: &mut Problem, old: &Line, new: Option<&Line>) -> Result<(), Refusal> {
    let of = |words: &Line| {
        let words = folded(words);
        move |test: &AssumptionTest| folded(&test.assumption) == words
    };
    let Some(place) = problem.tests.iter().position(of(old)) else {
        return Err(ThreadRefusal::NoSuchAssumption(old.to_string()).into());
    };
    let Some(new) = new else {
        problem.tests.remove(place);
        return Ok(());
    };
    if new.trim().is_empty() {
        return Err(ThreadRefusal::NoAssumption.into());
    }
    if problem.tests.iter().position(of(new)).unwrap_or(place) != place {
        return Err(ThreadRefusal::AssumptionThere(new.to_string()).into());
    }
    if let Some(test) = problem.tests.get_mut(place) {
        test.assumption = new.clone();
    }
    Ok(())
}

/// Notes an assumption's test; one of the same words is told anew.
fn test(
    problem: &mut Problem,
    assumption: &Line,
    how: Option<&Prose>,
    result: Option<&Prose>,
) -> Result<(), Refusal> {
    if assumption.trim().is_empty() {
        return Err(ThreadRefusal::NoAssumption.into());
    }
    let same = |test: &AssumptionTest| folded(&test.assumption) == folded(assumption);
    if !problem.tests.iter().any(same) {
        problem.tests.push(AssumptionTest {
            assumption: assumption.clone(),
            how: Prose::default(),
            result: Prose::default(),
            extra: Extra::new(),
        });
    }
    if let Some(test) = problem.tests.iter_mut().find(|test| same(test)) {
        test.how = how.unwrap_or(&test.how).clone();
        test.result = result.unwrap_or(&test.result).clone();
    }
    Ok(())
}

/// Those that a name fits: the one whose id or title it is, else all that it is a part of.
fn named<'a, T>(name: &str, all: &[&'a T], of: impl Fn(&T) -> (String, &str)) -> Vec<&'a T> {
    let name = folded(name);
    if name.is_empty() {
        return Vec::new();
    }
    let exact: Vec<&T> = all
        .iter()
        .filter(|one| {
            let (id, title) = of(one);
            id == name || folded(title) == name
        })
        .copied()
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    // A word of letters alone, such as "facade", is no part of an id.
    let may_be_id = name.len() >= SHORTEST_ID && name.contains(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = name.split(' ').collect();
    all.iter()
        .filter(|one| {
            let (id, title) = of(one);
            let title = folded(title);
            (may_be_id && id.contains(&name)) || words.iter().all(|word| title.contains(word))
        })
        .copied()
        .collect()
}
