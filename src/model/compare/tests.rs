//! What is true of every comparison, whatever the stories and the answers.

use proptest::prelude::*;
use proptest::sample::Index;
use uuid::Uuid;

use super::*;

fn id(number: usize) -> StoryId {
    StoryId::new(Uuid::from_u128(number as u128 + 1))
}

fn ids(count: usize) -> Vec<StoryId> {
    (0..count).map(id).collect()
}

/// Answers every question by how good the stories are (less is better); answers how many there were.
fn finish(comparison: &mut Comparison, worth: impl Fn(StoryId) -> usize) -> usize {
    let mut asked = 0;
    while let Some((first, second)) = comparison.question() {
        comparison.answer(truth(&worth, first, second));
        asked += 1;
    }
    asked
}

fn truth(worth: impl Fn(StoryId) -> usize, first: StoryId, second: StoryId) -> Answer {
    match worth(first).cmp(&worth(second)) {
        std::cmp::Ordering::Less => Answer::First,
        std::cmp::Ordering::Greater => Answer::Second,
        std::cmp::Ordering::Equal => Answer::Equal,
    }
}

fn number(id: StoryId) -> usize {
    usize::try_from(id.uuid().as_u128()).unwrap() - 1
}

/// ⌈log₂ n!⌉: no way of ranking by comparing needs fewer questions at worst.
fn least(n: usize) -> usize {
    state::about(2..=n)
}

/// An order of so many stories: the worth of each.
fn orders(most: usize) -> impl Strategy<Value = Vec<usize>> {
    (1..most).prop_flat_map(|n| Just((0..n).collect::<Vec<_>>()).prop_shuffle())
}

fn answers() -> impl Strategy<Value = Vec<Answer>> {
    use Answer::{Equal, First, Second, Skip};
    let answer =
        prop_oneof![3 => Just(First), 3 => Just(Second), 1 => Just(Equal), 1 => Just(Skip)];
    prop::collection::vec(answer, 0..120)
}

/// A comparison of either kind.
fn beginnings() -> impl Strategy<Value = Comparison> {
    (2..24_usize, 0..24_usize, any::<u32>()).prop_map(|(stories, others, which)| {
        if others == 0 {
            return Comparison::among_themselves(ids(stories));
        }
        let all = ids(stories + others);
        let seeking: Vec<StoryId> = all
            .iter()
            .copied()
            .filter(|id| which >> (number(*id) % 32) & 1 == 1)
            .collect();
        Comparison::into_order(all, &seeking)
    })
}

/// What was said of pairs while answering.
fn said(comparison: &mut Comparison, answers: &[Answer]) -> Vec<(StoryId, StoryId, Answer)> {
    let mut said = Vec::new();
    for answer in answers {
        let Some((first, second)) = comparison.question() else {
            break;
        };
        comparison.answer(*answer);
        said.push((first, second, *answer));
    }
    said
}

/// Fails unless an order holds what was said.
fn holds(order: &[StoryId], said: &[(StoryId, StoryId, Answer)]) {
    let at: HashMap<StoryId, usize> = order.iter().copied().zip(0..).collect();
    for (first, second, answer) in said {
        let (Some(first), Some(second)) = (at.get(first), at.get(second)) else {
            continue;
        };
        match answer {
            Answer::First => assert!(first < second, "{order:?}"),
            Answer::Second | Answer::Equal => assert!(first > second, "{order:?}"),
            Answer::Skip => {}
        }
    }
}

fn sorted(stories: &[StoryId]) -> Vec<StoryId> {
    let mut sorted = stories.to_vec();
    sorted.sort_unstable();
    sorted
}

proptest! {
    #[test]
    fn ranking_finds_the_order_within_the_questions_promised(worth in orders(80)) {
        let n = worth.len();
        let mut comparison = Comparison::among_themselves(ids(n));
        let asked = finish(&mut comparison, |id| worth[number(id)]);
        prop_assert!(asked <= least(n) + n, "{asked} questions for {n} stories");
        let order: Vec<usize> = comparison.order().into_iter().map(|id| worth[number(id)]).collect();
        prop_assert_eq!(order, (0..n).collect::<Vec<_>>());
    }

    #[test]
    fn a_story_is_placed_among_others_by_halving(others in 0..200_usize, seed in any::<Index>(), more in 1..4_usize) {
        let all = ids(others + more);
        let seeking = &all[others..];
        let mut comparison = Comparison::into_order(all.clone(), seeking);
        let mut before = 0;
        for (index, story) in seeking.iter().enumerate() {
            // A place between two of the others, and each of the new ones at another.
            let best = seed.index(2 * (others + 1));
            let worth = |id: StoryId| {
                let number = number(id);
                if number < others { 2 * number + 1 } else { best + (number - others) * 1000 }
            };
            while let Some((first, second)) = comparison.question().filter(|(first, _)| first == story) {
                let answer = if worth(first) < worth(second) { Answer::First } else { Answer::Second };
                comparison.answer(answer);
            }
            let asked = comparison.progress().asked;
            let most = (others + index + 1).next_power_of_two().ilog2() as usize;
            prop_assert!(asked - before <= most, "{} questions among {}", asked - before, others + index);
            before = asked;
        }
        prop_assert_eq!(comparison.question(), None);
        let order = comparison.order();
        let rest: Vec<StoryId> = order.into_iter().filter(|id| number(*id) < others).collect();
        prop_assert_eq!(rest, ids(others));
    }

    #[test]
    fn stories_of_equal_worth_end_up_side_by_side(worth in prop::collection::vec(0..6_usize, 2..40)) {
        let mut comparison = Comparison::among_themselves(ids(worth.len()));
        let asked = finish(&mut comparison, |id| worth[number(id)]);
        let order: Vec<usize> = comparison.order().into_iter().map(|id| worth[number(id)]).collect();
        prop_assert!(order.is_sorted(), "{order:?}");
        // Six kinds: nobody is asked more than three questions, the hope that a story comes last included one more.
        prop_assert!(asked <= 4 * worth.len());
    }

    #[test]
    fn it_ends_whatever_is_answered_and_every_answer_holds(mut comparison in beginnings(), answers in answers()) {
        let all = sorted(&comparison.order());
        let mut told = said(&mut comparison, &answers);
        holds(&comparison.order(), &told);
        let mut questions = 0;
        while comparison.question().is_some() {
            told.extend(said(&mut comparison, &[Answer::Skip]));
            questions += 1;
            prop_assert!(questions <= 2 * all.len());
        }
        let order = comparison.order();
        holds(&order, &told);
        prop_assert_eq!(sorted(&order), all);
    }

    #[test]
    fn without_skips_no_more_questions_come_than_it_says(mut comparison in beginnings(), answers in answers()) {
        let mut most = comparison.progress().at_most;
        for answer in answers.into_iter().map(|a| if a == Answer::Skip { Answer::Second } else { a }) {
            let is_question = comparison.question().is_some();
            prop_assert_eq!(comparison.progress().at_most > 0, is_question);
            if !is_question {
                break;
            }
            comparison.answer(answer);
            let progress = comparison.progress();
            prop_assert!(progress.at_most < most, "{progress:?} after {most}");
            prop_assert!(progress.about <= progress.at_most);
            most = progress.at_most;
        }
    }

    #[test]
    fn taking_answers_back_leads_where_one_was(comparison in beginnings(), answers in answers()) {
        let mut states = vec![comparison.clone()];
        let mut now = comparison;
        for answer in answers {
            if now.question().is_none() {
                break;
            }
            now.answer(answer);
            states.push(now.clone());
        }
        while let Some(state) = states.pop() {
            prop_assert_eq!(&now, &state);
            prop_assert_eq!(now.undo(), !states.is_empty());
        }
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was(mut comparison in beginnings(), answers in answers(), gone in 0..40_usize) {
        said(&mut comparison, &answers);
        comparison.retain(|story| story != id(gone));
        let text = serde_json::to_string(&comparison).unwrap();
        let back: Comparison = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back, comparison);
    }

    #[test]
    fn stories_that_go_leave_the_others_as_they_were_told(
        mut comparison in beginnings(),
        before in answers(),
        after in answers(),
        gone in prop::collection::hash_set(0..48_usize, 0..20),
    ) {
        let stays = |story: StoryId| !gone.contains(&number(story));
        let mut told = said(&mut comparison, &before);
        let rest: Vec<StoryId> = comparison.order().into_iter().filter(|id| stays(*id)).collect();
        comparison.retain(stays);
        prop_assert!(comparison.stories().into_iter().all(stays));
        holds(&comparison.order(), &told);
        told.extend(said(&mut comparison, &after));
        if let Some((first, second)) = comparison.question() {
            prop_assert!(stays(first) && stays(second));
        }
        finish(&mut comparison, number);
        prop_assert_eq!(sorted(&comparison.order()), sorted(&rest));
        holds(&comparison.order(), &told);
        while comparison.undo() {}
        prop_assert_eq!(sorted(&comparison.order()), sorted(&rest));
    }

    #[test]
    fn the_others_keep_the_order_they_have_been_given_since(answers in answers(), swap in any::<(Index, Index)>()) {
        let all = ids(20);
        let seeking = [id(17), id(3), id(9)];
        let mut comparison = Comparison::into_order(all.clone(), &seeking);
        said(&mut comparison, &answers);
        let mut now = all;
        let (one, other) = (swap.0.index(now.len()), swap.1.index(now.len()));
        now.swap(one, other);
        let outcome = comparison.outcome(now.iter().copied());
        let others = |order: &[StoryId]| -> Vec<StoryId> {
            order.iter().copied().filter(|id| !seeking.contains(id)).collect()
        };
        prop_assert_eq!(others(&outcome), others(&now));
        prop_assert_eq!(sorted(&outcome), sorted(&now));
    }
}

#[test]
fn stories_in_order_take_one_question_each() {
    let mut comparison = Comparison::among_themselves(ids(50));
    assert_eq!(finish(&mut comparison, number), 49);
    assert_eq!(comparison.order(), ids(50));
}

#[test]
fn one_story_in_the_wrong_place_costs_little_more() {
    let mut comparison = Comparison::among_themselves(ids(50));
    let worth = |story| {
        if number(story) == 40 {
            0
        } else {
            number(story) + 1
        }
    };
    assert!(finish(&mut comparison, worth) <= 49 + 12);
}

#[test]
fn twenty_new_stories_take_about_sixty_two_questions() {
    assert_eq!(Comparison::among_themselves(ids(20)).progress().about, 62);
    // A fixed sequence of pseudo-random orders (a linear congruential generator).
    let mut seed = 1_u64;
    let mut all = 0;
    for _ in 0..200 {
        let mut worth: Vec<usize> = (0..20).collect();
        for index in (1..worth.len()).rev() {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            worth.swap(index, (seed >> 33) as usize % (index + 1));
        }
        let mut comparison = Comparison::among_themselves(ids(20));
        all += finish(&mut comparison, |id| worth[number(id)]);
    }
    assert!(
        (60 * 200..65 * 200).contains(&all),
        "{} on average",
        all / 200
    );
}

#[test]
fn ten_thousand_others_take_fourteen_questions() {
    let all = ids(10_001);
    let mut comparison = Comparison::into_order(all, &[id(10_000)]);
    assert_eq!(comparison.progress().about, 14);
    let asked = finish(&mut comparison, |story| {
        if story == id(10_000) {
            7_000
        } else {
            2 * number(story) + 1
        }
    });
    assert!(asked <= 14, "{asked}");
    assert_eq!(comparison.order()[3_500], id(10_000));
}

#[test]
fn a_story_stopped_in_the_middle_stands_where_the_answers_allow() {
    // 5 comes before 3, then nobody goes on.
    let mut comparison = Comparison::into_order(ids(8), &[id(5), id(7)]);
    assert_eq!(comparison.question(), Some((id(5), id(3))));
    comparison.answer(Answer::First);
    let order: Vec<usize> = comparison.order().into_iter().map(number).collect();
    assert_eq!(order, [0, 1, 2, 5, 3, 4, 6, 7]);
}

#[test]
fn nothing_answered_is_the_order_there_was() {
    for comparison in [
        Comparison::among_themselves(ids(9)),
        Comparison::into_order(ids(9), &[id(8), id(2), id(3)]),
    ] {
        assert_eq!(comparison.order(), ids(9));
        assert_eq!(comparison.outcome(ids(9).into_iter()), ids(9));
    }
}

#[test]
fn a_skipped_story_comes_back_after_the_others_beside_another_story() {
    let mut comparison = Comparison::into_order(ids(9), &[id(7), id(8)]);
    assert_eq!(comparison.question(), Some((id(7), id(3))));
    comparison.answer(Answer::Skip);
    assert_eq!(comparison.question(), Some((id(8), id(3))));
    for _ in 0..3 {
        comparison.answer(Answer::First);
    }
    // 8 is at the top now. 3 could not be told from 7, so another one is tried.
    assert_eq!(comparison.question(), Some((id(7), id(4))));
}

#[test]
fn a_story_skipped_twice_keeps_its_place() {
    let mut comparison = Comparison::into_order(ids(9), &[id(4)]);
    comparison.answer(Answer::Skip);
    comparison.answer(Answer::Skip);
    assert_eq!(comparison.question(), None);
    assert_eq!(comparison.order(), ids(9));
}

#[test]
fn a_question_that_would_come_again_at_once_is_not_asked_again() {
    let mut comparison = Comparison::among_themselves(ids(2));
    comparison.answer(Answer::Skip);
    assert_eq!(comparison.question(), None);
    assert_eq!(comparison.order(), ids(2));
}

#[test]
fn an_equal_stays_with_its_equal_whoever_comes_after() {
    let mut comparison = Comparison::among_themselves(ids(3));
    comparison.answer(Answer::Equal);
    assert_eq!(comparison.question(), Some((id(2), id(0))));
    comparison.answer(Answer::Second);
    assert_eq!(comparison.order(), ids(3));
    comparison.retain(|story| story != id(0));
    assert_eq!(comparison.order(), [id(1), id(2)]);
}

#[test]
fn what_makes_no_sense_is_no_comparison() {
    let story = |number| id(number).to_string();
    let (one, two) = (story(0), story(1));
    let read = |text: String| serde_json::from_str::<Comparison>(&text);
    assert!(
        read(format!(
            r#"{{"order":["{one}","{two}"],"answers":["first"]}}"#
        ))
        .is_ok()
    );
    for broken in [
        format!(r#"{{"order":["{one}","{two}"],"answers":["first","first"]}}"#),
        format!(r#"{{"order":["{one}","{one}"],"answers":[]}}"#),
        format!(r#"{{"order":["{one}"],"stories":["{two}"],"answers":[]}}"#),
        format!(r#"{{"order":["{one}","{two}"],"answers":["third"]}}"#),
        "[]".to_owned(),
    ] {
        assert!(read(broken.clone()).is_err(), "{broken}");
    }
}
