//! Saving one act: the cost must not depend on how many stories there are.
#![expect(clippy::unwrap_used, reason = "a bench that fails should say where")]

use std::fs;
use std::sync::Arc;

use backstory::model::{Act, ActId, Delta, Product, Prose, Stamp, Story};
use backstory::store::{JsonStore, Products, Store as _};
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use uuid::Uuid;

criterion_group!(benches, save, import);
criterion_main!(benches);

fn save(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("save");
    group.sample_size(20);
    for count in [1_000, 10_000] {
        let data = tempfile::tempdir().unwrap();
        let product = Product::new("Webshop", None).unwrap();
        let folder = Products::of(data.path()).create(&product).unwrap().folder;
        for number in 1..=count {
            let story = story(number);
            let text = serde_json::to_string_pretty(&story).unwrap();
            fs::write(folder.join(format!("stories/{}.json", story.id)), text).unwrap();
        }
        let (mut store, opened) = JsonStore::open(&folder).unwrap();
        let mut current = opened.stories.into_iter().next().unwrap();
        group.bench_function(BenchmarkId::new("one edit among", count), |b| {
            b.iter(|| {
                let act = noted(&current);
                current = after(&store.save(&act).unwrap().act);
            });
        });
        group.bench_function(BenchmarkId::new("reload after nothing among", count), |b| {
            b.iter(|| store.reload().unwrap().is_empty());
        });
    }
    group.finish();
}

/// Many new stories in one act share one sync.
fn import(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10);
    // Removed at the very end: a file system is slow to use the place of what was just removed.
    let data = tempfile::tempdir().unwrap();
    let mut made = 0;
    for count in [1_000, 10_000] {
        let act = import_of(count);
        group.bench_function(BenchmarkId::new("one act of new stories", count), |b| {
            b.iter_batched(
                || {
                    made += 1;
                    let product = Product::new(&format!("Webshop {made}"), None).unwrap();
                    let folder = Products::of(data.path()).create(&product).unwrap().folder;
                    JsonStore::open(folder).unwrap().0
                },
                |mut store| store.save(&act).unwrap().highest_number,
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

fn import_of(count: usize) -> Act {
    let first = noted(&Arc::new(story(1)));
    let deltas = (1..=count).map(|number| Delta::Story {
        before: None,
        after: Some(Arc::new(story(number))),
    });
    Act {
        label: "import".to_owned(),
        deltas: deltas.collect(),
        ..first
    }
}

fn story(number: usize) -> Story {
    let id = Uuid::now_v7();
    let text = format!(
        r#"{{"format":1,"id":"{id}","number":{number},"title":"Pay with a saved card","notes":"{}",
        "rank":"d{number:04}1","created":"2026-11-19T16:00:00Z","updated":"2026-11-20T09:12:00Z"}}"#,
        "What a customer said about paying. ".repeat(45)
    );
    serde_json::from_str(&text).unwrap()
}

/// An act that changes the notes.
fn noted(story: &Arc<Story>) -> Act {
    let stamp = Stamp::new("2026-11-23T10:00:00Z".parse().unwrap(), "Ana");
    let id = ActId::new(Uuid::now_v7());
    let changed = Story {
        notes: Prose::parse(&format!(
            "{} {id}",
            "Another word about paying. ".repeat(60)
        )),
        ..Story::clone(story)
    };
    Act {
        id,
        label: "edit WEB-1".to_owned(),
        at: stamp.at,
        by: stamp.by,
        deltas: vec![Delta::Story {
            before: Some(Arc::clone(story)),
            after: Some(Arc::new(changed)),
        }],
        undoes: None,
        redoes: None,
    }
}

fn after(act: &Act) -> Arc<Story> {
    match act.deltas.first() {
        Some(Delta::Story {
            after: Some(story), ..
        }) => Arc::clone(story),
        other => panic!("not a story: {other:?}"),
    }
}
