//! The doctor: looks through a product's folder, tells what is wrong, and mends what is safe to mend.
//!
//! Invariant: what only a person can decide is told and left alone. Repairs of stories are an act like any other,
//! so they can be undone.

mod rounds;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use uuid::Uuid;

use super::disk::Disk;
use super::folder::{Folder, LOCAL, PROBLEMS, STORIES, is_leftover};
use super::record::id_in_name;
use super::{JsonStore, Opened, Store as _, story_of};
use crate::model::{Act, ActId, Backlog, Delta, Problem, Rank, Stamp, Story, StoryId, Subject};

/// Something the doctor noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file it is about.
    pub path: PathBuf,
    /// What is wrong, and what to do where the doctor does not.
    pub text: String,
    /// Who mends it.
    pub cure: Cure,
}

/// Who mends a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cure {
    /// It is mended already: opening the product was enough.
    Done,
    /// [`mend`] does.
    Safe,
    /// The user has to decide.
    ByHand,
}

/// A product's folder, opened for the doctor.
struct Patient {
    store: JsonStore,
    opened: Opened,
    backlog: Backlog,
    renumbered: Vec<Delta>,
}

/// Looks through a product's folder; nothing is changed but what opening it completes.
///
/// # Errors
/// When the folder cannot be opened at all.
pub fn examine(folder: &Path) -> Result<Vec<Finding>> {
    let patient = Patient::open(folder)?;
    let mut findings = patient.files();
    findings.extend(patient.leftovers()?.iter().map(|path| leftover(path)));
    findings.extend(patient.numbers());
    findings.extend(patient.ranks().iter().map(|delta| patient.rank(delta)));
    findings.extend(patient.rounds().iter().map(|mended| patient.round(mended)));
    findings.extend(patient.undecided());
    findings.extend(patient.references());
    Ok(findings)
}

/// Mends what is safe to mend, and returns it: leftovers are removed; numbers and ranks that are used twice and rounds
/// that go on twice become one act.
///
/// # Errors
/// When the folder cannot be opened or written.
pub fn mend(folder: &Path, id: ActId, stamp: &Stamp) -> Result<Vec<Finding>> {
    let mut patient = Patient::open(folder)?;
    let mut mended: Vec<Finding> = patient.sweep()?.iter().map(|path| leftover(path)).collect();
    mended.extend(patient.numbers());
    let ranks = patient.ranks();
    mended.extend(ranks.iter().map(|delta| patient.rank(delta)));
    let mut deltas = together(&patient.renumbered, ranks);
    let rounds = patient.rounds();
    mended.extend(rounds.iter().map(|mended| patient.round(mended)));
    let label = match rounds.len() {
        0 => "mend numbers and ranks",
        _ => "mend stories",
    };
    for (story, after, _) in rounds {
        add_rounds(&mut deltas, story, after);
    }
    let act = Act {
        id,
        label: label.to_owned(),
        at: stamp.at,
        by: stamp.by.clone(),
        deltas,
        undoes: None,
        redoes: None,
    };
    if !act.deltas.is_empty() {
        patient.store.save(&act)?;
    }
    for finding in &mut mended {
        finding.cure = Cure::Done;
    }
    Ok(mended)
}

impl Patient {
    fn open(folder: &Path) -> Result<Self> {
        let (store, opened) = JsonStore::open(folder)?;
        let stories = opened.stories.clone();
        let (backlog, renumbered) =
            Backlog::load(opened.product.clone(), stories, opened.highest_number);
        let problems = opened.problems.clone();
        Ok(Self {
            store,
            opened,
            backlog: backlog.with_problems(problems),
            renumbered,
        })
    }

    fn path_of(&self, id: StoryId) -> PathBuf {
        self.path_to(Subject::Story(id))
    }

    fn path_to(&self, subject: Subject) -> PathBuf {
        self.store.root().join(self.store.path_of(subject))
    }

    /// What opening found: unreadable files, files of another name, and an act that was interrupted.
    fn files(&self) -> Vec<Finding> {
        let broken = self.opened.broken.iter().map(|broken| Finding {
            path: broken.path.clone(),
            text: match broken.newer {
                Some(_) => format!("{broken}. It is left alone; a newer backstory reads it."),
                None => format!("{broken}. It is left alone; mend or remove it by hand."),
            },
            cure: Cure::ByHand,
        });
        let notices = self.opened.notices.iter().map(|notice| Finding {
            path: self.store.root().to_owned(),
            text: notice.clone(),
            cure: Cure::Done,
        });
        let misnamed = self.store.odd_names().map(|(subject, path)| {
            let (what, id) = match subject {
                Subject::Story(id) => (self.backlog.key_or_id(id), id.to_string()),
                Subject::Problem(id) => ("a problem".to_owned(), id.to_string()),
                Subject::Product => ("the product".to_owned(), "product".to_owned()),
            };
            Finding {
                path: self.store.root().join(path),
                text: format!(
                    "{path} holds {what} and should be named {id}.json. Rename it by hand."
                ),
                cure: Cure::ByHand,
            }
        });
        notices.chain(broken).chain(misnamed).collect()
    }

    /// Temporary files of saves that were interrupted, or that go on right now.
    fn leftovers(&self) -> Result<Vec<PathBuf>> {
        let root = self.store.root();
        let mut leftovers = Vec::new();
        for folder in ["", STORIES, PROBLEMS, LOCAL] {
            let folder = root.join(folder);
            if !folder.is_dir() {
                continue;
            }
            let shown = || folder.display().to_string();
            for entry in fs::read_dir(&folder).with_context(shown)? {
                let entry = entry.with_context(shown)?;
                if entry.file_name().to_str().is_some_and(is_leftover) {
                    leftovers.push(entry.path());
                }
            }
        }
        leftovers.sort();
        Ok(leftovers)
    }

    /// Removes leftovers; under the lock, where nobody else is writing one.
    fn sweep(&self) -> Result<Vec<PathBuf>> {
        if self.leftovers()?.is_empty() {
            return Ok(Vec::new());
        }
        let folder = Folder::new(self.store.root(), Disk::default());
        let _lock = folder.lock()?;
        let leftovers = self.leftovers()?;
        for path in &leftovers {
            let disk = folder.disk();
            disk.remove(path)
                .with_context(|| path.display().to_string())?;
        }
        Ok(leftovers)
    }

    fn numbers(&self) -> Vec<Finding> {
        let doubles = self.renumbered.iter().filter_map(|delta| match delta {
            Delta::Story {
                before: Some(before),
                after: Some(after),
            } => Some((before, after)),
            _ => None,
        });
        doubles
            .map(|(before, after)| Finding {
                path: self.path_of(before.id),
                text: format!(
                    "{} is the key of two stories; the younger one ({}) becomes {}.",
                    self.backlog.key(before),
                    before.title,
                    self.backlog.key(after)
                ),
                cure: Cure::Safe,
            })
            .collect()
    }

    /// New ranks for open stories that share theirs with the one before them; the order stays as it is.
    ///
    /// Closed stories have no place in the order: whatever rank they kept is nobody's trouble.
    fn ranks(&self) -> Vec<Delta> {
        let open = self.backlog.open();
        let stories: Vec<&Arc<Story>> = open.filter_map(|id| self.backlog.story(id)).collect();
        let mut deltas = Vec::new();
        let mut runs = stories.chunk_by(|a, b| a.rank == b.rank).peekable();
        while let Some(run) = runs.next() {
            let next = runs.peek().and_then(|next| next.first());
            let Some((first, others)) = run.split_first() else {
                continue;
            };
            let below = next.map(|story| &story.rank);
            let Some(ranks) = Rank::spread(Some(&first.rank), below, others.len()) else {
                continue;
            };
            deltas.extend(others.iter().zip(ranks).map(|(story, rank)| Delta::Story {
                before: Some(Arc::clone(story)),
                after: Some(Arc::new(Story {
                    rank,
                    ..Story::clone(story)
                })),
            }));
        }
        deltas
    }

    /// The stories by number whose rounds can be mended, with what they become, and what is mended there.
    fn rounds(&self) -> Vec<(Arc<Story>, Story, String)> {
        let stories = self.by_number().into_iter();
        let mended = stories.filter_map(|story| {
            let (after, what) = rounds::mended(story)?;
            Some((Arc::clone(story), after, what))
        });
        mended.collect()
    }

    fn round(&self, (story, _, what): &(Arc<Story>, Story, String)) -> Finding {
        Finding {
            path: self.path_of(story.id),
            text: format!(
                "{}: {what}. It becomes one, and no word is lost.",
                self.backlog.key(story)
            ),
            cure: Cure::Safe,
        }
    }

    /// What is left of rounds that only a person can decide.
    fn undecided(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for story in self.by_number() {
            let key = self.backlog.key(story);
            let after =
                rounds::mended(story).map_or_else(|| Story::clone(story), |(after, _)| after);
            let left = rounds::left(&after, &key).into_iter();
            findings.extend(left.map(|what| Finding {
                path: self.path_of(story.id),
                text: format!("{key}: {what}."),
                cure: Cure::ByHand,
            }));
        }
        findings
    }

    fn by_number(&self) -> Vec<&Arc<Story>> {
        let mut stories: Vec<&Arc<Story>> = self.backlog.stories().collect();
        stories.sort_unstable_by_key(|story| story.number);
        stories
    }

    fn rank(&self, delta: &Delta) -> Finding {
        let id = story_of(delta);
        let key = id.map_or_else(String::new, |id| self.backlog.key_or_id(id));
        Finding {
            path: id.map_or_else(PathBuf::new, |id| self.path_of(id)),
            text: format!("{key} has the same rank as the story before it; it gets its own."),
            cure: Cure::Safe,
        }
    }

    /// Stories that point to stories or problems that are not there, and problems that point to no outcome.
    fn references(&self) -> Vec<Finding> {
        // What is in a file that cannot be read is there all the same.
        let unread: HashSet<Uuid> = self
            .opened
            .broken
            .iter()
            .filter_map(|broken| id_in_name(&broken.path))
            .collect();
        let mut findings = Vec::new();
        for story in self.by_number() {
            let mut miss = |what: &str, id: &dyn std::fmt::Display| {
                findings.push(Finding {
                    path: self.path_of(story.id),
                    text: format!(
                        "{} points to {what} {id}, which is not there. Choose another, or none.",
                        self.backlog.key(story)
                    ),
                    cure: Cure::ByHand,
                });
            };
            for blocker in &story.blocked_by {
                if self.backlog.story(*blocker).is_none() && !unread.contains(&blocker.uuid()) {
                    miss("the story", blocker);
                }
            }
            if let Some(problem) = story.problem
                && self.backlog.problem(problem).is_none()
                && !unread.contains(&problem.uuid())
            {
                miss("the problem", &problem);
            }
        }
        // Without its settings nobody knows which outcomes a product has.
        let is_readable = self.store.has_product();
        let problems = self.backlog.problems().into_iter();
        findings.extend(
            problems
                .filter(|_| is_readable)
                .filter_map(|problem| self.outcome(problem)),
        );
        findings
    }

    /// A problem whose outcome is not there.
    fn outcome(&self, problem: &Problem) -> Option<Finding> {
        let id = problem.outcome?;
        if self.backlog.product().outcome(id).is_some() {
            return None;
        }
        Some(Finding {
            path: self.path_to(Subject::Problem(problem.id)),
            text: format!(
                "The problem \u{201c}{}\u{201d} points to the outcome {id}, which is not there. Choose another, or none.",
                problem.title
            ),
            cure: Cure::ByHand,
        })
    }
}

/// Puts two sets of deltas of the same stories together: each story once, with both changes.
fn together(renumbered: &[Delta], mut ranked: Vec<Delta>) -> Vec<Delta> {
    for first in renumbered {
        let Delta::Story { before, .. } = first else {
            continue;
        };
        // The ranks were found after the numbers: a story with both is in there with its new number.
        match ranked
            .iter_mut()
            .find(|delta| story_of(delta) == story_of(first))
        {
            Some(Delta::Story { before: start, .. }) => start.clone_from(before),
            _ => ranked.push(first.clone()),
        }
    }
    ranked
}

/// Adds a story's mended rounds to what else becomes of it.
fn add_rounds(deltas: &mut Vec<Delta>, story: Arc<Story>, mended: Story) {
    let id = Some(story.id);
    match deltas.iter_mut().find(|delta| story_of(delta) == id) {
        Some(Delta::Story {
            after: Some(after), ..
        }) => Arc::make_mut(after).reviews = mended.reviews,
        _ => deltas.push(Delta::Story {
            before: Some(story),
            after: Some(Arc::new(mended)),
        }),
    }
}

fn leftover(path: &Path) -> Finding {
    Finding {
        path: path.to_owned(),
        text: format!(
            "{} was left behind by a save that was interrupted; it is of no use.",
            path.display()
        ),
        cure: Cure::Safe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Product;
    use crate::store::Products;

    const IDS: [&str; 3] = [
        "019ab3c4-7c3e-7d5a-9b1e-000000000001",
        "019ab3c4-7c3e-7d5a-9b1e-000000000002",
        "019ab3c4-7c3e-7d5a-9b1e-000000000003",
    ];

    struct World {
        folder: PathBuf,
        _data: tempfile::TempDir,
    }

    fn world() -> World {
        let data = tempfile::tempdir().unwrap();
        let product = Product::new("Webshop", None).unwrap();
        let folder = Products::of(data.path()).create(&product).unwrap().folder;
        World {
            folder,
            _data: data,
        }
    }

    impl World {
        fn put(&self, name: &str, id: &str, number: u32, rank: &str, more: &str) {
            let text = format!(
                r#"{{"format":1,"id":"{id}","number":{number},"title":"Story {id}","rank":"{rank}",{more}
                "created":"2026-11-19T16:00:00Z","updated":"2026-11-19T16:00:00Z"}}"#
            );
            fs::write(self.folder.join("stories").join(name), text).unwrap();
        }

        fn story(&self, n: usize, number: u32, rank: &str, more: &str) {
            self.put(&format!("{}.json", IDS[n]), IDS[n], number, rank, more);
        }

        fn texts(&self) -> Vec<(String, Cure)> {
            let findings = examine(&self.folder).unwrap();
            findings.into_iter().map(|f| (f.text, f.cure)).collect()
        }

        fn mend(&self) -> Vec<Finding> {
            let stamp = Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana");
            mend(&self.folder, ActId::new(Uuid::now_v7()), &stamp).unwrap()
        }
    }

    #[test]
    fn a_sound_product_has_no_findings() {
        let world = world();
        world.story(0, 1, "a0", "");
        world.story(1, 2, "a1", &format!(r#""blocked_by":["{}"],"#, IDS[0]));
        assert_eq!(world.texts(), []);
        assert_eq!(world.mend(), []);
    }

    #[test]
    fn numbers_and_ranks_used_twice_are_mended_in_one_act() {
        let world = world();
        world.story(0, 1, "a0", "");
        world.story(1, 1, "a0", "");
        world.story(2, 2, "a1", "");
        let found = world.texts();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].0.starts_with("WEB-1 is the key of two stories"),
            "{found:?}"
        );
        assert!(found[0].0.ends_with("becomes WEB-3."), "{found:?}");
        assert!(
            found[1].0.starts_with("WEB-3 has the same rank"),
            "{found:?}"
        );
        assert_eq!(world.mend().len(), 2);
        assert_eq!(world.texts(), []);
        let (mut store, opened) = JsonStore::open(&world.folder).unwrap();
        assert_eq!(store.acts().unwrap().len(), 1);
        let mut stories = opened.stories;
        stories.sort_by(|a, b| a.rank.cmp(&b.rank));
        let numbers: Vec<u32> = stories.iter().map(|story| story.number).collect();
        assert_eq!(numbers, [1, 3, 2], "the order stays");
        assert_eq!(stories[1].former_numbers, [1]);
    }

    #[test]
    fn a_closed_story_may_share_its_rank_with_an_open_one() {
        let world = world();
        world.story(0, 1, "a0", r#""status":"accepted","#);
        world.story(1, 2, "a0", "");
        world.story(2, 3, "a0", r#""status":"dropped","#);
        assert_eq!(world.texts(), []);
        assert_eq!(world.mend(), []);
    }

    #[test]
    fn leftovers_are_swept_up_and_other_dot_files_stay() {
        let world = world();
        world.story(0, 1, "a0", "");
        let leftover = world.folder.join("stories/.a.json.0123.tmp");
        let other = world.folder.join("stories/.keep");
        fs::write(&leftover, "{").unwrap();
        fs::write(&other, "").unwrap();
        assert_eq!(world.texts().len(), 1);
        assert_eq!(world.mend()[0].path, leftover);
        assert!(!leftover.exists() && other.exists());
    }

    #[test]
    fn problems_are_examined_like_stories() {
        let world = world();
        let problems = world.folder.join("problems");
        fs::create_dir(&problems).unwrap();
        let put = |name: &str, id: &str, outcome: &str| {
            let text = format!(
                r#"{{"format":1,"id":"{id}","title":"Slow",{outcome}"created":"2026-11-19T16:00:00Z","updated":"2026-11-19T16:00:00Z"}}"#
            );
            fs::write(problems.join(name), text).unwrap();
        };
        world.story(0, 1, "a0", &format!(r#""problem":"{}","#, IDS[1]));
        world.story(1, 2, "a1", &format!(r#""problem":"{}","#, IDS[2]));
        put("Slow.json", IDS[1], "");
        // Not there for the program, and there all the same.
        fs::write(problems.join(format!("{}.json", IDS[2])), "{").unwrap();
        let found = world.texts();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].0.contains(".json:1:1: "), "{found:?}");
        assert!(
            found[1]
                .0
                .starts_with("problems/Slow.json holds a problem and should be named"),
            "{found:?}"
        );
        let outcome = format!(r#""outcome":"{}","#, IDS[0]);
        put(&format!("{}.json", IDS[2]), IDS[2], &outcome);
        let found = world.texts();
        assert!(
            found[1].0.contains("points to the outcome") && found.len() == 2,
            "{found:?}"
        );
        assert_eq!(world.mend(), []);
    }

    #[test]
    fn what_needs_a_person_is_told_and_left_alone() {
        let world = world();
        let gone = "019ab3c4-7c3e-7d5a-9b1e-00000000dead";
        let more = format!(
            r#""blocked_by":["{gone}","{}"],"problem":"{gone}","#,
            IDS[1]
        );
        world.story(0, 1, "a0", &more);
        fs::write(world.folder.join(format!("stories/{}.json", IDS[1])), "{").unwrap();
        world.put("Copy.json", IDS[2], 3, "a1", "");
        let found = world.texts();
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found.iter().all(|(_, cure)| *cure == Cure::ByHand));
        assert!(found[0].0.contains(".json:1:1: "), "{found:?}");
        assert!(
            found[1]
                .0
                .contains(&format!("should be named {}.json", IDS[2])),
            "{found:?}"
        );
        assert!(
            found[2].0.contains("the story") && found[3].0.contains("the problem"),
            "{found:?}"
        );
        assert_eq!(world.mend(), []);
        assert_eq!(world.texts(), found);
    }

    fn round(at: &str, by: &str, verdicts: &str, done: bool) -> String {
        format!(
            r#"{{"round":1,"at":"{at}","by":"{by}","verdicts":[{verdicts}],"done":[{{"text":"Help","ticked":{done}}}]}}"#
        )
    }

    fn verdict(criterion: &str, verdict: &str, note: &str) -> String {
        format!(r#"{{"criterion":"{criterion}","text":"t","verdict":"{verdict}","note":"{note}"}}"#)
    }

    fn delivered(reviews: &[String]) -> String {
        format!(
            r#""status":"delivered","criteria":[{{"id":"c1","text":"t"}},{{"id":"c2","text":"t"}}],"reviews":[{}],"#,
            reviews.join(",")
        )
    }

    #[test]
    fn a_round_that_goes_on_twice_becomes_one_and_loses_no_word() {
        let world = world();
        let ours = round(
            "2026-11-20T09:00:00Z",
            "Ana",
            &verdict("c1", "not-met", "slow"),
            false,
        );
        let both = [
            verdict("c1", "not-met", "no label"),
            verdict("c2", "met", ""),
        ]
        .join(",");
        let theirs = round("2026-11-20T08:00:00Z", "Ben", &both, true);
        world.story(0, 1, "a0", &delivered(&[ours, theirs]));
        let found = world.texts();
        assert_eq!(
            found,
            [(
                "WEB-1: round 1 goes on twice, and criterion 1 has two verdicts that say the same in round 1. \
                 It becomes one, and no word is lost."
                    .to_owned(),
                Cure::Safe
            )]
        );
        assert_eq!(world.mend().len(), 1);
        assert_eq!(world.texts(), []);
        let (mut store, opened) = JsonStore::open(&world.folder).unwrap();
        assert_eq!(store.acts().unwrap().len(), 1, "it can be undone");
        let [only] = opened.stories[0].reviews.as_slice() else {
            panic!("one round");
        };
        let notes: Vec<&str> = only.verdicts.iter().map(|j| j.note.as_str()).collect();
        assert_eq!(notes, ["slow\nno label", ""]);
        assert!(only.done[0].ticked);
        assert_eq!(only.at, "2026-11-20T08:00:00Z".parse().unwrap());
    }

    #[test]
    fn verdicts_that_contradict_each_other_are_for_a_person_to_decide() {
        let world = world();
        let both = [verdict("c1", "not-met", "slow"), verdict("c1", "met", "")].join(",");
        let open = round("2026-11-20T09:00:00Z", "Ana", &both, false);
        world.story(0, 1, "a0", &delivered(&[open]));
        let found = world.texts();
        assert_eq!(
            found,
            [(
                "WEB-1: criterion 1 has two verdicts in round 1. \
                 Give it anew: `backstory review WEB-1 --met 1` or --not-met 1."
                    .to_owned(),
                Cure::ByHand
            )]
        );
        assert_eq!(world.mend(), []);
        // The advice helps.
        let mut patient = Patient::open(&world.folder).unwrap();
        let story = patient.opened.stories[0].id;
        let change = crate::model::Change::Judge {
            story,
            criterion: "c1".to_owned(),
            verdict: Some(crate::model::Verdict::Met),
        };
        let stamp = Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana");
        patient.backlog.apply(&change, &stamp).unwrap();
        let round = patient
            .backlog
            .story(story)
            .unwrap()
            .open_round()
            .unwrap()
            .clone();
        assert_eq!(round.verdicts.len(), 1);
        assert_eq!(round.verdicts[0].note.as_str(), "slow");
    }

    #[test]
    fn rounds_of_one_number_that_have_ended_are_told_and_left_alone() {
        let world = world();
        let open = round("2026-11-20T09:00:00Z", "Ana", "", false);
        let ended = open.replace("\"round\":1", "\"round\":1,\"outcome\":\"rejected\"");
        let second = ended.replace("\"round\":1", "\"round\":2");
        world.story(0, 1, "a0", &delivered(&[ended.clone(), ended, second]));
        let found = world.texts();
        assert_eq!(
            found,
            [(
                "WEB-1: round 1 has ended twice. Take out of the file what is there too often, \
                 or give it a number of its own."
                    .to_owned(),
                Cure::ByHand
            )]
        );
        assert_eq!(world.mend(), []);
        assert_eq!(world.texts(), found);
    }

    #[test]
    fn an_open_round_before_one_that_ended_is_told() {
        let world = world();
        let open = round("2026-11-20T09:00:00Z", "Ana", "", false);
        let ended = open.replace("\"round\":1", "\"round\":2,\"outcome\":\"rejected\"");
        world.story(0, 1, "a0", &delivered(&[open, ended]));
        let found = world.texts();
        assert!(
            found[0]
                .0
                .contains("round 1 goes on although a later one has ended"),
            "{found:?}"
        );
        assert_eq!((found.len(), found[0].1), (1, Cure::ByHand));
    }
}
