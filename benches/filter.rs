//! Searching a backlog, key by key; the bench `key` has what a key costs on the screen.
#![expect(clippy::unwrap_used, reason = "a bench that fails should say where")]

#[path = "support/stories.rs"]
mod stories;

use std::hint::black_box;

use backstory::model::query::{Index, Query};
use backstory::model::{Backlog, Change, Line, Place, Stamp, Timestamp};
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};

/// What is searched for, and what it asks of the search.
const QUERIES: [(&str, &str); 16] = [
    ("a letter", "p"),
    ("two letters", "in"),
    ("a word of many titles", "parcel"),
    ("a word of few titles", "gift guest"),
    ("a word with a letter left out", "phne nght"),
    ("a word of all notes", "said"),
    ("a word of one note", "77777"),
    ("a word of no story", "zeppelin"),
    ("a phrase of all notes", "\"in other words\""),
    ("a phrase of one note", "\"call 77777\""),
    ("a word that must not be", "-parcel"),
    ("fields", "label:cards points>2 updated<7d -is:blocked"),
    ("a label begun", "label:c"),
    ("a persona", "persona:customer"),
    ("a key", "key:WEB-77"),
    ("stories that stand too high", "is:misplaced"),
];

criterion_group!(benches, filter);
criterion_main!(benches);

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn filter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("filter");
    group.sample_size(10);
    for count in [1_000, 10_000, 100_000] {
        let mut backlog = backlog(count);
        let words = Query::parse("parcel", now()).unwrap();
        group.bench_function(BenchmarkId::new("the first search", count), |b| {
            b.iter_with_large_drop(|| {
                let mut index = Index::default();
                (index.run(black_box(&words), &backlog).len(), index)
            });
        });
        let mut index = Index::default();
        for (name, query) in QUERIES {
            let query = Query::parse(query, now()).unwrap();
            group.bench_function(BenchmarkId::new(name, count), |b| {
                b.iter(|| index.run(black_box(&query), &backlog).len());
            });
        }
        for moved in [1, 200] {
            let name = format!("again after {moved} moved");
            let query = Query::parse("said label:cards", now()).unwrap();
            let mut turn = 0;
            group.bench_function(BenchmarkId::new(name, count), |b| {
                b.iter_batched(
                    || {
                        turn += 1;
                        shuffle(&mut backlog, moved, turn);
                        backlog.clone()
                    },
                    |backlog| (index.run(black_box(&query), &backlog).len(), backlog),
                    BatchSize::PerIteration,
                );
            });
        }
    }
    group.finish();
}

/// Moves some stories from the middle to one end.
fn shuffle(backlog: &mut Backlog, count: usize, turn: usize) {
    let middle = backlog.open_count() / 2;
    let stories = (middle..middle + count).map(|at| backlog.open_at(at).unwrap());
    let to = if turn.is_multiple_of(2) {
        Place::Top
    } else {
        Place::Bottom
    };
    let change = Change::Move {
        stories: stories.collect(),
        to,
    };
    let stamp = Stamp::new(now(), &Line::parse("Ana"));
    backlog.apply(&change, &stamp).unwrap();
}

fn backlog(count: usize) -> Backlog {
    Backlog::load(stories::product(), stories::stories(count), 0).0
}
