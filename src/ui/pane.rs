//! What a pane is: a room of the screen that reads the model and asks for changes.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::keymap::{Action, Scope};
use crate::language::lint::{Finding, Linter};
use crate::model::{Backlog, Forecast, Judgement, Round, Story, StoryId, Timestamp};

use super::effect::{Effect, Pointer};
use super::theme::Theme;

/// What panes and overlays may read.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    /// All stories and the settings.
    pub backlog: &'a Backlog,
    /// The present moment.
    pub now: Timestamp,
    /// Where the user is, for dates.
    pub zone: &'a TimeZone,
    /// How to draw.
    pub theme: Theme,
    /// The story selected in the backlog.
    pub selected: Option<StoryId>,
    /// The story that the last act here sent back to the team, if it did that.
    pub sent_back: Option<StoryId>,
    /// What is to be expected, where the product has iterations.
    pub forecast: Option<&'a Forecast>,
    /// Who says what is wrong with stories; nobody where no product is open.
    pub linter: Option<&'a Linter>,
}

impl Cx<'_> {
    /// What the linter has to say of a story, also of one that is being written.
    pub fn findings(&self, story: &Story) -> Vec<Finding> {
        let linter = self.linter.iter();
        let findings = linter.flat_map(|linter| linter.findings(story, self.backlog));
        findings.collect()
    }

    /// Another one whenever the linter has learnt more, so that what it said is asked again.
    pub fn lint_stamp(&self) -> u64 {
        self.linter.map_or(0, Linter::stamp)
    }

    /// A day as people say it: `20 Nov`, with the year when it is not this year.
    pub fn day(&self, at: Timestamp) -> String {
        self.date(self.zone.to_datetime(at).date())
    }

    /// When and by whom a verdict was given, where that is not what the whole round says.
    pub fn given_by(&self, judgement: &Judgement, round: &Round) -> Option<String> {
        let (at, by) = judgement.given_apart(round, self.zone)?;
        let day = at.map(|at| self.day(at)).unwrap_or_default();
        let parts = [day, by.to_string()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Some(parts.join(&format!(" {} ", self.theme.dot())))
    }

    /// A date as people say it; see [`Cx::day`].
    pub fn date(&self, day: Date) -> String {
        let form = if self.is_this_year(day) {
            "%-d %b"
        } else {
            "%-d %b %Y"
        };
        day.strftime(form).to_string()
    }

    /// Some days as people say them: `12–25 Dec`, `28 Dec–10 Jan 2027`.
    pub fn days(&self, first: Date, last: Date) -> String {
        let form = match (first.year() == last.year(), first.month() == last.month()) {
            (true, true) => "%-d",
            (true, false) => "%-d %b",
            (false, _) if self.is_this_year(first) => "%-d %b",
            (false, _) => "%-d %b %Y",
        };
        format!(
            "{}{}{}",
            first.strftime(form),
            self.theme.to(),
            self.date(last)
        )
    }

    fn is_this_year(&self, day: Date) -> bool {
        day.year() == self.zone.to_datetime(self.now).year()
    }
}

/// A room of the screen.
pub trait Pane {
    /// The scopes that are asked what a key means while this pane has the keys.
    fn chain(&self) -> &'static [Scope];

    /// Does what an action asks for; `None` when it is not this pane's.
    fn on_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>>;

    /// Takes a typed character.
    fn on_text(&mut self, _text: char, _cx: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// Takes pasted text.
    fn on_paste(&mut self, _text: &str, _cx: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// Takes the mouse; the pane knows where it was drawn last.
    fn on_pointer(&mut self, _pointer: Pointer, _cx: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// Keeps selections and views sound after the model has changed.
    fn reconcile(&mut self, cx: &Cx);

    /// Draws the pane; may remember where things were drawn, nothing else. Answers where the cursor belongs.
    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position>;

    /// Why an action of this pane cannot be done now, as a sentence for help and palette.
    fn refuses(&self, _action: Action, _cx: &Cx) -> Option<String> {
        None
    }
}
