//! Searching a backlog, key by key.
#![expect(clippy::unwrap_used, reason = "a bench that fails should say where")]

use std::hint::black_box;

use backstory::model::query::{Index, Query};
use backstory::model::{Backlog, Product, Story, Timestamp};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use uuid::Uuid;

/// What is searched for, and what it asks of the search.
const QUERIES: [(&str, &str); 6] = [
    ("a letter", "p"),
    ("a word of every title", "saved"),
    ("a word of few titles", "way 77"),
    ("a word with a letter left out", "svaed crd"),
    ("a word of no story", "zeppelin"),
    ("fields", "label:cards points>2 updated<7d -is:blocked"),
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
        let backlog = backlog(count);
        let words = Query::parse("saved", now()).unwrap();
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
    }
    group.finish();
}

fn backlog(count: u32) -> Backlog {
    let notes = "What a customer said about paying, once more and in other words. ".repeat(12);
    let stories = (1..=count).map(|number| -> Story {
        serde_json::from_value(serde_json::json!({
            "format": 1,
            "id": Uuid::from_u128((7 << 76) | u128::from(number)),
            "number": number,
            "title": format!("Pay with a saved card, way {number}"),
            "persona": "returning customer",
            "want": "pay with a card I saved before",
            "benefit": "checkout takes one step",
            "notes": notes,
            "criteria": [
                { "id": "c1", "text": "Given a saved card\nWhen I choose it\nThen I pay without typing its number" },
                { "id": "c2", "text": "Another card can be chosen" },
            ],
            "rank": format!("f{number:06}"),
            "estimate": 3,
            "labels": ["checkout", "cards"],
            "created": "2026-11-19T16:00:00Z",
            "updated": "2026-11-20T09:12:00Z",
        }))
        .unwrap()
    });
    Backlog::load(Product::new("Webshop", None).unwrap(), stories, 0).0
}
