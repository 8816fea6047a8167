//! The story editor: one form with every field of a story.
//!
//! A field commits when it is left, as one act; a value that the model refuses stays in its field with the reason below
//! it. Invariant: what was typed is never lost: it is in the story, in its field, or kept for the next time the story
//! is edited.

mod commit;
mod completion;
mod draw;
mod field;
mod findings;
mod follow;
mod form;
mod keys;
mod layout;
mod value;

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::completion::Completion;
use self::field::{Field, Group};
use self::findings::Findings;
use self::follow::Kept;
use self::form::Form;
use self::layout::{Hit, View};
use crate::keymap::{Action, Scope, chain};
use crate::model::StoryId;
use crate::ui::effect::{Effect, Pointer, Request};
use crate::ui::pane::{Cx, Pane};

/// The pane in which a story is written.
#[derive(Debug, Default)]
pub struct EditorPane {
    form: Option<Form>,
    completion: Completion,
    /// What stands below the field with the cursor.
    remark: Option<Remark>,
    /// Whether Esc has said already that the field cannot be saved.
    told: bool,
    /// Texts that could not be saved, to be offered again.
    kept: BTreeMap<StoryId, Kept>,
    /// What was cut or copied last, in whatever field.
    clip: Option<String>,
    /// Why the editor has closed by itself.
    farewell: Option<String>,
    findings: Findings,
    view: View,
}

/// A sentence below the field with the cursor.
#[derive(Debug)]
struct Remark {
    text: String,
    is_refusal: bool,
}

impl EditorPane {
    /// Opens a story for editing; what could not be saved last time stands in its field again.
    pub fn open(&mut self, story: StoryId, cx: &Cx) {
        if self.story() == Some(story) {
            return;
        }
        self.put_away();
        let Some(story) = cx.backlog.story(story) else {
            return;
        };
        let mut form = Form::new(story, cx.backlog);
        let again = self
            .kept
            .remove(&story.id)
            .is_some_and(|kept| form.give_back(&kept));
        self.form = Some(form);
        self.view = View::default();
        self.entered(cx);
        if again {
            self.remark = Some(Remark {
                text: "This was not saved last time. Alt+U brings the old text back.".to_owned(),
                is_refusal: false,
            });
        }
    }

    /// The story that is being edited.
    pub fn story(&self) -> Option<StoryId> {
        self.form.as_ref().map(|form| form.story.id)
    }

    /// Whether the field with the cursor holds text that is not in the story yet.
    pub fn is_typed_in(&self) -> bool {
        self.form
            .as_ref()
            .is_some_and(|form| form.is_typed_in(form.group()))
    }

    /// Ends editing: answers what commits the last field, or says that its text is kept for the next time.
    pub fn close(&mut self, cx: &Cx) -> Vec<Effect> {
        let committed = self.commit(cx);
        let (key, words) = self.form.as_ref().map_or_else(Default::default, |form| {
            (cx.backlog.key(&form.story), form.group().words())
        });
        match committed {
            Ok(effects) => {
                self.form = None;
                effects
            }
            Err(_) if self.put_away() => vec![Effect::refusal(format!(
                "{key} keeps {words} it had. What you typed comes back when you edit {key} again."
            ))],
            Err(_) => vec![Effect::refusal(format!("{key} keeps {words} it had."))],
        }
    }

    /// Why the field with the cursor cannot be saved, when that has been tried.
    pub fn refusal(&self) -> Option<&str> {
        self.form.as_ref()?;
        self.remark
            .as_ref()
            .filter(|remark| remark.is_refusal)
            .map(|remark| remark.text.as_str())
    }

    /// Why the editor has closed by itself, once.
    pub fn farewell(&mut self) -> Option<String> {
        self.farewell.take()
    }

    /// Takes the text of the field with the cursor back from the user's own editor, as one step of its undo.
    pub fn edited_outside(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        if let Some(field) = self.form.as_mut().and_then(Form::field_mut) {
            field.write_anew(text.trim_end_matches(['\r', '\n']));
            self.typed(cx);
            return Vec::new();
        }
        self.clip = Some(text.to_owned());
        vec![
            Effect::Ask(Request::Copy(text.to_owned())),
            Effect::refusal(
                "The story is not open any more. Your text is on the clipboard; paste it where it belongs.",
            ),
        ]
    }

    /// Closes the form and keeps what is typed and not saved; answers whether there was any.
    fn put_away(&mut self) -> bool {
        let Some(form) = self.form.take() else {
            return false;
        };
        let kept = form.keep();
        let any = kept.is_some();
        if let Some(kept) = kept {
            self.kept.insert(form.story.id, kept);
        }
        any
    }

    /// Whether the field with the cursor is shown with a reason why it cannot be saved.
    const fn has_refused(&self) -> bool {
        matches!(
            &self.remark,
            Some(Remark {
                is_refusal: true,
                ..
            })
        )
    }

    /// Closes because the story cannot be edited any more.
    fn close_by_itself(&mut self, cx: &Cx) {
        let Some(form) = &self.form else {
            return;
        };
        let key = cx.backlog.key(&form.story);
        let what = if cx.backlog.story(form.story.id).is_some() {
            format!("{key} has been accepted meanwhile, so the editor is closed.")
        } else {
            format!("{key} is not there any more, so the editor is closed.")
        };
        let kept = if self.put_away() {
            " What you typed comes back when it can be edited again."
        } else {
            ""
        };
        self.farewell = Some(format!("{what}{kept}"));
    }

    fn press(&mut self, column: u16, row: u16, cx: &Cx) -> Vec<Effect> {
        match self.view.at(column, row) {
            Some(Hit::Field(at, area)) => {
                let from = self.form.as_ref().map(|form| form.focus);
                let effects = if from == Some(at) {
                    self.completion.close();
                    Vec::new()
                } else {
                    self.go(at, cx)
                };
                if from == Some(at) || !self.has_refused() {
                    self.click(area, column, row);
                }
                effects
            }
            Some(Hit::Suggestion(at)) => self.take(at, cx),
            None => Vec::new(),
        }
    }

    fn click(&mut self, area: Rect, column: u16, row: u16) {
        if let Some(field) = self.form.as_mut().and_then(Form::field_mut)
            && field.group != Group::Kind
        {
            field
                .area
                .click(column.saturating_sub(area.x), row.saturating_sub(area.y));
        }
    }

    fn drag(&mut self, column: u16, row: u16) {
        let focus = self.form.as_ref().map(|form| form.focus);
        if let Some(Hit::Field(at, area)) = self.view.at(column, row)
            && Some(at) == focus
            && let Some(field) = self.form.as_mut().and_then(Form::field_mut)
            && field.group != Group::Kind
        {
            field
                .area
                .drag(column.saturating_sub(area.x), row.saturating_sub(area.y));
        }
    }
}

impl Pane for EditorPane {
    fn chain(&self) -> &'static [Scope] {
        if self.completion.picked().is_some() {
            chain::EDITOR_COMPLETION
        } else {
            chain::EDITOR
        }
    }

    fn on_action(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        self.view.follow_cursor();
        self.act(action, cx)
    }

    fn on_text(&mut self, text: char, cx: &Cx) -> Vec<Effect> {
        self.on_paste(text.encode_utf8(&mut [0; 4]), cx)
    }

    fn on_paste(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        self.view.follow_cursor();
        self.write(text, cx)
    }

    fn on_pointer(&mut self, pointer: Pointer, cx: &Cx) -> Vec<Effect> {
        match pointer {
            Pointer::Press { column, row } => return self.press(column, row, cx),
            Pointer::Drag { column, row } => self.drag(column, row),
            Pointer::Release { .. } => {}
            Pointer::Wheel { rows, .. } => self.view.scroll(rows),
        }
        Vec::new()
    }

    fn reconcile(&mut self, cx: &Cx) {
        let Some(id) = self.story() else {
            return;
        };
        if cx.backlog.may_edit(id).is_err() {
            self.close_by_itself(cx);
        } else if let (Some(form), Some(story)) = (&mut self.form, cx.backlog.story(id)) {
            let before = form.field().and_then(Field::overtaken);
            form.follow(story, cx.backlog);
            let after = form.field().and_then(Field::overtaken);
            self.findings.look(form, cx);
            if let (Some(before), Some(after)) = (before, after)
                && before != after
            {
                self.remark = Some(Remark {
                    text: format!(
                        "Changed by somebody else meanwhile: “{after}”. Yours takes its place when it is saved."
                    ),
                    is_refusal: false,
                });
            }
        }
    }

    fn render(&mut self, area: Rect, buf: &mut Buffer, cx: &Cx, focused: bool) -> Option<Position> {
        self.draw(area, buf, cx, focused)
    }

    fn refuses(&self, action: Action, _cx: &Cx) -> Option<String> {
        self.refuses_here(action).map(str::to_owned)
    }
}
