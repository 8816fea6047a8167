//! Since last time: remembering a backlog when it is left, and comparing it at the next start.
#![expect(clippy::unwrap_used, reason = "a bench that fails should say where")]

#[path = "support/stories.rs"]
mod stories;

use std::hint::black_box;

use backstory::model::since::Present;
use backstory::model::{Act, Backlog, Memory, Since, Timestamp};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::tz::TimeZone;

criterion_group!(benches, since);
criterion_main!(benches);

fn since(criterion: &mut Criterion) {
    let now: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let mut group = criterion.benchmark_group("since");
    group.sample_size(20);
    for count in [1_000, 10_000, 100_000] {
        let backlog = Backlog::load(stories::product(), stories::stories(count), 0).0;
        let memory = Memory::of(&backlog, None, now);
        let text = serde_json::to_vec(&memory).unwrap();
        // What leaving costs.
        group.bench_function(BenchmarkId::new("remember", count), |b| {
            b.iter(|| black_box(Memory::of(&backlog, None, now)));
        });
        group.bench_function(BenchmarkId::new("write", count), |b| {
            b.iter(|| black_box(serde_json::to_vec(&memory).unwrap()));
        });
        // On the loader's thread.
        group.bench_function(BenchmarkId::new("read", count), |b| {
            b.iter(|| black_box(serde_json::from_slice::<Memory>(&text).unwrap()));
        });
        // Once, while nobody does anything.
        let present = Present {
            backlog: &backlog,
            forecast: None,
            now,
            zone: &zone,
            user: Some("Ana"),
            is_whole: true,
        };
        group.bench_function(BenchmarkId::new("compare", count), |b| {
            b.iter(|| black_box(Since::of(&memory, present, &[] as &[Act])));
        });
    }
    group.finish();
}
