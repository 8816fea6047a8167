//! One key: what it does, and the frame after it. The cost must not depend on how many stories there are.
#![expect(clippy::unwrap_used, reason = "a bench that fails should say where")]

#[path = "support/stories.rs"]
mod stories;

use std::sync::Arc;
use std::time::{Duration, Instant};

use backstory::keymap::Key;
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
const KEYS: [(&str, &str, &str, &str, &str); 9] = [
    ("j, the next story", "", "", "j", "k"),
    ("K, one up", "", "", "K", "J"),
    ("t, to the top", "", "j", "t", ""),
    ("space, a mark", "", "", "space", "space"),
    ("> refused", "", "", ">", ""),
    ("u, undo a move", "", "K", "u", ""),
    ("j with all marked", "*", "", "j", "k"),
    ("the first letter of a search", "", "/", "p", "Esc"),
    ("the fifth letter of a search", "", "/ p a r c", "e", "Esc"),
];

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
        let stories = stories::stories(count);
        let middle = stories[count / 2].id;
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
            stories: stories.into_iter().map(Arc::new).collect(),
            highest_number: 0,
            news: Vec::new(),
            session: serde_json::json!({ "selected": middle.to_string() }),
            comparison: None,
        })));
        hand
    }

    fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let key: Key = key.parse().unwrap();
            self.give(Input::Key(key));
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
