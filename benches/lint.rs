//! Linting a whole backlog, with the comparison of all stories with each other.
#![expect(clippy::unwrap_used, reason = "a bench that fails should say where")]

#[path = "support/stories.rs"]
mod stories;

use backstory::language::lint::{Compared, Surroundings};
use backstory::model::{Backlog, Line, Story};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

criterion_group!(benches, lint);
criterion_main!(benches);

fn lint(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lint");
    group.sample_size(10);
    for count in [1_000, 10_000] {
        let backlog = Backlog::load(stories::product(), wanting(count), 0).0;
        group.bench_function(
            BenchmarkId::new("every story with every other", count),
            |b| {
                b.iter(|| Compared::of(&backlog));
            },
        );
        group.bench_function(BenchmarkId::new("every rule on every story", count), |b| {
            let compared = Compared::of(&backlog);
            let around = Surroundings::of(&backlog, None, &compared);
            b.iter(|| around.all().len());
        });
    }
    group.finish();
}

/// Stories that want eight words each, some words far more common than others.
fn wanting(count: usize) -> Vec<Story> {
    let mut state = 7u64;
    let mut word = || {
        // Knuth's linear congruential generator; the square makes low numbers more likely.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let part = (state >> 33) % 1_000;
        format!("word{}", part * part / 400)
    };
    let mut stories = stories::stories(count);
    for story in &mut stories {
        let words: Vec<String> = (0..8).map(|_| word()).collect();
        story.want = Line::parse(&words.join(" "));
    }
    stories
}
