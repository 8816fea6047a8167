//! Splitting a story: which of its parts goes to which child.
//!
//! A digit sends the part under the cursor to that child and goes on to the next; an example goes with its rule until
//! it is sent elsewhere. What goes to no child stays with the story that leaves the backlog.

mod draw;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use uuid::Uuid;

use crate::keymap::Action;
use crate::language::split::{MOST, Way};
use crate::model::{Parent, Split, SplitPart, Story, StoryId, Title};
use crate::ui::effect::Effect;
use crate::ui::overlays::{Prompt, Purpose};
use crate::ui::pane::Cx;
use crate::ui::widgets::viewport::walk;

/// A story that is being split.
#[derive(Clone, Debug)]
pub struct SplitBox {
    story: StoryId,
    way: Way,
    titles: Vec<Title>,
    parts: Vec<SplitPart>,
    /// The child that each part goes to, counted from 0; `None` stays behind.
    places: Vec<Option<usize>>,
    parent: Parent,
    at: usize,
    top: usize,
    height: usize,
}

impl SplitBox {
    /// Begins with the children's titles, and every part where the way to split puts it.
    pub fn new(story: &Story, way: Way, titles: Vec<Title>) -> Self {
        let places = way.places(story, titles.len());
        Self {
            story: story.id,
            way,
            parts: SplitPart::all(story),
            places: places.into_iter().map(Some).collect(),
            parent: Parent::usual(story),
            titles,
            at: 0,
            top: 0,
            height: 1,
        }
    }

    /// Follows a story that has changed: parts that are new go to the first child.
    pub(super) fn reconcile(&mut self, cx: &Cx) {
        let Some(story) = cx.backlog.story(self.story) else {
            return;
        };
        let parts = SplitPart::all(story);
        if parts == self.parts {
            return;
        }
        let known = std::mem::take(&mut self.parts);
        let place = |part: &SplitPart| {
            let at = known.iter().position(|old| old == part);
            at.map_or(Some(0), |at| self.places.get(at).copied().flatten())
        };
        self.places = parts.iter().map(place).collect();
        self.parts = parts;
        self.at = self.at.min(self.parts.len().saturating_sub(1));
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        let last = self.parts.len().saturating_sub(1);
        if let Some(at) = walk(action, self.at, self.height, last) {
            self.at = at;
            return Vec::new();
        }
        match action {
            Action::OtherParent => {
                self.parent = match self.parent {
                    Parent::Epic => Parent::Dropped,
                    Parent::Dropped => Parent::Epic,
                }
            }
            Action::Confirm => return self.split(cx),
            Action::Close => return self.back(cx),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn on_text(&mut self, text: &str) -> Vec<Effect> {
        for letter in text.chars() {
            match letter.to_digit(10).map(|digit| digit as usize) {
                Some(0) => self.send(None),
                Some(child) if child <= self.titles.len() => self.send(Some(child - 1)),
                _ => {
                    return vec![Effect::refusal(format!(
                        "A digit from 1 to {} sends this to a child, 0 to none; Enter splits.",
                        self.titles.len()
                    ))];
                }
            }
        }
        Vec::new()
    }

    /// Sends the part under the cursor somewhere, a rule with the examples that were with it, and goes on.
    fn send(&mut self, to: Option<usize>) {
        let Some(part) = self.parts.get(self.at) else {
            return;
        };
        let from = self.places.get(self.at).copied().flatten();
        let is_along = |other: &SplitPart| match (part, other) {
            (SplitPart::Criterion(rule), SplitPart::Example(of, _)) => rule == of,
            _ => false,
        };
        for (other, place) in self.parts.iter().zip(&mut self.places) {
            if other == part || (*place == from && is_along(other)) {
                *place = to;
            }
        }
        let last = self.parts.len().saturating_sub(1);
        self.at = (self.at + 1).min(last);
    }

    /// One step out: back to the titles.
    fn back(&self, cx: &Cx) -> Vec<Effect> {
        let Some(story) = cx.backlog.story(self.story) else {
            return vec![Effect::Close];
        };
        let titles: Vec<&str> = self.titles.iter().map(Title::as_str).collect();
        let prompt = ask(story, self.way, &titles.join("\n"), cx);
        vec![Effect::Close, Effect::open(prompt)]
    }

    fn split(&self, cx: &Cx) -> Vec<Effect> {
        let Some(story) = cx.backlog.story(self.story) else {
            return vec![
                Effect::Close,
                Effect::refusal("The story is gone meanwhile."),
            ];
        };
        // The app gives the ids when it makes the stories.
        let id = || StoryId::new(Uuid::nil());
        let children = self.way.children(story, &self.titles, &self.places, id);
        let split = Split {
            story: self.story,
            children,
            parent: self.parent,
        };
        // A refusal while the box is open leaves everything as it was typed.
        match split.changes(cx.backlog) {
            Ok(_) => vec![Effect::Close, Effect::Split(Box::new(split))],
            Err(refusal) => vec![Effect::refusal(refusal)],
        }
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        self.draw(screen, buf, cx);
        None
    }
}

/// Asks for the children's titles, a line each.
pub fn ask(story: &Story, way: Way, titles: &str, cx: &Cx) -> Prompt {
    let title = format!(
        "Split {} by {}: a title a line",
        cx.backlog.key(story),
        way.word()
    );
    Prompt::new(Purpose::SplitTitles(story.id, way), title, titles)
}

/// Opens the box for the titles that were typed.
///
/// # Errors
/// Fewer than two titles, or more than there are digits, are refused; and so is a story that cannot leave the backlog.
pub(super) fn assign(story: StoryId, way: Way, text: &str, cx: &Cx) -> Result<Vec<Effect>, String> {
    let Some(found) = cx.backlog.story(story) else {
        return Err("The story is gone meanwhile. Leave with Esc.".to_owned());
    };
    cx.backlog
        .may_be_divided(story)
        .map_err(|refusal| refusal.to_string())?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let titles: Result<Vec<Title>, _> = lines.map(Title::parse).collect();
    let titles = titles.map_err(|refusal| refusal.to_string())?;
    if titles.len() < 2 || titles.len() > MOST {
        return Err(format!(
            "A story is split into 2 to {MOST}. Write a title on each line; Ctrl+J begins a new one."
        ));
    }
    Ok(vec![Effect::open(SplitBox::new(found, way, titles))])
}
