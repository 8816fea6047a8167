//! What a field that is left asks the app to change, or why it cannot be saved.

use super::EditorPane;
use super::field::Group;
use super::form::Form;
use super::value;
use crate::language::{capture, sentence};
use crate::model::{Change, Edit, Prose};
use crate::ui::effect::Effect;
use crate::ui::pane::Cx;

impl Form {
    /// The effects that save a group; none where it says what the story says already.
    pub(super) fn commit(&mut self, group: Group, cx: &Cx) -> Result<Vec<Effect>, String> {
        if !self.is_typed_in(group) {
            return Ok(Vec::new());
        }
        if group == Group::Title
            && let Some(effect) = self.split_sentence(cx)
        {
            return Ok(vec![effect]);
        }
        let edit = self.edit(group, cx.backlog)?;
        if edit == value::edit_of(&self.story, group) {
            return Ok(Vec::new());
        }
        let story = self.story.id;
        cx.backlog
            .may_take(story, &edit)
            .map_err(|refusal| refusal.to_string())?;
        let mut edits = vec![edit];
        if let [Edit::Kind(kind)] = edits.as_slice() {
            let templates = &cx.backlog.product().templates;
            edits.extend(templates.follow(&self.story, *kind));
        }
        let changes = edits.into_iter().map(|edit| Change::Edit { story, edit });
        Ok(vec![Effect::Apply {
            label: None,
            changes: changes.collect(),
        }])
    }

    /// A whole story sentence in the title, while there is none in the fields for it, is taken apart.
    fn split_sentence(&mut self, cx: &Cx) -> Option<Effect> {
        let parts = [Group::Persona, Group::Want, Group::Benefit];
        let is_empty = |group: &Group| self.fields_in(*group).iter().all(super::Field::is_blank);
        let text = self.fields_in(Group::Title).first()?.text();
        let parsed = sentence::parse(text)?;
        if !parts.iter().all(is_empty) || parsed.persona.is_none() || parsed.want.is_none() {
            return None;
        }
        let draft = capture::draft(text).ok()?;
        let story = self.story.id;
        let mut edits = vec![
            Edit::Title(draft.title.clone()),
            Edit::Persona(draft.persona),
            Edit::Want(draft.want),
            Edit::Benefit(draft.benefit),
        ];
        if !draft.notes.is_empty() {
            let notes = [self.story.notes.as_str(), draft.notes.as_str()];
            edits.push(Edit::Notes(Prose::parse(notes.join("\n\n").trim_start())));
        }
        for edit in &edits {
            cx.backlog.may_take(story, edit).ok()?;
        }
        // From now on the field holds the proposed title; its own undo still has the sentence.
        let title = self.range(Group::Title).start;
        self.fields.get_mut(title)?.write_anew(&draft.title);
        let changes = edits.into_iter().map(|edit| Change::Edit { story, edit });
        let label = format!("take the sentence of {} apart", cx.backlog.key(&self.story));
        Some(Effect::act(label, changes.collect()))
    }

    /// Shows a group that has been left as the story has it, where it says the same.
    pub(super) fn tidy(&mut self, group: Group, cx: &Cx) {
        self.drop_blanks();
        if group.is_list() || self.group() == group {
            return;
        }
        let agrees = self.edit(group, cx.backlog) == Ok(value::edit_of(&self.story, group));
        let text = value::text_of(&self.story, group, cx.backlog);
        let at = self.range(group).start;
        if agrees && let Some(field) = self.fields.get_mut(at) {
            field.learn(&text, false);
        }
    }
}

impl EditorPane {
    /// Commits the field with the cursor; what cannot be saved stays, with the reason below it.
    pub(super) fn commit(&mut self, cx: &Cx) -> Result<Vec<Effect>, String> {
        let Some(form) = &mut self.form else {
            return Ok(Vec::new());
        };
        form.commit(form.group(), cx)
    }

    pub(super) fn save_stay(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.commit(cx) {
            Ok(effects) => {
                self.remark = None;
                effects
            }
            Err(reason) => self.refuse(reason),
        }
    }

    /// Commits and leaves. What cannot be saved stays in sight first; asked again, it is kept for the next time.
    pub(super) fn save_leave(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.told {
            return vec![Effect::LeaveEditor];
        }
        match self.commit(cx) {
            Ok(mut effects) => {
                effects.push(Effect::LeaveEditor);
                effects
            }
            Err(reason) => {
                let mut effects = self.refuse(reason);
                self.told = true;
                effects.push(Effect::refusal(
                    "Not saved yet. Mend it, or press Esc again to leave without it.",
                ));
                effects
            }
        }
    }

    /// Moves the cursor to another field once the present one is committed.
    pub(super) fn go(&mut self, to: usize, cx: &Cx) -> Vec<Effect> {
        let Some(form) = &mut self.form else {
            return Vec::new();
        };
        let left = form.group();
        let same_entry = form.entry(form.focus).contains(&to);
        let effects = if same_entry {
            Vec::new()
        } else {
            match form.commit(left, cx) {
                Ok(effects) => effects,
                Err(reason) => return self.refuse(reason),
            }
        };
        form.focus = to.min(form.fields.len().saturating_sub(1));
        if !same_entry {
            form.tidy(left, cx);
        }
        self.entered(cx);
        effects
    }

    /// Begins in the field that has the cursor now.
    pub(super) fn entered(&mut self, cx: &Cx) {
        self.remark = None;
        self.told = false;
        if let Some(form) = &self.form {
            self.findings.look(form, cx);
            if let Some(field) = form.field() {
                self.completion.enter(field, cx.backlog);
            }
        }
    }

    fn refuse(&mut self, reason: String) -> Vec<Effect> {
        self.remark = Some(super::Remark {
            text: reason,
            is_refusal: true,
        });
        self.completion.close();
        Vec::new()
    }
}
