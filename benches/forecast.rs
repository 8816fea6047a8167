//! The forecast: measuring the velocity, cutting the order, and the simulation of the range.
#![expect(clippy::unwrap_used, reason = "a bench that fails should say where")]

#[path = "support/stories.rs"]
mod stories;

use std::hint::black_box;

use backstory::model::forecast::{Forecaster, Pace, Range, WhatIf};
use backstory::model::{
    Backlog, Calendar, Extra, Iterations, Line, LogEntry, Points, Product, Status, Story, Timestamp,
};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

criterion_group!(benches, forecast);
criterion_main!(benches);

fn forecast(criterion: &mut Criterion) {
    let now: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let mut group = criterion.benchmark_group("forecast");
    for count in [1_000, 10_000, 100_000] {
        let backlog = backlog(count, now);
        let calendar = Calendar::of(&backlog, now, &zone);
        group.bench_function(BenchmarkId::new("the velocity", count), |b| {
            b.iter(|| black_box(Pace::measure(&backlog, &calendar, now)));
        });
        // What a key costs that changes the order: the history is known.
        let mut forecaster = Forecaster::default();
        for (name, velocity) in [
            ("velocity and cuts", None),
            ("all in one cut", Some(100_000)),
        ] {
            let what_if = WhatIf {
                velocity: velocity.map(Points::whole),
                without: Vec::new(),
            };
            group.bench_function(BenchmarkId::new(name, count), |b| {
                b.iter(|| black_box(forecaster.look(&backlog, now, &zone, &what_if)));
            });
        }
    }
    let backlog = backlog(1_000, now);
    let calendar = Calendar::of(&backlog, now, &zone);
    let pace = Pace::measure(&backlog, &calendar, now);
    group.sample_size(20);
    group.bench_function("the simulation", |b| {
        b.iter(|| {
            black_box(Range::simulate(
                &pace.past,
                &calendar,
                pace.current.number,
                12,
            ))
        });
    });
    group.finish();
}

/// So many open stories, and half as many that were accepted in the last year.
fn backlog(count: usize, now: Timestamp) -> Backlog {
    let mut product: Product = stories::product();
    product.iterations = Some(Iterations::usual("2025-11-03".parse().unwrap()));
    let mut stories = stories::stories(count + count / 2);
    let minutes = 365 * 24 * 60 / (count / 2);
    for (index, story) in stories.iter_mut().enumerate() {
        story.estimate = Some(Points::whole([1, 2, 3, 5, 8][index % 5]));
        if index % 3 == 0 {
            let ago = SignedDuration::from_mins(i64::try_from(index / 3 * minutes).unwrap());
            accept(story, now - ago);
        } else if index % 50 == 1 {
            story.status = Status::Started;
        }
    }
    Backlog::load(product, stories, 0).0
}

fn accept(story: &mut Story, at: Timestamp) {
    story.status = Status::Accepted;
    story.log = vec![LogEntry {
        status: Status::Accepted,
        at,
        by: Line::parse("Ana"),
        reason: None,
        extra: Extra::new(),
    }];
}
