//! Opening a product, beside merely reading its files.
//!
//! The floor is the same folder listed and the same files read by as many threads with `fs::read`, and nothing more.
#![expect(clippy::unwrap_used, reason = "a bench that fails should say where")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use backstory::model::{Backlog, Product};
use backstory::store::{JsonStore, Opened, Products};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use uuid::Uuid;

/// As many readers as the store has, so that the floor is the same system calls in the same way.
const READERS: usize = 8;

criterion_group!(benches, open);
criterion_main!(benches);

fn open(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("open");
    group.sample_size(20);
    for count in [1_000, 10_000] {
        let data = tempfile::tempdir().unwrap();
        let folder = product_with(data.path(), count);
        group.bench_with_input(
            BenchmarkId::new("read the files", count),
            &folder,
            |b, folder| {
                b.iter(|| read_files(&folder.join("stories")));
            },
        );
        group.bench_with_input(
            BenchmarkId::new("open the store", count),
            &folder,
            |b, folder| {
                b.iter_with_large_drop(|| JsonStore::open(black_box(folder)).unwrap());
            },
        );
        group.bench_with_input(
            BenchmarkId::new("open the backlog", count),
            &folder,
            |b, folder| {
                b.iter_with_large_drop(|| {
                    let (store, opened) = JsonStore::open(black_box(folder)).unwrap();
                    let Opened {
                        product,
                        stories,
                        highest_number,
                        ..
                    } = opened;
                    (store, Backlog::load(product, stories, highest_number))
                });
            },
        );
    }
    group.finish();
}

fn product_with(data: &Path, count: usize) -> std::path::PathBuf {
    let product = Product::new("Webshop", None).unwrap();
    let folder = Products::of(data).create(&product).unwrap().folder;
    let notes = "What a customer said about paying, once more and in other words. ".repeat(18);
    for number in 1..=count {
        let id = Uuid::now_v7();
        let text = format!(
            r#"{{
  "format": 1,
  "id": "{id}",
  "number": {number},
  "title": "Pay with a saved card, way {number}",
  "persona": "returning customer",
  "want": "pay with a card I saved before",
  "benefit": "checkout takes one step",
  "notes": "{notes}",
  "criteria": [
    {{ "id": "c1", "text": "Given a saved card\nWhen I choose it\nThen I pay without typing its number" }},
    {{ "id": "c2", "text": "Another card can be chosen" }}
  ],
  "rank": "d{number:04}1",
  "estimate": 3,
  "labels": ["checkout", "cards"],
  "created": "2026-11-19T16:00:00Z",
  "updated": "2026-11-20T09:12:00Z"
}}
"#
        );
        fs::write(folder.join(format!("stories/{id}.json")), text).unwrap();
    }
    folder
}

fn read_files(stories: &Path) -> usize {
    let paths: Vec<_> = fs::read_dir(stories)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let next = AtomicUsize::new(0);
    let bytes = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    bytes.fetch_add(fs::read(path).unwrap().len(), Ordering::Relaxed);
                }
            });
        }
    });
    bytes.into_inner()
}
