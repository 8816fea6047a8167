//! One key: what it does, and the frame after it. The cost must not depend on how many stories there are.
#![expect(clippy::unwrap_used, reason = "a bench that fails should say where")]

#[path = "support/stories.rs"]
mod stories;

use std::sync::Arc;
use std::time::{Duration, Instant};

use backstory::keymap::Key;
use backstory::model::query::Index;
use backstory::model::{Line, Timestamp};
use backstory::ui::app::Setting;
use backstory::ui::{App, Input, Opened, Request, Theme};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

criterion_group!(benches, key);
criterion_main!(benches);

/// Name, the keys typed once before, those typed before each measured one, the measured one, those typed after it.
const KEYS: [(&str, &str, &str, &str, &str); 22] = [
    ("j, the next story", "", "", "j", "k"),
    ("K, one up", "", "", "K", "J"),
    ("t, to the top", "", "j", "t", ""),
    ("space, a mark", "", "", "space", "space"),
    ("> refused", "", "", ">", ""),
    ("u, undo a move", "", "K", "u", ""),
    ("j with all marked", "*", "", "j", "k"),
    ("t with 200 marked", MARKED, "", "t", "u"),
    ("K with 200 marked", MARKED, "", "K", "u"),
    ("the first letter of a search", "", "/", "p", "Esc"),
    ("the fifth letter of a search", "", "/ p a r c", "e", "Esc"),
    ("a letter of a word in all notes", "", "/ s a i", "d", "Esc"),
    ("a letter of a label", "", "/ l a b e l : c a r", "d", "Esc"),
    (
        "K in a search",
        "/ l a b e l : c a r d s Enter",
        "",
        "K",
        "J",
    ),
    (
        "t in a search for a word",
        "/ p a r c e l Enter",
        "j",
        "t",
        "",
    ),
    ("c, compare all ideas", "", "", "c", "Esc"),
    ("an answer among all ideas", "", "c", "1", "Esc"),
    ("C, place by comparing", "", "", "C", "Esc"),
    ("j with a column of scores", ", w 5 3 2 8 Esc", "", "j", "k"),
    ("S, sort by score", SCORED, "", "S", "Esc"),
    ("the first letter of a new story", "", "n", "p", "Esc"),
    (
        "a later letter of a new story",
        "",
        "n p a y space c a",
        "r",
        "Esc",
    ),
];

/// Marks the 200 stories from the selected one on.
const MARKED: &str = "space 198*j v";
/// Scores the 20 stories from the selected one on.
const SCORED: &str = ", w 20*5";

fn key(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("key");
    group.sample_size(10);
    group.warm_up_time(Duration::from_millis(200));
    group.measurement_time(Duration::from_millis(600));
    for count in [100, 1_000, 10_000, 100_000] {
        for (name, once, before, measured, after) in KEYS {
            let mut hand = Hand::on(count);
            hand.press(once);
            group.bench_function(BenchmarkId::new(name, count), |b| {
                b.iter_custom(|times| {
                    let mut spent = Duration::ZERO;
                    for _ in 0..times {
                        hand.press(before);
                        let start = Instant::now();
                        hand.press(measured);
                        spent += start.elapsed();
                        hand.press(after);
                    }
                    spent
                });
            });
        }
    }
    group.finish();
}

/// A hand on the keyboard of an open backlog; what is to be saved is said to be saved at once.
struct Hand {
    app: App,
    screen: Buffer,
    now: Timestamp,
}

impl Hand {
    /// In the middle of a backlog of so many stories.
    fn on(count: usize) -> Self {
        let stories: Vec<_> = stories::stories(count).into_iter().map(Arc::new).collect();
        let middle = stories[count / 2].id;
        let index = Index::prepared(&stories);
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        let setting = Setting {
            theme: Theme::FULL,
            user: Line::parse("Ana"),
            zone: TimeZone::UTC,
        };
        let mut hand = Self {
            app: App::loading(setting, Box::new(Uuid::now_v7), now),
            screen: Buffer::empty(Rect::new(0, 0, 120, 36)),
            now,
        };
        hand.give(Input::Opened(Box::new(Opened {
            product: stories::product(),
            stories,
            highest_number: 0,
            news: Vec::new(),
            session: serde_json::json!({ "selected": middle.to_string() }),
            comparison: None,
        })));
        hand.give(Input::Prepared(Box::new(index)));
        hand
    }

    fn press(&mut self, keys: &str) {
        for keys in keys.split_whitespace() {
            let (times, key) = keys.split_once('*').unwrap_or(("", keys));
            // A star of its own is a key.
            let (times, key) = match (times.parse(), key) {
                (Ok(times), key) => (times, key),
                (Err(_), _) => (1, keys),
            };
            let key: Key = key.parse().unwrap();
            for _ in 0..times {
                self.give(Input::Key(key));
            }
        }
    }

    fn give(&mut self, input: Input) {
        for request in self.app.handle(input, self.now) {
            if let Request::Save(act) = request {
                self.app.handle(Input::Saved(act), self.now);
            }
        }
        self.screen.reset();
        self.app.draw(self.screen.area, &mut self.screen);
    }
}
