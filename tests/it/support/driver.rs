//! Drives the screen as a person would: keys in, screen and model out. Saving answers at once, unless told otherwise.

use std::sync::Arc;

use backstory::keymap::Key;
use backstory::model::{Act, Backlog, Comparison, Line, Product, Stamp, Story, Timestamp};
use backstory::ui::app::Setting;
use backstory::ui::effect::Effect;
use backstory::ui::overlays::Overlay;
use backstory::ui::pane::Cx;
use backstory::ui::{App, Input, Opened, Request, Theme};
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use uuid::Uuid;

/// A screen under test.
pub(crate) struct Driver {
    pub(crate) app: App,
    terminal: Terminal<TestBackend>,
    now: Timestamp,
    /// What was asked of the outside, apart from saving.
    pub(crate) requests: Vec<Request>,
    /// The acts that were done, oldest first.
    pub(crate) acts: Vec<Arc<Act>>,
    /// The labels of the acts that were saved.
    pub(crate) saved: Vec<String>,
    /// The comparison that is kept for later.
    pub(crate) kept: Option<Arc<Comparison>>,
    /// Whether saving is answered at once.
    pub(crate) saves: bool,
    /// The acts whose saving was not answered.
    pub(crate) unsaved: Vec<Arc<Act>>,
}

/// 20 November 2026, nine o'clock.
pub(crate) fn now() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

/// The stamp of the person in the tests.
pub(crate) fn stamp() -> Stamp {
    Stamp::new(now(), "Ana")
}

/// Ids that count up.
pub(crate) fn ids() -> impl FnMut() -> Uuid + Send {
    let mut next = 0x1_0000u128;
    move || {
        next += 1;
        Uuid::from_u128((7 << 76) | next)
    }
}

/// Ids of another start, after all of those of [`ids`].
pub(crate) fn later_ids() -> impl FnMut() -> Uuid + Send {
    let mut next = ids();
    move || Uuid::from_u128(next().as_u128() + (1 << 64))
}

fn setting(theme: Theme) -> Setting {
    Setting {
        theme,
        user: Line::parse("Ana"),
        zone: TimeZone::UTC,
    }
}

impl Driver {
    /// A screen of 120 by 36 cells on a product with these stories.
    pub(crate) fn open(product: Product, stories: Vec<Story>) -> Self {
        Self::with(product, stories, (120, 36), Theme::FULL)
    }

    /// A screen on a backlog.
    pub(crate) fn on(backlog: &Backlog) -> Self {
        let stories = backlog.stories().map(|story| Story::clone(story)).collect();
        let mut driver = Self::open(Product::clone(backlog.product()), stories);
        driver.learn_problems(backlog);
        driver
    }

    /// Reads a backlog's problems, as they are read after the stories.
    pub(crate) fn learn_problems(&mut self, backlog: &Backlog) -> &mut Self {
        let problems = backlog.problems().into_iter().cloned();
        let states = problems
            .map(|problem| (problem.id, Some(problem)))
            .collect();
        self.input(Input::Problems(states))
    }

    /// A screen of this size and look.
    pub(crate) fn with(
        product: Product,
        stories: Vec<Story>,
        size: (u16, u16),
        theme: Theme,
    ) -> Self {
        let mut driver = Self::of(App::loading(setting(theme), Box::new(ids()), now()), size);
        driver.input(Input::Opened(Box::new(Opened {
            product,
            stories: stories.into_iter().map(Arc::new).collect(),
            highest_number: 0,
            news: Vec::new(),
            session: serde_json::Value::Null,
            comparison: None,
        })));
        driver.input(Input::History(Vec::new()));
        driver
    }

    /// The first page of somebody without a product.
    pub(crate) fn welcome() -> Self {
        Self::of(
            App::welcome(setting(Theme::FULL), Box::new(ids()), now()),
            (120, 36),
        )
    }

    /// What this screen would be at the next start, from what it has saved.
    pub(crate) fn tomorrow(&self) -> Self {
        self.started_with(self.app.session())
    }

    /// What this screen would be at the next start with this session.
    pub(crate) fn started_with(&self, session: serde_json::Value) -> Self {
        let mut driver = Self::of(
            App::loading(setting(Theme::FULL), Box::new(later_ids()), now()),
            (120, 36),
        );
        driver.now = self.now;
        driver.later(24 * 60 * 60);
        let stories = self.backlog().stories();
        driver.input(Input::Opened(Box::new(Opened {
            product: Product::clone(self.backlog().product()),
            stories: stories.map(Arc::clone).collect(),
            highest_number: self.backlog().highest_number(),
            news: Vec::new(),
            session,
            comparison: self.kept.as_deref().cloned(),
        })));
        let acts = self.acts.iter().map(|act| Act::clone(act)).collect();
        driver.input(Input::History(acts));
        driver.acts.clone_from(&self.acts);
        driver.kept.clone_from(&self.kept);
        driver
    }

    fn of(app: App, (width, height): (u16, u16)) -> Self {
        let mut driver = Self {
            app,
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
            now: now(),
            requests: Vec::new(),
            acts: Vec::new(),
            saved: Vec::new(),
            kept: None,
            saves: true,
            unsaved: Vec::new(),
        };
        driver.draw();
        driver
    }

    /// Gives the app an input, answers its requests to save, and draws.
    pub(crate) fn input(&mut self, input: Input) -> &mut Self {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            for request in self.app.handle(input, self.now) {
                match request {
                    Request::Save(act) => {
                        self.saved.push(act.label.clone());
                        self.acts.push(Arc::clone(&act));
                        if self.saves {
                            // Acts are saved in their order.
                            inputs.insert(0, Input::Saved(act));
                        } else {
                            self.unsaved.push(act);
                        }
                    }
                    Request::KeepComparison(comparison) => self.kept = comparison,
                    other => self.requests.push(other),
                }
            }
            // The program goes on by itself while nothing happens, and before time passes.
            if inputs.is_empty() && self.app.patience().is_some_and(|wait| wait.is_zero()) {
                inputs.push(Input::Idle);
            }
        }
        self.draw()
    }

    /// Opens a box, as a pane would.
    pub(crate) fn open_overlay(&mut self, make: impl FnOnce(&Cx) -> Overlay) -> &mut Self {
        let cx = Cx {
            backlog: self.backlog(),
            now: self.now,
            zone: &TimeZone::UTC,
            theme: Theme::FULL,
            selected: None,
            sent_back: None,
            forecast: None,
            linter: None,
        };
        let effect = Effect::open(make(&cx));
        self.app.perform(vec![effect]);
        self.input(Input::Resize)
    }

    /// Presses keys, written as in the key table with blanks between them: `"n"`, `"Alt+↑ Esc"`.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let key: Key = key.parse().unwrap();
            self.input(Input::Key(key));
        }
        self
    }

    /// Types text, character by character.
    pub(crate) fn write(&mut self, text: &str) -> &mut Self {
        for char in text.chars() {
            let key = match char {
                ' ' => "space".parse().unwrap(),
                '\n' => "Ctrl+J".parse().unwrap(),
                char => char.to_string().parse().unwrap(),
            };
            self.input(Input::Key(key));
        }
        self
    }

    /// Pastes text.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.input(Input::Paste(text.to_owned()))
    }

    /// Lets time pass.
    pub(crate) fn later(&mut self, seconds: i64) -> &mut Self {
        self.now = Timestamp::from_second(self.now.as_second() + seconds).unwrap();
        self
    }

    /// Lets so much time pass without a key that the program goes on by itself.
    pub(crate) fn pause(&mut self) -> &mut Self {
        let patience = self.app.patience().unwrap();
        self.later(i64::try_from(patience.as_secs()).unwrap() + 1);
        self.input(Input::Idle)
    }

    /// Changes the size of the window.
    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.terminal.backend_mut().resize(width, height);
        self.input(Input::Resize)
    }

    fn draw(&mut self) -> &mut Self {
        self.terminal.draw(|frame| self.app.render(frame)).unwrap();
        self
    }

    /// What is on the screen, line by line, without blanks at the ends.
    pub(crate) fn screen(&self) -> String {
        text_of(self.buffer())
    }

    /// The cells of the screen.
    pub(crate) fn buffer(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }

    /// Fails unless the screen shows the text.
    #[track_caller]
    pub(crate) fn expect(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(
            screen.contains(text),
            "`{text}` is not on the screen:\n{screen}"
        );
        self
    }

    /// Fails if the screen shows the text.
    #[track_caller]
    pub(crate) fn expect_no(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(
            !screen.contains(text),
            "`{text}` is on the screen:\n{screen}"
        );
        self
    }

    /// The backlog.
    pub(crate) fn backlog(&self) -> &Backlog {
        self.app.backlog().unwrap()
    }

    /// The story with this key.
    pub(crate) fn story(&self, key: &str) -> &Story {
        self.backlog().find(key).unwrap()
    }

    /// The keys of the open stories in order, with blanks between them.
    pub(crate) fn order(&self) -> String {
        let keys: Vec<String> = self
            .backlog()
            .open()
            .map(|id| self.backlog().key_or_id(id))
            .collect();
        keys.join(" ")
    }
}

/// The characters of a buffer, line by line; the second cell of a wide character is left out.
pub(crate) fn text_of(buffer: &Buffer) -> String {
    let mut lines = Vec::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut line = String::new();
        let mut skip = 0;
        for x in buffer.area.left()..buffer.area.right() {
            let symbol = buffer[(x, y)].symbol();
            if skip == 0 {
                line.push_str(symbol);
                skip = backstory::ui::text::width(symbol).max(1);
            }
            skip -= 1;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}
