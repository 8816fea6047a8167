//! Linting a whole backlog, with the comparison of all stories with each other.
#![expect(clippy::unwrap_used, reason = "a bench that fails should say where")]

#[path = "support/stories.rs"]
mod stories;

use backstory::language::lint::{Compared, Linter, Surroundings};
use backstory::model::{Backlog, Change, Critic as _, Edit, Kind, Line, Stamp, Story, StoryId};
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
        group.bench_function(BenchmarkId::new("following from the start", count), |b| {
            b.iter(|| Linter::default().follow(&backlog, usize::MAX));
        });
        group.bench_function(BenchmarkId::new("a portion of following", count), |b| {
            b.iter(|| Linter::default().follow(&backlog, PORTION));
        });
        group.bench_function(
            BenchmarkId::new("forty rows in sight after a change", count),
            |b| {
                let (mut backlog, linter) = (backlog.clone(), Linter::default());
                linter.follow(&backlog, usize::MAX);
                let rows: Vec<_> = backlog.open().take(40).collect();
                let mut kind = Kind::Bug;
                b.iter(|| {
                    kind = if kind == Kind::Bug {
                        Kind::Feature
                    } else {
                        Kind::Bug
                    };
                    change(&mut backlog, rows[7], kind);
                    let faults =
                        |id: &StoryId| linter.faults(backlog.story(*id).unwrap(), &backlog).all();
                    rows.iter().map(faults).sum::<usize>()
                });
            },
        );
        group.bench_function(BenchmarkId::new("following a change", count), |b| {
            let (mut backlog, linter) = (backlog.clone(), Linter::default());
            linter.follow(&backlog, usize::MAX);
            let story = backlog.open().next().unwrap();
            let mut kind = Kind::Bug;
            b.iter(|| {
                kind = if kind == Kind::Bug {
                    Kind::Feature
                } else {
                    Kind::Bug
                };
                change(&mut backlog, story, kind);
                linter.follow(&backlog, usize::MAX)
            });
        });
    }
    group.finish();
}

/// So much is done before the next key is looked for.
const PORTION: usize = 40_000;

fn change(backlog: &mut Backlog, story: StoryId, kind: Kind) {
    let stamp = Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana");
    let edit = Edit::Kind(kind);
    backlog
        .apply(&Change::Edit { story, edit }, &stamp)
        .unwrap();
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
