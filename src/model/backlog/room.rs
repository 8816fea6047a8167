//! Room in the order: ranks for stories that need one, between neighbours that keep theirs where they can.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::Rank;

/// A rank longer than this makes its neighbours share their room again.
const LONGEST_RANK: usize = 32;

/// Ranks for the places of an order that have none, by index, so that all ranks rise.
///
/// The ranks there are must stand in their order. They stay, but for those of neighbours that leave no room: these get
/// others too, as few as possible.
pub(super) fn fill(order: &[Option<&Rank>]) -> BTreeMap<usize, Rank> {
    let mut fresh = BTreeMap::new();
    let mut from = 0;
    while let Some(gap) = next_gap(order, from) {
        from = make_room(order, gap, &mut fresh);
    }
    fresh
}

/// `count` ranks between two neighbours, where there is room for ranks that are not too long.
pub(super) fn short_spread(
    above: Option<&Rank>,
    below: Option<&Rank>,
    count: usize,
) -> Option<Vec<Rank>> {
    Rank::spread(above, below, count).filter(|ranks| are_short(ranks))
}

fn are_short(ranks: &[Rank]) -> bool {
    ranks.iter().all(|rank| rank.as_str().len() <= LONGEST_RANK)
}

/// The next places in a row that have no rank.
fn next_gap(order: &[Option<&Rank>], from: usize) -> Option<Range<usize>> {
    let start = from + order.iter().skip(from).position(Option::is_none)?;
    Some(start..next_ranked(order, start))
}

/// The first place from here on that has a rank, or the end.
fn next_ranked(order: &[Option<&Rank>], from: usize) -> usize {
    let more = order.iter().skip(from).take_while(|rank| rank.is_none());
    from + more.count()
}

/// Gives the places of a gap their ranks, with more and more of the neighbours until they fit; answers where it ended.
fn make_room(
    order: &[Option<&Rank>],
    gap: Range<usize>,
    fresh: &mut BTreeMap<usize, Rank>,
) -> usize {
    for (up, down) in reaches(order.len()) {
        let start = gap.start.saturating_sub(up);
        let end = next_ranked(order, (gap.end + down).min(order.len()));
        let above = start.checked_sub(1);
        let above = above.and_then(|at| fresh.get(&at).or(order.get(at).copied().flatten()));
        let below = order.get(end).copied().flatten();
        let Some(ranks) = Rank::spread(above, below, end - start) else {
            continue;
        };
        let is_whole = start == 0 && end == order.len();
        if is_whole || are_short(&ranks) {
            fresh.extend((start..end).zip(ranks));
            return end;
        }
    }
    // Not reached: with all neighbours giving way, both ends are open and a spread always exists.
    order.len()
}

/// How many neighbours above and below give way, in the order in which it is tried: first downwards only, one at a
/// time, because equal ranks are mended so with the fewest changes.
fn reaches(len: usize) -> impl Iterator<Item = (usize, usize)> {
    let one_sided = (0..=8).map(|down| (0, down));
    let two_sided = std::iter::successors(Some(8usize), |reach| reach.checked_mul(2))
        .take_while(move |reach| *reach < len)
        .map(|reach| (reach, reach));
    one_sided.chain(two_sided).chain([(len, len)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn filled(order: &[Option<&str>]) -> Vec<String> {
        let ranks: Vec<Option<Rank>> = order
            .iter()
            .map(|rank| rank.and_then(Rank::parse))
            .collect();
        let order: Vec<Option<&Rank>> = ranks.iter().map(Option::as_ref).collect();
        let fresh = fill(&order);
        let rank = |(at, known): (usize, Option<&Rank>)| {
            let rank = fresh.get(&at).or(known);
            rank.map(ToString::to_string).unwrap_or_default()
        };
        order.iter().copied().enumerate().map(rank).collect()
    }

    #[test]
    fn neighbours_with_room_between_them_keep_their_ranks() {
        let ranks = filled(&[None, Some("a1"), None, None, Some("a2"), None]);
        assert_eq!(ranks[1], "a1");
        assert_eq!(ranks[4], "a2");
        assert!(ranks.is_sorted_by(|a, b| a < b), "{ranks:?}");
    }

    #[test]
    fn of_equal_ranks_only_those_below_the_gap_give_way() {
        let ranks = filled(&[Some("a1"), Some("a1"), None, Some("a1"), Some("a2")]);
        assert_eq!((ranks[0].as_str(), ranks[1].as_str()), ("a1", "a1"));
        assert_eq!(ranks[4], "a2");
        assert!(ranks.iter().skip(1).is_sorted_by(|a, b| a < b), "{ranks:?}");
    }

    proptest! {
        #[test]
        fn around_every_gap_the_ranks_rise_and_stay_short(
            places in prop::collection::vec(
                prop::option::of(prop::sample::select(vec!["Zz", "a0", "a0V", "a0V1", "a1", "a2"])),
                0..80,
            ),
        ) {
            let mut known: Vec<&str> = places.iter().flatten().copied().collect();
            known.sort_unstable();
            let mut known = known.into_iter();
            let order: Vec<Option<&str>> =
                places.iter().map(|place| place.and_then(|_| known.next())).collect();
            let ranks = filled(&order);
            for (pair, was) in ranks.windows(2).zip(order.windows(2)) {
                prop_assert!(pair[0] <= pair[1], "{:?}", ranks);
                prop_assert!(pair[0] < pair[1] || was.iter().all(Option::is_some), "{:?}", ranks);
            }
            prop_assert!(ranks.iter().all(|rank| rank.len() <= LONGEST_RANK));
        }
    }
}
