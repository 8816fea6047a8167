//! What the keys do in the form.

use super::field::Group;
use super::form::Form;
use super::{EditorPane, Remark};
use crate::keymap::Action;
use crate::model::Kind;
use crate::ui::effect::{Effect, Request};
use crate::ui::pane::Cx;
use crate::ui::typing::edit_for;
use crate::ui::widgets::text_area::Edit;

/// From which side a field is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Down into its first row.
    Top,
    /// Up into its last row.
    Bottom,
}

impl EditorPane {
    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        let form = self.form.as_ref()?;
        if let Some(reason) = self.refuses_here(action) {
            return Some(vec![Effect::refusal(reason)]);
        }
        let (at, last) = (form.focus, form.fields.len().saturating_sub(1));
        Some(match action {
            Action::SaveLeave => self.save_leave(cx),
            Action::SaveStay => self.save_stay(cx),
            Action::NextField => {
                let next = form.after(at).unwrap_or(0);
                self.go(next, cx)
            }
            Action::PreviousField => {
                let before = form.before(at).unwrap_or(last);
                self.go(before, cx)
            }
            Action::Enter => self.enter(cx),
            Action::TakeSuggestion => {
                let picked = self.completion.picked();
                picked.map_or_else(Vec::new, |picked| self.take(picked, cx))
            }
            Action::Close => {
                self.completion.close();
                Vec::new()
            }
            Action::CriterionUp | Action::CriterionDown => {
                self.move_criterion(action == Action::CriterionUp)
            }
            Action::AddCriterion => self.add_criterion(cx),
            Action::DeleteCriterion => self.delete_criterion(cx),
            Action::EditOutside => {
                let text = form.field().map(|field| field.text().to_owned());
                vec![Effect::Ask(Request::EditOutside(text.unwrap_or_default()))]
            }
            Action::Up | Action::PageUp => self.up(action, cx),
            Action::Down | Action::PageDown => self.down(action, cx),
            Action::Cut | Action::CopyText => self.copy(action, cx),
            Action::Mend => self.mend(cx),
            Action::Settle => self.settle(cx),
            Action::Paste => self.paste_clip(cx),
            action => self.type_key(action, cx)?,
        })
    }

    /// Why an action cannot be done in the field with the cursor.
    pub(super) fn refuses_here(&self, action: Action) -> Option<&'static str> {
        let group = self.form.as_ref()?.group();
        match action {
            Action::CriterionUp | Action::CriterionDown | Action::DeleteCriterion
                if group != Group::Criteria =>
            {
                Some("This is no criterion. Go to one first (Tab).")
            }
            Action::Newline if !group.takes_lines() => {
                Some("This field has one line. Go on with Tab, or write more in the notes.")
            }
            Action::Mend | Action::Settle => self.refuses_finding(action),
            Action::EditOutside if group == Group::Kind => {
                Some("The kind is not typed. Choose it with the arrows or by its first letter.")
            }
            _ => None,
        }
    }

    /// Takes typed or pasted text into the field with the cursor.
    pub(super) fn write(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        let Some(form) = &mut self.form else {
            return Vec::new();
        };
        if form.group() == Group::Kind {
            return self.choose_kind(text, cx);
        }
        if form.field_mut().is_some_and(|field| field.insert(text)) {
            self.typed(cx);
        }
        Vec::new()
    }

    /// What follows from a change of the text.
    pub(super) fn typed(&mut self, cx: &Cx) {
        self.remark = None;
        self.told = false;
        self.findings.be_quiet(cx.now);
        if let Some(form) = &mut self.form {
            form.offer_blanks();
            if let Some(field) = form.field() {
                self.completion.refresh(field, cx.backlog);
            }
        }
    }

    fn type_key(&mut self, action: Action, cx: &Cx) -> Option<Vec<Effect>> {
        let edit = edit_for(action)?;
        let form = self.form.as_mut()?;
        if form.group() == Group::Kind {
            return Some(self.kind_key(edit, action, cx));
        }
        if action == Action::DeleteBack && form.field().is_some_and(|field| field.area.is_empty()) {
            return Some(self.delete_back_from_empty(cx));
        }
        let field = form.field_mut()?;
        let before = field.text().to_owned();
        field.area.edit(edit);
        if field.text() == before {
            self.completion.close();
        } else {
            self.typed(cx);
        }
        Some(Vec::new())
    }

    /// In an empty entry of a list Backspace takes the entry away, in an empty answer it goes back to the question.
    fn delete_back_from_empty(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(form) = &mut self.form else {
            return Vec::new();
        };
        let (group, at) = (form.group(), form.focus);
        if form.field().is_some_and(|field| field.is_answer) {
            return self.go(at - 1, cx);
        }
        if !group.is_list() || !form.is_blank(at) {
            return Vec::new();
        }
        form.remove_entry(true);
        self.committed_list(group, cx)
    }

    fn delete_criterion(&mut self, cx: &Cx) -> Vec<Effect> {
        if let Some(form) = &mut self.form {
            form.remove_entry(false);
        }
        self.committed_list(Group::Criteria, cx)
    }

    /// Commits a list after one of its entries was taken away.
    fn committed_list(&mut self, group: Group, cx: &Cx) -> Vec<Effect> {
        self.entered(cx);
        let committed = self.form.as_mut().map(|form| form.commit(group, cx));
        match committed {
            Some(Ok(effects)) => effects,
            Some(Err(text)) => {
                self.remark = Some(Remark {
                    text,
                    is_refusal: true,
                });
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn move_criterion(&mut self, up: bool) -> Vec<Effect> {
        match self.form.as_mut().map(|form| form.move_entry(up)) {
            Some(Err(reason)) => vec![Effect::refusal(reason)],
            _ => Vec::new(),
        }
    }

    fn add_criterion(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(form) = &self.form else {
            return Vec::new();
        };
        if form.group() == Group::Criteria {
            return self.new_entry(cx);
        }
        let to = form.range(Group::Criteria).end - 1;
        self.go(to, cx)
    }

    /// Enter: the next field, a new entry of a list, or a new line in the notes.
    fn enter(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(form) = &self.form else {
            return Vec::new();
        };
        let (group, at) = (form.group(), form.focus);
        match group {
            Group::Notes => self.type_key(Action::Newline, cx).unwrap_or_default(),
            Group::Criteria | Group::Questions if self.ends_list(at) => {
                let next = form.range(group).end;
                self.go(next, cx)
            }
            Group::Criteria => self.new_entry(cx),
            Group::Questions if form.field().is_some_and(|field| !field.is_answer) => {
                self.go(at + 1, cx)
            }
            _ => match form.after(at) {
                Some(next) => self.go(next, cx),
                None => self.save_stay(cx),
            },
        }
    }

    /// Whether nothing is written in this entry nor in any after it.
    fn ends_list(&self, at: usize) -> bool {
        self.form.as_ref().is_some_and(|form| {
            let end = form.range(form.group()).end;
            (form.entry(at).start..end).all(|at| form.is_blank(at))
        })
    }

    fn new_entry(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(form) = &mut self.form else {
            return Vec::new();
        };
        let below = form.entry(form.focus).end;
        let is_there = form.range(form.group()).contains(&below) && form.is_blank(below);
        let to = if is_there { below } else { form.insert_below() };
        self.go(to, cx)
    }

    fn up(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        if self.completion.picked().is_some() {
            self.completion.up();
            return Vec::new();
        }
        let Some(form) = &self.form else {
            return Vec::new();
        };
        if form.field().is_some_and(|field| !field.area.at_first_row()) {
            return self.type_key(action, cx).unwrap_or_default();
        }
        let before = form.before(form.focus);
        before.map_or_else(Vec::new, |to| self.enter_from(to, Side::Bottom, cx))
    }

    fn down(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        let Some(form) = &self.form else {
            return Vec::new();
        };
        if form.field().is_some_and(|field| !field.area.at_last_row()) {
            return self.type_key(action, cx).unwrap_or_default();
        }
        if self.completion.down() {
            return Vec::new();
        }
        let next = form.after(form.focus);
        next.map_or_else(Vec::new, |to| self.enter_from(to, Side::Top, cx))
    }

    /// Goes to the neighbour field, in the column the cursor came from.
    fn enter_from(&mut self, to: usize, side: Side, cx: &Cx) -> Vec<Effect> {
        let from = self.form.as_ref().map_or(0, |form| form.focus);
        let column = self
            .form
            .as_ref()
            .and_then(Form::field)
            .map_or(0, |field| field.area.cell().1);
        let effects = self.go(to, cx);
        let has_moved = !self.has_refused() && from != to;
        if let Some(field) = self.form.as_mut().and_then(Form::field_mut)
            && has_moved
        {
            let row = if side == Side::Top { 0 } else { usize::MAX };
            field.area.go_to(row, column);
        }
        effects
    }

    fn copy(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        let edit = if action == Action::Cut {
            Edit::Cut
        } else {
            Edit::Copy
        };
        let field = self.form.as_mut().and_then(Form::field_mut);
        let Some(field) = field.filter(|field| field.group != Group::Kind) else {
            return Vec::new();
        };
        if !field.area.edit(edit) {
            return vec![Effect::refusal(
                "Nothing is selected. Select text with Shift and the arrows, or all of it with Alt+A.",
            )];
        }
        let text = field.area.cut_text().unwrap_or_default().to_owned();
        self.clip = Some(text.clone());
        if edit == Edit::Cut {
            self.typed(cx);
        }
        vec![Effect::Ask(Request::Copy(text))]
    }

    fn paste_clip(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.clip.clone() {
            Some(text) => self.write(&text, cx),
            None => vec![Effect::refusal(
                "Nothing was cut or copied here yet. Paste from elsewhere with the terminal's own key.",
            )],
        }
    }

    /// Fills a suggestion in and gives the keys back to the text.
    pub(super) fn take(&mut self, suggestion: usize, cx: &Cx) -> Vec<Effect> {
        if let Some(field) = self.form.as_mut().and_then(Form::field_mut) {
            self.completion.take(suggestion, field, cx.backlog);
        }
        self.remark = None;
        self.told = false;
        Vec::new()
    }

    fn kind_key(&mut self, edit: Edit, action: Action, cx: &Cx) -> Vec<Effect> {
        match action {
            Action::Left => self.turn_kind(false, cx),
            Action::Right => self.turn_kind(true, cx),
            Action::UndoTyping | Action::RedoTyping => {
                if let Some(field) = self.form.as_mut().and_then(Form::field_mut) {
                    field.area.edit(edit);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// Goes on to the next kind, or back to the one before.
    fn turn_kind(&mut self, on: bool, cx: &Cx) {
        let Some(field) = self.form.as_mut().and_then(Form::field_mut) else {
            return;
        };
        let kinds = Kind::ALL.len();
        let at = field
            .text()
            .parse::<Kind>()
            .ok()
            .and_then(|kind| Kind::ALL.iter().position(|other| *other == kind));
        let step = if on { 1 } else { kinds - 1 };
        let next = at.map_or(0, |at| (at + step) % kinds);
        if let Some(kind) = Kind::ALL.get(next) {
            field.write_anew(kind.word());
            self.typed(cx);
        }
    }

    fn choose_kind(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        if text == " " {
            self.turn_kind(true, cx);
            return Vec::new();
        }
        let typed = text.trim().to_lowercase();
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| !typed.is_empty() && kind.word().starts_with(&typed));
        let Some(kind) = kind else {
            return vec![Effect::refusal(
                "There are four kinds: feature, bug, chore and spike. Type the first letter of one.",
            )];
        };
        if let Some(field) = self.form.as_mut().and_then(Form::field_mut) {
            field.write_anew(kind.word());
        }
        self.typed(cx);
        Vec::new()
    }
}
